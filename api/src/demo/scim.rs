//! A token for SCIM, of an organisation without staff: to try a provisioning system on.

use chrono::{DateTime, Utc};
use domain::parties::identifiers::{IdentifierScheme, OrganisationIdentifier};
use persistence::exchange::scim_tokens;
use persistence::parties::organisations;

use crate::app::App;
use crate::exchange::issue_scim_token;
use crate::problem::Problem;

/// Rozendaal, the smallest municipality on land: nobody of the demonstration works there.
const EMPTY: &str = "GM0277";

/// A new token; those of earlier starts are worth nothing any more.
pub(super) fn token(app: &App, until: DateTime<Utc>) -> Result<String, Problem> {
    let code = OrganisationIdentifier { scheme: IdentifierScheme::Cbs, value: EMPTY.to_owned() };
    app.write(|work| {
        let organisation = organisations::identifier_owner(work, &code)?;
        let organisation = organisation.ok_or_else(|| Problem::internal(&"the demonstration lacks Rozendaal"))?;
        for token in scim_tokens::of_organisation(work, organisation)? {
            scim_tokens::delete(work, token.id)?;
        }
        let (_, secret) = issue_scim_token(work, organisation, "Demonstration".to_owned(), until, None)?;
        Ok(secret)
    })
}
