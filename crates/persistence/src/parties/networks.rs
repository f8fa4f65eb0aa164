//! Networks.

use std::collections::HashMap;

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::parties::memberships::MembershipState;
use domain::parties::networks::{Admission, Network, NetworkDetails, NetworkKind, ScaleLevel};
use domain::parties::organisations::OrganisationKind;
use domain::{NetworkId, TextEnum, fold};

use crate::among::AmongMethods as _;
use crate::columns::{At, Key, Place, containing, to_json};
use crate::page::by_text;
use crate::schema::parties::{memberships, networks, organisations};
use crate::{Page, PageRequest, PersistenceError, Result, View};

/// At most this many networks stand above one another; the walk upward stops there.
const MAX_DEPTH: usize = 20;

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = networks, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    id: Key,
    revision: i64,
    name: String,
    search_text: String,
    description: String,
    kind: String,
    scale_level: String,
    admission: String,
    regions: serde_json::Value,
    region_text: String,
    parent_id: Option<Key>,
    pledge_minimum_people: i64,
    pledge_minimum_assignments: i64,
    internal_first_ceiling_working_days: i64,
    public_rate_ceiling_cents: Option<i64>,
    review_required: bool,
    programme_label: Option<String>,
    created_at: At,
    modified_at: At,
}

/// Which networks are asked for; what is absent does not narrow.
#[derive(Debug, Clone, Default)]
pub struct NetworkFilter {
    /// Of the networks by invitation only these; all where absent.
    pub known: Option<Vec<NetworkId>>,
    /// Only these.
    pub among: Option<Vec<NetworkId>>,
    /// Words that the name holds.
    pub search: Option<String>,
    /// What holds it together.
    pub kind: Option<NetworkKind>,
    /// The scale on which it works.
    pub scale_level: Option<ScaleLevel>,
    /// A region it spans, by name.
    pub region: Option<String>,
    /// The network above.
    pub parent: Option<NetworkId>,
}

/// How many members a network has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemberCounts {
    /// The organisations, by kind; kinds without members are left out.
    pub organisations: Vec<(OrganisationKind, i64)>,
    /// The people who are a member themselves.
    pub people: i64,
}

impl From<&Network> for Row {
    fn from(network: &Network) -> Self {
        let Network { id, revision, details, created_at, modified_at } = network;
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
            id: (*id).into(),
            revision: *revision,
            name: name.clone(),
            search_text: fold(name),
            description: description.clone(),
            kind: kind.to_string(),
            scale_level: scale_level.to_string(),
            admission: admission.to_string(),
            regions: to_json(regions),
            region_text: regions.iter().map(|region| fenced(region)).collect(),
            parent_id: parent.map(Key::from),
            pledge_minimum_people: i64::from(*pledge_minimum_people),
            pledge_minimum_assignments: i64::from(*pledge_minimum_assignments),
            internal_first_ceiling_working_days: i64::from(*internal_first_ceiling_working_days),
            public_rate_ceiling_cents: *public_rate_ceiling_cents,
            review_required: *review_required,
            programme_label: programme_label.clone(),
            created_at: At(*created_at),
            modified_at: At(*modified_at),
        }
    }
}

impl TryFrom<Row> for Network {
    type Error = PersistenceError;

    fn try_from(row: Row) -> Result<Self> {
        let Row {
            id,
            revision,
            name,
            search_text: _, // follows from the name
            description,
            kind,
            scale_level,
            admission,
            regions,
            region_text: _, // follows from the regions
            parent_id,
            pledge_minimum_people,
            pledge_minimum_assignments,
            internal_first_ceiling_working_days,
            public_rate_ceiling_cents,
            review_required,
            programme_label,
            created_at,
            modified_at,
        } = row;
        let place = Place::new("networks", id);
        let ceiling = internal_first_ceiling_working_days;
        let details = NetworkDetails {
            name,
            description,
            kind: place.value("kind", &kind)?,
            scale_level: place.value("scale_level", &scale_level)?,
            admission: place.value("admission", &admission)?,
            regions: place.json("regions", regions)?,
            parent: parent_id.map(Key::to),
            pledge_minimum_people: place.count("pledge_minimum_people", pledge_minimum_people)?,
            pledge_minimum_assignments: place.count("pledge_minimum_assignments", pledge_minimum_assignments)?,
            internal_first_ceiling_working_days: place.count("internal_first_ceiling_working_days", ceiling)?,
            public_rate_ceiling_cents,
            review_required,
            programme_label,
        };
        Ok(Self { id: id.to(), revision, details, created_at: created_at.0, modified_at: modified_at.0 })
    }
}

/// A region between bars, folded, so that a whole name is found and no part of one.
fn fenced(region: &str) -> String {
    format!("|{}|", fold(region).replace('|', " "))
}

keep!(networks, Network, NetworkId, Row);

