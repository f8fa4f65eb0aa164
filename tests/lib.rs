//! The harness of the contract tests: a service on a port of its own with a database of its own, a client that holds
//! every answer against the document, and a clock that stands still until a test moves it.

mod client;
mod database;
pub mod document;
mod dossier;
mod examples;
mod mailbox;
mod oauth;
mod placed;
mod provider;
mod receiver;
mod service;
pub mod unchanged;
mod wire;
mod world;

pub use client::{Answer, Client, note};
pub use database::{Outage, postgres_server};
pub use dossier::{Dossier, lay_down, work};
pub use examples::example_of;
pub use mailbox::{Letter, Mailbox};
pub use oauth::{Key, OAuth, claims_of};
pub use placed::{Placed, agreement, terms};
pub use provider::Provider;
pub use receiver::{Received, Receiver};
pub use service::{ADMINISTRATOR, BEGIN, Service};
pub use wire::Wire;
pub use world::{Employee, Network, Organisation, Scope, World};

/// The kind of database a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The embedded one.
    Sqlite,
    /// PostgreSQL, where a server is known.
    Postgres,
}

/// Declares tests that run on both databases: each gets a fresh service.
#[macro_export]
macro_rules! on_both {
    ($($(#[$meta:meta])* fn $name:ident($service:ident) $body:block)+) => {$(
        mod $name {
            use super::*;

            $(#[$meta])*
            fn story($service: &$crate::Service) $body

            #[test]
            fn on_sqlite() {
                story(&$crate::Service::start($crate::Kind::Sqlite).unwrap());
            }

            #[test]
            fn on_postgres() {
                if let Some(service) = $crate::Service::start($crate::Kind::Postgres) {
                    story(&service);
                }
            }
        }
    )+};
}
