//! Networks: organisations, and sometimes people, that share klussen by rules of their own.

use super::mobility_policies::INTERNAL_FIRST_HARD_CEILING;
use crate::{Faults, Moment, NetworkId, Refusal, text_enum};

text_enum! {
    /// What holds a network together
    NetworkKind {
        Regional = "REGIONAL", "Regional", "Regionaal";
        Functional = "FUNCTIONAL", "Functional", "Functioneel";
        National = "NATIONAL", "National", "Landelijk";
    }
}

text_enum! {
    /// The scale on which a network or a klus works (schaalniveau)
    ScaleLevel {
        Local = "LOCAL", "Local", "Lokaal";
        Regional = "REGIONAL", "Regional", "Regionaal";
        Provincial = "PROVINCIAL", "Provincial", "Provinciaal";
        National = "NATIONAL", "National", "Landelijk";
    }
}

text_enum! {
    /// How one becomes a member (toelating)
    Admission {
        Open = "OPEN", "Open: joining is enough", "Open: aanmelden is genoeg";
        ByOrganisation = "BY_ORGANISATION", "By organisation: the coordinator admits", "Per organisatie: de kartrekker laat toe";
        InvitationOnly = "INVITATION_ONLY", "By invitation only", "Alleen op uitnodiging";
    }
}

/// A network (netwerk), perhaps inside another one.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    /// Identifies it.
    pub id: NetworkId,
    /// Counts its changes.
    pub revision: i64,
    /// Its own rules.
    pub details: NetworkDetails,
    /// When it was founded here.
    pub created_at: Moment,
    /// When it last changed.
    pub modified_at: Moment,
}

/// The rules of a network.
#[derive(Debug, Clone, PartialEq)]
pub struct NetworkDetails {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// What holds it together.
    pub kind: NetworkKind,
    /// The scale on which it works.
    pub scale_level: ScaleLevel,
    /// How one becomes a member.
    pub admission: Admission,
    /// The regions it spans, by name.
    pub regions: Vec<String>,
    /// The network it is a part of.
    pub parent: Option<NetworkId>,
    /// People each member promises to make available.
    pub pledge_minimum_people: u32,
    /// Klussen each member promises to publish.
    pub pledge_minimum_assignments: u32,
    /// At most this many working days may a klus stay inside the organisation first.
    pub internal_first_ceiling_working_days: u32,
    /// At most this much an hour for a public rate, in euro cents.
    pub public_rate_ceiling_cents: Option<i64>,
    /// Whether klussen are reviewed before they are published here.
    pub review_required: bool,
    /// The programme or pilot it belongs to.
    pub programme_label: Option<String>,
}

impl NetworkDetails {
    fn check(&self) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        faults.unless(
            self.internal_first_ceiling_working_days <= INTERNAL_FIRST_HARD_CEILING,
            "internalFirstCeilingWorkingDays",
            "must be at most 10 working days, the ceiling of the platform",
        );
        faults.finish()
    }
}

impl Network {
    /// Founds a network.
    pub fn found(id: NetworkId, details: NetworkDetails, now: Moment) -> Result<Self, Refusal> {
        details.check()?;
        Ok(Self { id, revision: 1, details, created_at: now, modified_at: now })
    }

    /// Changes its rules. `ancestors` are the networks above the new parent, itself included.
    pub fn revise(self, details: NetworkDetails, ancestors: &[NetworkId], now: Moment) -> Result<Self, Refusal> {
        details.check()?;
        if ancestors.contains(&self.id) {
            return Err(Refusal::invalid("parentId", "must not be the network itself or one below it"));
        }
        Ok(Self { details, modified_at: now, ..self })
    }
}
