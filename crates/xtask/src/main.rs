//! The project's own commands.

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["openapi"] => write_document(),
        other => {
            eprintln!("unknown: {other:?}");
            ExitCode::FAILURE
        }
    }
}

fn write_document() -> ExitCode {
    match std::fs::write("openapi.yaml", api::document::yaml()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
