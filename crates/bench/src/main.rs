//! Measures the service at national size, beside what the machine could do at most: `cargo xtask bench national`.

mod draw;
mod generate;
mod load;
mod measure;
mod process;
mod questions;
mod raw;
mod report;
mod serve;
mod stage;
mod words;

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Parser, Subcommand};
use diesel::connection::{Connection as _, SimpleConnection as _};

use self::generate::Size;
use self::measure::Span;
use self::report::Measured;

#[derive(Parser)]
#[command(about = "Measures the service at national size")]
struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Fills databases where they are not yet filled, and measures
    National(National),
    /// The service on a database; for this program's own use
    Serve { url: String },
    /// A handler that answers what stands in a file; for this program's own use
    Bare { status: u16, file: PathBuf },
}

#[derive(clap::Args)]
struct National {
    /// Where the embedded databases are kept, and what is known of the others
    #[arg(long, default_value = "target/national")]
    folder: PathBuf,
    /// How many profiles, each number in turn
    #[arg(long, value_delimiter = ',', default_values_t = [30_000, 300_000])]
    profiles: Vec<usize>,
    /// How often each question is measured
    #[arg(long, default_value_t = 3)]
    rounds: u32,
    /// How long each round of each question takes, in milliseconds
    #[arg(long, default_value_t = 2000)]
    span: u64,
    /// Only the questions whose name holds this
    #[arg(long)]
    only: Option<String>,
    /// Where the results are written
    #[arg(long)]
    write: Option<PathBuf>,
    /// Removes the databases afterwards
    #[arg(long)]
    clean: bool,
}

fn main() {
    match Arguments::parse().what {
        What::Serve { url } => serve::service(&url),
        What::Bare { status, file } => serve::bare(status, &file),
        What::National(national) => measure(&national),
    }
}

fn measure(national: &National) {
    std::fs::create_dir_all(&national.folder).unwrap();
    let span = Span { rounds: national.rounds, each: Duration::from_millis(national.span) };
    let mut measured = Vec::new();
    for profiles in &national.profiles {
        let size = Size::of(*profiles);
        for place in Place::all(&national.folder, *profiles) {
            println!(
                "{}, {} profiles, {} klussen, {} responses",
                place.name, size.profiles, size.klussen, size.responses
            );
            let stage = place.filled(size);
            let outcomes = measure::all(&place.url, &stage, size, span, national.only.as_deref());
            println!("  the server held {} MB at most", outcomes.megabytes);
            measured.push(Measured { database: place.name.to_owned(), size, outcomes });
            if national.clean {
                place.remove();
            }
        }
    }
    if let Some(file) = &national.write {
        std::fs::write(file, report::page(&measured, "cargo xtask bench national")).unwrap();
    }
}

/// A database and what is known of it.
struct Place {
    name: &'static str,
    url: String,
    /// Holds the stage; where it is missing the database is made anew.
    file: PathBuf,
    server: Option<String>,
}

impl Place {
    fn all(folder: &Path, profiles: usize) -> Vec<Self> {
        let name = format!("klusnet_national_{profiles}");
        let url = folder.join(format!("{name}.sqlite")).to_str().unwrap().to_owned();
        let sqlite = Self { name: "SQLite", url, file: folder.join(format!("{name}.sqlite.json")), server: None };
        let postgres = contract_tests::postgres_server().map(|server| Self {
            name: "PostgreSQL",
            url: format!("{server}/{name}"),
            file: folder.join(format!("{name}.postgres.json")),
            server: Some(server),
        });
        std::iter::once(sqlite).chain(postgres).collect()
    }

    /// Fills it up to this size; the stage.
    fn filled(&self, size: Size) -> serde_json::Value {
        if !self.file.exists() {
            self.remove();
            if let Some(server) = &self.server {
                execute(server, &format!("CREATE DATABASE {}", self.database()));
            }
        }
        let stage = stage::set(&self.url, &self.file);
        generate::fill(&self.url, &stage, size, stage::MOMENT.parse().unwrap());
        stage
    }

    fn remove(&self) {
        let _ = std::fs::remove_file(&self.file);
        match &self.server {
            Some(server) => execute(server, &format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.database())),
            None => {
                ["", "-wal", "-shm"].iter().for_each(|end| drop(std::fs::remove_file(format!("{}{end}", self.url))))
            }
        }
    }

    fn database(&self) -> &str {
        self.url.rsplit('/').next().unwrap()
    }
}

fn execute(server: &str, sql: &str) {
    diesel::PgConnection::establish(&format!("{server}/postgres")).unwrap().batch_execute(sql).unwrap();
}
