//! What a channel is told: klussen that newly open to everybody at its organisation, each once.

use chrono::TimeDelta;
use contract_tests::{Receiver, World, on_both};
use serde_json::json;

use super::{SECRET, a_while, make, states, tell, titled, told, wait_for};
use crate::market::assignments::{plan, published};

on_both! {
    /// shows: Z17, M18
    fn a_klus_that_opens_to_everybody_there_and_fits_is_told_once(service) {
        let (world, receiver) = (World::new(service), Receiver::start());
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let owner = world.client_of(&uden, "Olga Opdracht");
        tell(&oss, &receiver, &json!({"criteria": {"search": "bos", "organisationId": uden.id}}));
        let policy = json!({"validFromDate": "2027-03-01", "summary": "Eigen mensen eerst", "internalFirstWorkingDays": 5});
        let path = format!("/organisations/{}/mobility-policies", uden.id);
        uden.administrator.client.post(&path, &policy).expect(201);
        let later = json!({"rings": [{"ring": "ORGANISATION"},
            {"ring": "ALL_GOVERNMENT", "opensAt": "2027-03-03T09:00:00Z", "reason": "Eigen mensen eerst"}],
            "deadline": "2027-04-15T15:00:00Z"});
        published(&owner, &titled(&uden, "Het bos <!channel> & Olga"), &later);
        let mut dike = titled(&uden, "De dijk");
        (dike["description"], dike["intendedResult"]) = (json!("Een dijk die hoger wordt."), json!("Een hogere dijk"));
        published(&owner, &dike, &plan(&["ALL_GOVERNMENT"]));
        let other = service.another();
        std::thread::scope(|scope| {
            scope.spawn(|| service.tick());
            scope.spawn(|| other.tick());
        });
        a_while();
        assert_eq!(told(&receiver), [""; 0], "the dike is no forest, and the forest is not open to Oss");
        service.pass(TimeDelta::days(2));
        service.tick();
        let text = wait_for(&receiver, 1).remove(0);
        assert_eq!(text, "*Nieuwe klus*: Het bos &lt;!channel&gt; &amp; Olga", "it has no page, and calls nobody");
        let posted = receiver.events().pop().unwrap();
        let fields = &posted.json()["attachments"][0]["fields"];
        assert_eq!((&fields[0]["value"], &fields[3]["value"]), (&json!("Gemeente Uden"), &json!("15 april 2027 om 17.00 uur")));
        assert!(!posted.text.contains("Opdracht"), "nobody's name: {}", posted.text);
        let page = published(&owner, &titled(&uden, "Een bos voor iedereen"), &plan(&["PUBLIC"]));
        service.tick();
        service.tick();
        let text = wait_for(&receiver, 2).remove(1);
        let id = page.rsplit('/').next().unwrap();
        assert_eq!(text, format!("*Nieuwe klus*: <https://klusnet.test/klussen/{id}|Een bos voor iedereen>"));
        a_while();
        assert_eq!(told(&receiver).len(), 2);
    }

    fn a_digest_comes_at_seven_with_what_is_still_open(service) {
        let (world, daily, weekly) = (World::new(service), Receiver::start(), Receiver::start());
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let owner = world.client_of(&uden, "Olga Opdracht");
        tell(&oss, &daily, &json!({"frequency": "DAILY"}));
        tell(&oss, &weekly, &json!({"frequency": "WEEKLY"}));
        let made: Vec<String> = (0..3)
            .map(|number| published(&owner, &titled(&uden, &format!("Klus {number}")), &plan(&["ALL_GOVERNMENT"])))
            .collect();
        service.tick();
        owner.client.transition(&made[1], "closures", &json!({})).expect(200);
        service.clock.set("2027-03-02T05:59:00Z".parse().unwrap());
        service.tick();
        a_while();
        assert_eq!(told(&daily).len(), 0);
        service.clock.set("2027-03-02T06:00:00Z".parse().unwrap());
        service.tick();
        service.tick();
        let text = wait_for(&daily, 1).remove(0);
        let facts = "(Gemeente Uden, 8 uur per week, vanaf 3 mei 2027, reageren tot 15 april 2027 om 17.00 uur)";
        assert_eq!(text, format!("*2 nieuwe klussen*\n• Klus 2 {facts}\n• Klus 0 {facts}"));
        a_while();
        assert_eq!(told(&weekly).len(), 0);
        service.clock.set("2027-03-08T06:00:00Z".parse().unwrap());
        service.tick();
        assert_eq!(wait_for(&weekly, 1), [text]);
        assert_eq!(told(&daily).len(), 1);
    }

    fn before_a_test_and_while_it_is_paused_klussen_wait(service) {
        let (world, receiver) = (World::new(service), Receiver::start());
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let owner = world.client_of(&uden, "Olga Opdracht");
        let own = make(&oss, &receiver, &json!({}));
        published(&owner, &titled(&uden, "De eerste"), &plan(&["ALL_GOVERNMENT"]));
        service.tick();
        a_while();
        assert_eq!(receiver.all().len(), 0);
        assert_eq!(own.test()["state"], "ACTIVE");
        service.tick();
        assert_eq!(wait_for(&receiver, 1), ["*Nieuwe klus*: De eerste"]);
        assert_eq!(own.patch(&json!({"paused": true}))["state"], "PAUSED");
        published(&owner, &titled(&uden, "De tweede"), &plan(&["ALL_GOVERNMENT"]));
        service.tick();
        a_while();
        assert_eq!(told(&receiver).len(), 1);
        own.patch(&json!({"paused": false}));
        service.tick();
        assert_eq!(wait_for(&receiver, 2)[1], "*Nieuwe klus*: De tweede");
    }

    fn the_log_tells_what_was_sent_and_sends_it_again(service) {
        let (world, receiver) = (World::new(service), Receiver::start());
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let owner = world.client_of(&uden, "Olga Opdracht");
        let (own, other) = (tell(&oss, &receiver, &json!({})), make(&oss, &receiver, &json!({})));
        receiver.says(&format!("posted to /gebeurtenissen/{SECRET}"));
        let klus = published(&owner, &titled(&uden, "Het bos"), &plan(&["ALL_GOVERNMENT"]));
        service.tick();
        wait_for(&receiver, 1);
        let delivery = own.until(|all| states(all) == ["DELIVERED"]).remove(0);
        assert_eq!(delivery["assignmentIds"], json!([klus.rsplit('/').next().unwrap()]));
        assert_eq!(delivery["attempts"][0]["responseStatus"], 200);
        assert!(!delivery.to_string().contains(SECRET), "{delivery}");
        let log = format!("{}/deliveries", own.path);
        let one = format!("{log}/{}", delivery["id"].as_str().unwrap());
        let shown = own.admin.get(&one).expect(200);
        assert_eq!(shown.body, delivery);
        own.admin.with("If-None-Match", &shown.tag()).get(&one).expect(304);
        assert_eq!(own.admin.get(&format!("{log}?state=FAILED")).expect(200).ids().len(), 0);
        own.admin.get(&one.replace(&own.path, &other.path)).refused(404, "not_found");
        let again = own.admin.act(&format!("{one}/replay")).expect(200);
        assert_eq!(again.text_at("/state"), "PENDING");
        assert_eq!(wait_for(&receiver, 2)[1], "*Nieuwe klus*: Het bos");
        own.until_tried(2);
        owner.client.transition(&klus, "closures", &json!({})).expect(200);
        own.admin.act(&format!("{one}/replay")).expect(200);
        let delivery = own.until_tried(3);
        assert_eq!((&delivery["state"], &delivery["attempts"][2]["responseStatus"]), (&json!("FAILED"), &json!(null)));
        assert_eq!(delivery["attempts"][2]["error"], "none of its klussen is open to every employee any more");
        assert_eq!(told(&receiver).len(), 2, "a klus that is over is not told again");
        service.pass(TimeDelta::days(31));
        service.tick();
        assert!(own.deliveries().is_empty());
    }
}
