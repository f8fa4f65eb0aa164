//! How systems and portals get tokens.

mod assertions;
mod client_credentials;
mod clients;
mod taking_back;
mod token_exchange;

use contract_tests::{Answer, Client, OAuth, Organisation};
use serde_json::{Value, json};

/// Registers a client of an organisation; returns its id.
#[track_caller]
fn register(organisation: &Organisation, draft: &Value) -> String {
    let path = format!("/organisations/{}/oauth-clients", organisation.id);
    organisation.administrator.client.post(&path, draft).expect(201).id()
}

/// A client for HR systems, with a secret: the id and the secret.
#[track_caller]
fn hr_system(organisation: &Organisation) -> (String, String) {
    let draft =
        json!({"name": "HR-systeem", "grantType": "CLIENT_CREDENTIALS", "scopes": ["staff:read", "staff:write"]});
    let id = register(organisation, &draft);
    let secret = add_secret(&organisation.administrator.client, &id);
    (id, secret)
}

#[track_caller]
fn add_secret(administrator: &Client, id: &str) -> String {
    let secret = administrator.post(&format!("/oauth-clients/{id}/secrets"), &json!({})).expect(201);
    secret.text_at("/clientSecret").to_owned()
}

/// Asks for a token by client credentials.
fn ask(oauth: &OAuth<'_>, (id, secret): &(String, String)) -> Answer {
    oauth.token(&[("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret)])
}

/// Whether a token of the HR system is still good, as another client of the organisation is told.
fn is_active(oauth: &OAuth<'_>, (id, secret): &(String, String), token: &str) -> bool {
    let form = [("token", token), ("client_id", id.as_str()), ("client_secret", secret.as_str())];
    oauth.post("/oauth/introspect", &form).expect(200).body["active"] == true
}
