//! Mobility arrangements.

use contract_tests::terms;

use super::placed::{act, agreed, series};
use super::*;

/// A draft is for who writes it: here the employee.
fn of_writer(row: Row) -> Row {
    row.signed_in(404).but(200, &[Employee])
}

/// Both sides do it; who advises, administers or handles money at home may know of it.
fn of_both(row: Row, employee: u16, manager: u16) -> Row {
    let row = row.signed_in(404).but(403, &[Adviser, Administrator, Finance]);
    row.but(employee, &[Employee]).but(manager, &[Manager])
}

fn read(operation: &'static str, request: &'static str) -> Row {
    of_both(row(operation, request), 200, 200).but(200, &[Adviser, Administrator, Finance])
}

/// A minute a week: it fits beside all others.
fn small(from: &str) -> Value {
    let mut terms = terms();
    (terms["exemptedMinutesPerWeek"], terms["startDate"]) = (json!(1), json!(from));
    terms
}

pub(super) fn rows() -> Vec<Row> {
    let draft = json!({"employmentId": "{employment}", "terms": small("2027-03-01")});
    let (now, later) = (small("2027-03-01"), small("2027-06-07"));
    let reason = json!({"reason": "Tot de zomer kunnen we niemand missen."});
    vec![
        row("createArrangement", "POST /arrangements").body(draft).signed_in(400).but(201, &[Employee, Manager]),
        row("listArrangements", "GET /arrangements").signed_in(200),
        read("getArrangement", "GET /arrangements/{arrangement}"),
        read("listArrangementWeeks", "GET /arrangements/{arrangement}/weeks"),
        of_writer(row("reviseArrangement", "PUT /arrangements/{draftArrangement}").body(now)),
        of_writer(row("proposeArrangement", "POST /arrangements/{draftArrangement}/proposals")),
        of_both(row("withdrawArrangement", "POST /arrangements/{proposedArrangement}/withdrawals"), 200, 403),
        of_both(row("signArrangement", "POST /arrangements/{proposedArrangement}/signatures"), 403, 200),
        of_both(
            row("refuseArrangement", "POST /arrangements/{proposedArrangement}/refusals").body(reason.clone()),
            403,
            200,
        ),
        of_both(
            row("createArrangementVersion", "POST /arrangements/{smallArrangement}/versions").body(later),
            201,
            201,
        ),
        of_both(row("pauseArrangement", "POST /arrangements/{smallArrangement}/pauses"), 200, 200),
        of_both(row("resumeArrangement", "POST /arrangements/{pausedArrangement}/resumptions"), 200, 200),
        of_both(row("endArrangement", "POST /arrangements/{smallArrangement}/endings").body(reason), 200, 200),
    ]
}

pub(super) fn thing(scene: &Scene<'_>, name: &str) -> Option<String> {
    let kept = |make: &dyn Fn() -> String| scene.placed().kept(name, make);
    Some(match name {
        "arrangement" => series(scene),
        "draftArrangement" => kept(&|| drafted(scene)),
        "proposedArrangement" => kept(&|| {
            let id = drafted(scene);
            act(&scene.employee.client, &format!("/arrangements/{id}"), "proposals", &Value::Null);
            id
        }),
        "smallArrangement" => kept(&|| agreed(scene, 1, "2027-03-01")),
        "pausedArrangement" => kept(&|| {
            let id = agreed(scene, 1, "2027-03-01");
            act(&scene.employee.client, &format!("/arrangements/{id}"), "pauses", &Value::Null);
            id
        }),
        _ => return None,
    })
}

fn drafted(scene: &Scene<'_>) -> String {
    let draft = json!({"employmentId": scene.employee.employment_id, "terms": small("2027-03-01")});
    scene.employee.client.post("/arrangements", &draft).expect(201).id()
}
