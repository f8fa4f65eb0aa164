//! What does more than is allowed unseen waits for an administrator.

use chrono::TimeDelta;
use contract_tests::on_both;

use super::*;

impl Scene<'_> {
    /// A file that waits: of thirty people twelve are missing.
    fn parked(&self) -> Answer {
        self.load(&file(&crowd(30)));
        let import = self.apply(&file(&crowd(18)));
        assert_eq!(
            (import.body["state"].clone(), import.body["exceeded"].clone()),
            (json!("AWAITING_APPROVAL"), json!(["DEACTIVATIONS"]))
        );
        import
    }

    fn decide(&self, import: &Answer, decision: &str, body: &Value) -> Answer {
        self.hr.transition(&self.path(&format!("staff-imports/{}", import.id())), decision, body)
    }

    fn closed(&self) -> usize {
        self.people().iter().filter(|person| person["status"] == "CLOSED").count()
    }
}

on_both! {
    fn many_who_are_missing_wait_for_an_administrator_who_approves(service) {
        let scene = Scene::set(service);
        let import = scene.parked();
        assert_eq!((import.body["planned"]["deactivate"].clone(), import.body["maximumDeactivated"].clone()), (json!(12), json!(10)));
        service.tick();
        assert_eq!(scene.closed(), 0, "nothing is applied");
        scene.hr.with("If-Match", "\"999-x\"").act(&scene.path(&format!("staff-imports/{}/approvals", import.id()))).refused(412, "revision_stale");
        let approved = scene.decide(&import, "approvals", &Value::Null).expect(200);
        assert_eq!(approved.body["decidedById"], json!(scene.oss.administrator.id));
        let applied = scene.settled(&import.id());
        assert_eq!((applied.body["state"].clone(), applied.body["applied"].clone()), (json!("APPLIED"), applied.body["planned"].clone()));
        assert_eq!(scene.closed(), 12);
        let refused = scene.decide(&import, "approvals", &Value::Null).refused(409, "transition_not_listed");
        assert_eq!(refused.body["legalTransitions"], json!([]));
        let others = ["B1", "B2", "B3", "B4", "B5"].map(|name| row(name, name, &[]));
        let next = scene.apply(&file(&[crowd(7), others.to_vec()].concat()));
        assert_eq!(next.body["state"], "AWAITING_APPROVAL", "an approval is good for one import");
    }

    fn an_import_that_is_rejected_or_lapses_changes_nothing(service) {
        let scene = Scene::set(service);
        let import = scene.parked();
        let before = still(&scene);
        let rejected = scene.decide(&import, "rejections", &json!({"reason": "De afdeling Ruimte ontbreekt"})).expect(200);
        assert_eq!((rejected.body["state"].clone(), rejected.body["reason"].clone()), (json!("REJECTED"), json!("De afdeling Ruimte ontbreekt")));
        scene.decide(&import, "approvals", &Value::Null).refused(409, "transition_not_listed");
        scene.decide(&import, "rejections", &json!({})).refused(409, "transition_not_listed");
        let again = scene.apply(&file(&crowd(17)));
        service.pass(TimeDelta::days(14));
        assert_eq!(scene.import(&again.id()).body["state"], "EXPIRED");
        assert_eq!(still(&scene), before);
        let back = scene.hr.get(&scene.path(&format!("staff-imports/{}/rows", import.id()))).expect(200);
        assert!(!back.body["items"].as_array().unwrap().is_empty(), "what it would have done can be read");
        service.pass(TimeDelta::days(31));
        let later = scene.hr.get(&scene.path(&format!("staff-imports/{}/rows", import.id()))).expect(200);
        assert_eq!(later.body["items"], json!([]), "until it is forgotten");
    }

    fn a_newer_file_takes_the_place_of_one_that_waits(service) {
        let scene = Scene::set(service);
        let import = scene.parked();
        let newer = scene.apply(&file(&crowd(25)));
        assert_eq!(newer.body["state"], "APPLIED");
        assert_eq!(scene.import(&import.id()).body["state"], "SUPERSEDED");
        assert_eq!(scene.closed(), 5);
        let listed = scene.hr.get(&scene.path("staff-imports?state=SUPERSEDED&mode=APPLY")).expect(200);
        assert_eq!(listed.ids(), [import.id()]);
    }

    fn an_approval_looks_at_the_staff_again(service) {
        let scene = Scene::set(service);
        scene.hr.put(&scene.path("staff-feed"), &json!({"thresholds": {"maximumDeactivatedPercent": 0, "maximumDeactivatedPeople": 0}})).expect(200);
        scene.load(&file(&[row("0001", "Karel", &[]), row("0002", "Sanne", &[("end", "2027-03-10")])]));
        // Sanne goes anyway; until then she would be one more who is missing.
        let import = scene.apply(&file(&[row("0003", "Bo", &[])]));
        assert_eq!(import.body["planned"]["deactivate"], 2);
        service.pass(TimeDelta::days(12));
        let approved = scene.decide(&import, "approvals", &Value::Null).expect(200);
        assert_eq!(approved.body["planned"]["deactivate"], 1);
        assert_eq!(scene.settled(&import.id()).body["state"], "APPLIED");
    }

    fn an_approval_is_refused_where_more_would_happen_than_was_shown(service) {
        let scene = Scene::set(service);
        let import = scene.parked();
        let leads = |source: &str| scene.hr.put(&scene.path("staff-feed"), &json!({"leadingSource": source})).expect(200);
        leads("SCIM");
        let token = scene.hr.post(&scene.path("scim-tokens"), &json!({"label": "Entra ID", "expiresAt": "2028-02-29T00:00:00Z"})).expect(201);
        let scim = service.anonymous().with_token(token.text_at("/token"));
        let users = format!("{}/scim/v2/Users", service.root());
        let found = scim.get(&format!("{users}?filter=urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber%20eq%20%2200001%22")).expect(200);
        let id = found.text_at("/Resources/0/id");
        scim.send_text("DELETE", &format!("{users}/{id}"), None).expect(204);
        leads("FILE");
        let refused = scene.decide(&import, "approvals", &Value::Null).refused(409, "staff_changed_since");
        assert!(refused.text_at("/detail").contains('1'), "{}", refused.text);
        assert_eq!(scene.import(&import.id()).body["state"], "AWAITING_APPROVAL", "nothing is decided");
        assert_eq!(scene.closed(), 1, "nobody but who was deleted lost access");
    }

    fn many_who_come_wait_too_and_the_first_file_only_by_saying_so(service) {
        let scene = Scene::set(service);
        let unsaid = scene.apply(&file(&crowd(11)));
        assert_eq!((unsaid.body["state"].clone(), unsaid.body["exceeded"].clone()), (json!("AWAITING_APPROVAL"), json!(["CREATIONS"])));
        scene.load(&file(&crowd(11)));
        let more = scene.apply(&file(&crowd(22)));
        assert_eq!((more.body["state"].clone(), more.body["maximumCreated"].clone()), (json!("AWAITING_APPROVAL"), json!(10)));
        let few = scene.apply(&file(&crowd(21)));
        assert_eq!(few.body["state"], "APPLIED");
    }
}
