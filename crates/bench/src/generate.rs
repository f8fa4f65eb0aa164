//! National data: copies of what stands on the stage, each with words, skills and hours of its own. Written in
//! transactions of some hundred at a time; what was interrupted goes on where it stopped.

use chrono::{NaiveDate, TimeDelta};
use domain::market::assignments::{Assignment, AssignmentKind, AssignmentState, RemoteMode};
use domain::market::effort::Effort;
use domain::market::publication_rings::Ring;
use domain::market::responses::Response;
use domain::parties::employments::Employment;
use domain::parties::memberships::{Member, Membership};
use domain::parties::networks::ScaleLevel;
use domain::parties::organisations::Organisation;
use domain::parties::persons::{Person, PersonName};
use domain::profiles::availabilities::Availability;
use domain::profiles::profile_skills::{Mastery, ProfileSkill, SkillLevel};
use domain::profiles::profiles::Profile;
use domain::profiles::visibility::{Visibility, VisibilityLevel};
use domain::vocabulary::{EducationLevel, SkillReference};
use domain::{Moment, SkillId, TextEnum as _};
use persistence::market::{assignments, responses};
use persistence::parties::{employments, memberships, organisations, persons};
use persistence::profiles::{availabilities, profile_skills, profiles};
use persistence::{Database, Mint, PersistenceError, View, Work};
use serde_json::Value;
use uuid::Uuid;

use crate::draw::Draw;
use crate::stage::MOMENT;
use crate::words;

/// As many organisations, in twelve regions.
const ORGANISATIONS: usize = 600;
pub(crate) const REGIONS: [&str; 12] = [
    "Groningen",
    "Fryslân",
    "Drenthe",
    "Overijssel",
    "Flevoland",
    "Gelderland",
    "Utrecht",
    "Noord-Holland",
    "Zuid-Holland",
    "Zeeland",
    "Brabant",
    "Limburg",
];
const TOGETHER: usize = 500;

/// How much there is to be.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    pub(crate) profiles: usize,
    pub(crate) klussen: usize,
    pub(crate) responses: usize,
}

impl Size {
    /// For each three profiles a klus, and for each three five responses.
    pub(crate) fn of(profiles: usize) -> Self {
        Self { profiles, klussen: profiles / 3, responses: profiles * 5 / 3 }
    }
}

/// What is copied.
struct Examples {
    organisation: Organisation,
    membership: Membership,
    person: Person,
    employment: Employment,
    profile: Profile,
    skill: ProfileSkill,
    availability: Availability,
    klus: Assignment,
    response: Response,
    skills: Vec<SkillId>,
}

/// Fills a database up to this size.
pub(crate) fn fill(url: &str, stage: &Value, size: Size, now: Moment) {
    let wait = std::time::Duration::from_secs(60);
    let (database, mint) = (Database::open(url, 1, wait).unwrap(), Mint::default());
    let examples = database.read::<_, PersistenceError>(now, |view| Ok(Examples::read(view, stage))).unwrap();
    let steps: [(&str, usize, Step); 4] = [
        ("organisations", ORGANISATIONS, Examples::organisation),
        ("people", size.profiles, Examples::people),
        ("klussen", size.klussen, Examples::klussen),
        ("responses", size.responses, Examples::responses),
    ];
    for (what, count, step) in steps {
        let began = std::time::Instant::now();
        for start in (0..count).step_by(TOGETHER) {
            let numbers: Vec<usize> = (start..count.min(start + TOGETHER)).collect();
            let numbers = &numbers;
            database.write::<_, PersistenceError>(&mint, now, |work| step(&examples, work, numbers, size)).unwrap();
        }
        println!("  {count} {what} are there ({:.0} s)", began.elapsed().as_secs_f64());
    }
}

