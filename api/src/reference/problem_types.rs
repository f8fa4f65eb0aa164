//! The kinds of problems: where the `type` of every problem leads.

use actix_web::get;
use actix_web::web::Path;
use domain::{Code, Kind, Language, Refusal};
use serde::Serialize;
use utoipa::ToSchema;

use crate::caller::{Speaks, Visitor};
use crate::problem::{HTTP_CODES, HttpCode};
use crate::reply::{Answer, Reply};

/// A kind of problem
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProblemType)]
pub struct ProblemTypeView {
    /// Its stable name, to branch on
    #[schema(max_length = 80, example = "revision_stale")]
    code: &'static str,
    /// The HTTP status it comes with
    #[schema(minimum = 400, maximum = 599, example = 412)]
    status: u16,
    /// What it is, in the language of the caller
    #[schema(max_length = 200, example = "It changed since you read it")]
    title: &'static str,
    /// When it occurs and what helps, in the language of the caller
    #[schema(max_length = 1000, example = "The ETag sent as If-Match is not the present one: read it again.")]
    occurs: &'static str,
}

/// All kinds of problems
#[derive(Serialize, ToSchema)]
#[schema(as = ProblemTypeList)]
pub struct ProblemTypeListView {
    /// The kinds, by status and name
    #[schema(max_items = 1000)]
    items: Vec<ProblemTypeView>,
}

/// List the kinds of problems
///
/// Titles are in Dutch or English by `Accept-Language`; the code is the same in both.
#[utoipa::path(tag = "reference", responses((status = 200, description = "All kinds of problems", body = ProblemTypeListView)))]
#[get("/problem-types")]
pub(crate) async fn list_problem_types(_visitor: Visitor, speaks: Speaks) -> Answer<ProblemTypeListView> {
    Ok(Reply::shown(ProblemTypeListView { items: all(speaks.0) }).spoken(speaks.0))
}

/// Get one kind of problem
#[utoipa::path(tag = "reference",
    params(("code" = String, Path, description = "The `code` of a problem", max_length = 80, example = "revision_stale")),
    responses((status = 200, description = "The kind of problem", body = ProblemTypeView)))]
#[get("/problem-types/{code}")]
pub(crate) async fn get_problem_type(_visitor: Visitor, code: Path<String>, speaks: Speaks) -> Answer<ProblemTypeView> {
    let found = all(speaks.0).into_iter().find(|kind| kind.code == *code);
    let found = found.ok_or_else(|| Refusal::hidden("problem type"))?;
    Ok(Reply::shown(found).spoken(speaks.0))
}

/// All kinds, by status and name.
fn all(language: Language) -> Vec<ProblemTypeView> {
    let mut all: Vec<_> = domain::codes_of().map(|code| of_domain(code, language)).collect();
    all.extend(HTTP_CODES.iter().map(|code| of_http(code, language)));
    all.sort_by_key(|kind| (kind.status, kind.code));
    all
}

fn of_domain(code: &'static Code, language: Language) -> ProblemTypeView {
    let Code { name, kind, english, dutch } = code;
    let (occurs_english, occurs_dutch) = match kind {
        Kind::Invalid => (
            "The input breaks a rule; invalidParams names every fault. Sent again unchanged it is refused again.",
            "De invoer breekt een regel; invalidParams noemt elke fout. Ongewijzigd opnieuw versturen helpt niet.",
        ),
        Kind::Forbidden => (
            "You may see the thing and may not do this with it; the detail says who may, or what is in the way.",
            "U mag dit zien maar dit er niet mee doen; de detailtekst zegt wie dat wel mag, of wat in de weg staat.",
        ),
        Kind::Hidden => (
            "There is no such thing, or you may not know of it; both are answered alike.",
            "Dit bestaat niet, of u mag het niet kennen; het antwoord is in beide gevallen gelijk.",
        ),
        Kind::Conflict => (
            "The present state forbids it; the detail says what would have to be otherwise first.",
            "De huidige toestand staat dit niet toe; de detailtekst zegt wat eerst anders moet zijn.",
        ),
    };
    let title = language.pick(english, dutch);
    ProblemTypeView {
        code: name,
        status: crate::problem::status_of(*kind),
        title,
        occurs: language.pick(occurs_english, occurs_dutch),
    }
}

fn of_http(code: &'static HttpCode, language: Language) -> ProblemTypeView {
    let HttpCode { name, status, english, dutch } = code;
    let occurs = OCCURS.iter().find(|(known, ..)| known == name);
    let occurs = occurs.map_or(language.pick(english, dutch), |(_, english, dutch)| language.pick(english, dutch));
    ProblemTypeView { code: name, status: *status, title: language.pick(english, dutch), occurs }
}

