//! Cost rates: what an hour costs the home organisation, and nothing on top of it.

use contract_tests::document::Document;
use contract_tests::{Placed, on_both};
use serde_json::{Value, json};

/// The path of the rates of the employee.
fn rates(placed: &Placed<'_>) -> String {
    format!("/employments/{}/cost-rates", placed.dossier.employee.employment_id)
}

/// Names of what somebody might put on top of the cost.
const ON_TOP: [&str; 8] = ["margin", "fee", "fees", "markup", "surcharge", "commission", "profit", "opslag"];

/// Every name of a property in a schema or parameter of the document.
fn property_names(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, inside) in members {
                if name == "properties" {
                    names.extend(inside.as_object().into_iter().flatten().map(|(name, _)| name.clone()));
                }
                if name == "name" {
                    names.extend(inside.as_str().map(str::to_owned));
                }
                property_names(inside, names);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| property_names(item, names)),
        _ => {}
    }
}

/// The words of a name such as `grossPayCents`.
fn words(name: &str) -> Vec<String> {
    let spaced: String = name.chars().flat_map(|c| [c.is_uppercase().then_some(' '), Some(c)]).flatten().collect();
    spaced.to_lowercase().split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect()
}

/// shows: F10
#[test]
fn nothing_in_the_whole_document_is_named_after_a_fee_or_a_margin() {
    let mut names = Vec::new();
    property_names(&Document::committed().json, &mut names);
    assert!(names.len() > 500 && names.iter().any(|name| name == "grossPayCents"), "{}", names.len());
    let found: Vec<_> =
        names.iter().filter(|name| words(name).iter().any(|word| ON_TOP.contains(&word.as_str()))).collect();
    assert!(found.is_empty(), "{found:?}");
}

