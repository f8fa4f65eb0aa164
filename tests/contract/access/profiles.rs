//! Profiles.

use super::*;

pub(super) fn rows() -> Vec<Row> {
    let visibility = json!({"level": "V2"});
    let availability = json!({"pattern": "AD_HOC"});
    vec![
        row("getOwnProfile", "GET /profile").signed_in(200),
        row("reviseOwnProfile", "PATCH /profile").body(json!({"headline": "Jurist"})).signed_in(200),
        row("getOwnVisibility", "GET /profile/visibility").signed_in(200),
        row("replaceOwnVisibility", "PUT /profile/visibility").body(visibility).signed_in(200),
        row("addProfileSkill", "POST /profile/skills")
            .body(json!({"freeText": "{newWord}", "level": "BASIC"}))
            .signed_in(201),
        row("listProfileSkills", "GET /profile/skills").signed_in(200),
        row("getProfileSkill", "GET /profile/skills/{employeeSkill}").signed_in(404).but(200, &[Employee]),
        row("reviseProfileSkill", "PATCH /profile/skills/{employeeSkill}")
            .body(json!({"level": "EXPERT"}))
            .signed_in(404)
            .but(200, &[Employee]),
        row("deleteProfileSkill", "DELETE /profile/skills/{employeeSkill}").signed_in(404).but(204, &[Employee]),
        row("addAvailability", "POST /profile/availabilities").body(availability).signed_in(201),
        row("listAvailabilities", "GET /profile/availabilities").signed_in(200),
        row("getAvailability", "GET /profile/availabilities/{employeeAvailability}")
            .signed_in(404)
            .but(200, &[Employee]),
        row("reviseAvailability", "PATCH /profile/availabilities/{employeeAvailability}")
            .body(json!({"remote": true}))
            .signed_in(404)
            .but(200, &[Employee]),
        row("deleteAvailability", "DELETE /profile/availabilities/{employeeAvailability}")
            .signed_in(404)
            .but(204, &[Employee]),
        row("listProfileViews", "GET /profile/views").signed_in(200),
        row("listProfiles", "GET /profiles").signed_in(200),
        row("countProfiles", "GET /profiles/facets").signed_in(200),
        row("getProfile", "GET /profiles/{advisedProfile}").signed_in(404).but(200, &[Adviser]),
        row("listPublicProfiles", "GET /public-profiles").open(200),
        row("getPublicProfile", "GET /public-profiles/{advisedProfile}").open(404),
        row("listSkills", "GET /skills").open(200),
        row("getSkill", "GET /skills/{skill}").open(200),
    ]
}

pub(super) fn thing(scene: &Scene<'_>, name: &str) -> Option<String> {
    let added = |path: &str, body: &Value| scene.employee.client.post(path, body).expect(201).id();
    let word = || scene.colleague().id;
    Some(match name {
        "newWord" => word(),
        "employeeSkill" => added("/profile/skills", &json!({"freeText": word(), "level": "BASIC"})),
        "employeeAvailability" => {
            // A profile holds twenty of them.
            for id in scene.employee.client.get("/profile/availabilities").ids() {
                let path = format!("/profile/availabilities/{id}");
                scene.employee.client.at_present(&path).delete(&path).expect(204);
            }
            added("/profile/availabilities", &json!({"pattern": "AD_HOC"}))
        }
        "advisedProfile" => {
            let colleague = scene.colleague().client;
            let wish = json!({"level": "V1", "adviserId": scene.adviser.id});
            colleague.put("/profile/visibility", &wish).expect(200);
            colleague.get("/profile").id()
        }
        "skill" => scene.world.platform.get("/skills?limit=1").ids()[0].clone(),
        _ => return None,
    })
}
