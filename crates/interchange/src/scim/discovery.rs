//! What the service can do, as clients ask it (RFC 7644, 4).

use serde_json::{Value, json};

use super::{ENTERPRISE, GROUP, KLUSNET, RESOURCE_TYPES, USER};

/// The bounds within which it is served.
#[derive(Debug, Clone)]
pub struct Served<'a> {
    /// The address that all paths begin with.
    pub base: &'a str,
    /// Where it is explained.
    pub documentation: &'a str,
    /// Operations in one bulk request.
    pub bulk_operations: usize,
    /// Bytes of one bulk request.
    pub bulk_bytes: usize,
    /// Resources on a page unless asked otherwise.
    pub page: usize,
    /// Resources on a page at most.
    pub largest_page: usize,
}

/// All schemas.
pub fn schemas(base: &str) -> Vec<Value> {
    [USER.schema, &ENTERPRISE, &KLUSNET, GROUP.schema].iter().map(|schema| schema.json(base)).collect()
}

/// All types of resources.
pub fn resource_types(base: &str) -> Vec<Value> {
    RESOURCE_TYPES.iter().map(|kind| kind.json(base)).collect()
}

/// What it can do.
pub fn service_provider_config(served: &Served<'_>) -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
        "documentationUri": served.documentation,
        "patch": {"supported": true},
        "bulk": {
            "supported": true, "maxOperations": served.bulk_operations, "maxPayloadSize": served.bulk_bytes
        },
        "filter": {"supported": true, "maxResults": served.largest_page},
        "changePassword": {"supported": false},
        "sort": {"supported": true},
        "etag": {"supported": true},
        "pagination": {
            "cursor": true, "index": true, "defaultPaginationMethod": "index",
            "defaultPageSize": served.page, "maxPageSize": served.largest_page
        },
        "authenticationSchemes": [{
            "type": "oauthbearertoken", "name": "Token of the organisation", "primary": true,
            "description": "Authorization: Bearer with a token that an administrator of the organisation made, or one \
                            of the client credentials flow with the scope staff:write"
        }],
        "meta": {
            "resourceType": "ServiceProviderConfig", "location": format!("{}/ServiceProviderConfig", served.base)
        }
    })
}
