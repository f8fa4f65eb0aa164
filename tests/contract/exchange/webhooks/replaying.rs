//! Sending again.

use chrono::TimeDelta;
use contract_tests::{Receiver, World, on_both};
use serde_json::json;

use super::{happen, states, subscribe};

on_both! {
    fn a_delivery_is_sent_again_with_the_same_id(service) {
        let (world, receiver) = (World::new(service), Receiver::start());
        let oss = world.organisation("Gemeente Oss");
        let own = subscribe(&oss, &receiver, &json!({}));
        happen(&world, "Uitvoering Zuid");
        let delivery = own.until(|all| all.len() == 1 && all[0]["state"] == "DELIVERED").remove(0);
        let path = format!("{}/deliveries/{}", own.path, delivery["eventId"].as_str().unwrap());
        let again = own.admin.act(&format!("{path}/replay")).expect(200);
        assert_eq!(again.body["state"], "PENDING");
        let all = receiver.wait_for(2);
        assert_eq!(all[0].header("webhook-id"), all[1].header("webhook-id"));
        own.until(|all| all[0]["attempts"].as_array().unwrap().len() == 2);
        let unknown = format!("{}/deliveries/01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17", own.path);
        own.admin.get(&unknown).refused(404, "not_found");
        own.admin.act(&format!("{unknown}/replay")).refused(404, "not_found");
    }

    fn the_deliveries_of_a_period_are_sent_again(service) {
        let (world, receiver) = (World::new(service), Receiver::start());
        let oss = world.organisation("Gemeente Oss");
        let own = subscribe(&oss, &receiver, &json!({}));
        for number in 0..3 {
            happen(&world, &format!("Dienst {number}"));
            service.pass(TimeDelta::hours(1));
        }
        receiver.wait_for(3);
        own.until(|all| states(all) == ["DELIVERED"; 3]);
        let replays = format!("{}/replays", own.path);
        let period = json!({"from": "2027-03-01T10:00:00Z", "until": "2027-03-01T11:00:00Z"});
        assert_eq!(own.admin.post(&replays, &period).expect(200).body["count"], 1);
        let again = receiver.wait_for(4).remove(3);
        assert_eq!(again.json()["time"], "2027-03-01T10:00:00Z");
        own.until(|all| states(all) == ["DELIVERED"; 3]);
        assert_eq!(own.admin.post(&replays, &json!({"from": "2027-03-01T09:00:00Z"})).expect(200).body["count"], 3);
        let all = receiver.wait_for(7);
        assert_eq!(all.iter().filter(|one| one.header("webhook-id") == again.header("webhook-id")).count(), 3);
        own.admin.post(&replays, &json!({"from": "2027-03-01T09:00:00Z", "until": "2027-03-01T09:00:00Z"})).names(&["from"]);
        own.admin.post(&replays, &json!({"from": "gisteren"})).names(&["from"]);
        own.admin.post(&replays, &json!({})).names(&["from"]);
    }

    fn the_log_goes_back_thirty_days(service) {
        let (world, receiver) = (World::new(service), Receiver::start());
        let oss = world.organisation("Gemeente Oss");
        let own = subscribe(&oss, &receiver, &json!({}));
        happen(&world, "Uitvoering Zuid");
        own.until(|all| states(all) == ["DELIVERED"]);
        service.pass(TimeDelta::days(29));
        assert_eq!(own.deliveries().len(), 1);
        service.pass(TimeDelta::days(2));
        assert!(own.deliveries().is_empty());
    }
}
