//! Running programs, and the small commands.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

/// What a command says: nothing, or why it failed.
pub(crate) type Outcome = Result<(), String>;

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).map(Path::to_path_buf).unwrap_or_default()
}

/// A program that runs at the root of the repository.
pub(crate) fn program(name: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(name);
    command.args(arguments).current_dir(root()).stdin(Stdio::null());
    command
}

/// Runs a program to its end.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let status = command.status().map_err(|error| format!("{command:?}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("failed ({status}): {command:?}")) }
}

/// What a program writes to its standard output.
pub(crate) fn output(command: &mut Command) -> Result<String, String> {
    let output = command.stderr(Stdio::inherit()).output().map_err(|error| format!("{command:?}: {error}"))?;
    if !output.status.success() {
        return Err(format!("failed ({}): {command:?}", output.status));
    }
    String::from_utf8(output.stdout).map_err(|error| error.to_string())
}

/// Whether this is CI, where nothing may be skipped.
pub(crate) fn is_ci() -> bool {
    std::env::var("CI").is_ok_and(|value| value == "true")
}

/// All files with this ending below a folder, in order.
pub(crate) fn files(folder: &str, ending: &str) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    let mut waiting = vec![root().join(folder)];
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))? {
            let path = entry.map_err(|error| error.to_string())?.path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|found| found == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// What stands in a file.
pub(crate) fn text(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Writes openapi.yaml and openapi-scim.yaml from the code.
pub(crate) fn write_document() -> Outcome {
    let document = output(&mut program("cargo", &["run", "--quiet", "--package", "api", "--", "openapi"]))?;
    std::fs::write(root().join("openapi.yaml"), document).map_err(|error| error.to_string())?;
    let document = output(&mut program("cargo", &["run", "--quiet", "--package", "api", "--", "openapi", "--scim"]))?;
    std::fs::write(root().join("openapi-scim.yaml"), document).map_err(|error| error.to_string())
}

/// Writes the copy of the document in OpenAPI 3.0 to where the validator reads it.
pub(crate) fn write_older_document() -> Outcome {
    let document = output(&mut program("cargo", &["run", "--quiet", "--package", "api", "--", "openapi", "--older"]))?;
    std::fs::write(root().join("target/openapi-3.0.json"), document).map_err(|error| error.to_string())
}

/// Makes an empty migration for both databases, after all that exist.
pub(crate) fn migration(name: &str) -> Outcome {
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') {
        return Err("the name of a migration must be in snake_case, such as profile_badges".to_owned());
    }
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_err(|error| error.to_string())?.as_secs();
    for dialect in ["sqlite", "postgres"] {
        let folder = root().join(format!("migrations/{dialect}/{seconds:014}_{name}"));
        std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        for step in ["up.sql", "down.sql"] {
            std::fs::write(folder.join(step), "").map_err(|error| error.to_string())?;
        }
        println!("{}", folder.display());
    }
    Ok(())
}
