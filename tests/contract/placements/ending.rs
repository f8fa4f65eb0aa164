//! The ends of a placement: early, as a permanent appointment, and the way back.

use contract_tests::{Employee, Placed, on_both};
use serde_json::{Value, json};

use super::scene::{allowed, told};

fn notice(reason: &str, last: &str) -> Value {
    json!({"reason": reason, "lastDate": last})
}

/// Everybody who may know of a placement that was confirmed.
fn concerned<'a>(placed: &'a Placed<'_>) -> [&'a Employee; 5] {
    let dossier = &placed.dossier;
    [&dossier.employee, &dossier.manager, &dossier.owner, &dossier.home.administrator, &dossier.host.administrator]
}

on_both! {
    fn any_party_gives_notice_of_an_early_end_after_the_term_of_the_return_guarantee(service) {
        let placed = Placed::running(service);
        let path = &placed.placement;
        let before = placed.dossier.employee.client.get(path).text;
        for party in [&placed.dossier.employee, &placed.dossier.manager, &placed.dossier.owner] {
            for wrong in ["2027-06-28", "2027-11-30", "2027-12-31"] {
                let refused = party.client.transition(path, "notices", &notice("NO_FIT", wrong)).names(&["lastDate"]);
                assert_eq!(allowed(&refused, "lastDate"), "must be at least 4 weeks from today and before 2027-11-30");
            }
            party.client.transition(path, "notices", &notice("OTHER", "2027-09-30")).names(&["text"]);
        }
        assert_eq!(placed.dossier.employee.client.get(path).text, before);
        for other in [&placed.dossier.home.administrator, &placed.finance, &placed.host_finance] {
            other.client.transition(path, "notices", &notice("NO_FIT", "2027-09-30")).refused(403, "not_allowed");
        }
        let before = concerned(&placed).map(|party| told(&party.client, "placement-changed", path));
        let given = placed.dossier.owner.client.transition(path, "notices", &notice("RESULT_REACHED", "2027-06-29")).expect(200);
        assert_eq!((given.text_at("/notice/part"), given.text_at("/lastDate")), ("CLIENT", "2027-06-29"));
        assert_eq!((given.text_at("/state"), given.text_at("/returnDate")), ("RUNNING", "2027-06-30"));
        for (party, before) in concerned(&placed).iter().zip(before) {
            assert_eq!(told(&party.client, "placement-changed", path), before + 1, "all parties are told");
        }
    }

    fn a_notice_is_withdrawn_by_who_gave_it_and_replaced_by_an_earlier_one_only(service) {
        let placed = Placed::running(service);
        let (path, sanne, olga) = (&placed.placement, &placed.dossier.employee.client, &placed.dossier.owner.client);
        sanne.transition(path, "notice-withdrawals", &Value::Null).refused(403, "not_allowed");
        sanne.transition(path, "notices", &notice("OTHER_WORK", "2027-08-31")).expect(200);
        olga.transition(path, "notices", &notice("WORK_FALLS_AWAY", "2027-09-30")).refused(403, "not_allowed");
        olga.transition(path, "notice-withdrawals", &Value::Null).refused(403, "not_allowed");
        sanne.transition(path, "notices", &notice("OTHER_WORK", "2027-09-30")).expect(200);
        olga.transition(path, "notices", &notice("WORK_FALLS_AWAY", "2027-07-30")).expect(200);
        sanne.transition(path, "notice-withdrawals", &Value::Null).refused(403, "not_allowed");
        let withdrawn = olga.transition(path, "notice-withdrawals", &Value::Null).expect(200);
        assert_eq!((&withdrawn.body["notice"], withdrawn.text_at("/lastDate")), (&Value::Null, "2027-11-30"));
        assert_eq!(withdrawn.text_at("/returnDate"), "2027-12-01");
    }

    /// shows: Z28
    /// shows: F08
    fn the_day_after_the_notice_it_has_ended_early_and_the_return_closes_it(service) {
        let placed = Placed::running(service);
        let (path, sanne) = (&placed.placement, &placed.dossier.employee.client);
        let employment = format!("/employments/{}", placed.dossier.employee.employment_id);
        let employed = sanne.get(&employment).expect(200).text;
        sanne.transition(path, "notices", &notice("OTHER_WORK", "2027-07-02")).expect(200);
        placed.at("2027-07-02T20:00:00Z");
        assert_eq!(placed.state(), "RUNNING");
        service.clock.set("2027-07-05T08:00:00Z".parse().unwrap());
        assert_eq!(placed.state(), "ENDED_EARLY", "also before the clock has written so");
        service.tick();
        let weeks = sanne.get(&format!("{}/weeks?from=2027-W26&weeks=2", placed.arrangement)).expect(200);
        assert_eq!((&weeks.body["items"][0]["exemptedFreeMinutes"], &weeks.body["items"][1]["exemptedFreeMinutes"]), (&json!(384), &json!(864)));
        for party in concerned(&placed) {
            assert!(told(&party.client, "placement-state-changed", path) >= 2);
        }
        for wrong in ["2027-07-02", "2027-07-06"] {
            sanne.transition(path, "returns", &json!({"date": wrong})).names(&["date"]);
        }
        placed.dossier.owner.client.transition(path, "returns", &json!({"date": "2027-07-05"})).refused(403, "not_allowed");
        let back = sanne.transition(path, "returns", &json!({"date": "2027-07-05", "destination": "OLD_FUNCTION"})).expect(200);
        assert_eq!((back.text_at("/state"), back.text_at("/returned/destination")), ("RETURNED", "OLD_FUNCTION"));
        assert_eq!(back.body["returned"]["isOnTime"], json!(true), "5 July is the first working day after Friday 2 July");
        sanne.transition(path, "returns", &json!({"date": "2027-07-05"})).refused(409, "transition_not_listed");
        assert_eq!(sanne.get(&employment).expect(200).text, employed);
    }

    /// shows: Z28
    fn a_return_after_the_first_working_day_is_recorded_as_late(service) {
        let placed = Placed::running(service);
        placed.dossier.manager.client.transition(&placed.placement, "returns", &json!({"date": "2027-06-01"})).refused(409, "transition_not_listed");
        placed.at("2027-12-06T08:00:00Z");
        assert_eq!(placed.state(), "COMPLETED");
        let seen = placed.dossier.manager.client.get(&placed.placement).expect(200);
        assert_eq!((seen.text_at("/returnDate"), seen.text_at("/returnDestination")), ("2027-12-01", "INTERNAL_ASSIGNMENTS"));
        let back = placed.dossier.manager.client.transition(&placed.placement, "returns", &json!({"date": "2027-12-02"})).expect(200);
        assert_eq!((back.text_at("/state"), &back.body["returned"]["isOnTime"]), ("RETURNED", &json!(false)));
        assert_eq!(back.text_at("/returned/destination"), "INTERNAL_ASSIGNMENTS", "as it was guaranteed");
    }

    /// shows: Z18
    /// shows: F08
    fn it_can_become_a_permanent_appointment_and_no_return_is_due_then(service) {
        let placed = Placed::running(service);
        let (path, karel) = (&placed.placement, &placed.dossier.manager.client);
        placed.at("2027-10-01T08:00:00Z");
        let employment = format!("/employments/{}", placed.dossier.employee.employment_id);
        let employed = karel.get(&employment).expect(200).text;
        for wrong in ["2027-06-01", "2027-10-02"] {
            karel.transition(path, "conversions", &json!({"date": wrong})).names(&["date"]);
        }
        placed.dossier.owner.client.transition(path, "conversions", &json!({"date": "2027-10-01"})).refused(403, "not_allowed");
        let converted = karel.transition(path, "conversions", &json!({"date": "2027-10-01"})).expect(200);
        assert_eq!((converted.text_at("/state"), converted.text_at("/convertedDate")), ("CONVERTED", "2027-10-01"));
        assert_eq!(converted.text_at("/lastDate"), "2027-09-30");
        karel.transition(path, "returns", &json!({"date": "2027-10-01"})).refused(409, "transition_not_listed");
        assert_eq!(karel.get(&employment).expect(200).text, employed, "the home organisation ends it, never this");
    }

    /// shows: F08
    fn where_the_employment_ends_first_both_organisations_are_told_once(service) {
        let placed = Placed::running(service);
        let employment = format!("/employments/{}", placed.dossier.employee.employment_id);
        service.tick();
        assert_eq!(told(&placed.dossier.owner.client, "placement-at-risk", &placed.placement), 0);
        placed.dossier.home.administrator.client.patch(&employment, &json!({"endDate": "2027-09-30"})).expect(200);
        for _ in 0..2 {
            service.tick();
        }
        for party in concerned(&placed) {
            assert_eq!(told(&party.client, "placement-at-risk", &placed.placement), 1);
        }
        let seen = placed.dossier.owner.client.get(&placed.placement).expect(200);
        assert_eq!((&seen.body["isAtRisk"], seen.text_at("/state")), (&json!(true), "RUNNING"));
        placed.dossier.home.administrator.client.patch(&employment, &json!({"endDate": "2027-11-30"})).expect(200);
        assert_eq!(placed.dossier.owner.client.get(&placed.placement).expect(200).body["isAtRisk"], json!(false));
    }

    /// Eight weeks before 30 November, as the agreement says.
    ///
    /// shows: W13
    fn before_the_end_everybody_is_reminded_once_to_talk_about_what_comes_after(service) {
        let placed = Placed::running(service);
        placed.at("2027-10-04T21:00:00Z");
        assert_eq!(told(&placed.dossier.employee.client, "placement-talks-due", &placed.placement), 0);
        placed.at("2027-10-05T08:00:00Z");
        service.tick();
        for party in concerned(&placed) {
            assert_eq!(told(&party.client, "placement-talks-due", &placed.placement), 1);
        }
        placed.at("2027-11-05T08:00:00Z");
        assert_eq!(told(&placed.dossier.employee.client, "placement-talks-due", &placed.placement), 1);
    }

    /// shows: W12
    /// shows: Z37
    fn the_home_manager_says_what_it_did_to_the_department_and_whether_somebody_has_to_fill_in(service) {
        let placed = Placed::running(service);
        let path = format!("{}/evaluations", placed.placement);
        placed.at("2027-12-01T08:00:00Z");
        let (sanne, karel) = (&placed.dossier.employee.client, &placed.dossier.manager.client);
        let effect = json!({"result": "FULLY", "effectOnDepartment": "Collega's namen de balie over.", "backfillNeeded": true});
        let said = karel.post(&path, &effect).expect(201);
        assert_eq!((&said.body["backfillNeeded"], said.text_at("/party")), (&json!(true), "HOME"));
        let brought = json!({"result": "FULLY", "learned": "Werken met een raad.", "broughtBack": "Een aanpak."});
        assert_eq!(sanne.post(&path, &brought).expect(201).text_at("/broughtBack"), "Een aanpak.");
        karel.post(&path, &effect).refused(409, "evaluation_exists");
        assert_eq!(karel.get(&path).expect(200).ids().len(), 2);
    }
}
