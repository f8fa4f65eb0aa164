//! What happens while nobody answers: a reminder, somebody else, never a grant. Each once, whoever ticks.

use chrono::TimeDelta;
use contract_tests::{Client, Dossier, Scope, on_both};
use serde_json::json;

on_both! {
    /// shows: W10
    fn silence_reminds_then_passes_the_request_on_and_never_grants(service) {
        let dossier = Dossier::at(service, "SUBMITTED");
        let adviser = dossier.world.employee(&dossier.home, "Ada Viseur");
        dossier.world.give(&adviser, "MOBILITY_ADVISER", Scope::Organisation(&dossier.home));
        let consent = dossier.ask_consent();
        let read = |client: &Client| client.get(&consent).expect(200);
        assert_eq!(read(&dossier.employee.client).text_at("/expiresAt"), "2027-03-08T09:00:00Z", "five working days");
        adviser.client.get(&consent).refused(404, "not_found");
        service.pass(TimeDelta::days(2));
        assert_eq!(read(&dossier.manager.client).text_at("/remindedAt"), "2027-03-03T09:00:00Z");
        service.clock.advance(TimeDelta::days(6));
        let before = read(&adviser.client);
        assert_eq!((before.text_at("/state"), before.text_at("/escalatedAt")), ("ESCALATED", "2027-03-08T09:00:00Z"));
        assert_eq!(adviser.client.get("/consent-requests?addressed=true").expect(200).ids(), [before.id()]);
        service.tick();
        assert_eq!(read(&adviser.client).text, before.text, "the clock writes what was shown");
        dossier.manager.client.transition(&consent, "grants", &json!({})).refused(403, "not_allowed");
        let granted = adviser.client.transition(&consent, "grants", &json!({})).expect(200);
        assert_eq!(granted.text_at("/decision/part"), "MOBILITY_ADVISER");
    }

    fn a_draft_lapses_at_the_deadline_also_before_the_clock_has_written_so(service) {
        let dossier = Dossier::at(service, "DRAFT");
        service.clock.advance(TimeDelta::days(61));
        let before = dossier.employee.client.get(&dossier.response).expect(200);
        assert_eq!((before.text_at("/state"), before.text_at("/outcome/reason")), ("LAPSED", "DEADLINE_PASSED"));
        let listed = dossier.employee.client.get("/responses").expect(200);
        assert_eq!(listed.text_at("/items/0/state"), "LAPSED");
        dossier.by_employee("submissions", &json!({})).refused(409, "transition_not_listed");
        service.tick();
        assert_eq!(dossier.employee.client.get(&dossier.response).expect(200).text, before.text);
    }

    fn what_is_due_happens_once_whoever_ticks(service) {
        let dossier = Dossier::at(service, "OFFERED");
        let others: Vec<_> = (0..4).map(|_| dossier.world.employee_with(&dossier.home, "Piet Peters", &json!({"managerId": dossier.manager.id}))).collect();
        let mut consents = vec![dossier.ask_consent()];
        for other in &others {
            let response = dossier.respond(&other.client, true);
            let consent = other.client.post(&format!("{response}/consent-requests"), &json!({})).expect(201).id();
            consents.push(format!("/consent-requests/{consent}"));
        }
        for days in [3, 12] {
            service.clock.advance(TimeDelta::days(days));
            std::thread::scope(|scope| {
                for _ in 0..2 {
                    scope.spawn(|| service.tick());
                }
            });
        }
        service.tick();
        for consent in &consents {
            let asked = dossier.manager.client.get(consent).expect(200);
            assert_eq!(asked.text_at("/state"), "ESCALATED");
            // Asked, reminded, escalated: three revisions, whoever did it.
            assert!(asked.tag().starts_with("\"3-"), "{}", asked.tag());
        }
        let offers = dossier.employee.client.get(&format!("{}/offers", dossier.response)).expect(200);
        assert_eq!(offers.text_at("/items/0/state"), "LAPSED");
        assert_eq!(dossier.state(), "IN_CONVERSATION");
        // Submitted, considered, invited, offered, and once more when the offer lapsed.
        let tag = dossier.employee.client.get(&dossier.response).expect(200).tag();
        assert!(tag.starts_with("\"5-"), "{tag}");
    }
}
