//! Things in a given state, for tests.

use chrono::{NaiveDate, TimeDelta};
use uuid::Uuid;

use super::assignments::{Assignment, AssignmentDetails, AssignmentDraft, AssignmentKind, AssignmentState, RemoteMode};
use super::consent_requests::{AskingConsent, ConsentRequest, ConsentState, ConsentTerms};
use super::conversations::Conversation;
use super::effort::{Effort, Period};
use super::publication_rings::{PublicationPlan, PublicationRequest, PublicationRules, Reach, Ring, RingRequest};
use super::responses::{
    DeclineReason, HomeAtSubmission, LapseReason, NotSelectedReason, Outcome, OutcomeReason, PlacementStage, Response,
    ResponseChannel, ResponseContent, ResponseState,
};
use crate::parties::employments::{Employment, EmploymentTerms};
use crate::parties::mobility_policies::{ChargeBasis, MobilityPolicy, PolicyTerms};
use crate::parties::networks::ScaleLevel;
use crate::parties::organisations::{GovernmentLayer, Organisation, OrganisationDetails, OrganisationKind};
use crate::{Faults, Moment, Part, PersonId};

pub(crate) const HOST: u128 = 1;
pub(crate) const HOME: u128 = 2;
pub(crate) const OWNER: u128 = 10;
pub(crate) const EMPLOYEE: u128 = 20;
pub(crate) const MANAGER: u128 = 21;

pub(crate) fn id<T: From<Uuid>>(number: u128) -> T {
    T::from(Uuid::from_u128(number))
}

