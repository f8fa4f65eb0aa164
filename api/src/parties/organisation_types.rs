//! Organisations: what clients send and see.

use chrono::{DateTime, Utc};
use domain::OrganisationId;
use domain::parties::identifiers::{IdentifierScheme, OrganisationIdentifier};
use domain::parties::organisations::{
    GovernmentLayer, Organisation, OrganisationDetails, OrganisationKind, OrganisationStatus, PostalAddress,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::paging::page_of;
use crate::patch::{Patched, present, set};

/// An official identifier of an organisation
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = OrganisationIdentifierItem)]
pub struct IdentifierItem {
    /// The register
    scheme: IdentifierScheme,
    /// The value, without spaces; check digits are checked
    #[schema(min_length = 2, max_length = 120, example = "GM0828")]
    value: String,
}

/// A postal address in the Netherlands
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = PostalAddressItem)]
pub struct AddressItem {
    /// Street and number
    #[schema(min_length = 1, max_length = 200, example = "Raadhuislaan 2")]
    street: String,
    /// Postal code
    #[schema(pattern = "^[1-9][0-9]{3} [A-Z]{2}$", max_length = 7, example = "5341 GM")]
    postal_code: String,
    /// Town
    #[schema(min_length = 1, max_length = 100, example = "Oss")]
    town: String,
}

/// A new organisation
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OrganisationDraft {
    /// The name as the organisation writes it
    #[schema(min_length = 1, max_length = 200, example = "Gemeente Oss")]
    name: String,
    /// What kind it is
    kind: OrganisationKind,
    /// The layer of government; follows from the kind unless given
    #[schema(nullable = false)]
    layer: Option<GovernmentLayer>,
    /// Official identifiers, at most one per register
    #[serde(default)]
    #[schema(max_items = 5)]
    identifiers: Vec<IdentifierItem>,
    /// The organisation above it
    parent_id: Option<OrganisationId>,
    /// The town of its seat
    #[schema(min_length = 1, max_length = 100, example = "Oss")]
    town: Option<String>,
    /// The province of its seat, as CBS code
    #[schema(pattern = "^PV[0-9]{2}$", max_length = 4, example = "PV30")]
    province: Option<String>,
    /// Where invoices go
    invoicing_address: Option<AddressItem>,
    /// The VAT number; its check is checked
    #[schema(pattern = "^NL[0-9]{9}B[0-9]{2}$", max_length = 14, example = "NL111222333B01")]
    vat_number: Option<String>,
    /// The account on which it is paid, without spaces; its check is checked
    #[schema(pattern = "^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$", max_length = 34, example = "NL91ABNA0417164300")]
    iban: Option<String>,
    /// Whom to ask about invoices
    #[schema(format = "email", max_length = 254, example = "facturen@oss.example")]
    invoicing_email: Option<String>,
    /// What it promises its entrepreneurial civil servants
    #[schema(max_length = 2000, example = "Ondernemend werken is bij ons een pré.")]
    commitment_statement: Option<String>,
}

/// What changes in an organisation: what is left out stays, null clears
#[derive(Clone, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OrganisationPatch {
    /// The name as the organisation writes it
    #[schema(nullable = false, min_length = 1, max_length = 200, example = "Gemeente Oss")]
    name: Option<String>,
    /// What kind it is
    #[schema(nullable = false)]
    kind: Option<OrganisationKind>,
    /// The layer of government
    #[schema(nullable = false)]
    layer: Option<GovernmentLayer>,
    /// All official identifiers, at most one per register
    #[schema(nullable = false, max_items = 5)]
    identifiers: Option<Vec<IdentifierItem>>,
    /// The organisation above it
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<OrganisationId>)]
    parent_id: Patched<OrganisationId>,
    /// The town of its seat
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 100, example = "Oss")]
    town: Patched<String>,
    /// The province of its seat, as CBS code
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, pattern = "^PV[0-9]{2}$", max_length = 4, example = "PV30")]
    province: Patched<String>,
    /// Where invoices go
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<AddressItem>)]
    invoicing_address: Patched<AddressItem>,
    /// The VAT number
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, pattern = "^NL[0-9]{9}B[0-9]{2}$", max_length = 14, example = "NL111222333B01")]
    vat_number: Patched<String>,
    /// The account on which it is paid, without spaces
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, pattern = "^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$", max_length = 34, example = "NL91ABNA0417164300")]
    iban: Patched<String>,
    /// Whom to ask about invoices
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, format = "email", max_length = 254, example = "facturen@oss.example")]
    invoicing_email: Patched<String>,
    /// What it promises its entrepreneurial civil servants
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, max_length = 2000, example = "Ondernemend werken is bij ons een pré.")]
    commitment_statement: Patched<String>,
    /// Whether it takes part; changed by a platform administrator
    #[schema(nullable = false)]
    pub(super) status: Option<OrganisationStatus>,
}

