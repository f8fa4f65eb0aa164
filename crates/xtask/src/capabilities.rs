//! Which capabilities stand on a test: `shows: Z06 W09` in the doc comment of a contract test.

use std::collections::{BTreeMap, BTreeSet};

use crate::commands::{Outcome, files, root, text};

/// Prints each capability with the tests that show it; fails when one that was promised is shown by none.
pub(crate) fn print() -> Outcome {
    let mut shown: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in files("tests/contract", "rs")? {
        let module = path.strip_prefix(root().join("tests/contract")).unwrap_or(&path).with_extension("");
        collect(&text(&path)?, &module.display().to_string(), &mut shown);
    }
    for (id, tests) in &shown {
        println!("{id}  {}", tests.join(", "));
    }
    println!("{} capabilities stand on a test", shown.len());
    let promised = text(&root().join("tests/contract/promised.txt"))?;
    let promised: BTreeSet<&str> = promised.lines().flat_map(str::split_whitespace).collect();
    let missing: Vec<&str> = promised.into_iter().filter(|id| !shown.contains_key(*id)).collect();
    if missing.is_empty() { Ok(()) } else { Err(format!("promised, and shown by no test: {}", missing.join(" "))) }
}

fn collect(source: &str, module: &str, shown: &mut BTreeMap<String, Vec<String>>) {
    let mut waiting: Vec<String> = Vec::new();
    for line in source.lines().map(str::trim) {
        if let Some(ids) = line.strip_prefix("/// shows:") {
            waiting.extend(ids.split([' ', ',']).filter(|id| !id.is_empty()).map(str::to_owned));
        } else if let Some(name) = line.strip_prefix("fn ").and_then(|rest| rest.split('(').next()) {
            for id in waiting.drain(..) {
                shown.entry(id).or_default().push(format!("{module}::{name}"));
            }
        }
    }
}
