//! Closing, opening again, ending, other owners.

use chrono::TimeDelta;
use contract_tests::{World, on_both};
use serde_json::{Value, json};

use super::*;

on_both! {
    fn a_closed_klus_is_opened_again_or_ends_without_a_placement(service) {
        let world = World::new(service);
        let organisation = world.organisation("Gemeente Oss");
        let owner = world.client_of(&organisation, "Olga Opdracht");
        let path = published(&owner, &work_of(&organisation), &plan(&["ORGANISATION"]));
        let reader = world.employee(&organisation, "Sanne de Vries");
        reader.client.transition(&path, "closures", &Value::Null).refused(403, "not_allowed");
        let closed = owner.client.transition(&path, "closures", &Value::Null).expect(200);
        assert_eq!(closed.text_at("/state"), "CLOSED");
        assert_eq!(actions(&closed), ["REVISE", "HAND_OVER", "REOPEN", "CANCEL", "EXPIRE"]);
        assert!(!reader.client.get(&path).expect(200).body["yours"]["mayRespond"].as_bool().unwrap());
        service.pass(TimeDelta::days(60));
        owner.client.transition(&path, "reopenings", &json!({"deadline": DEADLINE})).names(&["deadline"]);
        let open = owner.client.transition(&path, "reopenings", &json!({"deadline": "2027-06-30T15:00:00Z"})).expect(200);
        assert_eq!((open.text_at("/state"), &open.body["closedAt"]), ("OPEN", &Value::Null));
        assert!(reader.client.get(&path).expect(200).body["yours"]["mayRespond"].as_bool().unwrap());
        owner.client.transition(&path, "closures", &Value::Null).expect(200);
        owner.client.transition(&path, "expirations", &json!({"reason": "OTHER"})).names(&["note"]);
        let why = json!({"reason": "NO_RESPONSES"});
        reader.client.transition(&path, "expirations", &why).refused(403, "not_allowed");
        let ended = owner.client.transition(&path, "expirations", &why).expect(200);
        assert_eq!((ended.text_at("/state"), ended.text_at("/ending/reason")), ("EXPIRED", "NO_RESPONSES"));
        assert!(actions(&ended).is_empty());
        owner.client.transition(&path, "reopenings", &json!({"deadline": "2027-06-30T15:00:00Z"})).refused(409, "transition_not_listed");
    }

    fn a_klus_is_cancelled_with_a_reason_by_its_owner_or_who_keeps_order(service) {
        let world = World::new(service);
        let organisation = world.organisation("Gemeente Oss");
        let owner = world.client_of(&organisation, "Olga Opdracht");
        let reader = world.employee(&organisation, "Sanne de Vries");
        for (by, reason) in [(owner.client.clone(), "POSTPONED"), (service.administrator(), "AGAINST_THE_RULES")] {
            let path = published(&owner, &work_of(&organisation), &plan(&["ORGANISATION"]));
            let why = json!({"reason": reason, "note": "Helaas."});
            for other in [&reader, &organisation.administrator] {
                other.client.transition(&path, "cancellations", &why).refused(403, "not_allowed");
            }
            by.transition(&path, "cancellations", &json!({"reason": "OTHER"})).names(&["note"]);
            by.transition(&path, "cancellations", &json!({"reason": "BORED"})).names(&["reason"]);
            by.transition(&path, "cancellations", &why).expect(200);
            let seen = reader.client.get(&path).expect(200);
            assert_eq!((seen.text_at("/state"), seen.text_at("/ending/note")), ("CANCELLED", "Helaas."));
            by.transition(&path, "cancellations", &why).refused(409, "transition_not_listed");
        }
    }

    fn it_is_handed_over_to_people_who_publish_for_the_organisation(service) {
        let world = World::new(service);
        let organisation = world.organisation("Gemeente Oss");
        let owner = world.client_of(&organisation, "Olga Opdracht");
        let (next, other) = (world.client_of(&organisation, "Nel Nieuw"), world.client_of(&organisation, "Otto Ander"));
        let reader = world.employee(&organisation, "Sanne de Vries");
        let path = published(&owner, &work_of(&organisation), &plan(&["ORGANISATION"]));
        let wrong = json!({"ownerId": reader.id, "coOwnerIds": [other.id, other.id]});
        owner.client.transition(&path, "handovers", &wrong).names(&["ownerId", "coOwnerIds.1"]);
        reader.client.transition(&path, "handovers", &wrong).refused(403, "not_allowed");
        let to = json!({"ownerId": next.id, "coOwnerIds": [other.id]});
        let handed = organisation.administrator.client.transition(&path, "handovers", &to).expect(200);
        assert_eq!((handed.text_at("/owner/name"), handed.text_at("/coOwners/0/name")), ("Nel Nieuw", "Otto Ander"));
        assert_eq!(actions(&owner.client.get(&path).expect(200)), Vec::<&str>::new());
        other.client.patch(&path, &json!({"title": "Een ander bos"})).expect(200);
    }
}
