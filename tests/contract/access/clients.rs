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
        row("createWebhookSubscription", "POST /organisations/{home}/webhook-subscriptions")
            .body(webhook())
            .signed_in(403)
            .but(201, &[Administrator, Platform]),
        row("listWebhookSubscriptions", "GET /organisations/{home}/webhook-subscriptions")
            .signed_in(403)
            .but(200, &[Administrator, Platform]),
        row("getWebhookSubscription", "GET /webhook-subscriptions/{webhook}")
            .signed_in(404)
            .but(200, &[Administrator, Platform]),
        row("reviseWebhookSubscription", "PATCH /webhook-subscriptions/{webhook}")
            .body(json!({"paused": true}))
            .signed_in(404)
            .but(200, &[Administrator, Platform]),
        row("deleteWebhookSubscription", "DELETE /webhook-subscriptions/{webhook}")
            .signed_in(404)
            .but(204, &[Administrator, Platform]),
        row("pingWebhookSubscription", "POST /webhook-subscriptions/{webhook}/ping")
            .signed_in(404)
            .but(200, &[Administrator, Platform]),
        row("createWebhookKey", "POST /webhook-subscriptions/{webhook}/keys")
            .body(json!({}))
            .signed_in(404)
            .but(201, &[Administrator, Platform]),
        row("listWebhookKeys", "GET /webhook-subscriptions/{webhook}/keys")
            .signed_in(404)
            .but(200, &[Administrator, Platform]),
        row("getWebhookKey", "GET /webhook-subscriptions/{webhook}/keys/{webhookKey}")
            .signed_in(404)
            .but(200, &[Administrator, Platform]),
        row("deleteWebhookKey", "DELETE /webhook-subscriptions/{webhook}/keys/{webhookKey}")
            .signed_in(404)
            .but(409, &[Administrator, Platform]),
        row("listWebhookDeliveries", "GET /webhook-subscriptions/{webhook}/deliveries")
            .signed_in(404)
            .but(200, &[Administrator, Platform]),
        row("getWebhookDelivery", "GET /webhook-subscriptions/{webhook}/deliveries/{unknown}").signed_in(404),
        row("replayWebhookDelivery", "POST /webhook-subscriptions/{webhook}/deliveries/{unknown}/replay")
            .signed_in(404),
        row("replayWebhookDeliveries", "POST /webhook-subscriptions/{webhook}/replays")
            .body(json!({"from": "2027-01-01T00:00:00Z"}))
            .signed_in(404)
            .but(200, &[Administrator, Platform]),
        row("createChannel", "POST /organisations/{home}/channels")
            .body(channel())
            .signed_in(403)
            .but(201, &[Administrator, Platform]),
        row("listChannels", "GET /organisations/{home}/channels").signed_in(403).but(200, &[Administrator, Platform]),
        row("previewChannelDraft", "POST /organisations/{home}/channel-previews")
            .body(json!({"kind": "TEAMS", "language": "NL"}))
            .signed_in(403)
            .but(200, &[Administrator, Platform]),
        row("getChannel", "GET /channels/{channel}").signed_in(404).but(200, &[Administrator, Platform]),
        row("reviseChannel", "PATCH /channels/{channel}")
            .body(json!({"paused": true}))
            .signed_in(404)
            .but(200, &[Administrator, Platform]),
        row("deleteChannel", "DELETE /channels/{channel}").signed_in(404).but(204, &[Administrator, Platform]),
        row("previewChannel", "GET /channels/{channel}/preview").signed_in(404).but(200, &[Administrator, Platform]),
        row("testChannel", "POST /channels/{channel}/test").signed_in(404).but(200, &[Administrator, Platform]),
        row("listChannelDeliveries", "GET /channels/{channel}/deliveries")
            .signed_in(404)
            .but(200, &[Administrator, Platform]),
        row("getChannelDelivery", "GET /channels/{channel}/deliveries/{unknown}").signed_in(404),
        row("replayChannelDelivery", "POST /channels/{channel}/deliveries/{unknown}/replay").signed_in(404),
        row("createIdentityProvider", "POST /organisations/{home}/identity-providers")
            .body(provider("https://login.{fresh}.example"))
            .signed_in(403)
            .but(201, &[Administrator, Platform]),
        row("listIdentityProviders", "GET /organisations/{home}/identity-providers")
            .signed_in(403)
            .but(200, &[Administrator, Platform]),
        row("getIdentityProvider", "GET /identity-providers/{identityProvider}")
            .signed_in(404)
            .but(200, &[Administrator, Platform]),
        row("reviseIdentityProvider", "PATCH /identity-providers/{identityProvider}")
            .body(json!({"name": "Anders"}))
            .signed_in(404)
            .but(200, &[Administrator, Platform]),
        row("deleteIdentityProvider", "DELETE /identity-providers/{identityProvider}")
            .signed_in(404)
            .but(204, &[Administrator, Platform]),
        row("getIdentityProviderDiscovery", "GET /identity-providers/{inside}/discovery")
            .signed_in(404)
            .but(200, &[Administrator, Platform]),
        row("getSignInOptions", "GET /sign-in-options?email=anna%40oss.example").open(200),
        row("listClientConsents", "GET /me/client-consents").signed_in(200),
        // Consent is given in a browser; that of somebody else is not there.
        row("deleteClientConsent", "DELETE /me/client-consents/{home}").signed_in(404),
    ]
}

