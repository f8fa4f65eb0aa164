//! Placements: hours, money, and what was learned.

mod charge_runs;
mod charge_statements;
mod corrections;
mod cost_rates;
mod evaluations;
mod invoices;
mod lending_ledger;
mod rate_bases;
mod timesheets;
