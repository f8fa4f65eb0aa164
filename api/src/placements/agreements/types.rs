//! Secondment agreements: what clients send and see.

use chrono::{DateTime, Utc};
use domain::placements::secondment_agreements::{
    Agreement, AgreementAction, AgreementState, AgreementTerms, AgreementText, AgreementWarning, LIFECYCLE, LaidDown,
    Particular, Party, Procurement, ShownAs, Signature, VatTreatment,
};
use domain::{AgreementId, AgreementTemplateId, Part, PersonId, PlacementId, TextEnum};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::items::{
    ExtensionItem, ParticularItem, ProcurementItem, ReferencesItem, RepresentativeItem, VatTreatmentItem,
};
use crate::paging::page_of;
use crate::problem::Problem;

/// A new version of a secondment agreement, or the whole of one that is revised
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AgreementDraft {
    /// The template of a network that words it; the platform's own unless given. It is chosen when the version is drafted
    pub(super) template_id: Option<AgreementTemplateId>,
    /// Who signs for the home organisation
    pub(super) home_representative: RepresentativeItem,
    /// Who signs for the host organisation
    pub(super) host_representative: RepresentativeItem,
    /// The treatment for value added tax; needed before it is proposed
    pub(super) vat: Option<VatTreatmentItem>,
    /// The basis under procurement law; needed before it is proposed
    pub(super) procurement: Option<ProcurementItem>,
    /// How many weeks before the end extension is talked about; 8 unless given
    #[schema(minimum = 0, maximum = 52, example = 8)]
    pub(super) talks_weeks_before_end: Option<u32>,
    /// How the host wants to find invoices back
    pub(super) references: Option<ReferencesItem>,
    /// What is agreed besides the template, at most once per clause group
    #[serde(default)]
    #[schema(max_items = 18)]
    pub(super) particulars: Vec<ParticularItem>,
    /// The work that is added; only in a version that extends a running placement
    pub(super) extension: Option<ExtensionItem>,
}

/// Signing an agreement
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AgreementSignatureDraft {
    /// `documentHash` of the agreement that was read
    #[schema(
        pattern = "^[0-9a-f]{64}$",
        max_length = 64,
        example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    )]
    pub(super) document_hash: String,
    /// In which form it was shown
    pub(super) shown_as: ShownAs,
    /// SHA-256 of the bytes that were shown, in hexadecimal: of what `/html` or `/pdf` of this version gives
    #[schema(
        pattern = "^[0-9a-f]{64}$",
        max_length = 64,
        example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    )]
    pub(super) shown_hash: String,
}

/// A signature under an agreement (handtekening), bound to the text and to what was shown
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AgreementSignature)]
pub struct AgreementSignatureView {
    /// For which party
    party: Party,
    /// Who signed
    by_id: PersonId,
    /// The name as it was then
    #[schema(max_length = 400, example = "Karel van Beek")]
    name: String,
    /// In which part
    part: Part,
    /// The hash of the text
    #[schema(max_length = 64, example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    document_hash: String,
    /// In which form it was shown
    shown_as: ShownAs,
    /// The hash of what was shown
    #[schema(max_length = 64, example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    shown_hash: String,
    /// When
    #[schema(example = "2027-04-02T09:00:00Z")]
    signed_at: DateTime<Utc>,
}

/// Label and value of what is agreed, at a glance
#[derive(Serialize, ToSchema)]
#[schema(as = AgreementFact)]
pub struct AgreementFactView {
    /// What it is
    #[schema(max_length = 200, example = "Omvang")]
    label: String,
    /// What was agreed
    #[schema(max_length = 8000, example = "8 uur per week")]
    value: String,
}

/// An article of an agreement
#[derive(Serialize, ToSchema)]
#[schema(as = AgreementArticle)]
pub struct AgreementArticleView {
    /// Its number and heading
    #[schema(max_length = 300, example = "Artikel 4. Terugkeer")]
    heading: String,
    /// Its paragraphs
    #[schema(max_items = 200)]
    paragraphs: Vec<String>,
}

