//! All ten lights at once, and the gates among them, variant by variant.

use contract_tests::{Dossier, Placed, agreement, lay_down, on_both, terms};
use serde_json::{Value, json};

use super::scene::{act, terms_with};

/// The lights that stand in the way of a confirmation, each with who can act.
#[track_caller]
fn in_the_way(dossier: &Dossier<'_>) -> Vec<String> {
    let before = dossier.employee.client.get(&dossier.response).expect(200).text;
    let refused = dossier.by_owner("confirmations", &Value::Null).refused(409, "not_all_green");
    assert_eq!(dossier.employee.client.get(&dossier.response).expect(200).text, before, "nothing is half done");
    let detail =
        refused.text_at("/detail").trim_start_matches("All ten lights must be green at once: ").trim_end_matches('.');
    detail.split("; ").map(str::to_owned).collect()
}

/// A policy that allows every variant, and four days of 7.2 hours left of five.
fn own_risk<'s>(service: &'s contract_tests::Service, basis: &str, terms: &Value) -> Placed<'s> {
    let mut dossier = Dossier::open(service);
    lay_down(&dossier.home, &json!({"allowedVariants": ["ZPP", "HYBRID", "SELF_EMPLOYED"]}));
    let four_days = json!({"managerId": dossier.manager.id, "contractMinutesPerWeek": 1728, "workingDaysPerWeek": 4});
    dossier.employee = dossier.world.employee_with(&dossier.home, "Sanne de Vries", &four_days);
    let mut placed = at_own_rate(service, dossier.another(&json!({"minutesPerWeek": 432})), basis);
    placed.arrangement = placed.agree_on(&terms_with(terms));
    placed.plan().expect(201);
    placed
}

/// An accepted offer at a rate of 75 euros an hour.
fn at_own_rate<'s>(service: &'s contract_tests::Service, dossier: Dossier<'s>, basis: &str) -> Placed<'s> {
    Placed::offered(service, dossier, &json!({"chargeBasis": basis, "hourlyRateCents": 7500}))
}

