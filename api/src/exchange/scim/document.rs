//! The document of SCIM: its schemas are made of the tables that decide.

use actix_web::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_TYPE};
use actix_web::web::Data;
use actix_web::{HttpResponse, get};
use interchange::scim::MEDIA_TYPE;
use serde_json::{Map, Value, json};

use super::document_schemas::{example_group, example_user, put, schemas};
use super::feed::base_of;
use crate::app::App;
use crate::document::VERSION;

#[get("/openapi.json")]
pub(super) async fn get_document(app: Data<App>) -> HttpResponse {
    let document = document(&base_of(&app)).to_string();
    let mut response = HttpResponse::Ok();
    response.insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, "*")).insert_header((CONTENT_TYPE, "application/json"));
    response.body(document)
}

/// The document as it is committed.
pub(crate) fn yaml() -> String {
    yaml_serde::to_string(&document("https://api.klusnet.example/scim/v2")).unwrap_or_default()
}

const ABOUT: &str = "Identity systems and HR suites provision the staff of their organisation with SCIM 2.0 (RFC 7643, \
RFC 7644, cursors of RFC 9865). An administrator of the organisation makes a token with `POST \
/v1/organisations/{organisationId}/scim-tokens`; it is good for a year at most, and two are good at a time so that one can follow \
the other. Every answer concerns the staff of that organisation only.\n\nA user is an employee: with `active` false, or removed, \
the employment ends and access is closed at once, while the person and the portfolio stay. A group is a department: nobody is in two, \
the last one wins. Values are kept as they are sent. Attributes of the standard that are not kept (addresses, phone numbers, photos \
and others that `/Schemas` does not name) are passed over: leave them out of the mapping. What Entra ID writes in its own way is understood: \
operations in any case, `\"False\"`, a manager as text, keys that are paths, members that are removed by value.";

fn document(address: &str) -> Value {
    let responses: Map<String, Value> =
        ERRORS.iter().map(|(status, description)| ((*status).to_owned(), error(status, description))).collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Klusnet SCIM", "version": VERSION, "description": ABOUT,
            "contact": {
                "name": "Klusnet maintainers", "url": "https://github.com/klusnet/klusnet/issues",
                "email": "maintainers@klusnet.example"
            },
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}
        },
        "servers": [{"url": address, "description": "The service at its own address"}],
        "tags": [
            {"name": "discovery", "description": "What can be done here"},
            {"name": "users", "description": "The staff of the organisation"},
            {"name": "groups", "description": "The departments of the organisation"},
            {"name": "bulk", "description": "Many operations at once"}
        ],
        "paths": paths(),
        "components": {
            "schemas": schemas(),
            "responses": responses,
            "securitySchemes": {"bearer": {
                "type": "http", "scheme": "bearer",
                "description": "A token of the organisation, or one of the client credentials flow with the scope staff:write"
            }}
        }
    })
}

const ERRORS: &[(&str, &str)] = &[
    ("400", "Something that was sent is wrong: scimType says what sort, detail names it"),
    ("401", "No token, or one that is not good (any more)"),
    ("403", "The token lacks the scope staff:write, or belongs to a person"),
    ("404", "There is no such resource in the organisation"),
    ("405", "This method is not possible here"),
    ("409", "A unique value is taken, something refers to the department, or the staff comes by another door"),
    ("412", "It is another one by now: If-Match holds an older ETag"),
    ("413", "The body is too large, or holds too many operations"),
    ("415", "The media type of the body is not understood"),
    ("500", "A fault of the service; the detail holds an incident number"),
    ("503", "The service cannot be used now; nothing was changed"),
];

fn error(status: &str, description: &str) -> Value {
    let example = json!({
        "schemas": [interchange::scim::ERROR], "status": status, "detail": "userName must be given"
    });
    json!({
        "description": description,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Error"}, "example": example}}
    })
}

/// One operation, before what all have is added.
struct Line {
    at: (&'static str, &'static str),
    id: &'static str,
    tag: &'static str,
    summary: &'static str,
    sends: Option<&'static str>,
    answers: (&'static str, &'static str),
    errors: &'static [&'static str],
    asks: &'static [&'static str],
}

const LIST: &[&str] =
    &["filter", "sortBy", "sortOrder", "startIndex", "count", "cursor", "attributes", "excludedAttributes"];
const SHOW: &[&str] = &["attributes", "excludedAttributes"];
const CHANGE: &[&str] = &["attributes", "excludedAttributes", "If-Match"];
const WRONG: &[&str] = &["400", "401", "409", "413", "415"];
const STALE: &[&str] = &["400", "401", "404", "409", "412", "413", "415"];
const SEARCH: &[&str] = &["400", "401", "413", "415"];

