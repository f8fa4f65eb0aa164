//! Public cards.

use contract_tests::{World, on_both};
use serde_json::{Value, json};

use super::{fill, listed, show};

on_both! {
    /// shows: M20
    fn a_public_card_is_read_without_a_token_and_has_a_name_only_where_its_owner_wants(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let sanne = world.employee(&oss, "Sanne de Vries");
        let id = fill(&sanne);
        let stranger = service.anonymous();
        let path = format!("/public-profiles/{id}");
        let unknown = stranger.get("/public-profiles/01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17").refused(404, "not_found");
        for level in ["V0", "V1", "V2", "V4"] {
            show(&sanne, &json!({"level": level, "nameOnPublicCard": true}));
            assert!(stranger.get("/public-profiles").expect(200).ids().is_empty(), "{level}");
            assert_eq!(stranger.get(&path).refused(404, "not_found").text, unknown.text);
        }
        show(&sanne, &json!({"level": "V5"}));
        let card = stranger.get(&path).expect(200);
        assert_eq!(card.text_at("/sight"), "PUBLIC_CARD");
        assert_eq!(card.text_at("/headline"), "Jurist die over de grens kijkt");
        for withheld in ["name", "personId", "employers", "ambition", "availabilities"] {
            assert_eq!(card.body[withheld], Value::Null, "{withheld}");
        }
        show(&sanne, &json!({"level": "V5", "nameOnPublicCard": true}));
        assert_eq!(stranger.get(&path).text_at("/name"), "Sanne de Vries");
        let list = stranger.get("/public-profiles?search=erfgoed&fieldOfWork=ruimtelijke%20ordening&educationLevel=HBO");
        assert_eq!((list.ids(), list.text_at("/items/0/name")), (vec![id.clone()], "Sanne de Vries"));
        assert!(stranger.get("/public-profiles?search=vries").ids().is_empty());
        assert!(stranger.get("/public-profiles?entrepreneurshipLevel=EXPLORING").ids().is_empty());
        let client = world.client_of(&world.organisation("Gemeente Uden"), "Olga Opdracht").client;
        let card = client.get(&format!("/profiles/{id}")).expect(200);
        assert_eq!((card.text_at("/sight"), card.text_at("/name")), ("PSEUDONYMOUS_CARD", "Sanne de Vries"));
        assert_eq!((&card.body["personId"], &card.body["employers"]), (&Value::Null, &Value::Null));
    }

    fn a_filter_tells_nothing_that_the_card_does_not(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let sanne = world.employee(&oss, "Sanne de Vries");
        let id = fill(&sanne);
        show(&sanne, &json!({"level": "V5"}));
        let colleague = world.employee(&oss, "Piet Peters").client;
        assert_eq!(listed(&colleague, ""), [id.as_str()]);
        assert!(listed(&colleague, "&availableMinutesPerWeek=60").is_empty(), "the public card shows no availability");
        let client = world.client_of(&oss, "Olga Opdracht").client;
        assert_eq!(listed(&client, "&availableMinutesPerWeek=60"), [id]);
        service.anonymous().get("/public-profiles?availableMinutesPerWeek=60").names(&["availableMinutesPerWeek"]);
    }
}
