//! Search: how words are read, and in which order what they find stands.

use contract_tests::{Client, World, on_both};
use serde_json::json;

use super::networks::{network, to_networks};
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
        assert_eq!(found(&reader, "de%20PROJECTEN"), ["Leider van het project Stadsbos", "Projectleider", "Iets anders"]);
        for syntax in ["projectleider%22", "projectleider*", "title:projectleider", "projectleider%20NEAR%20x", "x%20%3C-%3E%20projectleider"] {
            // Words that nothing holds are left out, and what is found far less well than the best with them.
            let expected = if syntax.contains(':') || syntax.contains('x') { 2 } else { 3 };
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
        assert_eq!(found(&owner.client, "geheimzinige%20duivetil"), ["Geheimzinnige duiventil"]);
        // What is spelled nearly alike leads nowhere else either, and a hidden word does not make another unknown.
        let open = with(&work_of(&oss), &json!({"title": "Een duiventillen plan"}));
        published(&owner, &with(&draft, &json!({"title": "Kruiswoordraadsel"})), &plan(&["ORGANISATION"]));
        published(&owner, &open, &plan(&["PUBLIC"]));
        for client in [&stranger, &service.anonymous()] {
            assert_eq!(found(client, "duivetil"), ["Een duiventillen plan"]);
            assert_eq!(found(client, "kruiswoordraadsel"), Vec::<String>::new());
            assert_eq!(found(client, "kruiswordraadsel"), Vec::<String>::new());
        }
    }

    /// A word that only hidden klussen hold is as unknown as one that none holds: what is near it is found all the same.
    fn a_word_is_unknown_to_who_may_not_see_what_holds_it(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let owner = world.client_of(&oss, "Olga Opdracht");
        published(&owner, &with(&work_of(&oss), &json!({"title": "Kasteelruinen"})), &plan(&["ALL_GOVERNMENT"]));
        let stranger = world.employee(&uden, "Willem Vreemd").client;
        let query = "/assignments?search=kasteelruimen&includeTotal=true";
        let before = stranger.get(query).expect(200);
        published(&owner, &with(&work_of(&oss), &json!({"title": "Kasteelruimen"})), &plan(&["ORGANISATION"]));
        assert_eq!(before.text, stranger.get(query).expect(200).text);
        assert_eq!(before.body["total"]["count"], json!(1));
    }

    /// One search finds the klussen of all networks that somebody belongs to, and each says where it comes from.
    ///
    /// shows: B02
    fn klussen_of_several_networks_are_found_in_one_search_with_their_source(service) {
        let world = World::new(service);
        let (brabant, westen) = (network(&world, "Brabant", &json!({})), network(&world, "Westen", &json!({})));
        let (oss, leiden, uden) =
            (world.organisation("Gemeente Oss"), world.organisation("Gemeente Leiden"), world.organisation("Gemeente Uden"));
        for (network, member) in [(&brabant, &oss), (&westen, &leiden), (&brabant, &uden), (&westen, &uden)] {
            world.join(network, member);
        }
        for (host, network) in [(&oss, &brabant), (&leiden, &westen)] {
            let owner = world.client_of(host, "Olga Opdracht");
            let draft = with(&work_of(host), &json!({"title": format!("Archivaris {}", host.id)}));
            published(&owner, &draft, &to_networks(&[network]));
        }
        let reader = world.employee(&uden, "Sanne de Vries").client;
        let page = reader.get("/assignments?search=archief&includeTotal=true").expect(200);
        let sources: Vec<(&str, &str)> = [0, 1]
            .map(|at| (page.text_at(&format!("/items/{at}/organisation/name")), page.text_at(&format!("/items/{at}/rings/0/networks/0/name"))))
            .to_vec();
        assert_eq!(sources, [("Gemeente Leiden", "Westen"), ("Gemeente Oss", "Brabant")]);
        assert_eq!(page.body["total"]["count"], json!(2));
        let of_one = world.employee(&oss, "Piet Peters").client;
        assert_eq!(found(&of_one, "archief").len(), 1);
    }

    fn where_nothing_holds_all_words_what_holds_some_is_found_the_rarer_first(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let owner = world.client_of(&oss, "Olga Opdracht");
        for title in ["Rioolheffing", "Kaartviewer", "Verkeer", "Verkeer en vervoer", "Verkeersplan"] {
            published(&owner, &with(&work_of(&oss), &json!({"title": title})), &plan(&["ALL_GOVERNMENT"]));
        }
        let reader = world.employee(&oss, "Sanne de Vries").client;
        assert_eq!(found(&reader, "kaartviewer%20verkeer")[0], "Kaartviewer");
        assert_eq!(found(&reader, "rioolheffing%20onbekendheid"), ["Rioolheffing"]);
        assert_eq!(found(&reader, "onbekendheid"), Vec::<String>::new());
        let counted = reader.get("/assignments?search=kaartviewer%20verkeer&includeTotal=true").expect(200);
        assert_eq!(counted.body["total"]["count"], json!(counted.body["items"].as_array().unwrap().len()));
        // What is kept to look again later asks for all words.
        let kept = json!({"name": "Beide", "criteria": {"search": "kaartviewer verkeer"}, "frequency": "IMMEDIATE"});
        reader.post("/saved-searches", &kept).expect(201);
    }

    /// A question of which no word tells anything narrows nothing.
    fn a_search_of_words_that_tell_nothing_is_a_list(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let owner = world.client_of(&oss, "Olga Opdracht");
        for title in ["Eerste", "Tweede"] {
            published(&owner, &with(&work_of(&oss), &json!({"title": title})), &plan(&["ALL_GOVERNMENT"]));
        }
        for words in ["de%20het%20een", "%20", "%22*", "van"] {
            let page = owner.client.get(&format!("/assignments?search={words}")).expect(200);
            assert_eq!(found(&owner.client, words), ["Tweede", "Eerste"]);
            assert!(page.body["items"][0].get("highlights").is_none());
        }
    }

    /// What is found stands in the order that was asked, and walks in it.
    fn what_is_found_is_sorted_as_asked(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let owner = world.client_of(&oss, "Olga Opdracht");
        let deadlines = ["2027-04-20T15:00:00Z", "2027-04-10T15:00:00Z", "2027-04-30T15:00:00Z", "2027-04-10T15:00:00Z"];
        for (number, deadline) in deadlines.iter().enumerate() {
            let (title, description) = if number == 1 { ("Dijk", "Een dijk.") } else { ("Werk", "Aan de dijk.") };
            let draft = with(&work_of(&oss), &json!({"title": format!("{title} {number}"), "description": description}));
            let plan = json!({"rings": [{"ring": "ALL_GOVERNMENT"}], "deadline": deadline});
            published(&owner, &draft, &plan);
        }
        drafted(&owner, &with(&work_of(&oss), &json!({"title": "Werk 4", "description": "Aan de dijk."})));
        let walk = |query: &str| {
            let mut seen = Vec::new();
            let mut page = owner.client.get(&format!("/assignments?limit=2&{query}")).expect(200);
            let mut before = Vec::new();
            loop {
                let items = page.body["items"].as_array().unwrap();
                let titles: Vec<String> = items.iter().map(|item| item["title"].as_str().unwrap().to_owned()).collect();
                if let Some(back) = page.body["links"]["prev"].as_str() {
                    let back = owner.client.get(back).expect(200);
                    assert_eq!(back.ids(), before);
                }
                before = page.ids();
                seen.extend(titles);
                let Some(next) = page.body["links"]["next"].as_str().map(str::to_owned) else { return seen };
                page = owner.client.get(&next).expect(200);
            }
        };
        assert_eq!(walk("search=dijk"), ["Dijk 1", "Werk 3", "Werk 2", "Werk 0"]);
        assert_eq!(walk("search=dijk&sort=RELEVANCE"), ["Dijk 1", "Werk 3", "Werk 2", "Werk 0"]);
        assert_eq!(walk("search=dijk&sort=NEWEST"), ["Werk 3", "Werk 2", "Dijk 1", "Werk 0"]);
        assert_eq!(walk("search=dijk&sort=DEADLINE"), ["Werk 3", "Dijk 1", "Werk 0", "Werk 2"]);
        assert_eq!(walk("sort=DEADLINE"), ["Werk 3", "Dijk 1", "Werk 0", "Werk 2"]);
        assert_eq!(walk("mine=true&sort=DEADLINE"), ["Werk 3", "Dijk 1", "Werk 0", "Werk 2", "Werk 4"]);
        assert_eq!(walk("sort=RELEVANCE"), ["Werk 3", "Werk 2", "Dijk 1", "Werk 0"]);
        owner.client.get("/assignments?sort=BEST").refused(400, "input_invalid");
    }

    /// Highlights are pieces of plain text with places, whatever the text holds.
    fn what_is_found_shows_where(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let owner = world.client_of(&oss, "Olga Opdracht");
        let long = "Vooraf gaat er veel. ".repeat(30);
        let draft = with(&work_of(&oss), &json!({"title": "<b>Déze 😀 subsidieadviseur</b>", "intendedResult": "Rust",
            "description": format!("{long}Je adviseert over <script>subsidies</script> & meer. {long}"),
            "requiredSkills": [{"label": "Subsidies beoordelen"}]}));
        published(&owner, &draft, &plan(&["ALL_GOVERNMENT"]));
        let page = owner.client.get("/assignments?search=subsidie").expect(200);
        let highlights = page.body["items"][0]["highlights"].as_array().unwrap();
        let shown: Vec<(&str, Vec<String>)> = highlights
            .iter()
            .map(|one| {
                let text: Vec<char> = one["text"].as_str().unwrap().chars().collect();
                assert!(text.len() <= 160, "{one}");
                let place = |range: &serde_json::Value, name: &str| usize::try_from(range[name].as_u64().unwrap()).unwrap();
                let words = one["ranges"].as_array().unwrap().iter();
                let words = words.map(|range| text[place(range, "from")..place(range, "until")].iter().collect());
                (one["field"].as_str().unwrap(), words.collect())
            })
            .collect();
        let expected = [("TITLE", "subsidieadviseur"), ("DESCRIPTION", "subsidies"), ("SKILL", "Subsidies")];
        assert_eq!(shown, expected.map(|(field, word)| (field, vec![word.to_owned()])));
        assert_eq!(highlights[0]["text"], "<b>Déze 😀 subsidieadviseur</b>");
        let description = &highlights[1];
        assert_eq!((&description["isCutBefore"], &description["isCutAfter"]), (&json!(true), &json!(true)));
        // What is written otherwise than it is shown, or not shown, is not marked.
        assert!(page.body["items"][0]["title"].as_str().unwrap().starts_with("<b>"));
        assert!(owner.client.get("/assignments").expect(200).body["items"][0].get("highlights").is_none());
    }
}
