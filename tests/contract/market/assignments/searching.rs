//! Search: how words are read, and in which order what they find stands.

use contract_tests::{Client, World, on_both};
use serde_json::json;

use super::*;

fn found(client: &Client, words: &str) -> Vec<String> {
    let page = client.get(&format!("/assignments?search={words}")).expect(200);
    let items = page.body["items"].as_array().unwrap();
    items.iter().map(|item| item["title"].as_str().unwrap().to_owned()).collect()
}

on_both! {
    /// shows: W06
    fn compounds_inflections_and_syntax_do_not_stand_in_the_way_of_words(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let owner = world.client_of(&oss, "Olga Opdracht");
        for (title, description) in [
            ("Leider van het project Stadsbos", "De stad wil een bos."),
            ("Advies over subsidies", "Voor verenigingen."),
            ("Projectleider", "Iemand die trekt."),
            ("Iets anders", "Het project zoekt een leider."),
        ] {
            let draft = with(&work_of(&oss), &json!({"title": title, "description": description, "intendedResult": "Rust"}));
            published(&owner, &draft, &plan(&["ALL_GOVERNMENT"]));
        }
        let reader = world.employee(&oss, "Sanne de Vries").client;
        assert_eq!(found(&reader, "projectleider"), ["Projectleider", "Leider van het project Stadsbos", "Iets anders"]);
        assert_eq!(found(&reader, "subsidieadviseur"), ["Advies over subsidies"]);
        assert_eq!(found(&reader, "subsidie"), ["Advies over subsidies"]);
        assert_eq!(found(&reader, "de%20PROJECTEN"), ["Projectleider", "Leider van het project Stadsbos", "Iets anders"]);
        for syntax in ["projectleider%22", "projectleider*", "title:projectleider", "projectleider%20NEAR%20x", "x%20%3C-%3E%20projectleider"] {
            let expected = if syntax.contains(':') || syntax.contains("x") { 0 } else { 3 };
            assert_eq!(found(&reader, syntax).len(), expected, "{syntax}");
        }
    }

    /// The walk holds each klus once, in the order of how well it is found, and leads back.
    fn what_is_found_is_walked_in_the_order_of_how_well(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let owner = world.client_of(&oss, "Olga Opdracht");
        let mut expected = Vec::new();
        for number in 0..7 {
            let title = if number % 2 == 0 { "Dijken" } else { "Werk aan water" };
            let draft = with(&work_of(&oss), &json!({"title": title, "description": "Een dijk."}));
            let path = published(&owner, &draft, &plan(&["ALL_GOVERNMENT"]));
            expected.push((number % 2, -number, path.rsplit('/').next().unwrap().to_owned()));
        }
        expected.sort();
        let expected: Vec<String> = expected.into_iter().map(|(_, _, id)| id).collect();
        let mut seen = Vec::new();
        let mut page = owner.client.get("/assignments?search=dijk&limit=3").expect(200);
        loop {
            seen.extend(page.ids());
            let Some(next) = page.body["links"]["next"].as_str().map(str::to_owned) else { break };
            page = owner.client.get(&next).expect(200);
        }
        assert_eq!(seen, expected);
        let back = owner.client.get(page.text_at("/links/prev")).expect(200);
        assert_eq!(back.ids(), expected[3..6]);
    }

    /// Words of a klus in a ring that is closed to somebody find nothing for them, and count nothing.
    fn nobody_finds_or_counts_what_their_rings_hide(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let owner = world.client_of(&oss, "Olga Opdracht");
        let draft = with(&work_of(&oss), &json!({"title": "Geheimzinnige duiventil"}));
        published(&owner, &draft, &plan(&["ORGANISATION"]));
        let stranger = world.employee(&uden, "Willem Vreemd").client;
        for client in [&stranger, &service.anonymous()] {
            let hidden = client.get("/assignments?search=duiventil&includeTotal=true").expect(200);
            assert_eq!((&hidden.body["items"], &hidden.body["total"]["count"]), (&json!([]), &json!(0)));
        }
        assert_eq!(found(&owner.client, "duiventil"), ["Geheimzinnige duiventil"]);
    }
}
