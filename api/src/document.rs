//! The OpenAPI document: what the handlers say of themselves, and what holds for all of them alike.
//!
//! A handler states its success and what is peculiar to it. Everything that follows from a property of the operation
//! (a token, a body, a path parameter, a revision) is added here, once, so that it is the same everywhere.

#![expect(clippy::indexing_slicing, reason = "of a JSON value: what is absent reads as null and is made when set")]

use actix_web::App;
use domain::exchange::oauth_clients::MACHINE_SCOPES;
use serde_json::{Map, Value, json};
use utoipa::OpenApi;
use utoipa_actix_web::AppExt as _;

use crate::exchange::events;
use crate::problem::ProblemView;
use crate::tokens::SCOPES;

/// The version of the interface: every answer carries it.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What text may hold: everything but control characters (PostgreSQL cannot keep NUL), tab and line ends excepted.
pub const TEXT_CLASS: &str = r"[^\x00-\x08\x0B\x0C\x0E-\x1F\x7F]";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Klusnet",
        description = include_str!("document.md"),
        contact(name = "Klusnet maintainers", url = "https://github.com/klusnet/klusnet/issues", email = "maintainers@klusnet.example"),
        license(name = "EUPL-1.2", identifier = "EUPL-1.2"),
    ),
    servers((url = "https://api.klusnet.example/v1", description = "The service at its own address")),
    components(schemas(ProblemView, domain::market::assignments::AssignmentSort)),
    tags(
        (name = "sessions", description = "Signing in and out, and who one is"),
        (name = "organisations", description = "Employers that lend and borrow people, their units and policies"),
        (name = "networks", description = "Networks of organisations and people, and their memberships"),
        (name = "persons", description = "People, their employments and their roles"),
        (name = "profiles", description = "What a person shows, and to whom"),
        (name = "assignments", description = "The work: klussen and their publication"),
        (name = "matches", description = "Klussen that suit somebody, and people who suit a klus, with the reasons"),
        (name = "responses", description = "Who answers, and the dossier that follows"),
        (name = "arrangements", description = "What employee and home organisation agree on: hours elsewhere, and the way back"),
        (name = "placements", description = "The work done elsewhere, from the plan to the return"),
        (name = "agreements", description = "Secondment agreements of three parties, and the templates that word them"),
        (name = "timesheets", description = "Hours by ISO week, written by the employee and approved by the host"),
        (name = "charges", description = "What an hour costs, and what home charges host for it"),
        (name = "access", description = "How the systems and the people of an organisation get in"),
        (name = "staff", description = "Who works where, as HR systems tell it"),
        (name = "events", description = "What happened"),
        (name = "webhooks", description = "What is posted to the systems of an organisation as it happens: CloudEvents 1.0 (NL GOV profile 1.1) without personal data, signed by Standard Webhooks 1.0. Any 2xx within 15 seconds is success, redirects are not followed, anything else is tried again for about three days; 410 ends the subscription, 429 and 503 with Retry-After slow it down. An event may come twice, with the same `webhook-id`; those about one thing come in their order"),
        (name = "channels", description = "Chats of an organisation (Teams, Slack, Mattermost) that are told of new klussen every employee may see. Any 2xx within 15 seconds is success, redirects are not followed, anything else is tried again for about three days; 404 and 410 end the channel, 429 and 503 with Retry-After slow it down. A message may come twice"),
        (name = "notifications", description = "What somebody is told, what they look for, and how they want to hear"),
        (name = "reference", description = "Words, lists, lifecycles and problems of this interface"),
    )
)]
struct Base;

/// The document as JSON.
pub fn json() -> Value {
    let (_, document) =
        App::new().into_utoipa_app().openapi(Base::openapi()).configure(crate::routes::configure).split_for_parts();
    let mut document = serde_json::to_value(document).unwrap_or_default();
    finish(&mut document);
    document
}

/// The document as YAML, as it is committed.
pub fn yaml() -> String {
    yaml_serde::to_string(&json()).unwrap_or_default()
}

/// The document of SCIM, as it is committed.
pub fn scim_yaml() -> String {
    crate::exchange::scim::yaml()
}

