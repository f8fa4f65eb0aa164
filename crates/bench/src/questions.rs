//! What is measured: each question as a request to the service and as statements on a raw connection.

use std::time::SystemTime;

use serde_json::{Value, json};
use uuid::Uuid;

use crate::draw::Draw;
use crate::generate::{REGIONS, Size, open_klussen};
use crate::raw::{Bind, Raw, ids};
use crate::words::{COMMON, MEDIUM, RARE};

type Ask = Box<dyn Fn(&mut Raw, usize)>;
type Request = Box<dyn Fn(usize) -> String + Sync>;

/// Something that clients ask.
pub(crate) struct Question {
    pub(crate) name: &'static str,
    /// The share of the limit that is the goal, in hundredths; none where no goal is set.
    pub(crate) goal: Option<u32>,
    pub(crate) status: u16,
    pub(crate) connections: usize,
    /// How often it can be asked; what is done once cannot be done again.
    pub(crate) most: usize,
    /// The request of this number.
    pub(crate) request: Request,
    pub(crate) raw: Ask,
}

/// What is shown of a klus in a list or by itself.
const SHOWN: &str = "a.id, a.revision, a.organisation_id, o.name, a.owner_id, a.kind, a.title, t.description, t.intended_result, t.planning, a.minutes_per_week, a.start_date, a.end_date, a.positions, a.scale_level, a.region, a.remote, a.charge_basis, a.state, a.deadline, a.published_at";
const FROM: &str = "FROM assignments a JOIN assignment_texts t ON t.assignment_id = a.id JOIN organisations o ON o.id = a.organisation_id";
const SKILLS: &str = "SELECT s.assignment_id, s.is_required, s.skill_id, v.label FROM assignment_skills s JOIN skills v ON v.id = s.skill_id WHERE s.assignment_id IN";

/// Takes away what an earlier run left: who responds once does not respond again.
pub(crate) fn prepare(raw: &mut Raw, stage: &Value) {
    let people: Vec<Bind> = ids(stage, "people").into_iter().map(Bind::Id).collect();
    let places = Raw::places(0, people.len());
    raw.query(&format!("DELETE FROM responses WHERE state = 'DRAFT' AND person_id IN {places}"), &people);
    raw.query("ANALYZE", &[]);
}

/// All questions.
pub(crate) fn all(stage: &Value, size: Size, now: SystemTime) -> Vec<Question> {
    let open = open_klussen(size);
    let tokens: Vec<String> =
        stage["tokens"].as_array().unwrap().iter().map(|token| token.as_str().unwrap().to_owned()).collect();
    let owner = stage["ownerToken"].as_str().unwrap().to_owned();
    let mut questions = vec![one(&open, &tokens), list(&tokens, now)];
    for (name, word) in [("search, common word", COMMON), ("search, medium word", MEDIUM), ("search, rare word", RARE)]
    {
        questions.push(search(name, word, &tokens, now));
    }
    questions.push(klussen_for_a_person(stage, &tokens, now));
    questions.push(people_for_a_klus(stage, owner));
    questions.push(respond(&open, stage, tokens, now));
    questions
}

fn get(path: &str, token: &str) -> String {
    format!("GET /v1{path} HTTP/1.1\r\nHost: klusnet.test\r\nAuthorization: Bearer {token}\r\n\r\n")
}

fn one(open: &[Uuid], tokens: &[String]) -> Question {
    let (klussen, asked, tokens) = (open.to_vec(), open.to_vec(), tokens.to_vec());
    Question {
        name: "get one klus",
        goal: Some(50),
        status: 200,
        connections: 16,
        most: usize::MAX,
        request: Box::new(move |number| {
            get(&format!("/assignments/{}", asked[number * 7919 % asked.len()]), &tokens[number % tokens.len()])
        }),
        raw: Box::new(move |raw, number| {
            let id = Bind::Id(klussen[number * 7919 % klussen.len()]);
            raw.query(&format!("SELECT {SHOWN} {FROM} WHERE a.id = $1"), std::slice::from_ref(&id));
            raw.query(&format!("{SKILLS} ($1)"), &[id]);
        }),
    }
}

fn list(tokens: &[String], now: SystemTime) -> Question {
    let tokens = tokens.to_vec();
    Question {
        name: "list 20 with three filters",
        goal: Some(50),
        status: 200,
        connections: 16,
        most: usize::MAX,
        request: Box::new(move |number| {
            let region = REGIONS[number % REGIONS.len()].replace('â', "%C3%A2");
            get(
                &format!("/assignments?region={region}&scaleLevel=REGIONAL&maximumMinutesPerWeek=480&limit=20"),
                &tokens[number % tokens.len()],
            )
        }),
        raw: Box::new(move |raw, number| {
            let region = domain::fold(REGIONS[number % REGIONS.len()]);
            let found = raw.query(
                &format!("SELECT {SHOWN} {FROM} WHERE a.region_text = $1 AND a.deadline > $2 AND a.scale_level = 'REGIONAL' AND a.weekly_minutes <= 480 AND a.state = 'OPEN' ORDER BY a.listed_at DESC, a.id DESC LIMIT 20"),
                &[Bind::Text(region), Bind::Moment(now)],
            );
            skills_of(raw, &found.ids);
        }),
    }
}

fn skills_of(raw: &mut Raw, klussen: &[Uuid]) {
    if klussen.is_empty() {
        return;
    }
    let binds: Vec<Bind> = klussen.iter().copied().map(Bind::Id).collect();
    raw.query(&format!("{SKILLS} {}", Raw::places(0, binds.len())), &binds);
}

