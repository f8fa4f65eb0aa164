//! Mobility policies.

use chrono::TimeDelta;
use contract_tests::{World, on_both};
use serde_json::json;

on_both! {
    /// shows: U16
    fn a_policy_is_laid_down_in_versions_that_stay_readable(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let sanne = world.employee(&oss, "Sanne");
        let (client, path) = (&oss.administrator.client, format!("/organisations/{}/mobility-policies", oss.id));
        let current = format!("/organisations/{}/current-mobility-policy", oss.id);
        let before = sanne.client.get(&current).expect(200);
        assert_eq!((before.text_at("/basis"), &before.body["mobilityPolicyId"]), ("PLATFORM_DEFAULT", &json!(null)));
        assert_eq!(before.body["terms"]["maxExemptedDays"], 2);
        let first = client.post(&path, &json!({"validFromDate": "2027-03-01", "summary": "Eén dag.", "maxExemptedDays": 1,
            "excludedFunctions": [{"function": "Griffier", "reason": "Staat alleen in dienst van de raad."}],
            "allowedVariants": ["ZPP"], "consentSilence": "REFUSE", "textUrl": "https://oss.example/kader"})).expect(201);
        assert_eq!((&first.body["version"], first.text_at("/terms/consentSilence")), (&json!(1), "REFUSE"));
        assert_eq!(first.body["terms"]["consentTermWorkingDays"], 5, "what is left out is as the default");
        let second = client.post(&path, &json!({"validFromDate": "2027-04-01", "summary": "Twee dagen."})).expect(201);
        assert_eq!(second.body["version"], 2);
        let now = sanne.client.get(&current).expect(200);
        assert_eq!((now.text_at("/basis"), now.text_at("/mobilityPolicyId")), ("OWN", first.id().as_str()));
        assert_eq!(now.body["terms"], first.body["terms"]);
        service.clock.advance(TimeDelta::days(31));
        assert_eq!(sanne.client.get(&current).text_at("/mobilityPolicyId"), second.id());
        assert_eq!(sanne.client.get(&path).ids(), [second.id(), first.id()]);
        assert_eq!(sanne.client.get(&first.headers["location"]).expect(200).body, first.body);
        client.send("PATCH", &first.headers["location"], Some(&json!({"summary": "Anders."}))).expect(405);
    }

    fn a_version_does_not_begin_before_the_one_it_follows_and_stays_within_the_limits(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let (client, path) = (&oss.administrator.client, format!("/organisations/{}/mobility-policies", oss.id));
        client.post(&path, &json!({"validFromDate": "2027-04-01", "summary": "Twee dagen."})).expect(201);
        let early = json!({"validFromDate": "2027-03-31", "summary": "Eén dag."});
        client.post(&path, &early).refused(409, "policy_not_later");
        let faulty = json!({"validFromDate": "soon", "summary": "", "maxExemptedDays": 3, "internalFirstWorkingDays": 11,
            "consentTermWorkingDays": 0, "allowedVariants": ["PARTY"], "textUrl": "http://oss.example", "margin": 3});
        client.post(&path, &faulty).names(&["validFromDate", "summary", "maxExemptedDays", "internalFirstWorkingDays",
            "consentTermWorkingDays", "allowedVariants.0", "textUrl", "margin"]);
        let twice = json!({"validFromDate": "2027-05-01", "summary": "x", "allowedVariants": ["ZPP", "ZPP"]});
        client.post(&path, &twice).names(&["allowedVariants"]);
    }

    /// shows: R01
    fn a_part_of_a_concern_follows_the_concern_until_it_lays_down_something_itself(service) {
        let world = World::new(service);
        let concern = world.organisation("Concern Rotterdam");
        let part = world.organisation_with(&json!({"name": "Stadsbeheer", "kind": "MUNICIPALITY", "parentId": concern.id}));
        let draft = json!({"validFromDate": "2027-01-01", "summary": "Eén kader voor het concern."});
        let laid_down = concern.administrator.client.post(&format!("/organisations/{}/mobility-policies", concern.id), &draft);
        let current = format!("/organisations/{}/current-mobility-policy", part.id);
        let now = part.administrator.client.get(&current).expect(200);
        assert_eq!((now.text_at("/basis"), now.text_at("/mobilityPolicyId")), ("INHERITED", laid_down.id().as_str()));
        assert_eq!(now.text_at("/laidDownById"), concern.id);
        part.administrator.client.post(&format!("/organisations/{}/mobility-policies", part.id), &draft).expect(201);
        assert_eq!(part.administrator.client.get(&current).text_at("/basis"), "OWN");
    }

    fn versions_laid_down_at_once_each_get_a_number_of_their_own(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let path = format!("/organisations/{}/mobility-policies", oss.id);
        let draft = json!({"validFromDate": "2027-04-01", "summary": "Twee dagen."});
        let mut versions: Vec<i64> = std::thread::scope(|scope| {
            let lay_down = || oss.administrator.client.post(&path, &draft).expect(201).body["version"].as_i64().unwrap();
            let threads: Vec<_> = (0..3).map(|_| scope.spawn(lay_down)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        versions.sort_unstable();
        assert_eq!(versions, [1, 2, 3]);
    }
}