macro_rules! lines {
    ($($method:literal $path:literal $id:literal $tag:literal $sends:expr => $status:literal $body:literal, $errors:expr, $asks:expr, $summary:literal;)+) => {
        &[$(Line {
            at: ($method, $path), id: $id, tag: $tag, summary: $summary, sends: $sends,
            answers: ($status, $body), errors: $errors, asks: $asks,
        }),+]
    };
}

const LINES: &[Line] = lines! {
    "get" "/ServiceProviderConfig" "getServiceProviderConfig" "discovery" None => "200" "ServiceProviderConfig", &[], &[], "What the service can do";
    "get" "/ResourceTypes" "listResourceTypes" "discovery" None => "200" "ListResponse", &[], &[], "List the types of resources";
    "get" "/ResourceTypes/{id}" "getResourceType" "discovery" None => "200" "ResourceType", &["404"], &[], "Show a type of resource";
    "get" "/Schemas" "listSchemas" "discovery" None => "200" "ListResponse", &[], &[], "List the schemas";
    "get" "/Schemas/{id}" "getSchema" "discovery" None => "200" "Schema", &["404"], &[], "Show a schema";
    "get" "/Users" "listUsers" "users" None => "200" "ListResponse", &["400", "401"], LIST, "List users";
    "post" "/Users" "createUser" "users" Some("User") => "201" "User", WRONG, SHOW, "Add a user";
    "post" "/Users/.search" "searchUsers" "users" Some("SearchRequest") => "200" "ListResponse", SEARCH, &[], "Search users";
    "get" "/Users/{id}" "getUser" "users" None => "200" "User", &["400", "401", "404"], SHOW, "Show a user";
    "put" "/Users/{id}" "replaceUser" "users" Some("User") => "200" "User", STALE, CHANGE, "Replace a user";
    "patch" "/Users/{id}" "patchUser" "users" Some("PatchOp") => "200" "User", STALE, CHANGE, "Change parts of a user";
    "delete" "/Users/{id}" "deleteUser" "users" None => "204" "", &["401", "404", "409", "412"], &["If-Match"], "Remove a user: the employment ends";
    "get" "/Groups" "listGroups" "groups" None => "200" "ListResponse", &["400", "401"], LIST, "List groups";
    "post" "/Groups" "createGroup" "groups" Some("Group") => "201" "Group", WRONG, SHOW, "Add a group";
    "post" "/Groups/.search" "searchGroups" "groups" Some("SearchRequest") => "200" "ListResponse", SEARCH, &[], "Search groups";
    "get" "/Groups/{id}" "getGroup" "groups" None => "200" "Group", &["400", "401", "404"], SHOW, "Show a group";
    "put" "/Groups/{id}" "replaceGroup" "groups" Some("Group") => "200" "Group", STALE, CHANGE, "Replace a group";
    "patch" "/Groups/{id}" "patchGroup" "groups" Some("PatchOp") => "204" "", STALE, CHANGE, "Change parts of a group: 200 with the group if attributes are asked for";
    "delete" "/Groups/{id}" "deleteGroup" "groups" None => "204" "", &["401", "404", "409", "412"], &["If-Match"], "Remove a group";
    "post" "/.search" "searchAll" "users" Some("SearchRequest") => "200" "ListResponse", SEARCH, &[], "Search users and groups";
    "post" "/Bulk" "doBulk" "bulk" Some("BulkRequest") => "200" "BulkResponse", SEARCH, &[], "Do many operations; each succeeds or fails by itself";
};

fn paths() -> Value {
    let mut paths = Map::new();
    for line in LINES {
        let (method, path) = line.at;
        let item = paths.entry(path).or_insert_with(|| json!({}));
        if let Value::Object(item) = item {
            item.insert(method.to_owned(), operation(line));
        }
    }
    Value::Object(paths)
}

fn operation(line: &Line) -> Value {
    let mut operation = Map::new();
    let mut put = |name: &str, value: Value| operation.insert(name.to_owned(), value);
    put("operationId", json!(line.id));
    put("tags", json!([line.tag]));
    put("summary", json!(line.summary));
    if line.tag != "discovery" {
        put("security", json!([{"bearer": []}]));
    }
    let parameters = parameters(line);
    if !parameters.is_empty() {
        put("parameters", Value::Array(parameters));
    }
    if let Some(schema) = line.sends {
        let body = json!({"schema": reference(schema), "example": example(schema)});
        put("requestBody", json!({"required": true, "content": {MEDIA_TYPE: body.clone(), "application/json": body}}));
    }
    put("responses", Value::Object(responses(line)));
    Value::Object(operation)
}

