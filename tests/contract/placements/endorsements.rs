//! Endorsements: said by who saw the work, shown only if the employee wants it.

use contract_tests::{Placed, Service, on_both};
use serde_json::{Value, json};

const WORDS: &str = "Sanne kreeg een raad aan tafel die niet wilde praten.";

/// A placement of which the work is over, and what the client said of it.
fn endorsed(service: &Service) -> (Placed<'_>, String) {
    let placed = Placed::running(service);
    placed.at("2027-12-01T08:00:00Z");
    let path = format!("{}/endorsements", placed.placement);
    let given = placed.dossier.owner.client.post(&path, &json!({"text": WORDS})).expect(201);
    let endorsement = format!("/endorsements/{}", given.id());
    (placed, endorsement)
}

on_both! {
    fn who_saw_the_work_endorses_once_when_it_is_over(service) {
        let placed = Placed::running(service);
        let path = format!("{}/endorsements", placed.placement);
        let draft = json!({"text": WORDS});
        let (sanne, olga, karel) = (&placed.dossier.employee.client, &placed.dossier.owner.client, &placed.dossier.manager.client);
        olga.post(&path, &draft).refused(409, "placement_not_ready");
        placed.at("2027-12-01T08:00:00Z");
        sanne.post(&path, &draft).refused(403, "not_allowed");
        placed.finance.client.post(&path, &draft).refused(403, "not_allowed");
        olga.post(&path, &json!({"text": ""})).names(&["text"]);
        let given = olga.post(&path, &draft).expect(201);
        assert_eq!((given.text_at("/part"), given.text_at("/title"), given.text_at("/hostName")),
            ("CLIENT", "Een plan voor het stadsbos", "Gemeente Uden"));
        olga.post(&path, &draft).refused(409, "endorsement_exists");
        karel.post(&path, &draft).expect(201);

        // The employee has both; each of the others knows of their own alone.
        assert_eq!(sanne.get(&path).expect(200).ids().len(), 2);
        assert_eq!(olga.get(&path).expect(200).ids(), [given.id()]);
        assert!(placed.finance.client.get(&path).expect(200).ids().is_empty());
        karel.get(&format!("/endorsements/{}", given.id())).refused(404, "not_found");

        // Withdrawn, it leaves room for another.
        olga.transition(&format!("/endorsements/{}", given.id()), "withdrawals", &Value::Null).expect(200);
        olga.post(&path, &draft).expect(201);
    }

    /// Who gave it reads the same, byte for byte, whether it shows or not; and the events tell only the employee.
    fn the_employee_alone_decides_whether_it_shows(service) {
        let (placed, endorsement) = endorsed(service);
        let (sanne, olga) = (&placed.dossier.employee.client, &placed.dossier.owner.client);
        let events = |client: &contract_tests::Client| client.get("/events?limit=100").expect(200).text;
        let read = || { let read = olga.get(&endorsement).expect(200); (read.text, read.headers["etag"].clone()) };
        let (before, told) = (read(), events(olga));
        let given = olga.get(&endorsement).expect(200).body;
        assert_eq!((&given["state"], &given["legalActions"]), (&Value::Null, &json!(["WITHDRAW"])));
        for (action, state) in [("showings", "SHOWN"), ("hidings", "HIDDEN"), ("showings", "SHOWN")] {
            olga.transition(&endorsement, action, &Value::Null).refused(403, "not_allowed");
            let decided = sanne.transition(&endorsement, action, &Value::Null).expect(200);
            assert_eq!(decided.text_at("/state"), state);
            assert_eq!(read(), before);
        }
        sanne.transition(&endorsement, "showings", &Value::Null).refused(409, "transition_not_listed");
        sanne.transition(&endorsement, "withdrawals", &Value::Null).refused(403, "not_allowed");
        assert_eq!(events(olga), told);
        assert!(events(sanne).contains("endorsement-state-changed"));
        olga.transition(&endorsement, "withdrawals", &Value::Null).expect(200);
        assert_eq!(sanne.get(&endorsement).expect(200).text_at("/state"), "WITHDRAWN");
    }

    /// It shows to who sees the profile with its name: a card would not stay without one.
    fn what_shows_is_on_the_profile_for_who_sees_its_name(service) {
        let (placed, endorsement) = endorsed(service);
        let dossier = &placed.dossier;
        let sanne = &dossier.employee.client;
        let adviser = dossier.world.employee(&dossier.home, "Ada Raad");
        dossier.world.give(&adviser, "MOBILITY_ADVISER", contract_tests::Scope::Organisation(&dossier.home));
        let profile = sanne.patch("/profile", &json!({"headline": "Jurist"})).expect(200).id();
        let path = format!("/profiles/{profile}/endorsements");
        adviser.client.get(&path).refused(404, "not_found");
        sanne.put("/profile/visibility", &json!({"level": "V1", "adviserId": adviser.id})).expect(200);
        assert!(adviser.client.get(&path).expect(200).ids().is_empty(), "nothing shows until the employee wants it");
        sanne.transition(&endorsement, "showings", &Value::Null).expect(200);
        let shown = adviser.client.get(&path).expect(200);
        assert_eq!((shown.text_at("/items/0/text"), shown.text_at("/items/0/byName")), (WORDS, "Olga Opdracht"));
        assert_eq!((&shown.body["items"][0]["state"], &shown.body["items"][0]["legalActions"]), (&Value::Null, &json!([])));
        dossier.manager.client.get(&path).refused(404, "not_found");

        // On the public card there is no name, so there is nobody to endorse.
        sanne.put("/profile/visibility", &json!({"level": "V5"})).expect(200);
        dossier.owner.client.get(&path).refused(403, "not_allowed");
        sanne.transition(&endorsement, "hidings", &Value::Null).expect(200);
        sanne.put("/profile/visibility", &json!({"level": "V1", "adviserId": adviser.id})).expect(200);
        assert!(adviser.client.get(&path).expect(200).ids().is_empty());
    }
}
