//! Sessions, organisations, networks, persons.

use contract_tests::ADMINISTRATOR;

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
}

pub(super) fn thing(scene: &Scene<'_>, name: &str) -> Option<String> {
    Some(match name {
        "home" => scene.home.clone(),
        "refreshToken" => scene.refresh_token(),
        _ => return None,
    })
}
