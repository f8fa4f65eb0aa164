//! Pledges: what members promised and did, computed.

use contract_tests::{World, on_both};
use serde_json::{Value, json};

use super::assignments::networks::{network, to_networks};
use super::assignments::{plan, published, work_of};

on_both! {
    /// shows: Z02
    fn a_pledge_is_met_by_people_who_are_visible_and_klussen_that_are_published(service) {
        let world = World::new(service);
        let brabant = network(&world, "Brabant", &json!({}));
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        world.join(&brabant, &oss);
        world.join(&brabant, &uden);
        let path = format!("/networks/{}/pledges", brabant.id);
        let of = |organisation: &str| {
            let page = brabant.coordinator.client.get(&path).expect(200);
            let rows = page.body["items"].as_array().unwrap().clone();
            assert_eq!(rows.len(), 2);
            rows.into_iter().find(|row| row["organisationId"] == organisation).unwrap()
        };
        assert_eq!(of(&oss.id), json!({"organisationId": oss.id, "organisationName": "Gemeente Oss",
            "minimumAssignments": 1, "publishedAssignments": 0, "areAssignmentsMet": false,
            "minimumPeople": 1, "visiblePeople": 0, "arePeopleMet": false, "isMet": false}));
        let owner = world.client_of(&oss, "Olga Opdracht");
        // Inside the organisation it does nothing for the network; in the network or wider it does.
        published(&owner, &work_of(&oss), &plan(&["ORGANISATION"]));
        assert_eq!(of(&oss.id)["publishedAssignments"], 0);
        let named = published(&owner, &work_of(&oss), &to_networks(&[&brabant]));
        published(&owner, &work_of(&oss), &plan(&["PUBLIC"]));
        assert_eq!((&of(&oss.id)["publishedAssignments"], &of(&oss.id)["areAssignmentsMet"]), (&json!(2), &json!(true)));
        owner.client.transition(&named, "cancellations", &json!({"reason": "PUBLISHED_IN_ERROR"})).expect(200);
        assert_eq!(of(&oss.id)["publishedAssignments"], 1);
        let person = world.employee(&oss, "Sanne de Vries");
        let visibility = json!({"level": "V3", "networkIds": [brabant.id]});
        person.client.put("/profile/visibility", &visibility).expect(200);
        assert_eq!((&of(&oss.id)["visiblePeople"], &of(&oss.id)["isMet"]), (&json!(1), &json!(true)));
        assert_eq!(of(&uden.id)["isMet"], false);
    }

    fn an_administrator_sees_the_klussen_of_the_own_organisation_and_nothing_of_its_people(service) {
        let world = World::new(service);
        let brabant = network(&world, "Brabant", &json!({}));
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        world.join(&brabant, &oss);
        world.join(&brabant, &uden);
        let path = format!("/networks/{}/pledges", brabant.id);
        let seen = oss.administrator.client.get(&path).expect(200);
        let rows = seen.body["items"].as_array().unwrap();
        assert_eq!((rows.len(), &rows[0]["organisationId"]), (1, &json!(oss.id)));
        assert_eq!([&rows[0]["visiblePeople"], &rows[0]["arePeopleMet"], &rows[0]["isMet"]], [&Value::Null; 3]);
        let person = world.employee(&oss, "Sanne de Vries");
        person.client.put("/profile/visibility", &json!({"level": "V3", "networkIds": [brabant.id]})).expect(200);
        assert_eq!(oss.administrator.client.get(&path).expect(200).text, seen.text, "it tells nothing of anybody");
        person.client.get(&path).refused(403, "not_allowed");
        assert_eq!(service.administrator().get(&path).expect(200).body["items"].as_array().unwrap().len(), 2);
    }
}
