//! Charge runs: approved hours are charged month by month, each of them exactly once.

use contract_tests::{Answer, Placed, on_both};
use serde_json::{Value, json};

/// The paths of the statements that a run made.
fn made(run: &Answer) -> Vec<String> {
    let ids = run.body["statementIds"].as_array().unwrap().iter();
    ids.map(|id| format!("/charge-statements/{}", id.as_str().unwrap())).collect()
}

on_both! {
    /// shows: Z10 F09
    fn a_run_charges_approved_hours_and_nothing_else(service) {
        let placed = Placed::running(service);
        placed.at("2027-07-09T17:00:00Z");
        let first = placed.worked("2027-W22", &[("2027-06-01", 480)]);
        placed.worked("2027-W23", &[("2027-06-08", 455)]);
        placed.worked("2027-W27", &[("2027-07-06", 480)]);
        placed.write("2027-W24", &[("2027-06-15", 480)]).expect(201);
        let statement = placed.finance.client.get(&placed.draft_charge("2027-06")).expect(200);
        assert_eq!((statement.text_at("/state"), statement.text_at("/kind")), ("DRAFT", "CHARGE"));
        assert_eq!((statement.text_at("/issuerId"), statement.text_at("/recipientId")),
            (placed.dossier.home.id.as_str(), placed.dossier.host.id.as_str()));
        // 455 minutes at 50 euros an hour are 379.1666… euros: rounded once, and the lines add up to the total.
        let amounts: Vec<_> = statement.body["lines"].as_array().unwrap().iter().map(|line| line["amountCents"].as_i64().unwrap()).collect();
        assert_eq!((amounts.as_slice(), &statement.body["totalCents"]), ([40_000, 37_917].as_slice(), &json!(77_917)));
        assert_eq!((&statement.body["vatCents"], &statement.body["payableCents"]), (&json!(0), &json!(77_917)));
        assert_eq!(placed.dossier.employee.client.get(&first).expect(200).text_at("/state"), "CHARGED");
        let july = placed.finance.client.get(&placed.draft_charge("2027-07")).expect(200);
        assert_eq!(july.body["totalMinutes"], json!(480));
    }

    fn a_run_repeated_charges_nothing_twice(service) {
        let placed = Placed::running(service);
        placed.at("2027-07-02T17:00:00Z");
        placed.worked("2027-W22", &[("2027-06-01", 480)]);
        let late = format!("/timesheets/{}", placed.write("2027-W23", &[("2027-06-08", 300)]).expect(201).id());
        let draft = placed.draft_charge("2027-06");
        for month in ["2027-06", "2027-07", "2027-05"] {
            assert!(made(&placed.run(month, true).expect(200)).is_empty());
        }
        // What is approved later comes in a statement of its own.
        placed.dossier.owner.client.transition(&late, "approvals", &Value::Null).expect(200);
        let second = placed.draft_charge("2027-06");
        let minutes = |path: &str| placed.finance.client.get(path).expect(200).body["totalMinutes"].clone();
        assert_eq!((minutes(&draft), minutes(&second)), (json!(480), json!(300)));
    }

    fn a_run_under_the_same_key_answers_the_same(service) {
        let placed = Placed::running(service);
        placed.at("2027-07-02T17:00:00Z");
        placed.worked("2027-W22", &[("2027-06-01", 480)]);
        let finance = placed.finance.client.with("Idempotency-Key", "run-2027-06-oss");
        let path = format!("/organisations/{}/charge-runs", placed.dossier.home.id);
        let run = || finance.post(&path, &json!({"month": "2027-06", "issue": true})).expect(200);
        let first = run();
        assert_eq!((made(&first).len(), run().text), (1, first.text.clone()));
    }

    fn what_a_discarded_draft_held_is_charged_again(service) {
        let placed = Placed::running(service);
        placed.at("2027-07-02T17:00:00Z");
        let sheet = placed.worked("2027-W22", &[("2027-06-01", 480)]);
        let draft = placed.draft_charge("2027-06");
        placed.host_finance.client.with("If-Match", "*").act(&format!("{draft}/discards")).refused(404, "not_found");
        let discarded = placed.finance.client.transition(&draft, "discards", &Value::Null).expect(200);
        assert_eq!((discarded.text_at("/state"), &discarded.body["lines"]), ("DISCARDED", &json!([])));
        assert_eq!(placed.dossier.employee.client.get(&sheet).expect(200).text_at("/state"), "APPROVED");
        placed.finance.client.transition(&draft, "issuances", &Value::Null).refused(409, "transition_not_listed");
        let issued = &placed.charge("2027-06")[0];
        let issued = placed.finance.client.get(issued).expect(200);
        assert_eq!((&issued.body["totalCents"], issued.text_at("/number")), (&json!(40_000), "2027-00001"));
    }

    fn numbers_follow_one_another_without_gaps_whatever_was_discarded(service) {
        let placed = Placed::running(service);
        placed.at("2027-09-06T17:00:00Z");
        let mut numbers = Vec::new();
        for (week, day, month) in [("2027-W22", "2027-06-01", "2027-06"), ("2027-W27", "2027-07-06", "2027-07"), ("2027-W31", "2027-08-03", "2027-08")] {
            placed.worked(week, &[(day, 480)]);
            placed.finance.client.transition(&placed.draft_charge(month), "discards", &Value::Null).expect(200);
            numbers.push(placed.finance.client.get(&placed.charge(month)[0]).expect(200).text_at("/number").to_owned());
        }
        assert_eq!(numbers, ["2027-00001", "2027-00002", "2027-00003"]);
    }

    fn only_finance_of_the_organisation_that_lends_runs(service) {
        let placed = Placed::running(service);
        placed.at("2027-07-02T17:00:00Z");
        placed.worked("2027-W22", &[("2027-06-01", 480)]);
        let path = format!("/organisations/{}/charge-runs", placed.dossier.home.id);
        let dossier = &placed.dossier;
        for other in [&placed.host_finance, &dossier.manager, &dossier.owner, &dossier.employee, &dossier.home.administrator] {
            other.client.post(&path, &json!({"month": "2027-06"})).refused(403, "not_allowed");
        }
        for month in ["2027-13", "juni", "2027-6", "20270-1"] {
            placed.run(month, false).names(&["month"]);
        }
        placed.finance.client.post(&path, &json!({"month": "2027-06", "feeCents": 100})).names(&["feeCents"]);
        let host = format!("/organisations/{}/charge-runs", dossier.host.id);
        let run = placed.host_finance.client.post(&host, &json!({"month": "2027-06"})).expect(200);
        assert!(made(&run).is_empty(), "a host has nothing to charge for it");
        assert_eq!(placed.finance.client.get("/charge-statements").expect(200).ids().len(), 0);
    }

    fn of_many_runs_at_once_one_charges(service) {
        let placed = Placed::running(service);
        placed.at("2027-07-02T17:00:00Z");
        placed.worked("2027-W22", &[("2027-06-01", 480)]);
        placed.worked("2027-W23", &[("2027-06-08", 480)]);
        let runs: Vec<Answer> = std::thread::scope(|scope| {
            let runs: Vec<_> = (0..5).map(|_| scope.spawn(|| placed.run("2027-06", true).expect(200))).collect();
            runs.into_iter().map(|run| run.join().unwrap()).collect()
        });
        let statements: Vec<String> = runs.iter().flat_map(made).collect();
        assert_eq!(statements.len(), 1);
        let statement = placed.finance.client.get(&statements[0]).expect(200);
        assert_eq!((&statement.body["totalCents"], statement.text_at("/number")), (&json!(80_000), "2027-00001"));
    }

    fn of_two_that_are_issued_at_once_each_gets_a_number_of_its_own(service) {
        let placed = Placed::running(service);
        placed.at("2027-08-02T17:00:00Z");
        placed.worked("2027-W22", &[("2027-06-01", 480)]);
        let june = placed.draft_charge("2027-06");
        placed.worked("2027-W27", &[("2027-07-06", 480)]);
        let july = placed.draft_charge("2027-07");
        let issue = |path: &str| placed.finance.client.transition(path, "issuances", &Value::Null).expect(200);
        let (one, other) = std::thread::scope(|scope| {
            let one = scope.spawn(|| issue(&june));
            let other = issue(&july);
            (one.join().unwrap(), other)
        });
        let mut numbers = [one.text_at("/number"), other.text_at("/number")];
        numbers.sort_unstable();
        assert_eq!(numbers, ["2027-00001", "2027-00002"]);
    }
}
