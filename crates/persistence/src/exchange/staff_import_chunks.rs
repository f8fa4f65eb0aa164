//! The rows of staff imports, in chunks: what is to be done, as long as it is, and what became of it.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use domain::exchange::staff_imports::{Item, Outcomes, RowResult};
use domain::{Moment, StaffImportId};

use crate::among::AmongMethods as _;
use crate::columns::{At, Key, Place, to_json};
use crate::schema::exchange_files::staff_import_chunks as chunks;
use crate::{PageRequest, PersistenceError, Result, View, Work};

/// A number of rows of an import that are applied together.
#[derive(Debug, Clone)]
pub struct Chunk {
    /// Its place.
    pub number: i64,
    /// How many rows stand before it.
    pub first_row: i64,
    /// Whether it has to be applied.
    pub pending: bool,
    /// How many of its rows do what.
    pub outcomes: Outcomes,
    /// What is to be done, row by row; nothing once it is over.
    pub items: Option<Vec<Option<Item>>>,
    /// What becomes of the rows, row by row.
    pub results: Vec<Option<RowResult>>,
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = chunks, treat_none_as_null = true, treat_none_as_default_value = false)]
#[diesel(check_for_backend(Sqlite, Pg))]
struct Row {
    import_id: Key,
    number: i64,
    first_row: i64,
    row_count: i64,
    pending: bool,
    outcomes: serde_json::Value,
    items: Option<String>,
    results: String,
    forget_at: At,
}

impl Row {
    fn of(import: StaffImportId, chunk: &Chunk, forget_at: Moment) -> Self {
        let Chunk { number, first_row, pending, outcomes, items, results } = chunk;
        Self {
            import_id: import.into(),
            number: *number,
            first_row: *first_row,
            row_count: i64::try_from(results.len()).unwrap_or(i64::MAX),
            pending: *pending,
            outcomes: to_json(outcomes),
            items: items.as_ref().map(text),
            results: text(results),
            forget_at: At(forget_at),
        }
    }

    fn chunk(self) -> Result<Chunk> {
        let Self { import_id, number, first_row, row_count: _, pending, outcomes, items, results, forget_at: _ } = self;
        let place = Place::new("staff_import_chunks", import_id);
        Ok(Chunk {
            number,
            first_row,
            pending,
            outcomes: place.json("outcomes", outcomes)?,
            items: items.map(|text| serde_json::from_str(&text)).transpose().map_err(|_| place.corrupt("items"))?,
            results: serde_json::from_str(&results).map_err(|_| place.corrupt("results"))?,
        })
    }
}

/// What is kept has no maps with odd keys and no number that cannot be written.
fn text<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// How many chunks go into one statement: each may be large.
const AT_ONCE: usize = 20;

/// Keeps the chunks of an import until this moment, instead of those that were there.
pub fn replace(work: &mut Work<'_>, import: StaffImportId, new: &[Chunk], forget_at: Moment) -> Result<()> {
    let key = Key::from(import);
    each!(work.conn, |c| diesel::delete(chunks::table.filter(chunks::import_id.eq(key))).execute(c))?;
    for some in new.chunks(AT_ONCE) {
        let rows: Vec<Row> = some.iter().map(|chunk| Row::of(import, chunk, forget_at)).collect();
        each!(work.conn, |c| diesel::insert_into(chunks::table).values(&rows).execute(c))?;
    }
    Ok(())
}

