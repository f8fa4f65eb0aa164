//! Assignments: what clients see.

use chrono::{DateTime, NaiveDate, Utc};
use domain::market::assignments::{AssignmentAction, AssignmentKind, AssignmentState, RemoteMode};
use domain::market::publication_rings::{PublicationChannel, Ring};
use domain::parties::mobility_policies::ChargeBasis;
use domain::parties::networks::ScaleLevel;
use domain::parties::organisations::{GovernmentLayer, OrganisationKind};
use domain::search::{AskedWord, FoundIn};
use domain::vocabulary::EducationLevel;
use domain::{AssignmentId, NetworkId, OrganisationId, PersonId, SkillId, UnitId};
use serde::Serialize;
use utoipa::ToSchema;

use super::drafts::ExternalHireItem;
use crate::highlights::{HighlightView, highlights};
use crate::paging::PageLinks;

/// Work that somebody of another organisation or unit can do for a while (klus)
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Assignment)]
pub struct AssignmentView {
    /// Identifies it
    pub(super) id: AssignmentId,
    /// The organisation that has the work
    pub(super) organisation: HostView,
    /// The unit that has the work
    pub(super) unit_id: Option<UnitId>,
    /// Who answers for it; shown to who is signed in
    pub(super) owner: Option<OwnerView>,
    /// Who else may do what the owner may; shown to who is signed in
    #[schema(max_items = 10)]
    pub(super) co_owners: Vec<OwnerView>,
    /// What kind it is
    pub(super) kind: AssignmentKind,
    /// The title
    #[schema(max_length = 200, example = "Een plan voor het stadsbos")]
    pub(super) title: String,
    /// What the work is about
    #[schema(max_length = 20_000, example = "De stad wil een bos en heeft nog geen plan.")]
    pub(super) description: String,
    /// What will be there when it is done
    #[schema(max_length = 4000, example = "Een plan waarover de raad kan besluiten")]
    pub(super) intended_result: Option<String>,
    /// What is handed over
    #[schema(max_items = 20)]
    pub(super) deliverables: Vec<String>,
    /// The steps, and when
    #[schema(max_length = 4000, example = "September: gesprekken. December: besluit.")]
    pub(super) planning: Option<String>,
    /// How much work in a week, in minutes, where it is stated so
    #[schema(minimum = 60, maximum = 2400, example = 480)]
    pub(super) minutes_per_week: Option<i64>,
    /// How much work in all, in minutes, where it is stated so
    #[schema(minimum = 60, maximum = 1_000_000, example = 60)]
    pub(super) total_minutes: Option<i64>,
    /// The minutes in a week on average, where they can be known: what lists are narrowed by
    #[schema(minimum = 1, maximum = 1_000_000, example = 480)]
    pub(super) average_minutes_per_week: Option<i64>,
    /// The first day
    #[schema(example = "2027-09-01")]
    pub(super) start_date: Option<NaiveDate>,
    /// The last day
    #[schema(example = "2027-12-31")]
    pub(super) end_date: Option<NaiveDate>,
    /// How many people can do it
    #[schema(minimum = 0, maximum = 1000, example = 2)]
    pub(super) positions: u32,
    /// The scale on which it works
    pub(super) scale_level: ScaleLevel,
    /// The region, by name
    #[schema(max_length = 120, example = "Noordoost-Brabant")]
    pub(super) region: Option<String>,
    /// The place, by name
    #[schema(max_length = 200, example = "Oss, gemeentehuis")]
    pub(super) location: Option<String>,
    /// Where the work is done
    pub(super) remote: RemoteMode,
    /// Skills without which it cannot be done
    #[schema(max_items = 20)]
    pub(super) required_skills: Vec<AskedSkillView>,
    /// Skills that help
    #[schema(max_items = 20)]
    pub(super) preferred_skills: Vec<AskedSkillView>,
    /// The education levels it suits; empty where it does not matter
    #[schema(max_items = 4)]
    pub(super) education_levels: Vec<EducationLevel>,
    /// Interests it speaks to
    #[schema(max_items = 20)]
    pub(super) interests: Vec<String>,
    /// What the host pays
    pub(super) charge_basis: ChargeBasis,
    /// What hiring somebody from outside would have cost; shown to who looks after it
    pub(super) external_hire: Option<ExternalHireItem>,
    /// The programme or pilot it belongs to
    #[schema(max_length = 120, example = "Proeftuin zpp Brabant")]
    pub(super) programme_label: Option<String>,
    /// Its state at this moment
    pub(super) state: AssignmentState,
    /// Where it appears at this moment: EXTERNAL once the ring PUBLIC has opened; null before it is published
    pub(super) channel: Option<PublicationChannel>,
    /// For whom it is open and from when, from narrow to wide; in review: for whom it will be
    #[schema(max_items = 6)]
    pub(super) rings: Vec<PlannedRingView>,
    /// Until when people may respond
    #[schema(example = "2027-04-30T15:00:00Z")]
    pub(super) deadline: Option<DateTime<Utc>>,
    /// When it was published
    #[schema(example = "2027-03-01T09:00:00Z")]
    pub(super) published_at: Option<DateTime<Utc>>,
    /// When it last closed for responses
    #[schema(example = "2027-04-30T15:00:00Z")]
    pub(super) closed_at: Option<DateTime<Utc>>,
    /// What the reviewer asked to change; shown to who looks after it
    #[schema(max_length = 4000, example = "Noem het beoogde resultaat.")]
    pub(super) review_remarks: Option<String>,
    /// Why it was cancelled or ended without a placement
    pub(super) ending: Option<EndingView>,
    /// What it is to you
    pub(super) yours: YoursView,
    /// When it was drafted
    #[schema(example = "2027-02-26T09:00:00Z")]
    pub(super) created_at: DateTime<Utc>,
    /// When it last changed
    #[schema(example = "2027-03-01T09:00:00Z")]
    pub(super) modified_at: DateTime<Utc>,
    /// Where it holds the words that were searched; only in a list that `search` narrows
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_items = 24)]
    pub(super) highlights: Option<Vec<HighlightView>>,
}

