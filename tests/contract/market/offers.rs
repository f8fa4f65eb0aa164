//! Offers: the client says for how long and on what basis, and the employee says yes once more.

use chrono::TimeDelta;
use contract_tests::{Dossier, on_both};
use serde_json::{Value, json};

on_both! {
    fn an_offer_says_what_the_klus_says_unless_the_client_says_otherwise(service) {
        let dossier = Dossier::at(service, "IN_CONVERSATION");
        let path = format!("{}/offers", dossier.response);
        let draft = json!({"validUntil": "2027-03-15T17:00:00Z", "endDate": "2027-08-31"});
        let made = dossier.owner.client.post(&path, &draft).expect(201);
        assert_eq!((&made.body["minutesPerWeek"], made.text_at("/chargeBasis")), (&json!(480), "BARE_WAGE"));
        assert_eq!((made.text_at("/startDate"), made.text_at("/endDate")), ("2027-06-01", "2027-08-31"));
        assert_eq!(dossier.state(), "OFFERED");
        let seen = dossier.employee.client.get(&made.headers["location"]).expect(200);
        assert_eq!((&seen.body, seen.tag()), (&made.body, made.tag()));
        dossier.owner.client.post(&path, &draft).refused(409, "offer_open_already");
        let offer = made.headers["location"].clone();
        dossier.owner.client.transition(&offer, "acceptances", &Value::Null).refused(403, "not_allowed");
        dossier.employee.client.transition(&offer, "withdrawals", &Value::Null).refused(403, "not_allowed");
        dossier.owner.client.transition(&offer, "withdrawals", &Value::Null).expect(200);
        assert_eq!(dossier.state(), "IN_CONVERSATION", "another offer is possible");
        let second = dossier.owner.client.post(&path, &draft).expect(201);
        assert_eq!(dossier.employee.client.get(&path).expect(200).ids(), [second.id(), made.id()]);
        let accepted = dossier.employee.client.transition(&second.headers["location"], "acceptances", &Value::Null).expect(200);
        assert_eq!((accepted.text_at("/state"), dossier.state().as_str()), ("ACCEPTED", "ACCEPTED"));
        assert_eq!(dossier.lights(&dossier.owner.client)["S1"], ("GREEN".to_owned(), Some("OFFER_ACCEPTED".to_owned())));
        for action in ["acceptances", "withdrawals"] {
            let by = if action == "acceptances" { &dossier.employee } else { &dossier.owner };
            by.client.transition(&second.headers["location"], action, &Value::Null).refused(409, "transition_not_listed");
        }
    }

    fn all_faults_of_an_offer_are_named_at_once(service) {
        let dossier = Dossier::at(service, "IN_CONVERSATION");
        let path = format!("{}/offers", dossier.response);
        let post = |draft: Value| dossier.owner.client.post(&path, &draft);
        post(json!({"minutesPerWeek": 3, "chargeBasis": "MARKUP", "margin": 10})).names(&["minutesPerWeek", "chargeBasis", "margin", "validUntil"]);
        post(json!({"validUntil": "2027-02-15T17:00:00Z", "hourlyRateCents": 5200})).names(&["validUntil", "hourlyRateCents"]);
        post(json!({"validUntil": "2027-03-15T17:00:00Z", "chargeBasis": "PUBLIC_RATE"})).names(&["hourlyRateCents"]);
        post(json!({"validUntil": "2027-03-15T17:00:00Z", "minutesPerWeek": 480, "totalMinutes": 480})).names(&["totalMinutes"]);
        let own = json!({"validUntil": "2027-03-15T17:00:00Z", "chargeBasis": "OWN_RATE", "hourlyRateCents": 7500});
        assert_eq!(post(own).expect(201).body["hourlyRateCents"], json!(7500));
    }

    /// shows: I02
    fn an_offer_is_declined_with_a_reason_and_without_a_penalty(service) {
        let dossier = Dossier::at(service, "OFFERED");
        let offers = dossier.employee.client.get(&format!("{}/offers", dossier.response)).expect(200).ids();
        let offer = format!("/offers/{}", offers[0]);
        dossier.employee.client.transition(&offer, "declinations", &json!({"reason": "OTHER"})).names(&["note"]);
        let why = json!({"reason": "HOURS_DIFFER", "note": "Woensdag is mijn vrije dag."});
        dossier.owner.client.transition(&offer, "declinations", &why).refused(403, "not_allowed");
        let declined = dossier.employee.client.transition(&offer, "declinations", &why).expect(200);
        assert_eq!((declined.text_at("/state"), declined.text_at("/declineReason")), ("DECLINED", "HOURS_DIFFER"));
        let ended = dossier.owner.client.get(&dossier.response).expect(200);
        assert_eq!((ended.text_at("/state"), ended.text_at("/outcome/reason")), ("DECLINED", "HOURS_DIFFER"));
        dossier.employee.client.transition(&offer, "declinations", &why).refused(409, "transition_not_listed");
        dossier.respond(&dossier.employee.client, true);
    }

    fn an_offer_is_made_only_after_a_conversation_and_by_the_client(service) {
        let dossier = Dossier::at(service, "IN_REVIEW");
        let path = format!("{}/offers", dossier.response);
        let draft = json!({"validUntil": "2027-03-15T17:00:00Z"});
        dossier.owner.client.post(&path, &draft).refused(409, "transition_not_listed");
        dossier.employee.client.post(&path, &draft).refused(403, "not_allowed");
        dossier.manager.client.post(&path, &draft).refused(404, "not_found");
        dossier.manager.client.get(&path).refused(404, "not_found");
    }

    fn an_offer_that_nobody_answers_lapses_also_before_the_clock_has_written_so(service) {
        let dossier = Dossier::at(service, "OFFERED");
        let offers = format!("{}/offers", dossier.response);
        let offer = format!("/offers/{}", dossier.employee.client.get(&offers).expect(200).ids()[0]);
        service.clock.advance(TimeDelta::days(15));
        let read = |path: &str| dossier.employee.client.get(path).expect(200);
        let before = [read(&offer).text, read(&dossier.response).text];
        assert_eq!((read(&offer).text_at("/state"), read(&dossier.response).text_at("/state")), ("LAPSED", "IN_CONVERSATION"));
        dossier.employee.client.transition(&offer, "acceptances", &Value::Null).refused(409, "transition_not_listed");
        service.tick();
        assert_eq!([read(&offer).text, read(&dossier.response).text], before, "the clock writes what was shown");
        dossier.owner.client.post(&offers, &json!({"validUntil": "2027-03-31T17:00:00Z"})).expect(201);
    }

    fn a_new_offer_follows_one_that_has_lapsed_before_the_clock_has_run(service) {
        let dossier = Dossier::at(service, "OFFERED");
        service.clock.advance(TimeDelta::days(15));
        let offers = format!("{}/offers", dossier.response);
        dossier.owner.client.post(&offers, &json!({"validUntil": "2027-03-31T17:00:00Z"})).expect(201);
        service.tick();
        let states = dossier.employee.client.get(&offers).expect(200);
        assert_eq!((states.text_at("/items/0/state"), states.text_at("/items/1/state")), ("OPEN", "LAPSED"));
        assert_eq!(dossier.state(), "OFFERED");
    }
}
