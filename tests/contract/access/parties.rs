//! Sessions, organisations, networks, persons.

use contract_tests::{ADMINISTRATOR, Scope};

use super::*;

pub(super) fn rows() -> Vec<Row> {
    let sign_in = json!({"email": ADMINISTRATOR.0, "password": ADMINISTRATOR.1});
    let activation = json!({"activationToken": "unknown", "password": ADMINISTRATOR.1});
    let organisation = json!({"name": "Gemeente Uden", "kind": "MUNICIPALITY"});
    vec![
        row("createSession", "POST /sessions").body(sign_in).open(201),
        row("refreshSession", "POST /session-refreshes").body(json!({"refreshToken": "{refreshToken}"})).open(201),
        row("deleteCurrentSession", "DELETE /sessions/current").signed_in(204),
        row("activateAccount", "POST /account-activations").body(activation).open(400),
        row("createClaimCode", "POST /me/claim-codes").signed_in(200),
        row("claimAccount", "POST /account-claims")
            .body(json!({"claimCode": "unknown", "email": "sanne@thuis.example", "password": ADMINISTRATOR.1}))
            .open(400),
        row("createOrganisation", "POST /organisations").body(organisation).signed_in(403).but(201, &[Platform]),
        row("listOrganisations", "GET /organisations").signed_in(200),
        row("getOrganisation", "GET /organisations/{home}").signed_in(200),
        row("reviseOrganisation", "PATCH /organisations/{home}")
            .body(json!({"town": "Oss"}))
            .signed_in(403)
            .but(200, &[Administrator, Platform]),
    ]
    .into_iter()
    .chain(scim_tokens())
    .chain(persons())
    .chain(employments())
    .chain(role_assignments())
    .chain(units_and_policies())
    .chain(networks())
    .chain(memberships())
    .collect()
}

fn scim_tokens() -> Vec<Row> {
    let draft = json!({"label": "Entra ID", "expiresAt": "2027-06-01T00:00:00Z"});
    let administrators = &[Administrator, Platform];
    vec![
        row("createScimToken", "POST /organisations/{homeWithoutTokens}/scim-tokens")
            .body(draft)
            .signed_in(403)
            .but(201, administrators),
        row("listScimTokens", "GET /organisations/{home}/scim-tokens").signed_in(403).but(200, administrators),
        row("getScimToken", "GET /scim-tokens/{scimToken}").signed_in(404).but(200, administrators),
        row("deleteScimToken", "DELETE /scim-tokens/{scimToken}").signed_in(404).but(204, administrators),
    ]
}

fn persons() -> Vec<Row> {
    let employment = json!({"organisationId": "{home}", "function": "Adviseur", "contractMinutesPerWeek": 2160,
        "workingDaysPerWeek": 5, "startDate": "2027-01-01"});
    let person = json!({"givenName": "Piet", "familyName": "Peters", "email": "{address}", "employment": employment});
    vec![
        row("getMe", "GET /me").signed_in(200),
        row("createPerson", "POST /persons").body(person).signed_in(403).but(201, &[Administrator, Platform]),
        row("listPersons", "GET /persons").signed_in(200),
        row("getPerson", "GET /persons/{employee}").signed_in(404).but(200, &[Employee, Administrator, Platform]),
        row("revisePerson", "PATCH /persons/{employee}")
            .body(json!({"language": "EN"}))
            .signed_in(404)
            .but(200, &[Employee, Administrator, Platform]),
        row("createActivationToken", "POST /persons/{employee}/activation-tokens")
            .signed_in(404)
            .but(403, &[Employee])
            .but(200, &[Administrator, Platform]),
        row("closePerson", "POST /persons/{colleague}/closures").signed_in(404).but(200, &[Administrator, Platform]),
        row("reopenPerson", "POST /persons/{closed}/reopenings").signed_in(404).but(200, &[Administrator, Platform]),
    ]
}

fn employments() -> Vec<Row> {
    let employment = json!({"personId": "{leaver}", "function": "Adviseur", "contractMinutesPerWeek": 2160,
        "workingDaysPerWeek": 5, "startDate": "2027-01-01"});
    vec![
        row("createEmployment", "POST /organisations/{home}/employments")
            .body(employment)
            .signed_in(403)
            .but(201, &[Administrator, Platform]),
        row("listOrganisationEmployments", "GET /organisations/{home}/employments").signed_in(200),
        row("listEmployments", "GET /employments").signed_in(200),
        row("getEmployment", "GET /employments/{employment}")
            .signed_in(404)
            .but(200, &[Employee, Manager, Administrator, Platform]),
        row("reviseEmployment", "PATCH /employments/{employment}")
            .body(json!({"function": "Beleidsadviseur"}))
            .signed_in(404)
            .but(403, &[Employee, Manager])
            .but(200, &[Administrator, Platform]),
    ]
}

fn role_assignments() -> Vec<Row> {
    let role = json!({"personId": "{colleague}", "role": "FINANCE", "organisationId": "{home}"});
    vec![
        row("createRoleAssignment", "POST /role-assignments")
            .body(role)
            .signed_in(403)
            .but(201, &[Administrator, Platform]),
        row("listRoleAssignments", "GET /role-assignments").signed_in(200),
        row("getRoleAssignment", "GET /role-assignments/{role}").signed_in(404).but(200, &[Administrator, Platform]),
        row("deleteRoleAssignment", "DELETE /role-assignments/{role}")
            .signed_in(404)
            .but(204, &[Administrator, Platform]),
    ]
}

