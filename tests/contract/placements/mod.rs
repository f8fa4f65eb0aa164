//! Placements: the work done, from what employee and home organisation arrange to money and the way back.

mod agreement_templates;
mod agreements;
mod arrangement_versions;
mod arrangements;
mod charge_runs;
mod charge_statements;
mod corrections;
mod cost_rates;
mod documented;
mod ending;
mod endorsements;
mod evaluations;
mod extension;
mod gates;
mod internal;
mod invoices;
mod lending_ledger;
mod light_flow;
mod planning;
mod rate_bases;
mod scene;
mod simultaneous;
mod timesheets;
mod unlearned;
mod variants;
