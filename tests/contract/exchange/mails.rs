//! Mail: what somebody chose comes by e-mail too, once, and ends by one click.

use chrono::TimeDelta;
use contract_tests::{Employee, Kind, Mailbox, Organisation, Scope, Service, World};
use serde_json::json;

use crate::market::assignments::{plan, published, work_of};

const PREFERENCES: &str = "/me/notification-preferences";

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

/// Waits until the metrics say so: an attempt is counted a moment after the mail server had it.
#[track_caller]
fn until_counted(service: &Service, line: &str) {
    let metrics = format!("{}/metrics", service.root());
    for _ in 0..100 {
        if service.anonymous().get(&metrics).expect(200).text.contains(line) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("{line}");
}

/// Somebody who is told by e-mail of this group of notifications.
fn reader(world: &World<'_>, oss: &Organisation, group: &str, frequency: &str) -> Employee {
    let person = world.employee(oss, "Sanne de Vries");
    let choice = json!({"groups": [{"group": group, "email": frequency}]});
    assert_eq!(person.client.put(PREFERENCES, &choice).expect(200).body["sendsMail"], true);
    person
}

#[test]
fn what_happens_comes_at_once_in_the_language_of_the_reader_and_never_under_another_id() {
    with_mail(|service, mailbox| {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let sanne = reader(&world, &oss, "ACCOUNT", "IMMEDIATE");
        let other = service.another_with(&settings(mailbox));
        world.give(&sanne, "CLIENT", Scope::Organisation(&oss));
        std::thread::scope(|scope| {
            scope.spawn(|| service.tick());
            scope.spawn(|| other.tick());
        });
        let letter = mailbox.wait_for(1).remove(0);
        assert_eq!((letter.to.as_str(), letter.subject.as_str()), (sanne.email.as_str(), "U hebt een rol gekregen"));
        assert!(letter.text.contains("https://portaal.test/meldingen"), "{}", letter.text);
        assert!(letter.html.contains("lang=\"nl\"") && letter.id.ends_with("@klusnet.test"), "{}", letter.raw);
        assert_eq!(letter.header("Auto-Submitted"), "auto-generated");
        assert_eq!(letter.header("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
        // The service fell between sending and recording.
        let fall = "UPDATE mails SET sent_at = NULL, due_at = created_at WHERE sent_at IS NOT NULL";
        mailbox.wait_for_tries_while(2, || service.execute(fall));
        assert!(mailbox.wait_for(2).iter().all(|again| again.id == letter.id));
    });
}

#[test]
fn a_mail_is_tried_again_while_the_server_is_busy_and_not_where_it_refuses_for_ever() {
    with_mail(|service, mailbox| {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let sanne = reader(&world, &oss, "ACCOUNT", "IMMEDIATE");
        mailbox.next(&["451 try later", "550 nobody here"]);
        world.give(&sanne, "CLIENT", Scope::Organisation(&oss));
        service.tick();
        mailbox.wait_for_tries(1);
        mailbox.wait_for_tries_while(2, || service.pass(TimeDelta::minutes(2)));
        assert!(mailbox.letters().is_empty());
        world.give(&sanne, "FINANCE", Scope::Organisation(&oss));
        service.tick();
        assert_eq!(mailbox.wait_for(1)[0].subject, "U hebt een rol gekregen");
        for outcome in ["accepted", "later", "refused"] {
            let line = format!("klusnet_sent_total{{outcome=\"{outcome}\",what=\"mail\"}} 1");
            until_counted(service, &line);
        }
    });
}

/// shows: W06
#[test]
fn a_digest_names_the_klussen_that_were_found_and_links_those_that_are_public() {
    with_mail(|service, mailbox| {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let owner = world.client_of(&uden, "Olga Opdracht");
        let sanne = reader(&world, &oss, "SAVED_SEARCHES", "DAILY");
        let search = json!({"name": "Alles", "criteria": {}, "frequency": "IMMEDIATE"});
        sanne.client.post("/saved-searches", &search).expect(201);
        service.tick();
        let (mut open, mut within) = (work_of(&uden), work_of(&uden));
        open["title"] = json!("Een bos voor <iedereen>");
        within["title"] = json!("Een bos voor de overheid");
        let path = published(&owner, &open, &plan(&["PUBLIC"]));
        published(&owner, &within, &plan(&["ALL_GOVERNMENT"]));
        service.tick();
        service.pass(TimeDelta::days(1));
        let letter = mailbox.wait_for(1).remove(0);
        assert_eq!(letter.subject, "2 meldingen in Klusnet");
        let page = format!("https://klusnet.test/klussen/{}", path.rsplit('/').next().unwrap());
        assert!(letter.text.contains("- Een bos voor <iedereen> (Gemeente Uden)"), "{}", letter.text);
        assert!(letter.text.contains(&page) && letter.text.matches("/klussen/").count() == 1, "{}", letter.text);
        assert!(
            letter.text.contains("Een bos voor de overheid") && !letter.html.contains("<iedereen>"),
            "{}",
            letter.html
        );
        assert!(!letter.text.contains("Olga"), "{}", letter.text);
    });
}

#[test]
fn one_click_ends_it_without_a_sign_in_until_its_owner_takes_the_link_back() {
    with_mail(|service, mailbox| {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let sanne = reader(&world, &oss, "ACCOUNT", "IMMEDIATE");
        world.give(&sanne, "CLIENT", Scope::Organisation(&oss));
        service.tick();
        let link = format!("{}{}", service.root(), mailbox.wait_for(1)[0].stop());
        let account = || {
            let chosen = sanne.client.get(PREFERENCES).expect(200);
            chosen.body["groups"].as_array().unwrap().iter().find(|one| one["group"] == "ACCOUNT").unwrap()["email"]
                .clone()
        };
        let page = service.anonymous().get(&link).expect(200);
        assert!(page.text.contains("<form method=\"post\">") && account() == "IMMEDIATE", "{}", page.text);
        let click = ("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click");
        for _ in 0..2 {
            service.anonymous().send_text("POST", &link, Some(click)).expect(200);
            assert_eq!(account(), "NONE");
        }
        let choice = json!({"groups": [{"group": "ACCOUNT", "email": "WEEKLY"}]});
        sanne.client.put(PREFERENCES, &choice).expect(200);
        sanne.client.delete("/me/mail-links").expect(204);
        service.anonymous().send_text("POST", &link, Some(click)).expect(404);
        assert_eq!(account(), "WEEKLY");
    });
}

#[test]
fn without_a_mail_server_nothing_is_sent_and_the_preferences_say_so() {
    let service = Service::start(Kind::Sqlite).unwrap();
    let world = World::new(&service);
    let sanne = world.employee(&world.organisation("Gemeente Oss"), "Sanne de Vries");
    assert_eq!(sanne.client.get(PREFERENCES).expect(200).body["sendsMail"], false);
}
