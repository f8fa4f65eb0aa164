//! Skills on the own profile.

use contract_tests::{World, on_both};
use serde_json::{Value, json};

on_both! {
    fn skills_are_concepts_or_words_of_ones_own(service) {
        let world = World::new(service);
        let sanne = world.employee(&world.organisation("Gemeente Oss"), "Sanne de Vries").client;
        let found = sanne.get("/skills?search=albanees").expect(200);
        let albanian = found.ids()[0].clone();
        let draft = json!({"skillId": albanian, "level": "EXPERT", "wantsToUse": true});
        let concept = sanne.post("/profile/skills", &draft).expect(201);
        assert_eq!((concept.text_at("/skillId"), concept.text_at("/label")), (albanian.as_str(), found.text_at("/items/0/label")));
        let own = sanne.post("/profile/skills", &json!({"freeText": " Raadsvragen ", "wantsToLearn": true})).expect(201);
        assert_eq!((&own.body["skillId"], own.text_at("/label"), &own.body["level"]), (&Value::Null, "Raadsvragen", &Value::Null));
        let path = own.headers["location"].clone();
        let changed = sanne.patch(&path, &json!({"level": "BASIC", "wantsToLearn": false})).expect(200);
        assert_eq!((changed.text_at("/level"), &changed.body["wantsToLearn"]), ("BASIC", &json!(false)));
        sanne.patch(&path, &json!({"level": null})).names(&["level"]);
        assert_eq!(sanne.get("/profile/skills").ids(), [own.id(), concept.id()]);
        let seen = sanne.at_present(&path);
        sanne.patch(&path, &json!({"level": "EXPERT"})).expect(200);
        seen.delete(&path).refused(412, "revision_stale");
        sanne.at_present(&path).delete(&path).expect(204);
        sanne.get(&path).refused(404, "not_found");
        assert_eq!(sanne.get("/profile/skills").ids(), [concept.id()]);
    }

    fn a_skill_stands_on_a_profile_once(service) {
        let world = World::new(service);
        let sanne = world.employee(&world.organisation("Gemeente Oss"), "Sanne de Vries").client;
        let draft = json!({"freeText": "Raadsvragen", "level": "EXPERT"});
        let first = sanne.with("Idempotency-Key", "een").post("/profile/skills", &draft).expect(201);
        assert_eq!(sanne.with("Idempotency-Key", "een").post("/profile/skills", &draft).expect(201).text, first.text);
        sanne.post("/profile/skills", &json!({"freeText": " raadsvragen", "level": "BASIC"})).refused(409, "skill_on_profile");
        for number in 1..100 {
            let draft = json!({"freeText": format!("Vaardigheid {number}"), "level": "BASIC"});
            sanne.post("/profile/skills", &draft).expect(201);
        }
        let draft = json!({"freeText": "Een te veel", "level": "BASIC"});
        sanne.post("/profile/skills", &draft).refused(409, "profile_full");
    }

    fn all_faults_are_named_at_once(service) {
        let world = World::new(service);
        let sanne = world.employee(&world.organisation("Gemeente Oss"), "Sanne de Vries").client;
        let post = |body: Value| sanne.post("/profile/skills", &body);
        post(json!({"skillId": "x", "freeText": "", "level": "GURU", "wantsToUse": 1}))
            .names(&["skillId", "freeText", "level", "wantsToUse"]);
        post(json!({"level": "BASIC"})).names(&["skillId"]);
        let unknown = "01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17";
        post(json!({"skillId": unknown, "level": "BASIC"})).names(&["skillId"]);
        post(json!({"freeText": "Raadsvragen"})).names(&["level"]);
        assert!(sanne.get("/profile").expect(200).body["id"].is_null(), "nothing was half written");
    }
}
