//! Everything HTTP: routes, callers, representations, problems, the document; the binary `klusnet`.
//!
//! A handler is short because the rest stands elsewhere: who calls ([`caller`]), what was sent ([`body`]), what is
//! answered ([`reply`]), what holds for all ([`envelope`]), what the document says ([`document`], [`contract`]).

pub mod access;
pub mod app;
mod attempts;
pub mod body;
pub mod bootstrap;
pub mod caller;
pub mod clients;
pub mod clockwork;
pub mod commands;
pub mod contract;
pub mod demo;
mod docs;
pub mod document;
pub mod document30;
mod envelope;
mod fair_use;
mod faults;
mod highlights;
mod metrics;
pub mod paging;
pub mod passwords;
mod patch;
mod plumbing;
pub mod problem;
mod remember;
pub mod reply;
pub mod routes;
pub mod service;
pub mod settings;
pub mod tokens;

mod exchange;
pub mod market;
pub mod parties;
mod placements;
pub mod profiles;
mod reference;
