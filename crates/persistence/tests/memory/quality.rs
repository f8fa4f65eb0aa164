//! How well words find klussen: judged questions over klussen, both in `data/search`. `cargo xtask quality` prints it.

#![expect(clippy::print_stdout, reason = "what is measured is printed")]

use std::collections::HashMap;

use chrono::TimeDelta;
use domain::market::assignments::{Assignment, AssignmentDetails, AssignmentDraft, AssignmentKind, RemoteMode, Sight};
use domain::market::effort::Effort;
use domain::market::publication_rings::{PublicationRequest, PublicationRules, Ring, RingRequest};
use domain::parties::mobility_policies::ChargeBasis;
use domain::parties::networks::ScaleLevel;
use domain::profiles::profiles::{Profile, ProfileDetails};
use domain::profiles::sight::Viewer;
use domain::profiles::visibility::{Visibility, VisibilityLevel};
use domain::vocabulary::SkillReference;
use domain::{AssignmentId, OrganisationId, Part, PersonId};
use persistence::market::assignments::{self, AssignmentFilter};
use persistence::profiles::profiles;
use persistence::profiles::skills::{self, SkillFilter};
use persistence::profiles::visible::{self, ProfileFilter};
use persistence::{PageRequest, View};

use crate::scratch::{Scratch, moment};

const KLUSSEN: &str = include_str!("../../data/search/klussen.txt");
/// The questions that the word lists were made with, and those that came after.
const QUESTIONS: [(&str, &str); 2] = [
    ("queries.txt", include_str!("../../data/search/queries.txt")),
    ("held-out.txt", include_str!("../../data/search/held-out.txt")),
];
/// Of what readers want, so much at least stands among the first twenty.
const RECALL: f64 = 0.9;
/// How near the order of the first ten comes to the best there is, at least.
const GAIN: f64 = 0.88;

struct Question {
    words: &'static str,
    /// What a reader wants to find, and how much: 1 or 2.
    wanted: HashMap<&'static str, i32>,
}

fn questions(file: &'static str) -> Vec<Question> {
    let lines = file.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (words, wanted) = line.split_once(" = ").unwrap();
            let wanted = wanted.split(' ').map(|one| one.split_once(':').unwrap());
            Question { words, wanted: wanted.map(|(key, grade)| (key, grade.parse().unwrap())).collect() }
        })
        .collect()
}

/// A concept by its label, or else words of one's own.
fn skill(view: &mut View<'_>, label: &str) -> SkillReference {
    let filter = SkillFilter { search: Some(label.to_owned()), kind: None };
    let found = skills::list(view, &filter, &PageRequest::first(100)).unwrap().items;
    let concept = found.into_iter().find(|skill| skill.label == label);
    concept.map_or_else(|| SkillReference::FreeText(label.to_owned()), |skill| SkillReference::Concept(skill.id))
}

/// Publishes a klus of the file; its key names it.
fn published(
    scratch: &Scratch,
    (organisation, owner): (OrganisationId, PersonId),
    text: &'static str,
) -> (AssignmentId, &'static str) {
    let mut lines = text.lines();
    let (key, title) = lines.next().unwrap().strip_prefix('[').unwrap().split_once("] ").unwrap();
    let description = lines.next().unwrap().to_owned();
    let (mut intended_result, mut required_skills) = (None, Vec::new());
    for line in lines {
        match line.split_at(2) {
            ("> ", result) => intended_result = Some(result.to_owned()),
            ("+ ", labels) => {
                required_skills =
                    scratch.read(moment(0), |view| Ok(labels.split("; ").map(|label| skill(view, label)).collect()));
            }
            _ => panic!("{key}: {line}"),
        }
    }
    let details = AssignmentDetails {
        kind: AssignmentKind::Task,
        title: title.to_owned(),
        description,
        intended_result: intended_result.or_else(|| Some("-".to_owned())),
        deliverables: Vec::new(),
        planning: Some("-".to_owned()),
        effort: Some(Effort::MinutesPerWeek(480)),
        start_date: "2027-09-01".parse().ok(),
        end_date: "2027-12-31".parse().ok(),
        positions: 1,
        scale_level: ScaleLevel::Local,
        region: None,
        location: None,
        remote: RemoteMode::Hybrid,
        required_skills,
        preferred_skills: Vec::new(),
        education_levels: Vec::new(),
        interests: Vec::new(),
        charge_basis: ChargeBasis::BareWage,
        external_hire: None,
        programme_label: None,
    };
    let draft = AssignmentDraft { organisation, unit: None, owner, co_owners: Vec::new(), details };
    let draft = Assignment::draft(scratch.id(), draft, &[Part::Client], moment(0)).unwrap();
    let ring = RingRequest { ring: Ring::Public, opens_at: None, closes_at: None, networks: Vec::new(), reason: None };
    let request = PublicationRequest { rings: vec![ring], deadline: moment(24 * 30), set_by: owner };
    let rules = PublicationRules { internal_first_working_days: 10, review_required: false, networks: Vec::new() };
    let open = draft.clone().publish(&request, &rules, &[Part::Client], moment(1)).unwrap();
    scratch.write(moment(1), |work| {
        assignments::insert(work, draft.clone())?;
        assignments::save(work, open.clone())
    });
    (open.id, key)
}

