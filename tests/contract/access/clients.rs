//! How systems and people of an organisation get in.

use super::*;

pub(super) fn rows() -> Vec<Row> {
    let draft = json!({"name": "HR-systeem", "grantType": "CLIENT_CREDENTIALS", "scopes": ["staff:write"]});
    vec![
        row("createOauthClient", "POST /organisations/{home}/oauth-clients")
            .body(draft)
            .signed_in(403)
            .but(201, &[Administrator, Platform]),
        row("listOauthClients", "GET /organisations/{home}/oauth-clients")
            .signed_in(403)
            .but(200, &[Administrator, Platform]),
        row("getOauthClient", "GET /oauth-clients/{oauthClient}").signed_in(404).but(200, &[Administrator, Platform]),
        row("reviseOauthClient", "PATCH /oauth-clients/{oauthClient}")
            .body(json!({"name": "HR"}))
            .signed_in(404)
            .but(200, &[Administrator, Platform]),
        row("deleteOauthClient", "DELETE /oauth-clients/{oauthClient}")
            .signed_in(404)
            .but(204, &[Administrator, Platform]),
        row("createOauthSecret", "POST /oauth-clients/{oauthClient}/secrets")
            .body(json!({}))
            .signed_in(404)
            .but(201, &[Administrator, Platform]),
        row("listOauthSecrets", "GET /oauth-clients/{oauthClient}/secrets")
            .signed_in(404)
            .but(200, &[Administrator, Platform]),
        row("getOauthSecret", "GET /oauth-clients/{oauthClient}/secrets/{oauthSecret}")
            .signed_in(404)
            .but(200, &[Administrator, Platform]),
        row("deleteOauthSecret", "DELETE /oauth-clients/{oauthClient}/secrets/{oauthSecret}")
            .signed_in(404)
            .but(204, &[Administrator, Platform]),
    ]
}

pub(super) fn thing(scene: &Scene<'_>, name: &str) -> Option<String> {
    let path = format!("/organisations/{}/oauth-clients", scene.home.id);
    Some(match name {
        "oauthClient" => {
            let draft = json!({"name": "HR-systeem", "grantType": "CLIENT_CREDENTIALS", "scopes": ["staff:write"]});
            scene.world.platform.post(&path, &draft).expect(201).id()
        }
        // Of the client that was named just before it.
        "oauthSecret" => {
            let newest = scene.world.platform.get(&path).expect(200).ids().remove(0);
            scene.world.platform.post(&format!("/oauth-clients/{newest}/secrets"), &json!({})).expect(201).id()
        }
        _ => return None,
    })
}
