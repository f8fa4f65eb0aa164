//! Public pages of klussen, and frames.

use chrono::TimeDelta;
use contract_tests::{Service, World, on_both};
use serde_json::{Value, json};

use super::*;

const EVIL: &str = "</script><script>alert(1)</script> \"Bos\" & co";

/// What a page says for search engines.
fn posting(html: &str) -> Option<Value> {
    let (_, rest) = html.split_once("<script type=\"application/ld+json\">")?;
    Some(serde_json::from_str(rest.split_once("</script>")?.0).unwrap())
}

on_both! {
    /// shows: M18
    fn a_klus_that_is_open_to_everybody_has_a_page_with_a_link_card_and_a_posting(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let owner = world.client_of(&oss, "Olga Opdracht");
        let id = klus(&owner, &oss, EVIL, "PUBLIC");
        let page = root(service, &format!("/klussen/{id}")).expect(200);
        assert_eq!(page.headers["content-type"], "text/html; charset=utf-8");
        let html = &page.text;
        assert_eq!(html.matches("<script").count(), 1, "{html}");
        for said in ["<html lang=\"nl\">", "property=\"og:locale\" content=\"nl_NL\"", "Gemeente Oss",
            "type=\"application/json+oembed\"", "8 uur per week", "15 april 2027 om 17.00 uur",
            &format!("<link rel=\"canonical\" href=\"{PUBLIC_URL}/klussen/{id}\">"),
            &format!("property=\"og:image\" content=\"{PUBLIC_URL}/static/klusnet.png\"")] {
            assert!(html.contains(said), "{said} in {html}");
        }
        assert!(!html.contains("Olga") && !html.contains(&owner.id) && !html.contains("klusnet.example"), "{html}");
        let posting = posting(html).unwrap();
        assert_eq!((&posting["title"], &posting["identifier"]["value"]), (&json!(EVIL), &json!(id)));
        assert_eq!(posting["validThrough"], "2027-04-15T15:00:00Z");
        assert_eq!(posting["hiringOrganization"]["name"], "Gemeente Oss");
        assert!(posting["description"].as_str().unwrap().starts_with("<p>"));
        let policy = &page.headers["content-security-policy"];
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
        assert_eq!(page.headers["x-frame-options"], "DENY");
        assert_eq!(page.headers["cache-control"], "public, max-age=300, stale-while-revalidate=600");
        let image = root(service, "/static/klusnet.png").expect(200);
        assert_eq!((image.headers["content-type"].as_str(), &image.bytes[..4]), ("image/png", &b"\x89PNG"[..]));
        assert!(root(service, "/robots.txt").expect(200).text.contains("Disallow: /feeds/"));
    }

    /// shows: M18
    fn robots_find_the_pages_of_what_is_open_to_everybody(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let owner = world.client_of(&oss, "Olga Opdracht");
        let robots = root(service, "/robots.txt").expect(200).text;
        assert!(robots.contains(&format!("\nSitemap: {PUBLIC_URL}/sitemap.xml\n")), "{robots}");
        let first = klus(&owner, &oss, "Het bos", "PUBLIC");
        klus(&owner, &oss, "Alleen voor de overheid", "ALL_GOVERNMENT");
        klus_for_later(&owner, &oss);
        let map = root(service, "/sitemap.xml").expect(200);
        assert_eq!(map.headers["content-type"], "application/xml; charset=utf-8");
        let entry = format!("<url><loc>{PUBLIC_URL}/klussen/{first}</loc><lastmod>2027-03-01T09:00:00Z</lastmod></url>");
        assert!(map.text.contains("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">"), "{}", map.text);
        assert!(map.text.contains(&entry) && map.text.matches("<url>").count() == 1, "{}", map.text);
        let again = service.anonymous().with("If-None-Match", &map.tag());
        asked(service, &again, "/sitemap.xml").expect(304);
        service.pass(TimeDelta::days(2));
        assert_eq!(asked(service, &again, "/sitemap.xml").expect(200).text.matches("<url>").count(), 2);
        withdraw(&owner, &first);
        assert!(!root(service, "/sitemap.xml").expect(200).text.contains(&first));
    }

    fn what_never_was_open_to_everybody_is_as_absent_as_what_never_was(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let owner = world.client_of(&oss, "Olga Opdracht");
        let absent = root(service, &format!("/klussen/{UNKNOWN}")).expect(404);
        assert_eq!(absent.headers["content-type"], "text/html; charset=utf-8");
        let inside = klus(&owner, &oss, "Alleen voor ons", "ALL_GOVERNMENT");
        let draft = owner.client.post("/assignments", &work_of(&oss)).expect(201).id();
        let waiting = klus_for_later(&owner, &oss);
        for id in [inside.as_str(), &draft, &waiting, "geen-id", "%00"] {
            assert_eq!(root(service, &format!("/klussen/{id}")).expect(404).text, absent.text, "{id}");
            assert_eq!(root(service, &format!("/embed/klussen/{id}")).expect(404).text, absent.text, "{id}");
        }
        withdraw(&owner, &waiting);
        service.pass(TimeDelta::days(3));
        assert_eq!(root(service, &format!("/klussen/{waiting}")).expect(404).text, absent.text);
    }

    fn a_page_opens_with_its_ring_and_tells_when_the_klus_is_over(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let owner = world.client_of(&oss, "Olga Opdracht");
        let page = format!("/klussen/{}", klus_for_later(&owner, &oss));
        root(service, &page).expect(404);
        service.clock.advance(TimeDelta::days(2));
        let open = root(service, &page).expect(200);
        assert!(posting(&open.text).is_some());
        let withdrawn = klus(&owner, &oss, "Nog een bos", "PUBLIC");
        let other = format!("/klussen/{withdrawn}");
        let before = root(service, &other).expect(200);
        withdraw(&owner, &withdrawn);
        let after = service.anonymous().with("If-None-Match", &before.tag()).get(&format!("{}{other}", service.root()));
        assert!(after.expect(200).text.contains("gesloten"), "at once");
        service.clock.advance(TimeDelta::days(50));
        let closed = root(service, &page).expect(200).text;
        assert!(closed.contains("gesloten") && posting(&closed).is_none() && !closed.contains("oembed"), "{closed}");
    }

    fn the_component_for_portals_is_a_file_that_never_changes(service) {
        let script = root(service, "/widget/1.0.0/klus-lijst.js").expect(200);
        assert_eq!(script.headers["cache-control"], "public, max-age=31536000, immutable");
        assert_eq!(script.headers["access-control-allow-origin"], "*");
        assert_eq!(script.headers["cross-origin-resource-policy"], "cross-origin");
        assert!(script.text.len() < 20_000 && script.text.contains("customElements.define('klus-lijst'"));
        let demo = root(service, "/widget/1.0.0/demo").expect(200);
        assert!(demo.text.contains("integrity=\"sha384-") && demo.text.contains("<klus-lijst"), "{}", demo.text);
        root(service, "/widget/1.0.0/demo.css").expect(200);
    }

    fn who_has_the_page_already_is_answered_304(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let owner = world.client_of(&oss, "Olga Opdracht");
        let page = format!("/klussen/{}", klus(&owner, &oss, "Een stadsbos", "PUBLIC"));
        let first = root(service, &page).expect(200);
        let again = asked(service, &service.anonymous().with("If-None-Match", &first.tag()), &page);
        assert_eq!((again.status, again.text.as_str()), (304, ""));
        assert_eq!(again.headers["etag"], first.headers["etag"]);
        let since = service.anonymous().with("If-Modified-Since", &first.headers["last-modified"]);
        assert_eq!(asked(service, &since, &page).status, 304);
        let other = since.with("If-None-Match", "\"anders\"");
        assert_eq!(asked(service, &other, &page).status, 200, "the tag goes before the date");
    }

    fn a_list_in_a_frame_shows_what_is_asked_and_open_to_everybody(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let owner = world.client_of(&oss, "Olga Opdracht");
        klus(&owner, &oss, "Het eerste bos", "PUBLIC");
        a_minute_passes(service);
        let second = klus(&owner, &oss, "Het tweede bos", "PUBLIC");
        klus(&owner, &oss, "Het geheime bos", "ORGANISATION");
        let list = root(service, "/embed/klussen").expect(200);
        assert!(!list.headers.contains_key("x-frame-options"));
        assert!(list.headers["content-security-policy"].contains("frame-ancestors *"));
        let html = &list.text;
        assert!(html.find("Het tweede bos") < html.find("Het eerste bos") && !html.contains("geheime"), "{html}");
        assert!(html.contains("target=\"_blank\" rel=\"noopener\""));
        let one = root(service, "/embed/klussen?max=1&region=brabant").expect(200).text;
        assert!(one.contains("Het tweede bos") && !one.contains("Het eerste bos"), "{one}");
        assert!(root(service, "/embed/klussen?region=Twente").expect(200).text.contains("Er zijn nu geen"));
        let card = root(service, &format!("/embed/klussen/{second}")).expect(200);
        assert!(!card.headers.contains_key("x-frame-options") && card.text.contains("Het tweede bos"));
        for wrong in ["max=0", "max=51", "max=x", "regio=Brabant", "kind=IETS", "state=DRAFT", "mine=true", "skillId=1"] {
            let told = root(service, &format!("/embed/klussen?{wrong}")).expect(400).text;
            assert!(told.contains(wrong.split('=').next().unwrap()), "{wrong}: {told}");
        }
    }
}

#[test]
fn only_named_origins_may_frame_where_they_are_named() {
    let more = [("KLUSNET_EMBED_ANCESTORS", "https://*.oss.example, https://oss.sharepoint.example")];
    let service = Service::start_with(contract_tests::Kind::Sqlite, &more).unwrap();
    let policy = root(&service, "/embed/klussen").expect(200).headers["content-security-policy"].clone();
    assert!(policy.ends_with("frame-ancestors https://*.oss.example https://oss.sharepoint.example"), "{policy}");
}
