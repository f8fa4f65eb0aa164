//! A documented status that no test produced is a promise that nobody kept.

use std::collections::BTreeSet;

use crate::commands::{Outcome, files, root, text};

/// Answers that only a fault of the service gives; no test should be able to produce them.
const EXEMPT: &[&str] = &["500"];

/// Compares the statuses of the document with those that the tests noted.
pub(crate) fn check() -> Outcome {
    let mut seen = BTreeSet::new();
    for path in files("target/statuses", "txt")? {
        seen.extend(text(&path)?.lines().map(str::to_owned));
    }
    let documented = documented(&text(&root().join("openapi.yaml"))?);
    let missing: Vec<String> = documented.into_iter().filter(|line| !seen.contains(line)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(format!("documented, and produced by no test:\n{}", missing.join("\n")))
}

/// Operation and status, one line each, read from the layout in which the document is written.
fn documented(document: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut operation = String::new();
    let mut in_responses = false;
    for line in document.lines().take_while(|line| !line.starts_with("components:")) {
        if let Some(id) = line.strip_prefix("      operationId: ") {
            operation = id.trim().to_owned();
        }
        if line.starts_with("      ") && !line.starts_with("       ") {
            in_responses = line == "      responses:";
        }
        let status = line.strip_prefix("        '").and_then(|rest| rest.strip_suffix("':"));
        if let Some(status) = status
            && in_responses
            && !EXEMPT.contains(&status)
        {
            lines.push(format!("{operation} {status}"));
        }
    }
    lines
}