on_both! {
    /// shows: F09
    fn an_hour_costs_its_components_and_no_field_takes_more(service) {
        let placed = Placed::accepted(service);
        let draft = json!({"validFromDate": "2027-01-01", "grossPayCents": 3512, "choiceBudgetCents": 602, "employerChargesCents": 911});
        for more in ["marginCents", "feeCents", "surchargeCents", "commissionCents", "opslagCents", "centsPerHour", "marginPercentage"] {
            let mut with_more = draft.clone();
            with_more[more] = json!(100);
            placed.finance.client.post(&rates(&placed), &with_more).names(&[more]);
        }
        assert!(placed.finance.client.get(&rates(&placed)).expect(200).ids().is_empty(), "nothing was laid down");
        let rate = placed.finance.client.post(&rates(&placed), &draft).expect(201);
        assert_eq!((&rate.body["centsPerHour"], &rate.body["otherActualCostCents"]), (&json!(5025), &json!(0)));
        assert_eq!(placed.finance.client.get(&rate.headers["location"]).expect(200).body, rate.body);
    }

    fn faults_of_a_rate_are_named_and_other_cost_says_what_it_is(service) {
        let placed = Placed::accepted(service);
        let post = |draft: Value| placed.finance.client.post(&rates(&placed), &draft);
        post(json!({"grossPayCents": 0, "choiceBudgetCents": -1, "employerChargesCents": 1.5}))
            .names(&["validFromDate", "grossPayCents", "choiceBudgetCents", "employerChargesCents"]);
        post(json!({"validFromDate": "1 januari", "grossPayCents": 3500})).names(&["validFromDate"]);
        let other = |cents: i64, what: Value| json!({"validFromDate": "2027-01-01", "grossPayCents": 3500,
            "otherActualCostCents": cents, "otherActualCostDescription": what});
        post(other(25, Value::Null)).names(&["otherActualCostDescription"]);
        post(other(25, json!("  "))).names(&["otherActualCostDescription"]);
        post(other(0, json!("Opslag"))).names(&["otherActualCostDescription"]);
        assert!(placed.finance.client.get(&rates(&placed)).expect(200).ids().is_empty());
        assert_eq!(post(other(25, json!("Reiskosten volgens de cao"))).expect(201).body["centsPerHour"], json!(3525));
    }

    fn a_rate_follows_the_one_before_and_never_changes_a_day_that_was_charged(service) {
        let placed = Placed::running(service);
        let lay_down = |from: &str| {
            let draft = json!({"validFromDate": from, "grossPayCents": 3600});
            placed.finance.client.post(&rates(&placed), &draft)
        };
        for from in ["2027-01-01", "2026-07-01"] {
            let refused = lay_down(from).refused(409, "rate_not_later");
            assert!(refused.text_at("/detail").contains("validFromDate must be after 2027-01-01"), "{}", refused.text);
        }
        placed.at("2027-06-25T17:00:00Z");
        placed.worked("2027-W25", &[("2027-06-22", 480)]);
        let draft = placed.draft_charge("2027-06");
        lay_down("2027-06-22").refused(409, "rate_not_later");
        placed.finance.client.transition(&draft, "discards", &Value::Null).expect(200);
        lay_down("2027-06-22").expect(201);
        let statement = placed.finance.client.get(&placed.draft_charge("2027-06")).expect(200);
        assert_eq!(statement.body["lines"][0]["centsPerHour"], json!(3600));
        assert_eq!(placed.finance.client.get(&rates(&placed)).expect(200).ids().len(), 2);
    }

    /// shows: F09
    fn each_day_is_charged_at_its_own_rate_when_the_rate_changes_in_the_month(service) {
        let placed = Placed::running(service);
        placed.at("2027-07-02T17:00:00Z");
        placed.worked("2027-W22", &[("2027-06-01", 480)]);
        placed.worked("2027-W24", &[("2027-06-15", 480), ("2027-06-16", 60)]);
        placed.lay_down_rate("2027-06-16", 3625);
        placed.worked("2027-W26", &[("2027-06-29", 450)]);
        let statement = placed.finance.client.get(&placed.draft_charge("2027-06")).expect(200);
        let lines = statement.body["lines"].as_array().unwrap().iter();
        let priced: Vec<_> = lines.map(|line| (line["date"].as_str().unwrap(), line["centsPerHour"].clone(), line["amountCents"].clone())).collect();
        let expected = [("2027-06-01", 5000, 40_000), ("2027-06-15", 5000, 40_000), ("2027-06-16", 5125, 5125), ("2027-06-29", 5125, 38_438)];
        assert_eq!(priced, expected.map(|(day, rate, amount)| (day, json!(rate), json!(amount))));
        assert_eq!(statement.body["totalCents"], json!(123_563));
    }

    fn what_somebody_costs_is_known_to_them_and_at_home_to_finance_and_administrators(service) {
        let placed = Placed::confirmed(service);
        let path = rates(&placed);
        let rate = format!("/cost-rates/{}", placed.finance.client.get(&path).expect(200).ids()[0]);
        let own = placed.dossier.employee.client.get(&rate).expect(200);
        assert_eq!(own.body, placed.finance.client.get(&rate).expect(200).body);
        let draft = json!({"validFromDate": "2027-09-01", "grossPayCents": 9900});
        let dossier = &placed.dossier;
        for reader in [&dossier.employee, &dossier.home.administrator] {
            assert_eq!(reader.client.get(&path).expect(200).ids().len(), 1);
            reader.client.get(&rate).expect(200);
            reader.client.post(&path, &draft).refused(403, "not_allowed");
        }
        for other in [&placed.host_finance, &dossier.manager, &dossier.owner, &dossier.host.administrator] {
            other.client.get(&rate).refused(404, "not_found");
            other.client.get(&path).refused(404, "not_found");
            other.client.post(&path, &draft).refused(404, "not_found");
        }
        assert_eq!(placed.finance.client.get(&path).expect(200).ids().len(), 1);
    }
}
