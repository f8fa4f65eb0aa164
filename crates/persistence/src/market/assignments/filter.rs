//! Which assignments are asked for.

use chrono::NaiveDate;
use domain::market::assignments::{AssignmentKind, AssignmentSort, AssignmentState, RemoteMode};
use domain::market::criteria::AssignmentCriteria;
use domain::parties::mobility_policies::ChargeBasis;
use domain::parties::networks::ScaleLevel;
use domain::parties::organisations::GovernmentLayer;
use domain::search::{self, AskedWord};
use domain::vocabulary::EducationLevel;
use domain::{NetworkId, OrganisationId, PersonId, SkillId};

/// Which assignments are asked for; what is absent does not narrow.
#[derive(Debug, Clone, Default)]
pub struct AssignmentFilter {
    /// The organisation that has the work.
    pub organisation: Option<OrganisationId>,
    /// A network that a ring names.
    pub network: Option<NetworkId>,
    /// The region by name; case and diacritics do not matter.
    pub region: Option<String>,
    /// The layer of government of the organisation.
    pub layer: Option<GovernmentLayer>,
    /// The scale.
    pub scale_level: Option<ScaleLevel>,
    /// The kind.
    pub kind: Option<AssignmentKind>,
    /// A skill that is required or preferred.
    pub skill: Option<SkillId>,
    /// An education level that it suits; it suits every level where it names none.
    pub education_level: Option<EducationLevel>,
    /// At least so many minutes a week, on average.
    pub minimum_minutes_per_week: Option<i64>,
    /// At most so many minutes a week, on average.
    pub maximum_minutes_per_week: Option<i64>,
    /// Beginning on this day or later.
    pub starts_from: Option<NaiveDate>,
    /// Ending on this day or earlier.
    pub ends_before: Option<NaiveDate>,
    /// What the host pays.
    pub charge_basis: Option<ChargeBasis>,
    /// Where the work is done.
    pub remote: Option<RemoteMode>,
    /// The programme; case and diacritics do not matter.
    pub programme_label: Option<String>,
    /// The state at the moment of reading. Other states than OPEN are listed only to who looks after the klus.
    pub state: Option<AssignmentState>,
    /// Of which this person is owner or co-owner, in any state unless one is asked for.
    pub owned_by: Option<PersonId>,
    /// Words that title, description, result or skills hold, all of them.
    pub search: Option<String>,
    /// Whether only what holds all words as they are asked is found. Otherwise words that nothing holds are taken for what
    /// is spelled nearly alike, and where nothing holds all of them, what holds some is found.
    pub exactly: bool,
    /// In which order they stand; the best found first where words are searched, else the newest, unless it is given.
    pub sort: Option<AssignmentSort>,
}

impl From<&AssignmentCriteria> for AssignmentFilter {
    fn from(criteria: &AssignmentCriteria) -> Self {
        let AssignmentCriteria {
            organisation,
            network,
            region,
            layer,
            scale_level,
            kind,
            skill,
            education_level,
            minimum_minutes_per_week,
            maximum_minutes_per_week,
            starts_from,
            ends_before,
            charge_basis,
            remote,
            programme_label,
            search,
        } = criteria.clone();
        Self {
            organisation,
            network,
            region,
            layer,
            scale_level,
            kind,
            skill,
            education_level,
            minimum_minutes_per_week,
            maximum_minutes_per_week,
            starts_from,
            ends_before,
            charge_basis,
            remote,
            programme_label,
            state: None,
            owned_by: None,
            search,
            exactly: true,
            sort: Some(AssignmentSort::Newest),
        }
    }
}

impl AssignmentFilter {
    /// The words that are searched.
    pub(super) fn asked(&self) -> Vec<AskedWord> {
        search::asked(self.search.as_deref().unwrap_or_default())
    }

    /// Whether only klussen are meant that are open at the moment of reading.
    pub(super) fn is_of_open_ones(&self) -> bool {
        match self.state {
            Some(state) => state == AssignmentState::Open,
            None => self.owned_by.is_none(),
        }
    }
}
