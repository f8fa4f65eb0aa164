//! The own profile.

use contract_tests::document::Document;
use contract_tests::{World, on_both};
use serde_json::{Value, json};

use super::fill;

on_both! {
    /// shows: F07
    fn a_profile_exists_for_everybody_empty_and_at_v2(service) {
        let world = World::new(service);
        let sanne = world.employee(&world.organisation("Gemeente Oss"), "Sanne de Vries");
        let profile = sanne.client.get("/profile").expect(200);
        assert_eq!((&profile.body["id"], &profile.body["headline"]), (&Value::Null, &Value::Null));
        assert_eq!(profile.body["completeness"], json!({"percentage": 0, "nextStep": "ADD_HEADLINE"}));
        let visibility = sanne.client.get("/profile/visibility").expect(200);
        assert_eq!(visibility.body, json!({"level": "V2", "networkIds": [], "adviserId": null,
            "hiddenFromOrganisationIds": [], "pausedUntil": null, "nameOnPublicCard": false}));
        for list in ["skills", "availabilities", "views"] {
            assert!(sanne.client.get(&format!("/profile/{list}")).expect(200).ids().is_empty());
        }
        fill(&sanne);
        assert_eq!(sanne.client.get("/profile/visibility").text_at("/level"), "V2", "filling it shows it to nobody");
    }

    /// shows: F04
    fn its_owner_writes_it(service) {
        let world = World::new(service);
        let sanne = world.employee(&world.organisation("Gemeente Oss"), "Sanne de Vries");
        let id = fill(&sanne);
        assert_ne!(id, sanne.id, "the id does not tell whose it is");
        assert_eq!(id.as_bytes()[14], b'4', "drawn at random: it does not tell when it was made");
        let read = sanne.client.get("/profile").expect(200);
        assert_eq!(read.text_at("/fieldsOfWork/0"), "ruimtelijke ordening");
        assert_eq!(read.body["completeness"], json!({"percentage": 100, "nextStep": null}));
        let changed = sanne.client.patch("/profile", &json!({"headline": "  Projectleider ", "ambition": null, "interests": []}));
        let changed = changed.expect(200);
        assert_eq!((changed.text_at("/headline"), &changed.body["ambition"]), ("Projectleider", &Value::Null));
        assert_eq!(changed.text_at("/experience"), "Tien jaar vergunningen.", "what is left out stays");
        assert_eq!(changed.id(), id);
        assert_eq!(changed.text_at("/completeness/nextStep"), "ADD_INTERESTS");
        assert_eq!(sanne.client.get("/profile").tag(), changed.tag());
    }

    /// Not even an administrator: there is no operation by which somebody else could.
    ///
    /// shows: F04
    fn nobody_else_writes_it(service) {
        let writing = Document::committed().operations().iter().filter(|operation| {
            operation.method != "GET" && operation.json["tags"][0] == "profiles"
        });
        for operation in writing {
            assert!(operation.path == "/profile" || operation.path.starts_with("/profile/"), "{}", operation.id);
            assert!(!operation.path.contains("{personId}") && !operation.path.contains("{profileId}"));
        }
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let sanne = world.employee(&oss, "Sanne de Vries");
        let id = fill(&sanne);
        let before = sanne.client.get("/profile").expect(200);
        let skill = sanne.client.get("/profile/skills").ids()[0].clone();
        for other in [&world.platform, &oss.administrator.client] {
            let body = json!({"headline": "Overschreven"});
            for path in [format!("/profiles/{id}"), format!("/persons/{}/profile", sanne.id)] {
                let status = other.with("If-Match", "*").send("PATCH", &path, Some(&body)).status;
                assert!(matches!(status, 404 | 405), "{status}");
            }
            other.with("If-Match", "*").send("PATCH", "/profile", Some(&body)).expect(200);
            let path = format!("/profile/skills/{skill}");
            other.with("If-Match", "*").send("PATCH", &path, Some(&json!({"level": "BASIC"}))).refused(404, "not_found");
            other.with("If-Match", "*").delete(&path).refused(404, "not_found");
            other.get(&format!("/profiles/{id}")).refused(404, "not_found");
        }
        assert_eq!(sanne.client.get("/profile").text, before.text);
    }

    fn all_faults_are_named_at_once(service) {
        let world = World::new(service);
        let sanne = world.employee(&world.organisation("Gemeente Oss"), "Sanne de Vries");
        let long = "x".repeat(121);
        let body = json!({"headline": long, "fieldsOfWork": ["", 7], "educationLevel": "PHD", "visibility": "V5"});
        sanne.client.patch("/profile", &body).names(&["headline", "fieldsOfWork.0", "fieldsOfWork.1", "educationLevel", "visibility"]);
        let body = json!({"headline": "Adviseur bij de gemeente Oss", "interests": ["wonen", "Wonen"],
            "experience": "Ik, Sanne de Vries, deed veel."});
        sanne.client.patch("/profile", &body).names(&["headline", "interests.1", "experience"]);
        sanne.client.patch("/profile", &json!({"ambition": "De gemeente Oss mooier maken"})).expect(200);
    }

    fn a_change_needs_the_revision_that_was_read_the_first_time_too(service) {
        let world = World::new(service);
        let sanne = world.employee(&world.organisation("Gemeente Oss"), "Sanne de Vries");
        let seen = sanne.client.get("/profile").tag();
        let body = json!({"headline": "Jurist"});
        sanne.client.send("PATCH", "/profile", Some(&body)).refused(428, "revision_missing");
        sanne.client.with("If-Match", &seen).patch("/profile", &body).expect(200);
        sanne.client.with("If-Match", &seen).patch("/profile", &body).refused(412, "revision_stale");
        let visibility = json!({"level": "V0"});
        sanne.client.with("If-Match", &seen).put("/profile/visibility", &visibility).refused(412, "revision_stale");
        let seen = sanne.client.get("/profile/visibility").tag();
        sanne.client.with("If-Match", &seen).put("/profile/visibility", &visibility).expect(200);
    }

    fn of_two_first_changes_at_once_one_comes_first(service) {
        let world = World::new(service);
        let sanne = world.employee(&world.organisation("Gemeente Oss"), "Sanne de Vries");
        let client = sanne.client.with("If-Match", &sanne.client.get("/profile").tag());
        let mut statuses: Vec<u16> = std::thread::scope(|scope| {
            let change = |number: usize| {
                let client = client.clone();
                scope.spawn(move || client.patch("/profile", &json!({"headline": format!("Nummer {number}")})).status)
            };
            let running: Vec<_> = (0..6).map(change).collect();
            running.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412, 412, 412, 412, 412]);
    }
}
