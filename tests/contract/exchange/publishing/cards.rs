//! oEmbed: cards for portals.

use contract_tests::{World, on_both};

use super::*;

on_both! {
    fn a_portal_gets_a_card_for_the_address_of_a_page(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let owner = world.client_of(&oss, "Olga Opdracht");
        let id = klus(&owner, &oss, "Een <b>stadsbos</b>", "PUBLIC");
        let url = format!("https%3A%2F%2Fklusnet.test%2Fklussen%2F{id}");
        let card = root(service, &format!("/oembed?url={url}&other=ignored")).expect(200);
        assert_eq!(card.headers["access-control-allow-origin"], "*");
        assert_eq!((card.text_at("/type"), card.text_at("/version")), ("rich", "1.0"));
        assert_eq!((card.text_at("/title"), card.text_at("/author_name")), ("Een <b>stadsbos</b>", "Gemeente Oss"));
        let html = card.text_at("/html");
        assert!(html.contains(&format!("src=\"{PUBLIC_URL}/embed/klussen/{id}\"")) && !html.contains("<b>"), "{html}");
        let small = root(service, &format!("/oembed?url={url}&maxwidth=200&maxheight=100&format=json")).expect(200);
        assert_eq!((small.body["width"].as_u64(), small.body["height"].as_u64()), (Some(200), Some(100)));
        let xml = root(service, &format!("/oembed?url={url}&format=xml")).expect(200);
        assert_eq!(xml.headers["content-type"], "text/xml; charset=utf-8");
        assert!(xml.text.contains("<type>rich</type>") && !xml.text.contains("<iframe"), "{}", xml.text);
        withdraw(&owner, &id);
        root(service, &format!("/oembed?url={url}")).expect(404);
    }

    fn an_address_that_is_not_ours_or_not_public_has_no_card(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let owner = world.client_of(&oss, "Olga Opdracht");
        let inside = klus(&owner, &oss, "Alleen voor ons", "ORGANISATION");
        for url in [format!("{PUBLIC_URL}/klussen/{inside}"), format!("{PUBLIC_URL}/klussen/{UNKNOWN}"),
            format!("https://elders.test/klussen/{UNKNOWN}"), format!("{PUBLIC_URL}.evil.test/klussen/{UNKNOWN}"),
            "http://169.254.169.254/latest".to_owned(), String::new()] {
            root(service, &format!("/oembed?url={url}")).expect(404);
        }
        root(service, "/oembed").names(&["url"]);
        root(service, &format!("/oembed?url={PUBLIC_URL}/klussen/{UNKNOWN}&maxwidth=-1")).names(&["maxwidth"]);
        root(service, &format!("/oembed?url={PUBLIC_URL}/klussen/{UNKNOWN}&format=yaml")).expect(501);
    }
}
