//! Reads and writes other people's formats: bytes in, values out, and back; no I/O.

pub mod chat;
pub mod document;
mod identifiers;
pub mod invoice;
pub mod mail;
pub mod publishing;
pub mod scim;
pub mod setu;
pub mod signature;
pub mod staff_file;
