//! The forms in which somebody works elsewhere: rows of a table that decides.

use contract_tests::{lay_down, on_both};
use serde_json::{Value, json};

use super::scene::{Team, allowed, location, with};

const ALL: [&str; 6] = ["ZPP", "FULL_SECONDMENT", "HYBRID", "SELF_EMPLOYED", "UNPAID", "INTERNAL"];

/// Four days of 7.2 hours; it were five before.
fn four_days() -> Value {
    json!({"contractMinutesPerWeek": 1728, "workingDaysPerWeek": 4})
}

/// Everything that some variant demands and others forbid, with a value for each.
fn demands() -> Value {
    json!({"ownRisk": {"ownRiskMinutesPerWeek": 432}, "originalContract": {"originalContractMinutesPerWeek": 2160},
        "fixedEnd": {"endDate": "2028-02-29"}, "acquisitionPlan": {"acquisitionPlan": "Elke week een kop koffie."},
        "incomeEffect": {"incomeEffect": "In een maand zonder klus een tiende minder."},
        "ownCompany": {"ownCompany": {"name": "Sanne Advies", "kvkNumber": "17272727"}}})
}

/// What the published rules of a variant ask for, and nothing else.
fn asked(rules: &Value) -> Value {
    let mut terms = json!({"variant": rules["variant"], "acquisitionPlan": null, "exemptedMinutesPerWeek": match rules["exemption"].as_str() {
        Some("WHOLE_CONTRACT") => 1728,
        Some("NOTHING") => 0,
        _ => 432,
    }});
    for (name, value) in demands().as_object().unwrap() {
        if rules[name] == "REQUIRED" {
            let (field, value) = value.as_object().unwrap().iter().next().unwrap();
            terms[field] = value.clone();
        }
    }
    terms
}

