//! Organisations: a tree of public employers, each with its official identifiers.

use super::identifiers::{OrganisationIdentifier, is_dutch_vat_number, is_iban};
use crate::{Faults, Moment, OrganisationId, Refusal, text_enum};

text_enum! {
    /// What kind of organisation it is (organisatiesoort)
    OrganisationKind {
        Municipality = "MUNICIPALITY", "Municipality", "Gemeente";
        Province = "PROVINCE", "Province", "Provincie";
        WaterBoard = "WATER_BOARD", "Water board", "Waterschap";
        Ministry = "MINISTRY", "Ministry", "Ministerie";
        Agency = "AGENCY", "Agency", "Agentschap";
        IndependentBody = "INDEPENDENT_BODY", "Independent administrative body", "Zelfstandig bestuursorgaan (zbo)";
        JointArrangement = "JOINT_ARRANGEMENT", "Joint arrangement", "Gemeenschappelijke regeling";
        OtherPublic = "OTHER_PUBLIC", "Other public organisation", "Andere publieke organisatie";
        Private = "PRIVATE", "Private organisation", "Private organisatie";
    }
}

text_enum! {
    /// The layer of government (bestuurslaag)
    GovernmentLayer {
        Municipal = "MUNICIPAL", "Municipal", "Gemeentelijk";
        Regional = "REGIONAL", "Regional", "Regionaal";
        Provincial = "PROVINCIAL", "Provincial", "Provinciaal";
        Water = "WATER", "Water authority", "Waterschap";
        National = "NATIONAL", "National", "Rijk";
        Other = "OTHER", "Outside the layers of government", "Buiten de bestuurslagen";
    }
}

impl OrganisationKind {
    /// The layer that follows from the kind.
    pub fn layer(self) -> GovernmentLayer {
        match self {
            Self::Municipality => GovernmentLayer::Municipal,
            Self::Province => GovernmentLayer::Provincial,
            Self::WaterBoard => GovernmentLayer::Water,
            Self::Ministry | Self::Agency | Self::IndependentBody => GovernmentLayer::National,
            Self::JointArrangement => GovernmentLayer::Regional,
            Self::OtherPublic | Self::Private => GovernmentLayer::Other,
        }
    }
}

text_enum! {
    /// Whether the organisation takes part
    OrganisationStatus {
        Active = "ACTIVE", "Takes part", "Doet mee";
        Inactive = "INACTIVE", "Does not take part", "Doet niet mee";
    }
}

/// An employer that lends and borrows people (organisatie).
#[derive(Debug, Clone, PartialEq)]
pub struct Organisation {
    /// Identifies it.
    pub id: OrganisationId,
    /// Counts its changes.
    pub revision: i64,
    /// What is known of it.
    pub details: OrganisationDetails,
    /// Whether it takes part.
    pub status: OrganisationStatus,
    /// When it was registered.
    pub created_at: Moment,
    /// When it last changed.
    pub modified_at: Moment,
}

/// What an administrator says of an organisation.
#[derive(Debug, Clone, PartialEq)]
pub struct OrganisationDetails {
    /// The name as the organisation writes it.
    pub name: String,
    /// What kind it is.
    pub kind: OrganisationKind,
    /// The layer of government; follows from the kind unless stated.
    pub layer: GovernmentLayer,
    /// Official identifiers, at most one per register.
    pub identifiers: Vec<OrganisationIdentifier>,
    /// The concern it is a part of.
    pub parent: Option<OrganisationId>,
    /// The town of its seat.
    pub town: Option<String>,
    /// The province of its seat, as CBS code (PV20 to PV31).
    pub province: Option<String>,
    /// Where invoices go.
    pub invoicing_address: Option<PostalAddress>,
    /// Its VAT number.
    pub vat_number: Option<String>,
    /// The account on which it is paid.
    pub iban: Option<String>,
    /// Whom to ask about invoices.
    pub invoicing_email: Option<String>,
    /// What it promises its entrepreneurial civil servants.
    pub commitment_statement: Option<String>,
}

/// A postal address in the Netherlands.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PostalAddress {
    /// Street and number.
    pub street: String,
    /// Postal code, as 1234 AB.
    pub postal_code: String,
    /// Town.
    pub town: String,
}

impl OrganisationDetails {
    fn check(&self) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        for (index, identifier) in self.identifiers.iter().enumerate() {
            identifier.check(&format!("identifiers.{index}.value"), &mut faults);
            let twice = self.identifiers.iter().take(index).any(|earlier| earlier.scheme == identifier.scheme);
            faults.unless(!twice, &format!("identifiers.{index}.scheme"), "each register must be named at most once");
        }
        if let Some(number) = &self.vat_number {
            let reason = "a Dutch VAT number must look like NL123456789B01 and pass its check";
            faults.unless(is_dutch_vat_number(number), "vatNumber", reason);
        }
        if let Some(iban) = &self.iban {
            faults.unless(is_iban(iban), "iban", "an IBAN must be written without spaces and pass its check");
        }
        faults.finish()
    }
}

impl Organisation {
    /// Registers an organisation.
    pub fn register(id: OrganisationId, details: OrganisationDetails, now: Moment) -> Result<Self, Refusal> {
        details.check()?;
        Ok(Self { id, revision: 1, details, status: OrganisationStatus::Active, created_at: now, modified_at: now })
    }

    /// Changes what is known of it. `ancestors` are the organisations above the new parent, itself included.
    pub fn revise(
        self,
        details: OrganisationDetails,
        ancestors: &[OrganisationId],
        now: Moment,
    ) -> Result<Self, Refusal> {
        details.check()?;
        if ancestors.contains(&self.id) {
            return Err(
                super::codes::PARENT_CIRCULAR.refuse("parentId must not be the organisation itself or one below it.")
            );
        }
        Ok(Self { details, modified_at: now, ..self })
    }

    /// Lets it take part, or not.
    pub fn set_status(self, status: OrganisationStatus, now: Moment) -> Self {
        Self { status, modified_at: now, ..self }
    }

    /// Whether it takes part.
    pub fn is_active(&self) -> bool {
        self.status == OrganisationStatus::Active
    }

    /// Whether its people are civil servants: a public body that takes part.
    pub fn is_part_of_government(&self) -> bool {
        self.is_public() && self.status == OrganisationStatus::Active
    }

    /// Whether it is a public body.
    pub fn is_public(&self) -> bool {
        self.details.kind != OrganisationKind::Private
    }
}
