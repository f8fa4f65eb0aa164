//! The responses of the demonstration, with what was asked of managers.

use chrono::TimeDelta;
use domain::market::assignments::Assignment;
use domain::market::consent_requests::{
    AskingConsent, ConsentRequest, ConsentState, ConsentTerms, is_consent_required,
};
use domain::market::conversations::Conversation;
use domain::market::effort::Effort;
use domain::market::publication_rings::Reach;
use domain::market::responses::{
    Answering, HomeSituation, NotSelectedReason, Response, ResponseChannel, ResponseContent, ResponseDraft,
    ResponseState,
};
use domain::parties::employments::Employment;
use domain::parties::mobility_policies::MobilityPolicy;
use domain::{Moment, Part, PersonId, local_date};
use persistence::Work;
use persistence::market::{assignments, consent_requests, conversations, responses};
use persistence::parties::{employments, memberships, mobility_policies, organisations};

use super::data::{self, DemoConsent, DemoResponse};
use super::fill::{Filled, known};
use crate::problem::Problem;

const RESPONSES: &str = include_str!("data/responses.json");
const EMPLOYEE: [Part; 1] = [Part::Employee];
const CLIENT: [Part; 1] = [Part::Client];

/// Where an employee comes from.
struct Home {
    employment: Employment,
    policy: Option<MobilityPolicy>,
    reach: Reach,
}

pub(super) fn fill_responses(work: &mut Work<'_>, filled: &Filled) -> Result<(), Problem> {
    for demo in data::list::<DemoResponse>(RESPONSES)? {
        let person = known(&filled.people, &demo.person)?;
        let assignment = assignments::get(work, known(&filled.assignments, &demo.assignment)?)?;
        let home = home(work, person)?;
        let moment = assignment.published_at.unwrap_or(work.now()) + TimeDelta::minutes(20);
        let submitted = submitted(work, &demo, person, &assignment, &home, moment)?;
        let response = responses::insert(work, led_to(submitted, demo.state, moment)?)?;
        if demo.state == ResponseState::InConversation {
            let planned = work.now() + TimeDelta::days(2);
            let conversation = Conversation::plan(work.id(), &response, planned, None, &CLIENT, work.now())?;
            conversations::insert(work, conversation)?;
        }
        if let Some(consent) = &demo.consent {
            ask(work, consent, &response, &assignment, &home)?;
        }
    }
    Ok(())
}

fn home(work: &mut Work<'_>, person: PersonId) -> Result<Home, Problem> {
    let employment = employments::of_person(work, person)?.into_iter().next();
    let employment = employment.ok_or_else(|| Problem::internal(&"nobody of the demonstration is without a job"))?;
    let organisations = organisations::ancestors(work, employment.organisation)?;
    let networks = memberships::active_networks_of(work, &organisations, person)?;
    let today = local_date(work.now());
    let policy = mobility_policies::current(work, employment.organisation, today)?.policy;
    let units = employment.terms.unit.into_iter().collect();
    let reach = Reach { organisations, units, networks, federated: false, civil_servant: true };
    Ok(Home { employment, policy, reach })
}

fn submitted(
    work: &mut Work<'_>,
    demo: &DemoResponse,
    person: PersonId,
    assignment: &Assignment,
    home: &Home,
    moment: Moment,
) -> Result<Response, Problem> {
    let effort = assignment.details.effort.map(|effort| match effort {
        Effort::MinutesPerWeek(_) => Effort::MinutesPerWeek(demo.minutes_per_week_offered),
        whole @ Effort::TotalMinutes(_) => whole,
    });
    let content = ResponseContent {
        motivation: demo.motivation.clone(),
        learning_goal: Some(demo.learning_goal.clone()),
        effort,
    };
    let draft = ResponseDraft { person, content, channel: ResponseChannel::Own };
    let on = Answering { assignment, reach: &home.reach, has_live_response: false };
    let host = organisations::get(work, assignment.organisation)?;
    let from = HomeSituation { employment: &home.employment, policy: home.policy.as_ref(), host: &host };
    let response = Response::begin(work.id(), draft, on, &EMPLOYEE, moment)?;
    Ok(response.submit(on, from, &EMPLOYEE, moment)?)
}

fn led_to(response: Response, state: ResponseState, moment: Moment) -> Result<Response, Problem> {
    let later = moment + TimeDelta::minutes(40);
    Ok(match state {
        ResponseState::InReview => response.consider(&CLIENT, later)?,
        ResponseState::InConversation => response.consider(&CLIENT, later)?.invite_to_talk(&CLIENT, later)?,
        ResponseState::Withdrawn => response.withdraw(None, &EMPLOYEE, later)?,
        ResponseState::NotSelected => response.not_select(NotSelectedReason::AnotherChosen, None, &CLIENT, later)?,
        _ => response,
    })
}

fn ask(
    work: &mut Work<'_>,
    demo: &DemoConsent,
    response: &Response,
    assignment: &Assignment,
    home: &Home,
) -> Result<(), Problem> {
    let (Some(effort), Some(period)) = (response.content.effort, assignment.period()) else { return Ok(()) };
    let today = local_date(work.now());
    let terms = mobility_policies::current(work, home.employment.organisation, today)?.terms;
    if !is_consent_required(&terms, assignment, home.employment.organisation) {
        return Ok(());
    }
    let on = AskingConsent {
        response,
        assignment,
        employment: &home.employment,
        policy: home.policy.as_ref(),
        has_request: false,
    };
    let now = work.now();
    let request = ConsentRequest::ask(work.id(), ConsentTerms { effort, period }, on, &EMPLOYEE, now)?;
    let request = match (demo.state, request.manager) {
        (ConsentState::Granted, Some(manager)) => {
            let granted = request.grant(manager, demo.conditions.clone(), &[Part::HomeManager], now)?;
            if demo.conditions.is_some() { granted.accept_conditions(&EMPLOYEE, now)? } else { granted }
        }
        _ => request,
    };
    consent_requests::insert(work, request)?;
    Ok(())
}
