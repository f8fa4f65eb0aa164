//! Staff imports are read: how far they are, and what became of each row.

use actix_web::get;
use actix_web::web::Path;
use domain::exchange::staff_imports::{RowResult, StaffImportMode, StaffImportState, StaffRowOutcome};
use domain::exchange::staff_mapping::StaffField;
use domain::{OrganisationId, StaffImportId, TextEnum as _};
use interchange::staff_file::{ReportLine, report};
use persistence::exchange::staff_import_chunks as chunks;
use persistence::exchange::staff_imports::{self as kept, StaffImportFilter};
use persistence::{Page, PageRequest, View};
use serde::Deserialize;
use utoipa::IntoParams;

use super::readable;
use super::types::{StaffImportPage, StaffImportRowPage, StaffImportRowView, StaffImportView};
use crate::caller::Query;
use crate::clients::Provisioner;
use crate::exchange::staff_feeds::fed_by;
use crate::paging::{Paging, PagingParams};
use crate::problem::Problem;
use crate::reply::{Answer, Download, FileContent, Reply};

/// Which imports are wanted; what is left out does not narrow
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct StaffImportListQuery {
    /// In this state
    #[param(nullable = false, example = "AWAITING_APPROVAL")]
    state: Option<StaffImportState>,
    /// Of this mode
    #[param(nullable = false, example = "APPLY")]
    mode: Option<StaffImportMode>,
}

/// Which rows are wanted; what is left out does not narrow
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct StaffImportRowQuery {
    /// Those that do this
    #[param(nullable = false, example = "REJECTED")]
    outcome: Option<StaffRowOutcome>,
}

/// List the staff imports of an organisation, newest first
///
/// For administrators of the organisation and its clients.
#[utoipa::path(tag = "staff", security(("bearer" = ["staff:read"])),
    params(("organisationId" = OrganisationId, Path, description = "The organisation"), StaffImportListQuery, PagingParams), responses(
    (status = 200, description = "A page of imports", body = StaffImportPage),
))]
#[get("/organisations/{organisationId}/staff-imports")]
pub(crate) async fn list_staff_imports(
    caller: Provisioner,
    id: Path<OrganisationId>,
    query: Query<StaffImportListQuery>,
    paging: Paging,
) -> Answer<StaffImportPage> {
    caller
        .read(move |view, by| {
            let organisation = fed_by(view, by, *id)?;
            let StaffImportListQuery { state, mode } = query.0;
            let page = kept::list(view, organisation, StaffImportFilter { state, mode }, &paging.request)?;
            Ok(paging.reply(page.map(|import| StaffImportView::from(&import)), StaffImportPage::new))
        })
        .await
}

/// Show a staff import
///
/// How far it is: ask again until it has a `finishedAt`, or waits for approval.
#[utoipa::path(tag = "staff", security(("bearer" = ["staff:read"])),
    params(("organisationId" = OrganisationId, Path, description = "The organisation"),
        ("staffImportId" = StaffImportId, Path, description = "The import")), responses(
    (status = 200, description = "The import", body = StaffImportView),
))]
#[get("/organisations/{organisationId}/staff-imports/{staffImportId}")]
pub(crate) async fn get_staff_import(
    caller: Provisioner,
    path: Path<(OrganisationId, StaffImportId)>,
) -> Answer<StaffImportView> {
    caller
        .read(move |view, by| {
            let import = readable(view, by, *path)?;
            Ok(Reply::current(import.revision, StaffImportView::from(&import)))
        })
        .await
}

/// List what becomes of each row of a staff file
///
/// In the order in which it is done: first who is missing from the file, then its rows. Nothing is listed any more once
/// `resultsUntilAt` has passed.
#[utoipa::path(tag = "staff", security(("bearer" = ["staff:read"])),
    params(("organisationId" = OrganisationId, Path, description = "The organisation"),
        ("staffImportId" = StaffImportId, Path, description = "The import"), StaffImportRowQuery, PagingParams), responses(
    (status = 200, description = "A page of rows", body = StaffImportRowPage),
))]
#[get("/organisations/{organisationId}/staff-imports/{staffImportId}/rows")]
pub(crate) async fn list_staff_import_rows(
    caller: Provisioner,
    path: Path<(OrganisationId, StaffImportId)>,
    query: Query<StaffImportRowQuery>,
    paging: Paging,
) -> Answer<StaffImportRowPage> {
    caller
        .read(move |view, by| {
            let import = readable(view, by, *path)?;
            let page = rows(view, import.id, query.0.outcome, &paging.request)?;
            Ok(paging.reply(page.map(StaffImportRowView::from), StaffImportRowPage::new))
        })
        .await
}