/// Klussen of these ids, each with its skills.
fn shown(raw: &mut Raw, klussen: &[Uuid]) {
    if klussen.is_empty() {
        return;
    }
    let binds: Vec<Bind> = klussen.iter().copied().map(Bind::Id).collect();
    raw.query(&format!("SELECT {SHOWN} {FROM} WHERE a.id IN {}", Raw::places(0, binds.len())), &binds);
    skills_of(raw, klussen);
}

fn search(name: &'static str, word: &'static str, tokens: &[String], now: SystemTime) -> Question {
    let (tokens, asked) = (tokens.to_vec(), domain::search::asked(word));
    Question {
        name,
        goal: Some(70),
        status: 200,
        connections: 4,
        most: usize::MAX,
        request: Box::new(move |number| {
            get(&format!("/assignments?search={word}&limit=20"), &tokens[number % tokens.len()])
        }),
        raw: Box::new(move |raw, _| {
            let span = asked[0].spans().next().unwrap();
            let found = raw.query(
                "SELECT a.id, max(s.weight) FROM assignment_terms s JOIN assignments a ON a.id = s.assignment_id WHERE s.term >= $1 AND s.term <= $2 AND a.state = 'OPEN' AND a.deadline > $3 GROUP BY a.id ORDER BY 2 DESC, 1 DESC LIMIT 20",
                &[Bind::Text(span.from.clone()), Bind::Text(span.until.clone()), Bind::Moment(now)],
            );
            shown(raw, &found.ids);
        }),
    }
}

fn klussen_for_a_person(stage: &Value, tokens: &[String], now: SystemTime) -> Question {
    let (people, tokens) = (ids(stage, "people"), tokens.to_vec());
    Question {
        name: "match a person",
        goal: Some(50),
        status: 200,
        connections: 4,
        most: usize::MAX,
        request: Box::new(move |number| get("/profile/matches?limit=20", &tokens[number % tokens.len()])),
        raw: Box::new(move |raw, number| {
            let found = raw.query(
                "SELECT s.assignment_id, count(*) FROM profiles p JOIN profile_skills k ON k.profile_id = p.id JOIN assignment_skills s ON s.skill_id = k.skill_id JOIN assignments a ON a.id = s.assignment_id WHERE p.person_id = $1 AND a.state = 'OPEN' AND a.deadline > $2 GROUP BY s.assignment_id ORDER BY 2 DESC, 1 LIMIT 20",
                &[Bind::Id(people[number % people.len()]), Bind::Moment(now)],
            );
            shown(raw, &found.ids);
        }),
    }
}

fn people_for_a_klus(stage: &Value, token: String) -> Question {
    let (klussen, asked) = (ids(stage, "klussen"), ids(stage, "klussen"));
    Question {
        name: "match a klus",
        goal: Some(70),
        status: 200,
        connections: 4,
        most: usize::MAX,
        request: Box::new(move |number| {
            get(&format!("/assignments/{}/matches?limit=20", asked[number % asked.len()]), &token)
        }),
        raw: Box::new(move |raw, number| {
            let found = raw.query(
                "SELECT k.profile_id, count(*) FROM assignment_skills s JOIN profile_skills k ON k.skill_id = s.skill_id JOIN profiles p ON p.id = k.profile_id WHERE s.assignment_id = $1 AND p.level >= 'V3' GROUP BY k.profile_id ORDER BY 2 DESC, 1 LIMIT 20",
                &[Bind::Id(klussen[number % klussen.len()])],
            );
            if found.ids.is_empty() {
                return;
            }
            let binds: Vec<Bind> = found.ids.iter().copied().map(Bind::Id).collect();
            let places = Raw::places(0, binds.len());
            raw.query(&format!("SELECT id, headline, core_qualities, interests, experience, education_level FROM profiles WHERE id IN {places}"), &binds);
            raw.query(&format!("SELECT k.profile_id, k.skill_id, v.label, k.level, k.wants_to_use, k.wants_to_learn FROM profile_skills k JOIN skills v ON v.id = k.skill_id WHERE k.profile_id IN {places}"), &binds);
            raw.query(&format!("SELECT profile_id, pattern, minutes_per_week, start_date, end_date, remote FROM availabilities WHERE profile_id IN {places}"), &binds);
        }),
    }
}

const MOTIVATION: &str = "Dit wil ik graag leren, en ik ken het vak al een beetje van binnen.";

fn respond(open: &[Uuid], stage: &Value, tokens: Vec<String>, now: SystemTime) -> Question {
    let (klussen, asked, people) = (open.to_vec(), open.to_vec(), ids(stage, "people"));
    let count = people.len();
    let place = move |number: usize, klussen: usize| (number / count) % klussen;
    let body = json!({"motivation": MOTIVATION}).to_string();
    Question {
        name: "respond to a klus",
        goal: None,
        status: 201,
        connections: 16,
        most: asked.len() * count / 2,
        request: Box::new(move |number| {
            let (klus, token) = (asked[place(number, asked.len())], &tokens[number % count]);
            format!(
                "POST /v1/assignments/{klus}/responses HTTP/1.1\r\nHost: klusnet.test\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            )
        }),
        raw: Box::new(move |raw, number| {
            // From the other end, so that the two do not meet.
            let klus = klussen[klussen.len() - 1 - place(number, klussen.len())];
            raw.query(
                "INSERT INTO responses (id, revision, assignment_id, person_id, motivation, channel, state, created_at, modified_at) VALUES ($1, 1, $2, $3, $4, 'OWN', 'DRAFT', $5, $5)",
                &[Bind::Id(Draw::of(1_000_000, number).id()), Bind::Id(klus), Bind::Id(people[number % count]), Bind::Text(MOTIVATION.to_owned()), Bind::Moment(now)],
            );
        }),
    }
}
