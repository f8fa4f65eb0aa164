//! What others do not learn of a profile.

use contract_tests::unchanged::{Snapshot, UNKNOWN};
use contract_tests::{World, on_both};
use serde_json::json;

use super::{fill, show};

on_both! {
    /// Invariant 10, with every GET there is: neither that there is a profile, nor what stands on it, nor to whom it is
    /// shown; not as a manager, and not as a manager who is a client.
    ///
    /// shows: Z34
    fn a_manager_learns_nothing_of_a_profile_from_anything_there_is_to_read(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let managers = [world.employee(&oss, "Karel van Beek"), world.client_of(&oss, "Marloes van Dinther")];
        for manager in managers {
            let sanne = world.employee_with(&oss, "Sanne de Vries", &json!({"managerId": manager.id}));
            let things = |profile: &str, skill: &str, availability: &str| {
                let things = [("oss", oss.id.as_str()), ("manager", &manager.id), ("sanne", &sanne.id),
                    ("employment", &sanne.employment_id), ("profile", profile), ("skill", skill), ("availability", availability)];
                Snapshot::of(&manager.client, &things)
            };
            // What was told before is told.
            service.tick();
            let before = things(UNKNOWN, UNKNOWN, UNKNOWN);
            assert!(before.len() > 30, "{} addresses", before.len());
            let id = fill(&sanne);
            let skill = sanne.client.get("/profile/skills").ids()[0].clone();
            let availability = sanne.client.get("/profile/availabilities").ids()[0].clone();
            for visibility in [json!({"level": "V4"}), json!({"level": "V4", "hiddenFromOrganisationIds": [oss.id]}),
                json!({"level": "V0"}), json!({"level": "V4", "pausedUntil": "2027-06-01T00:00:00Z"})] {
                show(&sanne, &visibility);
                service.tick();
                before.assert_same(&things(&id, &skill, &availability));
            }
            assert!(sanne.client.get("/profile/views").expect(200).ids().is_empty());
        }
    }
}
