//! Organisational units: the departments of an organisation.

use super::codes::PARENT_CIRCULAR;
use crate::{Moment, OrganisationId, Refusal, UnitId};

/// A department (afdeling), for klussen inside an organisation.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// Identifies it.
    pub id: UnitId,
    /// Counts its changes.
    pub revision: i64,
    /// The organisation it belongs to.
    pub organisation: OrganisationId,
    /// Its name.
    pub name: String,
    /// The unit above it.
    pub parent: Option<UnitId>,
    /// When it was added.
    pub created_at: Moment,
    /// When it last changed.
    pub modified_at: Moment,
}

impl Unit {
    /// Adds a department.
    pub fn add(id: UnitId, organisation: OrganisationId, name: String, parent: Option<UnitId>, now: Moment) -> Self {
        Self { id, revision: 1, organisation, name, parent, created_at: now, modified_at: now }
    }

    /// Gives it another name or place. `ancestors` are the units above the new parent, itself included.
    pub fn revise(
        self,
        name: String,
        parent: Option<UnitId>,
        ancestors: &[UnitId],
        now: Moment,
    ) -> Result<Self, Refusal> {
        if ancestors.contains(&self.id) {
            return Err(PARENT_CIRCULAR.refuse("parentId must not be the unit itself or one below it."));
        }
        Ok(Self { name, parent, modified_at: now, ..self })
    }
}
