//! Other systems: what they tell, and what is told to them.

pub mod codes;
pub mod staff;
pub mod staff_files;
pub mod staff_mapping;

use crate::{TextEnum as _, TextEnumDescription};

/// The closed lists of the wing, to publish them.
pub fn vocabularies() -> Vec<TextEnumDescription> {
    vec![
        staff_mapping::StaffField::describe(),
        staff_mapping::StaffConversion::describe(),
        staff_files::StaffFaultCode::describe(),
    ]
}
