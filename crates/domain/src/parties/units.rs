//! Organisational units: the departments of an organisation.

use crate::{Moment, OrganisationId, UnitId};

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
