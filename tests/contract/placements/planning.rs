//! Placements: from the plan of an employee to the first day.

use contract_tests::{Dossier, Placed, on_both};
use serde_json::{Value, json};

use super::scene::{UNKNOWN, act, state, told};

/// Another klus for the same people, arranged on the same arrangement, all but confirmed.
fn beside<'s>(service: &'s contract_tests::Service, placed: &Placed<'s>, dossier: Dossier<'s>) -> Placed<'s> {
    let mut other = Placed::of(service, dossier);
    other.arrangement.clone_from(&placed.arrangement);
    other.plan().expect(201);
    other.agreement = other.draft_agreement(&contract_tests::agreement());
    other.propose_agreement();
    other.sign_all();
    other
}

/// The exempted minutes that are free in a week.
fn free(placed: &Placed<'_>, week: &str) -> Value {
    let weeks =
        placed.dossier.employee.client.get(&format!("{}/weeks?from={week}&weeks=1", placed.arrangement)).expect(200);
    weeks.body["items"][0]["exemptedFreeMinutes"].clone()
}

on_both! {
    /// shows: Z07
    /// shows: I03
    fn only_the_employee_plans_it_from_an_offer_they_accepted(service) {
        let mut placed = Placed::accepted(service);
        let dossier = placed.dossier.clone();
        placed.arrangement = placed.agree_on(&contract_tests::terms());
        let draft = json!({"arrangementId": &placed.arrangement[14..]});
        let path = format!("{}/placements", dossier.response);
        dossier.owner.client.post(&path, &draft).refused(403, "not_allowed");
        for other in [&dossier.manager, &dossier.home.administrator, &dossier.host.administrator] {
            other.client.post(&path, &draft).refused(404, "not_found");
        }
        dossier.employee.client.post(&path, &json!({})).names(&["arrangementId"]);
        for unknown in [UNKNOWN, &placed.dossier.another(&json!({})).assignment[13..]] {
            dossier.employee.client.post(&path, &json!({"arrangementId": unknown})).names(&["arrangementId"]);
        }
        assert!(dossier.employee.client.get("/placements").expect(200).ids().is_empty());
        placed.plan().expect(201);
        placed.plan().refused(409, "placement_exists");
        let planned = dossier.employee.client.get(&placed.placement).expect(200);
        assert_eq!((planned.text_at("/state"), planned.text_at("/hours")), ("PLANNED", "EXEMPTED"));
        assert_eq!((&planned.body["stretches"][0]["minutesPerWeek"], planned.text_at("/lastDate")), (&json!(480), "2027-11-30"));
        assert_eq!(free(&placed, "2027-W22"), json!(864), "a plan takes no hours");
    }

    fn nothing_is_planned_before_an_offer_is_accepted_nor_on_the_arrangement_of_somebody_else(service) {
        let dossier = Dossier::at(service, "OFFERED");
        let piet = dossier.world.employee_with(&dossier.home, "Piet Peters", &json!({"managerId": dossier.manager.id}));
        let of = |who: &contract_tests::Employee| {
            let draft = json!({"employmentId": who.employment_id, "terms": contract_tests::terms()});
            let path = format!("/arrangements/{}", who.client.post("/arrangements", &draft).expect(201).id());
            act(who, &path, "proposals").expect(200);
            act(&dossier.manager, &path, "signatures").expect(200);
            path[14..].to_owned()
        };
        let (own, foreign) = (of(&dossier.employee), of(&piet));
        let plan = |arrangement: &str| {
            let path = format!("{}/placements", dossier.response);
            dossier.employee.client.post(&path, &json!({"arrangementId": arrangement}))
        };
        plan(&own).refused(409, "placement_not_ready");
        let offers = dossier.employee.client.get(&format!("{}/offers", dossier.response)).expect(200).ids();
        act(&dossier.employee, &format!("/offers/{}", offers[0]), "acceptances").expect(200);
        plan(&foreign).names(&["arrangementId"]);
        let ending = json!({"reason": "Toch niet."});
        dossier.manager.client.transition(&format!("/arrangements/{own}"), "endings", &ending).expect(200);
        plan(&own).refused(409, "arrangement_not_agreed");
        assert!(dossier.employee.client.get("/placements").expect(200).ids().is_empty());
    }

    fn a_plan_is_seen_by_who_arranges_it_and_by_the_organisations_once_it_is_confirmed(service) {
        let mut placed = Placed::accepted(service);
        placed.arrange();
        let Dossier { employee, manager, owner, home, host, world, .. } = placed.dossier.clone();
        let (admins, money) = ([&home.administrator, &host.administrator], [&placed.finance, &placed.host_finance]);
        for party in [&employee, &manager, &owner] {
            party.client.get(&placed.placement).expect(200);
        }
        for other in admins.iter().chain(&money) {
            other.client.get(&placed.placement).refused(404, "not_found");
        }
        let team = || manager.client.get("/placements?team=true").expect(200).ids();
        let lent = |who: &contract_tests::Employee, id: &str| who.client.get(&format!("/placements?organisationId={id}")).expect(200).ids().len();
        assert!(team().is_empty());
        assert_eq!((lent(admins[0], &home.id), lent(admins[1], &host.id)), (0, 0));
        placed.confirm().expect(200);
        for other in admins.iter().chain(&money) {
            other.client.get(&placed.placement).expect(200);
        }
        assert_eq!((team().len(), lent(admins[0], &home.id), lent(money[1], &host.id)), (1, 1, 1));
        let seen = owner.client.get(&placed.placement).expect(200);
        assert_eq!((&seen.body["arrangementId"], &seen.body["employmentId"], &seen.body["hours"]), (&Value::Null, &Value::Null, &Value::Null));
        let seen = manager.client.get(&placed.placement).expect(200);
        assert_eq!((&seen.body["responseId"], &seen.body["offerId"]), (&Value::Null, &Value::Null));
        let colleague = world.employee(&home, "Piet Peters");
        colleague.client.get(&placed.placement).refused(404, "not_found");
        colleague.client.get(&format!("/placements?organisationId={}", home.id)).refused(403, "not_allowed");
        colleague.client.get(&format!("/placements?assignmentId={}", &placed.dossier.assignment[13..])).names(&["assignmentId"]);
    }

    /// Two days of 7.2 hours make room for a klus of eight hours and one of six and a half, at two hosts, and for no more.
    ///
    /// shows: S01
    /// shows: Z36
    /// shows: Z06
    /// shows: F08
    fn several_placements_stand_beside_each_other_within_the_two_days_and_not_above(service) {
        let placed = Placed::confirmed(service);
        let employment = format!("/employments/{}", placed.dossier.employee.employment_id);
        let employed = placed.dossier.employee.client.get(&employment).expect(200).text;
        let veghel = placed.dossier.world.organisation("Gemeente Veghel");
        let owner = placed.dossier.world.client_of(&veghel, "Vera Veghel");
        let there = Dossier { host: veghel, owner, ..placed.dossier.clone() };
        let fits = beside(service, &placed, there.another(&json!({"minutesPerWeek": 384, "startDate": "2027-07-01"})));
        let over = beside(service, &placed, there.another(&json!({"minutesPerWeek": 60, "endDate": "2027-07-05"})));
        assert_eq!(over.dossier.lights(&over.dossier.employee.client)["G1"].1.as_deref(), Some("ROOM_FREE"));
        fits.confirm().expect(200);
        assert_eq!((free(&placed, "2027-W25"), free(&placed, "2027-W26")), (json!(384), json!(0)));
        let refused = over.confirm().refused(409, "not_all_green");
        assert_eq!(refused.text_at("/detail"), "All ten lights must be green at once: G1_CAPACITY is RED.", "the host learns no more");
        let full = over.dossier.employee.client.get(&format!("{}/lights", over.dossier.response)).expect(200);
        assert_eq!((full.text_at("/items/5/reason"), &full.body["items"][5]["waitsFor"]), ("NO_ROOM", &json!(["EMPLOYEE", "HOME_MANAGER"])));
        assert_eq!((over.state().as_str(), over.dossier.state().as_str()), ("PLANNED", "ACCEPTED"));
        assert_eq!(state(&over.dossier.owner.client, &over.dossier.assignment), "OPEN");
        assert_eq!(free(&placed, "2027-W26"), json!(0));
        let cancel = json!({"reason": "EMPLOYEE_WITHDRAWS"});
        fits.dossier.employee.client.transition(&fits.placement, "cancellations", &cancel).expect(200);
        over.confirm().expect(200);
        let mine = placed.dossier.employee.client.get("/placements?state=CONFIRMED").expect(200);
        assert_eq!(mine.ids(), [&over.placement[12..], &placed.placement[12..]]);
        assert_eq!(placed.dossier.employee.client.get(&employment).expect(200).text, employed);
    }

    /// shows: W07
    fn a_placement_of_one_day_a_week_takes_that_and_leaves_the_rest(service) {
        let placed = Placed::confirmed(service);
        let seen = placed.dossier.manager.client.get(&placed.placement).expect(200);
        assert_eq!((&seen.body["stretches"][0]["minutesPerWeek"], seen.text_at("/startDate")), (&json!(480), "2027-06-01"));
        for (week, minutes) in [("2027-W21", 864), ("2027-W22", 384), ("2027-W48", 384), ("2027-W49", 864)] {
            assert_eq!(free(&placed, week), json!(minutes), "{week}");
        }
    }

    fn a_light_that_falls_back_before_the_start_blocks_it_until_it_is_green_again(service) {
        let placed = Placed::confirmed(service);
        let Dossier { employee, manager, owner, .. } = &placed.dossier;
        let consent = employee.client.get("/consent-requests").expect(200).ids()[0].clone();
        let revoke = json!({"text": "Twee collega's vielen uit."});
        manager.client.transition(&format!("/consent-requests/{consent}"), "revocations", &revoke).expect(200);
        let blocked = employee.client.get(&placed.placement).expect(200);
        assert_eq!((blocked.text_at("/state"), blocked.text_at("/fallenLights/0/name")), ("BLOCKED", "S4_MANAGER"));
        assert_eq!(blocked.body["fallenLights"][0]["waitsFor"], json!(["EMPLOYEE"]));
        assert_eq!(blocked.body["fallenLights"].as_array().unwrap().len(), 1);
        let told_of_light = owner.client.get(&placed.placement).expect(200);
        assert_eq!(told_of_light.body["fallenLights"][0]["reason"], Value::Null, "the host learns the colour");
        service.tick();
        for party in [employee, manager, owner, &placed.dossier.home.administrator, &placed.dossier.host.administrator] {
            assert!(told(&party.client, "placement-state-changed", &placed.placement) >= 2, "all parties are told");
        }
        assert_eq!(employee.client.get("/placements?state=BLOCKED").expect(200).ids().len(), 1);
        placed.at("2027-06-01T07:00:00Z");
        assert_eq!(placed.state(), "BLOCKED", "it does not start");
    }

    fn a_block_is_lifted_once_consent_is_granted_again(service) {
        let placed = Placed::confirmed(service);
        let consent = placed.dossier.employee.client.get("/consent-requests").expect(200).ids()[0].clone();
        let revoke = json!({"text": "Twee collega's vielen uit."});
        placed.dossier.manager.client.transition(&format!("/consent-requests/{consent}"), "revocations", &revoke).expect(200);
        service.tick();
        assert_eq!(placed.state(), "BLOCKED");
        let refused = json!({"reason": "WORKLOAD", "text": "Nog niet."});
        placed.dossier.manager.client.transition(&placed.dossier.ask_consent(), "refusals", &refused).expect(200);
        assert_eq!((placed.state().as_str(), placed.dossier.state().as_str()), ("BLOCKED", "CONFIRMED"));
        placed.dossier.manager.client.transition(&placed.dossier.ask_consent(), "grants", &json!({})).expect(200);
        assert_eq!(placed.state(), "CONFIRMED");
        service.tick();
        assert_eq!(placed.dossier.employee.client.get("/placements?state=CONFIRMED").expect(200).ids().len(), 1);
        placed.at("2027-06-01T07:00:00Z");
        assert_eq!(placed.state(), "RUNNING");
    }

    fn a_paused_arrangement_blocks_what_is_to_start_and_leaves_what_runs(service) {
        let placed = Placed::confirmed(service);
        act(&placed.dossier.manager, &placed.arrangement, "pauses").expect(200);
        let blocked = placed.dossier.employee.client.get(&placed.placement).expect(200);
        assert_eq!((blocked.text_at("/state"), blocked.text_at("/fallenLights/0/reason")), ("BLOCKED", "ARRANGEMENT_NOT_IN_FORCE"));
        act(&placed.dossier.employee, &placed.arrangement, "resumptions").expect(200);
        placed.at("2027-06-01T07:00:00Z");
        assert_eq!(placed.state(), "RUNNING");
        act(&placed.dossier.manager, &placed.arrangement, "pauses").expect(200);
        let runs = placed.dossier.employee.client.get(&placed.placement).expect(200);
        assert_eq!((runs.text_at("/state"), runs.text_at("/fallenLights/0/name")), ("RUNNING", "G1_CAPACITY"));
    }

    fn a_cancelled_one_frees_its_hours_and_its_position_and_ends_its_response(service) {
        let placed = Placed::confirmed(service);
        let Dossier { employee, owner, assignment, .. } = placed.dossier.clone();
        assert_eq!(state(&owner.client, &assignment), "FILLED");
        let cancel = |who: &contract_tests::Employee, body: &Value| who.client.transition(&placed.placement, "cancellations", body);
        cancel(&employee, &json!({})).names(&["reason"]);
        cancel(&placed.dossier.home.administrator, &json!({"reason": "OTHER"})).refused(403, "not_allowed");
        let cancelled = cancel(&owner, &json!({"reason": "WORK_FALLS_AWAY"})).expect(200);
        assert_eq!((cancelled.text_at("/state"), cancelled.text_at("/cancelled")), ("CANCELLED", "WORK_FALLS_AWAY"));
        assert_eq!((free(&placed, "2027-W22"), state(&owner.client, &assignment).as_str()), (json!(864), "CLOSED"));
        let ended = employee.client.get(&placed.dossier.response).expect(200);
        assert_eq!((ended.text_at("/state"), ended.text_at("/outcome/reason")), ("LAPSED", "PLACEMENT_FELL_AWAY"));
        cancel(&employee, &json!({"reason": "OTHER"})).refused(409, "transition_not_listed");
        owner.client.transition(&assignment, "reopenings", &json!({"deadline": "2027-05-14T15:00:00Z"})).expect(200);
        assert_eq!(state(&employee.client, &assignment), "OPEN", "and its position can be filled again");
    }

    fn any_party_cancels_before_the_start_and_nobody_after_it(service) {
        let placed = Placed::confirmed(service);
        let other = beside(service, &placed, placed.dossier.another(&json!({"minutesPerWeek": 384})));
        other.confirm().expect(200);
        let cancel = json!({"reason": "NOT_RELEASED"});
        other.dossier.manager.client.transition(&other.placement, "cancellations", &cancel).expect(200);
        placed.at("2027-06-01T07:00:00Z");
        for party in [&placed.dossier.employee, &placed.dossier.manager, &placed.dossier.owner] {
            party.client.transition(&placed.placement, "cancellations", &cancel).refused(409, "transition_not_listed");
        }
        assert_eq!(placed.state(), "RUNNING");
    }

    fn a_plan_is_cancelled_by_the_employee_alone_and_made_again(service) {
        let mut placed = Placed::accepted(service);
        placed.arrangement = placed.agree_on(&contract_tests::terms());
        placed.plan().expect(201);
        let cancel = json!({"reason": "NOT_ARRANGED"});
        let owner = placed.dossier.owner.client.clone();
        owner.transition(&placed.placement, "cancellations", &cancel).refused(403, "not_allowed");
        placed.dossier.employee.client.transition(&placed.placement, "cancellations", &cancel).expect(200);
        assert_eq!(placed.dossier.state(), "ACCEPTED", "the offer stands");
        placed.plan().expect(201);
        placed.dossier.by_employee("withdrawals", &json!({})).expect(200);
        let fell = placed.dossier.employee.client.get(&placed.placement).expect(200);
        assert_eq!((fell.text_at("/state"), fell.text_at("/cancelled")), ("CANCELLED", "RESPONSE_ENDED"));
        service.tick();
        assert_eq!(placed.dossier.employee.client.get("/placements?state=CANCELLED").expect(200).ids().len(), 2);
    }
}
