//! Secondment agreements, and the templates of networks.

use contract_tests::agreement;

use super::placed::{COMING, act, concluded, drafted, planned, signature, unpaid};
use super::placements::known;
use super::*;

/// Before the confirmation it is between the three parties.
fn of_parties(row: Row, status: u16) -> Row {
    row.signed_in(404).but(status, &[Employee, Client, Manager])
}

/// The clause groups that every template has.
const GROUPS: [&str; 9] =
    ["PARTIES", "SCOPE", "EMPLOYMENT", "RETURN", "SUPERVISION", "COSTS", "VAT", "EXTENSION", "EARLY_END"];

fn template() -> Value {
    let clause = |group: &&str| json!({"group": group, "heading": "Afspraak", "text": "Dat spreken partijen af."});
    json!({"title": "Detacheringsovereenkomst As-50", "clauses": GROUPS.iter().map(clause).collect::<Vec<_>>()})
}

pub(super) fn rows() -> Vec<Row> {
    let signature = json!({"documentHash": "{documentHash}", "shownAs": "HTML", "shownHash": "{shownHash}"});
    vec![
        row("createAgreementTemplate", "POST /networks/{network}/agreement-templates")
            .body(template())
            .signed_in(403)
            .but(201, &[Coordinator, Platform]),
        row("listAgreementTemplates", "GET /networks/{network}/agreement-templates").signed_in(200),
        row("getAgreementTemplate", "GET /agreement-templates/{template}").signed_in(200),
        of_parties(
            row("createAgreement", "POST /placements/{plannedPlacement}/secondment-agreements").body(agreement()),
            201,
        ),
        known(row("listAgreements", "GET /placements/{paidPlacement}/secondment-agreements"), 200),
        known(row("getAgreement", "GET /secondment-agreements/{agreement}"), 200),
        known(row("getAgreementHtml", "GET /secondment-agreements/{agreement}/html"), 200),
        known(row("getAgreementPdf", "GET /secondment-agreements/{agreement}/pdf"), 200),
        of_parties(row("reviseAgreement", "PUT /secondment-agreements/{draftAgreement}").body(agreement()), 200),
        of_parties(row("proposeAgreement", "POST /secondment-agreements/{draftAgreement}/proposals"), 200),
        of_parties(
            row("signAgreement", "POST /secondment-agreements/{proposedAgreement}/signatures").body(signature),
            200,
        ),
        of_parties(row("withdrawAgreement", "POST /secondment-agreements/{proposedAgreement}/withdrawals"), 200),
    ]
}

pub(super) fn thing(scene: &Scene<'_>, name: &str) -> Option<String> {
    let kept = |make: &dyn Fn() -> String| scene.placed().kept(name, make);
    let hash = |name: &str| {
        let proposed = thing(scene, "proposedAgreement").unwrap();
        signature(scene, &proposed)[name].as_str().unwrap().to_owned()
    };
    Some(match name {
        "template" => kept(&|| {
            let path = format!("/networks/{}/agreement-templates", scene.network.id);
            scene.network.coordinator.client.post(&path, &template()).expect(201).id()
        }),
        "agreement" => concluded(scene),
        "draftAgreement" => kept(&|| drafted(scene, &planned(scene, &unpaid(scene, COMING)))),
        "proposedAgreement" => kept(&|| {
            let id = drafted(scene, &planned(scene, &unpaid(scene, COMING)));
            act(&scene.client.client, &format!("/secondment-agreements/{id}"), "proposals", &Value::Null);
            id
        }),
        "documentHash" | "shownHash" => hash(name),
        _ => return None,
    })
}
