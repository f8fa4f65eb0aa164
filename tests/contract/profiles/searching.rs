//! Search of profiles, and how many there are: of what is shown, and of nothing else.

use contract_tests::{Client, World, on_both};
use serde_json::{Value, json};

use super::{listed, show};

on_both! {
    /// shows: M01
    fn profiles_are_found_by_words_as_klussen_are(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let client = world.client_of(&uden, "Olga Opdracht").client;
        let concept = client.get("/skills?search=verbaal%20in%20het%20Turks&limit=1").expect(200);
        let sanne = world.employee(&oss, "Sanne de Vries");
        let patch = json!({"headline": "Leider van projecten", "fieldsOfWork": ["subsidies"], "coreQualities": ["creëert orde"],
            "interests": ["Wet open overheid"], "ambition": "Tuinarchitect worden.", "experience": "Zij adviseert over vergunningen."});
        let id = sanne.client.patch("/profile", &patch).expect(200).id();
        let skill = json!({"skillId": concept.ids()[0], "level": "BASIC", "wantsToUse": true});
        let skill = sanne.client.post("/profile/skills", &skill).expect(201).headers["location"].clone();
        show(&sanne, &json!({"level": "V4"}));
        for query in ["projectleider", "subsidieadviseur", "vergunning", "adviseren", "CREEERT", "wob", "turks%20spreken",
            "subsidei", "van%20de"] {
            assert_eq!(listed(&client, &format!("&search={query}")), [id.as_str()], "{query}");
        }
        for query in ["tuinarchitect", "tuinarchitekt", "Vries", "Sanne", "projectleider%20water", "%22%20OR%201%3D1"] {
            assert!(listed(&client, &format!("&search={query}")).is_empty(), "{query} finds what no card shows");
        }
        sanne.client.at_present(&skill).delete(&skill).expect(204);
        sanne.client.patch("/profile", &json!({"headline": "Anders"})).expect(200);
        for query in ["turks", "projectleider"] {
            assert!(listed(&client, &format!("&search={query}")).is_empty(), "{query} is there no more");
        }
    }

    /// A word that only hidden profiles hold is as unknown as one that none holds (invariants 10 and 19).
    fn words_tell_nothing_of_profiles_that_are_not_shown(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let manager = world.client_of(&oss, "Marloes van Dinther");
        let stranger = world.client_of(&uden, "Olga Opdracht");
        let shown = world.employee(&uden, "Piet Peters");
        shown.client.patch("/profile", &json!({"headline": "Kasteelruinen"})).expect(200);
        show(&shown, &json!({"level": "V4"}));
        let paths = ["/profiles?search=kasteelruimen", "/profiles?search=kasteelruinem", "/profiles?search=kasteel", "/profiles/facets",
            "/public-profiles?search=kasteelruimen", "/suggestions?prefix=kast"];
        let look = |client: &Client| paths.map(|path| client.get(path).expect(200).text);
        let before = (look(&manager.client), look(&stranger.client));
        let hidden = world.employee_with(&oss, "Sanne de Vries", &json!({"managerId": manager.id}));
        hidden.client.patch("/profile", &json!({"headline": "Kasteelruimen"})).expect(200);
        for visibility in [json!({"level": "V2"}), json!({"level": "V4", "hiddenFromOrganisationIds": [oss.id, uden.id]})] {
            show(&hidden, &visibility);
            assert_eq!(before, (look(&manager.client), look(&stranger.client)));
        }
        show(&hidden, &json!({"level": "V4"}));
        assert_eq!(before.0, look(&manager.client), "of the own team nothing is learned");
        assert_ne!(before.1, look(&stranger.client));
        assert_eq!(listed(&stranger.client, "&search=kasteelruinem").len(), 2);
    }

    /// Cells under five do not show, and no two counts can be subtracted (invariant 25).
    fn counts_of_profiles_lead_to_nobody(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let client = world.client_of(&uden, "Olga Opdracht").client;
        let skill = client.get("/skills?limit=1").expect(200);
        let (skill_id, label) = (skill.text_at("/items/0/id"), skill.text_at("/items/0/label"));
        let enter = |number: u32| {
            let employee = world.employee(&oss, &format!("Persoon Nummer{number}"));
            let education = if number == 0 { "WO" } else { "HBO" };
            let patch = json!({"fieldsOfWork": ["Ruimte", format!("eigen {number}")], "educationLevel": education, "entrepreneurshipLevel": "STARTING"});
            employee.client.patch("/profile", &patch).expect(200);
            employee.client.post("/profile/skills", &json!({"skillId": skill_id, "level": "BASIC", "wantsToUse": true})).expect(201);
            show(&employee, &json!({"level": "V4"}));
        };
        let nothing = json!({"total": 0, "skills": [], "fieldsOfWork": [], "educationLevels": [], "entrepreneurshipLevels": []});
        (0..4).for_each(enter);
        assert_eq!(client.get("/profiles/facets").expect(200).body, nothing, "four are not told");
        (4..6).for_each(enter);
        let told: Value = json!({"total": 5, "skills": [{"skillId": skill_id, "label": label, "count": 5}],
            "fieldsOfWork": [{"fieldOfWork": "Ruimte", "count": 5}], "educationLevels": [{"educationLevel": "HBO", "count": 5}],
            "entrepreneurshipLevels": [{"entrepreneurshipLevel": "STARTING", "count": 5}]});
        assert_eq!(client.get("/profiles/facets").expect(200).body, told, "six and five are told alike, and one is not");
        (6..9).for_each(enter);
        assert_eq!(client.get("/profiles/facets").expect(200).body, told, "three more do not show");
        for narrowed in ["search=ruimte", "educationLevel=HBO"] {
            client.get(&format!("/profiles/facets?{narrowed}")).refused(400, "input_invalid");
        }
        let reader = world.employee(&uden, "Willem Vreemd").client;
        assert_eq!(reader.get("/profiles/facets").expect(200).body, nothing, "who looks for nobody counts nobody");
        let same = client.get("/profiles/facets").tag();
        client.with("If-None-Match", &same).get("/profiles/facets").expect(304);
    }
}
