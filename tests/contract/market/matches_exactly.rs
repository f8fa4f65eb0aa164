//! Matches of people beside the arithmetic of the domain, laid over everybody one by one: the same people, the same
//! scores, the same order.

use contract_tests::{Answer, Employee, World, on_both, work};
use domain::market::assignments::RemoteMode;
use domain::market::demand::Demand;
use domain::market::effort::Effort;
use domain::market::matching::{Match, MatchAspect, MatchWeights, Rarity};
use domain::profiles::availabilities::{AvailabilityPattern, AvailabilityTerms};
use domain::profiles::offered::Offered;
use domain::profiles::profile_skills::Mastery;
use domain::vocabulary::SkillReference;
use domain::{SkillId, TextEnum};
use serde_json::{Value, json};

use super::matches::{found, ids, publish, skill, state};

/// Draws the same each time.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    fn some(&mut self, of: &[String]) -> Vec<String> {
        let mut some: Vec<String> = of.iter().filter(|_| self.below(3) == 0).cloned().collect();
        if some.is_empty() {
            some.push(of[self.below(of.len())].clone());
        }
        some
    }

    fn one(&mut self, of: &[&str]) -> String {
        of[self.below(of.len())].to_owned()
    }
}

fn parsed<T: TextEnum>(value: &Value) -> Option<T> {
    value.as_str().and_then(|text| T::parse(text))
}

/// What somebody offers, as it is shown to the one who asked.
fn offered(seen: &Value) -> Offered {
    let list = |name: &str| seen[name].as_array().cloned().unwrap_or_default();
    let skill = |one: &Value| {
        let id: uuid::Uuid = one["skillId"].as_str().unwrap().parse().unwrap();
        let mastery = Mastery {
            level: parsed(&one["level"]),
            wants_to_use: one["wantsToUse"] == true,
            wants_to_learn: one["wantsToLearn"] == true,
        };
        (SkillReference::Concept(id.into()), mastery)
    };
    let availability = |one: &Value| AvailabilityTerms {
        pattern: parsed(&one["pattern"]).unwrap_or(AvailabilityPattern::AdHoc),
        minutes_per_week: one["minutesPerWeek"].as_i64(),
        weekdays: Vec::new(),
        start: one["startDate"].as_str().map(|day| day.parse().unwrap()),
        end: one["endDate"].as_str().map(|day| day.parse().unwrap()),
        max_distance_kilometres: None,
        remote: one["remote"] == true,
    };
    Offered {
        education: parsed(&seen["educationLevel"]),
        skills: list("skills").iter().map(skill).collect(),
        interests: list("interests").iter().map(|word| word.as_str().unwrap().to_owned()).collect(),
        availabilities: list("availabilities").iter().map(availability).collect(),
    }
}

/// Somebody about whom everything is drawn; their concepts, where they show themselves to clients.
fn show(person: &Employee, draw: &mut Draw, concepts: &[String], elsewhere: &str) -> Vec<String> {
    let own = draw.some(concepts);
    for id in &own {
        let level = draw.one(&["BASIC", "PROFICIENT", "ADVANCED", "EXPERT"]);
        let body = json!({"skillId": id, "level": level, "wantsToUse": draw.below(2) == 0, "wantsToLearn": draw.below(2) == 0});
        person.client.post("/profile/skills", &body).expect(201);
    }
    let interests = draw.some(&["Natuur", "Wonen", "Erfgoed"].map(str::to_owned));
    let level = draw.one(&["MBO", "HBO", "WO"]);
    person.client.patch("/profile", &json!({"interests": interests, "educationLevel": level})).expect(200);
    for _ in 0..draw.below(3) {
        let minutes = 120 * (1 + draw.below(5));
        let block = json!({"pattern": "BLOCK_OF_MONTHS", "minutesPerWeek": minutes, "remote": draw.below(2) == 0,
            "startDate": draw.one(&["2027-04-01", "2027-07-01"]), "endDate": draw.one(&["2027-08-31", "2027-12-31"])});
        person.client.post("/profile/availabilities", &block).expect(201);
    }
    let level = draw.one(&["V0", "V2", "V4", "V4", "V4", "V5"]);
    let hidden = if level == "V4" && draw.below(4) == 0 { vec![elsewhere] } else { Vec::new() };
    person.client.put("/profile/visibility", &json!({"level": level, "hiddenFromOrganisationIds": hidden})).expect(200);
    if level.as_str() >= "V3" { own } else { Vec::new() }
}

