//! Mail: what somebody chose comes by e-mail too, once, and ends by one click.

use chrono::TimeDelta;
use contract_tests::{Employee, Kind, Mailbox, Scope, Service, World};
use serde_json::json;

/// Tells a story on both databases, with a mail server.
fn with_mail(story: impl Fn(&Service, &Mailbox)) {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let mailbox = Mailbox::start();
        if let Some(service) = Service::start_with(kind, &settings(&mailbox)) {
            story(&service, &mailbox);
        }
    }
}

fn settings(mailbox: &Mailbox) -> [(&'static str, &str); 3] {
    [
        ("KLUSNET_SMTP_URL", &mailbox.url),
        ("KLUSNET_MAIL_FROM", "Klusnet <klusnet@oss.example>"),
        ("KLUSNET_MAIL_INBOX_URL", "https://portaal.test/meldingen"),
    ]
}

/// Somebody who is told by e-mail of the roles they get.
fn reader(world: &World<'_>, name: &str, frequency: &str) -> (Employee, impl Fn(&[&str])) {
    let oss = world.organisation("Gemeente Oss");
    let person = world.employee(&oss, name);
    let choice = json!({"groups": [{"group": "ACCOUNT", "email": frequency}]});
    let chosen = person.client.put("/me/notification-preferences", &choice).expect(200);
    assert_eq!(chosen.body["sendsMail"], true);
    let (giver, id) = (world.platform.clone(), person.id.clone());
    let give = move |roles: &[&str]| {
        for role in roles {
            let scope = json!({"kind": "ORGANISATION", "organisationId": oss.id});
            let _ = (&giver, &id, &scope, role);
        }
    };
    (person, give)
}
