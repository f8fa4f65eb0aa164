//! Corrections: what was approved is never changed; reversals and new lines follow it.

use contract_tests::{Placed, on_both};
use serde_json::{Value, json};

on_both! {
    fn a_correction_reverses_what_stood_line_by_line(service) {
        let placed = Placed::running(service);
        placed.at("2027-06-04T17:00:00Z");
        let sheet = placed.worked("2027-W22", &[("2027-06-01", 480), ("2027-06-02", 240)]);
        let (sanne, olga) = (&placed.dossier.employee.client, &placed.dossier.owner.client);
        let before = sanne.get(&sheet).expect(200);
        let days = json!({"lines": [{"date": "2027-06-01", "minutes": 450}, {"date": "2027-06-02", "minutes": 240},
            {"date": "2027-06-03", "minutes": 60, "note": "Terugkoppeling"}]});
        let correction = sanne.post(&format!("{sheet}/corrections"), &days).expect(201);
        assert_eq!((&correction.body["number"], &correction.body["isCorrection"]), (&json!(2), &json!(true)));
        let lines = correction.body["lines"].as_array().unwrap();
        let minutes: Vec<_> = lines.iter().map(|line| (line["date"].as_str().unwrap(), line["minutes"].as_i64().unwrap())).collect();
        assert_eq!(minutes, [("2027-06-01", -480), ("2027-06-01", 450), ("2027-06-03", 60)], "the second day stands as it was");
        assert_eq!((&lines[0]["reversesId"], &lines[1]["reversesId"]), (&before.body["lines"][0]["id"], &Value::Null));
        assert_eq!((&correction.body["totalMinutes"], correction.text_at("/state")), (&json!(30), "SUBMITTED"));
        let path = correction.headers["location"].clone();
        sanne.transition(&path, "approvals", &Value::Null).refused(403, "not_allowed");
        olga.transition(&path, "approvals", &Value::Null).expect(200);
        assert_eq!(sanne.get(&sheet).expect(200).text, before.text, "the first one is as it was approved");
    }

    fn a_correction_can_be_corrected_and_a_day_taken_back(service) {
        let placed = Placed::running(service);
        placed.at("2027-06-04T17:00:00Z");
        let sheet = placed.worked("2027-W22", &[("2027-06-01", 480)]);
        let second = placed.corrected(&sheet, &[("2027-06-01", 300)]);
        let third = placed.corrected(&second, &[("2027-06-01", 0)]);
        let (sanne, second) = (&placed.dossier.employee.client, placed.dossier.employee.client.get(&second).expect(200));
        let third = sanne.get(&third).expect(200);
        assert_eq!(third.body["lines"].as_array().map(Vec::len), Some(1), "nothing stands instead: {}", third.text);
        assert_eq!(third.body["lines"][0]["reversesId"], second.body["lines"][1]["id"], "what stood last is what is reversed");
        let all = sanne.get(&format!("{}/timesheets", placed.placement)).expect(200);
        let sum: i64 = all.body["items"].as_array().unwrap().iter().map(|sheet| sheet["totalMinutes"].as_i64().unwrap()).sum();
        assert_eq!(sum, 0);
    }

    fn there_is_nothing_to_correct_before_approval_while_one_waits_or_where_nothing_differs(service) {
        let placed = Placed::running(service);
        placed.at("2027-06-04T17:00:00Z");
        let sanne = &placed.dossier.employee.client;
        let sheet = format!("/timesheets/{}", placed.write("2027-W22", &[("2027-06-01", 480)]).expect(201).id());
        let corrections = format!("{sheet}/corrections");
        let days = json!({"lines": [{"date": "2027-06-01", "minutes": 300}]});
        sanne.post(&corrections, &days).refused(409, "nothing_to_correct");
        placed.dossier.owner.client.transition(&sheet, "approvals", &Value::Null).expect(200);
        sanne.post(&corrections, &json!({"lines": [{"date": "2027-06-01", "minutes": 480}]})).refused(409, "nothing_to_correct");
        sanne.post(&corrections, &json!({"lines": [{"date": "2027-06-08", "minutes": 480}]})).names(&["lines.0.date"]);
        sanne.post(&corrections, &json!({"lines": [{"date": "2027-06-01", "minutes": 1441}]})).names(&["lines.0.minutes"]);
        placed.dossier.owner.client.post(&corrections, &days).refused(403, "not_allowed");
        sanne.post(&corrections, &days).expect(201);
        sanne.post(&corrections, &days).refused(409, "nothing_to_correct");
        assert_eq!(sanne.get(&format!("{}/timesheets", placed.placement)).expect(200).ids().len(), 2);
    }

    fn a_correction_upwards_has_to_fit_like_any_hours(service) {
        let placed = Placed::running(service);
        placed.at("2027-06-04T17:00:00Z");
        let sheet = placed.worked("2027-W22", &[("2027-06-01", 480), ("2027-06-02", 300)]);
        let correct = |minutes: i64| {
            let days = json!({"lines": [{"date": "2027-06-02", "minutes": minutes}]});
            placed.dossier.employee.client.post(&format!("{sheet}/corrections"), &days)
        };
        correct(385).refused(409, "no_room");
        correct(384).expect(201);
    }

    fn a_rejected_correction_leaves_what_was_approved(service) {
        let placed = Placed::running(service);
        placed.at("2027-06-04T17:00:00Z");
        let sheet = placed.worked("2027-W22", &[("2027-06-01", 480)]);
        let (sanne, olga) = (&placed.dossier.employee.client, &placed.dossier.owner.client);
        let days = json!({"lines": [{"date": "2027-06-01", "minutes": 60}]});
        let correction = sanne.post(&format!("{sheet}/corrections"), &days).expect(201).headers["location"].clone();
        olga.transition(&correction, "rejections", &json!({"reason": "Je was er de hele dag."})).expect(200);
        let statement = placed.finance.client.get(&placed.draft_charge("2027-06")).expect(200);
        assert_eq!(statement.body["totalMinutes"], json!(480));
        // Written anew it reverses the same line again.
        let anew = sanne.put(&correction, &json!({"lines": [{"date": "2027-06-01", "minutes": 420}]})).expect(200);
        assert_eq!((&anew.body["lines"][0]["minutes"], &anew.body["totalMinutes"]), (&json!(-480), &json!(-60)));
    }
}