fn assert_exact(owner: &Employee, klus: &str, demand: &Demand, rarity: &Rarity, chosen: [i64; 8]) {
    let names = ["skills", "wantsToUse", "wantsToLearn", "interests", "hours", "period", "education", "workplace"];
    let query: Vec<String> = names.iter().zip(chosen).map(|(name, weight)| format!("{name}Weight={weight}")).collect();
    let place = |aspect| MatchAspect::ALL.iter().position(|one| *one == aspect).unwrap();
    let weights = MatchWeights::chosen(|aspect| Some(chosen[place(aspect)])).unwrap();
    let everybody = owner.client.get("/profiles?limit=100").expect(200);
    let mut expected: Vec<(String, i64)> = everybody.body["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|seen| (seen["id"].as_str().unwrap().to_owned(), Match::of(demand, &offered(seen), rarity, &weights)))
        .filter(|(_, laid)| !laid.shared_skills.is_empty())
        .map(|(id, laid)| (id, laid.score))
        .collect();
    expected.sort_by(|one, other| (-one.1, &one.0).cmp(&(-other.1, &other.0)));
    assert!(expected.len() > 1, "there is something to put in order");
    let path = format!("/assignments/{klus}/matches?limit=100&{}", query.join("&"));
    assert_eq!(found(&owner.client.get(&path).expect(200), "profile"), expected);
}

on_both! {
    /// shows: M08
    fn people_are_ranked_as_if_everybody_were_laid_beside_the_klus(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let owner = world.client_of(&uden, "Olga Opdracht");
        let concepts = ["albanees", "duits", "frans", "pools", "turks", "spaans"].map(|word| skill(&owner.client, word));
        let mut draw = Draw(7);
        let mut counts = std::collections::HashMap::<String, i64>::new();
        for number in 0..24 {
            let person = world.employee(&oss, &format!("Persoon{number} Vries"));
            for id in show(&person, &mut draw, &concepts, &uden.id) {
                *counts.entry(id).or_default() += 1;
            }
        }
        for _ in 0..4 {
            let asked = draw.some(&concepts);
            let (required, preferred) = asked.split_at(asked.len().div_ceil(2));
            let items = |ids: &[String]| ids.iter().map(|id| json!({"skillId": id})).collect::<Vec<_>>();
            let asks = json!({"requiredSkills": items(required), "preferredSkills": items(preferred),
                "educationLevels": ["HBO"], "interests": ["natuur", "wonen"]});
            let klus = publish(&owner, &work(&uden), &asks, "ORGANISATION");
            let concept = |id: &String| -> SkillId { id.parse::<uuid::Uuid>().unwrap().into() };
            let references = |ids: &[String]| ids.iter().map(|id| SkillReference::Concept(concept(id))).collect();
            let demand = Demand {
                required_skills: references(required),
                preferred_skills: references(preferred),
                education_levels: vec![domain::vocabulary::EducationLevel::Hbo],
                interests: vec!["natuur".to_owned(), "wonen".to_owned()],
                effort: Some(Effort::MinutesPerWeek(480)),
                start_date: "2027-06-01".parse().ok(),
                end_date: "2027-11-30".parse().ok(),
                remote: RemoteMode::Hybrid,
            };
            let rarity = Rarity::counted(asked.iter().filter_map(|id| Some((concept(id), *counts.get(id)?))));
            for chosen in [[40, 10, 10, 15, 10, 5, 5, 5], [1, 0, 0, 100, 0, 0, 0, 0], [0, 30, 20, 0, 60, 40, 0, 10]] {
                assert_exact(&owner, &klus, &demand, &rarity, chosen);
            }
        }
    }

    fn what_people_offer_is_kept_again_where_the_way_of_keeping_it_changed(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let (sanne, owner) = (world.employee(&oss, "Sanne de Vries"), world.client_of(&uden, "Olga Opdracht"));
        let albanian = skill(&owner.client, "albanees");
        let profile = state(&sanne, &[(&albanian, "EXPERT")]);
        let klus = publish(&owner, &work(&uden), &json!({"requiredSkills": [{"skillId": albanian}]}), "ORGANISATION");
        let path = format!("/assignments/{klus}/matches");
        let before: Answer = owner.client.get(&path).expect(200);
        assert_eq!(ids(&before, "profile"), [profile]);
        service.execute("DELETE FROM profile_offers; DELETE FROM offered_skills; DELETE FROM reference_lists WHERE name = 'profile_offers'");
        assert!(ids(&owner.client.get(&path).expect(200), "profile").is_empty());
        let upgraded = service.another();
        assert_eq!(upgraded.client_of(&owner.id).get(&path).expect(200).body, before.body);
    }
}
