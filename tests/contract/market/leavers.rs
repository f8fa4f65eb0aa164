//! Who leaves the employer they responded from, and whose manager becomes another.

use contract_tests::{Dossier, on_both};
use serde_json::json;

on_both! {
    fn open_responses_lapse_when_the_employment_they_came_from_is_over(service) {
        let dossier = Dossier::at(service, "OFFERED");
        let consent = dossier.ask_consent();
        let employment = format!("/employments/{}", dossier.employee.employment_id);
        let client = &dossier.home.administrator.client;
        client.patch(&employment, &json!({"endDate": "2027-03-01"})).expect(200);
        service.tick();
        assert_eq!(dossier.state(), "OFFERED", "the last day is not over");
        client.patch(&employment, &json!({"endDate": "2027-02-28"})).expect(200);
        service.tick();
        let lapsed = dossier.employee.client.get(&dossier.response).expect(200);
        assert_eq!((lapsed.text_at("/state"), lapsed.text_at("/outcome/reason")), ("LAPSED", "EMPLOYMENT_ENDED"));
        let seen = dossier.owner.client.get(&dossier.response).expect(200);
        assert_eq!(seen.text_at("/outcome/reason"), "EMPLOYMENT_ENDED", "both sides hear why");
        assert_eq!(dossier.manager.client.get(&consent).expect(200).text_at("/state"), "WITHDRAWN");
        service.tick();
        assert_eq!(dossier.employee.client.get(&dossier.response).expect(200).tag(), lapsed.tag());
    }

    fn an_open_consent_request_is_put_to_the_new_manager_and_the_old_one_does_not_see_it_any_more(service) {
        let dossier = Dossier::at(service, "SUBMITTED");
        let consent = dossier.ask_consent();
        let next = dossier.world.employee(&dossier.home, "Nora Nieuw");
        let client = &dossier.home.administrator.client;
        let employment = format!("/employments/{}", dossier.employee.employment_id);
        client.patch(&employment, &json!({"managerId": next.id})).expect(200);
        service.tick();
        dossier.manager.client.get(&consent).refused(404, "not_found");
        let asked = next.client.get(&consent).expect(200);
        assert_eq!((asked.text_at("/state"), asked.text_at("/expiresAt")), ("REQUESTED", "2027-03-08T09:00:00Z"));
        next.client.transition(&consent, "grants", &json!({})).expect(200);
        client.patch(&employment, &json!({"managerId": dossier.manager.id})).expect(200);
        service.tick();
        assert_eq!(next.client.get(&consent).expect(200).text_at("/state"), "GRANTED", "what was decided stays");
    }

    fn without_a_manager_the_adviser_is_asked(service) {
        let dossier = Dossier::at(service, "SUBMITTED");
        let consent = dossier.ask_consent();
        let employment = format!("/employments/{}", dossier.employee.employment_id);
        dossier.home.administrator.client.patch(&employment, &json!({"managerId": null})).expect(200);
        service.tick();
        let asked = dossier.home.administrator.client.get(&consent).expect(200);
        assert_eq!(asked.text_at("/state"), "ESCALATED");
        dossier.manager.client.get(&consent).refused(404, "not_found");
    }
}
