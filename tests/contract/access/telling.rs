//! Notifications and saved searches: everybody has their own, and nobody those of another.

use super::*;

pub(super) fn rows() -> Vec<Row> {
    let draft = json!({"name": "Bos", "criteria": {"search": "bos"}, "frequency": "DAILY"});
    vec![
        row("createSavedSearch", "POST /saved-searches").body(draft).signed_in(201),
        row("listSavedSearches", "GET /saved-searches").signed_in(200),
        row("getSavedSearch", "GET /saved-searches/{employeeSearch}").signed_in(404).but(200, &[Employee]),
        row("reviseSavedSearch", "PATCH /saved-searches/{employeeSearch}")
            .body(json!({"name": "Water"}))
            .signed_in(404)
            .but(200, &[Employee]),
        row("deleteSavedSearch", "DELETE /saved-searches/{employeeSearch}").signed_in(404).but(204, &[Employee]),
        row("listNotifications", "GET /notifications").signed_in(200),
        row("getNotification", "GET /notifications/{employeeNotification}").signed_in(404).but(200, &[Employee]),
        row("markNotification", "PATCH /notifications/{employeeNotification}")
            .body(json!({"read": true}))
            .signed_in(404)
            .but(200, &[Employee]),
        // Marks those of the caller: another's name only says up to where.
        row("readNotifications", "POST /notification-readings")
            .body(json!({"upToId": "{employeeNotification}"}))
            .signed_in(200),
        row("getNotificationPreferences", "GET /me/notification-preferences").signed_in(200),
        row("revokeMailLinks", "DELETE /me/mail-links").signed_in(204),
        row("replaceNotificationPreferences", "PUT /me/notification-preferences")
            .body(json!({"groups": [{"group": "CONSENT", "email": "DAILY"}]}))
            .signed_in(200),
    ]
}

pub(super) fn thing(scene: &Scene<'_>, name: &str) -> Option<String> {
    Some(match name {
        "employeeSearch" => {
            let draft = json!({"name": "Bos", "criteria": {}, "frequency": "NONE"});
            for id in scene.employee.client.get("/saved-searches?limit=100").ids() {
                let path = format!("/saved-searches/{id}");
                scene.employee.client.at_present(&path).delete(&path).expect(204);
            }
            scene.employee.client.post("/saved-searches", &draft).expect(201).id()
        }
        "employeeNotification" => {
            let inbox = scene.employee.client.get("/notifications?limit=1").expect(200).ids();
            if let Some(newest) = inbox.into_iter().next() {
                return Some(newest);
            }
            scene.world.give(&scene.employee, "CLIENT", contract_tests::Scope::Organisation(&scene.home));
            scene.service.tick();
            scene.employee.client.get("/notifications?limit=1").expect(200).ids().remove(0)
        }
        _ => return None,
    })
}
