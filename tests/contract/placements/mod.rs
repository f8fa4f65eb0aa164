//! Placements: the work done, from what employee and home organisation arrange to the way back.

mod agreement_templates;
mod agreements;
mod arrangement_versions;
mod arrangements;
mod ending;
mod extension;
mod gates;
mod internal;
mod light_flow;
mod planning;
mod scene;
mod simultaneous;
mod unlearned;
mod variants;
