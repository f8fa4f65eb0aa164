//! How staff comes in, and staff imports.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::*;

/// So many employees, whose numbers begin like this.
fn people(prefix: &str, count: usize) -> Value {
    let person =
        |number| json!({"employeeNumber": format!("{prefix}{number}"), "givenName": "Bo", "familyName": "Smit"});
    (0..count).map(person).collect()
}

fn imports(scene: &Scene<'_>) -> String {
    format!("/organisations/{}/staff-imports", scene.home.id)
}

/// An import that waits for approval: more people come than is allowed unseen, and those of the one before are missing.
fn parked(scene: &Scene<'_>) -> String {
    let administrator = &scene.home.administrator.client;
    while !administrator.get(&format!("{}?state=APPLYING", imports(scene))).expect(200).ids().is_empty() {
        std::thread::sleep(Duration::from_millis(20));
    }
    // Others every time: those of an earlier import may be on the staff already.
    static PARKED: AtomicU32 = AtomicU32::new(0);
    let prefix = format!("P{}-", PARKED.fetch_add(1, Ordering::Relaxed));
    administrator.post(&format!("{}?mode=APPLY", imports(scene)), &people(&prefix, 11)).expect(201).id()
}

pub(super) fn rows() -> Vec<Row> {
    let by_home = |row: Row| row.signed_in(403).but(200, &[Administrator, Platform]);
    vec![
        by_home(row("getStaffFeed", "GET /organisations/{home}/staff-feed")),
        by_home(row("setStaffFeed", "PUT /organisations/{home}/staff-feed").body(json!({"leadingSource": "FILE"}))),
        row("createStaffImport", "POST /organisations/{home}/staff-imports?mode=DRY_RUN")
            .body(people("1", 1))
            .signed_in(403)
            .but(201, &[Administrator, Platform]),
        by_home(row("listStaffImports", "GET /organisations/{home}/staff-imports")),
        by_home(row("getStaffImport", "GET /organisations/{home}/staff-imports/{staffImport}")),
        by_home(row("listStaffImportRows", "GET /organisations/{home}/staff-imports/{staffImport}/rows")),
        by_home(row("getStaffImportReport", "GET /organisations/{home}/staff-imports/{staffImport}/report")),
        by_home(row("approveStaffImport", "POST /organisations/{home}/staff-imports/{parkedImport}/approvals")),
        by_home(
            row("rejectStaffImport", "POST /organisations/{home}/staff-imports/{parkedImport}/rejections")
                .body(json!({})),
        ),
    ]
}

pub(super) fn thing(scene: &Scene<'_>, name: &str) -> Option<String> {
    match name {
        "parkedImport" => Some(parked(scene)),
        "staffImport" => {
            let path = format!("{}?mode=DRY_RUN", imports(scene));
            Some(scene.home.administrator.client.post(&path, &people("1", 1)).expect(201).id())
        }
        _ => None,
    }
}
