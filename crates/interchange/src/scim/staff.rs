//! Users as staff: what an organisation's identity system tells of an employee.
//!
//! A user is kept whole, as it was sent. What the rest of the service works with follows from it; where something else
//! than SCIM changed that since, it takes the place of what was sent.

use chrono::{Datelike as _, NaiveDate};
use domain::exchange::staff::StaffDetails;
use domain::parties::persons::{PersonLanguage, PersonName};
use serde_json::{Value, json};

use super::shape::day;
use super::{ENTERPRISE, KLUSNET, Resource, USER, settle};

/// What stands for a part of a name that nobody told.
const UNKNOWN: &str = "-";
/// HR systems write an end that is not known as a day in this year.
const NEVER: i32 = 9999;

/// What is told of an employee.
pub fn details_of(user: &Resource) -> StaffDetails {
    let details = told(user);
    StaffDetails { sent: Some(Value::Object(user.clone()).to_string()), ..details }
}

fn told(user: &Resource) -> StaffDetails {
    let core = |name: &str| text(user.get(name));
    let enterprise = |name: &str| text(user.get(ENTERPRISE.id).and_then(|extension| extension.get(name)));
    let own = |name: &str| user.get(KLUSNET.id).and_then(|extension| extension.get(name));
    let date = |name: &str| own(name).and_then(Value::as_str).and_then(day);
    let number = |name: &str| own(name).and_then(Value::as_str).and_then(|digits| digits.parse().ok());
    let manager = user.get(ENTERPRISE.id).and_then(|extension| extension.get("manager")?.get("value"));
    let english = core("preferredLanguage").is_some_and(|language| language.to_ascii_lowercase().starts_with("en"));
    StaffDetails {
        employee_number: enterprise("employeeNumber"),
        external_id: core("externalId"),
        user_name: core("userName"),
        name: name_of(user),
        email: work_email(user).and_then(|email| text(email.get("value"))),
        language: if english { PersonLanguage::English } else { PersonLanguage::Dutch },
        function: text(own("function")).or_else(|| core("title")),
        department: enterprise("department"),
        cost_center: enterprise("costCenter"),
        manager: text(manager),
        contract_minutes_per_week: number("contractMinutesPerWeek"),
        working_days_per_week: number("workingDays"),
        start: date("startDate"),
        end: date("endDate").filter(|end| end.year() < NEVER),
        active: user.get("active").and_then(Value::as_bool).unwrap_or(true),
        sent: None,
    }
}

fn text(value: Option<&Value>) -> Option<String> {
    value.and_then(Value::as_str).map(str::to_owned)
}

/// The address of type work, else the primary one, else the first.
fn work_email(user: &Resource) -> Option<&Value> {
    let emails = user.get("emails")?.as_array()?;
    let is_work = |email: &&Value| email["type"].as_str().is_some_and(|kind| kind.eq_ignore_ascii_case("work"));
    let is_primary = |email: &&Value| email["primary"] == true;
    emails.iter().find(is_work).or_else(|| emails.iter().find(is_primary)).or(emails.first())
}

/// The name; what was not told apart is taken from the whole name, or from the name to sign in with.
fn name_of(user: &Resource) -> PersonName {
    let part = |name: &str| text(user.get("name").and_then(|parts| parts.get(name)));
    let (given, family) = (part("givenName"), part("familyName"));
    let whole = part("formatted").or_else(|| text(user.get("displayName")));
    let signs_in = text(user.get("userName")).map(|name| name.split('@').next().unwrap_or_default().to_owned());
    let whole = whole.or(signs_in).unwrap_or_default();
    let (first, rest) = whole.trim().split_once(char::is_whitespace).unwrap_or((whole.trim(), ""));
    let or_unknown = |name: &str| if name.trim().is_empty() { UNKNOWN.to_owned() } else { clipped(name.trim(), 100) };
    let (given, family) = match (given, family) {
        (Some(given), Some(family)) => (given, family),
        (None, None) => (or_unknown(first), or_unknown(rest)),
        (Some(given), None) => {
            let family = whole.strip_prefix(given.as_str()).map(or_unknown);
            (given, family.unwrap_or_else(|| UNKNOWN.to_owned()))
        }
        (None, Some(family)) => {
            let given = whole.strip_suffix(family.as_str()).map(or_unknown);
            (given.unwrap_or_else(|| UNKNOWN.to_owned()), family)
        }
    };
    PersonName { given, infix: text(user.get(KLUSNET.id).and_then(|extension| extension.get("infix"))), family }
}

