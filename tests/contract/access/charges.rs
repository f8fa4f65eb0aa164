//! Cost rates, charge statements, and the ledger of who lends.

use super::placed::{act, paid};
use super::timesheets::{approved, corrected};
use super::*;

/// Once it is issued, for finance of both sides and for who owns the klus.
fn issued(row: Row, status: u16) -> Row {
    row.signed_in(404).but(status, &[Finance, HostFinance, Client])
}

pub(super) fn rows() -> Vec<Row> {
    let rate = json!({"validFromDate": "2027-09-01", "grossPayCents": 5100});
    let draft = |row: Row| row.signed_in(404).but(200, &[Finance]);
    let by_host = |row: Row| issued(row, 403).but(200, &[HostFinance]);
    let (reason, payment) = (json!({"reason": "Die dag was vrij."}), json!({"paidDate": "2027-03-01"}));
    vec![
        row("createCostRate", "POST /employments/{employment}/cost-rates")
            .body(rate)
            .signed_in(404)
            .but(403, &[Employee, Administrator])
            .but(201, &[Finance]),
        row("listCostRates", "GET /employments/{employment}/cost-rates")
            .signed_in(404)
            .but(200, &[Employee, Administrator, Finance]),
        row("getCostRate", "GET /cost-rates/{costRate}").signed_in(404).but(200, &[Employee, Administrator, Finance]),
        row("runCharges", "POST /organisations/{home}/charge-runs")
            .body(json!({"month": "2027-02"}))
            .signed_in(403)
            .but(200, &[Finance]),
        row("getLendingLedger", "GET /organisations/{home}/lending-ledger")
            .signed_in(403)
            .but(200, &[Administrator, Finance]),
        row("listChargeStatements", "GET /charge-statements").signed_in(200),
        issued(row("getChargeStatement", "GET /charge-statements/{issuedStatement}"), 200),
        issued(row("getInvoice", "GET /charge-statements/{issuedStatement}/ubl"), 200),
        issued(row("getInvoicePdf", "GET /charge-statements/{issuedStatement}/pdf"), 200),
        issued(row("getSetuInvoice", "GET /charge-statements/{issuedStatement}/setu"), 200),
        draft(row("issueChargeStatement", "POST /charge-statements/{draftStatement}/issuances")),
        draft(row("discardChargeStatement", "POST /charge-statements/{draftStatement}/discards")),
        by_host(row("acceptChargeStatement", "POST /charge-statements/{issuedStatement}/acceptances")),
        by_host(row("disputeChargeStatement", "POST /charge-statements/{issuedStatement}/disputes").body(reason)),
        issued(row("payChargeStatement", "POST /charge-statements/{acceptedStatement}/payments").body(payment), 403)
            .but(200, &[Finance]),
        issued(row("createCounterStatement", "POST /charge-statements/{wrongStatement}/counter-statements"), 403)
            .but(201, &[Finance]),
    ]
}

pub(super) fn thing(scene: &Scene<'_>, name: &str) -> Option<String> {
    let kept = |make: &dyn Fn() -> String| scene.placed().kept(name, make);
    Some(match name {
        "costRate" => {
            paid(scene);
            let path = format!("/employments/{}/cost-rates", scene.employee.employment_id);
            scene.finance.client.get(&path).expect(200).ids().remove(0)
        }
        "draftStatement" => kept(&|| charged(scene, false).1),
        "issuedStatement" => kept(&|| charged(scene, true).1),
        "acceptedStatement" => kept(&|| {
            let id = charged(scene, true).1;
            act(&scene.host_finance.client, &format!("/charge-statements/{id}"), "acceptances", &Value::Null);
            id
        }),
        "wrongStatement" => kept(&|| {
            let (sheet, id) = charged(scene, true);
            corrected(scene, &sheet);
            id
        }),
        _ => return None,
    })
}

/// A timesheet, and the statement in which its hours stand.
fn charged(scene: &Scene<'_>, issue: bool) -> (String, String) {
    let sheet = approved(scene);
    let path = format!("/organisations/{}/charge-runs", scene.home.id);
    let run = scene.finance.client.post(&path, &json!({"month": "2027-02", "issue": issue})).expect(200);
    (sheet, run.text_at("/statementIds/0").to_owned())
}