/// An employer that lends and borrows people (organisatie)
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Organisation)]
pub struct OrganisationView {
    /// Identifies it
    id: OrganisationId,
    /// The name as the organisation writes it
    #[schema(max_length = 200, example = "Gemeente Oss")]
    name: String,
    /// What kind it is
    kind: OrganisationKind,
    /// The layer of government
    layer: GovernmentLayer,
    /// Official identifiers, at most one per register
    #[schema(max_items = 5)]
    identifiers: Vec<IdentifierItem>,
    /// The organisation above it
    parent_id: Option<OrganisationId>,
    /// The town of its seat
    #[schema(max_length = 100, example = "Oss")]
    town: Option<String>,
    /// The province of its seat, as CBS code
    #[schema(max_length = 4, example = "PV30")]
    province: Option<String>,
    /// Where invoices go
    invoicing_address: Option<AddressItem>,
    /// The VAT number
    #[schema(max_length = 14, example = "NL111222333B01")]
    vat_number: Option<String>,
    /// The account on which it is paid
    #[schema(max_length = 34, example = "NL91ABNA0417164300")]
    iban: Option<String>,
    /// Whom to ask about invoices
    #[schema(max_length = 254, example = "facturen@oss.example")]
    invoicing_email: Option<String>,
    /// What it promises its entrepreneurial civil servants
    #[schema(max_length = 2000, example = "Ondernemend werken is bij ons een pré.")]
    commitment_statement: Option<String>,
    /// Whether it takes part
    status: OrganisationStatus,
    /// When it was registered
    #[schema(example = "2026-11-21T09:00:00Z")]
    created_at: DateTime<Utc>,
    /// When it last changed
    #[schema(example = "2026-11-21T09:00:00Z")]
    modified_at: DateTime<Utc>,
}

page_of!(
    /// A page of organisations
    OrganisationPage as OrganisationPage, OrganisationView
);

impl OrganisationDraft {
    /// The organisation above it.
    pub(super) fn parent(&self) -> Option<OrganisationId> {
        self.parent_id
    }
}

impl From<OrganisationDraft> for OrganisationDetails {
    fn from(draft: OrganisationDraft) -> Self {
        let OrganisationDraft {
            name,
            kind,
            layer,
            identifiers,
            parent_id,
            town,
            province,
            invoicing_address,
            vat_number,
            iban,
            invoicing_email,
            commitment_statement,
        } = draft;
        Self {
            name: name.trim().to_owned(),
            kind,
            layer: layer.unwrap_or(kind.layer()),
            identifiers: identifiers.into_iter().map(OrganisationIdentifier::from).collect(),
            parent: parent_id,
            town,
            province,
            invoicing_address: invoicing_address.map(PostalAddress::from),
            vat_number,
            iban,
            invoicing_email,
            commitment_statement,
        }
    }
}

impl OrganisationPatch {
    /// The details with what the patch gives.
    pub(super) fn apply(&self, mut details: OrganisationDetails) -> OrganisationDetails {
        let Self {
            name,
            kind,
            layer,
            identifiers,
            parent_id,
            town,
            province,
            invoicing_address,
            vat_number,
            iban,
            invoicing_email,
            commitment_statement,
            status: _, // a decision of its own
        } = self.clone();
        set(&mut details.name, name.map(|name| name.trim().to_owned()));
        set(&mut details.kind, kind);
        set(&mut details.layer, layer.or(kind.map(OrganisationKind::layer)));
        set(
            &mut details.identifiers,
            identifiers.map(|all| all.into_iter().map(OrganisationIdentifier::from).collect()),
        );
        set(&mut details.parent, parent_id);
        set(&mut details.town, town);
        set(&mut details.province, province);
        set(&mut details.invoicing_address, invoicing_address.map(|address| address.map(PostalAddress::from)));
        set(&mut details.vat_number, vat_number);
        set(&mut details.iban, iban);
        set(&mut details.invoicing_email, invoicing_email);
        set(&mut details.commitment_statement, commitment_statement);
        details
    }
}

impl From<&Organisation> for OrganisationView {
    fn from(organisation: &Organisation) -> Self {
        let Organisation { id, revision: _, details, status, created_at, modified_at } = organisation.clone();
        let OrganisationDetails {
            name,
            kind,
            layer,
            identifiers,
            parent,
            town,
            province,
            invoicing_address,
            vat_number,
            iban,
            invoicing_email,
            commitment_statement,
        } = details;
        Self {
            id,
            name,
            kind,
            layer,
            identifiers: identifiers.into_iter().map(IdentifierItem::from).collect(),
            parent_id: parent,
            town,
            province,
            invoicing_address: invoicing_address.map(AddressItem::from),
            vat_number,
            iban,
            invoicing_email,
            commitment_statement,
            status,
            created_at,
            modified_at,
        }
    }
}

impl From<IdentifierItem> for OrganisationIdentifier {
    fn from(item: IdentifierItem) -> Self {
        let IdentifierItem { scheme, value } = item;
        Self { scheme, value }
    }
}

impl From<OrganisationIdentifier> for IdentifierItem {
    fn from(identifier: OrganisationIdentifier) -> Self {
        let OrganisationIdentifier { scheme, value } = identifier;
        Self { scheme, value }
    }
}

impl From<AddressItem> for PostalAddress {
    fn from(item: AddressItem) -> Self {
        let AddressItem { street, postal_code, town } = item;
        Self { street, postal_code, town }
    }
}

impl From<PostalAddress> for AddressItem {
    fn from(address: PostalAddress) -> Self {
        let PostalAddress { street, postal_code, town } = address;
        Self { street, postal_code, town }
    }
}
