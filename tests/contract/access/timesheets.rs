//! Timesheets.

use super::placed::{act, paid};
use super::placements::known;
use super::*;

/// For the parties of the placement and finance; hours of single days are not for administrators.
fn seen(row: Row, status: u16) -> Row {
    known(row, status).but(404, &[Administrator])
}

pub(super) fn rows() -> Vec<Row> {
    let draft = json!({"week": "{freshWeek}", "lines": [{"date": "{freshMonday}", "minutes": 240}]});
    let lines = |minutes: i64, day: &str| json!({"lines": [{"date": day, "minutes": minutes}]});
    let of_employee = |row: Row, status: u16| row.signed_in(404).but(status, &[Employee]);
    let of_client = |row: Row| seen(row, 403).but(200, &[Client]);
    let rejection = json!({"reason": "Maandag was je er niet."});
    vec![
        known(row("createTimesheet", "POST /placements/{paidPlacement}/timesheets").body(draft), 403)
            .but(201, &[Employee]),
        known(row("listTimesheets", "GET /placements/{paidPlacement}/timesheets"), 200).but(403, &[Administrator]),
        seen(row("getTimesheet", "GET /timesheets/{sentSheet}"), 200),
        seen(row("getSetuTimecard", "GET /timesheets/{sentSheet}/setu"), 200),
        of_employee(row("reviseTimesheet", "PUT /timesheets/{openSheet}").body(lines(300, "{openDay}")), 200),
        of_employee(row("submitTimesheet", "POST /timesheets/{openSheet}/submissions"), 200),
        seen(row("recallTimesheet", "POST /timesheets/{sentSheet}/recalls"), 403).but(200, &[Employee]),
        of_client(row("approveTimesheet", "POST /timesheets/{sentSheet}/approvals")),
        of_client(row("rejectTimesheet", "POST /timesheets/{sentSheet}/rejections").body(rejection)),
        seen(
            row("correctTimesheet", "POST /timesheets/{approvedSheet}/corrections").body(lines(60, "{approvedDay}")),
            403,
        )
        .but(201, &[Employee]),
    ]
}

pub(super) fn thing(scene: &Scene<'_>, name: &str) -> Option<String> {
    let kept = |make: &dyn Fn() -> String| scene.placed().kept(name, make);
    Some(match name {
        "freshMonday" => kept(&|| scene.placed().monday().to_string()),
        "freshWeek" => week_of(&thing(scene, "freshMonday")?),
        "openSheet" => kept(&|| written(scene, false)),
        "sentSheet" => kept(&|| written(scene, true)),
        "approvedSheet" => kept(&|| approved(scene)),
        "openDay" => day_of(scene, &thing(scene, "openSheet")?),
        "approvedDay" => day_of(scene, &thing(scene, "approvedSheet")?),
        _ => return None,
    })
}

fn week_of(monday: &str) -> String {
    monday.parse::<chrono::NaiveDate>().unwrap().format("%G-W%V").to_string()
}

fn day_of(scene: &Scene<'_>, sheet: &str) -> String {
    let sheet = scene.employee.client.get(&format!("/timesheets/{sheet}")).expect(200);
    sheet.text_at("/lines/0/date").to_owned()
}

/// Four hours on the Monday of a fresh week.
fn written(scene: &Scene<'_>, submit: bool) -> String {
    let path = format!("/placements/{}/timesheets", paid(scene));
    let monday = scene.placed().monday().to_string();
    let lines = json!([{"date": monday, "minutes": 240}]);
    let draft = json!({"week": week_of(&monday), "lines": lines, "submit": submit});
    scene.employee.client.post(&path, &draft).expect(201).id()
}

/// The same, approved by the client.
pub(super) fn approved(scene: &Scene<'_>) -> String {
    let id = written(scene, true);
    act(&scene.client.client, &format!("/timesheets/{id}"), "approvals", &Value::Null);
    id
}

/// What was charged turns out to be less: the client has approved the correction too.
pub(super) fn corrected(scene: &Scene<'_>, sheet: &str) {
    let lines = json!({"lines": [{"date": day_of(scene, sheet), "minutes": 60}]});
    let id = scene.employee.client.post(&format!("/timesheets/{sheet}/corrections"), &lines).expect(201).id();
    act(&scene.client.client, &format!("/timesheets/{id}"), "approvals", &Value::Null);
}
