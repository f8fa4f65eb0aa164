//! Feeds of klussen at an address that only its owner knows, for readers that cannot sign in.

use super::codes::FEEDS_FULL;
use crate::market::criteria::AssignmentCriteria;
use crate::{Faults, FeedId, Moment, OrganisationId, PersonId, Refusal, text_enum};

/// How many feeds somebody, or an organisation, has at most.
pub const AT_MOST: usize = 20;

text_enum! {
    /// Whose eyes a feed looks with (soort feed)
    FeedKind {
        Personal = "PERSONAL", "What its owner may see", "Wat de eigenaar mag zien";
        Organisation = "ORGANISATION", "What every employee of the organisation may see", "Wat elke medewerker van de organisatie mag zien";
    }
}

/// A feed; its address holds a secret that is kept nowhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Feed {
    /// Identifies it.
    pub id: FeedId,
    /// Who made it; a personal feed looks with their eyes.
    pub owner: PersonId,
    /// With whose employees' eyes it looks; none for a personal feed.
    pub organisation: Option<OrganisationId>,
    /// What it is called.
    pub name: String,
    /// Which klussen it tells of.
    pub criteria: AssignmentCriteria,
    /// When it was made.
    pub created_at: Moment,
}

impl Feed {
    /// Makes a feed; `others` is how many its owner, or the organisation, has already.
    pub fn make(
        id: FeedId,
        (owner, organisation): (PersonId, Option<OrganisationId>),
        (name, criteria): (String, AssignmentCriteria),
        others: usize,
        now: Moment,
    ) -> Result<Self, Refusal> {
        let mut faults = Faults::default();
        faults.unless(!name.trim().is_empty(), "name", "must not be blank");
        criteria.check("criteria.", &mut faults);
        faults.finish()?;
        if others >= AT_MOST {
            return Err(FEEDS_FULL.refuse(format!("There are {AT_MOST} feeds: take one back first.")));
        }
        Ok(Self { id, owner, organisation, name: name.trim().to_owned(), criteria, created_at: now })
    }

    /// Whose eyes it looks with.
    pub fn kind(&self) -> FeedKind {
        if self.organisation.is_some() { FeedKind::Organisation } else { FeedKind::Personal }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn twenty_feeds_are_enough() {
        let make = |name: &str, others| {
            let owner = (Uuid::from_u128(2).into(), None);
            let what = (name.to_owned(), AssignmentCriteria::default());
            Feed::make(Uuid::from_u128(1).into(), owner, what, others, Moment::UNIX_EPOCH)
        };
        assert_eq!(make(" Intranet ", AT_MOST - 1).unwrap().name, "Intranet");
        assert_eq!(make("Intranet", AT_MOST).unwrap_err().code, &FEEDS_FULL);
        assert!(make("  ", 0).is_err());
    }
}
