//! What is made over HTTP, as clients make it: whom the questions are asked by, and an example of everything that is
//! copied until there is enough.

use std::path::Path;

use contract_tests::{Client, Employee, Organisation, Service, World};
use serde_json::{Value, json};

use crate::draw::Draw;

/// When it is, for the service that is measured: nothing runs out while it is.
pub(crate) const MOMENT: &str = "2027-03-01T09:00:00Z";
/// How many klussen people are matched with.
const KLUSSEN: usize = 40;
/// How many people klussen are matched with.
const PEOPLE: usize = 40;

/// Lays the stage, or reads in which way it was laid.
pub(crate) fn set(url: &str, file: &Path) -> Value {
    if let Ok(text) = std::fs::read_to_string(file) {
        return serde_json::from_str(&text).unwrap();
    }
    let service = Service::on(url, true, MOMENT, &[("KLUSNET_LOG_LEVEL", "error")]);
    let stage = lay(&service);
    std::fs::write(file, stage.to_string()).unwrap();
    stage
}

fn lay(service: &Service) -> Value {
    let world = World::new(service);
    let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
    let network = world.network("Talentenregio Brabant", "BY_ORGANISATION");
    let membership = world.join(&network, &oss);
    let owner = world.client_of(&uden, "Olga Opdracht");
    let skills = skills(&owner.client);
    let own = |number: usize, kind: u64| {
        let mut draw = Draw::of(kind, number);
        let count = 4 + draw.below(7);
        // One in twenty asks only for the commonest.
        let bound = if number.is_multiple_of(20) { 8 } else { skills.len() };
        draw.some(count.min(bound), bound).into_iter().map(|index| skills[index].clone()).collect::<Vec<_>>()
    };
    let klussen: Vec<String> = (0..KLUSSEN).map(|number| publish(&owner, &uden, &own(number, 1))).collect();
    let people: Vec<Employee> = (0..PEOPLE).map(|number| show(&world, &oss, number, &own(number, 2))).collect();
    let response = json!({"motivation": "Dit wil ik graag leren, en ik ken het vak al een beetje van binnen."});
    let first = &people[0].client;
    let response = first.post(&format!("/assignments/{}/responses", klussen[0]), &response).expect(201).id();
    first.transition(&format!("/responses/{response}"), "submissions", &json!({})).expect(200);
    json!({
        "organisation": oss.id, "network": network.id, "membership": membership, "owner": owner.id, "skills": skills,
        "klussen": klussen, "people": people.iter().map(|one| &one.id).collect::<Vec<_>>(),
        "employment": people[0].employment_id, "response": response,
        "profile": first.get("/profile").id(), "availability": first.get("/profile/availabilities").ids()[0],
        "skill": first.get("/profile/skills").ids()[0],
        "ownerToken": service.token_of(&owner.id),
        "tokens": people.iter().map(|one| service.token_of(&one.id)).collect::<Vec<_>>(),
    })
}

/// All concepts of the vocabulary.
fn skills(client: &Client) -> Vec<String> {
    let mut found = Vec::new();
    let mut next = Some("/skills?limit=100".to_owned());
    while let Some(path) = next {
        let page = client.get(&path).expect(200);
        found.extend(page.ids());
        next = page.body["next"].as_str().map(|url| url.split_once("/v1").unwrap().1.to_owned());
    }
    found
}

fn publish(owner: &Employee, host: &Organisation, skills: &[String]) -> String {
    let (required, preferred) = skills.split_at(skills.len() / 2);
    let asked = |ids: &[String]| ids.iter().map(|id| json!({"skillId": id})).collect::<Vec<_>>();
    let draft = json!({"organisationId": host.id, "kind": "PROJECT", "title": "Een bos voor de stad",
        "description": "De stad wil een bos en heeft nog geen plan. Inwoners denken mee.",
        "intendedResult": "Een plan waarover de raad kan besluiten", "planning": "Mei: gesprekken. Juni: plan.",
        "minutesPerWeek": 480, "startDate": "2027-05-03", "endDate": "2027-07-30", "scaleLevel": "REGIONAL",
        "remote": "HYBRID", "region": "Brabant", "requiredSkills": asked(required), "preferredSkills": asked(preferred),
        "educationLevels": ["HBO", "WO"], "interests": ["Natuur"], "publication":
            {"rings": [{"ring": "ALL_GOVERNMENT"}], "deadline": "2027-04-15T15:00:00Z"}});
    owner.client.post("/assignments", &draft).expect(201).id()
}

fn show(world: &World<'_>, home: &Organisation, number: usize, skills: &[String]) -> Employee {
    let person = world.employee(home, &format!("Sanne{number} Vries"));
    for id in skills {
        let skill = json!({"skillId": id, "level": "PROFICIENT", "wantsToUse": true});
        person.client.post("/profile/skills", &skill).expect(201);
    }
    let details = json!({"headline": "Verbindt mensen en plannen", "fieldsOfWork": ["Ruimte"], "interests": ["Natuur"],
        "coreQualities": ["Rustig"], "experience": "Zes jaar in de wijk.", "educationLevel": "HBO"});
    person.client.patch("/profile", &details).expect(200);
    let hours = json!({"pattern": "HOURS_PER_WEEK", "minutesPerWeek": 480, "remote": true});
    person.client.post("/profile/availabilities", &hours).expect(201);
    person.client.put("/profile/visibility", &json!({"level": "V4"})).expect(200);
    person
}
