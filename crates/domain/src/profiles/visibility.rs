//! To whom a profile is shown: the owner decides, and it takes effect at once.

use chrono::TimeDelta;

use crate::{Faults, Moment, NetworkId, OrganisationId, PersonId, Refusal, text_enum};

/// A pause lasts at most this many days: two years.
const LONGEST_PAUSE_DAYS: i64 = 731;

text_enum! {
    /// To whom a profile is shown (zichtbaarheid), from narrow to wide; each level holds the ones before it
    VisibilityLevel {
        V0 = "V0", "Only me", "Alleen ik";
        V1 = "V1", "And the adviser I chose", "En mijn adviseur";
        V2 = "V2", "And the owner of a klus I responded to", "En de eigenaar van een klus waarop ik reageerde";
        V3 = "V3", "And clients in my networks, without my name", "En opdrachtgevers in mijn netwerken, zonder mijn naam";
        V4 = "V4", "And clients in the whole of government, without my name", "En opdrachtgevers in de hele overheid, zonder mijn naam";
        V5 = "V5", "And everybody: a public card", "En iedereen: een openbaar visitekaartje";
    }
}

/// To whom a profile is shown (zichtbaarheid).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visibility {
    /// How wide.
    pub level: VisibilityLevel,
    /// The networks of level V3, and of no other level.
    pub networks: Vec<NetworkId>,
    /// The adviser or coach of level V1 and wider.
    pub adviser: Option<PersonId>,
    /// For whom it does not exist at V3 and V4.
    pub hidden_from: Vec<OrganisationId>,
    /// As V0 for everybody else until this moment.
    pub paused_until: Option<Moment>,
    /// Whether the name stands on the public card of V5.
    pub name_on_public_card: bool,
}

impl Default for Visibility {
    fn default() -> Self {
        Self {
            level: VisibilityLevel::V2,
            networks: Vec::new(),
            adviser: None,
            hidden_from: Vec::new(),
            paused_until: None,
            name_on_public_card: false,
        }
    }
}

impl Visibility {
    /// What the owner asks for, if it can be kept. `belongs_to` are the owner's networks, `known` the organisations
    /// that exist among those to hide from. A pause that is over is no pause.
    pub fn choose(
        self,
        belongs_to: &[NetworkId],
        known: &[OrganisationId],
        may_advise: bool,
        now: Moment,
    ) -> Result<Self, Refusal> {
        let mut faults = Faults::default();
        self.check_networks(belongs_to, &mut faults);
        self.check_hidden(known, &mut faults);
        faults.unless(
            self.adviser.is_none() || may_advise,
            "adviserId",
            "must be the id of somebody who has the role MOBILITY_ADVISER",
        );
        let latest = now + TimeDelta::days(LONGEST_PAUSE_DAYS);
        faults.unless(
            self.paused_until.is_none_or(|until| until <= latest),
            "pausedUntil",
            "must be at most two years from now; for longer choose V0",
        );
        faults.finish()?;
        let paused_until = self.paused_until.filter(|until| now < *until);
        Ok(Self { paused_until, ..self })
    }

    fn check_networks(&self, belongs_to: &[NetworkId], faults: &mut Faults) {
        if self.level == VisibilityLevel::V3 {
            faults.unless(!self.networks.is_empty(), "networkIds", "must name at least one network at V3");
        } else {
            faults.unless(self.networks.is_empty(), "networkIds", "must be empty unless level is V3");
            return;
        }
        for (index, network) in self.networks.iter().enumerate() {
            let name = format!("networkIds.{index}");
            faults.unless(belongs_to.contains(network), &name, "must be a network that you belong to");
            faults.unless(!self.networks.iter().take(index).any(|one| one == network), &name, "must be named once");
        }
    }

