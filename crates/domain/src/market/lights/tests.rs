use super::*;
use crate::market::fixtures::{consent, conversation, details, id, moment, response};
use crate::market::requirements::Qualification;
use crate::market::signals::SignalDraft;
use crate::vocabulary::EducationLevel;
use crate::{SignalId, TextEnum};

struct Facts {
    response: Response,
    signals: Vec<Signal>,
    requirements: RequirementReport,
    consent: Option<ConsentRequest>,
    consent_required: bool,
    conversations: Vec<Conversation>,
}

fn facts(state: ResponseState) -> Facts {
    Facts {
        response: response(state),
        signals: Vec::new(),
        requirements: RequirementReport::of(&details(), &Qualification::default()),
        consent: None,
        consent_required: true,
        conversations: Vec::new(),
    }
}

impl Facts {
    fn all(&self) -> [Light; 6] {
        lights(&Dossier {
            response: &self.response,
            signals: &self.signals,
            requirements: &self.requirements,
            consent: self.consent.as_ref(),
            consent_required: self.consent_required,
            conversations: &self.conversations,
            now: moment(1),
        })
    }

    fn light(&self, name: LightName) -> (Colour, LightReason, &'static [Part]) {
        let light = self.all().into_iter().find(|light| light.name == name).unwrap();
        (light.colour, light.reason, light.waits_for)
    }

    fn says(mut self, light: LightName, colour: Colour, part: Part, hour: i64) -> Self {
        let under_way = response(ResponseState::InReview);
        let read = light == LightName::Aware && part == Part::Employee;
        let policy = under_way.home.unwrap().policy.filter(|_| read);
        let draft = SignalDraft { light, colour, set_by: id(1), policy, reason: Some("Because".to_owned()) };
        let number = self.signals.len() as u128;
        let signal = Signal::set(id::<SignalId>(number), &under_way, draft, &[part], moment(hour)).unwrap();
        self.signals.push(signal);
        self
    }

    fn meets(mut self, employee: Option<Click>, client: Option<Click>) -> Self {
        let mut held = conversation().hold(&[Part::Client], moment(10)).unwrap();
        held.employee.click = employee;
        held.client.click = client;
        self.conversations.push(held);
        self
    }
}

#[test]
fn there_are_ten_lights_in_their_order_and_red_or_amber_says_why() {
    for state in ResponseState::ALL {
        let lights = facts(*state).all();
        let names: Vec<_> = lights.iter().map(|light| light.name).collect();
        let gates = [LightName::Capacity, LightName::Agreement, LightName::Return, LightName::Money];
        let own: Vec<_> = LightName::ALL.iter().copied().filter(|name| !gates.contains(name)).collect();
        assert_eq!(names, own);
        for light in lights.iter().filter(|light| light.colour == Colour::Amber) {
            assert!(!light.waits_for.is_empty(), "{state} {}: amber waits for somebody", light.name);
        }
        assert_eq!(lights, facts(*state).all(), "equal facts give equal lights");
    }
}

#[test]
fn willing_is_green_only_when_the_offer_was_accepted() {
    for state in ResponseState::ALL {
        let (colour, _, _) = facts(*state).light(LightName::Willing);
        let accepted = matches!(state, ResponseState::Accepted | ResponseState::Confirmed);
        assert_eq!(colour == Colour::Green, accepted, "{state}");
        assert_eq!(colour == Colour::Red, state.is_end(), "{state}");
    }
}

#[test]
fn aware_is_green_by_reading_this_version_or_by_a_talk() {
    let name = LightName::Aware;
    let base = || facts(ResponseState::InReview);
    assert_eq!(base().light(name).0, Colour::Amber);
    assert_eq!(base().says(name, Colour::Green, Part::Employee, 1).light(name).1, LightReason::PolicyRead);
    assert_eq!(base().says(name, Colour::Green, Part::MobilityAdviser, 1).light(name).1, LightReason::AdviserSpoken);
    let mut other = base().says(name, Colour::Green, Part::Employee, 1);
    other.signals[0].policy = Some(id(999));
    assert_eq!(other.light(name).1, LightReason::PolicyNotRead);
    let mut elsewhere = base().says(name, Colour::Green, Part::Employee, 1);
    elsewhere.signals[0].response = id(201);
    assert_eq!(elsewhere.light(name).0, Colour::Amber, "a signal of another dossier says nothing");
}

