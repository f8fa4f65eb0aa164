//! The settings of an organisation: the door that leads, the columns, what is too much at once.

use contract_tests::on_both;

use super::*;

on_both! {
    fn settings_are_what_holds_until_an_administrator_sets_others(service) {
        let scene = Scene::set(service);
        let path = scene.path("staff-feed");
        let unset = scene.hr.get(&path).expect(200);
        assert_eq!((unset.body["leadingSource"].clone(), unset.body["columnsAreDefault"].clone()), (Value::Null, json!(true)));
        assert_eq!(unset.body["columns"][0], json!({"field": "EMPLOYEE_NUMBER", "column": "personeelsnummer",
            "fixedValue": null, "conversion": null, "activeValues": [], "optional": false}));
        assert_eq!(unset.body["thresholds"], json!({"maximumDeactivatedPercent": 5, "maximumDeactivatedPeople": 10,
            "maximumCreatedPercent": 25, "maximumCreatedPeople": 10, "minimumRowsPercent": 50}));
        let columns = json!([{"field": "EMPLOYEE_NUMBER", "column": "Medewerker"}, {"field": "GIVEN_NAME", "column": "Roepnaam"},
            {"field": "FAMILY_NAME", "column": "Achternaam"}, {"field": "CONTRACT_HOURS", "column": "FTE", "conversion": "FTE"},
            {"field": "ACTIVE", "column": "Status", "activeValues": ["A", "P"]}, {"field": "LANGUAGE", "fixedValue": "en"}]);
        let draft = json!({"leadingSource": "FILE", "columns": columns, "fullTimeMinutesPerWeek": 2400,
            "thresholds": {"maximumCreatedPeople": 500}});
        let set = scene.hr.put(&path, &draft).expect(200);
        assert_eq!((set.body["thresholds"]["maximumCreatedPeople"].clone(), set.body["thresholds"]["minimumRowsPercent"].clone()), (json!(500), json!(50)));
        scene.hr.with("If-Match", &unset.tag()).send("PUT", &path, Some(&draft)).refused(412, "revision_stale");
        let text = "Medewerker,Roepnaam,Achternaam,FTE,Status\n0012,An,Smit,\"0,9\",A\n0013,Bo,Smit,1,T\n";
        let import = scene.apply(text);
        assert_eq!(import.body["planned"]["create"], 2, "{}", import.text);
        assert_eq!(scene.employment("An")["contractMinutesPerWeek"], 2160);
        assert_eq!(scene.person("An")["language"], "EN");
        let unused = scene.hr.put(&path, &json!({})).expect(200);
        assert_eq!((unused.body["columnsAreDefault"].clone(), unused.body["leadingSource"].clone()), (json!(true), Value::Null));
    }

    fn a_mapping_that_cannot_be_used_is_refused_field_by_field(service) {
        let scene = Scene::set(service);
        let put = |columns: Value| scene.hr.put(&scene.path("staff-feed"), &json!({"columns": columns}));
        let needed = || vec![json!({"field": "EMPLOYEE_NUMBER", "column": "a"}), json!({"field": "GIVEN_NAME", "column": "b"}),
            json!({"field": "FAMILY_NAME", "column": "c"})];
        let with = |column: Value| { let mut columns = needed(); columns.push(column); put(json!(columns)) };
        put(json!([{"field": "EMPLOYEE_NUMBER", "column": "a"}])).names(&["columns", "columns"]);
        with(json!({"field": "EMAIL"})).names(&["columns.3"]);
        with(json!({"field": "EMAIL", "column": "d", "fixedValue": "x"})).names(&["columns.3"]);
        with(json!({"field": "EMAIL", "column": "d", "conversion": "FTE"})).names(&["columns.3.conversion"]);
        with(json!({"field": "EMAIL", "column": "d", "activeValues": ["A"]})).names(&["columns.3.activeValues"]);
        with(json!({"field": "USER_NAME", "fixedValue": "x"})).names(&["columns.3.fixedValue"]);
        with(json!({"field": "GIVEN_NAME", "column": "d"})).names(&["columns.3.field"]);
        with(json!({"field": "BSN", "column": "d"})).names(&["columns.3.field"]);
        assert_eq!(scene.hr.get(&scene.path("staff-feed")).expect(200).body["columnsAreDefault"], true);
    }

    fn one_door_leads_and_the_other_one_is_refused(service) {
        let scene = Scene::set(service);
        let text = file(&[row("0001", "Karel", &[])]);
        scene.hr.put(&scene.path("staff-feed"), &json!({"leadingSource": "SCIM"})).expect(200);
        let refused = scene.send("mode=APPLY", &text).refused(409, "staff_source_differs");
        assert!(refused.text_at("/detail").contains("leadingSource"), "{}", refused.text);
        scene.dry_run(&text);
        scene.hr.put(&scene.path("staff-feed"), &json!({})).expect(200);
        scene.apply(&text);
        assert_eq!(scene.hr.get(&scene.path("staff-feed")).expect(200).body["leadingSource"], "FILE", "the first door that is used leads");
    }
}