/// All chunks of an import, in order.
pub fn all(view: &mut View<'_>, import: StaffImportId) -> Result<Vec<Chunk>> {
    let rows: Vec<Row> = each!(view.conn, |c| chunks::table
        .filter(chunks::import_id.eq(Key::from(import)))
        .order(chunks::number)
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(Row::chunk).collect()
}

/// The next chunk that has to be applied.
pub fn next(view: &mut View<'_>, import: StaffImportId) -> Result<Option<Chunk>> {
    let row: Option<Row> = each!(view.conn, |c| chunks::table
        .filter(chunks::import_id.eq(Key::from(import)))
        .filter(chunks::pending.eq(true))
        .order(chunks::number)
        .select(Row::as_select())
        .first(c)
        .optional())?;
    row.map(Row::chunk).transpose()
}

/// Keeps a changed chunk.
pub fn save(work: &mut Work<'_>, import: StaffImportId, chunk: &Chunk, forget_at: Moment) -> Result<()> {
    let row = Row::of(import, chunk, forget_at);
    let here = chunks::table.filter(chunks::import_id.eq(Key::from(import))).filter(chunks::number.eq(chunk.number));
    each!(work.conn, |c| diesel::update(here).set(&row).execute(c))?;
    Ok(())
}

/// Forgets what was to be done for an import that is over; the results stay until this moment.
pub fn forget_items(work: &mut Work<'_>, import: StaffImportId, forget_at: Moment) -> Result<()> {
    let here = chunks::table.filter(chunks::import_id.eq(Key::from(import)));
    let over = (chunks::items.eq(None::<String>), chunks::pending.eq(false), chunks::forget_at.eq(At(forget_at)));
    each!(work.conn, |c| diesel::update(here).set(over).execute(c))?;
    Ok(())
}

/// Forgets the results that were kept long enough.
pub fn forget_before(work: &mut Work<'_>, moment: Moment) -> Result<()> {
    each!(work.conn, |c| diesel::delete(chunks::table.filter(chunks::forget_at.le(At(moment)))).execute(c))?;
    Ok(())
}

/// The chunks of an import beside a place in it, nearest first, until they hold as many rows as asked for of which
/// `wanted` says so.
pub fn around(
    view: &mut View<'_>,
    import: StaffImportId,
    request: &PageRequest,
    wanted: impl Fn(&Outcomes) -> i64,
) -> Result<Vec<Chunk>> {
    #[derive(Queryable, Selectable)]
    #[diesel(table_name = chunks, check_for_backend(Sqlite, Pg))]
    struct Brief {
        number: i64,
        first_row: i64,
        row_count: i64,
        outcomes: serde_json::Value,
    }
    let key = Key::from(import);
    let mut briefs: Vec<Brief> = each!(view.conn, |c| chunks::table
        .filter(chunks::import_id.eq(key))
        .order(chunks::number)
        .select(Brief::as_select())
        .load(c))?;
    if request.is_backward() {
        briefs.reverse();
    }
    let place: Option<i64> = request.cursor.as_ref().and_then(|cursor| cursor.key.parse().ok());
    let mut found: i64 = 0;
    let mut numbers = Vec::new();
    for Brief { number, first_row, row_count, outcomes } in briefs {
        let is_beyond = match place {
            Some(place) if request.is_backward() => first_row < place,
            Some(place) => first_row + row_count > place + 1,
            None => true,
        };
        let outcomes: Outcomes = Place::new("staff_import_chunks", key).json("outcomes", outcomes)?;
        let holds = wanted(&outcomes);
        if !is_beyond || holds == 0 || found > request.fetch() {
            continue;
        }
        // The chunk with the cursor in it counts for nothing: all that is wanted may lie on the other side.
        let is_cut = place.is_some_and(|place| (first_row..first_row + row_count).contains(&place));
        found += if is_cut { 0 } else { holds };
        numbers.push(number);
    }
    let rows: Vec<Row> = each!(view.conn, |c| chunks::table
        .filter(chunks::import_id.eq(key))
        .filter(chunks::number.among(&numbers))
        .order(chunks::number)
        .select(Row::as_select())
        .load(c))?;
    let mut chunks = rows.into_iter().map(Row::chunk).collect::<std::result::Result<Vec<Chunk>, PersistenceError>>()?;
    if request.is_backward() {
        chunks.reverse();
    }
    Ok(chunks)
}
