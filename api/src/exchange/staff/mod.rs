//! Staff, as the HR systems of organisations tell of them: the one place that makes people and employments of it.
//! SCIM and HR files are two doors to it.

mod announcing;
mod apply;
mod keys;
mod leaving;
mod resolving;

pub(crate) use apply::{StaffChange, apply};
pub(super) use leaving::due;
