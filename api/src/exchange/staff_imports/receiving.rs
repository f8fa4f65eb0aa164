//! Staff files come in: what they would do is told at once, and done chunk by chunk.

use std::sync::Arc;

use actix_web::post;
use actix_web::web::Path;
use chrono::{DateTime, Utc};
use domain::exchange::codes::STAFF_FILE_REFUSED;
use domain::exchange::staff_feeds::{StaffFeed, StaffSource};
use domain::exchange::staff_files::StaffFile;
use domain::exchange::staff_imports::{
    Against, Outcomes, Plan, StaffImport, StaffImportMode, StaffImportState, StaffRowOutcome, plan,
};
use domain::parties::identifiers::IdentifierScheme;
use domain::{Moment, OrganisationId, PersonId, Refusal, local_date};
use interchange::staff_file::{self, Reading};
use persistence::exchange::staff_import_chunks::{self as chunks, Chunk};
use persistence::exchange::{staff, staff_feeds, staff_imports as kept};
use persistence::parties::organisations;
use persistence::{View, Work};
use serde::Deserialize;
use utoipa::IntoParams;

use super::types::{StaffImportView, StaffRowInput};
use super::upload::{MOST_UNPACKED, Upload, Uploaded};
use super::{announce, applying};
use crate::app::App;
use crate::caller::Query;
use crate::clients::{Provider, Provisioner};
use crate::exchange::staff_feeds::{enter, fed_by};
use crate::problem::Problem;
use crate::reply::{Answer, FileContent, Reply};

/// How many rows are applied in one transaction.
const ROWS_PER_CHUNK: usize = 1000;

/// What is done with the file
#[derive(Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct StaffImportQuery {
    /// DRY_RUN only tells what would happen
    #[param(example = "DRY_RUN")]
    mode: StaffImportMode,
    /// When the HR system made the file: one that is older than the last one that was applied is refused
    #[param(nullable = false, example = "2027-01-31T02:00:00Z")]
    generated_at: Option<DateTime<Utc>>,
    /// Whether this is the first file: as many people may come as there are in it. Refused once a file was applied
    #[serde(default)]
    #[param(nullable = false, default = false, example = false)]
    first_load: bool,
}

/// How the body is packed
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub struct ContentEncodingParam {
    /// `gzip` where the body is packed; left out where it is not
    #[param(
        rename = "Content-Encoding",
        required = false,
        pattern = "^(gzip|identity)$",
        max_length = 8,
        example = "gzip"
    )]
    #[expect(dead_code, reason = "read by Uploaded; this one documents it")]
    content_encoding: Option<String>,
}

/// Send a staff file
///
/// The file holds everybody whom the organisation employs: whoever is missing from it leaves. A row that is at fault is
/// not missing: nothing happens to whom it is about. What the file does is told at once; `GET …/rows` tells it row by
/// row. With APPLY it is then applied in chunks of 1000 rows, which goes on after a crash, and `GET` tells how far it is.
/// Where it does more than the thresholds of the staff-feed allow, nothing is applied until an administrator approves.
///
/// A file that cannot be trusted is refused as a whole: empty, without a column of the mapping, with somebody twice, of
/// another organisation, with less than half of the rows of the last one, older than that, or the very same. The file
/// may be packed (gzip) and have up to 32 MiB. CSV is UTF-8 or Windows-1252, with semicolons, commas or tabs; days are
/// `2019-03-01` or `01-03-2019`. An archive (ZIP) holds persons.csv, contracts.csv and departments.csv.
///
/// Done by an administrator of the organisation, or by one of its clients. The rows are kept until the import is over, the results for 30 days.
#[utoipa::path(tag = "staff", security(("bearer" = ["staff:write"])),
    params(("organisationId" = OrganisationId, Path, description = "The organisation"), StaffImportQuery, ContentEncodingParam),
    request_body(content(
        (FileContent = "text/csv"), (Vec<StaffRowInput> = "application/json"), (FileContent = "application/zip"),
    ), description = "Everybody whom the organisation employs"), responses(
    (status = 201, description = "Read; with APPLY it is being applied, or waits for approval", body = StaffImportView),
    (status = 409, description = "It is the same file again, an older one, or one with far fewer rows; another one is being applied; staff comes in by SCIM"),
))]
#[post("/organisations/{organisationId}/staff-imports")]
pub(crate) async fn create_staff_import(
    caller: Provisioner,
    id: Path<OrganisationId>,
    query: Query<StaffImportQuery>,
    uploaded: Uploaded,
) -> Answer<StaffImportView> {
    let app = caller.app().clone();
    let post = app.blocking(move |_| uploaded.open()).await?;
    let reply = caller
        .post(post, move |work, by, upload| {
            let organisation = fed_by(work, by, *id)?;
            let sender = if let Provider::Person(actor) = by { Some(actor.person) } else { None };
            let import = receive(work, organisation, sender, (&query.0, &upload))?;
            let path = format!("/organisations/{organisation}/staff-imports/{}", import.id);
            Ok(Reply::created(&path, StaffImportView::from(&import)).revision(import.revision))
        })
        .await?;
    applying::start(&app);
    Ok(reply)
}

/// Takes in the first file of an organisation and applies it before it returns; for the demonstration.
pub(crate) fn take_in(app: &App, organisation: OrganisationId, file: &[u8]) -> Result<(), Problem> {
    let query = StaffImportQuery { mode: StaffImportMode::Apply, generated_at: None, first_load: true };
    let upload = Arc::new(Upload::csv(file.to_vec()));
    app.write(|work| receive(work, organisation, None, (&query, &upload)))?;
    applying::apply_all(app)
}