fn units_and_policies() -> Vec<Row> {
    let policy = json!({"validFromDate": "2027-04-01", "summary": "Twee dagen per week."});
    vec![
        row("createUnit", "POST /organisations/{home}/units")
            .body(json!({"name": "Ruimte"}))
            .signed_in(403)
            .but(201, &[Administrator, Platform]),
        row("listUnits", "GET /organisations/{home}/units").signed_in(200),
        row("getUnit", "GET /units/{unit}").signed_in(200),
        row("reviseUnit", "PATCH /units/{unit}")
            .body(json!({"name": "Ruimte en water"}))
            .signed_in(403)
            .but(200, &[Administrator, Platform]),
        row("deleteUnit", "DELETE /units/{unit}").signed_in(403).but(204, &[Administrator, Platform]),
        row("createMobilityPolicy", "POST /organisations/{home}/mobility-policies")
            .body(policy)
            .signed_in(403)
            .but(201, &[Administrator, Platform]),
        row("listMobilityPolicies", "GET /organisations/{home}/mobility-policies").signed_in(200),
        row("getMobilityPolicy", "GET /mobility-policies/{policy}").signed_in(200),
        row("getCurrentMobilityPolicy", "GET /organisations/{home}/current-mobility-policy").signed_in(200),
    ]
}

fn networks() -> Vec<Row> {
    let network = json!({"name": "Nieuw", "kind": "REGIONAL", "scaleLevel": "LOCAL", "admission": "OPEN"});
    vec![
        row("createNetwork", "POST /networks").body(network).signed_in(403).but(201, &[Platform]),
        row("listNetworks", "GET /networks").signed_in(200),
        row("getNetwork", "GET /networks/{network}").signed_in(200),
        row("reviseNetwork", "PATCH /networks/{network}")
            .body(json!({"description": "Wij lenen elkaar mensen uit."}))
            .signed_in(403)
            .but(200, &[Coordinator, Platform]),
    ]
}

fn memberships() -> Vec<Row> {
    vec![
        row("createMembership", "POST /networks/{freshNetwork}/memberships")
            .body(json!({"organisationId": "{home}"}))
            .signed_in(403)
            .but(201, &[Administrator, Platform]),
        row("listNetworkMemberships", "GET /networks/{network}/memberships").signed_in(200),
        row("listMemberships", "GET /memberships").signed_in(200),
        row("getMembership", "GET /memberships/{asked}")
            .signed_in(404)
            .but(200, &[Administrator, Coordinator, Platform]),
        row("admitMembership", "POST /memberships/{asked}/admissions")
            .signed_in(404)
            .but(403, &[Administrator])
            .but(200, &[Coordinator, Platform]),
        row("refuseMembership", "POST /memberships/{asked}/refusals")
            .signed_in(404)
            .but(403, &[Administrator])
            .but(200, &[Coordinator, Platform]),
        row("acceptMembership", "POST /memberships/{offered}/acceptances")
            .signed_in(404)
            .but(403, &[Coordinator])
            .but(200, &[Administrator, Platform]),
        row("declineMembership", "POST /memberships/{offered}/declinations")
            .signed_in(404)
            .but(403, &[Coordinator])
            .but(200, &[Administrator, Platform]),
        row("endMembership", "POST /memberships/{joined}/endings")
            .signed_in(403)
            .but(200, &[Administrator, Coordinator, Platform]),
    ]
}

pub(super) fn thing(scene: &Scene<'_>, name: &str) -> Option<String> {
    Some(match name {
        "home" => scene.home.id.clone(),
        "homeWithoutTokens" => without_tokens(scene),
        "scimToken" => {
            let path = format!("/organisations/{}/scim-tokens", without_tokens(scene));
            let draft = json!({"label": "Entra ID", "expiresAt": "2027-06-01T00:00:00Z"});
            scene.world.platform.post(&path, &draft).expect(201).id()
        }
        "address" => format!("{}@klusnet.example", scene.colleague().id),
        "employee" => scene.employee.id.clone(),
        "employment" => scene.employee.employment_id.clone(),
        "colleague" => scene.colleague().id,
        "leaver" => scene.world.employee_with(&scene.home, "Lea Ver", &json!({"endDate": "2026-12-31"})).id,
        "closed" => {
            let colleague = scene.colleague();
            let path = format!("/persons/{}", colleague.id);
            scene.world.platform.transition(&path, "closures", &json!(null)).expect(200).id()
        }
        "unit" => {
            let path = format!("/organisations/{}/units", scene.home.id);
            scene.world.platform.post(&path, &json!({"name": "Ruimte"})).expect(201).id()
        }
        "policy" => {
            let path = format!("/organisations/{}/mobility-policies", scene.home.id);
            let policy = json!({"validFromDate": "2027-04-01", "summary": "Twee dagen per week."});
            scene.world.platform.post(&path, &policy).expect(201).id()
        }
        "network" => scene.network.id.clone(),
        "freshNetwork" => scene.world.network("Nieuw", "BY_ORGANISATION").id,
        "asked" => scene.membership("BY_ORGANISATION", &scene.home.administrator),
        "offered" => scene.membership("BY_ORGANISATION", &scene.network.coordinator),
        "joined" => scene.membership("OPEN", &scene.home.administrator),
        "role" => scene.world.give(&scene.colleague(), "FINANCE", Scope::Organisation(&scene.home)),
        "refreshToken" => scene.refresh_token(),
        _ => return None,
    })
}

/// The home organisation, without tokens for SCIM: only two are good at a time.
fn without_tokens(scene: &Scene<'_>) -> String {
    let platform = &scene.world.platform;
    for id in platform.get(&format!("/organisations/{}/scim-tokens", scene.home.id)).expect(200).ids() {
        platform.delete(&format!("/scim-tokens/{id}")).expect(204);
    }
    scene.home.id.clone()
}