/// Those of these ids that exist, in no particular order.
pub fn find_many(view: &mut View<'_>, ids: &[NetworkId]) -> Result<Vec<Network>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let keys: Vec<Key> = ids.iter().copied().map(Key::from).collect();
    let rows: Vec<Row> =
        each!(view.conn, |c| networks::table.filter(networks::id.among(&keys)).select(Row::as_select()).load(c))?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// A page of networks by name.
pub fn list(view: &mut View<'_>, filter: &NetworkFilter, request: &PageRequest) -> Result<Page<Network>> {
    let keys = |ids: &Vec<NetworkId>| ids.iter().copied().map(Key::from).collect::<Vec<_>>();
    let (known, among) = (filter.known.as_ref().map(keys), filter.among.as_ref().map(keys));
    let rows: Vec<Row> = each!(view.conn, |c| {
        let mut query = networks::table.select(Row::as_select()).into_boxed();
        if let Some(known) = &known {
            let open = networks::admission.ne(Admission::InvitationOnly.as_str());
            query = query.filter(open.or(networks::id.among(known)));
        }
        if let Some(among) = &among {
            query = query.filter(networks::id.among(among));
        }
        for word in fold(filter.search.as_deref().unwrap_or_default()).split_whitespace() {
            query = query.filter(networks::search_text.like(containing(word)).escape('\\'));
        }
        if let Some(kind) = filter.kind {
            query = query.filter(networks::kind.eq(kind.as_str()));
        }
        if let Some(level) = filter.scale_level {
            query = query.filter(networks::scale_level.eq(level.as_str()));
        }
        if let Some(region) = &filter.region {
            query = query.filter(networks::region_text.like(containing(&fenced(region))).escape('\\'));
        }
        if let Some(parent) = filter.parent {
            query = query.filter(networks::parent_id.eq(Key::from(parent)));
        }
        by_text!(query, request, networks::search_text, networks::id).load(c)
    })?;
    let items = rows.into_iter().map(TryInto::try_into).collect::<Result<Vec<Network>>>()?;
    Ok(request.page(items, |network| (fold(&network.details.name), network.id.into())))
}

/// The networks above this one, itself first.
pub fn ancestors(view: &mut View<'_>, id: NetworkId) -> Result<Vec<NetworkId>> {
    let mut chain = vec![id];
    let mut current = Key::from(id);
    while chain.len() < MAX_DEPTH {
        let parent: Option<Option<Key>> = each!(view.conn, |c| networks::table
            .filter(networks::id.eq(current))
            .select(networks::parent_id)
            .first(c)
            .optional())?;
        let Some(Some(parent)) = parent else { break };
        chain.push(parent.to());
        current = parent;
    }
    Ok(chain)
}

/// The networks directly below this one.
pub fn children(view: &mut View<'_>, id: NetworkId) -> Result<Vec<Network>> {
    let rows: Vec<Row> = each!(view.conn, |c| networks::table
        .filter(networks::parent_id.eq(Key::from(id)))
        .order(networks::id)
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The networks below this one, at any depth.
pub fn descendants(view: &mut View<'_>, id: NetworkId) -> Result<Vec<NetworkId>> {
    let mut all: Vec<Key> = Vec::new();
    let mut level = vec![Key::from(id)];
    for _ in 1..MAX_DEPTH {
        let below: Vec<Key> = each!(view.conn, |c| networks::table
            .filter(networks::parent_id.among(&level))
            .order(networks::id)
            .select(networks::id)
            .load(c))?;
        if below.is_empty() {
            break;
        }
        all.extend(&below);
        level = below;
    }
    Ok(all.into_iter().map(Key::to).collect())
}

/// How many members each of these networks has; one without members is left out.
pub fn member_counts(view: &mut View<'_>, ids: &[NetworkId]) -> Result<HashMap<NetworkId, MemberCounts>> {
    let keys: Vec<Key> = ids.iter().copied().map(Key::from).collect();
    let active = MembershipState::Active.as_str();
    let by_kind: Vec<(Key, String, i64)> = each!(view.conn, |c| memberships::table
        .inner_join(organisations::table.on(memberships::organisation_id.eq(organisations::id.nullable())))
        .filter(memberships::network_id.among(&keys))
        .filter(memberships::state.eq(active))
        .group_by((memberships::network_id, organisations::kind))
        .order((memberships::network_id, organisations::kind))
        .select((memberships::network_id, organisations::kind, diesel::dsl::count_star()))
        .load(c))?;
    let people: Vec<(Key, i64)> = each!(view.conn, |c| memberships::table
        .filter(memberships::person_id.is_not_null())
        .filter(memberships::network_id.among(&keys))
        .filter(memberships::state.eq(active))
        .group_by(memberships::network_id)
        .select((memberships::network_id, diesel::dsl::count_star()))
        .load(c))?;
    let mut counts: HashMap<NetworkId, MemberCounts> = HashMap::new();
    for (network, kind, count) in by_kind {
        let kind = Place::new("networks", network).value("kind of a member", &kind)?;
        counts.entry(network.to()).or_default().organisations.push((kind, count));
    }
    for (network, count) in people {
        counts.entry(network.to()).or_default().people = count;
    }
    Ok(counts)
}