on_both! {
    /// From everything in the way to nothing, light by light.
    ///
    /// shows: W09
    fn each_light_that_is_not_green_stands_in_the_way_and_says_whom_it_waits_for(service) {
        let dossier = Dossier::at(service, "ACCEPTED");
        let Dossier { employee, owner, manager, world, home, .. } = &dossier;
        let finance = world.employee(home, "Frits Geld");
        world.give(&finance, "FINANCE", contract_tests::Scope::Organisation(home));
        let mut left = vec![
            "S2_AWARE is AMBER (POLICY_NOT_READ), waits for EMPLOYEE or MOBILITY_ADVISER",
            "S3_FIT is AMBER (FIT_NOT_MARKED), waits for CLIENT",
            "S4_MANAGER is AMBER",
            "S5_CLICK is AMBER (NO_CONVERSATION_YET), waits for EMPLOYEE or CLIENT",
            "G1_CAPACITY is RED (NOT_ARRANGED_YET), waits for EMPLOYEE or HOME_MANAGER",
            "G2_AGREEMENT is RED (NOT_ARRANGED_YET), waits for EMPLOYEE or HOME_MANAGER or CLIENT",
            "G3_RETURN is RED (NOT_ARRANGED_YET), waits for HOME_MANAGER",
            "G4_INTEGRITY is AMBER (INTEGRITY_NOT_DECLARED), waits for EMPLOYEE",
            "G5_MONEY is RED (NOT_ARRANGED_YET), waits for FINANCE",
        ];
        assert_eq!(in_the_way(&dossier), left);
        dossier.say(&employee.client, "S2_AWARE", "GREEN").expect(200);
        assert_eq!(in_the_way(&dossier), left[1..]);
        dossier.say(&owner.client, "S3_FIT", "GREEN").expect(200);
        assert_eq!(in_the_way(&dossier), left[2..]);
        let consent = dossier.ask_consent();
        assert_eq!(in_the_way(&dossier), left[2..], "asked is not granted");
        manager.client.transition(&consent, "grants", &json!({})).expect(200);
        assert_eq!(in_the_way(&dossier), left[3..]);
        dossier.meet("YES", "YES");
        assert_eq!(in_the_way(&dossier), left[4..]);
        dossier.say(&employee.client, "G4_INTEGRITY", "GREEN").expect(200);
        left.remove(7);
        assert_eq!(in_the_way(&dossier), left[4..]);

        let draft = json!({"employmentId": employee.employment_id, "terms": terms()});
        let arrangement = format!("/arrangements/{}", employee.client.post("/arrangements", &draft).expect(201).id());
        act(employee, &arrangement, "proposals").expect(200);
        let plan = json!({"arrangementId": &arrangement[14..]});
        let placement = format!("/placements/{}", employee.client.post(&format!("{}/placements", dossier.response), &plan).expect(201).id());
        assert_eq!(in_the_way(&dossier), ["G1_CAPACITY is AMBER", left[5],
            "G3_RETURN is AMBER (ARRANGEMENT_NOT_AGREED), waits for EMPLOYEE or HOME_MANAGER",
            "G5_MONEY is RED (RATE_MISSING), waits for FINANCE"]);
        act(manager, &arrangement, "signatures").expect(200);
        assert_eq!(in_the_way(&dossier), [left[5], "G5_MONEY is RED (RATE_MISSING), waits for FINANCE"]);
        let rate = json!({"validFromDate": "2027-06-01", "grossPayCents": 3500, "choiceBudgetCents": 600, "employerChargesCents": 900});
        finance.client.post(&format!("/employments/{}/cost-rates", employee.employment_id), &rate).expect(201);
        assert_eq!(in_the_way(&dossier), [left[5]]);

        let version = owner.client.post(&format!("{placement}/secondment-agreements"), &agreement()).expect(201).id();
        let version = format!("/secondment-agreements/{version}");
        act(owner, &version, "proposals").expect(200);
        let waits = |parts: &str| vec![format!("G2_AGREEMENT is AMBER (AGREEMENT_NOT_SIGNED), waits for {parts}")];
        assert_eq!(in_the_way(&dossier), waits("EMPLOYEE or HOME_MANAGER or CLIENT"));
        let seen = owner.client.get(&version).expect(200);
        let signature = json!({"documentHash": seen.body["documentHash"], "shownAs": "PDF", "shownHash": seen.body["pdfHash"]});
        owner.client.transition(&version, "signatures", &signature).expect(200);
        assert_eq!(in_the_way(&dossier), waits("EMPLOYEE or HOME_MANAGER"));
        employee.client.transition(&version, "signatures", &signature).expect(200);
        assert_eq!(in_the_way(&dossier), waits("HOME_MANAGER"));
        manager.client.transition(&version, "signatures", &signature).expect(200);
        for other in [employee, manager] {
            let client = other.client.with("If-Match", "*");
            let answer = client.act(&format!("{}/confirmations", dossier.response));
            assert!(matches!(answer.status, 403 | 404), "the client confirms: {}", answer.text);
        }
        dossier.by_owner("confirmations", &Value::Null).expect(200);
        assert_eq!(employee.client.get(&placement).expect(200).text_at("/state"), "CONFIRMED");
    }

    /// shows: Z11
    /// shows: Z09
    /// shows: F08
    fn hours_at_ones_own_risk_take_no_exempted_ones_and_are_never_charged(service) {
        let hybrid = json!({"variant": "HYBRID", "exemptedMinutesPerWeek": 432, "ownRiskMinutesPerWeek": 432,
            "originalContractMinutesPerWeek": 2160, "incomeEffect": "In een maand zonder klus een vijfde minder."});
        let mut placed = own_risk(service, "OWN_RATE", &hybrid);
        let sanne = placed.dossier.employee.client.clone();
        let employment = format!("/employments/{}", placed.dossier.employee.employment_id);
        let employed = sanne.get(&employment).expect(200).text;
        let planned = sanne.get(&placed.placement).expect(200);
        assert_eq!((planned.text_at("/hours"), &planned.body["hourlyRateCents"]), ("OWN_RISK", &json!(7500)));
        placed.agreement = placed.draft_agreement(&agreement());
        placed.propose_agreement();
        assert!(sanne.get(&placed.agreement).expect(200).text.contains("een eigen tarief van € 75,00 per uur"));
        placed.sign_all();
        placed.confirm().expect(200);
        let weeks = sanne.get(&format!("{}/weeks?from=2027-W22&weeks=1", placed.arrangement)).expect(200);
        let week = &weeks.body["items"][0];
        assert_eq!((&week["exemptedUsedMinutes"], &week["ownRiskUsedMinutes"], &week["ownRiskFreeMinutes"]), (&json!(0), &json!(432), &json!(0)));
        placed.at("2027-06-01T18:00:00Z");
        placed.worked("2027-W22", &[("2027-06-01", 432)]);
        placed.at("2027-07-01T08:00:00Z");
        assert!(placed.charge("2027-06").is_empty(), "the home organisation charges nothing");
        let issued = placed.host_finance.client.get(&format!("/charge-statements?organisationId={}", placed.dossier.host.id)).expect(200);
        assert!(issued.ids().is_empty());
        assert_eq!(sanne.get(&employment).expect(200).text, employed);
    }

    /// shows: U05
    fn who_has_a_company_works_at_a_rate_of_their_own_beside_the_employment(service) {
        let company = json!({"variant": "SELF_EMPLOYED", "acquisitionPlan": null, "exemptedMinutesPerWeek": 0, "ownRiskMinutesPerWeek": 432,
            "ownCompany": {"name": "Sanne Advies", "kvkNumber": "17272727"}});
        let placed = own_risk(service, "PUBLIC_RATE", &company);
        let lights = placed.dossier.lights(&placed.dossier.employee.client);
        assert_eq!((lights["G1"].1.as_deref(), lights["G5"].1.as_deref()), (Some("ROOM_FREE"), Some("RATE_AGREED")));
        assert_eq!(placed.dossier.employee.client.get(&placed.placement).expect(200).text_at("/hours"), "OWN_RISK");
    }

    /// shows: Z11
    fn exempted_hours_have_no_rate_of_their_own(service) {
        let mut placed = at_own_rate(service, Dossier::open(service), "OWN_RATE");
        placed.arrangement = placed.agree_on(&terms());
        let refused = placed.plan().refused(409, "basis_not_allowed");
        assert!(refused.text_at("/detail").starts_with("The variant ZPP does not go with OWN_RATE"), "{}", refused.text);
        assert!(placed.dossier.employee.client.get("/placements").expect(200).ids().is_empty());
    }
}
