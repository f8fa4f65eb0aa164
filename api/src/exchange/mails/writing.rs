//! What stands in a mail: no more than its reader finds in the inbox at this moment, and may read by what they find there.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::exchange::mails::Mail;
use domain::exchange::notifications::{EmailFrequency, Notification};
use domain::market::assignments::Sight;
use domain::parties::persons::PersonLanguage;
use domain::{AssignmentId, Language, OrganisationId, PersonId, TextEnum as _};
use interchange::mail::{Found, Item, Letter};
use persistence::exchange::{mails as kept, notifications};
use persistence::market::assignments;
use persistence::parties::{organisations, persons};
use persistence::{View, Work};

use crate::access::Actor;
use crate::exchange::notifications::{NotificationView, all_shown};
use crate::problem::Problem;
use crate::settings::{MailSettings, Settings};

/// A letter, and where it goes.
pub(super) struct Addressed {
    pub(super) to: String,
    pub(super) letter: Letter,
}

/// The letter of a mail, as it reads now; nothing where there is nothing to tell any more, or nowhere to send it.
pub(super) fn letter(
    work: &mut Work<'_>,
    mail: &Mail,
    settings: &Settings,
    how: &MailSettings,
) -> Result<Option<Addressed>, Problem> {
    let person = persons::get(work, mail.person)?;
    let Some((actor, to)) = Actor::of_person(work, mail.person)?.zip(person.email) else { return Ok(None) };
    let language = match person.language {
        PersonLanguage::Dutch => Language::Dutch,
        PersonLanguage::English => Language::English,
    };
    let items = items(work, &actor, mail, language, &settings.public_url)?;
    if items.is_empty() {
        return Ok(None);
    }
    let stop = format!("{}/mail/stop/{}", settings.public_url, link(work, mail.person)?);
    Ok(Some(Addressed { to, letter: Letter { language, items, inbox: how.inbox_url.clone(), stop } }))
}

fn items(
    view: &mut View<'_>,
    actor: &Actor,
    mail: &Mail,
    language: Language,
    public_url: &str,
) -> Result<Vec<Item>, Problem> {
    let preferences = notifications::preferences_of(view, mail.person)?;
    // What somebody chose meanwhile, or read, holds.
    let wanted = |one: &Notification| preferences.email_for(one.kind.group()) != EmailFrequency::None;
    let waiting = notifications::unread_of_mail(view, mail.id)?.into_iter().filter(wanted).collect();
    let shown = all_shown(view, actor, waiting, language)?;
    let ids: Vec<AssignmentId> = shown.iter().flat_map(|one| one.assignment_ids.iter().copied()).collect();
    let found = found(view, &ids, public_url)?;
    let is_told = |one: &NotificationView| {
        if one.saved_search_id.is_some() { one.assignment_count > 0 } else { one.subject.is_some() }
    };
    Ok(shown.into_iter().filter(is_told).map(|one| item(one, &found, language)).collect())
}

fn item(shown: NotificationView, found: &HashMap<AssignmentId, Found>, language: Language) -> Item {
    let role = shown.role.map(|role| role.label(language).to_owned());
    let parts: Vec<String> = role.into_iter().chain(shown.organisation_name).collect();
    Item {
        title: shown.title.to_owned(),
        role: (!parts.is_empty()).then(|| parts.join(", ")),
        klussen: shown.assignment_ids.iter().filter_map(|id| found.get(id).cloned()).collect(),
    }
}

/// Klussen that the reader sees, by name; those that everybody sees have a page.
fn found(view: &mut View<'_>, ids: &[AssignmentId], public_url: &str) -> Result<HashMap<AssignmentId, Found>, Problem> {
    let assignments = assignments::find_many(view, ids)?;
    let hosts: Vec<OrganisationId> = assignments.iter().map(|one| one.organisation).collect();
    let hosts = organisations::find_many(view, &hosts)?.into_iter().map(|one| (one.id, one.details.name));
    let (hosts, now): (HashMap<OrganisationId, String>, _) = (hosts.collect(), view.now());
    let everybody = Sight::default();
    let found = assignments.into_iter().map(|one| {
        let link = everybody.sees(&one, now).then(|| format!("{public_url}/klussen/{}", one.id));
        let organisation = hosts.get(&one.organisation).cloned().unwrap_or_default();
        (one.id, Found { title: one.details.title, organisation, link })
    });
    Ok(found.collect())
}

/// The secret in the links of somebody's mail.
fn link(work: &mut Work<'_>, person: PersonId) -> Result<String, Problem> {
    if let Some(secret) = kept::link_of(work, person)? {
        return Ok(secret);
    }
    let secret = URL_SAFE_NO_PAD.encode(work.secret());
    kept::put_link(work, person, &secret)?;
    Ok(secret)
}
