//! `klusnet backup`.

use std::fs::{File, OpenOptions};
use std::path::Path;

use super::{Failure, database, say};
use crate::problem::Problem;
use crate::settings::Settings;

/// Writes a consistent copy of the embedded database to a new file.
pub(super) fn write(settings: &Settings, file: &Path) -> Result<(), Failure> {
    if persistence::is_postgres(&settings.database_url) {
        let line = format!("pg_dump --format=custom --file={} \"$DATABASE_URL\"", shell_word(&file.to_string_lossy()));
        return Err(format!("PostgreSQL is backed up by its own program, also while the service runs:\n{line}").into());
    }
    let name = file.to_str().ok_or("the name of the file must be UTF-8")?;
    // Made first and empty: so it cannot be another's, and nobody else can read it.
    create(file).map_err(|error| format!("{name}: {error}"))?;
    let copied = database(settings).and_then(|database| Ok(database.back_up(name)?));
    let copied = copied.and_then(|()| {
        let flushed = File::open(file).and_then(|file| file.sync_all());
        flushed.map_err(|error| Problem::internal(&error))
    });
    if let Err(problem) = copied {
        // Half a copy must not be taken for a whole one.
        std::fs::remove_file(file)?;
        return Err(problem.into());
    }
    say(&format!("{name} holds everything that was kept"))?;
    Ok(())
}

fn create(file: &Path) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(file).map(drop)
}

fn shell_word(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::shell_word;

    #[test]
    fn a_file_name_stays_one_word() {
        assert_eq!(shell_word("a b"), "'a b'");
        assert_eq!(shell_word("a'; rm -rf b"), "'a'\\''; rm -rf b'");
    }
}
