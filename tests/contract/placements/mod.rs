//! Placements: the work done, and the money.

mod agreement_templates;
mod agreements;
mod arrangement_versions;
mod arrangements;
mod documented;
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
