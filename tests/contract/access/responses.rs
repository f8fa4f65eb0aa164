//! Responses and what hangs on them: lights, consent, conversations, offers.

use contract_tests::{Client as Speaker, work};

use super::*;

pub(super) fn rows() -> Vec<Row> {
    [answering(), selecting(), lights(), consent(), conversations(), offers()].into_iter().flatten().collect()
}

/// Everybody else is answered as if it were not there.
fn of_both(row: Row, employee: u16, client: u16) -> Row {
    row.signed_in(404).but(employee, &[Employee]).but(client, &[Client])
}

fn answering() -> Vec<Row> {
    vec![
        row("createResponse", "POST /assignments/{klus}/responses")
            .body(json!({}))
            .signed_in(201)
            .but(403, &[Client])
            .but(404, &[Coordinator, Platform]),
        row("listAssignmentResponses", "GET /assignments/{klus}/responses").signed_in(403).but(200, &[Client]),
        row("listProfileMatches", "GET /assignments/{klus}/matches").signed_in(403).but(200, &[Client]),
        row("listAssignmentMatches", "GET /profile/matches").signed_in(200),
        row("listResponses", "GET /responses").signed_in(200),
        of_both(row("getResponse", "GET /responses/{submitted}"), 200, 200),
        row("submitResponse", "POST /responses/{draft}/submissions")
            .body(json!({}))
            .signed_in(404)
            .but(200, &[Employee]),
        of_both(row("reviseResponse", "PATCH /responses/{submitted}").body(json!({"learningGoal": "Zagen"})), 200, 403),
        of_both(row("withdrawResponse", "POST /responses/{submitted}/withdrawals").body(json!({})), 200, 403),
        of_both(row("shareResponse", "PUT /responses/{submitted}/adviser").body(json!({"adviserId": null})), 200, 403),
        of_both(row("acceptResponseReopening", "POST /responses/{reopening}/reopening-acceptances"), 200, 403),
    ]
}

fn selecting() -> Vec<Row> {
    let rejection = json!({"reason": "ANOTHER_CHOSEN"});
    vec![
        of_both(row("considerResponse", "POST /responses/{submitted}/considerations"), 403, 200),
        of_both(row("inviteToTalk", "POST /responses/{inReview}/talk-invitations"), 403, 200),
        of_both(row("rejectResponse", "POST /responses/{submitted}/rejections").body(rejection), 403, 200),
        of_both(row("offerResponseReopening", "POST /responses/{rejected}/reopening-offers"), 403, 200),
        of_both(row("confirmResponse", "POST /responses/{accepted}/confirmations"), 403, 409),
    ]
}

fn lights() -> Vec<Row> {
    let signal = json!({"light": "G4_INTEGRITY", "colour": "GREEN"});
    vec![
        of_both(row("getLights", "GET /responses/{submitted}/lights"), 200, 200),
        of_both(row("getRequirements", "GET /responses/{submitted}/requirements"), 200, 200),
        of_both(row("getResponderProfile", "GET /responses/{withProfile}/profile"), 200, 200),
        of_both(row("listSignals", "GET /responses/{submitted}/signals"), 200, 200),
        of_both(row("setSignal", "POST /responses/{submitted}/signals").body(signal), 200, 403),
    ]
}

fn consent() -> Vec<Row> {
    let of_home = |row: Row, employee, manager| row.signed_in(404).but(employee, &[Employee]).but(manager, &[Manager]);
    let refusal = json!({"reason": "WORKLOAD", "text": "Tot de zomer kunnen we niemand missen."});
    let revocation = json!({"text": "Twee collega's vielen uit."});
    let answer = json!({"light": "G4_INTEGRITY", "colour": "RED", "reason": "Dat kan niet."});
    vec![
        of_both(row("createConsentRequest", "POST /responses/{submitted}/consent-requests").body(json!({})), 201, 403),
        row("listConsentRequests", "GET /consent-requests").signed_in(200),
        of_home(row("getConsentRequest", "GET /consent-requests/{consent}"), 200, 200),
        of_home(row("listConsentSignals", "GET /consent-requests/{consent}/signals"), 200, 200),
        of_home(row("setConsentSignal", "POST /consent-requests/{consent}/signals").body(answer), 403, 200),
        of_home(row("grantConsent", "POST /consent-requests/{consent}/grants").body(json!({})), 403, 200),
        of_home(row("refuseConsent", "POST /consent-requests/{consent}/refusals").body(refusal), 403, 200),
        of_home(row("revokeConsent", "POST /consent-requests/{conditional}/revocations").body(revocation), 403, 200),
        of_home(row("acceptConsentConditions", "POST /consent-requests/{conditional}/condition-acceptances"), 200, 403),
        of_home(row("withdrawConsentRequest", "POST /consent-requests/{consent}/withdrawals"), 200, 403),
    ]
}

