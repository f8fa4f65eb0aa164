//! The work, and who answers: klussen, the rings in which they are published, responses, lights, consent.

pub mod assignments;
pub mod codes;
pub mod consent_requests;
pub mod conversations;
pub mod criteria;
pub mod demand;
pub mod effort;
pub mod lights;
pub mod matching;
pub mod offers;
pub mod publication_rings;
pub mod requirements;
pub mod responses;
pub mod signals;

#[cfg(test)]
pub(crate) mod fixtures;

use crate::{LifecycleDescription, TextEnum, TextEnumDescription};

/// The lifecycles of the wing, to publish them.
pub fn lifecycles() -> Vec<LifecycleDescription> {
    vec![
        assignments::LIFECYCLE.describe(),
        responses::LIFECYCLE.describe(),
        consent_requests::LIFECYCLE.describe(),
        conversations::LIFECYCLE.describe(),
        offers::LIFECYCLE.describe(),
    ]
}

/// The closed lists of the wing, to publish them.
pub fn vocabularies() -> Vec<TextEnumDescription> {
    vec![
        matching::MatchAspect::describe(),
        assignments::AssignmentKind::describe(),
        assignments::AssignmentSort::describe(),
        assignments::RemoteMode::describe(),
        assignments::AssignmentState::describe(),
        assignments::AssignmentAction::describe(),
        assignments::CancellationReason::describe(),
        assignments::ExpiryReason::describe(),
        publication_rings::Ring::describe(),
        publication_rings::PublicationChannel::describe(),
        responses::ResponseState::describe(),
        responses::ResponseAction::describe(),
        responses::ResponseChannel::describe(),
        responses::PlacementStage::describe(),
        responses::NotSelectedReason::describe(),
        responses::DeclineReason::describe(),
        responses::LapseReason::describe(),
        requirements::Fulfilment::describe(),
        signals::LightName::describe(),
        signals::Colour::describe(),
        lights::LightReason::describe(),
        consent_requests::ConsentState::describe(),
        consent_requests::ConsentAction::describe(),
        consent_requests::ConsentRefusalReason::describe(),
        conversations::ConversationState::describe(),
        conversations::ConversationAction::describe(),
        conversations::Click::describe(),
        offers::OfferState::describe(),
        offers::OfferAction::describe(),
    ]
}
