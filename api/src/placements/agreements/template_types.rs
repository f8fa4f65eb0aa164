//! Templates of agreements: what clients send and see.

use chrono::{DateTime, Utc};
use domain::placements::secondment_agreements::{AgreementTemplate, ClauseGroup, TemplateClause};
use domain::{AgreementTemplateId, NetworkId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::paging::page_of;

/// A clause of a template
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TemplateClauseItem {
    /// What it is about
    group: ClauseGroup,
    /// Its heading, without a number
    #[schema(min_length = 1, max_length = 200, example = "Terugkeer")]
    heading: String,
    /// Its text; an empty line begins a paragraph, and facts stand in double braces, such as `{{endDate}}`
    #[schema(min_length = 1, max_length = 8000, example = "Na {{endDate}} keert {{employee}} terug bij {{home}}.")]
    text: String,
}

/// The next version of the template of a network
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AgreementTemplateDraft {
    /// The title of the agreements made by it
    #[schema(min_length = 1, max_length = 200, example = "Detacheringsovereenkomst As-50")]
    pub(super) title: String,
    /// Its clauses, in their order; those about parties, scope, employment, return, supervision, costs, VAT, extension and
    /// early end have to be there
    #[schema(min_items = 1, max_items = 60)]
    pub(super) clauses: Vec<TemplateClauseItem>,
}

/// A template of agreements (model), in one version; it never changes
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AgreementTemplate)]
pub struct AgreementTemplateView {
    /// Identifies this version
    id: AgreementTemplateId,
    /// Whose template it is
    network_id: NetworkId,
    /// Counts from 1 per network
    #[schema(minimum = 1, maximum = 1_000_000, example = 1)]
    version: i64,
    /// The title of the agreements made by it
    #[schema(max_length = 200, example = "Detacheringsovereenkomst As-50")]
    title: String,
    /// Its clauses, in their order
    #[schema(max_items = 60)]
    clauses: Vec<TemplateClauseItem>,
    /// When it was laid down
    #[schema(example = "2027-03-01T09:00:00Z")]
    created_at: DateTime<Utc>,
}

page_of!(
    /// A page of versions of a template
    AgreementTemplatePage as AgreementTemplatePage, AgreementTemplateView
);

impl From<AgreementTemplate> for AgreementTemplateView {
    fn from(template: AgreementTemplate) -> Self {
        let AgreementTemplate { id, network, version, title, clauses, created_at } = template;
        let clauses = clauses.into_iter().map(TemplateClauseItem::from).collect();
        Self { id, network_id: network, version, title, clauses, created_at }
    }
}

impl From<TemplateClauseItem> for TemplateClause {
    fn from(item: TemplateClauseItem) -> Self {
        let TemplateClauseItem { group, heading, text } = item;
        Self { group, heading, text }
    }
}

impl From<TemplateClause> for TemplateClauseItem {
    fn from(clause: TemplateClause) -> Self {
        let TemplateClause { group, heading, text } = clause;
        Self { group, heading, text }
    }
}