/// What is found, the best first, at most twenty.
fn found(scratch: &Scratch, keys: &HashMap<AssignmentId, &'static str>, words: &str) -> Vec<&'static str> {
    let filter = AssignmentFilter { search: Some(words.to_owned()), ..AssignmentFilter::default() };
    let later = moment(1) + TimeDelta::hours(1);
    let page = scratch.read(later, |view| assignments::list(view, &filter, &Sight::default(), &PageRequest::first(20)));
    page.items.iter().map(|assignment| *keys.get(&assignment.id).unwrap()).collect()
}

fn gain(grades: impl Iterator<Item = i32>) -> f64 {
    let places = (2..).map(|place| f64::from(place).log2());
    grades.take(10).zip(places).map(|(grade, discount)| (f64::from(grade).exp2() - 1.0) / discount).sum()
}

/// Recall among the first twenty and nDCG of the first ten, each an average over the questions.
fn measured(scratch: &Scratch, keys: &HashMap<AssignmentId, &'static str>, questions: &[Question]) -> (f64, f64) {
    let (mut recall, mut order) = (0.0, 0.0);
    for Question { words, wanted } in questions {
        let found = found(scratch, keys, words);
        let missed: Vec<&&str> = wanted.keys().filter(|key| !found.contains(key)).collect();
        let mut best: Vec<i32> = wanted.values().copied().collect();
        best.sort_unstable_by(|one, other| other.cmp(one));
        let had = f64::from(u32::try_from(wanted.len() - missed.len()).unwrap());
        let share = had / f64::from(u32::try_from(wanted.len()).unwrap());
        let near = gain(found.iter().map(|key| wanted.get(key).copied().unwrap_or_default())) / gain(best.into_iter());
        if !missed.is_empty() || near < 0.7 {
            println!("{words}: recall {share:.2}, nDCG {near:.2}; missed {missed:?}; found {found:?}");
        }
        recall += share;
        order += near;
    }
    let count = f64::from(u32::try_from(questions.len()).unwrap());
    (recall / count, order / count)
}

#[test]
fn quality_of_search_stays_as_good_as_it_is() {
    for scratch in Scratch::of_each_kind() {
        let by = (scratch.organisation(None), scratch.person());
        let texts: Vec<&str> = KLUSSEN.split("\n\n").map(str::trim).filter(|text| !text.is_empty()).collect();
        let keys: HashMap<AssignmentId, &str> = texts.iter().map(|text| published(&scratch, by, text)).collect();
        for (file, questions) in QUESTIONS.map(|(file, text)| (file, questions(text))) {
            let known = |question: &Question| question.wanted.keys().all(|key| keys.values().any(|other| other == key));
            assert!(questions.iter().all(known), "{file}: a question wants what is not there");
            let (recall, gain) = measured(&scratch, &keys, &questions);
            let count = questions.len();
            println!("{file}: {count} questions over {} klussen: recall@20 {recall:.3}, nDCG@10 {gain:.3}", keys.len());
            assert!(recall >= RECALL && gain >= GAIN, "{file}: recall@20 {recall:.3}, nDCG@10 {gain:.3}");
        }
    }
}

/// An upgrade that reads words in another way reads again what was kept before it, whatever stood there.
#[test]
fn what_was_read_in_another_way_is_read_again_at_the_next_start() {
    for scratch in Scratch::of_each_kind() {
        let by = (scratch.organisation(None), scratch.person());
        let texts = KLUSSEN.split("\n\n").map(str::trim).filter(|text| !text.is_empty()).take(3);
        let keys: HashMap<AssignmentId, &str> = texts.map(|text| published(&scratch, by, text)).collect();
        let owner = scratch.person();
        let profile = scratch.write(moment(0), |work| {
            let visibility = Visibility { level: VisibilityLevel::V5, ..Visibility::default() };
            let profile = Profile::empty(work.blind_id(), owner, work.now()).show(visibility, work.now());
            let details = ProfileDetails { headline: Some("Kastelein".to_owned()), ..profile.details.clone() };
            profiles::insert(work, Profile { details, ..profile })
        });
        let people = |words: &str| {
            let filter = ProfileFilter { search: Some(words.to_owned()), ..ProfileFilter::default() };
            let page = scratch
                .read(moment(2), |view| visible::list(view, &Viewer::default(), &filter, &PageRequest::first(20)));
            page.items.iter().map(|profile| profile.id).collect::<Vec<_>>()
        };
        let all = || (found(&scratch, &keys, "huisnummers"), people("kastelein"));
        let expected = (vec!["bag-huisnummers"], vec![profile.id]);
        assert_eq!(all(), expected);
        scratch.run("DELETE FROM assignment_terms; UPDATE profile_terms SET term = 'anders'");
        scratch.start();
        assert_eq!(all(), (Vec::new(), Vec::new()), "what was read in the same way is left alone");
        scratch.run("UPDATE reference_lists SET digest = '0' WHERE name IN ('assignment_terms', 'profile_terms')");
        scratch.start();
        assert_eq!((all(), people("anders")), (expected, Vec::new()));
    }
}
