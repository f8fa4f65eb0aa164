//! Lists: filters, search, pages, totals.

use contract_tests::{Client, Organisation, World, on_both};
use serde_json::json;

use super::*;

fn titles(client: &Client, query: &str) -> Vec<String> {
    let page = client.get(&format!("/assignments?includeTotal=true&{query}")).expect(200);
    let items = page.body["items"].as_array().unwrap();
    assert_eq!(page.body["total"], json!({"count": items.len(), "isCapped": false}), "{query}");
    items.iter().map(|item| item["title"].as_str().unwrap().to_owned()).collect()
}

fn titled(organisation: &Organisation, title: &str, changes: &serde_json::Value) -> serde_json::Value {
    with(&with(&work_of(organisation), &json!({"title": title})), changes)
}

on_both! {
    /// shows: U01
    fn a_list_is_narrowed_by_what_people_look_for(service) {
        let world = World::new(service);
        let (oss, schap) = (world.organisation("Gemeente Oss"),
            world.organisation_with(&json!({"name": "Waterschap Aa en Maas", "kind": "WATER_BOARD"})));
        let (of_oss, of_schap) = (world.client_of(&oss, "Olga Opdracht"), world.client_of(&schap, "Wim Water"));
        let skill = service.administrator().get("/skills?limit=1").expect(200);
        let (skill_id, label) = (skill.text_at("/items/0/id"), skill.text_at("/items/0/label"));
        for (owner, draft) in [
            (&of_oss, titled(&oss, "Bos", &json!({"region": "Noordoost-Brabant", "scaleLevel": "REGIONAL", "educationLevels": ["LBO", "MBO"],
                "requiredSkills": [{"skillId": skill_id}]}))),
            (&of_oss, titled(&oss, "Raad", &json!({"kind": "SHADOWING", "scaleLevel": "NATIONAL", "remote": "REMOTE", "chargeBasis": "NONE",
                "minutesPerWeek": null, "totalMinutes": 240, "startDate": "2027-06-07", "endDate": "2027-06-08"}))),
            (&of_schap, titled(&schap, "Dijk", &json!({"region": "Súdwest", "programmeLabel": "Proeftuin Zpp", "minutesPerWeek": 960,
                "educationLevels": ["HBO"], "description": "Een dijk waar iedereen op let."}))),
        ] {
            published(owner, &draft, &plan(&["ALL_GOVERNMENT"]));
        }
        let reader = world.employee(&oss, "Sanne de Vries").client;
        for (query, expected) in [
            ("", vec!["Dijk", "Raad", "Bos"]),
            (&format!("organisationId={}", oss.id), vec!["Raad", "Bos"]),
            ("layer=WATER", vec!["Dijk"]),
            ("layer=NATIONAL", vec![]),
            ("region=noordoost-brabant", vec!["Bos"]),
            ("region=sudwest", vec!["Dijk"]),
            ("scaleLevel=NATIONAL", vec!["Raad"]),
            ("kind=SHADOWING", vec!["Raad"]),
            ("kind=PROJECT&layer=MUNICIPAL", vec!["Bos"]),
            ("educationLevel=LBO", vec!["Raad", "Bos"]),
            ("educationLevel=HBO", vec!["Dijk", "Raad"]),
            (&format!("skillId={skill_id}"), vec!["Bos"]),
            (&format!("skillId={UNKNOWN}"), vec![]),
            ("minimumMinutesPerWeek=480", vec!["Dijk", "Bos"]),
            ("maximumMinutesPerWeek=480", vec!["Raad", "Bos"]),
            ("startsFrom=2027-06-01", vec!["Raad"]),
            ("endsBefore=2027-06-30", vec!["Raad"]),
            ("chargeBasis=NONE", vec!["Raad"]),
            ("remote=REMOTE", vec!["Raad"]),
            ("programmeLabel=proeftuin%20ZPP", vec!["Dijk"]),
            ("search=iedereen%20DIJK", vec!["Dijk"]),
            ("search=iedereen%20bos", vec!["Bos"]),
            (&format!("search={}", label.split_whitespace().next().unwrap()), vec!["Bos"]),
            ("search=100%25", vec![]),
            (&format!("networkId={UNKNOWN}"), vec![]),
        ] {
            assert_eq!(titles(&reader, query), expected, "{query}");
        }
        reader.get("/assignments?layer=MOON&startsFrom=soon&remote=ON_SITE&limit=0&x=1").names(&["layer", "startsFrom", "limit", "x"]);
    }

    fn pages_follow_one_another_newest_first_and_lead_back(service) {
        let world = World::new(service);
        let organisation = world.organisation("Gemeente Oss");
        let owner = world.client_of(&organisation, "Olga Opdracht");
        let mut all = Vec::new();
        for number in 0..7 {
            // Some at the same moment: the order is total all the same.
            service.clock.advance(chrono::TimeDelta::minutes(number % 2));
            let path = published(&owner, &work_of(&organisation), &plan(&["ORGANISATION"]));
            all.push(path.rsplit('/').next().unwrap().to_owned());
        }
        all.reverse();
        let mut seen = Vec::new();
        let mut page = owner.client.get("/assignments?limit=3&includeTotal=true").expect(200);
        loop {
            assert_eq!(page.body["total"]["count"], 7);
            seen.extend(page.ids());
            let Some(next) = page.body["links"]["next"].as_str().map(str::to_owned) else { break };
            page = owner.client.get(&next).expect(200);
        }
        assert_eq!(seen, all);
        let back = owner.client.get(page.text_at("/links/prev")).expect(200);
        assert_eq!(back.ids(), all[3..6]);
    }
}
