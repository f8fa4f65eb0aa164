//! The pages: plain HTML in two languages, without a script.

use domain::Language;

use crate::tokens::SCOPES;

/// Why somebody sees a page rather than being sent on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The portal is not known here, or not any more.
    Portal,
    /// The portal wants the browser at an address that it did not register.
    Address,
    /// The sign-in is not under way, or not any more, or began in another browser.
    Gone,
    /// Something failed here.
    Ours,
}

const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff;max-width:36rem;margin:3rem auto;padding:0 1rem}h1{font-size:1.5rem}label,input{display:block;font:inherit}input{width:100%;box-sizing:border-box;padding:.5rem;margin:.25rem 0 1rem;border:1px solid #555}button{font:inherit;padding:.5rem 1.25rem;margin:0 .5rem .5rem 0;border:2px solid #154273;background:#fff;color:#154273}button.yes{background:#154273;color:#fff}:focus-visible{outline:3px solid #c65d00;outline-offset:2px}";

/// The text as HTML that says nothing else, also inside an attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c if c.is_control() => html.push(' '),
            c => html.push(c),
        }
    }
    html
}

/// A page with this title.
pub(in crate::exchange) fn whole(language: Language, title: &str, body: &str) -> String {
    let lang = language.tag();
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title} - Klusnet</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{body}</main>\n</body>\n</html>\n"
    )
}

/// Tells what is wrong.
pub(super) fn trouble(language: Language, trouble: Trouble) -> String {
    let title = language.pick("Signing in is not possible", "Aanmelden is niet mogelijk");
    let text = match trouble {
        Trouble::Portal => language.pick(
            "The portal you come from is not known here. Tell its administrator.",
            "De website waar u vandaan komt is hier niet bekend. Meld dit bij de beheerder ervan.",
        ),
        Trouble::Address => language.pick(
            "The portal you come from gave an address that is not registered. Tell its administrator.",
            "De website waar u vandaan komt gaf een adres op dat niet is aangemeld. Meld dit bij de beheerder ervan.",
        ),
        Trouble::Gone => language.pick(
            "This sign-in is not under way any more. Go back to the portal and sign in again.",
            "Deze aanmelding loopt niet meer. Ga terug naar de website en meld u opnieuw aan.",
        ),
        Trouble::Ours => language.pick(
            "Something went wrong here. Go back to the portal and try again later.",
            "Er ging hier iets mis. Ga terug naar de website en probeer het later opnieuw.",
        ),
    };
    whole(language, title, &format!("<p role=\"alert\">{text}</p>\n"))
}

/// Asks for the work e-mail address, which leads to the identity provider; `fields` is what the portal asked.
pub(super) fn address(language: Language, portal: &str, fields: &[(String, String)], is_unknown: bool) -> String {
    let title = language.pick("Sign in", "Aanmelden");
    let why = language.pick("You sign in for", "U meldt zich aan voor");
    let unknown = language.pick(
        "No organisation that uses this portal has this address. Enter your work e-mail address.",
        "Geen organisatie die deze website gebruikt heeft dit adres. Vul uw zakelijke e-mailadres in.",
    );
    let (label, next) =
        (language.pick("Work e-mail address", "Zakelijk e-mailadres"), language.pick("Continue", "Verder"));
    let hidden: String = fields
        .iter()
        .map(|(name, value)| {
            format!("<input type=\"hidden\" name=\"{}\" value=\"{}\">\n", escaped(name), escaped(value))
        })
        .collect();
    let alert = if is_unknown { format!("<p role=\"alert\">{unknown}</p>\n") } else { String::new() };
    let body = format!(
        "<p>{why} <strong>{}</strong>.</p>\n{alert}<form method=\"get\" action=\"/oauth/authorize\">\n{hidden}<label for=\"login_hint\">{label}</label>\n<input id=\"login_hint\" name=\"login_hint\" type=\"email\" autocomplete=\"email\" required maxlength=\"254\">\n<button class=\"yes\">{next}</button>\n</form>\n",
        escaped(portal)
    );
    whole(language, title, &body)
}

/// What somebody is asked to consent to.
pub(super) struct Question<'a> {
    /// How the portal is called.
    pub(super) portal: &'a str,
    /// Whose it is.
    pub(super) organisation: &'a str,
    /// Who is asked.
    pub(super) person: &'a str,
    /// What the portal would be allowed, separated by spaces.
    pub(super) scope: &'a str,
    /// What this page alone knows.
    pub(super) ticket: &'a str,
}

/// Asks for consent.
pub(super) fn consent(language: Language, question: &Question<'_>) -> String {
    let title = language.pick("Let this portal act for you?", "Mag deze website namens u werken?");
    let [portal, organisation, person] = [question.portal, question.organisation, question.person].map(escaped);
    let who = match language {
        Language::English => format!("You are signed in as <strong>{person}</strong>."),
        Language::Dutch => format!("U bent aangemeld als <strong>{person}</strong>."),
    };
    let asks = match language {
        Language::English => format!("<strong>{portal}</strong> of {organisation} asks to do this in Klusnet for you:"),
        Language::Dutch => {
            format!("<strong>{portal}</strong> van {organisation} vraagt om dit namens u in Klusnet te doen:")
        }
    };
    let later = language.pick(
        "It is remembered, and you can take it back at any time.",
        "Uw keuze wordt onthouden; u kunt haar altijd intrekken.",
    );
    let (yes, no) = (language.pick("Allow", "Toestaan"), language.pick("Refuse", "Weigeren"));
    let scopes: String = question
        .scope
        .split_whitespace()
        .map(|scope| {
            let known = SCOPES.iter().find(|(name, _)| *name == scope);
            let label = known.map_or(scope, |(_, [english, dutch])| language.pick(english, dutch));
            format!("<li>{} <small>({})</small></li>\n", escaped(label), escaped(scope))
        })
        .collect();
    let body = format!(
        "<p>{who}</p>\n<p>{asks}</p>\n<ul>\n{scopes}</ul>\n<p>{later}</p>\n<form method=\"post\" action=\"/oauth/consents\">\n<input type=\"hidden\" name=\"ticket\" value=\"{}\">\n<button class=\"yes\" name=\"decision\" value=\"allow\">{yes}</button>\n<button name=\"decision\" value=\"refuse\">{no}</button>\n</form>\n",
        escaped(question.ticket)
    );
    whole(language, title, &body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_others_wrote_is_anything_but_text() {
        let evil = "<script>\"'&";
        let question =
            Question { portal: evil, organisation: evil, person: evil, scope: "market:read <b>", ticket: evil };
        for language in [Language::English, Language::Dutch] {
            let pages = [
                consent(language, &question),
                address(language, evil, &[(evil.to_owned(), evil.to_owned())], true),
                trouble(language, Trouble::Portal),
            ];
            for page in pages {
                assert!(!page.contains("<script") && !page.contains("<b>"), "{page}");
                assert!(page.contains(&format!("lang=\"{}\"", language.tag())), "{page}");
            }
        }
    }
}