/// Download the report of a staff import
///
/// Every row as CSV: UTF-8, semicolons, a line for each fault. Cells that a spreadsheet would take for a formula begin
/// with an apostrophe.
#[utoipa::path(tag = "staff", security(("bearer" = ["staff:read"])),
    params(("organisationId" = OrganisationId, Path, description = "The organisation"),
        ("staffImportId" = StaffImportId, Path, description = "The import")), responses(
    (status = 200, description = "The report", body = FileContent, content_type = "text/csv"),
))]
#[get("/organisations/{organisationId}/staff-imports/{staffImportId}/report")]
pub(crate) async fn get_staff_import_report(
    caller: Provisioner,
    path: Path<(OrganisationId, StaffImportId)>,
) -> Result<Download, Problem> {
    let results = caller
        .read(move |view, by| {
            let import = readable(view, by, *path)?;
            let chunks = chunks::all(view, import.id)?;
            Ok(chunks.into_iter().flat_map(|chunk| chunk.results).flatten().collect::<Vec<_>>())
        })
        .await?;
    Ok(Download::new("text/csv; charset=utf-8", "staff-import.csv", written(&results)))
}

fn rows(
    view: &mut View<'_>,
    import: StaffImportId,
    outcome: Option<StaffRowOutcome>,
    request: &PageRequest,
) -> Result<Page<RowResult>, Problem> {
    let backward = request.is_backward();
    let place: Option<i64> = request.cursor.as_ref().and_then(|cursor| cursor.key.parse().ok());
    let wanted = |counts: &domain::exchange::staff_imports::Outcomes| match outcome {
        Some(outcome) => counts.count(outcome),
        None => StaffRowOutcome::ALL.iter().map(|outcome| counts.count(*outcome)).sum(),
    };
    let mut found = Vec::new();
    for chunk in chunks::around(view, import, request, wanted)? {
        let mut all: Vec<(i64, RowResult)> =
            (chunk.first_row..).zip(chunk.results).filter_map(|(place, result)| Some((place, result?))).collect();
        if backward {
            all.reverse();
        }
        let is_beyond = |one: i64| place.is_none_or(|place| if backward { one < place } else { one > place });
        let fits = |result: &RowResult| outcome.is_none_or(|outcome| result.outcome == outcome);
        found.extend(all.into_iter().filter(|(one, result)| is_beyond(*one) && fits(result)));
    }
    found.truncate(usize::try_from(request.fetch()).unwrap_or(usize::MAX));
    let page = request.page(found, |(place, _)| (place.to_string(), import.into()));
    Ok(page.map(|(_, result)| result))
}

/// A line for each fault, and one for each row without.
fn written(results: &[RowResult]) -> Vec<u8> {
    let changes: Vec<String> = results.iter().map(|result| joined(&result.changes)).collect();
    let lines = results.iter().zip(&changes).flat_map(|(result, changes)| {
        let plain = ReportLine {
            row: result.number,
            key: result.key.as_deref().unwrap_or_default(),
            outcome: result.outcome.as_str(),
            field: changes,
            ..ReportLine::default()
        };
        let none = result.faults.is_empty().then(|| plain.clone());
        let faults = result.faults.iter().map(move |fault| ReportLine {
            field: fault.field.map(StaffField::as_str).unwrap_or_default(),
            column: fault.column.as_deref().unwrap_or_default(),
            code: fault.code.as_str(),
            allowed: &fault.allowed,
            ..plain.clone()
        });
        faults.chain(none).collect::<Vec<_>>()
    });
    report(lines)
}

fn joined(fields: &[StaffField]) -> String {
    fields.iter().map(|field| field.as_str()).collect::<Vec<_>>().join(" ")
}
