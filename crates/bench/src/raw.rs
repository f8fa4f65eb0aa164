//! The same questions as statements on one raw connection, without the service: as little as can answer them.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde_json::Value;
use uuid::Uuid;

use crate::process::{database_seconds, own_seconds};
use crate::questions::Question;

/// A connection with prepared statements.
pub(crate) enum Raw {
    Sqlite(rusqlite::Connection),
    Postgres(Box<postgres::Client>, std::collections::HashMap<String, postgres::Statement>),
}

/// A value in a statement.
#[derive(Clone)]
pub(crate) enum Bind {
    Id(Uuid),
    Text(String),
    Moment(SystemTime),
}

/// What a statement answered, as far as anybody looks: ids of the first column and how many rows there were.
#[derive(Default)]
pub(crate) struct Rows {
    pub(crate) ids: Vec<Uuid>,
}

impl Raw {
    pub(crate) fn open(url: &str) -> Self {
        if url.starts_with("postgres") {
            let client = postgres::Client::connect(url, postgres::NoTls).unwrap();
            return Self::Postgres(Box::new(client), std::collections::HashMap::new());
        }
        let connection = rusqlite::Connection::open(url).unwrap();
        // With the settings of the service.
        let settings = "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000;";
        connection.execute_batch(settings).unwrap();
        connection.set_prepared_statement_cache_capacity(64);
        Self::Sqlite(connection)
    }

    /// Runs a statement, reading every column of every row. Places are written `$1` for both.
    pub(crate) fn query(&mut self, sql: &str, binds: &[Bind]) -> Rows {
        let mut found = Rows::default();
        match self {
            Self::Sqlite(connection) => {
                let mut statement = connection.prepare_cached(sql).unwrap();
                let columns = statement.column_count();
                for (index, bind) in binds.iter().enumerate() {
                    match bind {
                        Bind::Id(id) => statement.raw_bind_parameter(index + 1, id.as_bytes().as_slice()),
                        Bind::Text(text) => statement.raw_bind_parameter(index + 1, text.as_str()),
                        Bind::Moment(at) => statement.raw_bind_parameter(index + 1, micros(*at)),
                    }
                    .unwrap();
                }
                let mut rows = statement.raw_query();
                while let Some(row) = rows.next().unwrap() {
                    for column in 0..columns {
                        std::hint::black_box(row.get_ref(column).unwrap());
                    }
                    if let Ok(bytes) = row.get_ref(0).unwrap().as_blob()
                        && let Ok(id) = Uuid::from_slice(bytes)
                    {
                        found.ids.push(id);
                    }
                }
            }
            Self::Postgres(client, statements) => {
                if !statements.contains_key(sql) {
                    statements.insert(sql.to_owned(), client.prepare(sql).unwrap());
                }
                let places: Vec<&(dyn postgres::types::ToSql + Sync)> = binds
                    .iter()
                    .map(|bind| match bind {
                        Bind::Id(id) => id as &(dyn postgres::types::ToSql + Sync),
                        Bind::Text(text) => text,
                        Bind::Moment(at) => at,
                    })
                    .collect();
                for row in client.query(&statements[sql], &places).unwrap() {
                    if let Ok(id) = row.try_get::<_, Uuid>(0) {
                        found.ids.push(id);
                    }
                }
            }
        }
        found
    }

    /// `($3, $4, …)` for as many values after those before.
    pub(crate) fn places(before: usize, count: usize) -> String {
        let places: Vec<String> = (0..count).map(|index| format!("${}", before + index + 1)).collect();
        format!("({})", places.join(", "))
    }
}

/// Asks for so long: how many answers, in how many seconds of processor time, the database's included.
pub(crate) fn run(url: &str, raw: &mut Raw, span: Duration, question: &Question, next: &mut usize) -> (usize, f64) {
    let (began, before, mut answered) = (Instant::now(), own_seconds() + database_seconds(url), 0);
    while began.elapsed() < span && *next < question.most {
        (question.raw)(raw, *next);
        *next += 1;
        answered += 1;
    }
    (answered, own_seconds() + database_seconds(url) - before)
}

/// As the embedded database keeps moments.
fn micros(at: SystemTime) -> i64 {
    i64::try_from(at.duration_since(UNIX_EPOCH).unwrap().as_micros()).unwrap()
}

/// The ids that stand in a list of the stage.
pub(crate) fn ids(stage: &Value, name: &str) -> Vec<Uuid> {
    stage[name].as_array().unwrap().iter().map(|one| one.as_str().unwrap().parse().unwrap()).collect()
}
