//! Charge statements: who sees them, what home and host do with them, and how they are credited.

use contract_tests::{Client, Placed, Service, on_both};
use serde_json::{Value, json};

/// A placement that runs, on 2 July, with a draft of one day of June that costs 400 euros: the statement and the timesheet.
fn drafted(service: &Service) -> (Placed<'_>, String, String) {
    let placed = Placed::running(service);
    placed.at("2027-07-02T08:00:00Z");
    let sheet = placed.worked("2027-W22", &[("2027-06-01", 480)]);
    let statement = placed.draft_charge("2027-06");
    (placed, statement, sheet)
}

/// The same, issued.
fn issued(service: &Service) -> (Placed<'_>, String, String) {
    let (placed, statement, sheet) = drafted(service);
    placed.finance.client.transition(&statement, "issuances", &Value::Null).expect(200);
    (placed, statement, sheet)
}

/// The ids that this client finds among the statements.
fn listed(client: &Client) -> Vec<String> {
    client.get("/charge-statements").expect(200).ids()
}

on_both! {
    fn a_draft_is_the_issuers_own_and_the_host_sees_it_once_it_is_issued(service) {
        let (placed, statement, _) = drafted(service);
        let dossier = &placed.dossier;
        let others = [&placed.host_finance, &dossier.owner, &dossier.employee, &dossier.manager,
            &dossier.home.administrator, &dossier.host.administrator];
        for other in others {
            other.client.get(&statement).refused(404, "not_found");
            for below in ["ubl", "pdf", "setu"] {
                other.client.get(&format!("{statement}/{below}")).refused(404, "not_found");
            }
            assert!(listed(&other.client).is_empty());
        }
        assert_eq!(listed(&placed.finance.client).len(), 1);
        placed.finance.client.transition(&statement, "issuances", &Value::Null).expect(200);
        let own = placed.finance.client.get(&statement).expect(200);
        for reader in [&placed.host_finance, &dossier.owner] {
            assert_eq!(reader.client.get(&statement).expect(200).body["lines"], own.body["lines"]);
        }
        assert_eq!(listed(&placed.host_finance.client), listed(&placed.finance.client));
        for other in &others[2..] {
            other.client.get(&statement).refused(404, "not_found");
        }
    }

    fn the_list_is_narrowed_by_organisation_placement_state_and_month(service) {
        let (placed, _, _) = issued(service);
        let found = |client: &Client, query: &str| client.get(&format!("/charge-statements?{query}")).expect(200).ids().len();
        let placement = placed.placement.trim_start_matches("/placements/");
        let home = format!("organisationId={}", placed.dossier.home.id);
        for (query, count) in [(home.as_str(), 1), ("state=ISSUED", 1), ("state=DRAFT", 0), ("month=2027-06", 1), ("month=2027-07", 0),
            (&format!("placementId={placement}"), 1), ("placementId=01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17", 0)] {
            assert_eq!(found(&placed.finance.client, query), count, "{query}");
        }
        placed.host_finance.client.get(&format!("/charge-statements?{home}")).refused(403, "not_allowed");
        placed.finance.client.get("/charge-statements?month=juni").names(&["month"]);
        placed.finance.client.get("/charge-statements?state=SENT").names(&["state"]);
    }

    /// shows: Z10
    fn home_issues_and_records_the_payment_and_host_accepts(service) {
        let (placed, statement, _) = drafted(service);
        let (home, host) = (&placed.finance.client, &placed.host_finance.client);
        home.transition(&statement, "acceptances", &Value::Null).refused(409, "transition_not_listed");
        let issued = home.transition(&statement, "issuances", &Value::Null).expect(200);
        assert_eq!((issued.text_at("/number"), issued.text_at("/dueDate")), ("2027-00001", "2027-08-01"));
        assert_eq!((issued.text_at("/issuedAt"), issued.text_at("/references/buyerReference")), ("2027-07-02T08:00:00Z", "RUIMTE-2027"));
        home.transition(&statement, "discards", &Value::Null).refused(409, "transition_not_listed");
        home.transition(&statement, "issuances", &Value::Null).refused(409, "transition_not_listed");
        home.transition(&statement, "acceptances", &Value::Null).refused(403, "not_allowed");
        let paid = |day: &str| home.transition(&statement, "payments", &json!({"paidDate": day}));
        paid("2027-07-02").refused(409, "transition_not_listed");
        placed.dossier.owner.client.transition(&statement, "acceptances", &Value::Null).refused(403, "not_allowed");
        host.with("If-Match", "\"1-0\"").act(&format!("{statement}/acceptances")).refused(412, "revision_stale");
        assert_eq!(host.transition(&statement, "acceptances", &Value::Null).expect(200).text_at("/state"), "ACCEPTED");
        host.transition(&statement, "payments", &json!({"paidDate": "2027-07-02"})).refused(403, "not_allowed");
        paid("2027-07-03").names(&["paidDate"]);
        paid("2027-07-01").names(&["paidDate"]);
        home.transition(&statement, "payments", &json!({})).names(&["paidDate"]);
        assert_eq!(home.get(&statement).expect(200).text_at("/state"), "ACCEPTED", "nothing was recorded");
        let paid = paid("2027-07-02").expect(200);
        assert_eq!((paid.text_at("/state"), paid.text_at("/paidDate")), ("PAID", "2027-07-02"));
    }

    fn a_dispute_has_a_reason_and_ends_in_acceptance(service) {
        let (placed, statement, _) = issued(service);
        let host = &placed.host_finance.client;
        host.transition(&statement, "disputes", &json!({})).names(&["reason"]);
        let reason = json!({"reason": "Dinsdag 1 juni was een halve dag."});
        placed.finance.client.transition(&statement, "disputes", &reason).refused(403, "not_allowed");
        let disputed = host.transition(&statement, "disputes", &reason).expect(200);
        assert_eq!((disputed.text_at("/state"), disputed.text_at("/disputeReason")), ("DISPUTED", "Dinsdag 1 juni was een halve dag."));
        host.transition(&statement, "disputes", &reason).refused(409, "transition_not_listed");
        placed.finance.client.transition(&statement, "payments", &json!({"paidDate": "2027-07-02"})).refused(409, "transition_not_listed");
        host.transition(&statement, "acceptances", &Value::Null).expect(200);
    }

    /// shows: Z10
    fn a_counter_statement_credits_exactly_what_a_correction_took(service) {
        let (placed, statement, sheet) = issued(service);
        let counters = format!("{statement}/counter-statements");
        let before = placed.finance.client.get(&statement).expect(200);
        placed.finance.client.act(&counters).refused(409, "nothing_to_charge");
        placed.corrected(&sheet, &[("2027-06-01", 455)]);
        placed.host_finance.client.act(&counters).refused(403, "not_allowed");
        let counter = placed.finance.client.act(&counters).expect(201);
        assert_eq!((counter.text_at("/kind"), counter.text_at("/state")), ("COUNTER", "DRAFT"));
        assert_eq!(format!("/charge-statements/{}", counter.text_at("/countersId")), statement);
        let mut amounts: Vec<_> = counter.body["lines"].as_array().unwrap().iter().map(|line| line["amountCents"].as_i64().unwrap()).collect();
        amounts.sort_unstable();
        assert_eq!((amounts.as_slice(), &counter.body["totalCents"]), ([-40_000, 37_917].as_slice(), &json!(-2083)));
        placed.finance.client.act(&counters).refused(409, "nothing_to_charge");
        let path = counter.headers["location"].clone();
        placed.host_finance.client.get(&path).refused(404, "not_found");
        assert_eq!(placed.finance.client.transition(&path, "issuances", &Value::Null).expect(200).text_at("/number"), "2027-00002");
        placed.host_finance.client.get(&path).expect(200);
        let after = placed.finance.client.get(&statement).expect(200);
        assert_eq!(after.text, before.text, "what was issued is as it was issued");
    }

    fn a_week_that_two_statements_share_is_credited_to_each_for_its_own_days(service) {
        let placed = Placed::running(service);
        placed.at("2027-08-02T08:00:00Z");
        let sheet = placed.worked("2027-W26", &[("2027-06-29", 480), ("2027-07-01", 300)]);
        let (june, july) = (placed.charge("2027-06").remove(0), placed.charge("2027-07").remove(0));
        let correction = placed.corrected(&sheet, &[("2027-06-29", 240), ("2027-07-01", 240), ("2027-07-02", 60)]);
        let credited = |statement: &str| {
            let counter = placed.finance.client.act(&format!("{statement}/counter-statements")).expect(201);
            counter.body["totalCents"].clone()
        };
        let state = || placed.finance.client.get(&correction).expect(200).text_at("/state").to_owned();
        assert_eq!((credited(&june), credited(&july)), (json!(-20_000), json!(-5000)));
        assert_eq!(state(), "APPROVED", "the day that was added is not charged yet");
        let added = placed.finance.client.get(&placed.draft_charge("2027-07")).expect(200);
        assert_eq!((&added.body["totalCents"], state().as_str()), (&json!(5000), "CHARGED"));
    }

    fn a_correction_of_a_correction_is_credited_in_one_go(service) {
        let (placed, statement, sheet) = issued(service);
        placed.corrected(&sheet, &[("2027-06-01", 300)]);
        placed.corrected(&sheet, &[("2027-06-01", 240)]);
        let counter = placed.finance.client.act(&format!("{statement}/counter-statements")).expect(201);
        assert_eq!((&counter.body["totalMinutes"], &counter.body["totalCents"]), (&json!(-240), &json!(-20_000)));
    }

    fn a_correction_upwards_is_no_credit_and_goes_into_the_next_run(service) {
        let (placed, statement, sheet) = issued(service);
        placed.corrected(&sheet, &[("2027-06-01", 510)]);
        placed.finance.client.act(&format!("{statement}/counter-statements")).refused(409, "not_a_credit");
        let next = placed.finance.client.get(&placed.draft_charge("2027-07")).expect(200);
        assert_eq!((next.text_at("/kind"), &next.body["totalCents"], &next.body["totalMinutes"]), ("CHARGE", &json!(2500), &json!(30)));
    }

    fn a_run_in_which_corrections_outweigh_the_hours_credits(service) {
        let (placed, statement, sheet) = issued(service);
        placed.corrected(&sheet, &[("2027-06-01", 0)]);
        let credit = placed.finance.client.get(&placed.draft_charge("2027-07")).expect(200);
        assert_eq!((credit.text_at("/kind"), &credit.body["totalCents"]), ("COUNTER", &json!(-40_000)));
        assert_eq!(format!("/charge-statements/{}", credit.text_at("/countersId")), statement);
    }

    fn a_draft_is_discarded_rather_than_credited(service) {
        let (placed, statement, sheet) = drafted(service);
        placed.corrected(&sheet, &[("2027-06-01", 240)]);
        placed.finance.client.act(&format!("{statement}/counter-statements")).refused(409, "not_a_credit");
        let run = placed.run("2027-06", true).expect(200);
        assert_eq!((&run.body["statementIds"], run.text_at("/left/0/code")), (&json!([]), "not_a_credit"));
        assert_eq!(format!("/placements/{}", run.text_at("/left/0/placementId")), placed.placement);
        placed.finance.client.transition(&statement, "discards", &Value::Null).expect(200);
        let anew = placed.finance.client.get(&placed.draft_charge("2027-06")).expect(200);
        assert_eq!((&anew.body["totalMinutes"], &anew.body["totalCents"]), (&json!(240), &json!(20_000)));
    }
}
