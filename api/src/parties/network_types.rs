//! Networks: what clients send and see.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::NetworkId;
use domain::parties::networks::{Admission, Network, NetworkDetails, NetworkKind, ScaleLevel};
use domain::parties::organisations::OrganisationKind;
use persistence::View;
use persistence::parties::networks::{MemberCounts, member_counts};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::paging::page_of;
use crate::patch::{Patched, present, set};
use crate::problem::Problem;

/// A new network
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NetworkDraft {
    /// Its name
    #[schema(min_length = 1, max_length = 200, example = "Ondernemende Ambtenaren Brabant")]
    name: String,
    /// What it is for
    #[serde(default)]
    #[schema(max_length = 4000, example = "Brabantse overheden die elkaar mensen uitlenen.")]
    description: String,
    /// What holds it together
    kind: NetworkKind,
    /// The scale on which it works
    scale_level: ScaleLevel,
    /// How one becomes a member
    admission: Admission,
    /// The regions it spans, by name
    #[serde(default)]
    #[schema(max_items = 50, example = json!(["Holland Rijnland", "Amstel-Rijn"]))]
    regions: Vec<String>,
    /// The network it is a part of
    parent_id: Option<NetworkId>,
    /// People each member promises to make available; none unless given
    #[serde(default)]
    #[schema(minimum = 0, maximum = 1000, example = 1)]
    pledge_minimum_people: u32,
    /// Klussen each member promises to publish; none unless given
    #[serde(default)]
    #[schema(minimum = 0, maximum = 1000, example = 1)]
    pledge_minimum_assignments: u32,
    /// At most this many working days may a klus stay inside the organisation first; 10 unless given
    #[schema(nullable = false, minimum = 0, maximum = 10, example = 5)]
    internal_first_ceiling_working_days: Option<u32>,
    /// At most this much an hour for a public rate, in euro cents
    #[schema(minimum = 0, maximum = 100_000, example = 9500)]
    public_rate_ceiling_cents: Option<i64>,
    /// Whether klussen are reviewed before they are published here; false unless given
    #[serde(default)]
    review_required: bool,
    /// The programme or pilot it belongs to
    #[schema(min_length = 1, max_length = 100, example = "Proeftuin zpp Brabant")]
    programme_label: Option<String>,
}

/// What changes in a network: what is left out stays, null clears
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NetworkPatch {
    /// Its name
    #[schema(nullable = false, min_length = 1, max_length = 200, example = "Ondernemende Ambtenaren Brabant")]
    name: Option<String>,
    /// What it is for
    #[schema(nullable = false, max_length = 4000, example = "Brabantse overheden die elkaar mensen uitlenen.")]
    description: Option<String>,
    /// What holds it together
    #[schema(nullable = false)]
    kind: Option<NetworkKind>,
    /// The scale on which it works
    #[schema(nullable = false)]
    scale_level: Option<ScaleLevel>,
    /// How one becomes a member
    #[schema(nullable = false)]
    admission: Option<Admission>,
    /// All regions it spans, by name
    #[schema(nullable = false, max_items = 50, example = json!(["Holland Rijnland", "Amstel-Rijn"]))]
    regions: Option<Vec<String>>,
    /// The network it is a part of
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<NetworkId>)]
    parent_id: Patched<NetworkId>,
    /// People each member promises to make available
    #[schema(nullable = false, minimum = 0, maximum = 1000, example = 1)]
    pledge_minimum_people: Option<u32>,
    /// Klussen each member promises to publish
    #[schema(nullable = false, minimum = 0, maximum = 1000, example = 1)]
    pledge_minimum_assignments: Option<u32>,
    /// At most this many working days may a klus stay inside the organisation first
    #[schema(nullable = false, minimum = 0, maximum = 10, example = 5)]
    internal_first_ceiling_working_days: Option<u32>,
    /// At most this much an hour for a public rate, in euro cents
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<i64>, minimum = 0, maximum = 100_000, example = 9500)]
    public_rate_ceiling_cents: Patched<i64>,
    /// Whether klussen are reviewed before they are published here
    #[schema(nullable = false)]
    review_required: Option<bool>,
    /// The programme or pilot it belongs to
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 100, example = "Proeftuin zpp Brabant")]
    programme_label: Patched<String>,
}

/// How many members of one kind
#[derive(Serialize, ToSchema)]
#[schema(as = KindCount)]
pub struct KindCountView {
    /// The kind of organisation
    kind: OrganisationKind,
    /// How many members are of this kind
    #[schema(minimum = 1, maximum = 1_000_000, example = 16)]
    count: i64,
}

/// How many members a network has
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MemberCounts)]
pub struct MemberCountsView {
    /// Organisations that are a member
    #[schema(minimum = 0, maximum = 1_000_000, example = 18)]
    organisations: i64,
    /// The same by kind; kinds without members are left out
    #[schema(max_items = 20)]
    organisations_by_kind: Vec<KindCountView>,
    /// People who are a member themselves
    #[schema(minimum = 0, maximum = 1_000_000, example = 0)]
    people: i64,
}