type Step = fn(&Examples, &mut Work<'_>, &[usize], Size) -> persistence::Result<()>;

/// The id of the thing of this number: of a time order where the moment matters, else of none.
fn id<I: From<Uuid>>(kind: u64, number: usize) -> I {
    Draw::of(kind, number).id().into()
}

/// The id of a klus, which tells when it was published.
fn klus_id<I: From<Uuid>>(number: usize, size: Size) -> I {
    let millis = u64::try_from(published(number, size).timestamp_millis()).unwrap();
    let bytes: [u8; 16] = Draw::of(KLUS, number).id().into_bytes();
    uuid::Builder::from_unix_timestamp_millis(millis, bytes[..10].try_into().unwrap()).into_uuid().into()
}

const ORGANISATION: u64 = 11;
const MEMBERSHIP: u64 = 12;
const PERSON: u64 = 13;
const EMPLOYMENT: u64 = 14;
const PROFILE: u64 = 15;
const SKILL: u64 = 16;
const AVAILABILITY: u64 = 17;
const KLUS: u64 = 18;
const RESPONSE: u64 = 19;
const PUBLISHED: u64 = 20;
const RING: u64 = 21;

/// One of five is open: those of the last sixty days. The others are of the years before.
fn is_open(number: usize, size: Size) -> bool {
    number < size.klussen / 5
}

fn published(number: usize, size: Size) -> Moment {
    let mut draw = Draw::of(PUBLISHED, number);
    let (begin, spread) = if is_open(number, size) { (1, 60 * 24 * 60) } else { (90 * 24 * 60, 3 * 365 * 24 * 60) };
    let now: Moment = MOMENT.parse().unwrap();
    now - TimeDelta::minutes(i64::try_from(begin + draw.below(spread)).unwrap())
}

fn ring(number: usize) -> Ring {
    match Draw::of(RING, number).below(10) {
        0 => Ring::Organisation,
        1 | 2 => Ring::Network,
        3 => Ring::Public,
        _ => Ring::AllGovernment,
    }
}

/// The open klussen that everybody in public service may respond to.
pub(crate) fn open_klussen(size: Size) -> Vec<Uuid> {
    let open = (0..size.klussen / 5).filter(|number| ring(*number) >= Ring::AllGovernment);
    open.map(|number| klus_id(number, size)).collect()
}

impl Examples {
    fn read(view: &mut View<'_>, stage: &Value) -> Self {
        fn at<I: From<Uuid>>(stage: &Value, name: &str) -> I {
            let place = &stage[name];
            place.as_str().or_else(|| place[0].as_str()).unwrap().parse::<Uuid>().unwrap().into()
        }
        let skills = stage["skills"].as_array().unwrap().iter();
        let profile = profiles::find(view, at(stage, "profile")).unwrap().unwrap();
        Self {
            organisation: organisations::get(view, at(stage, "organisation")).unwrap(),
            membership: memberships::get(view, at(stage, "membership")).unwrap(),
            person: persons::get(view, at(stage, "people")).unwrap(),
            employment: employments::get(view, at(stage, "employment")).unwrap(),
            skill: profile_skills::find(view, at(stage, "skill")).unwrap().unwrap(),
            availability: availabilities::get(view, at(stage, "availability")).unwrap(),
            klus: assignments::get(view, at(stage, "klussen")).unwrap(),
            response: responses::get(view, at(stage, "response")).unwrap(),
            profile,
            skills: skills.map(|one| one.as_str().unwrap().parse::<Uuid>().unwrap().into()).collect(),
        }
    }

    fn organisation(&self, work: &mut Work<'_>, numbers: &[usize], _: Size) -> persistence::Result<()> {
        if organisations::find(work, id(ORGANISATION, numbers[0]))?.is_some() {
            return Ok(());
        }
        for number in numbers {
            let mut one = self.organisation.clone();
            one.id = id(ORGANISATION, *number);
            one.details.name = format!("Gemeente {} {number}", REGIONS[number % REGIONS.len()]);
            one.details.identifiers = Vec::new();
            organisations::insert(work, one)?;
            if number % REGIONS.len() == 10 {
                let member = Member::Organisation(id(ORGANISATION, *number));
                let membership = Membership { id: id(MEMBERSHIP, *number), member, ..self.membership.clone() };
                memberships::insert(work, membership)?;
            }
        }
        Ok(())
    }

    fn people(&self, work: &mut Work<'_>, numbers: &[usize], _: Size) -> persistence::Result<()> {
        if persons::find(work, id(PERSON, numbers[0]))?.is_some() {
            return Ok(());
        }
        let person = |number: &usize| Person {
            id: id(PERSON, *number),
            name: PersonName { given: format!("Voornaam{number}"), infix: None, family: format!("Naam{number}") },
            email: Some(format!("p{number}@landelijk.example")),
            ..self.person.clone()
        };
        persons::insert_many(work, &numbers.iter().map(person).collect::<Vec<_>>())?;
        let employment = |number: &usize| Employment {
            id: id(EMPLOYMENT, *number),
            person: id(PERSON, *number),
            organisation: id(ORGANISATION, number % ORGANISATIONS),
            ..self.employment.clone()
        };
        employments::insert_many(work, &numbers.iter().map(employment).collect::<Vec<_>>())?;
        for number in numbers {
            profiles::insert(work, self.profile(*number))?;
        }
        profile_skills::insert_many(work, &numbers.iter().flat_map(|one| self.skills(*one)).collect::<Vec<_>>())?;
        availabilities::insert_many(work, &numbers.iter().map(|one| self.availability(*one)).collect::<Vec<_>>())
    }

    /// Of twenty, fourteen show themselves to the whole of government, two in a network, one to everybody, and three
    /// to nobody who looks for people.
    fn profile(&self, number: usize) -> Profile {
        let mut draw = Draw::of(PROFILE, number);
        let mut one = Profile { id: draw.id().into(), person: id(PERSON, number), ..self.profile.clone() };
        let level = match draw.below(20) {
            0..14 => VisibilityLevel::V4,
            14..16 => VisibilityLevel::V3,
            16 => VisibilityLevel::V5,
            _ => VisibilityLevel::V2,
        };
        let networks = if level == VisibilityLevel::V3 { vec![self.membership.network] } else { Vec::new() };
        one.visibility = Visibility { level, networks, ..self.profile.visibility.clone() };
        one.details.headline = Some(words::title(&mut draw));
        one.details.experience = Some(words::text(&mut draw, 2, &[]));
        one.details.education_level = Some(EducationLevel::ALL[draw.below(EducationLevel::ALL.len())]);
        one
    }

    fn skills(&self, number: usize) -> Vec<ProfileSkill> {
        let mut draw = Draw::of(SKILL, number);
        let profile = self.profile(number).id;
        let count = 5 + draw.below(11);
        let mut skill = |index: usize| ProfileSkill {
            id: draw.id().into(),
            profile,
            skill: SkillReference::Concept(self.skills[index]),
            mastery: Mastery {
                level: Some(SkillLevel::ALL[draw.below(SkillLevel::ALL.len())]),
                wants_to_use: draw.below(2) == 0,
                wants_to_learn: draw.below(4) == 0,
            },
            ..self.skill.clone()
        };
        Draw::of(SKILL + 100, number).some(count, self.skills.len()).into_iter().map(&mut skill).collect()
    }

    fn availability(&self, number: usize) -> Availability {
        let mut draw = Draw::of(AVAILABILITY, number);
        let mut one =
            Availability { id: draw.id().into(), profile: self.profile(number).id, ..self.availability.clone() };
        one.terms.minutes_per_week = Some(240 * (1 + i64::try_from(draw.below(4)).unwrap()));
        one.terms.remote = draw.below(2) == 0;
        one
    }

    fn klussen(&self, work: &mut Work<'_>, numbers: &[usize], size: Size) -> persistence::Result<()> {
        if assignments::find(work, klus_id(numbers[0], size))?.is_some() {
            return Ok(());
        }
        for number in numbers {
            assignments::insert(work, self.klus(*number, size))?;
        }
        Ok(())
    }

    fn klus(&self, number: usize, size: Size) -> Assignment {
        let mut draw = Draw::of(KLUS + 100, number);
        let mut one = self.klus.clone();
        let published = published(number, size);
        one.id = klus_id(number, size);
        one.organisation = id(ORGANISATION, draw.below(ORGANISATIONS));
        one.created_at = published;
        one.modified_at = published;
        one.published_at = Some(published);
        if !is_open(number, size) {
            one.state = AssignmentState::Closed;
            one.deadline = Some(published + TimeDelta::days(30));
            one.closed_at = one.deadline;
        }
        let ring = ring(number);
        for planned in one.plan.iter_mut().flat_map(|plan| &mut plan.rings) {
            planned.ring = ring;
            planned.opens_at = published;
            planned.networks = if ring == Ring::Network { vec![self.membership.network] } else { Vec::new() };
        }
        let details = &mut one.details;
        details.title = words::title(&mut draw);
        details.description = words::text(&mut draw, 14, &words::held(number));
        details.kind = AssignmentKind::ALL[draw.below(3)];
        details.scale_level = ScaleLevel::ALL[draw.below(ScaleLevel::ALL.len())];
        details.remote = RemoteMode::ALL[draw.below(RemoteMode::ALL.len())];
        details.effort = Some(Effort::MinutesPerWeek(240 * (1 + i64::try_from(draw.below(4)).unwrap())));
        details.region = Some(REGIONS[draw.below(REGIONS.len())].to_owned());
        details.start_date = details.start_date.map(|day| shifted(day, draw.below(60)));
        details.end_date = details.end_date.map(|day| shifted(day, 60 + draw.below(200)));
        let count = 4 + draw.below(4);
        let mut skills =
            draw.some(count, self.skills.len()).into_iter().map(|one| SkillReference::Concept(self.skills[one]));
        details.required_skills = skills.by_ref().take(3).collect();
        details.preferred_skills = skills.collect();
        one
    }

    fn responses(&self, work: &mut Work<'_>, numbers: &[usize], size: Size) -> persistence::Result<()> {
        if responses::find(work, id(RESPONSE, numbers[0]))?.is_some() {
            return Ok(());
        }
        let response = |number: &usize| {
            // Each person responds to five klussen at most, and never to one twice.
            let (person, klus) = (number % size.profiles, (number / size.profiles + number) % size.klussen);
            let mut one = self.response.clone();
            one.id = id(RESPONSE, *number);
            one.person = id(PERSON, person);
            one.assignment = klus_id(klus, size);
            if let Some(home) = &mut one.home {
                home.organisation = id(ORGANISATION, person % ORGANISATIONS);
                home.employment = id(EMPLOYMENT, person);
            }
            one
        };
        responses::insert_many(work, &numbers.iter().map(response).collect::<Vec<_>>())
    }
}

fn shifted(day: NaiveDate, days: usize) -> NaiveDate {
    day + TimeDelta::days(i64::try_from(days).unwrap())
}