fn finish(document: &mut Value) {
    for (_, item) in members(&mut document["paths"]) {
        for (method, operation) in members(item) {
            finish_operation(method, operation);
        }
    }
    if let Some(schemas) = document["components"]["schemas"].as_object_mut() {
        let requests: Vec<String> = schemas.keys().filter(|name| is_request(name)).cloned().collect();
        for name in requests {
            if let Some(schema) = schemas.get_mut(&name) {
                restrict_text(schema);
            }
        }
    }
    if let Some(schemas) = document["components"]["schemas"].as_object_mut() {
        schemas.extend(events::schemas::schemas());
        schemas.sort_keys();
    }
    document["webhooks"] = events::schemas::webhooks();
    let components = &mut document["components"];
    components["responses"] = responses();
    components["headers"] = headers();
    components["parameters"] = parameters();
    if let Some(parameters) = components["parameters"].as_object_mut() {
        parameters.extend(events::schemas::parameters());
    }
    components["securitySchemes"] = json!({
        "bearer": {
            "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
            "description": "An access token from `POST /sessions` or `/oauth/token`: a JWT signed with RS256, good for 15 minutes, or an hour for a client by itself. The scopes named at an operation must be among those of the token."
        },
        "oauth2": oauth2()
    });
}

/// Schemas of what clients send: their texts are restricted, those of answers stay open.
fn is_request(name: &str) -> bool {
    ["Draft", "Patch", "Item", "Input"].iter().any(|suffix| name.ends_with(suffix))
}

/// POSTs with a token whose answers are not remembered, as they hold secrets or as asking again is what they are for: so
/// they take no Idempotency-Key.
const NOT_REMEMBERED: &[&str] = &[
    "create_activation_token",
    "create_claim_code",
    "create_feed",
    "create_join_code",
    "create_oauth_secret",
    "create_scim_token",
    "create_webhook_key",
    "create_webhook_subscription",
    "ping_webhook_subscription",
    "preview_channel_draft",
    "replay_channel_delivery",
    "replay_webhook_delivery",
    "test_channel",
];

/// Operations whose answers hold words for a person, in the language of the caller.
const SPOKEN: &[&str] = &["list_notifications", "get_notification", "mark_notification"];

/// The flows of the authorisation server; the addresses are relative to the service.
fn oauth2() -> Value {
    let named = |wanted: &dyn Fn(&str) -> bool| -> Map<String, Value> {
        let scopes = SCOPES.iter().filter(|(name, _)| wanted(name));
        scopes.map(|(name, [english, _])| ((*name).to_owned(), json!(english))).collect()
    };
    json!({
        "type": "oauth2",
        "description": "The authorisation server of this service (NL GOV profile for OAuth 2.0), described in `/oauth/openapi.json`. Clients are registered at `POST /organisations/{organisationId}/oauth-clients`.",
        "flows": {
            "authorizationCode": {
                "authorizationUrl": "/oauth/authorize", "tokenUrl": "/oauth/token", "refreshUrl": "/oauth/token",
                "scopes": named(&|_| true)
            },
            "clientCredentials": {
                "tokenUrl": "/oauth/token", "scopes": named(&|name| MACHINE_SCOPES.contains(&name))
            }
        }
    })
}

/// What a token may come by: by either scheme the same scopes are needed.
fn offer_oauth2(operation: &mut Value) {
    let Some(alternatives) = operation.get_mut("security").and_then(Value::as_array_mut) else { return };
    let scopes = alternatives.iter().find_map(|alternative| alternative.get("bearer")).cloned();
    alternatives.extend(scopes.map(|scopes| json!({"oauth2": scopes})));
}

