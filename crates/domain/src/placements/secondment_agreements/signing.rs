//! From a draft to three signatures under one text.

use super::{
    Agreement, AgreementAction, AgreementFacts, AgreementState, AgreementTemplate, AgreementTerms, AgreementText,
    BEGUN_BY, LIFECYCLE, LaidDown, PLATFORM_TITLE, Party, ShownAs, Signature, TemplateClause, dutch_date,
    platform_clauses,
};
use crate::lifecycle::may_begin;
use crate::placements::codes::{
    AGREEMENT_PENDING, CONSENT_MISSING, DOCUMENT_DIFFERS, LIGHT_FLOW, PLACEMENT_NOT_READY, SIGNED_ALREADY,
};
use crate::placements::placements::{Placement, PlacementState};
use crate::{AgreementId, Faults, Language, Moment, Part, PersonId, Refusal, TextEnum};

/// What is known when a version is drafted or changed.
#[derive(Debug, Clone, Copy)]
pub struct Drafting<'a> {
    /// The placement.
    pub placement: &'a Placement,
    /// The template that was chosen; none for the platform's own.
    pub template: Option<&'a AgreementTemplate>,
    /// The newest version that was not withdrawn.
    pub previous: Option<&'a Agreement>,
}

/// What a party sends to sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signing {
    /// Who signs.
    pub by: PersonId,
    /// Their name.
    pub name: String,
    /// The hash of the text they saw.
    pub document_hash: String,
    /// In which form they saw it.
    pub shown_as: ShownAs,
    /// The hash of what they saw.
    pub shown_hash: String,
}

impl Agreement {
    /// Drafts a version: the first one while the placement is planned, a later one to extend it while it runs.
    pub fn draft(
        id: AgreementId,
        terms: AgreementTerms,
        on: Drafting<'_>,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        may_begin("secondment agreement", BEGUN_BY, parts)?;
        let Drafting { placement, template, previous } = on;
        if placement.light_flow && placement.is_internal() {
            return Err(LIGHT_FLOW.refuse("Work inside one organisation needs no agreement of three parties."));
        }
        if previous.is_some_and(|previous| previous.state != AgreementState::Signed) {
            return Err(AGREEMENT_PENDING.refuse("Sign or withdraw that version first."));
        }
        check_stage(placement, &terms, previous.is_some(), now)?;
        terms.check(placement)?;
        Ok(Self {
            id,
            revision: 1,
            placement: placement.id,
            version: previous.map_or(1, |previous| previous.version + 1),
            template: template.map(|template| template.id),
            terms,
            state: AgreementState::Draft,
            laid_down: None,
            signatures: Vec::new(),
            created_at: now,
            modified_at: now,
        })
    }

