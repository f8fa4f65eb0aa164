//! Publication rings: for whom a klus is open, and from when.

mod planning;
#[cfg(test)]
mod tests;

pub use planning::{
    NetworkRules, PublicationRequest, PublicationRules, Reviewers, RingRequest, Running, WORKING_DAYS_TO_ANSWER,
};

use crate::{Moment, NetworkId, OrganisationId, PersonId, UnitId, text_enum};

text_enum! {
    /// For whom a klus is open (publicatiering), from narrow to wide; a wider ring holds everybody in the narrower ones
    Ring {
        Unit = "UNIT", "The unit", "De afdeling";
        Organisation = "ORGANISATION", "The organisation and its concern", "De organisatie en haar concern";
        Network = "NETWORK", "The networks named", "De genoemde netwerken";
        Federation = "FEDERATION", "All connected networks", "Alle verbonden netwerken";
        AllGovernment = "ALL_GOVERNMENT", "The whole of government", "De hele overheid";
        Public = "PUBLIC", "Everybody", "Iedereen";
    }
}

text_enum! {
    /// Where a klus appears (plaatsingskanaal): it follows from the ring
    PublicationChannel {
        Internal = "INTERNAL", "Only for people in public service", "Alleen voor ambtenaren";
        External = "EXTERNAL", "For everybody", "Voor iedereen";
    }
}

impl Ring {
    /// The channel of this ring.
    pub fn channel(self) -> PublicationChannel {
        if self == Self::Public { PublicationChannel::External } else { PublicationChannel::Internal }
    }

    fn admits(self, networks: &[NetworkId], origin: Origin, viewer: &Reach) -> bool {
        match self {
            Self::Unit => origin.unit.is_some_and(|unit| viewer.units.contains(&unit)),
            Self::Organisation => {
                viewer.organisations.contains(&origin.organisation) || Self::Unit.admits(networks, origin, viewer)
            }
            Self::Network => {
                viewer.networks.iter().any(|network| networks.contains(network))
                    || Self::Organisation.admits(networks, origin, viewer)
            }
            Self::Federation => {
                viewer.federated || !viewer.networks.is_empty() || Self::Organisation.admits(networks, origin, viewer)
            }
            Self::AllGovernment => viewer.civil_servant || Self::Federation.admits(networks, origin, viewer),
            Self::Public => true,
        }
    }
}

/// Where somebody stands, seen from the rings; the default is a stranger.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    /// The organisations they work for, with those above and below in the same concern.
    pub organisations: Vec<OrganisationId>,
    /// The units they work in, with those above.
    pub units: Vec<UnitId>,
    /// The networks they belong to, by their organisation or in person.
    pub networks: Vec<NetworkId>,
    /// Whether a sharing agreement with another instance brings them here.
    pub federated: bool,
    /// Whether they work for a public organisation.
    pub civil_servant: bool,
}

/// Where a klus comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// The organisation that has the work.
    pub organisation: OrganisationId,
    /// The unit that has the work.
    pub unit: Option<UnitId>,
}

/// A ring in a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedRing {
    /// The ring.
    pub ring: Ring,
    /// From when people in it may respond.
    pub opens_at: Moment,
    /// Until when, if a wider ring takes over before the deadline.
    pub closes_at: Option<Moment>,
    /// The networks of the ring NETWORK; empty for every other ring.
    pub networks: Vec<NetworkId>,
    /// Why it opens later than the klus was published.
    pub reason: Option<String>,
    /// Who planned it so.
    pub set_by: PersonId,
}

impl PlannedRing {
    /// Whether it is open at this moment.
    pub fn is_open(&self, now: Moment) -> bool {
        self.opens_at <= now && self.closes_at.is_none_or(|closes_at| now < closes_at)
    }
}

/// The rings of one klus (publicatieplan), from narrow to wide; time only makes it wider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicationPlan {
    /// The rings, each wider than the one before it and opening no earlier.
    pub rings: Vec<PlannedRing>,
}

impl PublicationPlan {
    /// The widest ring that is open at this moment.
    pub fn open_ring(&self, now: Moment) -> Option<Ring> {
        self.rings.iter().rev().find(|planned| planned.is_open(now)).map(|planned| planned.ring)
    }

    /// The widest ring there is in the plan.
    pub fn widest(&self) -> Option<&PlannedRing> {
        self.rings.last()
    }

    /// Whether somebody stands in a ring that is open at this moment.
    pub fn is_inside(&self, origin: Origin, viewer: &Reach, now: Moment) -> bool {
        self.rings.iter().any(|planned| planned.is_open(now) && planned.ring.admits(&planned.networks, origin, viewer))
    }

    /// The rings that opened after the first moment, up to and including the second: what the clock has to tell.
    pub fn opened_between(&self, after: Moment, until: Moment) -> impl Iterator<Item = &PlannedRing> {
        self.rings.iter().filter(move |planned| after < planned.opens_at && planned.opens_at <= until)
    }

    /// The next moment at which a ring opens.
    pub fn next_opening(&self, now: Moment) -> Option<Moment> {
        self.rings.iter().map(|planned| planned.opens_at).filter(|opens_at| now < *opens_at).min()
    }

    /// The channels of all planned rings, the internal one first.
    pub fn channels(&self) -> Vec<PublicationChannel> {
        let mut channels: Vec<_> = self.rings.iter().map(|planned| planned.ring.channel()).collect();
        channels.dedup();
        channels
    }

    /// All networks that the plan names.
    pub fn networks(&self) -> impl Iterator<Item = NetworkId> {
        self.rings.iter().flat_map(|planned| planned.networks.iter().copied())
    }
}
