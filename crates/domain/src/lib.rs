//! What things are, and what may happen to them: no I/O, no HTTP, no SQL.
//!
//! The kernel (this level) holds what every wing needs: identifiers, refusals, closed lists, lifecycles, the
//! calendar. A wing is a folder of the same name in every crate; it may use the wings before it, never one after it.

mod calendar;
mod clock;
pub mod code;
mod event;
mod fold;
mod ids;
mod language;
mod lifecycle;
mod part;
mod refusal;
pub mod search;
#[cfg(test)]
mod tables;
mod text_enum;
pub mod vocabulary;
mod week;

pub mod exchange;
pub mod market;
pub mod parties;
pub mod placements;
pub mod profiles;

pub use calendar::{Weekday, add_working_days, is_working_day, local_date, next_midnight, working_days_between};
pub use clock::{Clock, Moment, SetClock, SystemClock, truncate};
pub use code::{Code, codes_of};
pub use event::{Audience, Change, EventKind};
pub use fold::fold;
pub use ids::*;
pub use language::Language;
pub use lifecycle::{Legal, Lifecycle, LifecycleDescription, Transition, TransitionDescription};
pub use part::{Part, Parts};
pub use refusal::{Fault, Faults, Kind, Refusal};
pub use text_enum::{TextEnum, TextEnumDescription};
pub use week::Week;

/// The words of the field: a CSV file with the columns `dutch`, `english`, `meaningNl` and `meaningEn`.
pub const GLOSSARY: &str = include_str!("glossary.csv");

/// All lifecycles of the domain, wing by wing, to publish them.
pub fn lifecycles() -> Vec<LifecycleDescription> {
    let mut all = vec![parties::persons::LIFECYCLE.describe(), parties::memberships::LIFECYCLE.describe()];
    all.extend(market::lifecycles());
    all.extend(placements::lifecycles());
    all.extend(exchange::lifecycles());
    all
}

/// All closed lists of the domain, wing by wing, to publish them.
pub fn vocabularies() -> Vec<TextEnumDescription> {
    let mut all = vec![
        Part::describe(),
        Weekday::describe(),
        EventKind::describe(),
        vocabulary::EducationLevel::describe(),
        search::FoundIn::describe(),
        search::SuggestionKind::describe(),
        parties::identifiers::IdentifierScheme::describe(),
        parties::organisations::OrganisationKind::describe(),
        parties::organisations::GovernmentLayer::describe(),
        parties::organisations::OrganisationStatus::describe(),
        parties::mobility_policies::ConsentSilence::describe(),
        parties::mobility_policies::PolicyBasis::describe(),
        parties::mobility_policies::Variant::describe(),
        parties::mobility_policies::ChargeBasis::describe(),
        parties::networks::NetworkKind::describe(),
        parties::networks::ScaleLevel::describe(),
        parties::networks::Admission::describe(),
        parties::memberships::MembershipState::describe(),
        parties::memberships::MembershipAction::describe(),
        parties::persons::PersonStatus::describe(),
        parties::persons::PersonAction::describe(),
        parties::persons::PersonLanguage::describe(),
        parties::persons::CodePurpose::describe(),
        parties::role_assignments::Role::describe(),
    ];
    all.extend(profiles::vocabularies());
    all.extend(market::vocabularies());
    all.extend(placements::vocabularies());
    all.extend(exchange::vocabularies());
    all
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    /// The names that stand after `text_enum! {` in the sources below this folder.
    fn declared(folder: &Path, names: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                declared(&path, names);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let lists = text.split("\n").skip_while(|line| !line.ends_with("text_enum! {"));
                let mut inside = false;
                for line in lists {
                    inside |= line.ends_with("text_enum! {") && !line.starts_with(' ');
                    let name = line.trim().strip_suffix(" {").filter(|name| !name.contains(' '));
                    if let Some(name) = name.filter(|_| inside && line.starts_with("    ")) {
                        names.insert(name.to_owned());
                        inside = false;
                    }
                }
            }
        }
    }

    #[test]
    fn every_closed_list_is_published_once() {
        let mut names = BTreeSet::new();
        declared(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut names);
        let published: Vec<_> = vocabularies().iter().map(|list| list.name.to_owned()).collect();
        assert_eq!(published.len(), published.iter().collect::<BTreeSet<_>>().len(), "a name stands for one list");
        assert_eq!(published.into_iter().collect::<BTreeSet<_>>(), names);
    }

    #[test]
    fn every_value_has_a_text_of_its_own_and_a_label_in_both_languages() {
        for list in vocabularies() {
            let values = (list.values)();
            assert_eq!(values.len(), values.iter().collect::<BTreeSet<_>>().len(), "{}", list.name);
            for value in values {
                // The kinds of events are types of CloudEvents, and look like it.
                let upper = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
                assert!(list.name == "EventKind" || value.bytes().all(upper), "{value}");
                for language in [Language::English, Language::Dutch] {
                    assert!(!(list.label)(value, language).unwrap().trim().is_empty(), "{value}");
                }
            }
        }
    }

    #[test]
    fn every_lifecycle_has_a_name_of_its_own_and_rows_that_somebody_can_take() {
        let all = lifecycles();
        assert_eq!(all.len(), all.iter().map(|one| one.name).collect::<BTreeSet<_>>().len());
        for lifecycle in all {
            assert!(lifecycle.transitions.iter().all(|row| !row.by.is_empty()), "{}", lifecycle.name);
        }
    }

    #[test]
    fn every_code_has_a_name_of_its_own_in_snake_case() {
        let names: Vec<_> = codes_of().map(|code| code.name).collect();
        assert_eq!(names.len(), names.iter().collect::<BTreeSet<_>>().len());
        assert!(names.iter().all(|name| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')));
    }
}
