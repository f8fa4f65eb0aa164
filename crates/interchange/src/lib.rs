//! Reads and writes other people's formats: bytes in, values out, and back; no I/O.

pub mod document;
pub mod identifiers;
pub mod invoice;
pub mod setu;
