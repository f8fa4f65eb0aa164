//! What happens when a receiver does not take what it is sent.

use chrono::TimeDelta;
use contract_tests::{Receiver, World, on_both};
use serde_json::json;

use super::{REVISED, happen, states, subscribe};

on_both! {
    fn what_fails_is_sent_again_with_the_same_id(service) {
        let (world, receiver) = (World::new(service), Receiver::start());
        let oss = world.organisation("Gemeente Oss");
        let own = subscribe(&oss, &receiver, &json!({}));
        receiver.next(&[(500, &[]), (302, &[("Location", "http://127.0.0.1:9/elders")])]);
        happen(&world, "Uitvoering Zuid");
        receiver.wait_for(1);
        let delivery = own.until(|all| !all.is_empty() && !all[0]["attempts"].as_array().unwrap().is_empty()).remove(0);
        assert_eq!((&delivery["state"], &delivery["attempts"][0]["responseStatus"]), (&json!("PENDING"), &json!(500)));
        let due: chrono::DateTime<chrono::Utc> = delivery["dueAt"].as_str().unwrap().parse().unwrap();
        assert!((5..=6).contains(&(due - service.clock_now()).num_seconds()), "{due}");
        service.pass(TimeDelta::seconds(7));
        receiver.wait_for(2);
        own.until(|all| all[0]["attempts"].as_array().unwrap().len() == 2);
        service.pass(TimeDelta::minutes(7));
        let all = receiver.wait_for(3);
        let delivery = own.until(|all| all[0]["state"] == "DELIVERED").remove(0);
        let answered: Vec<_> = delivery["attempts"].as_array().unwrap().iter().map(|one| one["responseStatus"].clone()).collect();
        assert_eq!(answered, [500, 302, 200], "a redirect is not followed");
        assert!(all.iter().all(|one| one.header("webhook-id") == all[0].header("webhook-id") && one.text == all[0].text));
        assert_ne!(all[0].header("webhook-timestamp"), all[1].header("webhook-timestamp"));
    }

    fn what_is_about_one_thing_keeps_its_order_and_holds_up_nothing_else(service) {
        let (world, receiver) = (World::new(service), Receiver::start());
        let oss = world.organisation("Gemeente Oss");
        let uden = world.organisation("Gemeente Uden");
        let own = subscribe(&oss, &receiver, &json!({"eventTypes": [REVISED]}));
        let revise = |id: &str, name: &str| {
            world.platform.patch(&format!("/organisations/{id}"), &json!({"name": name})).expect(200);
        };
        receiver.next(&[(500, &[])]);
        revise(&uden.id, "Uden");
        own.until(|all| all.len() == 1 && !all[0]["attempts"].as_array().unwrap().is_empty());
        // Nothing was accepted, so the receiver is left alone until the first is due again.
        service.pass(TimeDelta::seconds(7));
        receiver.wait_for(2);
        receiver.next(&[(500, &[])]);
        revise(&uden.id, "Uden a");
        own.until(|all| all.len() == 2 && !all[0]["attempts"].as_array().unwrap().is_empty());
        revise(&uden.id, "Uden b");
        revise(&oss.id, "Oss");
        service.pass(TimeDelta::seconds(7));
        let all = receiver.wait_for(6);
        own.until(|all| states(all) == ["DELIVERED"; 4]);
        let about_uden: Vec<_> = all.iter().filter(|one| one.json()["data"]["subjectId"] == uden.id.as_str()).collect();
        let ids: Vec<_> = about_uden.iter().map(|one| one.json()["id"].as_str().unwrap().to_owned()).collect();
        assert!(ids.is_sorted(), "in the order in which they happened: {ids:?}");
    }

    fn a_receiver_that_is_gone_is_told_nothing_more_until_it_accepts_a_ping(service) {
        let (world, receiver) = (World::new(service), Receiver::start());
        let oss = world.organisation("Gemeente Oss");
        let own = subscribe(&oss, &receiver, &json!({}));
        receiver.next(&[(410, &[])]);
        let first = happen(&world, "Eerste dienst");
        let stopped = own.until_state("DISABLED");
        assert_eq!(stopped["disabledReason"], "GONE");
        let second = happen(&world, "Tweede dienst");
        service.pass(TimeDelta::hours(1));
        std::thread::sleep(std::time::Duration::from_millis(1200));
        assert_eq!(receiver.events().len(), 1);
        assert!(own.admin.get("/events?limit=100").expect(200).text.contains("webhook-subscription-disabled"));
        service.tick();
        let notice = &own.admin.get("/notifications").expect(200).body["items"][0];
        assert_eq!((&notice["kind"], &notice["subject"]["address"]), (&json!("CONNECTION_STOPPED"), &json!(format!("/v1{}", own.path))));
        assert_eq!(own.ping()["state"], "ACTIVE");
        let told: Vec<_> = receiver.wait_for(3).iter().map(|one| one.json()["data"]["subjectId"].clone()).collect();
        assert!(told[1..].contains(&json!(first)) && told[1..].contains(&json!(second)), "nothing was lost");
    }

    fn a_receiver_that_asks_for_it_is_left_alone(service) {
        let (world, receiver) = (World::new(service), Receiver::start());
        let oss = world.organisation("Gemeente Oss");
        let own = subscribe(&oss, &receiver, &json!({}));
        receiver.next(&[(429, &[("Retry-After", "600")])]);
        happen(&world, "Eerste dienst");
        own.until(|all| !all.is_empty() && !all[0]["attempts"].as_array().unwrap().is_empty());
        happen(&world, "Tweede dienst");
        service.pass(TimeDelta::seconds(599));
        std::thread::sleep(std::time::Duration::from_millis(1200));
        assert_eq!(receiver.events().len(), 1, "neither the first nor the second");
        service.pass(TimeDelta::seconds(1));
        receiver.wait_for(3);
    }

    fn a_receiver_that_takes_nothing_for_three_days_is_given_up(service) {
        let (world, receiver) = (World::new(service), Receiver::start());
        let oss = world.organisation("Gemeente Oss");
        let own = subscribe(&oss, &receiver, &json!({}));
        receiver.always((500, &[]));
        happen(&world, "Uitvoering Zuid");
        for tries in 1..=10 {
            receiver.wait_for(tries);
            own.until(|all| !all.is_empty() && all[0]["attempts"].as_array().unwrap().len() == tries);
            service.pass(TimeDelta::hours(29));
        }
        let stopped = own.until_state("DISABLED");
        assert_eq!(stopped["disabledReason"], "NO_SUCCESS");
        assert_eq!(states(&own.deliveries()), ["FAILED"]);
    }

    fn one_dead_receiver_delays_nobody(service) {
        let (world, receiver) = (World::new(service), Receiver::start());
        let (oss, dead) = (world.organisation("Gemeente Oss"), Receiver::start());
        let gone = subscribe(&oss, &dead, &json!({}));
        // Port 9 takes no connections.
        service.execute("UPDATE webhook_subscriptions SET url = 'http://127.0.0.1:9/'");
        subscribe(&oss, &receiver, &json!({}));
        for number in 0..10 {
            happen(&world, &format!("Dienst {number}"));
        }
        receiver.wait_for(10);
        let waiting = gone.until(|all| all.iter().any(|one| !one["attempts"].as_array().unwrap().is_empty()));
        let tried = waiting.iter().find(|one| !one["attempts"].as_array().unwrap().is_empty()).unwrap();
        assert_eq!(tried["attempts"][0]["responseStatus"], json!(null));
        assert!(tried["attempts"][0]["error"].as_str().unwrap().contains("refused"), "{tried}");
    }
}
