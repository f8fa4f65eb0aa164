//! Networks.

use contract_tests::{Scope, World, on_both};
use serde_json::{Value, json};

const UNKNOWN: &str = "01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17";

on_both! {
    /// shows: Z01
    fn a_network_has_members_of_different_kinds_and_counts_them(service) {
        let world = World::new(service);
        let brabant = world.network("Ondernemende Ambtenaren Brabant", "BY_ORGANISATION");
        for (name, kind) in [("Oss", "MUNICIPALITY"), ("Uden", "MUNICIPALITY"), ("Aa en Maas", "WATER_BOARD"), ("Noord-Brabant", "PROVINCE")] {
            world.join(&brabant, &world.organisation_with(&json!({"name": name, "kind": kind})));
        }
        let asking = world.organisation("Gemeente Veghel");
        let path = format!("/networks/{}", brabant.id);
        let ask = json!({"organisationId": asking.id});
        asking.administrator.client.post(&format!("{path}/memberships"), &ask).expect(201);
        let shown = asking.administrator.client.get(&path).expect(200);
        assert_eq!(shown.body["memberCounts"], json!({"organisations": 4, "people": 0, "organisationsByKind": [
            {"kind": "MUNICIPALITY", "count": 2}, {"kind": "PROVINCE", "count": 1}, {"kind": "WATER_BOARD", "count": 1}]}));
        let listed = asking.administrator.client.get("/networks?search=brabant").expect(200);
        assert_eq!(listed.body["items"][0], shown.body);
    }

    /// shows: W01
    fn a_network_spans_several_regions_and_is_found_by_each(service) {
        let world = World::new(service);
        let west = world.network_with(&json!({"name": "Werken in het Westen", "kind": "REGIONAL", "scaleLevel": "REGIONAL",
            "admission": "BY_ORGANISATION", "regions": ["Holland Rijnland", "Amstel-Rijn"], "programmeLabel": "Proeftuin"}));
        let ict = world.network_with(&json!({"name": "ICT-pool", "kind": "FUNCTIONAL", "scaleLevel": "NATIONAL", "admission": "OPEN"}));
        let client = world.organisation("Gemeente Leiden").administrator.client;
        let found = |query: &str| client.get(&format!("/networks?{query}")).expect(200).ids();
        assert_eq!(found("region=amstel-rijn"), [west.id.clone()]);
        assert_eq!(found("region=HOLLAND%20RIJNLAND"), [west.id.clone()]);
        assert!(found("region=Rijnland").is_empty(), "a region is named whole");
        assert_eq!(found("kind=FUNCTIONAL"), [ict.id.clone()]);
        assert_eq!(found("scaleLevel=NATIONAL&search=ict"), [ict.id.clone()]);
        assert_eq!(found(""), [ict.id.clone(), west.id.clone()]);
        assert!(found("mine=true").is_empty());
        assert_eq!(west.coordinator.client.get("/networks?mine=true").ids(), [west.id.clone()]);
    }

    /// shows: N01 M17
    fn each_network_keeps_rules_of_its_own(service) {
        let world = World::new(service);
        let strict = json!({"name": "Brabant", "kind": "REGIONAL", "scaleLevel": "PROVINCIAL", "admission": "BY_ORGANISATION",
            "pledgeMinimumPeople": 1, "pledgeMinimumAssignments": 2, "internalFirstCeilingWorkingDays": 5,
            "publicRateCeilingCents": 9500, "reviewRequired": true, "regions": ["Noord-Brabant"]});
        let (strict, loose) = (world.network_with(&strict), world.network("ICT-pool", "OPEN"));
        let of = |id: &str| world.platform.get(&format!("/networks/{id}")).expect(200).body;
        let (rules, others) = (of(&strict.id), of(&loose.id));
        assert_eq!((&rules["internalFirstCeilingWorkingDays"], &others["internalFirstCeilingWorkingDays"]), (&json!(5), &json!(10)));
        let change = json!({"publicRateCeilingCents": null, "pledgeMinimumPeople": 3, "reviewRequired": false});
        let path = format!("/networks/{}", strict.id);
        let changed = strict.coordinator.client.patch(&path, &change).expect(200);
        assert_eq!((&changed.body["publicRateCeilingCents"], &changed.body["pledgeMinimumPeople"]), (&json!(null), &json!(3)));
        assert_eq!(changed.body["regions"], json!(["Noord-Brabant"]), "what is left out stays");
        assert_eq!(of(&loose.id), others, "the other one is untouched");
        strict.coordinator.client.with("If-Match", "\"1-x\"").patch(&path, &change).refused(412, "revision_stale");
    }

    fn all_faults_are_named_at_once(service) {
        let world = World::new(service);
        let faulty = json!({"name": " ", "kind": "CLUB", "scaleLevel": "WORLD", "regions": "Brabant", "pledgeMinimumPeople": -1,
            "internalFirstCeilingWorkingDays": 11, "publicRateCeilingCents": 0.5, "colour": "red"});
        world.platform.post("/networks", &faulty).names(&["name", "kind", "scaleLevel", "admission", "regions",
            "pledgeMinimumPeople", "internalFirstCeilingWorkingDays", "publicRateCeilingCents", "colour"]);
        let twice = json!({"name": "Brabant", "kind": "REGIONAL", "scaleLevel": "LOCAL", "admission": "OPEN", "regions": ["A", "A"]});
        world.platform.post("/networks", &twice).names(&["regions"]);
    }

    /// shows: Z03
    fn a_coordinator_is_limited_to_one_network_and_sees_no_private_data(service) {
        let world = World::new(service);
        let (brabant, west) = (world.network("Brabant", "BY_ORGANISATION"), world.network("Westen", "BY_ORGANISATION"));
        let oss = world.organisation("Gemeente Oss");
        let sanne = world.employee(&oss, "Sanne");
        world.join(&brabant, &oss);
        let coordinator = &brabant.coordinator.client;
        coordinator.patch(&format!("/networks/{}", brabant.id), &json!({"description": "Beter."})).expect(200);
        coordinator.patch(&format!("/networks/{}", west.id), &json!({"description": "Mijn."})).refused(403, "not_allowed");
        let draft = json!({"name": "Nieuw", "kind": "REGIONAL", "scaleLevel": "LOCAL", "admission": "OPEN"});
        coordinator.post("/networks", &draft).refused(403, "not_allowed");
        coordinator.get(&format!("/persons/{}", sanne.id)).expect(404);
        coordinator.get(&format!("/employments/{}", sanne.employment_id)).expect(404);
        coordinator.patch(&format!("/organisations/{}", oss.id), &json!({"town": "Oss"})).refused(403, "not_allowed");
        let role = |network: &str, person: &str| json!({"personId": person, "role": "NETWORK_COORDINATOR", "networkId": network});
        coordinator.post("/role-assignments", &role(&west.id, &sanne.id)).refused(403, "not_allowed");
        coordinator.post("/role-assignments", &role(UNKNOWN, &sanne.id)).names(&["networkId"]);
        let stranger = world.employee(&world.organisation("Gemeente Breda"), "Willem");
        coordinator.post("/role-assignments", &role(&brabant.id, &stranger.id)).names(&["personId"]);
        let given = coordinator.post("/role-assignments", &role(&brabant.id, &sanne.id)).expect(201);
        sanne.client.patch(&format!("/networks/{}", brabant.id), &json!({"description": "Best."})).expect(200);
        let colleague = world.employee(&oss, "Piet");
        let turn_to = colleague.client.get(&format!("/role-assignments?networkId={}", brabant.id)).ids();
        assert_eq!(turn_to.len(), 2, "members see who coordinates");
        assert!(stranger.client.get(&format!("/role-assignments?networkId={}", brabant.id)).ids().is_empty());
        coordinator.delete(&format!("/role-assignments/{}", given.id())).expect(204);
    }

    /// shows: U02 N01
    fn networks_form_a_tree_and_grow_together_only_when_their_members_do(service) {
        let world = World::new(service);
        let (brabant, as_50) = (world.network("Brabant", "OPEN"), world.network("As-50", "OPEN"));
        let oss = world.organisation("Gemeente Oss");
        world.join(&as_50, &oss);
        let (above, below) = (format!("/networks/{}", brabant.id), format!("/networks/{}", as_50.id));
        let move_in = json!({"parentId": brabant.id});
        as_50.coordinator.client.patch(&below, &move_in).refused(403, "not_allowed");
        world.platform.patch(&below, &move_in).refused(409, "parent_membership_missing");
        world.join(&brabant, &oss);
        world.give(&as_50.coordinator, "NETWORK_COORDINATOR", Scope::Network(&brabant));
        let moved = as_50.coordinator.client.patch(&below, &move_in).expect(200);
        assert_eq!(moved.text_at("/parentId"), brabant.id);
        assert_eq!(world.platform.get(&format!("/networks?parentId={}", brabant.id)).ids(), [as_50.id.clone()]);
        world.platform.patch(&above, &json!({"parentId": as_50.id})).refused(409, "parent_circular");
        world.platform.patch(&above, &json!({"parentId": UNKNOWN})).names(&["parentId"]);
        world.platform.patch(&above, &json!({"admission": "INVITATION_ONLY"})).names(&["admission"]);
        let inside = json!({"name": "Kring", "kind": "REGIONAL", "scaleLevel": "LOCAL", "admission": "OPEN", "parentId": brabant.id});
        let founded = brabant.coordinator.client.post("/networks", &inside).expect(201);
        let path = founded.headers["location"].clone();
        brabant.coordinator.client.patch(&path, &json!({"name": "Kring van Brabant"})).expect(200);
        let roles = format!("/role-assignments?role=NETWORK_COORDINATOR&networkId={}", founded.id());
        assert_eq!(brabant.coordinator.client.get(&roles).ids().len(), 1, "who founds it coordinates it");
    }

    /// shows: O06
    fn a_network_by_invitation_is_as_if_it_were_not_there_for_everybody_outside(service) {
        let world = World::new(service);
        let (oss, uden, breda) = (world.organisation("Oss"), world.organisation("Uden"), world.organisation("Breda"));
        let (member, outsider) = (world.employee(&oss, "Sanne"), world.employee(&uden, "Willem"));
        let invited = world.employee(&breda, "Iris");
        let (before, before_admin) = (outsider.client.get("/networks").text, uden.administrator.client.get("/networks").text);
        let hidden = world.network("Over-loop", "INVITATION_ONLY");
        world.join(&hidden, &oss);
        let memberships = format!("/networks/{}/memberships", hidden.id);
        let offered = hidden.coordinator.client.post(&memberships, &json!({"personId": invited.id})).expect(201);
        let path = format!("/networks/{}", hidden.id);
        for client in [&member.client, &oss.administrator.client, &hidden.coordinator.client, &invited.client, &world.platform] {
            client.get(&path).expect(200);
            assert_eq!(client.get("/networks").ids(), [hidden.id.clone()]);
            client.get(&memberships).expect(200);
        }
        let counted = member.client.get(&path);
        assert_eq!(counted.body["memberCounts"]["organisations"], 1);
        assert_eq!(member.client.get(&memberships).ids().len(), 1, "members see members");
        assert_eq!(invited.client.get(&memberships).ids(), [offered.id()], "who is invited sees the invitation");
        let draft = json!({"organisationId": uden.id});
        let role = json!({"personId": outsider.id, "role": "NETWORK_COORDINATOR", "networkId": hidden.id});
        for client in [&outsider.client, &uden.administrator.client, &breda.administrator.client] {
            let unknown = |path: String| client.get(&path.replace(&hidden.id, UNKNOWN)).expect(404).text;
            assert_eq!(client.get(&path).expect(404).text, unknown(path.clone()));
            assert_eq!(client.get(&memberships).expect(404).text, unknown(memberships.clone()));
            let of_nothing = client.post(&format!("/networks/{UNKNOWN}/memberships"), &draft).expect(404);
            assert_eq!(client.post(&memberships, &draft).expect(404).text, of_nothing.text);
            client.with("If-Match", "*").send("PATCH", &path, Some(&json!({}))).expect(404);
            let membership = format!("/memberships/{}", offered.id());
            assert_eq!(client.get(&membership).expect(404).text, client.get(&format!("/memberships/{UNKNOWN}")).text);
            let unknown_role = json!({"personId": outsider.id, "role": "NETWORK_COORDINATOR", "networkId": UNKNOWN});
            let refused = client.post("/role-assignments", &role).names(&["networkId"]);
            assert_eq!(refused.text, client.post("/role-assignments", &unknown_role).text);
            let under = |id: &str| json!({"name": "x", "kind": "REGIONAL", "scaleLevel": "LOCAL", "admission": "OPEN", "parentId": id});
            let refused = client.post("/networks", &under(&hidden.id)).names(&["parentId"]);
            assert_eq!(refused.text, client.post("/networks", &under(UNKNOWN)).text);
        }
        assert_eq!(outsider.client.get("/networks").text, before);
        assert_eq!(uden.administrator.client.get("/networks").text, before_admin);
        for client in [&outsider.client, &uden.administrator.client, &breda.administrator.client] {
            let events = client.get("/events?limit=100").expect(200).text;
            assert!(!events.contains(&hidden.id) && !events.contains(&offered.id()), "{events}");
        }
        assert!(invited.client.get("/events?limit=100").text.contains(&offered.id()), "who is invited hears of it");
        invited.client.transition(&format!("/memberships/{}", offered.id()), "declinations", &Value::Null).expect(200);
        invited.client.get(&path).expect(404);
    }

    fn inside_a_hidden_network_every_network_is_hidden(service) {
        let world = World::new(service);
        let hidden = world.network("Over-loop", "INVITATION_ONLY");
        let inside = |admission: &str| json!({"name": "Kring", "kind": "FUNCTIONAL", "scaleLevel": "LOCAL",
            "admission": admission, "parentId": hidden.id});
        hidden.coordinator.client.post("/networks", &inside("OPEN")).names(&["admission"]);
        let kring = hidden.coordinator.client.post("/networks", &inside("INVITATION_ONLY")).expect(201);
        let oss = world.organisation("Gemeente Oss");
        world.join(&hidden, &oss);
        assert_eq!(oss.administrator.client.get("/networks").ids(), [hidden.id.clone()]);
        oss.administrator.client.get(&kring.headers["location"]).expect(404);
    }

    /// shows: N02
    fn one_instance_hosts_several_networks_and_an_organisation_is_in_several(service) {
        let world = World::new(service);
        let (brabant, ict) = (world.network("Brabant", "OPEN"), world.network("ICT-pool", "BY_ORGANISATION"));
        let oss = world.organisation("Gemeente Oss");
        let (first, second) = (world.join(&brabant, &oss), world.join(&ict, &oss));
        let sanne = world.employee(&oss, "Sanne");
        assert_eq!(sanne.client.get("/networks?mine=true").ids(), [brabant.id.clone(), ict.id.clone()]);
        assert_eq!(oss.administrator.client.get("/memberships").ids(), [second, first]);
        assert!(sanne.client.get("/memberships").ids().is_empty(), "the organisation's, not one's own");
    }
}
