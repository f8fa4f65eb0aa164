//! A statement as an e-invoice (UBL 2.1) and as a document beside it.

use actix_web::get;
use actix_web::web::Path;
use domain::parties::identifiers::IdentifierScheme;
use domain::parties::organisations::Organisation;
use domain::placements::charge_statements::{ChargeStatement, ChargeStatementKind};
use domain::placements::codes::{INVOICE_INCOMPLETE, PLACEMENT_NOT_READY};
use domain::placements::secondment_agreements::{VatCategory, dutch_date, dutch_hours, euros};
use domain::{ChargeStatementId, Language, Refusal, local_date};
use interchange::document::{Block, Document, pdf};
use interchange::invoice::{
    Invoice, Kind, LegalId, Line, Party, Payment, Period, Profile, Scheme, VatTreatment, write,
};
use persistence::market::assignments;
use persistence::parties::organisations;
use persistence::placements::charge_statements::DocumentForm;
use persistence::placements::{charge_statements as kept, placements};
use persistence::{View, Work};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::open;
use super::setu::setu_of;
use crate::access::Actor;
use crate::caller::{Caller, Query};
use crate::problem::Problem;
use crate::reply::{Download, FileContent};

/// The profile of an e-invoice
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
pub enum InvoiceProfile {
    /// Peppol BIS Billing 3.0
    #[serde(rename = "PEPPOL")]
    Peppol,
    /// NLCIUS (SI-UBL 2.0)
    #[serde(rename = "NLCIUS")]
    Nlcius,
}

/// In which profile
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct InvoiceQuery {
    /// The profile: one document cannot follow both; PEPPOL unless given
    #[param(nullable = false, inline)]
    profile: Option<InvoiceProfile>,
}

/// Get a charge statement as an e-invoice
///
/// UBL 2.1, an invoice or for a counter-statement a credit note, valid under EN 16931 in the profile asked for. It was made
/// when the statement was issued, and stays the same to the last byte.
#[utoipa::path(tag = "charges", security(("bearer" = ["charges:read"])),
    params(("chargeStatementId" = ChargeStatementId, Path, description = "The statement"), InvoiceQuery), responses(
    (status = 200, description = "The invoice", body = String, content_type = "application/xml"),
    (status = 409, description = "It is not issued"),
))]
#[get("/charge-statements/{chargeStatementId}/ubl")]
pub(crate) async fn get_invoice(
    caller: Caller,
    id: Path<ChargeStatementId>,
    query: Query<InvoiceQuery>,
) -> Result<Download, Problem> {
    let form = match query.0.profile {
        Some(InvoiceProfile::Nlcius) => DocumentForm::Nlcius,
        Some(InvoiceProfile::Peppol) | None => DocumentForm::Peppol,
    };
    let bytes = caller.read(move |view, actor| issued(view, actor, *id, form)).await?;
    Ok(Download::new("application/xml", "factuur.xml", bytes))
}

/// Get a charge statement as a document
///
/// PDF/A-2a: the same figures, for people to read beside the e-invoice.
#[utoipa::path(tag = "charges", security(("bearer" = ["charges:read"])),
    params(("chargeStatementId" = ChargeStatementId, Path, description = "The statement")), responses(
    (status = 200, description = "The document", body = FileContent, content_type = "application/pdf"),
    (status = 409, description = "It is not issued"),
))]
#[get("/charge-statements/{chargeStatementId}/pdf")]
pub(crate) async fn get_invoice_pdf(caller: Caller, id: Path<ChargeStatementId>) -> Result<Download, Problem> {
    let bytes = caller.read(move |view, actor| issued(view, actor, *id, DocumentForm::Pdf)).await?;
    Ok(Download::new("application/pdf", "factuur.pdf", bytes))
}

/// The document that was made when the statement was issued.
pub(super) fn issued(
    view: &mut View<'_>,
    actor: &Actor,
    id: ChargeStatementId,
    form: DocumentForm,
) -> Result<Vec<u8>, Problem> {
    let (statement, _) = open(view, actor, id)?;
    let kept = kept::document(view, statement.id, form)?;
    Ok(kept.ok_or_else(|| PLACEMENT_NOT_READY.refuse("A statement is an invoice once it is issued."))?)
}

/// A statement in every form.
type Documents = Vec<(DocumentForm, Vec<u8>)>;

/// Makes and keeps the documents of a statement that is being issued.
pub(super) fn lay_down(work: &mut Work<'_>, issued: &ChargeStatement) -> Result<(), Problem> {
    for (form, content) in documents(work, issued)?? {
        kept::keep_document(work, issued.id, form, &content)?;
    }
    Ok(())
}

