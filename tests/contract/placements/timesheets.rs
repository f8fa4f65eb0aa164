//! Timesheets: the employee writes hours week by week, the client approves or rejects them.

use contract_tests::{Placed, Scope, on_both};
use serde_json::{Value, json};

/// The path of the timesheets of a placement.
fn sheets(placed: &Placed<'_>) -> String {
    format!("{}/timesheets", placed.placement)
}

on_both! {
    fn only_the_employee_writes_hours_and_only_from_the_first_day_on(service) {
        let placed = Placed::confirmed(service);
        let draft = json!({"week": "2027-W22", "lines": [{"date": "2027-06-01", "minutes": 480}], "submit": true});
        placed.dossier.employee.client.post(&sheets(&placed), &draft).refused(409, "no_timesheet_duty");
        placed.at("2027-06-01T17:00:00Z");
        for other in [&placed.dossier.manager, &placed.dossier.owner, &placed.finance, &placed.host_finance] {
            other.client.post(&sheets(&placed), &draft).refused(403, "not_allowed");
        }
        let stranger = placed.dossier.world.employee(&placed.dossier.home, "Sjaak Buiten");
        stranger.client.post(&sheets(&placed), &draft).refused(404, "not_found");
        assert!(placed.dossier.employee.client.get(&sheets(&placed)).expect(200).ids().is_empty());
        let written = placed.dossier.employee.client.post(&sheets(&placed), &draft).expect(201);
        assert_eq!((written.text_at("/state"), written.text_at("/week")), ("SUBMITTED", "2027-W22"));
        assert_eq!((&written.body["totalMinutes"], &written.body["isCorrection"]), (&json!(480), &json!(false)));
    }

    fn every_day_has_its_limits_and_all_faults_are_named_at_once(service) {
        let placed = Placed::running(service);
        placed.at("2027-06-04T17:00:00Z");
        let write = |days: &[(&str, i64)]| placed.write("2027-W22", days);
        write(&[("2027-06-01", 1441)]).names(&["lines.0.minutes"]);
        write(&[("2027-06-01", -1)]).names(&["lines.0.minutes"]);
        let nothing = write(&[("2027-06-01", 0)]);
        assert!(nothing.text.contains("must be 1 to 1440"), "{}", nothing.text);
        nothing.names(&["lines.0.minutes"]);
        // 31 May lies in the week and before the placement, 7 June after the week; a day stands there once.
        let faults = write(&[("2027-05-31", 60), ("2027-06-07", 60), ("2027-06-01", 60), ("2027-06-01", 60)]);
        assert!(faults.text.contains("2027-06-01 to 2027-11-30"), "{}", faults.text);
        faults.names(&["lines.0.date", "lines.1.date", "lines.3.date"]);
        write(&[]).names(&["lines"]);
        write(&[("2027-06-05", 60)]).names(&["lines"]);
        placed.write("2027-W54", &[("2027-06-01", 60)]).names(&["week"]);
        placed.write("juni", &[("2027-06-01", 60)]).names(&["week"]);
        assert!(placed.dossier.employee.client.get(&sheets(&placed)).expect(200).ids().is_empty(), "nothing was written");
    }

    fn more_than_the_arrangement_gives_in_a_week_does_not_fit(service) {
        let placed = Placed::running(service);
        placed.at("2027-06-04T17:00:00Z");
        let refused = placed.write("2027-W22", &[("2027-06-01", 480), ("2027-06-02", 385)]).refused(409, "no_room");
        assert!(refused.text_at("/detail").contains("864 minutes"), "{}", refused.text);
        assert!(placed.dossier.employee.client.get(&sheets(&placed)).expect(200).ids().is_empty());
        placed.write("2027-W22", &[("2027-06-01", 480), ("2027-06-02", 384)]).expect(201);
    }

    fn more_than_was_agreed_in_all_does_not_fit(service) {
        // 480 minutes a week for the four weeks that the period touches: 1920 in all.
        let dossier = contract_tests::Dossier::open(service);
        let mut placed = Placed::offered(service, dossier, &json!({"endDate": "2027-06-25"}));
        placed.arrange();
        placed.confirm().expect(200);
        placed.at("2027-06-25T17:00:00Z");
        placed.worked("2027-W22", &[("2027-06-01", 432), ("2027-06-02", 432)]);
        placed.worked("2027-W23", &[("2027-06-08", 432), ("2027-06-09", 432)]);
        let refused = placed.write("2027-W24", &[("2027-06-15", 193)]).refused(409, "no_room");
        assert!(refused.text_at("/detail").contains("1920 minutes are agreed"), "{}", refused.text);
        placed.write("2027-W24", &[("2027-06-15", 192)]).expect(201);
    }

    fn a_week_has_one_timesheet_and_that_one_is_revised_while_it_is_open(service) {
        let placed = Placed::running(service);
        placed.at("2027-06-04T17:00:00Z");
        let sanne = &placed.dossier.employee.client;
        let draft = json!({"week": "2027-W22", "lines": [{"date": "2027-06-01", "minutes": 300, "note": "Gesprekken"}]});
        let open = sanne.post(&sheets(&placed), &draft).expect(201);
        let sheet = open.headers["location"].clone();
        assert_eq!((open.text_at("/state"), &open.body["submittedAt"]), ("OPEN", &Value::Null));
        sanne.post(&sheets(&placed), &draft).refused(409, "timesheet_exists");
        assert_eq!(sanne.get(&sheet).expect(200).text, open.text, "nothing changed");

        // What is not submitted is the employee's own.
        let olga = &placed.dossier.owner.client;
        olga.get(&sheet).refused(404, "not_found");
        assert!(olga.get(&sheets(&placed)).expect(200).ids().is_empty());
        olga.with("If-Match", "*").act(&format!("{sheet}/approvals")).refused(404, "not_found");

        let days = json!({"lines": [{"date": "2027-06-02", "minutes": 240}, {"date": "2027-06-01", "minutes": 200}]});
        sanne.with("If-Match", "\"99-0\"").send("PUT", &sheet, Some(&days)).refused(412, "revision_stale");
        let revised = sanne.put(&sheet, &days).expect(200);
        assert_eq!((&revised.body["totalMinutes"], revised.text_at("/lines/0/date")), (&json!(440), "2027-06-01"));
        sanne.put(&sheet, &json!({"lines": [{"date": "2027-06-01", "minutes": 0}]})).names(&["lines.0.minutes"]);
        sanne.transition(&sheet, "submissions", &Value::Null).expect(200);
        sanne.put(&sheet, &days).refused(409, "transition_not_listed");
        olga.put(&sheet, &days).refused(409, "transition_not_listed");
        assert_eq!(olga.get(&sheet).expect(200).body["totalMinutes"], json!(440));
        sanne.transition(&sheet, "recalls", &Value::Null).expect(200);
        assert_eq!(sanne.get(&sheet).expect(200).text_at("/state"), "OPEN");
    }

    fn only_the_client_approves_and_after_that_nothing_changes(service) {
        let placed = Placed::running(service);
        placed.at("2027-06-04T17:00:00Z");
        let sheet = format!("/timesheets/{}", placed.write("2027-W22", &[("2027-06-01", 480)]).expect(201).id());
        let (sanne, olga) = (&placed.dossier.employee.client, &placed.dossier.owner.client);
        let reason = json!({"reason": "Dinsdag was je er niet."});
        for other in [sanne, &placed.dossier.manager.client, &placed.finance.client, &placed.host_finance.client] {
            other.transition(&sheet, "approvals", &Value::Null).refused(403, "not_allowed");
            other.transition(&sheet, "rejections", &reason).refused(403, "not_allowed");
        }
        let colleague = placed.dossier.world.client_of(&placed.dossier.host, "Otto Ander");
        colleague.client.with("If-Match", "*").act(&format!("{sheet}/approvals")).refused(404, "not_found");
        let approved = olga.transition(&sheet, "approvals", &Value::Null).expect(200);
        assert_eq!((approved.text_at("/state"), approved.text_at("/decidedById")), ("APPROVED", placed.dossier.owner.id.as_str()));
        for (client, action, body) in [(olga, "approvals", &Value::Null), (olga, "rejections", &reason), (sanne, "recalls", &Value::Null)] {
            client.transition(&sheet, action, body).refused(409, "transition_not_listed");
        }
        sanne.put(&sheet, &json!({"lines": [{"date": "2027-06-01", "minutes": 60}]})).refused(409, "transition_not_listed");
        assert_eq!(olga.get(&sheet).expect(200).body["lines"], approved.body["lines"]);
    }

    fn a_rejected_timesheet_has_a_reason_and_is_written_anew(service) {
        let placed = Placed::running(service);
        placed.at("2027-06-04T17:00:00Z");
        let sheet = format!("/timesheets/{}", placed.write("2027-W22", &[("2027-06-01", 480)]).expect(201).id());
        let (sanne, olga) = (&placed.dossier.employee.client, &placed.dossier.owner.client);
        olga.transition(&sheet, "rejections", &json!({})).names(&["reason"]);
        olga.transition(&sheet, "rejections", &json!({"reason": ""})).names(&["reason"]);
        let reason = "Dinsdagmiddag was je er niet.";
        let rejected = olga.transition(&sheet, "rejections", &json!({"reason": reason})).expect(200);
        assert_eq!((rejected.text_at("/state"), rejected.text_at("/rejectionReason")), ("REJECTED", reason));
        sanne.transition(&sheet, "submissions", &Value::Null).refused(409, "transition_not_listed");
        assert_eq!(placed.finance.client.get(&sheet).expect(200).body["rejectionReason"], Value::Null, "words are between the two");
        let anew = sanne.put(&sheet, &json!({"lines": [{"date": "2027-06-01", "minutes": 240}]})).expect(200);
        assert_eq!((anew.text_at("/state"), &anew.body["rejectionReason"]), ("OPEN", &Value::Null));
        sanne.transition(&sheet, "submissions", &Value::Null).expect(200);
        assert_eq!(olga.transition(&sheet, "approvals", &Value::Null).expect(200).body["totalMinutes"], json!(240));
    }

    fn those_around_the_placement_read_the_hours_and_not_the_words(service) {
        let placed = Placed::running(service);
        placed.at("2027-06-04T17:00:00Z");
        let dossier = &placed.dossier;
        let draft = json!({"week": "2027-W22", "lines": [{"date": "2027-06-01", "minutes": 480, "note": "Gesprekken"}], "submit": true});
        let sheet = dossier.employee.client.post(&sheets(&placed), &draft).expect(201).headers["location"].clone();
        for reader in [&dossier.employee, &dossier.owner] {
            assert_eq!(reader.client.get(&sheet).expect(200).text_at("/lines/0/note"), "Gesprekken");
        }
        for reader in [&dossier.manager, &placed.finance, &placed.host_finance] {
            let seen = reader.client.get(&sheet).expect(200);
            assert_eq!((&seen.body["totalMinutes"], &seen.body["lines"][0]["note"]), (&json!(480), &Value::Null));
            assert_eq!(reader.client.get(&sheets(&placed)).expect(200).ids().len(), 1);
        }
        // Of single hours an administrator learns nothing: the ledger has the totals.
        let elsewhere = dossier.world.organisation("Gemeente Veghel");
        let strange = dossier.world.employee(&elsewhere, "Greta Geld");
        dossier.world.give(&strange, "FINANCE", Scope::Organisation(&elsewhere));
        for administrator in [&dossier.home.administrator, &dossier.host.administrator] {
            administrator.client.get(&sheet).refused(404, "not_found");
            administrator.client.get(&format!("{sheet}/setu")).refused(404, "not_found");
            administrator.client.get(&sheets(&placed)).refused(403, "not_allowed");
        }
        for stranger in [&strange, &elsewhere.administrator, &dossier.world.employee(&dossier.home, "Sjaak Buiten")] {
            stranger.client.get(&sheet).refused(404, "not_found");
            stranger.client.get(&sheets(&placed)).refused(404, "not_found");
        }
    }
}
