//! Invariant 10: a manager learns nothing of what a team member does in the market before consent is asked.

use contract_tests::{Answer, Client, Dossier, Employee, on_both};
use serde_json::{Value, json};

/// Everything a manager may ask for that could tell on somebody: each answer, byte for byte.
fn everything(dossier: &Dossier<'_>, who: &Employee) -> Vec<(String, u16, String, Option<String>)> {
    let employee = &dossier.employee.id;
    let mut paths: Vec<String> = [
        "/me",
        "/persons",
        "/employments",
        "/responses",
        "/consent-requests",
        "/consent-requests?addressed=true",
        "/assignments",
        "/events",
    ]
    .iter()
    .map(ToString::to_string)
    .collect();
    paths.push(format!("/persons/{employee}"));
    paths.push(format!("/employments?personId={employee}"));
    paths.push(dossier.assignment.clone());
    paths.push(format!("{}/responses", dossier.assignment));
    if !dossier.response.is_empty() {
        for below in ["", "/lights", "/signals", "/requirements", "/conversations", "/offers"] {
            paths.push(format!("{}{below}", dossier.response));
        }
    }
    paths.iter().map(|path| seen(&who.client, path)).collect()
}

fn seen(client: &Client, path: &str) -> (String, u16, String, Option<String>) {
    let Answer { status, headers, text, .. } = client.get(path);
    (path.to_owned(), status, text, headers.get("etag").cloned())
}

on_both! {
    /// shows: F06
    fn a_manager_sees_the_same_before_and_after_a_team_member_responds_talks_and_gets_an_offer(service) {
        let mut dossier = Dossier::open(service);
        // The addresses of a response that does not exist yet are asked for as if they were known.
        dossier.response = "/responses/01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17".to_owned();
        let watchers = [dossier.manager.clone(), dossier.home.administrator.clone()];
        let before: Vec<_> = watchers.iter().map(|who| everything(&dossier, who)).collect();
        let compare = |dossier: &Dossier<'_>, moment: &str| {
            for (who, before) in watchers.iter().zip(&before) {
                for (before, after) in before.iter().zip(everything(dossier, who)) {
                    // The address differs where the response is real; what is answered there does not.
                    assert_eq!((before.1, &before.2, &before.3), (after.1, &after.2, &after.3), "{moment}: {}", after.0);
                }
            }
        };
        dossier.reach("DRAFT");
        compare(&dossier, "drafted");
        dossier.by_employee("submissions", &json!({})).expect(200);
        compare(&dossier, "submitted");
        dossier.by_owner("considerations", &Value::Null).expect(200);
        dossier.by_owner("talk-invitations", &Value::Null).expect(200);
        dossier.meet("YES", "YES");
        let declared = json!({"light": "G4_INTEGRITY", "colour": "AMBER", "reason": "Mijn zwager werkt bij de aannemer."});
        dossier.employee.client.post(&format!("{}/signals", dossier.response), &declared).expect(200);
        compare(&dossier, "talked");
        dossier.offer();
        service.tick();
        compare(&dossier, "offered");
        for action in ["submissions", "withdrawals", "considerations", "confirmations", "rejections", "talk-invitations"] {
            let body = if action == "rejections" { json!({"reason": "OTHER"}) } else { json!({}) };
            let body = (!matches!(action, "considerations" | "confirmations" | "talk-invitations")).then_some(body);
            let client = dossier.manager.client.with("If-Match", "*");
            let there = client.send("POST", &format!("{}/{action}", dossier.response), body.as_ref());
            let nowhere = client.send("POST", &format!("/responses/01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17/{action}"), body.as_ref());
            assert_eq!((there.status, &there.text), (404, &nowhere.text), "{action}");
        }
        dossier.ask_consent();
        let asked = dossier.manager.client.get("/consent-requests").expect(200);
        assert_eq!(asked.ids().len(), 1, "from here on the manager knows what is asked");
        assert_eq!(seen(&dossier.manager.client, &dossier.response).1, 404, "and still not the response");
    }
}