fn finish_operation(method: &str, operation: &mut Value) {
    offer_oauth2(operation);
    let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
    let is = |place: &'static str| move |parameter: &Value| parameter["in"] == place;
    let has_path = parameters.iter().any(is("path"));
    let shows = operation["responses"].as_object().into_iter().flatten();
    let shows =
        shows.filter(|(status, _)| status.starts_with('2')).any(|(_, response)| response.get("content").is_some());
    let has_if_match = parameters.iter().any(|parameter| parameter["name"] == "If-Match");
    let has_body = operation.get("requestBody").is_some();
    let guarded = operation["security"].as_array().is_some_and(|security| !security.is_empty());
    let id = operation["operationId"].as_str().unwrap_or_default().to_owned();
    // What goes on for as long as the connection lasts has no revision.
    let is_stream = operation["responses"]["200"]["content"].get("text/event-stream").is_some();
    let is_read = method == "get" && !is_stream;
    let remembers = method == "post" && guarded && !NOT_REMEMBERED.contains(&id.as_str());
    let is_spoken = operation["tags"][0] == "reference" || SPOKEN.contains(&id.as_str());
    operation["operationId"] = json!(camel(&id));
    for parameter in operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
        if parameter["in"] == "query" {
            restrict_text(&mut parameter["schema"]);
        }
    }
    // Any operation refuses query parameters that it does not have.
    // What is asked of this process alone does not need the database.
    let is_reference = operation["tags"][0] == "reference";
    let mut statuses = vec!["400", "429", "500"];
    statuses.extend((!is_reference).then_some("503"));
    statuses.extend(shows.then_some("406"));
    statuses.extend(has_path.then_some("404"));
    statuses.extend(guarded.then_some("401"));
    statuses.extend(guarded.then_some("403"));
    statuses.extend(has_body.then_some(["413", "415"]).into_iter().flatten());
    statuses.extend(has_if_match.then_some(["412", "428"]).into_iter().flatten());
    statuses.extend(remembers.then_some("409"));
    if let Some(responses) = operation["responses"].as_object_mut() {
        for status in statuses {
            responses
                .entry(status)
                .or_insert_with(|| json!({"$ref": format!("#/components/responses/{}", name_of(status))}));
        }
        if is_read {
            responses.insert(
                "304".to_owned(),
                json!({
                    "description": "Not changed since the ETag sent as If-None-Match",
                    "headers": every_header()
                }),
            );
        }
        for (status, response) in responses.iter_mut() {
            if status.starts_with('2') {
                finish_success(status, response, is_read);
                if is_spoken {
                    response["headers"]["Content-Language"] = json!({"$ref": "#/components/headers/Content-Language"});
                }
            } else if response.get("content").is_none() && response.get("$ref").is_none() && !status.starts_with('3') {
                response["content"] = problem_content();
                response["headers"] = every_header().into();
            }
        }
        responses.sort_keys();
    }
    let header = if is_read { "IfNoneMatch" } else { "IdempotencyKey" };
    if (is_read || remembers)
        && let Some(parameters) = ensure_array(&mut operation["parameters"])
    {
        parameters.push(json!({"$ref": format!("#/components/parameters/{header}")}));
    }
    if method == "patch" {
        // RFC 7396; the plain type is taken with the same meaning, as many clients send it.
        let content = operation["requestBody"]["content"]["application/json"].clone();
        operation["requestBody"]["content"]["application/merge-patch+json"] = content;
    }
}

fn finish_success(status: &str, response: &mut Value, is_read: bool) {
    for (name, header) in every_header() {
        response["headers"][name] = header;
    }
    if is_read {
        response["headers"]["ETag"] = json!({"$ref": "#/components/headers/ETag"});
    }
    if status == "201" {
        response["headers"]["Location"] = json!({"$ref": "#/components/headers/Location"});
    }
}

/// The headers of every answer.
fn every_header() -> Map<String, Value> {
    ["API-Version", "RateLimit", "RateLimit-Policy"]
        .map(|name| (name.to_owned(), header_named(name)))
        .into_iter()
        .collect()
}

fn header_named(name: &str) -> Value {
    json!({"$ref": format!("#/components/headers/{name}")})
}

fn ensure_array(value: &mut Value) -> Option<&mut Vec<Value>> {
    if value.is_null() {
        *value = json!([]);
    }
    value.as_array_mut()
}

fn members(value: &mut Value) -> impl Iterator<Item = (&String, &mut Value)> {
    value.as_object_mut().into_iter().flat_map(Map::iter_mut)
}

/// Gives every free text a pattern: no control characters, and something visible where it may not be empty.
fn restrict_text(schema: &mut Value) {
    let is_text = schema["type"] == "string"
        || schema["type"].as_array().is_some_and(|types| types.iter().any(|kind| kind == "string"));
    let is_free = ["format", "enum", "const", "pattern"].iter().all(|keyword| schema.get(keyword).is_none());
    if is_text && is_free {
        let needs_some = schema["minLength"].as_u64().is_some_and(|length| length > 0);
        schema["pattern"] = json!(if needs_some {
            format!(r"^{TEXT_CLASS}*[^\s\x00-\x1F\x7F]{TEXT_CLASS}*$")
        } else {
            format!("^{TEXT_CLASS}*$")
        });
    }
    match schema {
        Value::Object(members) => {
            members.iter_mut().filter(|(name, _)| *name != "example").for_each(|(_, value)| restrict_text(value));
        }
        Value::Array(items) => items.iter_mut().for_each(restrict_text),
        _ => {}
    }
}

