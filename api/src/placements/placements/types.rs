//! Placements: what clients send and see.

use chrono::{DateTime, NaiveDate, Utc};
use domain::market::effort::{Effort, Period};
use domain::market::lights::Light;
use domain::market::signals::Colour;
use domain::parties::mobility_policies::ChargeBasis;
use domain::placements::arrangements::ReturnDestination;
use domain::placements::capacity::Stretch;
use domain::placements::placements::{
    CancelReason, Conversion, EndReason, LIFECYCLE, Notice, Placement, PlacementAction, PlacementState, Return,
};
use domain::placements::variants::HourKind;
use domain::{
    ArrangementId, AssignmentId, EmploymentId, OfferId, OrganisationId, Part, PersonId, PlacementId, ResponseId,
    TextEnum,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::market::responses::light_types::LightView;
use crate::paging::page_of;

/// Planning a placement
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlacementDraft {
    /// The arrangement that gives the hours; any version of the series
    pub(super) arrangement_id: ArrangementId,
}

/// Cancelling a placement before its start
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlacementCancellationDraft {
    /// Why
    pub(super) reason: CancelReason,
}

/// Giving notice that a placement ends before its time
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NoticeDraft {
    /// Why
    pub(super) reason: EndReason,
    /// What you say besides; needed where the reason is OTHER
    #[schema(min_length = 1, max_length = 2000, example = "Het plan ligt er eerder dan gedacht.")]
    pub(super) text: Option<String>,
    /// The last day of the work, after the notice term
    #[schema(example = "2027-09-30")]
    pub(super) last_date: NaiveDate,
}

/// Recording that somebody is back
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReturnDraft {
    /// Where to; as it was planned unless given
    pub(super) destination: Option<ReturnDestination>,
    /// On which day
    #[schema(example = "2027-12-01")]
    pub(super) date: NaiveDate,
    /// What you say besides
    #[schema(min_length = 1, max_length = 2000, example = "Begonnen met een klus bij Sociaal Domein.")]
    pub(super) text: Option<String>,
}

/// Recording that a placement became a permanent appointment
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConversionDraft {
    /// The first day of the appointment
    #[schema(example = "2027-12-01")]
    pub(super) date: NaiveDate,
}

/// A stretch of work of a placement: the first is the offer, each extension adds one
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PlacementStretch)]
pub struct StretchView {
    /// The first day
    #[schema(example = "2027-06-01")]
    start_date: NaiveDate,
    /// The last day
    #[schema(example = "2027-11-30")]
    end_date: NaiveDate,
    /// Minutes a week; null where they are agreed in all
    #[schema(minimum = 60, maximum = 2400, example = 480)]
    minutes_per_week: Option<i64>,
    /// Minutes in all; null where they are agreed per week
    #[schema(minimum = 60, maximum = 1_000_000, example = 2880)]
    total_minutes: Option<i64>,
}

/// That a placement ends before its time (opzegging)
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PlacementNotice)]
pub struct NoticeView {
    /// Who gave it
    by_id: PersonId,
    /// In which part
    part: Part,
    /// Why
    reason: EndReason,
    /// What was said besides
    #[schema(max_length = 2000, example = "Het plan ligt er eerder dan gedacht.")]
    text: Option<String>,
    /// The last day of the work
    #[schema(example = "2027-09-30")]
    last_date: NaiveDate,
    /// When it was given
    #[schema(example = "2027-08-30T09:00:00Z")]
    given_at: DateTime<Utc>,
}

/// The return as it went (terugkeer)
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PlacementReturn)]
pub struct ReturnView {
    /// Where to
    destination: ReturnDestination,
    /// On which day
    #[schema(example = "2027-12-01")]
    date: NaiveDate,
    /// Whether that was at most the first working day after the end
    is_on_time: bool,
    /// What was said besides
    #[schema(max_length = 2000, example = "Begonnen met een klus bij Sociaal Domein.")]
    text: Option<String>,
    /// Who recorded it
    recorded_by_id: PersonId,
    /// When
    #[schema(example = "2027-12-01T09:00:00Z")]
    recorded_at: DateTime<Utc>,
}