impl AssignmentView {
    /// The same, with where it holds these words, if there are any.
    pub(super) fn highlighting(mut self, words: &[AskedWord]) -> Self {
        if words.is_empty() {
            return self;
        }
        let skills = self.required_skills.iter().chain(&self.preferred_skills);
        let texts = [
            (FoundIn::Title, self.title.as_str()),
            (FoundIn::IntendedResult, self.intended_result.as_deref().unwrap_or_default()),
            (FoundIn::Description, self.description.as_str()),
        ];
        let skills = skills.map(|skill| (FoundIn::Skill, skill.label.as_str()));
        self.highlights = Some(highlights(texts.into_iter().chain(skills), words));
        self
    }
}

/// The organisation that has the work
#[derive(Clone, Serialize, ToSchema)]
#[schema(as = AssignmentHost)]
pub struct HostView {
    /// Identifies it
    pub(super) id: OrganisationId,
    /// The name
    #[schema(max_length = 200, example = "Gemeente Oss")]
    pub(super) name: String,
    /// What kind it is
    pub(super) kind: OrganisationKind,
    /// The layer of government
    pub(super) layer: GovernmentLayer,
}

/// Somebody who answers for the work
#[derive(Clone, Serialize, ToSchema)]
#[schema(as = AssignmentOwner)]
pub struct OwnerView {
    /// Identifies them
    pub(super) id: PersonId,
    /// The name
    #[schema(max_length = 400, example = "Olga van der Berg")]
    pub(super) name: String,
}

/// A skill that is asked for
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AskedSkill)]
pub struct AskedSkillView {
    /// The concept of the skill vocabulary, where it is one
    pub(in crate::market) skill_id: Option<SkillId>,
    /// How it is called
    #[schema(max_length = 400, example = "Gespreksleiding")]
    pub(in crate::market) label: String,
}

/// A ring in a plan
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PlannedRing)]
pub struct PlannedRingView {
    /// The ring
    pub(super) ring: Ring,
    /// Where the assignment appears when it opens
    pub(super) channel: PublicationChannel,
    /// From when people in it may respond
    #[schema(example = "2027-03-08T09:00:00Z")]
    pub(super) opens_at: DateTime<Utc>,
    /// Until when, if a wider ring takes over before the deadline
    #[schema(example = "2027-04-30T15:00:00Z")]
    pub(super) closes_at: Option<DateTime<Utc>>,
    /// Whether people in it may respond at this moment
    pub(super) is_open: bool,
    /// The networks of the ring NETWORK, as far as you may know of them
    #[schema(max_items = 20)]
    pub(super) networks: Vec<NamedNetworkView>,
    /// Why it opens later than the assignment was published
    #[schema(max_length = 1000, example = "Twee collega's vroegen om voorrang")]
    pub(super) reason: Option<String>,
}

/// A network that a ring names
#[derive(Clone, Serialize, ToSchema)]
#[schema(as = NamedNetwork)]
pub struct NamedNetworkView {
    /// Identifies it
    pub(super) id: NetworkId,
    /// The name
    #[schema(max_length = 200, example = "Ondernemende Ambtenaren Brabant")]
    pub(super) name: String,
}

/// How an assignment ended without result
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AssignmentEnding)]
pub struct EndingView {
    /// The reason: one of CancellationReason where it was cancelled, of ExpiryReason where it expired
    #[schema(max_length = 80, example = "NO_LONGER_NEEDED")]
    pub(super) reason: &'static str,
    /// What the owner added
    #[schema(max_length = 2000, example = "De raad koos voor een andere aanpak.")]
    pub(super) note: Option<String>,
    /// When
    #[schema(example = "2027-03-20T09:00:00Z")]
    pub(super) ended_at: DateTime<Utc>,
}

/// What an assignment is to the caller
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AssignmentCapabilities)]
pub struct YoursView {
    /// Whether you are its owner or co-owner
    pub(super) is_owner: bool,
    /// Whether it is open to you: you work somewhere today, and stand in a ring that is open
    pub(super) may_respond: bool,
    /// What you can do with it in its present state
    #[schema(max_items = 20)]
    pub(super) legal_actions: Vec<AssignmentAction>,
}

/// How many there are, counted up to a limit
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CappedTotal)]
pub struct TotalView {
    /// How many were counted; at most 1000
    #[schema(minimum = 0, maximum = 1000, example = 42)]
    pub(super) count: u32,
    /// Whether there are more
    pub(super) is_capped: bool,
}

/// A page of assignments, in the order that was asked
#[derive(Serialize, ToSchema)]
pub struct AssignmentPage {
    /// The rows of this page
    #[schema(max_items = 100)]
    pub items: Vec<AssignmentView>,
    /// The other pages
    pub links: PageLinks,
    /// How many there are on all pages; only where `includeTotal` asked for it
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub total: Option<TotalView>,
}
