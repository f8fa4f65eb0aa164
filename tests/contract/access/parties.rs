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
        row("createOrganisation", "POST /organisations").body(organisation).signed_in(403).but(201, &[Platform]),
        row("listOrganisations", "GET /organisations").signed_in(200),
        row("getOrganisation", "GET /organisations/{home}").signed_in(200),
        row("reviseOrganisation", "PATCH /organisations/{home}")
            .body(json!({"town": "Oss"}))
            .signed_in(403)
            .but(200, &[Administrator, Platform]),
    ]
    .into_iter()
    .chain(persons())
    .chain(employments())
    .chain(role_assignments())
    .collect()
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

pub(super) fn thing(scene: &Scene<'_>, name: &str) -> Option<String> {
    Some(match name {
        "home" => scene.home.id.clone(),
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
        "role" => scene.world.give(&scene.colleague(), "FINANCE", Scope::Organisation(&scene.home)),
        "refreshToken" => scene.refresh_token(),
        _ => return None,
    })
}
