//! The tables as the compiler knows them, one file per wing.

pub(crate) mod exchange;
pub(crate) mod exchange_channels;
pub(crate) mod exchange_clients;
pub(crate) mod exchange_feeds;
pub(crate) mod exchange_files;
pub(crate) mod exchange_scim;
pub(crate) mod exchange_sign_in;
pub(crate) mod exchange_telling;
pub(crate) mod exchange_webhooks;
pub(crate) mod insight;
pub(crate) mod market;
pub(crate) mod parties;
pub(crate) mod placements;
pub(crate) mod profiles;
pub(crate) mod responses;
pub(crate) mod staff;
