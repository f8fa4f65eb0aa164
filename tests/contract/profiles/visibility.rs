//! To whom a profile is shown.

use chrono::TimeDelta;
use contract_tests::{BEGIN, Scope, World, on_both};
use serde_json::json;

use super::{fill, listed, show};

const UNKNOWN: &str = "01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17";

on_both! {
    /// shows: F07
    fn a_choice_takes_effect_at_once(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let (sanne, client) = (world.employee(&oss, "Sanne de Vries"), world.client_of(&uden, "Olga Opdracht").client);
        let id = fill(&sanne);
        let path = format!("/profiles/{id}");
        let unknown = client.get(&format!("/profiles/{UNKNOWN}")).refused(404, "not_found");
        for (level, visible) in [("V2", false), ("V4", true), ("V1", false), ("V4", true), ("V0", false)] {
            show(&sanne, &json!({"level": level}));
            assert_eq!(listed(&client, "").contains(&id), visible, "{level}");
            let answer = client.get(&path);
            if visible {
                answer.expect(200);
            } else {
                assert_eq!((answer.status, answer.text), (404, unknown.text.clone()), "{level}");
            }
        }
    }

    /// shows: F07
    fn at_v3_clients_in_the_chosen_networks_see_a_card_without_a_name(service) {
        let world = World::new(service);
        let [brabant, holland] = ["Brabant", "Holland"].map(|name| world.network(name, "BY_ORGANISATION"));
        let [oss, uden, leiden] = ["Oss", "Uden", "Leiden"].map(|name| world.organisation(&format!("Gemeente {name}")));
        let membership = world.join(&brabant, &oss);
        world.join(&holland, &oss);
        world.join(&brabant, &uden);
        world.join(&holland, &leiden);
        let sanne = world.employee(&oss, "Sanne de Vries");
        let inside = world.client_of(&uden, "Olga Opdracht").client;
        let elsewhere = world.client_of(&leiden, "Leo Leiden").client;
        let colleague = world.employee(&uden, "Piet Peters").client;
        let id = fill(&sanne);
        show(&sanne, &json!({"level": "V3", "networkIds": [brabant.id]}));
        let card = inside.get(&format!("/profiles/{id}")).expect(200);
        assert_eq!((card.text_at("/sight"), card.text_at("/basis")), ("PSEUDONYMOUS_CARD", "NETWORK"));
        assert!(card.body["name"].is_null() && card.body["employers"].is_null() && !card.text.contains(&oss.id));
        let sees = |query: &str| {
            [&inside, &brabant.coordinator.client, &elsewhere, &holland.coordinator.client, &colleague, &world.platform]
                .map(|client| listed(client, query).contains(&id))
        };
        assert_eq!(sees(""), [true, true, false, false, false, false]);
        assert_eq!(sees(&format!("&networkId={}", brabant.id)), [true, true, false, false, false, false]);
        assert_eq!(sees(&format!("&networkId={}", holland.id)), [false; 6]);
        elsewhere.get(&format!("/profiles/{id}")).refused(404, "not_found");
        oss.administrator.client.transition(&format!("/memberships/{membership}"), "endings", &json!(null)).expect(200);
        assert_eq!(sees(""), [false; 6], "who left the network does not appear in it");
        let again = json!({"level": "V3", "networkIds": [brabant.id, holland.id]});
        sanne.client.put("/profile/visibility", &again).names(&["networkIds.0"]);
    }

    /// shows: Z34
    fn one_can_be_visible_to_others_and_hidden_from_the_own_employer(service) {
        let world = World::new(service);
        let concern = world.organisation("Concern Rotterdam");
        let draft = json!({"name": "Stadsbeheer", "kind": "MUNICIPALITY", "parentId": concern.id});
        let (part, uden) = (world.organisation_with(&draft), world.organisation("Gemeente Uden"));
        let sanne = world.employee(&part, "Sanne de Vries");
        let clients = [&part, &concern, &uden].map(|place| world.client_of(place, "Olga Opdracht").client);
        let id = fill(&sanne);
        show(&sanne, &json!({"level": "V4"}));
        assert!(clients.iter().all(|client| listed(client, "").contains(&id)));
        show(&sanne, &json!({"level": "V4", "hiddenFromOrganisationIds": [part.id]}));
        let sees = clients.each_ref().map(|client| listed(client, "").contains(&id));
        assert_eq!(sees, [false, false, true], "the concern above is the own employer too");
        clients[0].get(&format!("/profiles/{id}")).refused(404, "not_found");
        clients[2].get(&format!("/profiles/{id}")).expect(200);
    }

    fn during_a_pause_nobody_else_sees_it(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let (sanne, client) = (world.employee(&oss, "Sanne de Vries"), world.client_of(&uden, "Olga Opdracht").client);
        let id = fill(&sanne);
        let until = BEGIN.parse::<chrono::DateTime<chrono::Utc>>().unwrap() + TimeDelta::days(7);
        let chosen = show(&sanne, &json!({"level": "V5", "pausedUntil": until}));
        assert_eq!(chosen.text_at("/pausedUntil"), "2027-03-08T09:00:00Z");
        let public = format!("/public-profiles/{id}");
        assert!(listed(&client, "").is_empty());
        service.anonymous().get(&public).refused(404, "not_found");
        assert!(service.anonymous().get("/public-profiles").ids().is_empty());
        service.pass(TimeDelta::days(7));
        assert_eq!(listed(&client, ""), [id]);
        service.anonymous().get(&public).expect(200);
        let again = show(&sanne, &json!({"level": "V5", "pausedUntil": until}));
        assert!(again.body["pausedUntil"].is_null(), "a pause that is over is no pause");
    }

    fn the_adviser_one_chose_sees_the_whole_profile_and_no_other_adviser(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let sanne = world.employee(&oss, "Sanne de Vries");
        let advisers = ["Ada Viseur", "Ben Viseur"].map(|name| {
            let adviser = world.employee(&oss, name);
            let role = world.give(&adviser, "MOBILITY_ADVISER", Scope::Organisation(&oss));
            (adviser, role)
        });
        let (ada, ben) = (&advisers[0].0, &advisers[1].0);
        let id = fill(&sanne);
        show(&sanne, &json!({"level": "V1", "adviserId": ada.id}));
        let seen = ada.client.get(&format!("/profiles/{id}")).expect(200);
        assert_eq!((seen.text_at("/sight"), seen.text_at("/basis")), ("WHOLE_PROFILE", "ADVISER"));
        assert_eq!((seen.text_at("/name"), seen.text_at("/personId")), ("Sanne de Vries", sanne.id.as_str()));
        assert_eq!(seen.text_at("/employers/0/organisationName"), "Gemeente Oss");
        assert_eq!(seen.text_at("/ambition"), "Een project van begin tot eind leiden.");
        assert_eq!(listed(&ada.client, ""), [id.as_str()]);
        assert!(listed(&ben.client, "").is_empty());
        ben.client.get(&format!("/profiles/{id}")).refused(404, "not_found");
        world.platform.delete(&format!("/role-assignments/{}", advisers[0].1)).expect(204);
        ada.client.get(&format!("/profiles/{id}")).refused(404, "not_found");
    }

    fn a_choice_that_cannot_be_kept_is_refused_with_all_reasons(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let sanne = world.employee(&oss, "Sanne de Vries");
        let put = |body| sanne.client.put("/profile/visibility", &body);
        put(json!({"level": "V6", "networkIds": [7], "nobody": true})).names(&["level", "networkIds.0", "nobody"]);
        put(json!({"networkIds": []})).names(&["level"]);
        put(json!({"level": "V3"})).names(&["networkIds"]);
        put(json!({"level": "V4", "networkIds": [UNKNOWN]})).names(&["networkIds"]);
        put(json!({"level": "V3", "networkIds": [UNKNOWN], "hiddenFromOrganisationIds": [oss.id, UNKNOWN],
            "adviserId": oss.administrator.id, "pausedUntil": "2030-01-01T00:00:00Z"}))
            .names(&["networkIds.0", "hiddenFromOrganisationIds.1", "adviserId", "pausedUntil"]);
        put(json!({"level": "V5", "hiddenFromOrganisationIds": [oss.id]})).names(&["hiddenFromOrganisationIds"]);
        put(json!({"level": "V1", "adviserId": UNKNOWN})).names(&["adviserId"]);
        put(json!({"level": "V1", "pausedUntil": "9999-12-31T23:59:59-23:00"})).names(&["pausedUntil"]);
        assert_eq!(sanne.client.get("/profile/visibility").text_at("/level"), "V2", "nothing of it was kept");
    }

    /// Invariant 11: an administrator of the platform reads no profiles, also not as a client.
    fn administrators_of_the_platform_read_no_profiles(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let sanne = world.employee(&oss, "Sanne de Vries");
        let id = fill(&sanne);
        show(&sanne, &json!({"level": "V4"}));
        let beheerder = world.client_of(&world.organisation("Gemeente Uden"), "Bo Heerder");
        assert_eq!(listed(&beheerder.client, ""), [id.as_str()]);
        world.give(&beheerder, "PLATFORM_ADMINISTRATOR", Scope::Platform);
        for client in [&world.platform, &beheerder.client] {
            assert!(listed(client, "").is_empty());
            client.get(&format!("/profiles/{id}")).refused(404, "not_found");
        }
    }
}