/// So many hours after a Monday morning.
pub(crate) fn moment(hours: i64) -> Moment {
    "2026-02-02T09:00:00Z".parse::<Moment>().unwrap() + TimeDelta::hours(hours)
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn period() -> Period {
    Period::between(day("2026-09-01"), day("2026-12-31")).unwrap()
}

pub(crate) fn details() -> AssignmentDetails {
    AssignmentDetails {
        kind: AssignmentKind::Project,
        title: "A plan for the town forest".to_owned(),
        description: "The town wants a forest and has no plan.".to_owned(),
        intended_result: Some("A plan that the council can decide on".to_owned()),
        deliverables: vec!["The plan".to_owned()],
        planning: Some("September: talks. October: draft. December: council.".to_owned()),
        effort: Some(Effort::MinutesPerWeek(480)),
        start_date: Some(period().start),
        end_date: Some(period().end),
        positions: 1,
        scale_level: ScaleLevel::Local,
        region: None,
        location: Some("Uden".to_owned()),
        remote: RemoteMode::Hybrid,
        required_skills: Vec::new(),
        preferred_skills: Vec::new(),
        education_levels: Vec::new(),
        interests: Vec::new(),
        charge_basis: ChargeBasis::BareWage,
        external_hire: None,
        programme_label: None,
    }
}

pub(crate) fn ring(ring: Ring) -> RingRequest {
    RingRequest { ring, opens_at: None, closes_at: None, networks: Vec::new(), reason: None }
}

pub(crate) fn request(rings: Vec<RingRequest>) -> PublicationRequest {
    PublicationRequest { rings, deadline: moment(24 * 30), set_by: id(OWNER) }
}

pub(crate) fn rules() -> PublicationRules {
    PublicationRules { internal_first_working_days: 10, review_required: false, networks: Vec::new() }
}

pub(crate) fn draft() -> Assignment {
    let draft = AssignmentDraft {
        organisation: id(HOST),
        unit: Some(id(5)),
        owner: id(OWNER),
        co_owners: vec![id(OWNER + 1)],
        details: details(),
    };
    Assignment::draft(id(100), draft, &[Part::Client], moment(0)).unwrap()
}

/// An assignment in this state, published to all of government at moment 0, with a deadline thirty days later.
pub(crate) fn assignment(state: AssignmentState) -> Assignment {
    let draft = draft();
    if state == AssignmentState::Draft {
        return draft;
    }
    let request = request(vec![ring(Ring::AllGovernment)]);
    let plan = PublicationPlan::lay(&request, draft.origin(), &rules(), moment(0), &mut Faults::default());
    let published_at = (state != AssignmentState::InReview).then_some(moment(0));
    Assignment { state, plan: Some(plan), deadline: Some(request.deadline), published_at, ..draft }
}

pub(crate) fn civil_servant() -> Reach {
    Reach { organisations: vec![id(HOME)], civil_servant: true, ..Reach::default() }
}

pub(crate) fn content() -> ResponseContent {
    ResponseContent {
        motivation: "I planted a forest before.".to_owned(),
        learning_goal: Some("To work with a council".to_owned()),
        effort: None,
    }
}

pub(crate) fn response(state: ResponseState) -> Response {
    let reason = match state {
        ResponseState::Withdrawn => Some(OutcomeReason::Withdrawn),
        ResponseState::NotSelected => Some(OutcomeReason::NotSelected(NotSelectedReason::AnotherChosen)),
        ResponseState::Declined => Some(OutcomeReason::Declined(DeclineReason::HoursDiffer)),
        ResponseState::Lapsed => Some(OutcomeReason::Lapsed(LapseReason::AssignmentCancelled)),
        ResponseState::ConsentRefused => Some(OutcomeReason::ConsentRefused),
        _ => None,
    };
    let submitted = state != ResponseState::Draft;
    let accepted = matches!(state, ResponseState::Accepted | ResponseState::Confirmed);
    let confirmed = state == ResponseState::Confirmed;
    let home = HomeAtSubmission { organisation: id(HOME), employment: id(40), policy: Some(id(50)) };
    Response {
        id: id(200),
        revision: 1,
        assignment: id(100),
        person: id(EMPLOYEE),
        content: content(),
        channel: ResponseChannel::Own,
        home: submitted.then_some(home),
        state,
        stage: confirmed.then_some(PlacementStage::Confirmed),
        outcome: reason.map(|reason| Outcome { reason, note: None, at: moment(0) }),
        reopening_offered_at: None,
        submitted_at: submitted.then_some(moment(0)),
        accepted_at: accepted.then_some(moment(0)),
        created_at: moment(0),
        modified_at: moment(0),
    }
}

pub(crate) fn employment() -> Employment {
    let terms = EmploymentTerms {
        unit: None,
        function: "Adviseur groen".to_owned(),
        contract_minutes_per_week: 2160,
        working_days_per_week: 5,
        manager: Some(id(MANAGER)),
        start: day("2020-01-01"),
        end: None,
        hr_external_id: None,
    };
    Employment::record(id(40), id(EMPLOYEE), id(HOME), terms, moment(0)).unwrap()
}

pub(crate) fn policy(change: impl FnOnce(&mut PolicyTerms)) -> MobilityPolicy {
    let mut terms = PolicyTerms::platform_default(day("2026-01-01"));
    change(&mut terms);
    MobilityPolicy { id: id(50), organisation: id(HOME), version: 1, terms, created_at: moment(0) }
}

pub(crate) fn host(kind: OrganisationKind) -> Organisation {
    let details = OrganisationDetails {
        name: "Uden".to_owned(),
        kind,
        layer: GovernmentLayer::Municipal,
        identifiers: Vec::new(),
        parent: None,
        town: None,
        province: None,
        invoicing_address: None,
        vat_number: None,
        iban: None,
        invoicing_email: None,
        commitment_statement: None,
    };
    Organisation::register(id(HOST), details, moment(0)).unwrap()
}

/// A consent request in this state, asked at moment 0 under a policy changed like this.
pub(crate) fn consent(state: ConsentState, change: impl FnOnce(&mut PolicyTerms)) -> ConsentRequest {
    let response = response(ResponseState::InReview);
    let assignment = assignment(AssignmentState::Open);
    let on = AskingConsent {
        response: &response,
        assignment: &assignment,
        employment: &employment(),
        policy: Some(&policy(change)),
        has_request: false,
    };
    let terms = ConsentTerms { effort: Effort::MinutesPerWeek(480), period: period() };
    let request = ConsentRequest::ask(id(300), terms, on, &[Part::Employee], moment(0)).unwrap();
    ConsentRequest { state, ..request }
}

pub(crate) fn conversation() -> Conversation {
    let response = response(ResponseState::InConversation);
    Conversation::plan(id(400), &response, moment(10), None, &[Part::Client], moment(0)).unwrap()
}

pub(crate) fn person(number: u128) -> PersonId {
    id(number)
}
