//! Klussen and networks: to which a klus can open, and what an organisation did for one.

use std::collections::HashMap;

use diesel::dsl::{count_star, exists};
use diesel::prelude::*;
use domain::market::assignments::AssignmentState;
use domain::market::publication_rings::Ring;
use domain::parties::memberships::MembershipState;
use domain::{NetworkId, OrganisationId, TextEnum};

use crate::among::AmongMethods as _;
use crate::columns::{At, Key};
use crate::schema::market::{assignment_ring_networks, assignment_rings, assignments};
use crate::schema::parties::{memberships, networks};
use crate::{Result, View};

/// How many klussen each of these organisations ever opened to a network, by naming it or in a wider ring. What was
/// cancelled does not count; organisations without any are left out.
pub fn count_published(
    view: &mut View<'_>,
    network: NetworkId,
    organisations: &[OrganisationId],
) -> Result<HashMap<OrganisationId, u32>> {
    let keys: Vec<Key> = organisations.iter().copied().map(Key::from).collect();
    let wider: Vec<&str> = Ring::ALL.iter().filter(|ring| **ring > Ring::Network).map(|ring| ring.as_str()).collect();
    let (now, key) = (At(view.now()), Key::from(network));
    let rows: Vec<(Key, i64)> = each!(view.conn, |c| {
        let named = assignment_ring_networks::table
            .filter(assignment_ring_networks::assignment_id.eq(assignment_rings::assignment_id))
            .filter(assignment_ring_networks::ring.eq(assignment_rings::ring))
            .filter(assignment_ring_networks::network_id.eq(key));
        let opened = assignment_rings::table
            .filter(assignment_rings::assignment_id.eq(assignments::id))
            .filter(assignment_rings::opens_at.le(now))
            .filter(assignment_rings::ring.among(&wider).or(exists(named)));
        assignments::table
            .filter(assignments::organisation_id.among(&keys))
            .filter(assignments::published_at.is_not_null())
            .filter(assignments::state.ne(AssignmentState::Cancelled.as_str()))
            .filter(exists(opened))
            .group_by(assignments::organisation_id)
            .select((assignments::organisation_id, count_star()))
            .load(c)
    })?;
    Ok(rows
        .into_iter()
        .map(|(organisation, count)| (organisation.to(), u32::try_from(count).unwrap_or(u32::MAX)))
        .collect())
}

/// The networks whose members the ring FEDERATION holds: all of them.
pub fn connected_networks(view: &mut View<'_>) -> Result<Vec<NetworkId>> {
    let ids: Vec<Key> = each!(view.conn, |c| networks::table.order(networks::id).select(networks::id).load(c))?;
    Ok(ids.into_iter().map(Key::to).collect())
}

/// The networks of which one of these organisations is a member: those that its klussen can name.
pub fn networks_of(view: &mut View<'_>, organisations: &[OrganisationId]) -> Result<Vec<NetworkId>> {
    let keys: Vec<Key> = organisations.iter().copied().map(Key::from).collect();
    let ids: Vec<Key> = each!(view.conn, |c| memberships::table
        .filter(memberships::organisation_id.among(&keys))
        .filter(memberships::state.eq(MembershipState::Active.as_str()))
        .order(memberships::network_id)
        .select(memberships::network_id)
        .distinct()
        .load(c))?;
    Ok(ids.into_iter().map(Key::to).collect())
}
