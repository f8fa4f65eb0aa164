//! People in the spotlight.

use contract_tests::{World, on_both};

use super::*;

on_both! {
    /// shows: Z30
    fn who_opened_a_business_card_to_everybody_is_in_the_spotlight_and_gone_at_once_when_it_is_taken_back(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let sanne = world.employee(&oss, "Sanne de Vries");
        let patch = json!({"headline": "Jurist <i>zonder</i> grenzen", "fieldsOfWork": ["erfgoed"], "ambition": "Burgemeester"});
        let id = sanne.client.patch("/profile", &patch).expect(200).id();
        let show = |visibility| sanne.client.put("/profile/visibility", &visibility).expect(200);
        let (page, list) = (format!("/mensen/{id}"), "/embed/mensen");
        let absent = root(service, &format!("/mensen/{UNKNOWN}")).expect(404).text;
        for level in ["V0", "V2", "V4"] {
            show(json!({"level": level, "nameOnPublicCard": true}));
            assert_eq!(root(service, &page).expect(404).text, absent);
            assert!(root(service, list).expect(200).text.contains("Er zijn nu geen"));
        }
        show(json!({"level": "V5"}));
        for html in [root(service, &page).expect(200).text, root(service, list).expect(200).text] {
            assert!(html.contains("Jurist &#60;i&#62;zonder") && html.contains("erfgoed"), "{html}");
            for withheld in ["Sanne", "Vries", "Burgemeester", "Gemeente Oss"] {
                assert!(!html.contains(withheld), "{withheld} in {html}");
            }
        }
        show(json!({"level": "V5", "nameOnPublicCard": true}));
        assert!(root(service, &page).expect(200).text.contains("Sanne de Vries"));
        assert!(root(service, "/embed/mensen?fieldOfWork=erfgoed&max=1").expect(200).text.contains("Sanne de Vries"));
        assert!(root(service, "/embed/mensen?fieldOfWork=water").expect(200).text.contains("Er zijn nu geen"));
        root(service, "/embed/mensen?limit=3").expect(400);
        root(service, "/embed/mensen?max=100").expect(400);
        show(json!({"level": "V4"}));
        assert_eq!(root(service, &page).expect(404).text, absent);
        assert!(root(service, list).expect(200).text.contains("Er zijn nu geen"));
        root(service, "/mensen/geen-id").expect(404);
    }
}
