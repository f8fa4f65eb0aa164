//! What a person shows, and to whom.

mod availabilities;
mod own_profile;
mod profile_skills;
mod profile_views;
mod public_profiles;
mod searching;
mod seen_profiles;
mod skills;
mod unlearned;
mod visibility;

use contract_tests::{Answer, Client, Employee};
use serde_json::{Value, json};

/// Fills a profile with something of everything; returns its id.
#[track_caller]
fn fill(owner: &Employee) -> String {
    let patch = json!({"headline": "Jurist die over de grens kijkt", "fieldsOfWork": ["ruimtelijke ordening"],
        "coreQualities": ["geduldig"], "interests": ["erfgoed"], "ambition": "Een project van begin tot eind leiden.",
        "experience": "Tien jaar vergunningen.", "educationLevel": "HBO", "entrepreneurshipLevel": "STARTING"});
    let filled = owner.client.patch("/profile", &patch).expect(200).id();
    let skill = json!({"freeText": "Onderhandelen", "level": "ADVANCED", "wantsToUse": true});
    owner.client.post("/profile/skills", &skill).expect(201);
    let availability = json!({"pattern": "DAY_PER_WEEK", "minutesPerWeek": 480, "weekdays": ["FRIDAY"]});
    owner.client.post("/profile/availabilities", &availability).expect(201);
    filled
}

/// Chooses a visibility.
#[track_caller]
fn show(owner: &Employee, visibility: &Value) -> Answer {
    owner.client.put("/profile/visibility", visibility).expect(200)
}

/// The ids of the profiles in a list.
#[track_caller]
fn listed(client: &Client, query: &str) -> Vec<String> {
    client.get(&format!("/profiles?limit=100{query}")).expect(200).ids()
}
