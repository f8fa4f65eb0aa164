//! Where resources of a type are: looked up by an index, or walked along a bounded number at a time.

use domain::exchange::staff::{StaffKey, StaffMember};
use domain::parties::units::Unit;
use domain::{StaffMemberId, UnitId, fold};
use interchange::scim::{GROUP, Needle, Resource, ResourceType, USER};
use persistence::View;
use persistence::exchange::{scim as kept, staff};
use persistence::parties::units;
use uuid::Uuid;

use super::failure::Outcome;
use super::feed::Scope;
use super::{group_store, user_store};

/// Resources of one type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shelf {
    /// Staff members.
    Users,
    /// Units.
    Groups,
}

/// A resource and its id.
pub(super) type Found = (Uuid, Resource);

impl Shelf {
    /// The type of what is on it.
    pub(super) fn kind(self) -> &'static ResourceType {
        match self {
            Self::Users => &USER,
            Self::Groups => &GROUP,
        }
    }

    /// How many are on it.
    pub(super) fn count(self, view: &mut View<'_>, scope: &Scope) -> Outcome<usize> {
        let count = match self {
            Self::Users => staff::count(view, scope.organisation)?,
            Self::Groups => kept::count_units(view, scope.organisation)?,
        };
        Ok(usize::try_from(count).unwrap_or_default())
    }

    /// Those after this one, in the order of their ids.
    pub(super) fn after(
        self,
        view: &mut View<'_>,
        scope: &Scope,
        after: Option<Uuid>,
        limit: usize,
    ) -> Outcome<Vec<Found>> {
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        match self {
            Self::Users => {
                let members = staff::of_organisation(view, scope.organisation, after.map(Into::into), limit)?;
                users(view, scope, members)
            }
            Self::Groups => {
                let units = kept::units_after(view, scope.organisation, after.map(Into::into), i64::from(limit))?;
                groups(view, scope, units)
            }
        }
    }

    /// Those from this one on, counted from 0, in the order of their ids.
    pub(super) fn from(self, view: &mut View<'_>, scope: &Scope, skip: usize, limit: usize) -> Outcome<Vec<Found>> {
        let [skip, limit] = [skip, limit].map(|number| i64::try_from(number).unwrap_or(i64::MAX));
        match self {
            Self::Users => {
                let ids = kept::staff_ids(view, scope.organisation, skip, limit)?;
                let members = staff::by_ids(view, scope.organisation, &ids)?;
                users(view, scope, members)
            }
            Self::Groups => {
                let units = kept::units_from(view, scope.organisation, skip, limit)?;
                groups(view, scope, units)
            }
        }
    }

    /// Those with these ids, in the order of their ids.
    pub(super) fn these(self, view: &mut View<'_>, scope: &Scope, ids: &[Uuid]) -> Outcome<Vec<Found>> {
        match self {
            Self::Users => {
                let ids: Vec<StaffMemberId> = ids.iter().copied().map(Into::into).collect();
                let members = staff::by_ids(view, scope.organisation, &ids)?;
                users(view, scope, members)
            }
            Self::Groups => {
                let ids: Vec<UnitId> = ids.iter().copied().map(Into::into).collect();
                let mut found = units::find_many(view, &ids)?;
                found.retain(|unit| unit.organisation == scope.organisation);
                found.sort_by_key(|unit| unit.id);
                groups(view, scope, found)
            }
        }
    }

    /// All that may have this value; nothing where no index knows.
    pub(super) fn found(self, view: &mut View<'_>, scope: &Scope, needle: &Needle) -> Outcome<Option<Vec<Found>>> {
        if let Needle::Id(text) = needle {
            let ids: Vec<Uuid> = Uuid::try_parse(text).into_iter().collect();
            return self.these(view, scope, &ids).map(Some);
        }
        match self {
            Self::Users => {
                let (key, value) = match needle {
                    Needle::UserName(name) => (StaffKey::UserName, name),
                    Needle::ExternalId(id) => (StaffKey::ExternalId, id),
                    Needle::EmployeeNumber(number) => (StaffKey::EmployeeNumber, number),
                    Needle::WorkEmail(address) => (StaffKey::Email, address),
                    Needle::Id(_) | Needle::DisplayName(_) => return Ok(None),
                };
                let members = staff::by_key(view, scope.organisation, key, std::slice::from_ref(value))?;
                users(view, scope, members).map(Some)
            }
            Self::Groups => {
                let units = match needle {
                    Needle::DisplayName(name) => units::by_names(view, scope.organisation, &[fold(name)])?,
                    Needle::ExternalId(id) => kept::units_by_external_id(view, scope.organisation, id)?,
                    _ => return Ok(None),
                };
                groups(view, scope, units).map(Some)
            }
        }
    }
}

fn users(view: &mut View<'_>, scope: &Scope, members: Vec<StaffMember>) -> Outcome<Vec<Found>> {
    let ids: Vec<Uuid> = members.iter().map(|member| member.id.into()).collect();
    Ok(ids.into_iter().zip(user_store::present(view, scope, members)?).collect())
}

fn groups(view: &mut View<'_>, scope: &Scope, units: Vec<Unit>) -> Outcome<Vec<Found>> {
    let ids: Vec<Uuid> = units.iter().map(|unit| unit.id.into()).collect();
    Ok(ids.into_iter().zip(group_store::present(view, scope, units)?).collect())
}
