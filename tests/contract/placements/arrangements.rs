//! Arrangements: employee and home organisation agree on hours elsewhere, and on the way back.

use contract_tests::{Employee, Scope, lay_down, on_both};
use serde_json::{Value, json};

use super::scene::{Team, UNKNOWN, act, allowed, draft, location, state, terms_with, told};

on_both! {
    /// shows: Z06
    fn a_draft_is_hidden_from_the_other_side_until_it_is_proposed(service) {
        let team = Team::new(service);
        let nowhere = team.karel.client.get(&format!("/arrangements/{UNKNOWN}")).refused(404, "not_found");
        for (writer, other) in [(&team.sanne, &team.karel), (&team.karel, &team.sanne)] {
            let path = location(&team.draft(writer, &json!({})));
            assert_eq!(state(&writer.client, &path), "DRAFT");
            for hidden_from in [other, &team.oss.administrator] {
                assert_eq!(hidden_from.client.get(&path).refused(404, "not_found").text, nowhere.text);
                let client = hidden_from.client.with("If-Match", "*");
                client.act(&format!("{path}/signatures")).refused(404, "not_found");
                assert_eq!(told(&hidden_from.client, "arrangement-state-changed", &path), 0);
            }
            let listed = || other.client.get(if other.id == team.karel.id { "/arrangements?team=true" } else { "/arrangements" });
            let before = listed().expect(200).ids();
            assert!(!before.contains(&path[14..].to_owned()));
            let proposed = act(writer, &path, "proposals").expect(200);
            assert_eq!(proposed.text_at("/state"), "PROPOSED");
            assert_eq!(state(&other.client, &path), "PROPOSED");
            assert_eq!(told(&other.client, "arrangement-state-changed", &path), 1);
            assert_eq!(listed().expect(200).ids().len(), before.len() + 1);
        }
    }

    /// shows: Z06
    fn it_holds_once_both_have_signed_and_not_by_one_alone(service) {
        let team = Team::new(service);
        let path = team.proposed(&json!({"startDate": "2027-03-15"}));
        act(&team.sanne, &path, "signatures").refused(403, "not_allowed");
        act(&team.oss.administrator, &path, "signatures").refused(403, "not_allowed");
        assert_eq!(state(&team.karel.client, &path), "PROPOSED");
        let agreed = act(&team.karel, &path, "signatures").expect(200);
        assert_eq!((agreed.text_at("/state"), agreed.text_at("/homeSignature/byId")), ("AGREED", team.karel.id.as_str()));
        assert_eq!(agreed.text_at("/employeeSignature/byId"), team.sanne.id);
        for action in ["proposals", "signatures", "withdrawals", "pauses"] {
            act(&team.karel, &path, action).refused(409, "transition_not_listed");
        }
        service.clock.set("2027-03-15T08:00:00Z".parse().unwrap());
        let before = team.sanne.client.get(&path).expect(200);
        assert_eq!(before.text_at("/state"), "ACTIVE", "its first day has come");
        service.tick();
        assert_eq!(state(&team.sanne.client, &path), "ACTIVE");
    }

    fn a_change_of_what_is_proposed_voids_what_was_signed(service) {
        let team = Team::new(service);
        let path = team.proposed(&json!({}));
        let less = terms_with(&json!({"exemptedMinutesPerWeek": 432}));
        let revised = team.karel.client.put(&path, &less).expect(200);
        assert_eq!((revised.text_at("/state"), &revised.body["employeeSignature"]), ("DRAFT", &Value::Null));
        assert_eq!(revised.body["exemptedMinutesPerWeek"], json!(432));
        team.sanne.client.get(&path).refused(404, "not_found");
        act(&team.karel, &path, "proposals").expect(200);
        act(&team.karel, &path, "signatures").refused(403, "not_allowed");
        act(&team.sanne, &path, "signatures").expect(200);
        team.sanne.client.put(&path, &less).refused(409, "transition_not_listed");
    }

    fn the_other_side_refuses_with_a_reason_and_who_wrote_it_withdraws(service) {
        let team = Team::new(service);
        let path = team.proposed(&json!({}));
        team.karel.client.transition(&path, "refusals", &json!({})).names(&["reason"]);
        let reason = json!({"reason": "Tot de zomer kunnen we niemand missen."});
        team.sanne.client.transition(&path, "refusals", &reason).refused(403, "not_allowed");
        act(&team.karel, &path, "withdrawals").refused(403, "not_allowed");
        team.karel.client.transition(&path, "refusals", &reason).expect(200);
        let told = team.sanne.client.get(&path).expect(200);
        assert_eq!((told.text_at("/state"), told.text_at("/reason")), ("REFUSED", "Tot de zomer kunnen we niemand missen."));
        let other = team.proposed(&json!({}));
        assert_eq!(act(&team.sanne, &other, "withdrawals").expect(200).text_at("/state"), "WITHDRAWN");
    }

    fn it_pauses_resumes_and_ends_by_either_side(service) {
        let team = Team::new(service);
        let path = team.agreed(&json!({}));
        assert_eq!(state(&team.sanne.client, &path), "ACTIVE");
        for (one, other) in [(&team.sanne, &team.karel), (&team.karel, &team.sanne)] {
            assert_eq!(act(one, &path, "pauses").expect(200).text_at("/state"), "PAUSED");
            act(one, &path, "pauses").refused(409, "transition_not_listed");
            assert_eq!(act(other, &path, "resumptions").expect(200).text_at("/state"), "ACTIVE");
        }
        team.karel.client.transition(&path, "endings", &json!({})).names(&["reason"]);
        let ended = team.karel.client.transition(&path, "endings", &json!({"reason": "Sanne gaat minder werken."})).expect(200);
        assert_eq!((ended.text_at("/state"), ended.text_at("/endedDate")), ("ENDED", "2027-03-01"));
        assert_eq!(team.sanne.client.get(&path).expect(200).text_at("/reason"), "Sanne gaat minder werken.");
        for action in ["pauses", "resumptions", "signatures"] {
            act(&team.sanne, &path, action).refused(409, "transition_not_listed");
        }
    }

    /// shows: Z06
    fn no_more_than_two_days_a_week_are_exempted_in_whole_minutes(service) {
        let team = Team::new(service);
        for (contract, days, most) in [(2160, 5, 864), (2160, 4, 1080), (1440, 3, 960), (2000, 3, 1333)] {
            let hours = json!({"contractMinutesPerWeek": contract, "workingDaysPerWeek": days});
            let piet = team.world.employee_with(&team.oss, "Piet Peters", &hours);
            let refused = draft(&piet, &piet, &json!({"exemptedMinutesPerWeek": most + 1}));
            let said = allowed(&refused.names(&["terms.exemptedMinutesPerWeek"]), "terms.exemptedMinutesPerWeek");
            assert!(said.starts_with(&format!("must be 1 to {most} minutes: 2 of {days} working days")), "{said}");
            draft(&piet, &piet, &json!({"exemptedMinutesPerWeek": 0})).names(&["terms.exemptedMinutesPerWeek"]);
            assert!(piet.client.get("/arrangements").expect(200).ids().is_empty(), "nothing is kept of it");
            draft(&piet, &piet, &json!({"exemptedMinutesPerWeek": most})).expect(201);
        }
        lay_down(&team.oss, &json!({"maxExemptedDays": 1}));
        let refused = team.draft(&team.sanne, &json!({"exemptedMinutesPerWeek": 433}));
        assert!(allowed(&refused, "terms.exemptedMinutesPerWeek").contains("1 to 432 minutes: 1 of 5"));
        let path = location(&team.draft(&team.sanne, &json!({"exemptedMinutesPerWeek": 432})));
        let more = terms_with(&json!({"exemptedMinutesPerWeek": 433}));
        let before = team.sanne.client.get(&path).text;
        team.sanne.client.put(&path, &more).names(&["exemptedMinutesPerWeek"]);
        assert_eq!(team.sanne.client.get(&path).text, before);
    }

    /// shows: Z06
    fn the_cap_counts_all_arrangements_of_an_employment_together(service) {
        let team = Team::new(service);
        team.agreed(&json!({"exemptedMinutesPerWeek": 480}));
        let waiting = team.proposed(&json!({"exemptedMinutesPerWeek": 384, "startDate": "2027-04-01"}));
        let refused = team.draft(&team.sanne, &json!({"exemptedMinutesPerWeek": 385, "startDate": "2027-05-01"}));
        let said = allowed(&refused, "terms.exemptedMinutesPerWeek");
        assert!(said.contains("1 to 384 minutes") && said.contains("less 480 of other arrangements"), "{said}");
        let same = team.proposed(&json!({"exemptedMinutesPerWeek": 384, "startDate": "2027-04-01"}));
        act(&team.karel, &waiting, "signatures").expect(200);
        let late = act(&team.karel, &same, "signatures").names(&["exemptedMinutesPerWeek"]);
        assert!(allowed(&late, "exemptedMinutesPerWeek").starts_with("must wait for another arrangement to end"), "{}", late.text);
        assert_eq!(state(&team.karel.client, &same), "PROPOSED", "it can be changed and signed yet");
        team.draft(&team.sanne, &json!({"startDate": "2027-03-01", "endDate": "2027-03-28", "exemptedMinutesPerWeek": 384})).expect(201);
    }

    /// shows: Z27
    fn without_a_plan_for_finding_assignments_there_is_no_arrangement(service) {
        let team = Team::new(service);
        for nothing in [Value::Null, json!("  ")] {
            let refused = team.draft(&team.sanne, &json!({"acquisitionPlan": nothing})).names(&["terms.acquisitionPlan"]);
            let must = if nothing.is_null() { "must be given in this variant" } else { "must hold visible text" };
            assert!(allowed(&refused, "terms.acquisitionPlan").starts_with(must), "{}", refused.text);
        }
        let path = location(&team.draft(&team.sanne, &json!({"acquisitionPlan": "Elke week een kop koffie."})));
        assert_eq!(team.sanne.client.get(&path).expect(200).text_at("/acquisitionPlan"), "Elke week een kop koffie.");
    }

    /// shows: Z26
    fn an_excluded_function_gets_the_reason_of_the_policy_whoever_drafts(service) {
        let team = Team::with(service, &json!({"function": "Medewerker debiteuren"}));
        lay_down(&team.oss, &json!({"excludedFunctions": [{"function": "medewerker Debiteuren", "reason": "De administratie draait elke dag."}]}));
        for by in [&team.sanne, &team.karel] {
            let refused = team.draft(by, &json!({})).refused(403, "function_excluded");
            let detail = refused.text_at("/detail");
            assert!(detail.contains("De administratie draait elke dag.") && detail.contains("mobility adviser"), "{detail}");
        }
        assert!(team.sanne.client.get("/arrangements").expect(200).ids().is_empty());
        let free = team.world.employee_with(&team.oss, "Vera Vrij", &json!({"managerId": team.karel.id}));
        draft(&free, &free, &json!({})).expect(201);
    }

    fn nobody_arranges_for_somebody_they_do_not_manage(service) {
        let team = Team::new(service);
        let (piet, olga) = (team.world.employee(&team.oss, "Piet Peters"), team.world.employee(&team.world.organisation("Gemeente Uden"), "Olga Anders"));
        for other in [&piet, &olga, &team.oss.administrator] {
            let refused = team.draft(other, &json!({})).names(&["employmentId"]);
            let unknown = json!({"employmentId": UNKNOWN, "terms": contract_tests::terms()});
            let nowhere = other.client.post("/arrangements", &unknown);
            assert_eq!(refused.body["invalidParams"], nowhere.body["invalidParams"], "who may not know learns nothing");
        }
        let path = team.agreed(&json!({}));
        for other in [&piet, &olga] {
            other.client.get(&path).refused(404, "not_found");
            other.client.get(&format!("{path}/weeks")).refused(404, "not_found");
        }
        team.oss.administrator.client.patch(&format!("/employments/{}", team.sanne.employment_id), &json!({"endDate": "2027-02-28"})).expect(200);
        team.draft(&team.sanne, &json!({})).names(&["employmentId"]);
    }

    /// shows: R02
    fn a_manager_can_arrange_hours_elsewhere_too(service) {
        let team = Team::new(service);
        let path = location(&draft(&team.karel, &team.karel, &json!({})));
        act(&team.karel, &path, "proposals").expect(200);
        act(&team.karel, &path, "signatures").refused(403, "not_allowed");
        act(&Employee { client: team.sanne.client.with("If-Match", "*"), ..team.sanne.clone() }, &path, "signatures").refused(404, "not_found");
        let signed = act(&team.oss.administrator, &path, "signatures").expect(200);
        assert_eq!(signed.text_at("/homeSignature/part"), "ORGANISATION_ADMINISTRATOR", "where there is no manager above");
        assert_eq!((signed.text_at("/state"), signed.text_at("/variant")), ("ACTIVE", "ZPP"));
        team.agreed(&json!({}));
        assert_eq!(team.karel.client.get("/arrangements?team=true").expect(200).ids().len(), 1, "and still manages");
        assert_eq!(team.karel.client.get("/arrangements").expect(200).ids().len(), 1);
    }

    fn finance_reads_the_hours_and_not_the_words(service) {
        let team = Team::new(service);
        let frits = team.world.employee(&team.oss, "Frits Geld");
        team.world.give(&frits, "FINANCE", Scope::Organisation(&team.oss));
        let path = team.agreed(&json!({}));
        let seen = frits.client.get(&path).expect(200);
        assert_eq!((&seen.body["exemptedMinutesPerWeek"], &seen.body["acquisitionPlan"]), (&json!(864), &Value::Null));
        act(&frits, &path, "pauses").refused(403, "not_allowed");
        let list = frits.client.get(&format!("/arrangements?organisationId={}", team.oss.id)).expect(200);
        assert_eq!((list.ids().len(), &list.body["items"][0]["acquisitionPlan"]), (1, &Value::Null));
        team.sanne.client.get(&format!("/arrangements?organisationId={}", team.oss.id)).refused(403, "not_allowed");
    }
}
