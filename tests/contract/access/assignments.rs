//! Assignments.

use super::*;

const DEADLINE: &str = "2027-04-15T15:00:00Z";

fn plan(ring: &str) -> Value {
    json!({"rings": [{"ring": ring}], "deadline": DEADLINE})
}

/// What the owner does with a klus that is open to the whole of government: everybody sees it, nobody else may.
fn of_owner(operation: &'static str, request: &'static str) -> Row {
    row(operation, request).signed_in(403).but(200, &[Client])
}

pub(super) fn rows() -> Vec<Row> {
    let draft =
        json!({"organisationId": "{host}", "kind": "TASK", "title": "Bos", "scaleLevel": "LOCAL", "remote": "ON_SITE"});
    vec![
        row("createAssignment", "POST /assignments").body(draft).signed_in(403).but(201, &[Client]),
        row("listAssignments", "GET /assignments").open(200),
        row("countAssignments", "GET /assignments/facets").open(200),
        row("listSuggestions", "GET /suggestions?prefix=bo").open(200),
        row("createFeed", "POST /feeds")
            .body(json!({"name": "Mijn klussen"}))
            .signed_in(201)
            .but(403, &[Coordinator, Platform]),
        row("listFeeds", "GET /feeds").signed_in(200),
        row("getFeed", "GET /feeds/{feed}").signed_in(404).but(200, &[Employee]),
        row("deleteFeed", "DELETE /feeds/{feed}").signed_in(404).but(204, &[Employee]),
        row("getAssignment", "GET /assignments/{openAssignment}").open(200).but(404, &[Nobody]),
        of_owner("reviseAssignment", "PATCH /assignments/{openAssignment}").body(json!({"region": "Peelland"})),
        row("publishAssignment", "POST /assignments/{draftAssignment}/publications")
            .body(plan("ALL_GOVERNMENT"))
            .signed_in(404)
            .but(403, &[Platform])
            .but(200, &[Client]),
        of_owner("replanAssignment", "POST /assignments/{openAssignment}/replannings").body(plan("ALL_GOVERNMENT")),
        row("approveAssignment", "POST /assignments/{reviewedAssignment}/approvals")
            .signed_in(404)
            .but(403, &[Client, Platform])
            .but(200, &[Coordinator]),
        row("returnAssignment", "POST /assignments/{reviewedAssignment}/returns")
            .body(json!({"remarks": "Noem het resultaat."}))
            .signed_in(404)
            .but(403, &[Client, Platform])
            .but(200, &[Coordinator]),
        of_owner("closeAssignment", "POST /assignments/{openAssignment}/closures"),
        of_owner("reopenAssignment", "POST /assignments/{closedAssignment}/reopenings")
            .body(json!({"deadline": DEADLINE})),
        of_owner("cancelAssignment", "POST /assignments/{openAssignment}/cancellations")
            .body(json!({"reason": "POSTPONED"}))
            .but(200, &[Platform]),
        of_owner("expireAssignment", "POST /assignments/{closedAssignment}/expirations")
            .body(json!({"reason": "NO_RESPONSES"})),
        of_owner("handOverAssignment", "POST /assignments/{openAssignment}/handovers")
            .body(json!({"ownerId": "{client}"})),
        row("listNetworkPledges", "GET /networks/{network}/pledges")
            .signed_in(403)
            .but(200, &[Administrator, Coordinator, Platform]),
    ]
}

pub(super) fn thing(scene: &Scene<'_>, name: &str) -> Option<String> {
    Some(match name {
        "host" => scene.host.id.clone(),
        "client" => scene.client.id.clone(),
        // The newest there is: somebody may have no more than twenty.
        "feed" => {
            let employee = &scene.employee.client;
            let newest = employee.get("/feeds").expect(200).ids().into_iter().next();
            newest.unwrap_or_else(|| employee.post("/feeds", &json!({"name": "Mijn klussen"})).expect(201).id())
        }
        "draftAssignment" => assignment(scene, &Value::Null),
        "openAssignment" => assignment(scene, &plan("ALL_GOVERNMENT")),
        "closedAssignment" => {
            let id = assignment(scene, &plan("ALL_GOVERNMENT"));
            scene.client.client.transition(&format!("/assignments/{id}"), "closures", &Value::Null).expect(200).id()
        }
        "reviewedAssignment" => {
            let strict = json!({"name": "Streng", "kind": "REGIONAL", "scaleLevel": "LOCAL", "admission": "OPEN", "reviewRequired": true});
            let network = scene.world.network_with(&strict);
            scene.world.give(
                &scene.network.coordinator,
                "NETWORK_COORDINATOR",
                contract_tests::Scope::Network(&network),
            );
            scene.world.join(&network, &scene.host);
            assignment(
                scene,
                &json!({"rings": [{"ring": "NETWORK", "networkIds": [network.id]}], "deadline": DEADLINE}),
            )
        }
        _ => return None,
    })
}

/// A fresh assignment of the host, published where a plan is given; its id.
fn assignment(scene: &Scene<'_>, publication: &Value) -> String {
    let mut draft = json!({"organisationId": scene.host.id, "kind": "TASK", "title": "Bos", "description": "Bomen planten.",
        "intendedResult": "Een bos", "planning": "In mei.", "minutesPerWeek": 480, "startDate": "2027-05-03",
        "endDate": "2027-06-25", "scaleLevel": "LOCAL", "remote": "ON_SITE"});
    if !publication.is_null() {
        draft["publication"] = publication.clone();
    }
    scene.client.client.post("/assignments", &draft).expect(201).id()
}
