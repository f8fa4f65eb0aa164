//! Who looks for klussen in the demonstration: an employee who saved a search, and the chat of an organisation.

use domain::exchange::channels::{Channel, ChannelAddress, ChannelDetails, ChannelFrequency, ChannelKind};
use domain::exchange::saved_searches::{AlertFrequency, SavedSearch, SavedSearchDetails};
use domain::market::criteria::AssignmentCriteria;
use domain::parties::persons::PersonLanguage;
use persistence::Work;
use persistence::exchange::{channels, saved_searches};

use super::fill::{Filled, known};
use crate::problem::Problem;

/// Nothing is posted to it before somebody tests it, and `.example` leads nowhere.
const ADDRESS: &str = "https://chat.oss.example/hooks/voorbeeld";

pub(super) fn fill_looking(work: &mut Work<'_>, filled: &Filled) -> Result<(), Problem> {
    let (lieke, oss) = (known(&filled.people, "lieke-de-wit")?, known(&filled.organisations, "gm0828")?);
    let criteria =
        AssignmentCriteria { search: Some("begrijpelijke taal".to_owned()), ..AssignmentCriteria::default() };
    let name = "Schrijven in gewone taal".to_owned();
    let details = SavedSearchDetails { name, criteria, frequency: AlertFrequency::Daily };
    saved_searches::insert(work, SavedSearch::save(work.id(), lieke, details, 0, work.now())?)?;
    let details = ChannelDetails {
        kind: ChannelKind::Mattermost,
        name: "Klussen buiten Oss".to_owned(),
        address: ChannelAddress::new(ADDRESS.to_owned()),
        criteria: AssignmentCriteria::default(),
        frequency: ChannelFrequency::Weekly,
        language: PersonLanguage::Dutch,
        paused: false,
    };
    channels::insert(work, Channel::make(work.id(), oss, details, 0, work.now())?)?;
    Ok(())
}
