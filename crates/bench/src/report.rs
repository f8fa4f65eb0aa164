//! What was measured, as text: for the screen and for BENCHMARKS.md.

use std::fmt::Write as _;

use crate::generate::Size;
use crate::measure::{Outcome, Outcomes, millis};

/// What was measured on one database.
pub(crate) struct Measured {
    pub(crate) database: String,
    pub(crate) size: Size,
    pub(crate) outcomes: Outcomes,
}

/// All of it, as it stands in BENCHMARKS.md.
pub(crate) fn page(measured: &[Measured], command: &str) -> String {
    let mut page = format!("{INTRODUCTION}\n\nWritten by `{command}` on {}.\n", machine());
    for Measured { database, size, outcomes } in measured {
        let _ = write!(
            page,
            "\n## {database}: {} profiles, {} klussen, {} responses\n\nThe server held {} MB at most (the goal is less than 150).\n\n{HEAD}",
            size.profiles, size.klussen, size.responses, outcomes.megabytes
        );
        outcomes.all.iter().for_each(|outcome| page.push_str(&line(outcome)));
    }
    page
}

const INTRODUCTION: &str = "# Benchmarks

How the service answers at the size of the whole government, beside what the machine could do at most. All of it is
measured in one run, in rounds that take turns; the server has one worker and four connections to its database, and
checks a token on each request.

- *service*, *bare*, *statements*: answers per second of processor time, that of the database included. *Bare* is a handler
  of actix-web that answers the same bytes from memory; *statements* are the fewest that hold the answer, prepared, on one
  raw connection to the same database, without asking who may see it.
- *limit*: one after the other, `1 / (1 / bare + 1 / statements)`. *share*: how much of it the service reaches.
- p50 and p99: how long an answer took, in milliseconds, with 16 connections that ask all the time (search and matches: 4).

The data is made by the program itself, always the same: see `crates/bench/src/generate.rs`.";

const HEAD: &str = "| question | service | bare | statements | limit | share | goal | p50 | p99 |
| --- | --: | --: | --: | --: | --: | --: | --: | --: |
";

fn line(outcome: &Outcome) -> String {
    let goal = outcome.goal.map_or_else(|| "–".to_owned(), |goal| format!("0.{goal}"));
    format!(
        "| {} | {:.0} | {:.0} | {:.0} | {:.0} | {:.2} | {goal} | {:.1} | {:.1} |\n",
        outcome.name,
        outcome.service,
        outcome.bare,
        outcome.raw,
        outcome.limit(),
        outcome.share(),
        millis(outcome.median),
        millis(outcome.slow)
    )
}

/// What it ran on.
fn machine() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let after = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line.split_once(':').map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = after(&read("/proc/meminfo"), "MemTotal");
    let kilobytes: u64 = memory.trim_end_matches(" kB").parse().unwrap_or_default();
    let system = read("/proc/sys/kernel/osrelease");
    format!(
        "{}, {cores} cores, {} GB, Linux {}",
        after(&read("/proc/cpuinfo"), "model name"),
        kilobytes / 1_000_000,
        system.trim()
    )
}
