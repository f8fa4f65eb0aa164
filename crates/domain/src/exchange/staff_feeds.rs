//! How the staff of an organisation comes in: which door leads, how a file is read, and what is too much at once.

use super::codes::STAFF_SOURCE_DIFFERS;
use super::staff_mapping::StaffMapping;
use crate::{Moment, OrganisationId, Refusal, text_enum};

text_enum! {
    /// The door by which staff comes in
    StaffSource {
        Scim = "SCIM", "SCIM: the identity system tells each change", "SCIM: het identiteitssysteem meldt elke wijziging";
        File = "FILE", "Staff files: the HR system writes down everybody", "Personeelsbestanden: het HR-systeem levert iedereen aan";
    }
}

/// The settings of an organisation. Without any, nobody leads yet and the columns are those of the service.
#[derive(Debug, Clone, PartialEq)]
pub struct StaffFeed {
    /// Whose.
    pub organisation: OrganisationId,
    /// Counts the changes; 0 where nothing was ever set.
    pub revision: i64,
    /// The door that leads; the first one that is used, unless an administrator chooses.
    pub leading: Option<StaffSource>,
    /// The columns of its files, where they are not those of the service.
    pub mapping: Option<StaffMapping>,
    /// What is too much at once.
    pub limits: StaffLimits,
    /// When it was first set.
    pub created_at: Moment,
    /// When it last changed.
    pub modified_at: Moment,
}

/// What a file may do without somebody looking at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct StaffLimits {
    /// So many of a hundred employees may go; or `deactivated_people`, whichever is more.
    pub deactivated_percent: i64,
    /// So many may always go.
    pub deactivated_people: i64,
    /// So many of a hundred may come; or `created_people`, whichever is more.
    pub created_percent: i64,
    /// So many may always come.
    pub created_people: i64,
    /// A file has at least so many of a hundred rows of the last one that was applied.
    pub rows_percent: i64,
}

impl Default for StaffLimits {
    fn default() -> Self {
        Self {
            deactivated_percent: 5,
            deactivated_people: 10,
            created_percent: 25,
            created_people: 10,
            rows_percent: 50,
        }
    }
}

impl StaffLimits {
    /// How many of these employees may go.
    pub fn deactivations(&self, employees: i64) -> i64 {
        (employees * self.deactivated_percent / 100).max(self.deactivated_people)
    }

    /// How many may come to these employees.
    pub fn creations(&self, employees: i64) -> i64 {
        (employees * self.created_percent / 100).max(self.created_people)
    }

    /// How many rows a file has at least after one of so many.
    pub fn rows(&self, before: i64) -> i64 {
        (before * self.rows_percent + 99) / 100
    }
}

impl StaffFeed {
    /// Where nothing was ever set.
    pub fn unset(organisation: OrganisationId, now: Moment) -> Self {
        Self {
            organisation,
            revision: 0,
            leading: None,
            mapping: None,
            limits: StaffLimits::default(),
            created_at: now,
            modified_at: now,
        }
    }

    /// Other settings.
    pub fn revise(
        self,
        leading: Option<StaffSource>,
        mapping: Option<StaffMapping>,
        limits: StaffLimits,
        now: Moment,
    ) -> Result<Self, Refusal> {
        let mapping = mapping.map(StaffMapping::check).transpose()?;
        Ok(Self { leading, mapping, limits, modified_at: now, ..self })
    }

    /// Lets staff come in by this door: refused where the other one leads. The first door that is used leads; whether
    /// that changes the settings is told.
    pub fn enter(self, source: StaffSource, now: Moment) -> Result<(Self, bool), Refusal> {
        match self.leading {
            Some(leading) if leading == source => Ok((self, false)),
            None => Ok((Self { leading: Some(source), modified_at: now, ..self }, true)),
            Some(leading) => Err(STAFF_SOURCE_DIFFERS.refuse(format!(
                "The staff of this organisation comes by {leading}; an administrator can set leadingSource of its staff-feed to {source}."
            ))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_may_always_come_and_go_and_of_many_a_part() {
        let limits = StaffLimits::default();
        assert_eq!([0, 100, 200, 201, 1000].map(|employees| limits.deactivations(employees)), [10, 10, 10, 10, 50]);
        assert_eq!([0, 40, 100, 1000].map(|employees| limits.creations(employees)), [10, 10, 25, 250]);
        assert_eq!([0, 1, 2, 3, 1000].map(|rows| limits.rows(rows)), [0, 1, 1, 2, 500]);
    }

    #[test]
    fn the_first_door_leads_until_somebody_decides_otherwise() {
        let now = "2027-03-01T09:00:00Z".parse().unwrap();
        let feed = StaffFeed::unset(uuid::Uuid::from_u128(1).into(), now);
        let (feed, changed) = feed.enter(StaffSource::File, now).unwrap();
        assert!(changed && feed.leading == Some(StaffSource::File));
        assert_eq!(feed.clone().enter(StaffSource::Scim, now).unwrap_err().code.name, "staff_source_differs");
        let (feed, changed) = feed.enter(StaffSource::File, now).unwrap();
        assert!(!changed);
        let feed = feed.revise(Some(StaffSource::Scim), None, StaffLimits::default(), now).unwrap();
        assert!(feed.enter(StaffSource::Scim, now).is_ok());
    }
}