/// A placement (inzet): the work that somebody of one organisation does at another
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Placement)]
pub struct PlacementView {
    /// Identifies it
    id: PlacementId,
    /// The dossier it came of; for the employee and the client
    response_id: Option<ResponseId>,
    /// The klus
    assignment_id: AssignmentId,
    /// Its title
    #[schema(max_length = 400, example = "Een plan voor het stadsbos")]
    title: String,
    /// The offer that was accepted; for the employee and the client
    offer_id: Option<OfferId>,
    /// Who does the work
    person_id: PersonId,
    /// Their name
    #[schema(max_length = 400, example = "Noor van Dijk")]
    person_name: String,
    /// From which employment, which it never changes; not for the host
    employment_id: Option<EmploymentId>,
    /// The home organisation
    home_organisation_id: OrganisationId,
    /// The organisation that has the work
    host_organisation_id: OrganisationId,
    /// The series of arrangements that gives the hours; not for the host
    arrangement_id: Option<ArrangementId>,
    /// Whose hours it takes; not for the host
    hours: Option<HourKind>,
    /// The work, stretch by stretch
    #[schema(max_items = 100)]
    stretches: Vec<StretchView>,
    /// The first day
    #[schema(example = "2027-06-01")]
    start_date: NaiveDate,
    /// The last day: the agreed one, or an earlier one
    #[schema(example = "2027-11-30")]
    last_date: NaiveDate,
    /// What the host pays
    charge_basis: ChargeBasis,
    /// What an hour costs where that was agreed, in euro cents
    #[schema(minimum = 1, maximum = 1_000_000, example = 6500)]
    hourly_rate_cents: Option<i64>,
    /// Whether it needs no agreement: unpaid, at most 92 days and 480 minutes a week, or inside the organisation
    light_flow: bool,
    /// Whether hours are written for it
    has_timesheets: bool,
    /// Where the employee goes back to
    return_destination: ReturnDestination,
    /// When, at the latest
    #[schema(example = "2027-12-01")]
    return_date: NaiveDate,
    /// Its state
    state: PlacementState,
    /// The lights that are not green; what blocks the start before it, a reason to talk after it
    #[schema(max_items = 10)]
    fallen_lights: Vec<LightView>,
    /// Whether the employment ends before the work does
    is_at_risk: bool,
    /// That it ends before its time
    notice: Option<NoticeView>,
    /// Why it was cancelled before its start
    cancelled: Option<CancelReason>,
    /// The return, once it is recorded
    returned: Option<ReturnView>,
    /// The first day of the permanent appointment that it became
    #[schema(example = "2027-12-01")]
    converted_date: Option<NaiveDate>,
    /// What the caller can do with it now
    #[schema(max_items = 20)]
    legal_actions: Vec<PlacementAction>,
    /// When it was confirmed
    #[schema(example = "2027-04-12T09:00:00Z")]
    confirmed_at: Option<DateTime<Utc>>,
    /// When it was planned
    #[schema(example = "2027-04-01T09:00:00Z")]
    created_at: DateTime<Utc>,
    /// When it last changed
    #[schema(example = "2027-04-12T09:00:00Z")]
    modified_at: DateTime<Utc>,
}

page_of!(
    /// A page of placements
    PlacementPage as PlacementPage, PlacementView
);

/// What is shown beside a placement.
pub(super) struct Beside<'a> {
    pub(super) title: String,
    pub(super) person_name: String,
    pub(super) lights: Option<&'a [Light; 10]>,
    pub(super) is_at_risk: bool,
}

impl PlacementView {
    /// The placement as it stands, for somebody with these parts.
    pub(super) fn of(placement: &Placement, beside: Beside<'_>, parts: &[Part]) -> Self {
        let last_date = placement.last_day();
        let period = placement.period();
        let has_timesheets = placement.has_timesheets();
        let Placement {
            id,
            revision: _,
            response,
            assignment,
            offer,
            person,
            employment,
            home,
            host,
            arrangement,
            hours,
            stretches,
            charge_basis,
            hourly_rate_cents,
            light_flow,
            return_plan,
            talks_weeks: _, // follows from the agreement
            state,
            notice,
            cancelled,
            returned,
            converted,
            confirmed_at,
            risk_told_at: _,  // the clock's own
            talks_told_at: _, // the clock's own
            created_at,
            modified_at,
        } = placement.clone();
        let plays = |wanted: &[Part]| parts.iter().any(|part| wanted.contains(part));
        let in_dossier = plays(&[Part::Employee, Part::Client]);
        let at_home = plays(&[Part::Employee, Part::HomeManager, Part::OrganisationAdministrator, Part::Finance]);
        let fallen = beside.lights.into_iter().flatten().filter(|light| light.colour != Colour::Green);
        Self {
            id,
            response_id: Some(response).filter(|_| in_dossier),
            assignment_id: assignment,
            title: beside.title,
            offer_id: Some(offer).filter(|_| in_dossier),
            person_id: person,
            person_name: beside.person_name,
            employment_id: Some(employment).filter(|_| at_home),
            home_organisation_id: home,
            host_organisation_id: host,
            arrangement_id: Some(arrangement).filter(|_| at_home),
            hours: Some(hours).filter(|_| at_home),
            stretches: stretches.into_iter().map(StretchView::from).collect(),
            start_date: period.start,
            last_date,
            charge_basis,
            hourly_rate_cents,
            light_flow,
            has_timesheets,
            return_destination: return_plan.destination,
            return_date: return_plan.date,
            state,
            fallen_lights: fallen.map(|light| LightView::of(light, parts)).collect(),
            is_at_risk: beside.is_at_risk,
            notice: notice.map(NoticeView::from),
            cancelled,
            returned: returned.map(|returned| ReturnView::of(returned, return_plan.date)),
            converted_date: converted.map(|Conversion { date, .. }| date),
            legal_actions: PlacementAction::ALL
                .iter()
                .copied()
                .filter(|action| LIFECYCLE.allows(state, *action, parts))
                .collect(),
            confirmed_at,
            created_at,
            modified_at,
        }
    }
}

impl From<Stretch> for StretchView {
    fn from(stretch: Stretch) -> Self {
        let Stretch { period: Period { start, end }, effort } = stretch;
        Self {
            start_date: start,
            end_date: end,
            minutes_per_week: Effort::minutes_per_week(effort),
            total_minutes: Effort::total_minutes(effort),
        }
    }
}

impl From<Notice> for NoticeView {
    fn from(notice: Notice) -> Self {
        let Notice { by, part, reason, text, last_day, at } = notice;
        Self { by_id: by, part, reason, text, last_date: last_day, given_at: at }
    }
}

impl ReturnView {
    fn of(returned: Return, latest: NaiveDate) -> Self {
        let Return { destination, date, text, recorded_by, recorded_at } = returned;
        Self { destination, date, is_on_time: date <= latest, text, recorded_by_id: recorded_by, recorded_at }
    }
}
