//! Profiles of others.

use contract_tests::{World, on_both};
use serde_json::{Value, json};

use super::{fill, listed, show};

on_both! {
    /// shows: M20
    fn a_client_finds_a_professional_before_there_is_any_klus(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let (sanne, client) = (world.employee(&oss, "Sanne de Vries"), world.client_of(&uden, "Olga Opdracht").client);
        let id = fill(&sanne);
        show(&sanne, &json!({"level": "V4"}));
        let page = client.get("/profiles").expect(200);
        let card = &page.body["items"][0];
        assert_eq!(client.get(&format!("/profiles/{id}")).expect(200).body, *card, "the list shows what opening shows");
        assert_eq!((&card["sight"], &card["basis"]), (&json!("PSEUDONYMOUS_CARD"), &json!("ALL_GOVERNMENT")));
        for withheld in ["name", "personId", "employers", "ambition"] {
            assert_eq!(card[withheld], Value::Null, "{withheld}");
        }
        for telling in ["Sanne", "Vries", "Oss", &sanne.id, &sanne.employment_id, &oss.id, &sanne.email] {
            assert!(!page.text.contains(telling), "{telling} tells who it is");
        }
        assert_eq!(card["skills"][0]["label"], "Onderhandelen");
        assert_eq!(card["availabilities"][0]["weekdays"], json!(["FRIDAY"]));
        assert!(card["skills"][0].get("id").is_none() && card["availabilities"][0].get("id").is_none());
    }

    /// shows: Z04
    fn field_of_work_core_qualities_and_experience_are_fields_of_their_own_and_found(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let (sanne, piet) = (world.employee(&oss, "Sanne de Vries"), world.employee(&oss, "Piet Peters"));
        let client = world.client_of(&uden, "Olga Opdracht").client;
        let id = fill(&sanne);
        let patch = json!({"headline": "Buitendienst", "fieldsOfWork": ["groen", "ruimtelijke ordening en wonen"], "educationLevel": "MBO"});
        let other = piet.client.patch("/profile", &patch).expect(200).id();
        show(&sanne, &json!({"level": "V4"}));
        show(&piet, &json!({"level": "V4"}));
        for query in ["search=GED%C3%9ALDIG", "search=vergunningen%20tien", "search=onderhand", "search=erfgoed%20jurist",
            "fieldOfWork=Ruimtelijke%20Ordening", "educationLevel=HBO", "entrepreneurshipLevel=STARTING",
            "availableMinutesPerWeek=480"] {
            assert_eq!(listed(&client, &format!("&{query}")), [id.as_str()], "{query}");
        }
        assert_eq!(listed(&client, "&fieldOfWork=groen"), [other.as_str()]);
        for query in ["search=project", "search=Vries", "search=Oss", "search=100%25", "availableMinutesPerWeek=481",
            "entrepreneurshipLevel=EXPERIENCED", "fieldOfWork=ruimtelijke"] {
            assert!(listed(&client, &format!("&{query}")).is_empty(), "{query} finds what no card shows");
        }
        client.get("/profiles?educationLevel=PHD&availableMinutesPerWeek=5&color=red")
            .names(&["educationLevel", "availableMinutesPerWeek", "color"]);
    }

    fn a_concept_is_found_under_any_profile_that_holds_it(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let (sanne, client) = (world.employee(&oss, "Sanne de Vries"), world.client_of(&uden, "Olga Opdracht").client);
        let albanian = client.get("/skills?search=albanees").ids()[0].clone();
        sanne.client.post("/profile/skills", &json!({"skillId": albanian, "wantsToLearn": true})).expect(201);
        let id = sanne.client.get("/profile").id();
        show(&sanne, &json!({"level": "V4"}));
        assert_eq!(listed(&client, &format!("&skillId={albanian}")), [id.as_str()]);
        assert_eq!(listed(&client, "&search=Albanees"), [id]);
    }

    /// Whoever is no client, coordinator or chosen adviser sees nobody, whatever the organisation.
    fn who_looks_for_nobody_sees_nobody(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let karel = world.employee(&oss, "Karel van Beek");
        let sanne = world.employee_with(&oss, "Sanne de Vries", &json!({"managerId": karel.id}));
        let id = fill(&sanne);
        show(&sanne, &json!({"level": "V4"}));
        let stranger = world.employee(&uden, "Willem Vreemd");
        for person in [&karel, &stranger, &oss.administrator] {
            assert!(listed(&person.client, "").is_empty());
            person.client.get(&format!("/profiles/{id}")).refused(404, "not_found");
        }
        assert_eq!(listed(&sanne.client, ""), Vec::<String>::new(), "the own profile stands at /profile");
        let own = sanne.client.get(&format!("/profiles/{id}")).expect(200);
        assert_eq!((own.text_at("/basis"), own.text_at("/sight")), ("OWNER", "WHOLE_PROFILE"));
    }

    /// Cursors hold a place and no people: who becomes invisible is on no page from then on.
    fn an_open_cursor_shows_nobody_who_has_gone(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let client = world.client_of(&uden, "Olga Opdracht").client;
        let people: Vec<_> = ["Ada", "Bea", "Cor", "Dik", "Els"].map(|name| world.employee(&oss, name)).into();
        let mut ids: Vec<(String, &contract_tests::Employee)> = people.iter().map(|person| {
            let id = person.client.patch("/profile", &json!({"headline": "Jurist"})).expect(200).id();
            show(person, &json!({"level": "V4"}));
            (id, person)
        }).collect();
        ids.sort_by(|one, other| other.0.cmp(&one.0));
        let first = client.get("/profiles?limit=2").expect(200);
        assert_eq!(first.ids(), [ids[0].0.as_str(), ids[1].0.as_str()]);
        show(ids[2].1, &json!({"level": "V2"}));
        show(ids[0].1, &json!({"level": "V0"}));
        let second = client.get(first.text_at("/links/next")).expect(200);
        assert_eq!(second.ids(), [ids[3].0.as_str(), ids[4].0.as_str()]);
        let back = client.get(second.text_at("/links/prev")).expect(200);
        assert_eq!(back.ids(), [ids[1].0.as_str()]);
    }

    fn who_has_no_access_any_more_is_not_shown(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let (sanne, client) = (world.employee(&oss, "Sanne de Vries"), world.client_of(&uden, "Olga Opdracht").client);
        let id = fill(&sanne);
        show(&sanne, &json!({"level": "V5"}));
        assert_eq!(listed(&client, ""), [id.as_str()]);
        world.platform.transition(&format!("/persons/{}", sanne.id), "closures", &json!(null)).expect(200);
        assert!(listed(&client, "").is_empty());
        service.anonymous().get(&format!("/public-profiles/{id}")).refused(404, "not_found");
    }
}