/// When the problems occur that HTTP knows and the domain does not.
const OCCURS: &[(&str, &str, &str)] = &[
    (
        "body_unreadable",
        "The body broke off or is not one JSON value.",
        "De inhoud brak af of is niet één JSON-waarde.",
    ),
    (
        "token_missing",
        "The operation needs an access token; POST /v1/sessions gives one.",
        "Deze bewerking vraagt een toegangstoken; POST /v1/sessions geeft er een.",
    ),
    (
        "token_invalid",
        "The token has expired, is not ours, or its session was ended; get a new one.",
        "Het token is verlopen, niet van ons, of de sessie is beëindigd; haal een nieuw token.",
    ),
    (
        "credentials_wrong",
        "No account has this e-mail address and this password together.",
        "Geen account heeft dit e-mailadres met dit wachtwoord.",
    ),
    (
        "person_needed",
        "A client got the token for itself, and the operation is of a person.",
        "Een client kreeg het token voor zichzelf, en de bewerking is van een persoon.",
    ),
    (
        "client_needed",
        "The token is of a person, and only a system of an organisation calls here.",
        "Het token is van een persoon, en hier roept alleen een systeem van een organisatie aan.",
    ),
    (
        "scope_missing",
        "The token is good, and was given without a scope that the operation needs.",
        "Het token is geldig, maar afgegeven zonder een scope die deze bewerking vraagt.",
    ),
    (
        "path_unknown",
        "No operation has this path; mind that a path does not end in a slash.",
        "Geen bewerking heeft dit pad; let op: een pad eindigt niet op een schuine streep.",
    ),
    (
        "method_not_allowed",
        "The path exists, and this method is not possible there; Allow lists those that are.",
        "Het pad bestaat, maar deze methode kan daar niet; Allow noemt welke wel.",
    ),
    (
        "not_acceptable",
        "Accept excludes every media type that the operation gives.",
        "Accept sluit elk mediatype uit dat deze bewerking geeft.",
    ),
    (
        "idempotency_key_reused",
        "The key was used within 24 hours for another method, path or body; use a new key for a new request.",
        "De sleutel is binnen 24 uur gebruikt voor een andere methode, een ander pad of een andere inhoud; neem een nieuwe.",
    ),
    (
        "value_taken",
        "Somebody else did the same at the same moment; read it again and decide.",
        "Iemand anders deed op hetzelfde moment hetzelfde; lees het opnieuw en beslis dan.",
    ),
    (
        "event_too_old",
        "The event named as `after` is older than what is kept: read anew what you mirror, and go on from GET /events/latest.",
        "De gebeurtenis in `after` is ouder dan wat wordt bewaard: lees opnieuw wat u spiegelt en ga verder vanaf GET /events/latest.",
    ),
    (
        "revision_stale",
        "The ETag sent as If-Match is not the present one: read it again and decide.",
        "De ETag in If-Match is niet de huidige: lees het opnieuw en beslis dan.",
    ),
    (
        "body_too_large",
        "The body has more bytes than are read; the detail says how many are.",
        "De inhoud heeft meer bytes dan wordt gelezen; de detailtekst zegt hoeveel.",
    ),
    (
        "media_type_unsupported",
        "Content-Type is missing or not understood by the operation; the detail says what is.",
        "Content-Type ontbreekt of wordt door deze bewerking niet begrepen; de detailtekst zegt wat wel.",
    ),
    (
        "revision_missing",
        "A change needs the ETag that came with the thing, as If-Match.",
        "Een wijziging vraagt de ETag die bij het gelezene hoorde, als If-Match.",
    ),
    (
        "rate_limited",
        "The client made more requests than it may in a minute; wait as long as Retry-After says.",
        "De client deed meer verzoeken dan in een minuut mag; wacht zo lang als Retry-After zegt.",
    ),
    (
        "too_many_attempts",
        "There were too many failed attempts; wait as long as Retry-After says.",
        "Er waren te veel mislukte pogingen; wacht zo lang als Retry-After zegt.",
    ),
    (
        "internal",
        "A fault of the service; report the incident number in the detail.",
        "Een fout van de dienst; meld het incidentnummer uit de detailtekst.",
    ),
    (
        "unavailable",
        "The database cannot be used now, or too many change the same at once; nothing was changed, try again.",
        "De database is nu niet bruikbaar, of te velen wijzigen hetzelfde; er is niets gewijzigd, probeer het opnieuw.",
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn it_is_said_of_every_http_code_when_it_occurs() {
        let known: BTreeSet<_> = HTTP_CODES.iter().map(|code| code.name).collect();
        let said: BTreeSet<_> = OCCURS.iter().map(|(name, ..)| *name).collect();
        assert_eq!(known, said, "each HTTP code has a line in OCCURS");
    }

    const BEGIN: &str = "<!-- codes:begin -->";
    const END: &str = "<!-- codes:end -->";

    #[test]
    fn the_table_of_codes_is_the_one_in_the_document_of_the_design() {
        let rows = all(Language::English).into_iter().zip(all(Language::Dutch));
        let rows: String = rows
            .map(|(english, dutch)| {
                format!("| {} | `{}` | {} | {} |\n", english.status, english.code, english.title, dutch.title)
            })
            .collect();
        let table = format!("{BEGIN}\n| Status | Code | Title | Titel |\n| --- | --- | --- | --- |\n{rows}{END}");
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../API-DESIGN.md");
        let text = std::fs::read_to_string(file).unwrap_or_default();
        let begin = text.find(BEGIN);
        let end = text.find(END).map(|end| end + END.len());
        let found = begin.zip(end).and_then(|(begin, end)| text.get(begin..end));
        assert!(
            found == Some(table.as_str()),
            "API-DESIGN.md must hold this table of all codes, markers included:\n\n{table}\n"
        );
    }
}
