mod filters;
mod patches;
mod shapes;

use serde_json::{Value, json};

use super::{Resource, USER, read};

/// A user as identity systems send them.
fn sanne() -> Resource {
    let body = json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:extension:enterprise:2.0User"],
        "userName": "S.deVries@oss.example", "externalId": "0A21f0f2",
        "name": {"givenName": "Sanne", "familyName": "Vries", "formatted": "Sanne de Vries", "middleName": "Anna"},
        "active": "True", "title": null, "department": null, "addresses": [{"type": "work", "locality": "Oss"}],
        "emails": [{"Type": "work", "value": "S.deVries@oss.example", "primary": true}, {"type": "home", "value": "sanne@thuis.example"}],
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"employeeNumber": 104_233, "department": "Ruimte", "manager": "m-1"},
        "urn:ietf:params:scim:schemas:extension:klusnet:1:User": {"infix": "de", "contractMinutesPerWeek": "2160", "startDate": "2027-01-01"}
    });
    read(&USER, body).unwrap()
}

fn at<'r>(resource: &'r Resource, pointer: &str) -> Option<&'r Value> {
    let mut parts = pointer.split('/');
    let mut value = resource.get(parts.next()?)?;
    for part in parts {
        value = part.parse::<usize>().map_or_else(|_| value.get(part), |index| value.get(index))?;
    }
    Some(value)
}
