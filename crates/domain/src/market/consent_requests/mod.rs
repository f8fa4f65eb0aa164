//! Consent requests: the employee asks their manager, when they choose, for just what is needed.

mod asking;
mod deciding;
mod lifecycle;
#[cfg(test)]
mod tests;
mod waiting;

pub use asking::{AskingConsent, ConsentTerms, is_consent_required};
pub use lifecycle::{BEGUN_BY, ConsentAction, ConsentState, LIFECYCLE};
pub use waiting::ConsentDue;

use super::effort::{Effort, Period};
use crate::parties::mobility_policies::ConsentSilence;
use crate::{
    ConsentRequestId, EmploymentId, MobilityPolicyId, Moment, OrganisationId, Part, PersonId, ResponseId, text_enum,
};

text_enum! {
    /// Why consent is refused
    ConsentRefusalReason {
        Workload = "WORKLOAD", "The department cannot spare the hours", "De afdeling kan de uren niet missen";
        Continuity = "CONTINUITY", "Running work would come to a stop", "Lopend werk zou stilvallen";
        TooManyHours = "TOO_MANY_HOURS", "Too many hours", "Te veel uren";
        PeriodDoesNotSuit = "PERIOD_DOES_NOT_SUIT", "The period does not suit", "De periode past niet";
        FunctionExcluded = "FUNCTION_EXCLUDED", "The function is excluded", "De functie is uitgesloten";
        ConflictOfInterest = "CONFLICT_OF_INTEREST", "A conflict of interest", "Een belangenconflict";
        NoAnswer = "NO_ANSWER", "No answer in time", "Niet op tijd geantwoord";
        Other = "OTHER", "Another reason", "Een andere reden";
    }
}

/// A consent request (toestemmingsverzoek).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentRequest {
    /// Identifies it.
    pub id: ConsentRequestId,
    /// Counts its changes.
    pub revision: i64,
    /// The dossier; never shown to the manager.
    pub response: ResponseId,
    /// Who asks.
    pub employee: PersonId,
    /// The employment that is asked about.
    pub employment: EmploymentId,
    /// The home organisation.
    pub home: OrganisationId,
    /// The manager who is asked; none where the employment names none, and the adviser decides.
    pub manager: Option<PersonId>,
    /// All that the one who decides gets to see.
    pub question: ConsentQuestion,
    /// The version of the policy; none where the platform's defaults hold.
    pub policy: Option<MobilityPolicyId>,
    /// What silence means.
    pub silence: ConsentSilence,
    /// Its state.
    pub state: ConsentState,
    /// When the manager is reminded; none where the term is too short for it.
    pub remind_at: Option<Moment>,
    /// When the term to answer ends.
    pub expires_at: Moment,
    /// When the manager was reminded.
    pub reminded_at: Option<Moment>,
    /// When it went to the mobility adviser.
    pub escalated_at: Option<Moment>,
    /// What was decided.
    pub decision: Option<ConsentDecision>,
    /// When the employee accepted the conditions.
    pub conditions_accepted_at: Option<Moment>,
    /// When it was asked.
    pub created_at: Moment,
    /// When it last changed.
    pub modified_at: Moment,
}

/// All that is asked, and all that the one who decides gets to see; other responses never.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentQuestion {
    /// The hours.
    pub effort: Effort,
    /// From when to when.
    pub period: Period,
    /// Where.
    pub host: OrganisationId,
    /// The title of the klus.
    pub title: String,
    /// What will be there when it is done.
    pub intended_result: String,
}

/// What was decided on a consent request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentDecision {
    /// Who decided; nobody where the clock did.
    pub by: Option<PersonId>,
    /// In which part.
    pub part: Part,
    /// Why it was refused.
    pub reason: Option<ConsentRefusalReason>,
    /// The words to a refusal or a revocation.
    pub text: Option<String>,
    /// The conditions of a grant.
    pub conditions: Option<String>,
    /// When.
    pub at: Moment,
}
