//! What happens when the address of a channel does not take what it is sent.

use chrono::TimeDelta;
use contract_tests::{Receiver, World, on_both};
use serde_json::json;

use super::{a_while, states, tell, titled, told, wait_for};
use crate::market::assignments::{plan, published};

on_both! {
    fn what_fails_is_sent_again_and_what_opens_meanwhile_comes_in_the_next(service) {
        let (world, receiver) = (World::new(service), Receiver::start());
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let owner = world.client_of(&uden, "Olga Opdracht");
        let own = tell(&oss, &receiver, &json!({}));
        receiver.next(&[(500, &[]), (302, &[("Location", "http://127.0.0.1:9/elders")])]);
        published(&owner, &titled(&uden, "Klus 0"), &plan(&["ALL_GOVERNMENT"]));
        service.tick();
        let delivery = own.until_tried(1);
        assert_eq!((&delivery["state"], &delivery["attempts"][0]["responseStatus"]), (&json!("PENDING"), &json!(500)));
        let due: chrono::DateTime<chrono::Utc> = delivery["dueAt"].as_str().unwrap().parse().unwrap();
        assert!((5..=6).contains(&(due - service.clock_now()).num_seconds()), "{due}");
        for number in 1..3 {
            published(&owner, &titled(&uden, &format!("Klus {number}")), &plan(&["ALL_GOVERNMENT"]));
            service.tick();
        }
        a_while();
        assert_eq!((own.deliveries().len(), told(&receiver).len()), (1, 1));
        service.pass(TimeDelta::seconds(7));
        own.until_tried(2);
        service.pass(TimeDelta::minutes(7));
        own.until(|all| states(all) == ["DELIVERED"]);
        service.tick();
        let all = wait_for(&receiver, 4);
        assert!(all[..3].iter().all(|text| text == "*Nieuwe klus*: Klus 0"), "{all:?}");
        assert!(all[3].starts_with("*2 nieuwe klussen*\n• Klus 2 ("), "{all:?}");
    }

    fn who_asks_to_be_left_alone_is_left_alone(service) {
        let (world, receiver, other) = (World::new(service), Receiver::start(), Receiver::start());
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let owner = world.client_of(&uden, "Olga Opdracht");
        let own = tell(&oss, &receiver, &json!({}));
        tell(&oss, &other, &json!({}));
        receiver.next(&[(429, &[("Retry-After", "600")])]);
        published(&owner, &titled(&uden, "Het bos"), &plan(&["ALL_GOVERNMENT"]));
        service.tick();
        own.until_tried(1);
        assert_eq!(wait_for(&other, 1), ["*Nieuwe klus*: Het bos"], "no channel waits for another");
        service.pass(TimeDelta::seconds(599));
        a_while();
        assert_eq!(told(&receiver).len(), 1);
        service.pass(TimeDelta::seconds(1));
        wait_for(&receiver, 2);
    }

    fn an_address_that_is_gone_is_told_nothing_more_until_it_accepts_a_test(service) {
        let world = World::new(service);
        let uden = world.organisation("Gemeente Uden");
        let owner = world.client_of(&uden, "Olga Opdracht");
        for status in [404, 410] {
            let (receiver, oss) = (Receiver::start(), world.organisation(&format!("Gemeente {status}")));
            let own = tell(&oss, &receiver, &json!({}));
            receiver.next(&[(status, &[])]);
            published(&owner, &titled(&uden, "Het bos"), &plan(&["ALL_GOVERNMENT"]));
            service.tick();
            let stopped = own.until_state("DISABLED");
            assert_eq!((&stopped["disabledReason"], stopped["disabledAt"].is_string()), (&json!("GONE"), true));
            let events = own.admin.get("/events?limit=100").expect(200).text;
            assert!(events.contains("nl.klusnet.channel-disabled.v1"), "{events}");
            service.tick();
            let inbox = own.admin.with("Accept-Language", "nl").get("/notifications").expect(200);
            let notice = &inbox.body["items"][0];
            assert_eq!((&notice["kind"], &notice["subject"]["address"]), (&json!("CONNECTION_STOPPED"), &json!(format!("/v1{}", own.path))));
            assert_eq!((&notice["organisationId"], &notice["role"]), (&json!(oss.id), &json!("ORGANISATION_ADMINISTRATOR")));
            service.pass(TimeDelta::minutes(10));
            a_while();
            assert_eq!(told(&receiver).len(), 1);
            assert_eq!(own.test()["state"], "ACTIVE");
            assert_eq!(wait_for(&receiver, 2)[1], "*Nieuwe klus*: Het bos", "nothing was lost");
        }
    }

    fn an_address_that_takes_nothing_for_three_days_is_given_up(service) {
        let (world, receiver) = (World::new(service), Receiver::start());
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let owner = world.client_of(&uden, "Olga Opdracht");
        let own = tell(&oss, &receiver, &json!({}));
        receiver.always((500, &[]));
        published(&owner, &titled(&uden, "Het bos"), &plan(&["ALL_GOVERNMENT"]));
        service.tick();
        for tries in 1..=10 {
            own.until_tried(tries);
            service.pass(TimeDelta::hours(29));
        }
        assert_eq!(own.until_state("DISABLED")["disabledReason"], "NO_SUCCESS");
        assert_eq!(states(&own.deliveries()), ["FAILED"]);
    }

    fn a_message_whose_sender_fell_is_sent_by_another(service) {
        let (world, receiver) = (World::new(service), Receiver::start());
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let owner = world.client_of(&uden, "Olga Opdracht");
        let own = tell(&oss, &receiver, &json!({}));
        let _other = service.another();
        for number in 0..3 {
            published(&owner, &titled(&uden, &format!("Klus {number}")), &plan(&["ALL_GOVERNMENT"]));
            service.tick();
            own.until(|all| states(all) == vec!["DELIVERED"; number + 1]);
        }
        a_while();
        assert_eq!(told(&receiver).len(), 3, "two instances send each once");
        // It fell between sending and recording, and is due again when its time is over.
        service.execute("UPDATE channel_deliveries SET state = 'PENDING', due_at = created_at");
        wait_for(&receiver, 6);
        own.until(|all| states(all) == ["DELIVERED"; 3]);
    }
}