fn conversations() -> Vec<Row> {
    let (plan, note) = (json!({"plannedAt": "2027-03-08T13:00:00Z"}), json!({"note": "Vragen naar de planning."}));
    vec![
        of_both(
            row("createConversation", "POST /responses/{inConversation}/conversations").body(plan.clone()),
            201,
            201,
        ),
        of_both(row("listConversations", "GET /responses/{inConversation}/conversations"), 200, 200),
        of_both(row("getConversation", "GET /conversations/{talk}"), 200, 200),
        of_both(row("rescheduleConversation", "PATCH /conversations/{talk}").body(plan), 200, 200),
        of_both(row("completeConversation", "POST /conversations/{pastTalk}/completions"), 200, 200),
        of_both(row("cancelConversation", "POST /conversations/{talk}/cancellations"), 200, 200),
        of_both(row("sayClick", "POST /conversations/{heldTalk}/clicks").body(json!({"click": "YES"})), 200, 200),
        of_both(row("writeConversationNote", "PUT /conversations/{talk}/note").body(note), 200, 200),
    ]
}

fn offers() -> Vec<Row> {
    let draft = json!({"validUntil": "2027-03-15T17:00:00Z"});
    vec![
        of_both(row("createOffer", "POST /responses/{inConversation}/offers").body(draft), 403, 201),
        of_both(row("listOffers", "GET /responses/{submitted}/offers"), 200, 200),
        of_both(row("getOffer", "GET /offers/{offer}"), 200, 200),
        of_both(row("acceptOffer", "POST /offers/{offer}/acceptances"), 200, 403),
        of_both(row("declineOffer", "POST /offers/{offer}/declinations").body(json!({"reason": "PERSONAL"})), 200, 403),
        of_both(row("withdrawOffer", "POST /offers/{offer}/withdrawals"), 403, 200),
    ]
}

pub(super) fn thing(scene: &Scene<'_>, name: &str) -> Option<String> {
    Some(match name {
        "klus" => klus(scene),
        "draft" => begun(scene, false),
        "submitted" => begun(scene, true),
        "withProfile" => {
            scene.employee.client.patch("/profile", &json!({"headline": "Jurist"})).expect(200);
            begun(scene, true)
        }
        "inReview" => chosen(scene, &["considerations"]),
        "rejected" => rejected(scene),
        "reopening" => {
            let id = rejected(scene);
            act(&scene.client.client, &format!("/responses/{id}"), "reopening-offers", &Value::Null);
            id
        }
        "inConversation" => in_conversation(scene),
        "accepted" => {
            let (response, offer) = offered(scene);
            act(&scene.employee.client, &format!("/offers/{offer}"), "acceptances", &Value::Null);
            response
        }
        "offer" => offered(scene).1,
        "consent" => asked(scene),
        "conditional" => {
            let id = asked(scene);
            let conditions = json!({"conditions": "Donderdag blijf je bereikbaar."});
            act(&scene.manager.client, &format!("/consent-requests/{id}"), "grants", &conditions);
            id
        }
        "talk" => planned(scene, "2027-03-08T13:00:00Z"),
        "pastTalk" => planned(scene, "2027-02-26T13:00:00Z"),
        "heldTalk" => {
            let id = planned(scene, "2027-02-26T13:00:00Z");
            act(&scene.client.client, &format!("/conversations/{id}"), "completions", &Value::Null);
            id
        }
        _ => return None,
    })
}

fn act(who: &Speaker, path: &str, action: &str, body: &Value) {
    who.transition(path, action, body).expect(200);
}

fn klus(scene: &Scene<'_>) -> String {
    let mut draft = work(&scene.host);
    draft["publication"] = json!({"deadline": "2027-04-30T15:00:00Z", "rings": [{"ring": "ALL_GOVERNMENT"}]});
    scene.client.client.post("/assignments", &draft).expect(201).id()
}

fn begun(scene: &Scene<'_>, submit: bool) -> String {
    let path = format!("/assignments/{}/responses", klus(scene));
    scene.employee.client.post(&path, &json!({"motivation": "Graag.", "submit": submit})).expect(201).id()
}

fn chosen(scene: &Scene<'_>, steps: &[&str]) -> String {
    let id = begun(scene, true);
    for step in steps {
        act(&scene.client.client, &format!("/responses/{id}"), step, &Value::Null);
    }
    id
}

fn in_conversation(scene: &Scene<'_>) -> String {
    chosen(scene, &["considerations", "talk-invitations"])
}

fn rejected(scene: &Scene<'_>) -> String {
    let id = begun(scene, true);
    act(&scene.client.client, &format!("/responses/{id}"), "rejections", &json!({"reason": "NO_CLICK"}));
    id
}

fn offered(scene: &Scene<'_>) -> (String, String) {
    let response = in_conversation(scene);
    let draft = json!({"validUntil": "2027-03-15T17:00:00Z"});
    let offer = scene.client.client.post(&format!("/responses/{response}/offers"), &draft).expect(201).id();
    (response, offer)
}

fn asked(scene: &Scene<'_>) -> String {
    let path = format!("/responses/{}/consent-requests", begun(scene, true));
    scene.employee.client.post(&path, &json!({})).expect(201).id()
}

fn planned(scene: &Scene<'_>, at: &str) -> String {
    let path = format!("/responses/{}/conversations", in_conversation(scene));
    scene.employee.client.post(&path, &json!({"plannedAt": at})).expect(201).id()
}
