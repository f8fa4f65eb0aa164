//! Secondment agreements: three parties sign one text, and each signature is bound to what was shown.

mod clauses;
mod lifecycle;
mod platform_template;
mod signing;
mod terms;
#[cfg(test)]
mod tests;
mod wording;

pub use clauses::{AgreementTemplate, ClauseGroup, TemplateClause};
pub use lifecycle::{AgreementAction, AgreementState, BEGUN_BY, LIFECYCLE};
pub use platform_template::{PLATFORM_TITLE, platform_clauses};
pub use signing::{Drafting, Signing};
pub use terms::{
    AgreementFacts, AgreementTerms, AgreementWarning, Particular, PartyFacts, Procurement, ProcurementBasis,
    References, Representative, VatCategory, VatTreatment,
};
pub use wording::{AgreementText, Article, PLACEHOLDERS, dutch_date, dutch_effort, dutch_hours, euros};

use crate::{AgreementId, AgreementTemplateId, Moment, Part, PersonId, PlacementId, text_enum};

text_enum! {
    /// A party to a secondment agreement (partij)
    Party {
        Employee = "EMPLOYEE", "The employee", "De medewerker";
        Home = "HOME", "The home organisation", "De moederorganisatie";
        Host = "HOST", "The host organisation", "De inlener";
    }
}

text_enum! {
    /// The form in which an agreement was shown to who signed it
    ShownAs {
        Html = "HTML", "As a page (HTML)", "Als pagina (HTML)";
        Pdf = "PDF", "As a document (PDF/A)", "Als document (PDF/A)";
    }
}

/// A version of a secondment agreement (detacheringsovereenkomst).
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// Identifies this version.
    pub id: AgreementId,
    /// Counts its changes.
    pub revision: i64,
    /// The placement it is about.
    pub placement: PlacementId,
    /// Counts from 1 per placement.
    pub version: i64,
    /// The template that words it; none for the platform's own.
    pub template: Option<AgreementTemplateId>,
    /// What is agreed.
    pub terms: AgreementTerms,
    /// Its state.
    pub state: AgreementState,
    /// The words as they were laid before the parties; none while it is a draft.
    pub laid_down: Option<LaidDown>,
    /// Who signed.
    pub signatures: Vec<Signature>,
    /// When it was drafted.
    pub created_at: Moment,
    /// When it last changed.
    pub modified_at: Moment,
}

/// The words of an agreement once they are fixed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct LaidDown {
    /// The words.
    pub text: AgreementText,
    /// SHA-256 of the canonical text, in hexadecimal.
    pub hash: String,
    /// SHA-256 of the page, in hexadecimal.
    pub html_hash: String,
    /// SHA-256 of the document, in hexadecimal.
    pub pdf_hash: String,
    /// When.
    pub at: Moment,
}

/// That a party signed (handtekening), and what it saw.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Signature {
    /// For which party.
    pub party: Party,
    /// Who signed.
    pub by: PersonId,
    /// The name as it was then.
    pub name: String,
    /// In which part.
    pub part: Part,
    /// The hash of the text.
    pub document_hash: String,
    /// In which form it was shown.
    pub shown_as: ShownAs,
    /// The hash of what was shown.
    pub shown_hash: String,
    /// When.
    pub at: Moment,
}

impl Agreement {
    /// When the last of the three signed; none while a signature is missing.
    pub fn signed_at(&self) -> Option<Moment> {
        let is_complete = self.missing().next().is_none();
        self.signatures.iter().map(|signature| signature.at).max().filter(|_| is_complete)
    }

    /// The parties that have not signed.
    pub fn missing(&self) -> impl Iterator<Item = Party> {
        let signed = |party: &Party| self.signatures.iter().any(|signature| signature.party == *party);
        [Party::Employee, Party::Home, Party::Host].into_iter().filter(move |party| !signed(party))
    }
}
