//! SCIM 2.0 (RFC 7643, RFC 7644): resources as JSON, what may stand in them, filters, changes and what is shown.
//!
//! A resource is a JSON object with the names of the schema. Whatever a client sends passes [`read`] or
//! [`patch::apply`], which know all ways in which identity systems write the same; values are kept as they came.

pub mod bulk;
mod discovery;
mod error;
pub mod filter;
mod grammar;
mod messages;
pub mod patch;
mod place;
pub mod project;
mod schema;
mod schemas;
mod shape;
pub mod sort;
pub mod staff;
#[cfg(test)]
mod tests;

pub use discovery::{Served, resource_types, schemas, service_provider_config};
pub use error::{ErrorType, ScimError};
pub use filter::{Filter, Needle};
pub use grammar::{Comparison, Expression, Literal, Name, Path};
pub use messages::{ListPage, Query, list_response};
pub use place::Place;
pub use schema::{Attribute, Kind, Mutability, ResourceType, Returned, Schema};
pub use schemas::{ENTERPRISE, GROUP, KLUSNET, RESOURCE_TYPES, USER};
pub use shape::{faults_of_values, read, settle};

/// A resource as JSON.
pub type Resource = serde_json::Map<String, serde_json::Value>;

/// The media type of everything that SCIM answers.
pub const MEDIA_TYPE: &str = "application/scim+json";

/// The schema of lists.
pub const LIST_RESPONSE: &str = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
/// The schema of changes.
pub const PATCH_OP: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
/// The schema of searches.
pub const SEARCH_REQUEST: &str = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";
/// The schema of errors.
pub const ERROR: &str = "urn:ietf:params:scim:api:messages:2.0:Error";
/// The schema of many operations at once.
pub const BULK_REQUEST: &str = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
/// The schema of the answer to them.
pub const BULK_RESPONSE: &str = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";
