//! What files do to people and employments, and that they do it once.

use chrono::TimeDelta;
use contract_tests::on_both;

use super::*;

/// Lets the database fail when somebody with this number is kept, or no longer.
fn trap(service: &Service, number: Option<&str>) {
    let is_postgres = service.database_url().starts_with("postgres");
    service.execute(&match (is_postgres, number) {
        (true, Some(number)) => format!(
            "CREATE FUNCTION trap() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.employee_number = '{number}' THEN RAISE EXCEPTION 'trapped'; END IF; RETURN NEW; END $$;
             CREATE TRIGGER trap BEFORE INSERT ON staff_members FOR EACH ROW EXECUTE FUNCTION trap();"
        ),
        (true, None) => "DROP TRIGGER trap ON staff_members; DROP FUNCTION trap();".to_owned(),
        (false, Some(number)) => format!(
            "CREATE TRIGGER trap BEFORE INSERT ON staff_members WHEN NEW.employee_number = '{number}' BEGIN SELECT RAISE(ABORT, 'trapped'); END;"
        ),
        (false, None) => "DROP TRIGGER trap;".to_owned(),
    });
}

on_both! {
    /// Somebody who was registered by hand is known by the number; who left and works elsewhere is nobody's to take back.
    fn a_file_knows_who_works_there_and_takes_nobody_back_who_works_elsewhere(service) {
        let scene = Scene::set(service);
        let uden = scene.world.organisation("Gemeente Uden");
        let stays = scene.world.employee_with(&scene.oss, "Kim Smit", &json!({"hrExternalId": "0008"}));
        let gone = scene.world.employee_with(&scene.oss, "Piet Peters", &json!({"hrExternalId": "0007"}));
        let end = json!({"endDate": "2027-02-28"});
        scene.hr.patch(&format!("/employments/{}", gone.employment_id), &end).expect(200);
        let there = json!({"personId": gone.id, "function": "Adviseur", "contractMinutesPerWeek": 2160,
            "workingDaysPerWeek": 5, "startDate": "2027-01-01"});
        scene.world.platform.post(&format!("/organisations/{}/employments", uden.id), &there).expect(201);
        scene.load(&file(&[row("0007", "Piet", &[]), row("0008", "Kim", &[])]));
        let held = scene.hr.get(&format!("/employments?personId={}", stays.id)).expect(200);
        assert_eq!(held.ids(), [stays.employment_id.clone()], "nobody is there twice");
        let me = gone.client.get("/me").expect(200);
        assert_eq!(me.body["employments"].as_array().unwrap().len(), 1);
        assert_eq!(me.text_at("/employments/0/organisationId"), uden.id);
        assert_ne!(scene.person("Piet")["id"], gone.id, "they say themselves whether that is the same person");
    }

    fn an_unchanged_file_writes_nothing_but_the_import(service) {
        let scene = Scene::set(service);
        let rows = [row("0001", "Karel", &[]), row("0002", "Sanne", &[("manager", "0001"), ("end", "2028-01-01")]),
            row("0003", "Toekomst", &[("start", "2027-06-01")])];
        scene.load(&file(&rows));
        let before = still(&scene);
        // Another order and other line ends: another file that says the same.
        let same = file(&[rows[2].clone(), rows[0].clone(), rows[1].clone()]).replace("\r\n", "\n");
        let import = scene.apply(&same);
        assert_eq!((import.body["state"].clone(), import.body["chunks"].clone()), (json!("APPLIED"), json!(0)));
        assert_eq!(import.body["applied"]["unchanged"], 3);
        service.tick();
        assert_eq!(still(&scene), before, "revisions stand still and nothing is announced");
    }

    fn who_moves_gets_the_new_department_manager_hours_and_name(service) {
        let scene = Scene::set(service);
        let rows = [row("0001", "Karel", &[]), row("0002", "Mia", &[]), row("0003", "Sanne", &[("manager", "0001"), ("department", "Ruimte")])];
        scene.load(&file(&rows));
        let before = scene.employment("Sanne");
        assert_eq!(before["managerId"], scene.person("Karel")["id"]);
        let moved = row("0003", "Sanne", &[("manager", "0002"), ("department", "Sociaal"), ("hours", "24"), ("family", "Smit"), ("infix", "van der")]);
        let import = scene.apply(&file(&[rows[0].clone(), rows[1].clone(), moved]));
        let rows = scene.hr.get(&scene.path(&format!("staff-imports/{}/rows?outcome=UPDATE", import.id()))).expect(200);
        assert_eq!(rows.body["items"][0]["changedFields"], json!(["INFIX", "FAMILY_NAME", "DEPARTMENT", "MANAGER", "CONTRACT_HOURS"]));
        let after = scene.employment("Sanne");
        assert_eq!((after["id"].clone(), after["managerId"].clone()), (before["id"].clone(), scene.person("Mia")["id"].clone()));
        assert_ne!(after["unitId"], before["unitId"]);
        assert_eq!(after["contractMinutesPerWeek"], 1440);
        let person = scene.person("Sanne");
        assert_eq!((person["infix"].clone(), person["familyName"].clone()), (json!("van der"), json!("Smit")));
    }

    fn a_manager_may_come_later_in_the_file_or_in_a_later_file(service) {
        let scene = Scene::set(service);
        scene.load(&file(&[row("0002", "Sanne", &[("manager", "0009")]), row("0003", "Bo", &[("manager", "0002")])]));
        assert_eq!(scene.employment("Sanne")["managerId"], Value::Null);
        assert_eq!(scene.employment("Bo")["managerId"], scene.person("Sanne")["id"]);
        scene.apply(&file(&[row("0002", "Sanne", &[("manager", "0009")]), row("0003", "Bo", &[("manager", "0002")]), row("0009", "Karel", &[])]));
        assert_eq!(scene.employment("Sanne")["managerId"], scene.person("Karel")["id"]);
    }

    fn who_leaves_loses_access_and_who_returns_has_it_again(service) {
        let scene = Scene::set(service);
        let all = |sanne: &[(&str, &str)]| file(&[row("0001", "Karel", &[]), row("0002", "Sanne", sanne)]);
        scene.load(&all(&[]));
        let id = scene.person("Sanne")["id"].as_str().unwrap().to_owned();
        let sanne = service.client_of(&id);
        sanne.get("/me").expect(200);
        let left = scene.apply(&file(&[row("0001", "Karel", &[])]));
        assert_eq!(scene.rows(&left.id())[0], (None, "0002".to_owned(), "DEACTIVATE".to_owned()));
        sanne.get("/me").refused(401, "token_invalid");
        let gone = scene.hr.get(&format!("/persons/{id}")).expect(200);
        assert_eq!(gone.body["status"], "CLOSED", "the person stays");
        let missing = scene.apply(&file(&[row("0001", "Karel", &[("hours", "24")])]));
        assert_eq!(missing.body["planned"]["deactivate"], 0, "who is gone does not go again");
        let back = scene.apply(&all(&[]));
        assert_eq!(scene.rows(&back.id())[1], (Some(3), "0002".to_owned(), "REACTIVATE".to_owned()));
        assert_eq!(scene.hr.get(&format!("/persons/{id}")).expect(200).body["status"], "INVITED");
        let ended = scene.apply(&all(&[("end", "2027-02-28")]));
        assert_eq!(scene.rows(&ended.id())[1], (Some(3), "0002".to_owned(), "DEACTIVATE".to_owned()));
        let hired = scene.apply(&all(&[("start", "2027-03-01")]));
        assert_eq!(scene.rows(&hired.id())[1], (Some(3), "0002".to_owned(), "REACTIVATE".to_owned()));
        let employments = scene.hr.get(&format!("/employments?personId={id}")).expect(200);
        let periods: Vec<_> = employments.body["items"].as_array().unwrap().iter().map(|one| (one["startDate"].clone(), one["endDate"].clone())).collect();
        assert_eq!(periods, [(json!("2027-03-01"), Value::Null), (json!("2019-03-01"), json!("2027-02-28"))], "hired again is another employment");
    }

    fn who_works_elsewhere_by_now_is_neither_taken_back_nor_renamed(service) {
        let scene = Scene::set(service);
        let uden = scene.world.organisation("Gemeente Uden");
        let (karel, bo) = (row("0001", "Karel", &[]), row("0003", "Bo", &[("manager", "0002")]));
        let with = |sanne: String| file(&[karel.clone(), sanne, bo.clone()]);
        scene.load(&with(row("0002", "Sanne", &[])));
        let id = scene.person("Sanne")["id"].as_str().unwrap().to_owned();
        scene.apply(&file(&[karel.clone(), bo.clone()]));
        let there = json!({"personId": id, "function": "Adviseur", "contractMinutesPerWeek": 2160,
            "workingDaysPerWeek": 5, "startDate": "2027-01-01"});
        scene.world.platform.post(&format!("/organisations/{}/employments", uden.id), &there).expect(201);
        let before = scene.world.platform.get(&format!("/persons/{id}")).expect(200);
        // The old employer puts a name right of somebody who is gone, and then says that they work there again.
        scene.apply(&with(row("0002", "Sanne", &[("family", "Pietersen"), ("end", "2027-02-01")])));
        let back = scene.apply(&with(row("0002", "Sanne", &[("family", "Pietersen")])));
        assert_eq!(scene.rows(&back.id())[1].2, "REACTIVATE");
        let after = scene.world.platform.get(&format!("/persons/{id}")).expect(200);
        assert_eq!(after.body, before.body);
        let of_hers = scene.world.platform.get(&format!("/employments?personId={id}")).expect(200);
        let open: Vec<&Value> = of_hers.body["items"].as_array().unwrap().iter().filter(|one| one["endDate"].is_null()).collect();
        assert_eq!((open.len(), open[0]["organisationId"].as_str()), (1, Some(uden.id.as_str())), "{}", of_hers.text);
        let other = scene.people().into_iter().find(|one| one["familyName"] == "Pietersen").expect("somebody else");
        assert_ne!(other["id"], json!(id), "she says herself whether that is the same person");
        assert_eq!(scene.employment("Bo")["managerId"], other["id"]);
        let again = scene.apply(&with(row("0002", "Sanne", &[("family", "Pietersen"), ("hours", "24")])));
        assert_eq!(again.body["applied"]["update"], 1);
        assert_eq!(scene.people().len(), 4, "Karel, Bo, the administrator, and her once");
    }

    fn a_rejected_row_is_not_a_missing_person_and_comes_when_it_is_put_right(service) {
        let scene = Scene::set(service);
        let all = |sanne: &[(&str, &str)]| file(&[row("0001", "Karel", &[]), row("0002", "Sanne", sanne)]);
        scene.load(&all(&[]));
        let before = scene.employment("Sanne");
        let import = scene.apply(&all(&[("hours", "zesendertig"), ("function", "Hoofd")]));
        assert_eq!((import.body["applied"]["rejected"].clone(), import.body["applied"]["deactivate"].clone()), (json!(1), json!(0)));
        assert_eq!(scene.employment("Sanne"), before);
        scene.apply(&all(&[("function", "Hoofd")]));
        assert_eq!(scene.employment("Sanne")["function"], "Hoofd");
    }

    fn user_names_move_from_one_to_another_in_one_file(service) {
        let scene = Scene::set(service);
        let text = |names: [&str; 3]| {
            let rows = ["0001", "0002", "0003"].iter().zip(names).filter(|(_, name)| !name.is_empty());
            let rows: Vec<String> = rows.map(|(number, name)| format!("{};{name}", row(number, &format!("P{number}"), &[]))).collect();
            format!("{HEADER};gebruikersnaam\n{}\n", rows.join("\n"))
        };
        scene.load(&text(["een", "twee", "drie"]));
        let swapped = scene.apply(&text(["twee", "EEN", "drie"]));
        assert_eq!((swapped.body["applied"]["update"].clone(), swapped.body["applied"]["rejected"].clone()), (json!(2), json!(0)), "{}", swapped.text);
        let left = scene.apply(&text(["drie", "EEN", ""]));
        assert_eq!((left.body["applied"]["update"].clone(), left.body["applied"]["deactivate"].clone()), (json!(1), json!(1)), "{}", left.text);
        let twice = scene.dry_run(&text(["vier", "Vier", ""]));
        assert_eq!((twice.body["planned"]["update"].clone(), twice.body["planned"]["rejected"].clone()), (json!(1), json!(1)));
        assert_eq!(scene.apply(&text(["drie", "EEN", ""]).replace('\n', "\r\n")).body["applied"]["unchanged"], 2);
    }

    fn a_crash_between_chunks_is_gone_on_from(service) {
        let scene = Scene::set(service);
        trap(service, Some("01200"));
        let begun = scene.send("mode=APPLY&firstLoad=true", &file(&crowd(2100))).expect(201);
        let began = Instant::now();
        let broken = loop {
            let import = scene.import(&begun.id());
            if import.body["attempts"] == 1 {
                break import;
            }
            assert!(began.elapsed() < Duration::from_secs(60), "{}", import.text);
            std::thread::sleep(Duration::from_millis(50));
        };
        assert_eq!((broken.body["state"].clone(), broken.body["chunks"].clone(), broken.body["chunksApplied"].clone()), (json!("APPLYING"), json!(3), json!(1)));
        assert_eq!(broken.body["applied"]["create"], 1000, "the first chunk stays, the second left nothing behind");
        scene.send("mode=APPLY", &file(&crowd(3))).refused(409, "staff_import_under_way");
        let first = scene.person("A000");
        service.tick();
        assert_eq!(scene.import(&begun.id()).body["attempts"], 1, "it is not tried again at once");
        trap(service, None);
        let another = service.another();
        another.pass(TimeDelta::seconds(10));
        let applied = scene.settled(&begun.id());
        assert_eq!((applied.body["state"].clone(), applied.body["applied"]["create"].clone()), (json!("APPLIED"), json!(2100)));
        assert_eq!(scene.person("A000"), first, "nobody was made twice");
        let again = scene.dry_run(&file(&crowd(2100)));
        assert_eq!(again.body["planned"]["unchanged"], 2100);
    }

    fn what_never_succeeds_is_given_up_and_told(service) {
        let scene = Scene::set(service);
        trap(service, Some("00001"));
        let begun = scene.send("mode=APPLY", &file(&crowd(3))).expect(201);
        let mut passed = 0;
        while scene.import(&begun.id()).body["state"] == "APPLYING" {
            std::thread::sleep(Duration::from_millis(20));
            service.pass(TimeDelta::hours(1));
            passed += 1;
            assert!(passed < 60);
        }
        assert_eq!(scene.import(&begun.id()).body["state"], "FAILED");
        trap(service, None);
        assert_eq!(scene.apply(&file(&crowd(3))).body["state"], "APPLIED");
    }

    fn the_administrators_are_told_of_each_step(service) {
        let scene = Scene::set(service);
        scene.load(&file(&crowd(2)));
        let events = scene.hr.get("/events?limit=100").expect(200);
        let of_imports = events.body["items"].as_array().unwrap().iter().filter(|event| event["type"].as_str().unwrap().contains("staff-import"));
        assert_eq!(of_imports.count(), 2, "taken up and applied: {}", events.text);
    }
}