/// `get_organisation` becomes `getOrganisation`.
fn camel(id: &str) -> String {
    let mut words = id.split('_');
    let mut name = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        name.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        name.push_str(letters.as_str());
    }
    name
}

const SHARED: &[(&str, &str, &str)] = &[
    ("400", "BadRequest", "The input is not valid: `invalidParams` names every fault"),
    ("401", "Unauthorized", "No token, or one that is not valid"),
    ("403", "Forbidden", "You may see it and may not do this, or the token lacks a scope or a person"),
    ("404", "NotFound", "There is no such thing that you may know of"),
    ("406", "NotAcceptable", "None of the media types in Accept can be given"),
    ("409", "Conflict", "The present state forbids it, or the Idempotency-Key came with another request"),
    ("412", "PreconditionFailed", "It changed since you read it: If-Match holds an older ETag"),
    ("413", "ContentTooLarge", "The body is too large"),
    ("415", "UnsupportedMediaType", "The media type of the body is not understood"),
    ("428", "PreconditionRequired", "If-Match is needed: send the ETag you got with the thing"),
    ("429", "TooManyRequests", "The client asked more than its share in this minute; wait as long as Retry-After says"),
    ("500", "InternalServerError", "A fault of the service; the detail holds an incident number"),
    ("503", "ServiceUnavailable", "The service cannot be used now; nothing was changed"),
];

fn name_of(status: &str) -> &'static str {
    SHARED.iter().find(|(known, ..)| *known == status).map_or("InternalServerError", |(_, name, _)| name)
}

fn problem_content() -> Value {
    json!({"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}})
}

fn responses() -> Value {
    SHARED
        .iter()
        .map(|(status, name, description)| {
            let mut headers = every_header();
            if ["429", "503"].contains(status) {
                headers.insert("Retry-After".to_owned(), header_named("Retry-After"));
            }
            let response = json!({"description": description, "headers": headers, "content": problem_content()});
            ((*name).to_owned(), response)
        })
        .collect::<Map<_, _>>()
        .into()
}

fn headers() -> Value {
    json!({
        "API-Version": {
            "description": "The whole version of this interface (API Design Rules, /core/version-header)", "required": true,
            "schema": {"type": "string", "maxLength": 20, "example": VERSION}
        },
        "RateLimit": {
            "description": "How many requests are left (`r`) and in how many seconds the count begins anew (`t`), per policy; left out where the service keeps no limit",
            "schema": {"type": "string", "maxLength": 100, "example": "\"default\";r=599;t=42"}
        },
        "RateLimit-Policy": {
            "description": "How many requests (`q`) a client may make in so many seconds (`w`): `default` for a token, `anonymous` for an address without one",
            "schema": {"type": "string", "maxLength": 100, "example": "\"default\";q=600;w=60"}
        },
        "Content-Language": {
            "description": "The language of titles, labels and meanings", "required": true,
            "schema": {"type": "string", "enum": ["en", "nl"], "example": "nl"}
        },
        "ETag": {
            "description": "The revision of the thing and a digest of the representation; send it as If-Match to change the thing, as If-None-Match to hear only of changes",
            "required": true, "schema": {"type": "string", "maxLength": 80, "example": "\"3-x2Yc0kPq9VbQ\""}
        },
        "Location": {
            "description": "Where the new thing is", "required": true,
            "schema": {"type": "string", "format": "uri-reference", "maxLength": 400, "example": "/v1/organisations/01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17"}
        },
        "Retry-After": {
            "description": "Try again after this many seconds", "required": false,
            "schema": {"type": "integer", "minimum": 0, "maximum": 86400, "example": 5}
        }
    })
}

fn parameters() -> Value {
    json!({
        "IfNoneMatch": {
            "name": "If-None-Match", "in": "header", "required": false,
            "description": "The ETag of the representation you have: the answer is 304 if it is still the same",
            "schema": {"type": "string", "maxLength": 400, "example": "\"3-x2Yc0kPq9VbQ\""}
        },
        "IdempotencyKey": {
            "name": "Idempotency-Key", "in": "header", "required": false,
            "description": "A key of your own for this request, such as a UUID: sent again within 24 hours with the same key, it is answered again and not done again",
            "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$", "example": "8e03978e-40d5-43dd-bc93-6894a57f9324"}
        }
    })
}
