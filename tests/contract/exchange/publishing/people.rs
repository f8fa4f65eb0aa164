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
        root(service, "/feeds/mensen.json?cursor=x").expect(400);
        root(service, "/embed/mensen?max=100").expect(400);
        assert!(root(service, "/embed/mensen?fieldOfWork=erfgoed").text.contains("/feeds/mensen.json?fieldOfWork=erfgoed\""));
        show(json!({"level": "V4"}));
        assert_eq!(root(service, &page).expect(404).text, absent);
        assert!(root(service, list).expect(200).text.contains("Er zijn nu geen"));
        root(service, "/mensen/geen-id").expect(404);
    }

    /// shows: Z30
    fn the_spotlight_is_a_feed_too_and_only_of_who_chose_it(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let (sanne, karel) = (world.employee(&oss, "Sanne de Vries"), world.employee(&oss, "Karel van Beek"));
        let patch = json!({"headline": "Jurist <i>zonder</i> grenzen", "fieldsOfWork": ["erfgoed"], "ambition": "Burgemeester"});
        let id = sanne.client.patch("/profile", &patch).expect(200).id();
        karel.client.patch("/profile", &json!({"headline": "Ontwerper", "fieldsOfWork": ["erfgoed"]})).expect(200);
        let show = |visibility| sanne.client.put("/profile/visibility", &visibility).expect(200);
        let feed = |query: &str| root(service, &format!("/feeds/mensen.json{query}")).expect(200);
        assert_eq!(feed("").body["items"], json!([]));
        show(json!({"level": "V5"}));
        let shown = feed("");
        assert_eq!(shown.headers["content-type"], "application/feed+json");
        assert_eq!((shown.headers["cache-control"].as_str(), shown.headers["access-control-allow-origin"].as_str()), ("no-cache", "*"));
        assert_eq!((&shown.body["version"], &shown.body["items"][1]), (&json!("https://jsonfeed.org/version/1.1"), &Value::Null));
        let item = &shown.body["items"][0];
        assert_eq!((&item["id"], &item["url"]), (&json!(format!("urn:uuid:{id}")), &json!(format!("{PUBLIC_URL}/mensen/{id}"))));
        assert_eq!((&item["title"], &item["tags"]), (&json!("Jurist <i>zonder</i> grenzen"), &json!(["erfgoed"])));
        assert!(!item["content_html"].as_str().unwrap().contains("<i>"), "{item}");
        for withheld in ["Sanne", "Vries", "Karel", "Ontwerper", "Burgemeester", "Gemeente Oss"] {
            assert!(!shown.text.contains(withheld), "{withheld} in {}", shown.text);
        }
        let client = service.anonymous().with("If-None-Match", &shown.tag());
        asked(service, &client, "/feeds/mensen.json").expect(304);
        show(json!({"level": "V5", "nameOnPublicCard": true}));
        assert_eq!(asked(service, &client, "/feeds/mensen.json").expect(200).body["items"][0]["title"], "Sanne de Vries");
        let narrowed = feed("?fieldOfWork=erfgoed");
        assert_eq!(narrowed.body["feed_url"], format!("{PUBLIC_URL}/feeds/mensen.json?fieldOfWork=erfgoed"));
        assert_eq!(feed("?fieldOfWork=water").body["items"], json!([]));
        show(json!({"level": "V0"}));
        assert_eq!(feed("").body["items"], json!([]), "gone at once");
    }
}