/// An issued statement in every form, or what is missing for an invoice.
pub(super) fn documents(view: &mut View<'_>, issued: &ChargeStatement) -> Result<Result<Documents, Refusal>, Problem> {
    let invoice = invoice_of(view, issued)?;
    let written = write(&invoice, Profile::PeppolBis3).and_then(|one| Ok((one, write(&invoice, Profile::Nlcius)?)));
    let (peppol, nlcius) = match written {
        Ok(both) => both,
        Err(fault) => {
            let missing = fault.fields.iter().map(|field| format!("{} {}", field.name, field.reason));
            return Ok(Err(INVOICE_INCOMPLETE.refuse(format!("{}.", missing.collect::<Vec<_>>().join("; ")))));
        }
    };
    let pdf = pdf(&document_of(issued, &invoice)).map_err(|error| Problem::internal(&error))?;
    let setu = serde_json::to_vec(&setu_of(view, issued, invoice)?).map_err(|error| Problem::internal(&error))?;
    Ok(Ok(vec![
        (DocumentForm::Peppol, peppol),
        (DocumentForm::Nlcius, nlcius),
        (DocumentForm::Pdf, pdf),
        (DocumentForm::Setu, setu),
    ]))
}

/// The statement as an invoice. What cannot be said in it yet is told when it is written.
fn invoice_of(view: &mut View<'_>, statement: &ChargeStatement) -> Result<Invoice, Problem> {
    let (Some(number), Some(issued_at)) = (statement.number, statement.issued_at) else {
        return Err(PLACEMENT_NOT_READY.refuse("A statement is an invoice once it is issued.").into());
    };
    let issuer = organisations::get(view, statement.issuer)?;
    let recipient = organisations::get(view, statement.recipient)?;
    let placement = placements::get(view, statement.placement)?;
    let title = assignments::get(view, placement.assignment)?.details.title;
    let corrects = match statement.counters {
        Some(id) => Some(kept::get(view, id)?),
        None => None,
    };
    let is_outside = statement.vat.category == VatCategory::OutsideScope;
    let days = || statement.lines.iter().map(|line| line.day);
    let month = statement.month.period();
    let (number, references) = (number.to_string(), &statement.references);
    Ok(Invoice {
        kind: kind_of(statement, corrects.as_ref()),
        issue_date: local_date(issued_at),
        due_date: statement.due_date.filter(|_| statement.kind == ChargeStatementKind::Charge),
        period: Period {
            start: days().min().map_or(month.start, |first| first.min(month.start)),
            end: days().max().map_or(month.end, |last| last.max(month.end)),
        },
        // Some reference has to be there; where the host named none, both sides know the placement.
        buyer_reference: references.buyer_reference.clone().or_else(|| {
            let named = references.order_reference.is_some();
            (!named).then(|| placement.id.to_string())
        }),
        order_reference: references.order_reference.clone(),
        contract_reference: Some(placement.id.to_string()),
        note: None,
        seller: party(&issuer, is_outside),
        buyer: party(&recipient, is_outside),
        payment: Payment {
            iban: issuer.details.iban.clone(),
            account_name: Some(issuer.details.name.clone()),
            reference: Some(number.clone()),
        },
        vat: vat_of(statement),
        lines: statement
            .lines
            .iter()
            .zip(1..)
            .map(|(line, place)| Line {
                id: place.to_string(),
                description: format!("{title}, {}", dutch_date(line.day)),
                period: Period { start: line.day, end: line.day },
                minutes: line.minutes,
                cents_per_hour: line.cents_per_hour,
                amount_cents: line.amount_cents,
                timesheet_reference: Some(format!("{}#{}", line.timesheet, line.line)),
            })
            .collect(),
        number,
    })
}

fn kind_of(statement: &ChargeStatement, corrects: Option<&ChargeStatement>) -> Kind {
    let corrected = corrects.and_then(|one| Some((one.number?, one.issued_at?)));
    match (statement.kind, corrected) {
        (ChargeStatementKind::Counter, Some((number, issued_at))) => {
            Kind::CreditNote { corrects: number.to_string(), corrects_issue_date: local_date(issued_at) }
        }
        _ => Kind::Invoice,
    }
}

