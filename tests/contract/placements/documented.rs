//! Answers that the document names and that no story gives.

use contract_tests::{Placed, agreement, on_both, terms};
use serde_json::{Value, json};

on_both! {
    fn what_was_signed_is_not_written_anew(service) {
        let placed = Placed::confirmed(service);
        let rewrite = |path: &str, body: &Value| {
            let client = placed.dossier.employee.client.at_present(path);
            client.put(path, body).refused(409, "transition_not_listed");
        };
        rewrite(&placed.arrangement, &terms());
        rewrite(&placed.agreement, &agreement());
    }

    fn hours_that_were_approved_are_corrected_and_not_written_anew(service) {
        let placed = Placed::running(service);
        placed.at("2027-06-01T17:00:00Z");
        let timesheet = placed.worked("2027-W22", &[("2027-06-01", 480)]);
        let client = placed.dossier.employee.client.at_present(&timesheet);
        let lines = json!({"lines": [{"date": "2027-06-01", "minutes": 240}]});
        client.put(&timesheet, &lines).refused(409, "transition_not_listed");
    }

    fn a_statement_that_is_not_issued_is_no_invoice(service) {
        let placed = Placed::running(service);
        placed.at("2027-06-01T17:00:00Z");
        placed.worked("2027-W22", &[("2027-06-01", 480)]);
        let path = format!("/organisations/{}/charge-runs", placed.dossier.home.id);
        let run = placed.finance.client.post(&path, &json!({"month": "2027-06"})).expect(200);
        for form in ["ubl", "pdf", "setu"] {
            let path = format!("/charge-statements/{}/{form}", run.text_at("/statementIds/0"));
            placed.finance.client.get(&path).refused(409, "placement_not_ready");
        }
    }

    fn an_administrator_is_a_party_to_an_agreement_only_where_there_is_no_manager(service) {
        let mut placed = Placed::running(service);
        let administrator = placed.dossier.home.administrator.client.clone();
        let mut extension = agreement();
        extension["extension"] = json!({"startDate": "2027-12-01", "endDate": "2028-02-29", "minutesPerWeek": 480});
        let agreements = format!("{}/secondment-agreements", placed.placement);
        administrator.post(&agreements, &extension).refused(403, "not_allowed");
        placed.agreement = placed.draft_agreement(&extension);
        placed.propose_agreement();
        assert_eq!(administrator.get(&placed.agreement).expect(200).body["legalActions"], json!([]));
        placed.sign(&administrator.at_present(&placed.agreement)).refused(403, "not_allowed");

        // Once Sanne has no manager, the administrator stands in.
        let employment = format!("/employments/{}", placed.dossier.employee.employment_id);
        administrator.patch(&employment, &json!({"managerId": null})).expect(200);
        placed.sign(&administrator).expect(200);
    }
}