#[test]
fn fit_needs_the_client_and_the_hard_requirements() {
    let name = LightName::Fit;
    let base = || facts(ResponseState::InReview);
    assert_eq!(base().light(name).1, LightReason::FitNotMarked);
    assert_eq!(base().says(name, Colour::Green, Part::Client, 1).light(name).0, Colour::Green);
    let changed = base().says(name, Colour::Green, Part::Client, 1).says(name, Colour::Red, Part::Client, 2);
    assert_eq!(changed.light(name).1, LightReason::NoFit);
    for (level, expected) in [
        (None, (Colour::Amber, LightReason::RequirementsNotStated)),
        (Some(EducationLevel::Mbo), (Colour::Red, LightReason::RequirementsNotMet)),
        (Some(EducationLevel::Wo), (Colour::Green, LightReason::FitMarked)),
    ] {
        let mut asked = details();
        asked.education_levels = vec![EducationLevel::Hbo];
        let mut marked = base().says(name, Colour::Green, Part::Client, 1);
        marked.requirements = RequirementReport::of(&asked, &Qualification { education: level, skills: Vec::new() });
        let (colour, reason, _) = marked.light(name);
        assert_eq!((colour, reason), expected);
    }
}

#[test]
fn the_manager_light_follows_the_consent_request() {
    let name = LightName::Manager;
    let mut it = facts(ResponseState::InReview);
    assert_eq!(it.light(name).1, LightReason::ConsentNotAsked);
    for state in ConsentState::ALL {
        it.consent = Some(consent(*state, |_| {}));
        let (colour, _, _) = it.light(name);
        assert_eq!(colour == Colour::Green, *state == ConsentState::Granted, "{state}");
    }
    it.consent = None;
    it.consent_required = false;
    assert_eq!(it.light(name), (Colour::Green, LightReason::ConsentNotNeeded, &[][..]));
}

#[test]
fn click_is_green_when_both_said_yes_after_a_conversation() {
    let name = LightName::Click;
    let base = || facts(ResponseState::InConversation);
    assert_eq!(base().light(name).1, LightReason::NoConversationYet);
    let mut planned = base();
    planned.conversations.push(conversation());
    assert_eq!(planned.light(name).1, LightReason::NoConversationYet);
    let said = [None, Some(Click::Yes), Some(Click::No)];
    for employee in said {
        for client in said {
            let (colour, _, waits_for) = base().meets(employee, client).light(name);
            let no = [employee, client].contains(&Some(Click::No));
            assert_eq!(colour == Colour::Green, employee.is_some() && client.is_some() && !no);
            assert_eq!(colour == Colour::Red, no);
            if colour == Colour::Amber {
                assert_eq!(waits_for.contains(&Part::Employee), employee.is_none());
                assert_eq!(waits_for.contains(&Part::Client), client.is_none());
            }
        }
    }
}

#[test]
fn a_declared_conflict_waits_for_the_home_organisation() {
    let name = LightName::Integrity;
    let base = || facts(ResponseState::InReview);
    assert_eq!(base().light(name).1, LightReason::IntegrityNotDeclared);
    assert_eq!(base().says(name, Colour::Green, Part::Employee, 1).light(name).0, Colour::Green);
    let conflict = || base().says(name, Colour::Amber, Part::Employee, 2);
    assert_eq!(conflict().light(name).1, LightReason::ConflictDeclared);
    let handled = conflict().says(name, Colour::Green, Part::HomeManager, 3);
    assert_eq!(handled.light(name).1, LightReason::ConflictHandled);
    let refused = conflict().says(name, Colour::Red, Part::OrganisationAdministrator, 3);
    assert_eq!(refused.light(name).1, LightReason::ConflictNotAcceptable);
    let earlier = base().says(name, Colour::Green, Part::HomeManager, 1).says(name, Colour::Amber, Part::Employee, 2);
    assert_eq!(earlier.light(name).1, LightReason::ConflictDeclared, "an earlier answer answers another one");
}

#[test]
fn of_the_manager_light_a_client_learns_the_colour_alone() {
    for light in facts(ResponseState::Accepted).all() {
        let is_manager = light.name == LightName::Manager;
        assert_eq!(light.reason_for(&[Part::Client]).is_none(), is_manager);
        assert_eq!(light.changed_at_for(&[Part::Client]).is_none(), is_manager);
        assert!(!is_manager || light.waits_for_seen(&[Part::Client]).is_empty());
        assert_eq!(light.reason_for(&[Part::Employee]), Some(light.reason));
        assert_eq!(light.waits_for_seen(&[Part::Employee]), light.waits_for);
    }
}
