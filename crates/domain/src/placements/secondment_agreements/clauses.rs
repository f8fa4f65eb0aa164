//! What an agreement is about, clause group by clause group, and the templates that word it.

use super::wording::{PLACEHOLDERS, placeholders_of};
use crate::{AgreementTemplateId, Faults, Moment, NetworkId, Refusal, TextEnum, text_enum};

text_enum! {
    /// What a clause is about (onderwerp van een bepaling)
    ClauseGroup {
        Parties = "PARTIES", "Parties and who signs for them", "Partijen en ondertekenaars";
        Scope = "SCOPE", "Work, period and hours", "Werk, periode en uren";
        Employment = "EMPLOYMENT", "The employment stays", "Het dienstverband blijft";
        Return = "RETURN", "The return", "De terugkeer";
        Place = "PLACE", "Place and times of work", "Plaats en werktijden";
        Supervision = "SUPERVISION", "Instructions and supervision", "Leiding en toezicht";
        LeaveAndIllness = "LEAVE_AND_ILLNESS", "Leave and illness", "Verlof en ziekte";
        Assessment = "ASSESSMENT", "Assessment and development", "Beoordeling en ontwikkeling";
        Costs = "COSTS", "Costs", "Kosten";
        Vat = "VAT", "Value added tax", "Omzetbelasting";
        Liability = "LIABILITY", "Liability and safety", "Aansprakelijkheid en veiligheid";
        Confidentiality = "CONFIDENTIALITY", "Confidentiality and integrity", "Geheimhouding en integriteit";
        IntellectualProperty = "INTELLECTUAL_PROPERTY", "Intellectual property, equipment and privacy", "Intellectueel eigendom, middelen en privacy";
        Extension = "EXTENSION", "Extension", "Verlenging";
        EarlyEnd = "EARLY_END", "Early end", "Voortijdig einde";
        Takeover = "TAKEOVER", "A permanent appointment at the host", "Overname";
        Disputes = "DISPUTES", "Disputes and law", "Geschillen en recht";
        Annexes = "ANNEXES", "Annexes", "Bijlagen";
    }
}

/// A clause of a template: its text may name facts in double braces, such as `{{endDate}}`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct TemplateClause {
    /// What it is about.
    pub group: ClauseGroup,
    /// Its heading.
    pub heading: String,
    /// Its text; an empty line begins a new paragraph.
    pub text: String,
}

/// A template of agreements (model) of a network, in one version. It never changes; a later version follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreementTemplate {
    /// Identifies this version.
    pub id: AgreementTemplateId,
    /// Whose template it is.
    pub network: NetworkId,
    /// Counts from 1 per network.
    pub version: i64,
    /// The title of the agreements made by it.
    pub title: String,
    /// Its clauses, in their order.
    pub clauses: Vec<TemplateClause>,
    /// When it was laid down.
    pub created_at: Moment,
}

/// The clause groups without which there is no agreement of three parties.
const INDISPENSABLE: &[ClauseGroup] = &[
    ClauseGroup::Parties,
    ClauseGroup::Scope,
    ClauseGroup::Employment,
    ClauseGroup::Return,
    ClauseGroup::Supervision,
    ClauseGroup::Costs,
    ClauseGroup::Vat,
    ClauseGroup::Extension,
    ClauseGroup::EarlyEnd,
];

impl AgreementTemplate {
    /// Lays down the next version of the template of a network.
    pub fn lay_down(
        id: AgreementTemplateId,
        network: NetworkId,
        previous: Option<&Self>,
        title: String,
        clauses: Vec<TemplateClause>,
        now: Moment,
    ) -> Result<Self, Refusal> {
        let mut faults = Faults::default();
        for (index, clause) in clauses.iter().enumerate() {
            let unknown: Vec<_> = placeholders_of(&clause.text)
                .filter(|name| !PLACEHOLDERS.iter().any(|(known, _)| known == name))
                .collect();
            let names: Vec<&str> = PLACEHOLDERS.iter().map(|(name, _)| *name).collect();
            let reason = format!("must name no fact but these in double braces: {}", names.join(", "));
            faults.unless(unknown.is_empty(), &format!("clauses.{index}.text"), &reason);
        }
        let missing: Vec<&str> = INDISPENSABLE
            .iter()
            .filter(|group| !clauses.iter().any(|clause| clause.group == **group))
            .map(|group| group.as_str())
            .collect();
        faults.unless(
            missing.is_empty(),
            "clauses",
            &format!("must have a clause for each of these groups: {}", missing.join(", ")),
        );
        faults.finish()?;
        let version = previous.map_or(1, |previous| previous.version + 1);
        Ok(Self { id, network, version, title, clauses, created_at: now })
    }
}
