//! Feeds of what everybody may see.

use std::time::Duration;

use chrono::TimeDelta;
use contract_tests::{World, on_both};

use super::*;

const FORMATS: [(&str, &str); 4] = [
    ("rss", "application/rss+xml; charset=utf-8"),
    ("atom", "application/atom+xml; charset=utf-8"),
    ("json", "application/feed+json"),
    ("ics", "text/calendar; charset=utf-8"),
];

/// The titles of a feed.
#[track_caller]
fn titles(service: &Service, query: &str) -> Vec<String> {
    let feed = root(service, &format!("/feeds/klussen.json{query}")).expect(200).text;
    let feed: Value = serde_json::from_str(&feed).unwrap();
    feed["items"].as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap().to_owned()).collect()
}

on_both! {
    /// shows: Z17
    fn what_is_open_to_everybody_stands_in_a_feed_of_each_format(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let owner = world.client_of(&oss, "Olga Opdracht");
        let id = klus(&owner, &oss, "Bos & <b>beek</b> ]]>", "PUBLIC");
        klus(&owner, &oss, "Alleen voor ons", "ALL_GOVERNMENT");
        for (format, media_type) in FORMATS {
            let feed = root(service, &format!("/feeds/klussen.{format}")).expect(200);
            assert_eq!(feed.headers["content-type"], media_type);
            assert_eq!(feed.headers["cache-control"], "public, max-age=300, stale-while-revalidate=600");
            assert_eq!(feed.headers["access-control-allow-origin"], "*");
            let text = &feed.text;
            assert!(text.contains(&id) && text.contains("Gemeente Oss") && !text.contains("Alleen voor ons"), "{text}");
            assert!(!text.contains("Olga") && !text.contains(&owner.id), "{text}");
            assert!(format == "json" || format == "ics" || !text.contains("<b>beek"), "{text}");
        }
        let rss = root(service, "/feeds/klussen.rss").text;
        let guid = format!("<guid isPermaLink=\"false\">urn:uuid:{id}</guid>");
        for said in [guid.as_str(), "<pubDate>Mon, 1 Mar 2027 09:00:00 +0000</pubDate>",
            "<dc:creator>Gemeente Oss</dc:creator>", &format!("<link>{PUBLIC_URL}/klussen/{id}</link>")] {
            assert!(rss.contains(said), "{said} in {rss}");
        }
        let ics = root(service, "/feeds/klussen.ics").text;
        for line in [&format!("UID:{id}-deadline@klusnet"), "DTSTART;VALUE=DATE:20270415", "DTSTART;VALUE=DATE:20270503"] {
            assert!(ics.contains(&format!("{line}\r\n")), "{line} in {ics}");
        }
        root(service, "/feeds/klussen.xml").expect(404);
    }

    fn a_feed_is_narrowed_as_the_list_is_and_the_newest_comes_first(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let (olga, ute) = (world.client_of(&oss, "Olga Opdracht"), world.client_of(&uden, "Ute Opdracht"));
        klus(&olga, &oss, "Het bos", "PUBLIC");
        a_minute_passes(service);
        klus(&ute, &uden, "De beek", "PUBLIC");
        assert_eq!(titles(service, ""), ["De beek", "Het bos"]);
        assert_eq!(titles(service, &format!("?organisationId={}", oss.id)), ["Het bos"]);
        assert_eq!(titles(service, "?region=BRABANT&search=beek&kind=PROJECT"), ["De beek"]);
        assert!(titles(service, "?region=Twente").is_empty());
        for wrong in ["regio=Brabant", "kind=IETS", "limit=5", "state=DRAFT", "mine=true", "includeTotal=true"] {
            root(service, &format!("/feeds/klussen.rss?{wrong}")).names(&[wrong.split('=').next().unwrap()]);
        }
        root(service, "/feeds/klussen.rss?startsFrom=2027-05-01&endsBefore=2027-04-01").names(&["endsBefore"]);
    }

    fn an_item_stays_the_same_item_when_the_klus_changes(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let owner = world.client_of(&oss, "Olga Opdracht");
        let id = klus(&owner, &oss, "Het bos", "PUBLIC");
        let before = root(service, "/feeds/klussen.rss").text;
        a_minute_passes(service);
        owner.client.patch(&format!("/assignments/{id}"), &json!({"title": "Het stadsbos"})).expect(200);
        let after = root(service, "/feeds/klussen.rss").text;
        assert!(before.contains("<title>Het bos</title>") && after.contains("<title>Het stadsbos</title>"), "{after}");
        for kept in [&format!("urn:uuid:{id}"), "<pubDate>Mon, 1 Mar 2027 09:00:00 +0000</pubDate>"] {
            assert!(before.contains(kept) && after.contains(kept), "{kept}");
        }
        assert_eq!(after.matches("<item>").count(), 1);
    }

    fn who_has_the_feed_already_is_answered_304_until_something_changes(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let owner = world.client_of(&oss, "Olga Opdracht");
        let id = klus(&owner, &oss, "Het bos", "PUBLIC");
        for (format, _) in FORMATS {
            let path = format!("/feeds/klussen.{format}");
            let first = root(service, &path).expect(200);
            let client = service.anonymous().with("If-None-Match", &first.tag());
            let again = asked(service, &client, &path);
            assert_eq!((again.status, again.text.as_str()), (304, ""), "{format}");
            assert_eq!(again.headers["cache-control"], first.headers["cache-control"]);
            a_minute_passes(service);
            world.organisation(&format!("Iets anders {format}"));
            assert_eq!(asked(service, &client, &path).status, 304, "{format}: what changed elsewhere does not show");
            let since = service.anonymous().with("If-Modified-Since", &first.headers["last-modified"]);
            assert_eq!(asked(service, &since, &path).status, 304, "{format}");
        }
        let first = root(service, "/feeds/klussen.json").expect(200);
        let client = service.anonymous().with("If-None-Match", &first.tag());
        withdraw(&owner, &id);
        let gone = asked(service, &client, "/feeds/klussen.json").expect(200);
        assert!(!gone.text.contains(&id), "at once: {}", gone.text);
    }

    fn time_alone_changes_a_feed(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let owner = world.client_of(&oss, "Olga Opdracht");
        klus_for_later(&owner, &oss);
        assert!(titles(service, "").is_empty());
        service.clock.advance(TimeDelta::days(2) - TimeDelta::seconds(1));
        assert!(titles(service, "").is_empty());
        service.clock.advance(TimeDelta::seconds(1));
        assert_eq!(titles(service, "").len(), 1, "its public ring opened");
        service.clock.advance(TimeDelta::days(50));
        assert!(titles(service, "").is_empty(), "its deadline passed");
    }

    fn another_instance_hears_of_a_withdrawal(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let owner = world.client_of(&oss, "Olga Opdracht");
        let id = klus(&owner, &oss, "Het bos", "PUBLIC");
        let other = service.another();
        assert!(root(&other, "/feeds/klussen.json").expect(200).text.contains(&id));
        withdraw(&owner, &id);
        std::thread::sleep(Duration::from_millis(250));
        assert!(!root(&other, "/feeds/klussen.json").expect(200).text.contains(&id));
        assert!(root(&other, &format!("/klussen/{id}")).expect(200).text.contains("gesloten"));
    }
}
