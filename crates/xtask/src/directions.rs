//! Dependencies point one way: domain ← persistence ← api; the tests know the service and nothing else of it.

use serde_json::Value;

use crate::commands::{Outcome, output, program};

/// Which crates of the workspace a crate may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("persistence", &["domain"]),
    ("interchange", &["domain"]),
    ("api", &["domain", "interchange", "persistence"]),
    // The identifiers and the clock of the domain start the service; nothing below it is touched.
    ("contract-tests", &["api", "domain"]),
    // It fills databases with what would take days over HTTP.
    ("bench", &["api", "contract-tests", "domain", "persistence"]),
    ("xtask", &[]),
];

/// What a crate may never use: the words of another crate's trade.
const MAY_NOT_USE: &[(&str, &[&str])] = &[
    ("domain", &["actix-web", "diesel", "tokio", "serde_json", "jsonschema"]),
    ("persistence", &["actix-web", "utoipa", "jsonschema", "jsonwebtoken"]),
    ("api", &["diesel", "libsqlite3-sys", "pq-sys"]),
];

/// Compares what every crate names with what it may.
pub(crate) fn check() -> Outcome {
    let text = output(&mut program("cargo", &["metadata", "--format-version", "1", "--no-deps", "--locked"]))?;
    let metadata: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let packages = metadata.get("packages").and_then(Value::as_array).ok_or("no packages")?;
    let mut faults = Vec::new();
    for package in packages {
        let name = package.get("name").and_then(Value::as_str).unwrap_or_default();
        let Some((_, allowed)) = MAY_USE.iter().find(|(known, _)| *known == name) else {
            faults.push(format!("{name} has no line in the table of directions"));
            continue;
        };
        let forbidden = MAY_NOT_USE.iter().find(|(known, _)| *known == name).map_or(&[][..], |(_, names)| names);
        let dependencies = package.get("dependencies").and_then(Value::as_array).into_iter().flatten();
        for used in dependencies.filter_map(|dependency| dependency.get("name").and_then(Value::as_str)) {
            let is_own = MAY_USE.iter().any(|(known, _)| *known == used);
            if (is_own && !allowed.contains(&used)) || forbidden.contains(&used) {
                faults.push(format!("{name} uses {used}, which it may not"));
            }
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
}