fn receive(
    work: &mut Work<'_>,
    organisation: OrganisationId,
    by: Option<PersonId>,
    (query, upload): (&StaffImportQuery, &Arc<Upload>),
) -> Result<StaffImport, Problem> {
    let feed = match query.mode {
        StaffImportMode::Apply => enter(work, organisation, StaffSource::File)?,
        StaffImportMode::DryRun => staff_feeds::of(work, organisation)?,
    };
    let file = read(work, organisation, &feed, upload)?;
    let (applied, open) = (kept::last_applied(work, organisation)?, kept::open(work, organisation)?);
    let against = Against { applied: applied.as_ref(), open: open.as_ref() };
    let import = begun(work, &feed, (query, upload), &file, by).receive(against, work.now())?;
    let found = planned(work, organisation, &file)?;
    let keeps_all = import.mode == StaffImportMode::Apply;
    let rows = chunks_of(&found, keeps_all);
    let pending = i64::try_from(rows.iter().filter(|chunk| chunk.pending).count()).unwrap_or(i64::MAX);
    let import = import.planned(&found, pending, work.now());
    if import.mode == StaffImportMode::Apply
        && let Some(open) = open
    {
        supersede(work, open)?;
    }
    let import = kept::insert(work, import)?;
    chunks::replace(work, import.id, &kept_of(rows, import.state), import.results_until)?;
    announce(work, &import, None)?;
    Ok(import)
}

/// The file, read by the settings of the organisation.
fn read(
    view: &mut View<'_>,
    organisation: OrganisationId,
    feed: &StaffFeed,
    upload: &Upload,
) -> Result<StaffFile, Problem> {
    let known = organisations::get(view, organisation)?;
    let oin = known.details.identifiers.iter().find(|identifier| identifier.scheme == IdentifierScheme::Oin);
    let reading = Reading {
        format: upload.format,
        charset: upload.charset.as_deref(),
        mapping: feed.mapping.as_ref(),
        oin: oin.map(|oin| oin.value.as_str()),
        today: local_date(view.now()),
        limit: MOST_UNPACKED,
    };
    staff_file::read(&upload.bytes, &reading).map_err(|faults| {
        let detail = "Nothing of the file was taken; see invalidParams for what is wrong.";
        Refusal { faults, ..STAFF_FILE_REFUSED.refuse(detail) }.into()
    })
}

fn begun(
    work: &Work<'_>,
    feed: &StaffFeed,
    (query, upload): (&StaffImportQuery, &Upload),
    file: &StaffFile,
    by: Option<PersonId>,
) -> StaffImport {
    let now: Moment = work.now();
    StaffImport {
        id: work.id(),
        revision: 1,
        organisation: feed.organisation,
        mode: query.mode,
        state: StaffImportState::Checked,
        // Read in another way, the same bytes are another file.
        fingerprint: format!("{}.{}", upload.hash, feed.revision),
        generated_at: query.generated_at.map(domain::truncate),
        first_load: query.first_load,
        fields: file.fields.clone(),
        rows: file.count,
        employees_before: 0,
        limits: feed.limits,
        planned: Outcomes::default(),
        applied: Outcomes::default(),
        chunks: 0,
        chunks_applied: 0,
        submitted_by: by,
        decided_by: None,
        decided_at: None,
        reason: None,
        attempts: 0,
        leased_until: None,
        finished_at: None,
        results_until: now,
        created_at: now,
        modified_at: now,
    }
}

/// What the file does to the staff as it is now.
pub(super) fn planned(view: &mut View<'_>, organisation: OrganisationId, file: &StaffFile) -> Result<Plan, Problem> {
    let present = staff::of_organisation(view, organisation, None, u32::MAX)?;
    Ok(plan(file, &present, local_date(view.now())))
}

/// The rows of a plan in chunks. Only those that have something to do are pending. Whoever goes or makes room does so
/// in chunks before those of the file: what is given up there is free here.
pub(super) fn chunks_of(plan: &Plan, keeps_all: bool) -> Vec<Chunk> {
    let is_idle = |outcome| matches!(outcome, StaffRowOutcome::Unchanged | StaffRowOutcome::Rejected);
    let (before, of_file) = plan.rows.split_at(plan.before);
    let mut first_row = 0;
    let mut chunks = Vec::new();
    for (number, rows) in (0..).zip(before.chunks(ROWS_PER_CHUNK).chain(of_file.chunks(ROWS_PER_CHUNK))) {
        let results: Vec<_> = rows.iter().map(|(result, _)| result.clone()).collect();
        let pending = rows.iter().any(|(result, item)| match result {
            Some(result) => item.is_some() && !is_idle(result.outcome),
            None => item.is_some(),
        });
        let items = keeps_all.then(|| rows.iter().map(|(_, item)| item.clone()).collect());
        let told: Vec<_> = results.iter().flatten().cloned().collect();
        chunks.push(Chunk { number, first_row, pending, outcomes: Outcomes::of(&told), items, results });
        first_row += i64::try_from(rows.len()).unwrap_or_default();
    }
    chunks
}

/// What is kept of the chunks: what waits for somebody keeps every row, as it is looked at again; what is applied keeps
/// what there is to do; anything else keeps what became of it.
pub(super) fn kept_of(mut chunks: Vec<Chunk>, state: StaffImportState) -> Vec<Chunk> {
    for chunk in &mut chunks {
        let stays = match state {
            StaffImportState::AwaitingApproval => true,
            StaffImportState::Applying => chunk.pending,
            _ => false,
        };
        if !stays {
            (chunk.items, chunk.pending) = (None, false);
        }
    }
    chunks
}

fn supersede(work: &mut Work<'_>, open: StaffImport) -> Result<(), Problem> {
    let from = open.state;
    let import = kept::save(work, open.supersede(work.now())?)?;
    chunks::forget_items(work, import.id, import.results_until)?;
    announce(work, &import, Some(from))
}
