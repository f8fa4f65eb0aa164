//! The profile of who responded: what they did on purpose shows it to the client, for the life of the dossier (V2).

use actix_web::get;
use actix_web::web::Path;
use domain::{Part, ResponseId};
use persistence::profiles::profiles;

use super::dossier::Dossier;
use crate::caller::Caller;
use crate::profiles::seen;
use crate::profiles::seen_profile_types::SeenProfileView;
use crate::reply::{Answer, Reply};

/// Get the profile of who responded
///
/// Whole for the client of a response that has not ended, unless its owner shows it to fewer people than those to whom
/// they respond (V0, V1) or has paused it. Opening it writes a line in the owner's log.
#[utoipa::path(tag = "responses", security(("bearer" = ["market:read", "profiles:read"])),
    params(("responseId" = ResponseId, Path, description = "The response")), responses(
    (status = 200, description = "The profile, as far as it is shown", body = SeenProfileView),
))]
#[get("/responses/{responseId}/profile")]
pub(crate) async fn get_responder_profile(caller: Caller, id: Path<ResponseId>) -> Answer<SeenProfileView> {
    caller
        // Reading it is a change of the owner's log, and is not answered unless the log holds it: hence a write.
        .write(move |work, actor| {
            let Dossier { response, parts, .. } = Dossier::read(work, actor, *id)?;
            let mut viewer = seen::viewer_of(work, actor)?;
            if parts.contains(&Part::Client) && response.is_live() {
                viewer.responders.push(response.person);
            }
            let profile = profiles::find_of_person(work, response.person)?;
            Ok(Reply::shown(seen::open(work, profile, &viewer)?))
        })
        .await
}