/// A secondment agreement (detacheringsovereenkomst) of three parties, in one version
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SecondmentAgreement)]
pub struct AgreementView {
    /// Identifies this version
    id: AgreementId,
    /// The placement it is about
    placement_id: PlacementId,
    /// Counts from 1 per placement
    #[schema(minimum = 1, maximum = 1_000_000, example = 1)]
    version: i64,
    /// The template that words it; null for the platform's own
    template_id: Option<AgreementTemplateId>,
    /// Who signs for the home organisation
    home_representative: RepresentativeItem,
    /// Who signs for the host organisation
    host_representative: RepresentativeItem,
    /// The treatment for value added tax
    vat: Option<VatTreatmentItem>,
    /// The basis under procurement law
    procurement: Option<ProcurementItem>,
    /// How many weeks before the end extension is talked about
    #[schema(minimum = 0, maximum = 52, example = 8)]
    talks_weeks_before_end: u32,
    /// How the host wants to find invoices back
    references: ReferencesItem,
    /// What is agreed besides the template
    #[schema(max_items = 18)]
    particulars: Vec<ParticularItem>,
    /// The work that this version adds
    extension: Option<ExtensionItem>,
    /// What it is worth in euro cents: the hours agreed at the rate on the first day; null where no rate is known
    #[schema(minimum = 0, maximum = 1_000_000_000_000_i64, example = 1_250_000)]
    value_cents: Option<i64>,
    /// What somebody should look at before it is signed; nothing of it is decided here
    #[schema(max_items = 10)]
    warnings: Vec<AgreementWarning>,
    /// Its state
    state: AgreementState,
    /// The title
    #[schema(max_length = 200, example = "Detacheringsovereenkomst")]
    title: String,
    /// What is agreed, at a glance
    #[schema(max_items = 20)]
    facts: Vec<AgreementFactView>,
    /// The articles: fixed once it is proposed, until then as they would be now
    #[schema(max_items = 100)]
    articles: Vec<AgreementArticleView>,
    /// SHA-256 of the text, in hexadecimal; null until it is proposed
    #[schema(max_length = 64, example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    document_hash: Option<String>,
    /// SHA-256 of the page (HTML)
    #[schema(max_length = 64, example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    html_hash: Option<String>,
    /// SHA-256 of the document (PDF/A)
    #[schema(max_length = 64, example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    pdf_hash: Option<String>,
    /// When it was laid before the parties
    #[schema(example = "2027-04-01T09:00:00Z")]
    proposed_at: Option<DateTime<Utc>>,
    /// Who signed
    #[schema(max_items = 3)]
    signatures: Vec<AgreementSignatureView>,
    /// What the caller can do with it now
    #[schema(max_items = 20)]
    legal_actions: Vec<AgreementAction>,
    /// When it was drafted
    #[schema(example = "2027-04-01T09:00:00Z")]
    created_at: DateTime<Utc>,
    /// When it last changed
    #[schema(example = "2027-04-02T09:00:00Z")]
    modified_at: DateTime<Utc>,
}

page_of!(
    /// A page of versions of an agreement
    AgreementPage as SecondmentAgreementPage, AgreementView
);

impl AgreementDraft {
    /// What is to be agreed.
    pub(super) fn terms(self) -> Result<AgreementTerms, Problem> {
        let Self {
            template_id: _, // a choice of its own
            home_representative,
            host_representative,
            vat,
            procurement,
            talks_weeks_before_end,
            references,
            particulars,
            extension,
        } = self;
        let stretch =
            |item: ExtensionItem| item.stretch().map_err(|refusal| Problem::from(refusal).within("extension"));
        Ok(AgreementTerms {
            home_representative: home_representative.into(),
            host_representative: host_representative.into(),
            vat: vat.map(VatTreatment::from),
            procurement: procurement.map(Procurement::from),
            talks_weeks_before_end: talks_weeks_before_end.unwrap_or(domain::placements::placements::USUAL_TALKS_WEEKS),
            references: references.unwrap_or_default().into(),
            particulars: particulars.into_iter().map(Particular::from).collect(),
            extension: extension.map(stretch).transpose()?,
        })
    }
}

/// What is shown beside an agreement.
pub(super) struct Beside {
    pub(super) text: AgreementText,
    pub(super) value_cents: Option<i64>,
    pub(super) warnings: Vec<AgreementWarning>,
}

impl AgreementView {
    /// The agreement for somebody with these parts.
    pub(super) fn of(agreement: Agreement, beside: Beside, parts: &[Part]) -> Self {
        let Agreement {
            id,
            revision: _,
            placement,
            version,
            template,
            terms,
            state,
            laid_down,
            signatures,
            created_at,
            modified_at,
        } = agreement;
        let AgreementTerms {
            home_representative,
            host_representative,
            vat,
            procurement,
            talks_weeks_before_end,
            references,
            particulars,
            extension,
        } = terms;
        let Beside { text, value_cents, warnings } = beside;
        let AgreementText { title, reference: _, facts, articles } = text;
        let laid_down = laid_down.as_ref();
        Self {
            id,
            placement_id: placement,
            version,
            template_id: template,
            home_representative: home_representative.into(),
            host_representative: host_representative.into(),
            vat: vat.map(VatTreatmentItem::from),
            procurement: procurement.map(ProcurementItem::from),
            talks_weeks_before_end,
            references: references.into(),
            particulars: particulars.into_iter().map(ParticularItem::from).collect(),
            extension: extension.map(ExtensionItem::from),
            value_cents,
            warnings,
            state,
            title,
            facts: facts.into_iter().map(|(label, value)| AgreementFactView { label, value }).collect(),
            articles: articles
                .into_iter()
                .map(|article| AgreementArticleView { heading: article.heading, paragraphs: article.paragraphs })
                .collect(),
            document_hash: laid_down.map(|fixed| fixed.hash.clone()),
            html_hash: laid_down.map(|fixed| fixed.html_hash.clone()),
            pdf_hash: laid_down.map(|fixed| fixed.pdf_hash.clone()),
            proposed_at: laid_down.map(|LaidDown { at, .. }| *at),
            signatures: signatures.into_iter().map(AgreementSignatureView::from).collect(),
            legal_actions: AgreementAction::ALL
                .iter()
                .copied()
                .filter(|action| LIFECYCLE.allows(state, *action, parts))
                .collect(),
            created_at,
            modified_at,
        }
    }
}

impl From<Signature> for AgreementSignatureView {
    fn from(signature: Signature) -> Self {
        let Signature { party, by, name, part, document_hash, shown_as, shown_hash, at } = signature;
        Self { party, by_id: by, name, part, document_hash, shown_as, shown_hash, signed_at: at }
    }
}
