//! Extension: a new version of the agreement, signed by all three anew.

use contract_tests::{Placed, agreement, on_both};
use serde_json::{Value, json};

use super::scene::{act, allowed, location, terms_with, with};

fn extension(from: &str, to: &str, minutes: i64) -> Value {
    with(&agreement(), &json!({"extension": {"startDate": from, "endDate": to, "minutesPerWeek": minutes}}))
}

/// The client drafts a version that extends, and lays it before the parties.
#[track_caller]
fn propose(placed: &mut Placed<'_>, draft: &Value) {
    placed.agreement = placed.draft_agreement(draft);
    placed.propose_agreement();
}

on_both! {
    fn it_takes_effect_with_the_third_new_signature_and_not_before(service) {
        let mut placed = Placed::running(service);
        let first = placed.agreement.clone();
        let sanne = placed.dossier.employee.client.clone();
        propose(&mut placed, &extension("2027-12-01", "2028-02-29", 384));
        let before = sanne.get(&placed.placement).expect(200).text;
        for party in [&placed.dossier.manager, &placed.dossier.owner] {
            placed.sign(&party.client).expect(200);
            assert_eq!(sanne.get(&placed.placement).expect(200).text, before);
        }
        let signed = placed.sign(&sanne).expect(200);
        assert_eq!((signed.text_at("/state"), &signed.body["version"]), ("SIGNED", &json!(2)));
        assert_eq!(sanne.get(&first).expect(200).text_at("/state"), "SUPERSEDED");
        let longer = sanne.get(&placed.placement).expect(200);
        assert_eq!((longer.text_at("/lastDate"), longer.text_at("/returnDate")), ("2028-02-29", "2028-03-01"));
        assert_eq!(longer.body["stretches"][1], json!({"startDate": "2027-12-01", "endDate": "2028-02-29", "minutesPerWeek": 384, "totalMinutes": null}));
        let weeks = sanne.get(&format!("{}/weeks?from=2027-W47&weeks=3", placed.arrangement)).expect(200);
        let used: Vec<&Value> = weeks.body["items"].as_array().unwrap().iter().map(|week| &week["exemptedUsedMinutes"]).collect();
        assert_eq!(used, [&json!(480), &json!(480), &json!(384)]);
        placed.at("2027-12-01T08:00:00Z");
        assert_eq!(placed.state(), "RUNNING");
        placed.at("2028-03-01T08:00:00Z");
        assert_eq!(placed.state(), "COMPLETED");
    }

    fn a_later_version_extends_from_the_day_after_the_last_and_says_how_much(service) {
        let placed = Placed::running(service);
        let path = format!("{}/secondment-agreements", placed.placement);
        let post = |draft: &Value| placed.dossier.owner.client.post(&path, draft);
        for (draft, field, must) in [
            (agreement(), "extension", "must be given: a later version extends the placement"),
            (extension("2027-12-02", "2028-02-29", 480), "extension.startDate", "must be the day after the last day of the placement"),
            (extension("2027-12-01", "2027-11-30", 480), "extension.endDate", "must not be before startDate"),
            (with(&agreement(), &json!({"extension": {"startDate": "2027-12-01", "endDate": "2028-02-29"}})), "extension.minutesPerWeek", "must be given"),
        ] {
            assert_eq!(allowed(&post(&draft).names(&[field]), field), must);
        }
        let both = json!({"extension": {"startDate": "2027-12-01", "endDate": "2028-02-29", "minutesPerWeek": 480, "totalMinutes": 480}});
        post(&with(&agreement(), &both)).names(&["extension.totalMinutes"]);
        assert_eq!(placed.dossier.owner.client.get(&path).expect(200).ids().len(), 1);
        post(&extension("2027-12-01", "2028-02-29", 480)).expect(201);
        post(&extension("2027-12-01", "2028-02-29", 480)).refused(409, "agreement_pending");
    }

    fn more_than_the_arrangement_gives_is_not_concluded_and_nothing_changes(service) {
        let mut placed = Placed::running(service);
        let (sanne, karel) = (placed.dossier.employee.clone(), placed.dossier.manager.clone());
        propose(&mut placed, &extension("2027-12-01", "2028-02-29", 865));
        placed.sign(&sanne.client).expect(200);
        placed.sign(&karel.client).expect(200);
        let read = || [&placed.placement, &placed.agreement].map(|path| sanne.client.get(path).expect(200).text);
        let before = read();
        let refused = placed.sign(&placed.dossier.owner.client).refused(409, "no_room");
        assert!(refused.text_at("/detail").starts_with("In 2027-W48 the placements that stand take 1 minutes more"), "{}", refused.text);
        assert_eq!(read(), before);
        act(&sanne, &placed.agreement, "withdrawals").expect(200);
        propose(&mut placed, &extension("2027-12-01", "2028-02-29", 864));
        placed.sign_all();
    }

    fn an_arrangement_that_ends_first_is_followed_by_a_version_before_the_work_is_extended(service) {
        let mut placed = Placed::accepted(service);
        placed.arrangement = placed.agree_on(&terms_with(&json!({"endDate": "2027-12-05"})));
        placed.plan().expect(201);
        placed.lay_down_rate("2027-01-01", 3500);
        propose(&mut placed, &agreement());
        placed.sign_all();
        placed.confirm().expect(200);
        placed.at("2027-06-01T07:00:00Z");
        let (sanne, karel) = (placed.dossier.employee.clone(), placed.dossier.manager.clone());
        propose(&mut placed, &extension("2027-12-01", "2028-02-29", 480));
        placed.sign(&sanne.client).expect(200);
        placed.sign(&karel.client).expect(200);
        placed.sign(&placed.dossier.owner.client).refused(409, "no_room");
        let next = terms_with(&json!({"startDate": "2027-12-06", "endDate": "2028-03-31"}));
        let second = location(&sanne.client.post(&format!("{}/versions", placed.arrangement), &next));
        act(&sanne, &second, "proposals").expect(200);
        act(&karel, &second, "signatures").expect(200);
        placed.sign(&placed.dossier.owner.client).expect(200);
        assert_eq!(sanne.client.get(&placed.placement).expect(200).text_at("/lastDate"), "2028-02-29");
    }
}