fn provider(issuer: &str) -> Value {
    json!({"name": "Aanmelden met Oss", "issuer": issuer, "clientId": "klusnet", "authentication": "PRIVATE_KEY_JWT",
        "staffClaim": "employeeNumber", "staffKey": "EMPLOYEE_NUMBER"})
}

/// Another number each time.
fn fresh() -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static LAST: AtomicU32 = AtomicU32::new(0);
    format!("p{}", LAST.fetch_add(1, Ordering::Relaxed))
}

/// Port 9 takes no connections.
fn webhook() -> serde_json::Value {
    json!({"url": "http://127.0.0.1:9/"})
}

/// Port 9 takes no connections.
fn channel() -> Value {
    json!({"kind": "SLACK", "name": "Klussen", "url": "http://127.0.0.1:9/diensten/geheim", "frequency": "DAILY",
        "language": "NL"})
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
        "webhook" => {
            let path = format!("/organisations/{}/webhook-subscriptions", scene.home.id);
            // There are so many at most.
            let others = scene.world.platform.get(&path).expect(200).ids();
            for old in others.iter().skip(10) {
                let old = format!("/webhook-subscriptions/{old}");
                scene.world.platform.at_present(&old).delete(&old).expect(204);
            }
            scene.world.platform.post(&path, &webhook()).expect(201).id()
        }
        // Of the subscription that was named just before it.
        "webhookKey" => {
            let path = format!("/organisations/{}/webhook-subscriptions", scene.home.id);
            let newest = scene.world.platform.get(&path).expect(200).ids().remove(0);
            scene.world.platform.get(&format!("/webhook-subscriptions/{newest}/keys")).expect(200).ids().remove(0)
        }
        "channel" => {
            let path = format!("/organisations/{}/channels", scene.home.id);
            // There are so many at most.
            for old in scene.world.platform.get(&path).expect(200).ids() {
                let old = format!("/channels/{old}");
                scene.world.platform.at_present(&old).delete(&old).expect(204);
            }
            scene.world.platform.post(&path, &channel()).expect(201).id()
        }
        "unknown" => "01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17".to_owned(),
        "fresh" => fresh(),
        "identityProvider" | "inside" => {
            // One that nothing is fetched from, so that no name has to be looked up.
            let issuer = if name == "inside" { "https://127.0.0.1:9" } else { "https://login" };
            let path = format!("/organisations/{}/identity-providers", scene.home.id);
            scene.world.platform.post(&path, &provider(&format!("{issuer}/{}", fresh()))).expect(201).id()
        }
        _ => return None,
    })
}