fn responses(line: &Line) -> Map<String, Value> {
    let mut responses = Map::new();
    let (status, schema) = line.answers;
    responses.insert(status.to_owned(), success(line, schema));
    if line.id == "patchGroup" {
        responses.insert("200".to_owned(), success(line, "Group"));
    }
    if line.at.0 == "get" && matches!(schema, "User" | "Group") {
        responses.insert("304".to_owned(), json!({"description": "Not changed since the ETag sent as If-None-Match"}));
    }
    let of_all: &[&str] = if line.tag == "discovery" { &["500"] } else { &["403", "500", "503"] };
    for status in line.errors.iter().chain(of_all) {
        responses.insert((*status).to_owned(), json!({"$ref": format!("#/components/responses/{status}")}));
    }
    responses.sort_keys();
    responses
}

fn success(line: &Line, schema: &str) -> Value {
    let mut response = json!({"description": line.summary});
    if !schema.is_empty() {
        let content = json!({MEDIA_TYPE: {"schema": reference(schema), "example": example(schema)}});
        put(&mut response, "content", content);
    }
    if matches!(schema, "User" | "Group") {
        let header =
            |text: &str| json!({"description": text, "required": true, "schema": {"type": "string", "maxLength": 400}});
        let headers = json!({"ETag": header("Its version"), "Location": header("Where it is")});
        put(&mut response, "headers", headers);
    }
    response
}

fn reference(schema: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{schema}")})
}

fn parameters(line: &Line) -> Vec<Value> {
    let mut all = Vec::new();
    if line.at.1.contains("{id}") {
        all.push(json!({
            "name": "id", "in": "path", "required": true, "description": "Its id",
            "schema": {"type": "string", "maxLength": 200, "example": "01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17"}
        }));
    }
    all.extend(line.asks.iter().map(|name| parameter(name)));
    if line.at.0 == "get" && matches!(line.answers.1, "User" | "Group") {
        all.push(parameter("If-None-Match"));
    }
    all
}

fn parameter(name: &str) -> Value {
    let text = |example: &str| json!({"type": "string", "maxLength": 16384, "example": example});
    let number = |example: u32| json!({"type": "integer", "minimum": 0, "maximum": 1_000_000_000, "example": example});
    let (description, schema) = match name {
        "filter" => ("Which ones: a filter of RFC 7644, 3.4.2.2", text("userName eq \"s.devries@oss.example\"")),
        "sortBy" => ("By which attribute to order", text("name.familyName")),
        "sortOrder" => {
            ("In which order", json!({"type": "string", "enum": ["ascending", "descending"], "example": "ascending"}))
        }
        "startIndex" => ("From which one on, counted from 1", number(1)),
        "count" => ("At most this many: 100 unless given, never more than 1000", number(100)),
        "cursor" => ("Empty for the first page, then the nextCursor of the page before (RFC 9865)", text("")),
        "attributes" => ("Only these attributes, separated by commas", text("userName,active")),
        "excludedAttributes" => ("All but these attributes, separated by commas", text("members")),
        "If-Match" => ("The ETag that it must still have", text("W/\"3-x2Yc0kPq9VbQ\"")),
        _ => ("The ETag of what you have: 304 if it is still the same", text("W/\"3-x2Yc0kPq9VbQ\"")),
    };
    let place = if name.starts_with("If-") { "header" } else { "query" };
    json!({"name": name, "in": place, "required": false, "description": description, "schema": schema})
}

fn example(schema: &str) -> Value {
    use interchange::scim::{BULK_REQUEST, BULK_RESPONSE, LIST_RESPONSE, PATCH_OP, SEARCH_REQUEST};
    match schema {
        "User" => example_user(),
        "Group" => example_group(),
        "ListResponse" => {
            json!({"schemas": [LIST_RESPONSE], "totalResults": 1, "itemsPerPage": 1, "startIndex": 1, "Resources": [example_user()]})
        }
        "PatchOp" => {
            json!({"schemas": [PATCH_OP], "Operations": [{"op": "replace", "path": "active", "value": false}]})
        }
        "SearchRequest" => json!({"schemas": [SEARCH_REQUEST], "filter": "active eq true", "count": 100}),
        "BulkRequest" => json!({"schemas": [BULK_REQUEST], "failOnErrors": 1, "Operations": [
            {"method": "POST", "path": "/Users", "bulkId": "104233", "data": example_user()}
        ]}),
        "BulkResponse" => json!({"schemas": [BULK_RESPONSE], "Operations": [{
            "method": "POST", "bulkId": "104233", "status": "201", "version": "W/\"1-x2Yc0kPq9VbQ\"",
            "location": "https://api.klusnet.example/scim/v2/Users/01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17"
        }]}),
        other => super::discovery::example(other),
    }
}
