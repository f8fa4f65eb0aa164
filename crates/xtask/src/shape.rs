//! Files stay under 400 lines and handlers under 26, so that each can be read at once.

use crate::commands::{Outcome, files, root, text};

const FILE_LINES: usize = 400;
const HANDLER_LINES: usize = 25;
const FOLDERS: &[&str] = &["api/src", "crates", "tests"];

/// Names every file and handler that is too long.
pub(crate) fn check() -> Outcome {
    let mut faults = Vec::new();
    for folder in FOLDERS {
        for path in files(folder, "rs")? {
            let source = text(&path)?;
            let name = path.strip_prefix(root()).unwrap_or(&path).display().to_string();
            let lines = source.lines().count();
            if lines > FILE_LINES {
                faults.push(format!("{name} has {lines} lines; at most {FILE_LINES}"));
            }
            if name.starts_with("api/src") {
                faults.extend(long_handlers(&source).map(|(handler, lines)| {
                    format!("{name}: {handler} has {lines} lines; a handler has at most {HANDLER_LINES}")
                }));
            }
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
}

/// Handlers with their lines, from the signature to the closing brace, where they are too many.
fn long_handlers(source: &str) -> impl Iterator<Item = (String, usize)> {
    let mut long = Vec::new();
    let mut is_route = false;
    let mut current: Option<(String, usize)> = None;
    for line in source.lines() {
        if let Some((name, lines)) = current.take() {
            match line {
                "}" if lines + 1 > HANDLER_LINES => long.push((name, lines + 1)),
                "}" => {}
                _ => current = Some((name, lines + 1)),
            }
        } else if ["#[get(", "#[post(", "#[put(", "#[patch(", "#[delete("].iter().any(|route| line.starts_with(route)) {
            is_route = true;
        } else if is_route && line.contains("async fn ") {
            let name = line.split("async fn ").nth(1).and_then(|rest| rest.split('(').next()).unwrap_or_default();
            current = Some((name.to_owned(), 1));
            is_route = false;
        }
    }
    long.into_iter()
}
