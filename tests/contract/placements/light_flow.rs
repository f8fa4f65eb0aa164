//! The light flow: unpaid and short stays informal.

use contract_tests::{Dossier, Placed, agreement, on_both};
use serde_json::{Value, json};

use super::scene::terms_with;

/// An accepted offer of unpaid work, planned on an arrangement.
fn unpaid<'s>(service: &'s contract_tests::Service, offer: &Value) -> Placed<'s> {
    let dossier = Dossier::open(service).another(&json!({"chargeBasis": "NONE"}));
    let mut placed = Placed::offered(service, dossier, offer);
    placed.arrangement = placed.agree_on(&terms_with(&json!({"variant": "UNPAID", "acquisitionPlan": null})));
    placed.plan().expect(201);
    placed
}

on_both! {
    /// shows: O01
    /// shows: O07
    fn unpaid_and_short_work_is_confirmed_without_an_agreement_and_without_hours(service) {
        let placed = unpaid(service, &json!({"endDate": "2027-08-31"}));
        let sanne = &placed.dossier.employee.client;
        let planned = sanne.get(&placed.placement).expect(200);
        assert_eq!((&planned.body["lightFlow"], &planned.body["hasTimesheets"]), (&json!(true), &json!(false)));
        let lights = placed.dossier.lights(sanne);
        assert_eq!((lights["G2"].1.as_deref(), lights["G5"].1.as_deref()), (Some("NO_AGREEMENT_NEEDED"), Some("NOTHING_TO_PAY")));
        placed.confirm().expect(200);
        placed.at("2027-06-01T07:00:00Z");
        assert_eq!(placed.state(), "RUNNING");
        placed.at("2027-06-01T17:00:00Z");
        placed.write("2027-W22", &[("2027-06-01", 480)]).refused(409, "no_timesheet_duty");
        assert!(sanne.get(&format!("{}/timesheets", placed.placement)).expect(200).ids().is_empty());
        placed.at("2027-09-01T07:00:00Z");
        assert_eq!(placed.state(), "COMPLETED");
        for month in ["2027-06", "2027-07", "2027-08"] {
            assert!(placed.charge(month).is_empty(), "no statement can exist");
        }
    }

    /// Ninety-two days and eight hours a week are short; a day or an hour more is not.
    ///
    /// shows: O07
    fn what_is_longer_or_more_needs_an_agreement_though_nothing_is_paid(service) {
        let mut long = unpaid(service, &json!({"endDate": "2027-09-01"}));
        let mut more = Placed::offered(service, long.dossier.another(&json!({"chargeBasis": "NONE"})), &json!({"endDate": "2027-08-31", "minutesPerWeek": 540}));
        more.arrangement.clone_from(&long.arrangement);
        more.plan().expect(201);
        for placed in [&long, &more] {
            let planned = placed.dossier.employee.client.get(&placed.placement).expect(200);
            assert_eq!((&planned.body["lightFlow"], &planned.body["hasTimesheets"]), (&json!(false), &json!(false)));
            let refused = placed.confirm().refused(409, "not_all_green");
            assert!(refused.text_at("/detail").contains("once: G2_AGREEMENT is RED (NOT_ARRANGED_YET)"), "{}", refused.text);
        }
        long.agreement = long.draft_agreement(&agreement());
        long.propose_agreement();
        long.sign_all();
        let text = long.dossier.employee.client.get(&long.agreement).expect(200).text;
        assert!(text.contains("niets (gesloten beurs)"), "{text}");
        long.confirm().expect(200);
    }
}
