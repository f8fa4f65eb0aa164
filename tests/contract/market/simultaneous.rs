//! Two at once: exactly one of them wins.

use contract_tests::{Answer, Dossier, on_both};
use serde_json::json;

/// Runs both at the same time; gives their statuses, the lower one first.
fn at_once(one: impl FnOnce() -> Answer + Send, other: impl FnOnce() -> Answer + Send) -> (Answer, Answer) {
    std::thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        let one = one.join().unwrap();
        if one.status <= other.status { (one, other) } else { (other, one) }
    })
}

on_both! {
    fn of_two_offers_at_once_one_is_made(service) {
        let dossier = Dossier::at(service, "IN_CONVERSATION");
        let path = format!("{}/offers", dossier.response);
        let draft = json!({"validUntil": "2027-03-15T17:00:00Z"});
        let make = || dossier.owner.client.post(&path, &draft);
        let (won, lost) = at_once(make, make);
        won.expect(201);
        lost.expect(409);
        assert_eq!(dossier.employee.client.get(&path).expect(200).ids().len(), 1);
    }

    fn an_offer_is_accepted_or_withdrawn_and_never_both(service) {
        let dossier = Dossier::at(service, "OFFERED");
        let offer = format!("/offers/{}", dossier.employee.client.get(&format!("{}/offers", dossier.response)).expect(200).ids()[0]);
        let tag = dossier.owner.client.get(&offer).tag();
        let (owner, employee) = (dossier.owner.client.with("If-Match", &tag), dossier.employee.client.with("If-Match", &tag));
        let (won, lost) = at_once(
            || employee.act(&format!("{offer}/acceptances")),
            || owner.act(&format!("{offer}/withdrawals")),
        );
        lost.refused(412, "revision_stale");
        let response = if won.expect(200).text_at("/state") == "ACCEPTED" { "ACCEPTED" } else { "IN_CONVERSATION" };
        assert_eq!(dossier.state(), response);
    }

    fn of_two_responses_of_one_person_at_once_one_is_there(service) {
        let dossier = Dossier::open(service);
        let path = format!("{}/responses", dossier.assignment);
        let respond = || dossier.employee.client.post(&path, &json!({"motivation": "Graag.", "submit": true}));
        let (won, lost) = at_once(respond, respond);
        won.expect(201);
        lost.expect(409);
        assert_eq!(dossier.employee.client.get("/responses").expect(200).ids().len(), 1);
    }

    fn of_two_requests_for_consent_at_once_one_is_asked(service) {
        let dossier = Dossier::at(service, "SUBMITTED");
        let path = format!("{}/consent-requests", dossier.response);
        let ask = || dossier.employee.client.post(&path, &json!({}));
        let (won, lost) = at_once(ask, ask);
        won.expect(201);
        lost.expect(409);
    }

    fn a_response_is_submitted_before_the_klus_is_cancelled_or_not_at_all(service) {
        let dossier = Dossier::at(service, "DRAFT");
        let klus = dossier.owner.client.at_present(&dossier.assignment);
        let own = dossier.employee.client.at_present(&dossier.response);
        let (cancelled, _) = at_once(
            || klus.post(&format!("{}/cancellations", dossier.assignment), &json!({"reason": "POSTPONED"})),
            || own.post(&format!("{}/submissions", dossier.response), &json!({})),
        );
        cancelled.expect(200);
        let ended = dossier.employee.client.get(&dossier.response).expect(200);
        assert_eq!(ended.text_at("/state"), "LAPSED", "whichever came first, there is an outcome");
    }
}