    fn check_hidden(&self, known: &[OrganisationId], faults: &mut Faults) {
        faults.unless(
            self.level != VisibilityLevel::V5 || self.hidden_from.is_empty(),
            "hiddenFromOrganisationIds",
            "must be empty at V5: what everybody may read without signing in cannot be hidden from one organisation",
        );
        for (index, organisation) in self.hidden_from.iter().enumerate() {
            let name = format!("hiddenFromOrganisationIds.{index}");
            faults.unless(known.contains(organisation), &name, "must be the id of an organisation");
            let twice = self.hidden_from.iter().take(index).any(|one| one == organisation);
            faults.unless(!twice, &name, "must be named once");
        }
    }

    /// Whether nobody else sees it at this moment, whatever the level.
    pub fn is_paused(&self, now: Moment) -> bool {
        self.paused_until.is_some_and(|until| now < until)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::TextEnum;

    fn now() -> Moment {
        "2027-03-01T09:00:00Z".parse().unwrap()
    }

    fn at(level: VisibilityLevel) -> Visibility {
        let networks = if level == VisibilityLevel::V3 { vec![Uuid::from_u128(1).into()] } else { Vec::new() };
        Visibility { level, networks, ..Visibility::default() }
    }

    fn faults_of(visibility: Visibility) -> Vec<String> {
        let (belongs_to, known) = ([Uuid::from_u128(1).into()], [Uuid::from_u128(2).into()]);
        let outcome = visibility.choose(&belongs_to, &known, false, now());
        outcome.err().map(|refusal| refusal.faults).unwrap_or_default().into_iter().map(|fault| fault.name).collect()
    }

    #[test]
    fn every_level_can_be_chosen() {
        for level in VisibilityLevel::ALL {
            assert!(faults_of(at(*level)).is_empty(), "{level}");
        }
    }

    #[test]
    fn networks_belong_to_v3_and_to_the_owner() {
        assert_eq!(faults_of(Visibility { networks: Vec::new(), ..at(VisibilityLevel::V3) }), ["networkIds"]);
        let own: NetworkId = Uuid::from_u128(1).into();
        assert_eq!(faults_of(Visibility { networks: vec![own], ..at(VisibilityLevel::V4) }), ["networkIds"]);
        let foreign = Uuid::from_u128(9).into();
        let chosen = Visibility { networks: vec![own, foreign, own], ..at(VisibilityLevel::V3) };
        assert_eq!(faults_of(chosen), ["networkIds.1", "networkIds.2"]);
    }

    #[test]
    fn what_is_public_cannot_be_hidden_from_one_organisation() {
        let known: OrganisationId = Uuid::from_u128(2).into();
        let hidden = |level| Visibility { hidden_from: vec![known], ..at(level) };
        assert!(faults_of(hidden(VisibilityLevel::V4)).is_empty());
        assert_eq!(faults_of(hidden(VisibilityLevel::V5)), ["hiddenFromOrganisationIds"]);
        let foreign =
            Visibility { hidden_from: vec![known, Uuid::from_u128(9).into(), known], ..at(VisibilityLevel::V4) };
        assert_eq!(faults_of(foreign), ["hiddenFromOrganisationIds.1", "hiddenFromOrganisationIds.2"]);
    }

    #[test]
    fn an_adviser_has_the_role_and_a_pause_ends() {
        let adviser = Visibility { adviser: Some(Uuid::from_u128(3).into()), ..at(VisibilityLevel::V1) };
        assert_eq!(faults_of(adviser.clone()), ["adviserId"]);
        assert!(adviser.choose(&[], &[], true, now()).is_ok());
        let paused = |days| Visibility { paused_until: Some(now() + TimeDelta::days(days)), ..Visibility::default() };
        assert_eq!(faults_of(paused(732)), ["pausedUntil"]);
        let chosen = |days| paused(days).choose(&[], &[], false, now()).unwrap();
        assert!(chosen(1).is_paused(now()) && !chosen(1).is_paused(now() + TimeDelta::days(1)));
        assert_eq!(chosen(0).paused_until, None, "a pause that is over is no pause");
        assert_eq!(chosen(-3).paused_until, None);
    }
}
