//! What is promised to those who code against the interface: HTTP only, on both databases.

mod access;
mod beside;
mod document;
mod exchange;
mod journeys;
mod market;
mod parties;
mod placements;
mod profiles;
mod reference;
mod sweeps;
