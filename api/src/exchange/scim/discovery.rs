//! What can be done here, told to whoever has a token or none.

use actix_web::http::Method;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, get};
use interchange::scim::{ListPage, ScimError, Served, list_response, resource_types, schemas, service_provider_config};
use serde_json::Value;

use super::failure::{Failure, Outcome};
use super::feed::base_of;
use super::reply::Told;
use super::{BULK_BYTES, BULK_OPERATIONS, LARGEST_PAGE, PAGE};
use crate::app::App;

#[get("/ServiceProviderConfig")]
pub(super) async fn get_configuration(app: Data<App>) -> Told {
    let base = base_of(&app);
    Told::message(service_provider_config(&served(&base, &format!("{base}/openapi.json"))))
}

fn served<'a>(base: &'a str, documentation: &'a str) -> Served<'a> {
    Served {
        base,
        documentation,
        bulk_operations: BULK_OPERATIONS,
        bulk_bytes: BULK_BYTES,
        page: PAGE,
        largest_page: LARGEST_PAGE,
    }
}

#[get("/ResourceTypes")]
pub(super) async fn list_resource_types(app: Data<App>) -> Told {
    all(resource_types(&base_of(&app)))
}

#[get("/ResourceTypes/{id}")]
pub(super) async fn get_resource_type(app: Data<App>, id: Path<String>) -> Outcome<Told> {
    one(resource_types(&base_of(&app)), "ResourceType", &id)
}

#[get("/Schemas")]
pub(super) async fn list_schemas(app: Data<App>) -> Told {
    all(schemas(&base_of(&app)))
}

#[get("/Schemas/{id}")]
pub(super) async fn get_schema(app: Data<App>, id: Path<String>) -> Outcome<Told> {
    one(schemas(&base_of(&app)), "Schema", &id)
}

fn all(resources: Vec<Value>) -> Told {
    Told::message(list_response(ListPage {
        total: resources.len(),
        start_index: Some(1),
        next_cursor: None,
        resources,
    }))
}

fn one(resources: Vec<Value>, kind: &str, id: &str) -> Outcome<Told> {
    let found = resources
        .into_iter()
        .find(|resource| resource["id"].as_str().is_some_and(|found| found.eq_ignore_ascii_case(id)));
    found.map(Told::message).ok_or_else(|| ScimError::not_found(kind, id).into())
}

/// Which methods are possible where.
const METHODS: &[(&str, &str)] = &[
    ("/ServiceProviderConfig", "GET"),
    ("/ResourceTypes", "GET"),
    ("/ResourceTypes/*", "GET"),
    ("/Schemas", "GET"),
    ("/Schemas/*", "GET"),
    ("/Users", "GET, POST"),
    ("/Users/.search", "POST"),
    ("/Users/*", "GET, PUT, PATCH, DELETE"),
    ("/Groups", "GET, POST"),
    ("/Groups/.search", "POST"),
    ("/Groups/*", "GET, PUT, PATCH, DELETE"),
    ("/.search", "POST"),
    ("/Bulk", "POST"),
    ("/openapi.json", "GET"),
];

/// What answers where nothing else does: 404, or 405 with the methods that are possible.
pub(super) async fn nothing_here(request: HttpRequest) -> Outcome<Told> {
    Err(refused(&request))
}

fn refused(request: &HttpRequest) -> Failure {
    let path = request.path().strip_prefix(super::BASE).unwrap_or_default();
    let parent = path.rsplit_once('/').map(|(parent, _)| format!("{parent}/*")).unwrap_or_default();
    let known = METHODS.iter().find(|(known, _)| *known == path).or(METHODS.iter().find(|(known, _)| *known == parent));
    match known {
        Some((_, methods)) if request.method() != Method::GET || !methods.contains("GET") => {
            let detail = format!("{} is not possible here; possible: {methods}.", request.method());
            Failure::from(ScimError::status(405, detail)).allowing(methods)
        }
        _ => ScimError::status(404, "There is nothing at this address; see /ResourceTypes for what there is.").into(),
    }
}

/// What is told of this, as an example.
pub(super) fn example(schema: &str) -> Value {
    let base = "https://api.klusnet.example/scim/v2";
    let first = |all: Vec<Value>| all.into_iter().next().unwrap_or_default();
    match schema {
        "ResourceType" => first(resource_types(base)),
        "Schema" => first(schemas(base)),
        _ => service_provider_config(&served(base, &format!("{base}/openapi.json"))),
    }
}
