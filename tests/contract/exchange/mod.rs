//! What other systems tell and are told.

mod events;
mod staff_files;
