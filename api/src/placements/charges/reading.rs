//! Reading charge statements.

use actix_web::get;
use actix_web::web::Path;
use domain::parties::role_assignments::{Role, Scope};
use domain::placements::charge_statements::{ChargeStatementState, Month};
use domain::{ChargeStatementId, OrganisationId, PlacementId, Refusal};
use persistence::View;
use persistence::parties::organisations;
use persistence::placements::charge_statements::{self as kept, StatementFilter};
use serde::Deserialize;
use utoipa::IntoParams;

use super::open;
use super::types::{ChargeStatementPage, ChargeStatementView};
use crate::access::Actor;
use crate::caller::{Caller, Query};
use crate::paging::{Paging, PagingParams};
use crate::placements::standing::of_statement;
use crate::problem::Problem;
use crate::reply::{Answer, Reply};

/// Which charge statements are wanted
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct ChargeStatementQuery {
    /// Those that this organisation and the ones below it issue or receive; all that you handle money for unless given
    #[param(nullable = false)]
    organisation_id: Option<OrganisationId>,
    /// Those of this placement
    #[param(nullable = false)]
    placement_id: Option<PlacementId>,
    /// Those in this state
    #[param(nullable = false, inline)]
    state: Option<ChargeStatementState>,
    /// Those of this month
    #[param(nullable = false, pattern = "^[0-9]{4}-(0[1-9]|1[0-2])$", max_length = 7, example = "2027-06")]
    month: Option<String>,
}

/// List charge statements, newest first
///
/// For finance: those that the own organisations issue, drafts included, and those that they receive.
#[utoipa::path(tag = "charges", security(("bearer" = ["charges:read"])), params(ChargeStatementQuery, PagingParams), responses(
    (status = 200, description = "A page of charge statements", body = ChargeStatementPage),
))]
#[get("/charge-statements")]
pub(crate) async fn list_charge_statements(
    caller: Caller,
    query: Query<ChargeStatementQuery>,
    paging: Paging,
) -> Answer<ChargeStatementPage> {
    caller
        .read(move |view, actor| {
            let ChargeStatementQuery { organisation_id, placement_id, state, month } = query.0;
            let filter = StatementFilter {
                organisations: organisations_of(view, actor, organisation_id)?,
                placement: placement_id,
                state,
                month: month.as_deref().and_then(Month::parse),
            };
            let page = kept::list(view, &filter, &paging.request)?;
            let page = page.try_map(|statement| -> Result<_, Problem> {
                let standing = of_statement(view, actor, &statement)?;
                Ok(ChargeStatementView::of(statement, &standing.parts))
            })?;
            Ok(paging.reply(page, ChargeStatementPage::new))
        })
        .await
}

/// The organisations for which the caller handles money, or the one that is named, with those below.
fn organisations_of(
    view: &mut View<'_>,
    actor: &Actor,
    named: Option<OrganisationId>,
) -> Result<Vec<OrganisationId>, Problem> {
    let roots: Vec<OrganisationId> = match named {
        Some(organisation) if actor.has_role(view, Role::Finance, organisation)? => vec![organisation],
        Some(_) => return Err(Refusal::forbidden("This is for finance of the organisation.").into()),
        None => actor
            .roles
            .iter()
            .filter(|given| given.role == Role::Finance)
            .filter_map(|given| if let Scope::Organisation(id) = given.scope { Some(id) } else { None })
            .collect(),
    };
    Ok(organisations::descendants(view, &roots)?)
}

/// Get a charge statement
///
/// For finance of both sides, and once it is issued for who owns the klus.
#[utoipa::path(tag = "charges", security(("bearer" = ["charges:read"])),
    params(("chargeStatementId" = ChargeStatementId, Path, description = "The statement")), responses(
    (status = 200, description = "The statement", body = ChargeStatementView),
))]
#[get("/charge-statements/{chargeStatementId}")]
pub(crate) async fn get_charge_statement(caller: Caller, id: Path<ChargeStatementId>) -> Answer<ChargeStatementView> {
    caller
        .read(move |view, actor| {
            let (statement, standing) = open(view, actor, *id)?;
            Ok(Reply::current(statement.revision, ChargeStatementView::of(statement, &standing.parts)))
        })
        .await
}