on_both! {
    /// Each row of `GET /variants` is tried: what it asks for is enough, what it requires is missed, what it forbids is
    /// refused.
    ///
    /// shows: U19
    fn what_is_published_of_a_variant_is_what_decides(service) {
        let team = Team::with(service, &four_days());
        lay_down(&team.oss, &json!({"allowedVariants": ALL}));
        let published = service.anonymous().get("/variants").expect(200);
        let rows = published.body["items"].as_array().unwrap();
        assert_eq!(rows.iter().map(|row| row["variant"].as_str().unwrap()).collect::<Vec<_>>(), ALL);
        for rules in rows {
            let terms = asked(rules);
            let path = location(&team.draft(&team.sanne, &terms));
            assert_eq!(team.sanne.client.get(&path).expect(200).body["variant"], rules["variant"]);
            for (name, value) in demands().as_object().unwrap() {
                let (field, value) = value.as_object().unwrap().iter().next().unwrap();
                let mut other = terms.clone();
                let must = match rules[name].as_str().unwrap() {
                    "REQUIRED" if field == "ownRiskMinutesPerWeek" => { other[field] = json!(0); "must be more than 0" }
                    "REQUIRED" => { other[field] = Value::Null; "must be given" }
                    "FORBIDDEN" if field == "ownRiskMinutesPerWeek" => { other[field] = value.clone(); "must be 0" }
                    "FORBIDDEN" => { other[field] = value.clone(); "must be left out" }
                    _ => continue,
                };
                let field = format!("terms.{field}");
                let said = allowed(&team.draft(&team.sanne, &other).names(&[&field]), &field);
                assert!(said.starts_with(must), "{} {field}: {said}", rules["variant"]);
            }
        }
    }

    /// shows: U19
    fn the_home_policy_says_which_variants_are_possible(service) {
        let team = Team::with(service, &four_days());
        let published = service.anonymous().get("/variants").expect(200);
        for rules in published.body["items"].as_array().unwrap() {
            let answer = team.draft(&team.sanne, &asked(rules));
            match rules["variant"].as_str().unwrap() {
                "ZPP" | "UNPAID" | "INTERNAL" => assert_eq!(answer.status, 201, "{}", answer.text),
                _ => assert!(allowed(&answer.names(&["terms.variant"]), "terms.variant").contains("mobility policy allows")),
            }
        }
    }

    /// shows: Z29
    /// shows: Z11
    fn fewer_hours_at_ones_own_risk_are_arranged_with_what_that_does_to_the_income(service) {
        let team = Team::with(service, &four_days());
        lay_down(&team.oss, &json!({"allowedVariants": ALL}));
        let hybrid = json!({"variant": "HYBRID", "exemptedMinutesPerWeek": 432, "ownRiskMinutesPerWeek": 432,
            "originalContractMinutesPerWeek": 2160, "incomeEffect": "In een maand zonder klus een vijfde minder."});
        let path = location(&team.draft(&team.sanne, &hybrid));
        assert_eq!(team.sanne.client.get(&path).expect(200).text_at("/incomeEffect"), "In een maand zonder klus een vijfde minder.");
        let mut silent = hybrid.clone();
        silent["incomeEffect"] = Value::Null;
        team.draft(&team.sanne, &silent).names(&["terms.incomeEffect"]);
        let mut more = hybrid;
        more["ownRiskMinutesPerWeek"] = json!(433);
        let refused = team.draft(&team.sanne, &more).names(&["terms.ownRiskMinutesPerWeek"]);
        assert!(allowed(&refused, "terms.ownRiskMinutesPerWeek").contains("must not exceed originalContractMinutesPerWeek"));
        let zpp = json!({"incomeEffect": "In een maand zonder klus een vijfde minder."});
        let said = allowed(&team.draft(&team.sanne, &zpp).names(&["terms.incomeEffect"]), "terms.incomeEffect");
        assert_eq!(said, "must be left out in this variant");
    }

    /// shows: U05
    fn who_has_a_company_too_names_it(service) {
        let team = Team::new(service);
        lay_down(&team.oss, &json!({"allowedVariants": ALL}));
        let own = |company: Value| json!({"variant": "SELF_EMPLOYED", "acquisitionPlan": null, "exemptedMinutesPerWeek": 0,
            "ownRiskMinutesPerWeek": 480, "ownCompany": company});
        let path = location(&team.draft(&team.sanne, &own(json!({"name": "Sanne Advies", "kvkNumber": "17272727"}))));
        assert_eq!(team.sanne.client.get(&path).expect(200).body["ownCompany"], json!({"name": "Sanne Advies", "kvkNumber": "17272727"}));
        team.draft(&team.sanne, &own(Value::Null)).names(&["terms.ownCompany"]);
        team.draft(&team.sanne, &own(json!({"name": "Sanne Advies", "kvkNumber": "1727"}))).names(&["terms.ownCompany.kvkNumber"]);
        let exempted = with(&own(json!({"name": "Sanne Advies", "kvkNumber": "17272727"})), &json!({"exemptedMinutesPerWeek": 1}));
        team.draft(&team.sanne, &exempted).names(&["terms.exemptedMinutesPerWeek"]);
    }

    /// shows: Z28
    fn the_way_back_is_part_of_every_arrangement(service) {
        let team = Team::new(service);
        let guarantee = |destination: &str, notice: i64, term: i64| json!({"returnGuarantee":
            {"destination": destination, "noticeWeeks": notice, "termWeeks": term, "text": "Eerst een gesprek."}});
        for destination in ["OLD_FUNCTION", "EQUIVALENT_FUNCTION", "INTERNAL_ASSIGNMENTS"] {
            let path = location(&team.draft(&team.sanne, &guarantee(destination, 4, 13)));
            let kept = team.sanne.client.get(&path).expect(200);
            assert_eq!(kept.body["returnGuarantee"], guarantee(destination, 4, 13)["returnGuarantee"]);
        }
        team.draft(&team.sanne, &json!({"returnGuarantee": null})).names(&["terms.returnGuarantee"]);
        let wrong = team.draft(&team.sanne, &guarantee("ELSEWHERE", 27, 105));
        wrong.names(&["terms.returnGuarantee.destination", "terms.returnGuarantee.noticeWeeks", "terms.returnGuarantee.termWeeks"]);
    }

    /// shows: U20
    fn a_programme_or_pilot_labels_it(service) {
        let team = Team::new(service);
        let path = team.agreed(&json!({"programmeLabel": "Proeftuin 2027"}));
        for reader in [&team.sanne, &team.karel, &team.oss.administrator] {
            assert_eq!(reader.client.get(&path).expect(200).text_at("/programmeLabel"), "Proeftuin 2027");
        }
    }

    fn it_lies_in_the_employment_and_ends_after_it_begins(service) {
        let team = Team::with(service, &json!({"endDate": "2027-12-31"}));
        team.draft(&team.sanne, &json!({})).names(&["terms.endDate"]);
        team.draft(&team.sanne, &json!({"endDate": "2028-01-01"})).names(&["terms.endDate"]);
        team.draft(&team.sanne, &json!({"startDate": "2028-01-01", "endDate": "2027-12-31"})).names(&["terms.startDate", "terms.endDate"]);
        team.draft(&team.sanne, &json!({"startDate": "2019-01-01", "endDate": "2027-12-31"})).names(&["terms.startDate"]);
        team.draft(&team.sanne, &json!({"endDate": "2027-12-31"})).expect(201);
    }
}