/// A party as invoices name it; outside the scope of the tax no VAT number may stand there (BR-O-02).
pub(super) fn party(organisation: &Organisation, is_outside: bool) -> Party {
    let details = &organisation.details;
    let of = |wanted: IdentifierScheme| {
        details.identifiers.iter().find(|one| one.scheme == wanted).map(|one| one.value.clone())
    };
    let oin = of(IdentifierScheme::Oin).map(|value| LegalId { scheme: Scheme::Oin, value });
    let kvk = of(IdentifierScheme::Kvk).map(|value| LegalId { scheme: Scheme::Kvk, value });
    let address = details.invoicing_address.as_ref();
    Party {
        name: details.name.clone(),
        street: address.map(|address| address.street.clone()),
        postal_code: address.map(|address| address.postal_code.clone()),
        town: address.map(|address| address.town.clone()),
        legal_id: oin.or(kvk),
        vat_number: details.vat_number.clone().filter(|_| !is_outside),
        contact_name: details.invoicing_email.as_ref().map(|_| details.name.clone()),
        contact_email: details.invoicing_email.clone(),
    }
}

fn vat_of(statement: &ChargeStatement) -> VatTreatment {
    let reason = || statement.vat.legal_basis.clone().unwrap_or_default();
    match statement.vat.category {
        VatCategory::Standard => {
            let points = statement.vat.rate_basis_points.and_then(|points| u16::try_from(points).ok());
            VatTreatment::Standard { basis_points: points.unwrap_or_default() }
        }
        VatCategory::Exempt => VatTreatment::Exempt { reason: reason() },
        VatCategory::OutsideScope => VatTreatment::OutsideScope { reason: reason() },
    }
}

/// The statement as a letter.
fn document_of(statement: &ChargeStatement, invoice: &Invoice) -> Document {
    let is_credit = statement.kind == ChargeStatementKind::Counter;
    let title = if is_credit { "Creditnota" } else { "Doorbelasting" };
    let named = |party: &Party| {
        let place = [&party.street, &party.postal_code, &party.town].into_iter().flatten().cloned();
        let id = party.legal_id.as_ref().map(|id| match id.scheme {
            Scheme::Oin => format!("OIN {}", id.value),
            Scheme::Kvk => format!("KvK {}", id.value),
        });
        let vat = party.vat_number.as_ref().map(|number| format!("btw {number}"));
        let parts: Vec<String> = [party.name.clone()].into_iter().chain(place).chain(id).chain(vat).collect();
        parts.join(", ")
    };
    let mut facts = vec![
        ("Nummer".to_owned(), invoice.number.clone()),
        ("Datum".to_owned(), dutch_date(invoice.issue_date)),
        ("Van".to_owned(), named(&invoice.seller)),
        ("Aan".to_owned(), named(&invoice.buyer)),
    ];
    let optional = [
        ("Betalen voor", invoice.due_date.map(dutch_date)),
        ("Rekening", invoice.payment.iban.clone()),
        ("Uw kenmerk", invoice.buyer_reference.clone()),
        ("Inkooporder", invoice.order_reference.clone()),
    ];
    facts.extend(optional.into_iter().filter_map(|(label, value)| Some((label.to_owned(), value?))));
    if let Kind::CreditNote { corrects, .. } = &invoice.kind {
        facts.push(("Corrigeert".to_owned(), corrects.clone()));
    }
    let rows = invoice.lines.iter().map(|line| {
        vec![line.description.clone(), dutch_hours(line.minutes), euros(line.cents_per_hour), euros(line.amount_cents)]
    });
    let totals = vec![
        ("Totaal zonder btw".to_owned(), euros(statement.total_cents())),
        (vat_label(statement), euros(statement.vat_cents())),
        ("Totaal".to_owned(), euros(statement.total_cents() + statement.vat_cents())),
    ];
    let header = ["Omschrijving", "Tijd", "Per uur", "Bedrag"].map(str::to_owned).to_vec();
    Document {
        language: Language::Dutch,
        title: title.to_owned(),
        subtitle: vec![format!("{} {}", title, invoice.number)],
        blocks: vec![
            Block::Facts(facts),
            Block::Table { header, rows: rows.collect(), right_aligned: vec![1, 2, 3] },
            Block::Facts(totals),
        ],
        footer: format!("{title} {}", invoice.number),
        created: statement.issued_at.unwrap_or(statement.created_at),
    }
}

fn vat_label(statement: &ChargeStatement) -> String {
    match (statement.vat.category, statement.vat.rate_basis_points, &statement.vat.legal_basis) {
        (VatCategory::Standard, Some(points), _) => format!("Btw {} %", points / 100),
        (_, _, Some(basis)) => format!("Btw: geen ({basis})"),
        _ => "Btw".to_owned(),
    }
}