/// Organisations, and sometimes people, that share klussen by rules of their own (netwerk)
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Network)]
pub struct NetworkView {
    /// Identifies it
    id: NetworkId,
    /// Its name
    #[schema(max_length = 200, example = "Ondernemende Ambtenaren Brabant")]
    name: String,
    /// What it is for
    #[schema(max_length = 4000, example = "Brabantse overheden die elkaar mensen uitlenen.")]
    description: String,
    /// What holds it together
    kind: NetworkKind,
    /// The scale on which it works
    scale_level: ScaleLevel,
    /// How one becomes a member
    admission: Admission,
    /// The regions it spans, by name
    #[schema(max_items = 50, example = json!(["Holland Rijnland", "Amstel-Rijn"]))]
    regions: Vec<String>,
    /// The network it is a part of
    parent_id: Option<NetworkId>,
    /// People each member promises to make available
    #[schema(minimum = 0, maximum = 1000, example = 1)]
    pledge_minimum_people: u32,
    /// Klussen each member promises to publish
    #[schema(minimum = 0, maximum = 1000, example = 1)]
    pledge_minimum_assignments: u32,
    /// At most this many working days may a klus stay inside the organisation first
    #[schema(minimum = 0, maximum = 10, example = 5)]
    internal_first_ceiling_working_days: u32,
    /// At most this much an hour for a public rate, in euro cents
    #[schema(minimum = 0, maximum = 100_000, example = 9500)]
    public_rate_ceiling_cents: Option<i64>,
    /// Whether klussen are reviewed before they are published here
    review_required: bool,
    /// The programme or pilot it belongs to
    #[schema(max_length = 100, example = "Proeftuin zpp Brabant")]
    programme_label: Option<String>,
    /// How many members it has
    member_counts: MemberCountsView,
    /// When it was founded here
    #[schema(example = "2026-11-21T09:00:00Z")]
    created_at: DateTime<Utc>,
    /// When it last changed
    #[schema(example = "2026-11-21T09:00:00Z")]
    modified_at: DateTime<Utc>,
}

page_of!(
    /// A page of networks
    NetworkPage as NetworkPage, NetworkView
);

impl From<NetworkDraft> for NetworkDetails {
    fn from(draft: NetworkDraft) -> Self {
        let NetworkDraft {
            name,
            description,
            kind,
            scale_level,
            admission,
            regions,
            parent_id,
            pledge_minimum_people,
            pledge_minimum_assignments,
            internal_first_ceiling_working_days,
            public_rate_ceiling_cents,
            review_required,
            programme_label,
        } = draft;
        let ceiling = domain::parties::mobility_policies::INTERNAL_FIRST_HARD_CEILING;
        Self {
            name: name.trim().to_owned(),
            description,
            kind,
            scale_level,
            admission,
            regions: trimmed(regions),
            parent: parent_id,
            pledge_minimum_people,
            pledge_minimum_assignments,
            internal_first_ceiling_working_days: internal_first_ceiling_working_days.unwrap_or(ceiling),
            public_rate_ceiling_cents,
            review_required,
            programme_label,
        }
    }
}

impl NetworkPatch {
    /// The details with what the patch gives.
    pub(super) fn apply(&self, mut details: NetworkDetails) -> NetworkDetails {
        let Self {
            name,
            description,
            kind,
            scale_level,
            admission,
            regions,
            parent_id,
            pledge_minimum_people,
            pledge_minimum_assignments,
            internal_first_ceiling_working_days,
            public_rate_ceiling_cents,
            review_required,
            programme_label,
        } = self.clone();
        set(&mut details.name, name.map(|name| name.trim().to_owned()));
        set(&mut details.description, description);
        set(&mut details.kind, kind);
        set(&mut details.scale_level, scale_level);
        set(&mut details.admission, admission);
        set(&mut details.regions, regions.map(trimmed));
        set(&mut details.parent, parent_id);
        set(&mut details.pledge_minimum_people, pledge_minimum_people);
        set(&mut details.pledge_minimum_assignments, pledge_minimum_assignments);
        set(&mut details.internal_first_ceiling_working_days, internal_first_ceiling_working_days);
        set(&mut details.public_rate_ceiling_cents, public_rate_ceiling_cents);
        set(&mut details.review_required, review_required);
        set(&mut details.programme_label, programme_label);
        details
    }
}

fn trimmed(regions: Vec<String>) -> Vec<String> {
    regions.into_iter().map(|region| region.trim().to_owned()).collect()
}

impl NetworkView {
    /// Networks with their counts.
    pub(super) fn of_all(view: &mut View<'_>, networks: Vec<Network>) -> Result<Vec<Self>, Problem> {
        let ids: Vec<NetworkId> = networks.iter().map(|network| network.id).collect();
        let mut counts = member_counts(view, &ids)?;
        Ok(networks.into_iter().map(|network| Self::of(network, &mut counts)).collect())
    }

    /// One network with its counts.
    pub(super) fn one(view: &mut View<'_>, network: Network) -> Result<Self, Problem> {
        let mut counts = member_counts(view, &[network.id])?;
        Ok(Self::of(network, &mut counts))
    }

    fn of(network: Network, counts: &mut HashMap<NetworkId, MemberCounts>) -> Self {
        let Network { id, revision: _, details, created_at, modified_at } = network;
        let NetworkDetails {
            name,
            description,
            kind,
            scale_level,
            admission,
            regions,
            parent,
            pledge_minimum_people,
            pledge_minimum_assignments,
            internal_first_ceiling_working_days,
            public_rate_ceiling_cents,
            review_required,
            programme_label,
        } = details;
        Self {
            id,
            name,
            description,
            kind,
            scale_level,
            admission,
            regions,
            parent_id: parent,
            pledge_minimum_people,
            pledge_minimum_assignments,
            internal_first_ceiling_working_days,
            public_rate_ceiling_cents,
            review_required,
            programme_label,
            member_counts: counts.remove(&id).unwrap_or_default().into(),
            created_at,
            modified_at,
        }
    }
}

impl From<MemberCounts> for MemberCountsView {
    fn from(counts: MemberCounts) -> Self {
        let MemberCounts { organisations, people } = counts;
        Self {
            organisations: organisations.iter().map(|(_, count)| count).sum(),
            organisations_by_kind: organisations
                .into_iter()
                .map(|(kind, count)| KindCountView { kind, count })
                .collect(),
            people,
        }
    }
}
