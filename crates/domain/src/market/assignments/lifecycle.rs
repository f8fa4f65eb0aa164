//! The states of an assignment and what leads from one to another.

use AssignmentAction as Do;
use AssignmentState as Is;

use crate::lifecycle::row;
use crate::{Lifecycle, Part, text_enum};

text_enum! {
    /// The state of a klus
    AssignmentState {
        Draft = "DRAFT", "Draft", "Concept";
        InReview = "IN_REVIEW", "In review", "In beoordeling";
        Open = "OPEN", "Open for responses", "Open voor reacties";
        Closed = "CLOSED", "Closed for responses", "Gesloten voor reacties";
        Filled = "FILLED", "Every position filled", "Alle plaatsen bezet";
        Completed = "COMPLETED", "Completed", "Afgerond";
        Cancelled = "CANCELLED", "Cancelled", "Ingetrokken";
        Expired = "EXPIRED", "Ended without a placement", "Geëindigd zonder plaatsing";
    }
}

impl AssignmentState {
    /// Whether nothing follows it.
    pub fn is_end(self) -> bool {
        matches!(self, Self::Completed | Self::Cancelled | Self::Expired)
    }
}

text_enum! {
    /// What can be done with a klus
    AssignmentAction {
        Revise = "REVISE", "Revise", "Wijzigen";
        SubmitForReview = "SUBMIT_FOR_REVIEW", "Submit for review", "Voorleggen ter beoordeling";
        Approve = "APPROVE", "Approve", "Goedkeuren";
        Return = "RETURN", "Return with remarks", "Terugsturen met opmerkingen";
        Publish = "PUBLISH", "Publish", "Plaatsen";
        Replan = "REPLAN", "Open wider or earlier", "Breder of eerder openstellen";
        HandOver = "HAND_OVER", "Hand over to another owner", "Overdragen aan een andere eigenaar";
        Close = "CLOSE", "Close for responses", "Sluiten voor reacties";
        Reopen = "REOPEN", "Open again", "Opnieuw openstellen";
        Fill = "FILL", "Note that every position is filled", "Vaststellen dat alle plaatsen bezet zijn";
        Unfill = "UNFILL", "Note that a position came free", "Vaststellen dat een plaats vrijkwam";
        Complete = "COMPLETE", "Complete", "Afronden";
        Cancel = "CANCEL", "Cancel", "Intrekken";
        Expire = "EXPIRE", "End without a placement", "Beëindigen zonder plaatsing";
    }
}

const OWNER: &[Part] = &[Part::Client];
const OWNER_OR_ADMINISTRATOR: &[Part] = &[Part::Client, Part::OrganisationAdministrator];
const REVIEWER: &[Part] = &[Part::OrganisationAdministrator, Part::NetworkCoordinator];
const OWNER_OR_MODERATOR: &[Part] = &[Part::Client, Part::PlatformAdministrator];
const SERVICE: &[Part] = &[Part::Service];

const WRITTEN: &str =
    "intended result, planning, period, positions and effort are there; the rings keep to the internal-first ceiling";
const NO_RESPONDER: &str = "the new owners have not responded to it";
const TOLD: &str = "every open response lapses; everybody who responded is told";

/// Who may make a new assignment.
pub const BEGUN_BY: &[Part] = OWNER;

/// The lifecycle of an assignment. `CLIENT` stands for its owner and co-owners.
pub static LIFECYCLE: Lifecycle<AssignmentState, AssignmentAction> = Lifecycle {
    name: "assignments",
    initial: &[Is::Draft],
    rows: &[
        row(Is::Draft, Do::Revise, Is::Draft, OWNER, "", ""),
        row(Is::Draft, Do::SubmitForReview, Is::InReview, OWNER, WRITTEN, "the reviewers are told"),
        row(Is::Draft, Do::Publish, Is::Open, OWNER, WRITTEN, "people in the rings that open see it"),
        row(Is::Draft, Do::HandOver, Is::Draft, OWNER_OR_ADMINISTRATOR, NO_RESPONDER, ""),
        row(Is::Draft, Do::Cancel, Is::Cancelled, OWNER_OR_MODERATOR, "a reason", ""),
        row(Is::InReview, Do::Approve, Is::Open, REVIEWER, "", "people in the rings that open see it"),
        row(Is::InReview, Do::Return, Is::Draft, REVIEWER, "remarks", "the owner is told"),
        row(Is::InReview, Do::HandOver, Is::InReview, OWNER_OR_ADMINISTRATOR, NO_RESPONDER, ""),
        row(Is::InReview, Do::Cancel, Is::Cancelled, OWNER_OR_MODERATOR, "a reason", ""),
        row(
            Is::Open,
            Do::Revise,
            Is::Open,
            OWNER,
            "what a publication needs stays; kind and charge basis stay; positions not below those taken",
            "everybody who responded is told",
        ),
        row(
            Is::Open,
            Do::Replan,
            Is::Open,
            OWNER,
            "openings only come earlier, rings and networks that ask no review are only added, the deadline only comes later",
            "people in the rings that open see it",
        ),
        row(Is::Open, Do::HandOver, Is::Open, OWNER_OR_ADMINISTRATOR, NO_RESPONDER, ""),
        row(Is::Open, Do::Close, Is::Closed, &[Part::Client, Part::Clock, Part::Service], "", ""),
        row(Is::Open, Do::Cancel, Is::Cancelled, OWNER_OR_MODERATOR, "a reason; no placement runs", TOLD),
        row(
            Is::Closed,
            Do::Revise,
            Is::Closed,
            OWNER,
            "what a publication needs stays; kind and charge basis stay; positions not below those taken",
            "everybody who responded is told",
        ),
        row(Is::Closed, Do::HandOver, Is::Closed, OWNER_OR_ADMINISTRATOR, NO_RESPONDER, ""),
        row(Is::Closed, Do::Reopen, Is::Open, OWNER, "a new deadline; a position is free", ""),
        row(Is::Closed, Do::Fill, Is::Filled, SERVICE, "as many placements as positions", ""),
        row(
            Is::Closed,
            Do::Expire,
            Is::Expired,
            &[Part::Client, Part::Clock],
            "no placement at all; a coded reason",
            TOLD,
        ),
        row(Is::Closed, Do::Cancel, Is::Cancelled, OWNER_OR_MODERATOR, "a reason; no placement runs", TOLD),
        row(Is::Filled, Do::HandOver, Is::Filled, OWNER_OR_ADMINISTRATOR, NO_RESPONDER, ""),
        row(Is::Filled, Do::Unfill, Is::Closed, SERVICE, "a placement fell away before its start", "the owner is told"),
        row(Is::Filled, Do::Complete, Is::Completed, &[Part::Clock, Part::Service], "every placement has ended", TOLD),
        row(
            Is::Filled,
            Do::Cancel,
            Is::Cancelled,
            OWNER_OR_MODERATOR,
            "a reason; no placement runs",
            "placements that have not started fall away; every open response lapses; everybody is told",
        ),
    ],
};