    /// Changes what it says; what was signed is void.
    pub fn revise(
        self,
        terms: AgreementTerms,
        placement: &Placement,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, AgreementAction::Revise, parts)?;
        check_stage(placement, &terms, self.version > 1, now)?;
        terms.check(placement)?;
        Ok(Self { terms, state, laid_down: None, signatures: Vec::new(), modified_at: now, ..self })
    }

    /// Whether it may be laid before the parties: the manager goes along, and what has to be chosen is chosen.
    pub fn check_proposable(&self, manager_goes_along: bool, parts: &[Part]) -> Result<AgreementState, Refusal> {
        let state = LIFECYCLE.step(self.state, AgreementAction::Propose, parts)?;
        if !manager_goes_along {
            return Err(
                CONSENT_MISSING.refuse("The light S4 must be green: the employee asks consent when they choose.")
            );
        }
        let mut faults = Faults::default();
        faults.unless(self.terms.vat.is_some(), "vat", "must be chosen before it is laid before the parties");
        faults.unless(
            self.terms.procurement.is_some(),
            "procurement",
            "must be chosen before it is laid before the parties",
        );
        faults.finish()?;
        Ok(state)
    }

    /// Lays it before the parties: its words are fixed from then on.
    pub fn propose(
        self,
        laid_down: LaidDown,
        manager_goes_along: bool,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        let state = self.check_proposable(manager_goes_along, parts)?;
        Ok(Self { state, laid_down: Some(laid_down), modified_at: now, ..self })
    }

    /// A party signs what it saw; with the third signature the agreement is concluded.
    pub fn sign(self, signing: Signing, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, AgreementAction::Sign, parts)?;
        let Signing { by, name, document_hash, shown_as, shown_hash } = signing;
        let Some(laid_down) = &self.laid_down else {
            return Err(PLACEMENT_NOT_READY.refuse("Its words are not fixed yet."));
        };
        let (party, part) = party_of(parts);
        if self.signatures.iter().any(|signature| signature.party == party) {
            return Err(SIGNED_ALREADY.refuse(format!("{party} has signed; it waits for the others.")));
        }
        if self.signatures.iter().any(|signature| signature.by == by) {
            return Err(Refusal::forbidden("Nobody signs for two parties."));
        }
        let shown = match shown_as {
            ShownAs::Html => &laid_down.html_hash,
            ShownAs::Pdf => &laid_down.pdf_hash,
        };
        if laid_down.hash != document_hash || *shown != shown_hash {
            return Err(DOCUMENT_DIFFERS.refuse(
                "documentHash and shownHash must be those of this version: read it again, show it, and sign that.",
            ));
        }
        let signature = Signature { party, by, name, part, document_hash, shown_as, shown_hash, at: now };
        let signatures = self.signatures.iter().cloned().chain([signature]).collect();
        let signed = Self { state, signatures, modified_at: now, ..self };
        if signed.missing().next().is_some() {
            return Ok(signed);
        }
        let state = LIFECYCLE.step(signed.state, AgreementAction::Conclude, &[Part::Service])?;
        Ok(Self { state, ..signed })
    }

    /// Withdraws it before all have signed.
    pub fn withdraw(self, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, AgreementAction::Withdraw, parts)?;
        Ok(Self { state, modified_at: now, ..self })
    }

    /// Notes that a later version is signed.
    pub fn supersede(self, now: Moment) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, AgreementAction::Supersede, &[Part::Service])?;
        Ok(Self { state, modified_at: now, ..self })
    }

    /// The words as they would be laid before the parties now.
    pub fn words(
        &self,
        placement: &Placement,
        template: Option<&AgreementTemplate>,
        facts: &AgreementFacts,
    ) -> AgreementText {
        let mut clauses = template.map_or_else(platform_clauses, |template| template.clauses.clone());
        for particular in &self.terms.particulars {
            if !clauses.iter().any(|clause| clause.group == particular.group) {
                let heading = particular.group.label(Language::Dutch).to_owned();
                clauses.push(TemplateClause { group: particular.group, heading, text: String::new() });
            }
        }
        let title = template.map_or(PLATFORM_TITLE, |template| template.title.as_str()).to_owned();
        let by = template.map_or("model van het platform".to_owned(), |template| {
            format!("model van het netwerk, versie {}", template.version)
        });
        let with_particulars: Vec<_> = clauses
            .into_iter()
            .map(|clause| {
                let added = self.terms.particulars.iter().filter(|one| one.group == clause.group);
                let added = added.map(|one| one.text.clone()).collect();
                (clause, added)
            })
            .collect();
        let names = self.terms.names(placement, facts);
        let name = |wanted: &str| {
            names.iter().find(|(name, _)| *name == wanted).map_or_else(String::new, |(_, value)| value.clone())
        };
        let period = self.terms.period(placement);
        let at_a_glance = vec![
            ("Uitlener".to_owned(), name("home")),
            ("Inlener".to_owned(), name("host")),
            ("Medewerker".to_owned(), name("employee")),
            ("Klus".to_owned(), name("title")),
            ("Periode".to_owned(), format!("{} tot en met {}", dutch_date(period.start), dutch_date(period.end))),
            ("Omvang".to_owned(), name("hours")),
            ("Kosten".to_owned(), name("rate")),
            ("Waarde".to_owned(), name("value")),
        ];
        AgreementText::of(title, format!("Versie {}, {by}", self.version), at_a_glance, &with_particulars, &names)
    }
}

/// The party for which somebody with these parts signs.
fn party_of(parts: &[Part]) -> (Party, Part) {
    if parts.contains(&Part::Employee) {
        (Party::Employee, Part::Employee)
    } else if parts.contains(&Part::Client) {
        (Party::Host, Part::Client)
    } else if parts.contains(&Part::HomeManager) {
        (Party::Home, Part::HomeManager)
    } else {
        (Party::Home, Part::OrganisationAdministrator)
    }
}

/// The first version is made while the placement is planned; a later one extends a placement that runs.
fn check_stage(placement: &Placement, terms: &AgreementTerms, is_later: bool, now: Moment) -> Result<(), Refusal> {
    let state = placement.clone().as_of(now).state;
    match (state, is_later) {
        (PlacementState::Planned, false) if terms.extension.is_none() => Ok(()),
        (PlacementState::Planned, false) => {
            Err(Refusal::invalid("extension", "must be left out in the first version: the offer says hours and period"))
        }
        (PlacementState::Running, _) if terms.extension.is_some() => Ok(()),
        (PlacementState::Running, _) => {
            Err(Refusal::invalid("extension", "must be given: a later version extends the placement"))
        }
        _ => Err(PLACEMENT_NOT_READY.refuse(format!(
            "A first version is drafted while the placement is PLANNED, a later one while it is RUNNING; it is {state}."
        ))),
    }
}