fn clipped(text: &str, longest: usize) -> String {
    text.chars().take(longest).collect()
}

/// An employee as a user, without what only the service knows.
pub fn user_of(details: &StaffDetails) -> Resource {
    let kept = details.sent.as_deref().and_then(|sent| serde_json::from_str(sent).ok());
    let mut user = match kept {
        Some(Value::Object(user)) if user.get("schemas").is_some_and(|schemas| schemas[0] == USER.schema.id) => user,
        _ => Resource::new(),
    };
    let before = told(&user);
    if before == (StaffDetails { sent: None, ..details.clone() }) {
        return user;
    }
    overlay(&mut user, &before, details);
    if user.get("userName").is_none() {
        let name = details.email.as_ref().or(details.employee_number.as_ref()).or(details.external_id.as_ref());
        put(&mut user, "userName", Some(json!(name.map_or(UNKNOWN, String::as_str))));
    }
    settle(&USER, user.clone()).unwrap_or(user)
}

/// Writes what is otherwise by now.
fn overlay(user: &mut Resource, before: &StaffDetails, details: &StaffDetails) {
    let same = |one: &Option<String>, other: &Option<String>| one == other;
    if !same(&before.user_name, &details.user_name) {
        put(user, "userName", details.user_name.as_ref().map(|name| json!(name)));
    }
    if !same(&before.external_id, &details.external_id) {
        put(user, "externalId", details.external_id.as_ref().map(|id| json!(id)));
    }
    if before.name != details.name {
        let PersonName { given, infix, family } = &details.name;
        put(user, "name", Some(json!({"familyName": family, "givenName": given})));
        put_in(user, KLUSNET.id, "infix", infix.as_ref().map(|infix| json!(infix)));
    }
    if !same(&before.email, &details.email) {
        let work = details.email.as_ref().map(|email| json!([{"value": email, "type": "work"}]));
        put(user, "emails", work);
    }
    if before.language != details.language {
        let tag = if details.language == PersonLanguage::English { "en" } else { "nl" };
        put(user, "preferredLanguage", Some(json!(tag)));
    }
    if before.active != details.active {
        put(user, "active", Some(json!(details.active)));
    }
    let texts = [
        (ENTERPRISE.id, "employeeNumber", &before.employee_number, &details.employee_number),
        (ENTERPRISE.id, "costCenter", &before.cost_center, &details.cost_center),
        (ENTERPRISE.id, "department", &before.department, &details.department),
        (KLUSNET.id, "function", &before.function, &details.function),
    ];
    for (schema, name, before, now) in texts {
        if !same(before, now) {
            put_in(user, schema, name, now.as_ref().map(|text| json!(text)));
        }
    }
    if !same(&before.manager, &details.manager) {
        put_in(user, ENTERPRISE.id, "manager", details.manager.as_ref().map(|id| json!({"value": id})));
    }
    let numbers = [
        ("contractMinutesPerWeek", before.contract_minutes_per_week, details.contract_minutes_per_week),
        ("workingDays", before.working_days_per_week, details.working_days_per_week),
    ];
    for (name, before, now) in numbers {
        if before != now {
            put_in(user, KLUSNET.id, name, now.map(|number| json!(number.to_string())));
        }
    }
    let days = [("startDate", before.start, details.start), ("endDate", before.end, details.end)];
    for (name, before, now) in days {
        if before != now {
            put_in(user, KLUSNET.id, name, now.map(|day: NaiveDate| json!(day)));
        }
    }
}

fn put(user: &mut Resource, name: &str, value: Option<Value>) {
    match value {
        Some(value) => drop(user.insert(name.to_owned(), value)),
        None => drop(user.remove(name)),
    }
}

fn put_in(user: &mut Resource, schema: &str, name: &str, value: Option<Value>) {
    let slot = user.entry(schema).or_insert_with(|| json!({}));
    if let Value::Object(members) = slot {
        put(members, name, value);
    }
}
