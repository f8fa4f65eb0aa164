//! The schemas of the document.

use interchange::scim::{Attribute, ENTERPRISE, ErrorType, GROUP, KLUSNET, Kind, Mutability, ResourceType, USER};
use serde_json::{Map, Value, json};

/// A user, to show what one looks like.
pub(super) fn example_user() -> Value {
    json!({
        "schemas": [USER.schema.id, ENTERPRISE.id, KLUSNET.id],
        "externalId": "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef", "userName": "s.devries@oss.example", "active": true,
        "name": {"givenName": "Sanne", "familyName": "Vries", "formatted": "Sanne de Vries"},
        "emails": [{"type": "work", "value": "s.devries@oss.example", "primary": true}], "preferredLanguage": "nl-NL",
        (ENTERPRISE.id): {
            "employeeNumber": "104233", "department": "Ruimte", "costCenter": "6120", "organization": "Gemeente Oss",
            "manager": {"value": "01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c18"}
        },
        (KLUSNET.id): {
            "infix": "de", "function": "Beleidsadviseur", "contractMinutesPerWeek": "2160", "workingDays": "4",
            "startDate": "2019-03-01"
        }
    })
}

/// A group, to show what one looks like.
pub(super) fn example_group() -> Value {
    json!({
        "schemas": [GROUP.schema.id], "displayName": "Ruimte",
        "members": [{"value": "01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17", "type": "User"}]
    })
}

/// All schemas by name.
pub(super) fn schemas() -> Value {
    let message = |description: &str, properties: Value, required: &[&str]| {
        let mut properties = properties;
        let named = json!({"type": "array", "maxItems": 10, "items": {"type": "string", "maxLength": 200}});
        put(&mut properties, "schemas", named);
        json!({"type": "object", "description": description, "properties": properties, "required": required})
    };
    let anything = json!({"type": "object", "additionalProperties": true});
    let text = |longest: u32| json!({"type": "string", "maxLength": longest});
    let number = json!({"type": "integer", "minimum": 0, "maximum": 1_000_000_000});
    let kinds: Vec<&str> = ErrorType::ALL.iter().map(|kind| kind.as_str()).collect();
    let operation = json!({"type": "object", "properties": {
        "op": {"type": "string", "maxLength": 10, "description": "add, replace or remove, in any case"},
        "path": text(16_384), "value": {"description": "What is added or replaced, or which values are removed"}
    }, "required": ["op"]});
    let bulk = json!({"type": "object", "properties": {
        "method": {"type": "string", "enum": ["POST", "PUT", "PATCH", "DELETE"]}, "path": text(400), "bulkId": text(200),
        "version": text(400), "data": anything, "location": text(400), "status": text(3), "response": {"$ref": "#/components/schemas/Error"}
    }, "required": ["method"]});
    json!({
        "User": resource(&USER),
        "Group": resource(&GROUP),
        "Error": message("What is wrong (RFC 7644, 3.12)", json!({
            "status": text(3), "detail": text(100_000), "scimType": {"type": "string", "enum": kinds}
        }), &["schemas", "status", "detail"]),
        "ListResponse": message("A page of a list", json!({
            "totalResults": number, "itemsPerPage": number, "startIndex": number, "nextCursor": text(200),
            "Resources": {"type": "array", "maxItems": 1000, "items": anything}
        }), &["schemas", "totalResults", "itemsPerPage", "Resources"]),
        "PatchOp": message("Changes, made all or none", json!({
            "Operations": {"type": "array", "minItems": 1, "maxItems": 10_000, "items": operation}
        }), &["Operations"]),
        "SearchRequest": message("What is searched", json!({
            "filter": text(16_384), "sortBy": text(400), "sortOrder": {"type": "string", "enum": ["ascending", "descending"]},
            "startIndex": number, "count": number, "cursor": text(200),
            "attributes": {"type": "array", "maxItems": 100, "items": text(400)},
            "excludedAttributes": {"type": "array", "maxItems": 100, "items": text(400)}
        }), &[]),
        "BulkRequest": message("Many operations; `bulkId:` before the bulkId of a POST refers to what it makes, also one that follows", json!({
            "failOnErrors": {"type": "integer", "minimum": 1, "maximum": 1000, "description": "After how many errors to stop"},
            "Operations": {"type": "array", "maxItems": 1000, "items": bulk}
        }), &["Operations"]),
        "BulkResponse": message("What became of each operation", json!({
            "Operations": {"type": "array", "maxItems": 1000, "items": bulk}
        }), &["schemas", "Operations"]),
        "ServiceProviderConfig": anything, "ResourceType": anything, "Schema": anything
    })
}

fn resource(kind: &'static ResourceType) -> Value {
    let mut properties = Map::new();
    let mut put = |name: &str, value: Value| properties.insert(name.to_owned(), value);
    put("schemas", json!({"type": "array", "maxItems": 20, "items": {"type": "string", "maxLength": 200}}));
    put("id", json!({"type": "string", "maxLength": 200, "readOnly": true}));
    put("externalId", json!({"type": "string", "maxLength": 100, "description": "How the client calls it"}));
    for attribute in kind.schema.attributes {
        put(attribute.name, attribute_schema(attribute));
    }
    for extension in kind.extensions {
        put(extension.id, object(extension.description, extension.attributes));
    }
    let meta = json!({"type": "object", "readOnly": true, "properties": {
        "resourceType": {"type": "string", "maxLength": 40}, "created": {"type": "string", "format": "date-time"},
        "lastModified": {"type": "string", "format": "date-time"}, "location": {"type": "string", "maxLength": 400},
        "version": {"type": "string", "maxLength": 80}
    }});
    put("meta", meta);
    // What is asked for may leave out anything; what must be sent stands in the schema that is served.
    json!({"type": "object", "description": kind.description, "properties": properties, "required": ["schemas"]})
}

fn object(description: &str, attributes: &'static [Attribute]) -> Value {
    let properties: Map<String, Value> =
        attributes.iter().map(|attribute| (attribute.name.to_owned(), attribute_schema(attribute))).collect();
    json!({"type": "object", "description": description, "properties": properties})
}

fn attribute_schema(attribute: &'static Attribute) -> Value {
    let mut schema = match attribute.kind {
        Kind::Text | Kind::Reference(_) => json!({"type": "string", "maxLength": attribute.longest}),
        Kind::Day => json!({"type": "string", "maxLength": 40}),
        Kind::Moment => json!({"type": "string", "format": "date-time"}),
        Kind::Boolean => json!({"type": "boolean"}),
        Kind::Integer(..) => json!({"type": "string", "maxLength": 10, "pattern": "^[0-9]+$"}),
        Kind::Complex(inside) => object(attribute.description, inside),
    };
    if attribute.multi {
        schema = json!({"type": "array", "maxItems": 100_000, "items": schema});
    }
    put(&mut schema, "description", json!(attribute.description));
    if attribute.mutability == Mutability::ReadOnly {
        put(&mut schema, "readOnly", json!(true));
    }
    schema
}

/// Gives an object a member.
pub(super) fn put(object: &mut Value, name: &str, value: Value) {
    if let Value::Object(members) = object {
        members.insert(name.to_owned(), value);
    }
}
