//! What tokens can allow.

use actix_web::get;
use serde::Serialize;
use utoipa::ToSchema;

use crate::caller::{Speaks, Visitor};
use crate::reply::{Answer, Reply};
use crate::tokens::SCOPES;

/// Something a token can allow
#[derive(Serialize, ToSchema)]
#[schema(as = Scope)]
pub struct ScopeView {
    /// Its name in tokens
    #[schema(max_length = 80, example = "market:read")]
    name: &'static str,
    /// What it allows, in the language of the caller
    #[schema(max_length = 200, example = "read klussen, responses and their dossiers")]
    meaning: &'static str,
}

/// Everything a token can allow
#[derive(Serialize, ToSchema)]
#[schema(as = ScopeList)]
pub struct ScopeListView {
    /// The scopes
    #[schema(max_items = 100)]
    items: Vec<ScopeView>,
}

/// List the scopes of tokens
///
/// A scope limits what a token is good for; what the person behind it may do follows from their roles.
#[utoipa::path(tag = "reference", responses((status = 200, description = "All scopes", body = ScopeListView)))]
#[get("/scopes")]
pub(crate) async fn list_scopes(_visitor: Visitor, speaks: Speaks) -> Answer<ScopeListView> {
    let items =
        SCOPES.iter().map(|(name, [english, dutch])| ScopeView { name, meaning: speaks.0.pick(english, dutch) });
    Ok(Reply::shown(ScopeListView { items: items.collect() }).spoken(speaks.0))
}
