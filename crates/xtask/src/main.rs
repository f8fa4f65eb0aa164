//! The project's own commands: `cargo xtask check` is what decides whether a change lands.

mod breaking;
mod capabilities;
mod check;
mod commands;
mod directions;
mod postgres;
mod services;
mod shape;
mod statuses;

use std::process::ExitCode;

const HELP: &str = "cargo xtask COMMAND

  check           everything that CI runs: format, lints, directions, licences, tests on both databases, the document
  test [FILTER]   the tests, on both databases where PostgreSQL can be had
  quality         how well judged questions find klussen, on both databases where PostgreSQL can be had
  openapi         writes openapi.yaml and openapi-scim.yaml from the code
  capabilities    which capabilities stand on a test (`shows: Z06` in its doc comment)
  statuses        which documented statuses no test produced, after a whole test run
  bench national  how everything answers at national size, beside what the machine could do at most; --help tells more
  bench feeds     what a reader who comes back costs, beside a bare handler with the same bytes, on both databases
  bench webhooks  what it costs to tell receivers, beside a bare loop with the same bodies, on both databases
  bench staff     how fast staff comes in, beside a raw upsert of the same rows, on both databases
  shape           files over 400 lines, handlers over 25
  directions      whether the crates depend on one another as they should
  breaking REV    what in openapi.yaml breaks clients of the document at REV
  migration NAME  an empty migration for both databases";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["check"] => check::all(),
        ["test", filter @ ..] => check::tests(filter),
        ["quality"] => check::quality(),
        ["openapi"] => commands::write_document(),
        ["capabilities"] => capabilities::print(),
        ["statuses"] => statuses::check(),
        ["bench", "national", arguments @ ..] => check::national(arguments),
        ["bench", "feeds"] => check::bench("feeds"),
        ["bench", "staff"] => check::bench("staff"),
        ["bench", "webhooks"] => check::bench("webhooks"),
        ["shape"] => shape::check(),
        ["directions"] => directions::check(),
        ["breaking", revision] => breaking::since(revision),
        ["migration", name] => commands::migration(name),
        _ => Err(HELP.to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
