//! Placements, and what their parties make of them.

use super::placed::{COMING, OVER, RUNNING, confirmed, paid, planned, series, unpaid};
use super::*;

/// From the confirmation on its parties know of it, and administrators and finance of both organisations.
pub(super) fn known(row: Row, status: u16) -> Row {
    row.signed_in(404).but(status, &[Employee, Client, Manager, Administrator, Finance, HostFinance])
}

pub(super) fn rows() -> Vec<Row> {
    let arrangement = json!({"arrangementId": "{arrangement}"});
    let notice = json!({"reason": "RESULT_REACHED", "lastDate": "2027-04-09"});
    let evaluation = json!({"result": "FULLY", "learned": "Werken met een raad."});
    let endorsement = json!({"text": "Een genoegen om mee te werken."});
    let of_employee = |row: Row| row.signed_in(404).but(403, &[Client]).but(200, &[Employee]);
    vec![
        row("createPlacement", "POST /responses/{toPlan}/placements")
            .body(arrangement)
            .signed_in(404)
            .but(403, &[Client])
            .but(201, &[Employee]),
        row("listPlacements", "GET /placements").signed_in(200),
        known(row("getPlacement", "GET /placements/{paidPlacement}"), 200),
        known(row("getSetuAssignment", "GET /placements/{paidPlacement}/setu"), 200),
        known(
            row("cancelPlacement", "POST /placements/{confirmedPlacement}/cancellations")
                .body(json!({"reason": "WORK_FALLS_AWAY"})),
            403,
        )
        .but(200, &[Employee, Client, Manager]),
        known(row("giveNotice", "POST /placements/{runningPlacement}/notices").body(notice), 403)
            .but(200, &[Employee, Client, Manager]),
        known(row("withdrawNotice", "POST /placements/{noticedPlacement}/notice-withdrawals"), 403)
            .but(200, &[Employee]),
        known(row("recordReturn", "POST /placements/{pastPlacement}/returns").body(json!({"date": "2027-03-01"})), 403)
            .but(200, &[Employee, Manager, Administrator]),
        known(
            row("convertPlacement", "POST /placements/{pastPlacement}/conversions").body(json!({"date": "2027-03-01"})),
            403,
        )
        .but(200, &[Employee, Manager, Administrator]),
        known(row("createEvaluation", "POST /placements/{pastPlacement}/evaluations").body(evaluation), 403)
            .but(201, &[Employee, Client, Manager]),
        known(row("listEvaluations", "GET /placements/{pastPlacement}/evaluations"), 200)
            .but(403, &[Finance, HostFinance]),
        known(row("createEndorsement", "POST /placements/{pastPlacement}/endorsements").body(endorsement), 403)
            .but(201, &[Client, Manager]),
        known(row("listEndorsements", "GET /placements/{pastPlacement}/endorsements"), 200),
        row("getEndorsement", "GET /endorsements/{endorsement}").signed_in(404).but(200, &[Employee, Client]),
        of_employee(row("showEndorsement", "POST /endorsements/{endorsement}/showings")),
        of_employee(row("hideEndorsement", "POST /endorsements/{endorsement}/hidings")),
        row("withdrawEndorsement", "POST /endorsements/{endorsement}/withdrawals")
            .signed_in(404)
            .but(403, &[Employee])
            .but(200, &[Client]),
        row("listProfileEndorsements", "GET /profiles/{advisedProfile}/endorsements")
            .signed_in(404)
            .but(200, &[Adviser]),
    ]
}

pub(super) fn thing(scene: &Scene<'_>, name: &str) -> Option<String> {
    let kept = |make: &dyn Fn() -> String| Some(scene.placed().kept(name, make));
    match name {
        "toPlan" => kept(&|| {
            series(scene);
            unpaid(scene, COMING)
        }),
        "plannedPlacement" => kept(&|| planned(scene, &unpaid(scene, COMING))),
        "paidPlacement" => Some(paid(scene)),
        "confirmedPlacement" => kept(&|| confirmed(scene, COMING)),
        "runningPlacement" => kept(&|| confirmed(scene, RUNNING)),
        "noticedPlacement" => kept(&|| {
            let id = confirmed(scene, RUNNING);
            let notice = json!({"reason": "RESULT_REACHED", "lastDate": "2027-04-09"});
            scene.employee.client.transition(&format!("/placements/{id}"), "notices", &notice).expect(200).id()
        }),
        "pastPlacement" => kept(&|| confirmed(scene, OVER)),
        "endorsement" => kept(&|| {
            let path = format!("/placements/{}/endorsements", confirmed(scene, OVER));
            scene.client.client.post(&path, &json!({"text": "Een genoegen om mee te werken."})).expect(201).id()
        }),
        _ => None,
    }
}
