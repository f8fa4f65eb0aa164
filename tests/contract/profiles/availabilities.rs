//! Availability on the own profile.

use contract_tests::{World, on_both};
use serde_json::{Value, json};

use super::{listed, show};

on_both! {
    fn availability_is_stated_changed_and_taken_back(service) {
        let world = World::new(service);
        let sanne = world.employee(&world.organisation("Gemeente Oss"), "Sanne de Vries").client;
        let day = json!({"pattern": "DAY_PER_WEEK", "minutesPerWeek": 480, "weekdays": ["THURSDAY", "FRIDAY"],
            "startDate": "2027-04-01", "maxDistanceKilometres": 30, "remote": true});
        let day = sanne.post("/profile/availabilities", &day).expect(201);
        let block = json!({"pattern": "BLOCK_OF_MONTHS", "minutesPerWeek": 2160, "startDate": "2027-06-01", "endDate": "2027-08-31"});
        let block = sanne.post("/profile/availabilities", &block).expect(201);
        sanne.post("/profile/availabilities", &json!({"pattern": "AD_HOC"})).expect(201);
        assert_eq!(sanne.get("/profile/availabilities").ids().len(), 3);
        let path = day.headers["location"].clone();
        assert_eq!(sanne.get(&path).expect(200).body, day.body);
        let changed = sanne.patch(&path, &json!({"weekdays": [], "startDate": null, "minutesPerWeek": 960})).expect(200);
        assert_eq!((&changed.body["weekdays"], &changed.body["startDate"]), (&json!([]), &Value::Null));
        assert_eq!(changed.body["maxDistanceKilometres"], 30, "what is left out stays");
        let path = block.headers["location"].clone();
        sanne.patch(&path, &json!({"endDate": "2027-05-31"})).names(&["endDate"]);
        sanne.delete(&path).refused(428, "revision_missing");
        sanne.at_present(&path).delete(&path).expect(204);
        sanne.at_present(&path).delete(&path).expect(428);
    }

    fn all_faults_are_named_at_once(service) {
        let world = World::new(service);
        let sanne = world.employee(&world.organisation("Gemeente Oss"), "Sanne de Vries").client;
        let post = |body: Value| sanne.post("/profile/availabilities", &body);
        post(json!({"pattern": "ALWAYS", "minutesPerWeek": 59, "weekdays": ["VRIJDAG"], "startDate": "2027-02-30", "remote": "ja"}))
            .names(&["pattern", "minutesPerWeek", "weekdays.0", "startDate", "remote"]);
        post(json!({"pattern": "BLOCK_OF_MONTHS"})).names(&["minutesPerWeek", "startDate", "endDate"]);
        post(json!({"pattern": "HOURS_PER_WEEK", "minutesPerWeek": 60, "weekdays": ["FRIDAY", "FRIDAY"],
            "startDate": "1027-04-01", "endDate": "1027-03-01"})).names(&["weekdays.1", "startDate", "endDate", "endDate"]);
        for _ in 0..20 {
            post(json!({"pattern": "AD_HOC"})).expect(201);
        }
        post(json!({"pattern": "AD_HOC"})).refused(409, "profile_full");
    }

    fn what_is_over_is_not_found_as_available(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let (sanne, client) = (world.employee(&oss, "Sanne de Vries"), world.client_of(&uden, "Olga Opdracht").client);
        let block = json!({"pattern": "BLOCK_OF_MONTHS", "minutesPerWeek": 960, "startDate": "2027-01-01", "endDate": "2027-03-01"});
        sanne.client.post("/profile/availabilities", &block).expect(201);
        show(&sanne, &json!({"level": "V4"}));
        let found = || listed(&client, "&availableMinutesPerWeek=960").len();
        assert_eq!(found(), 1, "its last day is today");
        service.pass(chrono::TimeDelta::days(1));
        assert_eq!(found(), 0);
    }
}
