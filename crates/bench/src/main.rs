//! Measures the service at national size, beside what the machine could do at most: `cargo xtask bench national`.

mod draw;
mod generate;
mod load;
mod measure;
mod process;
mod questions;
mod raw;
mod serve;
mod stage;
mod words;

use std::path::PathBuf;
use std::time::Duration;

use self::generate::Size;
use self::measure::Span;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["serve", url] => serve::service(url),
        ["bare", status, file] => serve::bare(status, file),
        [folder, profiles, rest @ ..] => {
            let span = Span { rounds: 2, each: Duration::from_millis(2000) };
            let only = rest.first().copied();
            for kind in ["sqlite", "postgres"] {
                national(folder, kind, Size::of(profiles.parse().unwrap()), span, only);
            }
        }
        _ => eprintln!("FOLDER PROFILES [QUESTION]"),
    }
}

fn national(folder: &str, kind: &str, size: Size, span: Span, only: Option<&str>) {
    let name = format!("national_{}", size.profiles);
    let folder = PathBuf::from(folder);
    let url = match kind {
        "sqlite" => folder.join(format!("{name}.sqlite")).to_str().unwrap().to_owned(),
        _ => format!("{}/klusnet_{name}", contract_tests::postgres_server().unwrap()),
    };
    println!("{kind}, {} profiles, {} klussen, {} responses", size.profiles, size.klussen, size.responses);
    let file = folder.join(format!("{name}.{kind}.json"));
    let mut stage = stage::set(&url, &file);
    generate::fill(&url, &stage, size, stage::MOMENT.parse().unwrap());
    let run = stage["run"].as_u64().unwrap_or_default();
    stage["run"] = (run + 1).into();
    std::fs::write(&file, stage.to_string()).unwrap();
    let outcomes = measure::all(&url, &stage, size, usize::try_from(run).unwrap(), span, only);
    println!("  {} MB at most", outcomes.megabytes);
}
