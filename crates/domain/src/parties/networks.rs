//! Networks: organisations, and sometimes people, that share klussen by rules of their own.

use super::codes::{PARENT_CIRCULAR, PARENT_MEMBERSHIP_MISSING};
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

/// The networks around one, as far as its rules must fit them.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// The networks above, the parent first.
    pub ancestors: Vec<NetworkId>,
    /// How one becomes a member of the parent, if there is one.
    pub parent_admission: Option<Admission>,
    /// How one becomes a member of the networks directly below.
    pub below: Vec<Admission>,
}

impl NetworkDetails {
    fn check(&self, surroundings: &Surroundings) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        // Else the open network would tell of the hidden one.
        let by_invitation = |admission: &Admission| *admission == Admission::InvitationOnly;
        faults.unless(
            by_invitation(&self.admission) || !surroundings.parent_admission.as_ref().is_some_and(by_invitation),
            "admission",
            "must be INVITATION_ONLY inside a network by invitation only",
        );
        faults.unless(
            !by_invitation(&self.admission) || surroundings.below.iter().all(by_invitation),
            "admission",
            "must not be INVITATION_ONLY while networks inside this one are not",
        );
        let twice = |(index, region): (usize, &String)| self.regions.iter().take(index).any(|one| one == region);
        faults.unless(!self.regions.iter().enumerate().any(twice), "regions", "must name each region at most once");
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
    pub fn found(
        id: NetworkId,
        details: NetworkDetails,
        surroundings: &Surroundings,
        now: Moment,
    ) -> Result<Self, Refusal> {
        details.check(surroundings)?;
        Ok(Self { id, revision: 1, details, created_at: now, modified_at: now })
    }

    /// Changes its rules. `strangers` is the number of members that do not belong to the new parent.
    pub fn revise(
        self,
        details: NetworkDetails,
        surroundings: &Surroundings,
        strangers: usize,
        now: Moment,
    ) -> Result<Self, Refusal> {
        details.check(surroundings)?;
        if surroundings.ancestors.contains(&self.id) {
            return Err(PARENT_CIRCULAR.refuse("parentId must not be the network itself or one below it."));
        }
        if strangers > 0 {
            let detail = format!("{strangers} members of the network are not members of the one named by parentId.");
            return Err(PARENT_MEMBERSHIP_MISSING.refuse(detail));
        }
        Ok(Self { details, modified_at: now, ..self })
    }

    /// Whether only its members may know of it.
    pub fn is_hidden(&self) -> bool {
        self.details.admission == Admission::InvitationOnly
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn details(admission: Admission) -> NetworkDetails {
        NetworkDetails {
            name: "Brabant".to_owned(),
            description: String::new(),
            kind: NetworkKind::Regional,
            scale_level: ScaleLevel::Provincial,
            admission,
            regions: vec!["Noord-Brabant".to_owned()],
            parent: None,
            pledge_minimum_people: 1,
            pledge_minimum_assignments: 1,
            internal_first_ceiling_working_days: 5,
            public_rate_ceiling_cents: None,
            review_required: false,
            programme_label: None,
        }
    }

    fn found(details: NetworkDetails, surroundings: &Surroundings) -> Result<Network, Refusal> {
        Network::found(Uuid::from_u128(1).into(), details, surroundings, "2027-03-01T09:00:00Z".parse().unwrap())
    }

    #[test]
    fn inside_a_hidden_network_every_network_is_hidden() {
        let inside = Surroundings { parent_admission: Some(Admission::InvitationOnly), ..Surroundings::default() };
        let around = Surroundings { below: vec![Admission::Open], ..Surroundings::default() };
        for (admission, fits_inside, fits_around) in [
            (Admission::Open, false, true),
            (Admission::ByOrganisation, false, true),
            (Admission::InvitationOnly, true, false),
        ] {
            assert_eq!(found(details(admission), &inside).is_ok(), fits_inside, "{admission}");
            assert_eq!(found(details(admission), &around).is_ok(), fits_around, "{admission}");
        }
    }

    #[test]
    fn a_network_keeps_klussen_inside_no_longer_than_the_platform_allows() {
        let long = NetworkDetails { internal_first_ceiling_working_days: 11, ..details(Admission::Open) };
        let refusal = found(long, &Surroundings::default()).unwrap_err();
        assert_eq!(refusal.faults[0].name, "internalFirstCeilingWorkingDays");
    }

    #[test]
    fn a_network_gets_a_parent_that_is_not_below_it_and_to_which_its_members_belong() {
        let network = found(details(Admission::Open), &Surroundings::default()).unwrap();
        let (id, now) = (network.id, network.created_at);
        let revise = |ancestors, strangers| {
            let surroundings = Surroundings { ancestors, ..Surroundings::default() };
            network.clone().revise(details(Admission::Open), &surroundings, strangers, now).map_err(|no| no.code.name)
        };
        let other = Uuid::from_u128(9).into();
        assert!(revise(vec![other], 0).is_ok());
        assert_eq!(revise(vec![other, id], 0), Err("parent_circular"));
        assert_eq!(revise(vec![other], 2), Err("parent_membership_missing"));
    }
}
