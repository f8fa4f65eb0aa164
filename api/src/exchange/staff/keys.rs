//! The keys of staff members are unique within their organisation; what other organisations have never matters.

use std::collections::HashMap;

use domain::exchange::codes::STAFF_KEY_TAKEN;
use domain::exchange::staff::{StaffDetails, StaffKey, StaffMember};
use domain::{OrganisationId, Refusal, StaffMemberId};
use persistence::View;
use persistence::exchange::staff as kept;

use super::StaffChange;
use crate::problem::Problem;

/// The keys that are unique, as clients name them.
const UNIQUE: [(StaffKey, &str); 3] = [
    (StaffKey::EmployeeNumber, "employeeNumber"),
    (StaffKey::ExternalId, "externalId"),
    (StaffKey::UserName, "userName"),
];

/// Who holds which key.
#[derive(Default)]
struct Holders(HashMap<(&'static str, String), Option<StaffMemberId>>);

impl Holders {
    /// `numbered` are all who have an employee number that is told.
    fn load(
        view: &mut View<'_>,
        organisation: OrganisationId,
        details: &[&StaffDetails],
        numbered: &[StaffMember],
    ) -> Result<Self, Problem> {
        let mut holders = Self::default();
        for (key, name) in UNIQUE {
            let values: Vec<String> = details.iter().filter_map(|details| details.key(key)).collect();
            let found = match key {
                StaffKey::EmployeeNumber => Vec::new(),
                _ => kept::by_key(view, organisation, key, &values)?,
            };
            for member in if key == StaffKey::EmployeeNumber { numbered } else { &found } {
                holders.take(name, member.details.key(key), Some(member.id));
            }
        }
        Ok(holders)
    }

    fn take(&mut self, name: &'static str, value: Option<String>, by: Option<StaffMemberId>) {
        if let Some(value) = value {
            self.0.insert((name, value), by);
        }
    }

    fn release(&mut self, member: &StaffMember) {
        for (key, name) in UNIQUE {
            if let Some(value) = member.details.key(key) {
                self.0.remove(&(name, value));
            }
        }
    }

    /// Takes the keys for somebody, or refuses the first that somebody else has.
    fn claim(&mut self, details: &StaffDetails, by: Option<StaffMemberId>) -> Result<(), Refusal> {
        for (key, name) in UNIQUE {
            let Some(value) = details.key(key) else { continue };
            let taken = self.0.get(&(name, value.clone())).is_some_and(|holder| holder.is_none() || *holder != by);
            if taken {
                let detail = format!("Another staff member of this organisation has this {name}: choose another.");
                return Err(STAFF_KEY_TAKEN.refuse(detail).naming(name, "must be unique within the organisation"));
            }
            self.take(name, Some(value), by);
        }
        Ok(())
    }
}

/// Refuses changes after which two staff members would have one key. Who goes first makes room for who comes after.
pub(super) fn check_all(
    view: &mut View<'_>,
    organisation: OrganisationId,
    changes: &[StaffChange],
    numbered: &[StaffMember],
) -> Result<(), Problem> {
    let told: Vec<&StaffDetails> = changes.iter().filter_map(StaffChange::details).collect();
    let mut holders = Holders::load(view, organisation, &told, numbered)?;
    for change in changes {
        if let StaffChange::Remove(member) = change {
            holders.release(member);
        }
    }
    for change in changes {
        if let StaffChange::Update(member, details) = change {
            holders.release(member);
            holders.claim(details, Some(member.id))?;
        }
    }
    for change in changes {
        if let Some((_, details)) = change.new_details() {
            holders.claim(details, None)?;
        }
    }
    Ok(())
}
