//! The commands of the binary `klusnet`: it serves, and looks after what is kept.

mod admin;
mod backup;
mod demo;
mod health;
mod keys;
mod logs;
mod migrate;
mod openapi;
mod serve;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use persistence::Database;

use crate::problem::Problem;
use crate::settings::{DOCUMENTED, Settings};

/// The market for temporary assignments between public organisations, as a service
#[derive(Debug, Parser)]
#[command(name = "klusnet", version, arg_required_else_help = false, disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve until SIGTERM or SIGINT; what klusnet does without a command
    ///
    /// The schema of the database is brought up to date first. On SIGTERM or SIGINT no new connections are taken and
    /// the requests under way are finished; a second signal ends it at once.
    Serve,
    /// Serve a demonstration that fills its own database
    ///
    /// Real organisations, invented people and klussen. Keeps them in klusnet-demo.sqlite unless DATABASE_URL says
    /// otherwise; filled once, and served again as it was left. Every account gets a new password at each start.
    Demo {
        /// Write the accounts, each with its password and a token for a day, to this file as JSON
        #[arg(long)]
        credentials: Option<PathBuf>,
    },
    /// Bring the schema of the database up to date, and stop
    Migrate,
    /// Write the OpenAPI document to standard output
    Openapi {
        /// As JSON instead of YAML
        #[arg(long)]
        json: bool,
        /// As a copy in OpenAPI 3.0.3, for tools that do not read 3.1; it is JSON
        #[arg(long)]
        older: bool,
        /// The document of SCIM instead, as it is committed
        #[arg(long)]
        scim: bool,
    },
    /// Look after the administrators of the platform
    #[command(subcommand)]
    Admin(Admin),
    /// Look after the keys that sign access tokens
    #[command(subcommand)]
    Keys(Keys),
    /// Write a consistent copy of the embedded database to a new file, while the service runs
    Backup {
        /// The file; it must not exist yet
        file: PathBuf,
    },
    /// Ask the service at KLUSNET_LISTEN whether it is ready; exits with 0 or 1
    Health,
}

#[derive(Debug, Subcommand)]
enum Admin {
    /// Make somebody an administrator of the platform
    ///
    /// The password is read from standard input, or asked for when that is a terminal. Somebody who has the address
    /// already gets the role and the new password.
    Create(NewAdmin),
}

#[derive(Debug, Args)]
struct NewAdmin {
    /// The e-mail address to sign in with
    #[arg(long)]
    email: String,
    /// The given name
    #[arg(long)]
    given_name: String,
    /// The infix of the family name, such as "de" or "van der"
    #[arg(long)]
    infix: Option<String>,
    /// The family name
    #[arg(long)]
    family_name: String,
}

#[derive(Debug, Subcommand)]
enum Keys {
    /// Make a new key; it signs from now on
    ///
    /// Running instances take it up within seconds. Tokens of the old keys stay good until they expire; then the
    /// service retires those keys by itself.
    Rotate {
        /// Retire the old keys at once: for a key that leaked. Everybody needs a new access token
        #[arg(long)]
        retire_now: bool,
    },
}

/// Why a command failed.
type Failure = Box<dyn std::error::Error>;

/// Runs the command that was given.
pub fn main() -> ExitCode {
    let matches = Cli::command().after_help(settings_help()).try_get_matches();
    let cli = match matches.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    match run(cli.command.unwrap_or(Command::Serve)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing can be done about a closed standard error.
            let _ = writeln!(std::io::stderr(), "klusnet: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Openapi { json, older, scim } => openapi::write(json, older, scim),
        Command::Serve => serve::run(settings()?),
        Command::Demo { credentials } => demo::run(Settings::from_environment_or(crate::demo::DATABASE)?, credentials),
        Command::Migrate => migrate::run(&quietly(settings()?)),
        Command::Admin(Admin::Create(new)) => admin::create(quietly(settings()?), new),
        Command::Keys(Keys::Rotate { retire_now }) => keys::rotate(quietly(settings()?), retire_now),
        Command::Backup { file } => backup::write(&quietly(settings()?), &file),
        Command::Health => health::ask(&settings()?),
    }
}

fn settings() -> Result<Settings, Failure> {
    Ok(Settings::from_environment()?)
}

/// For commands that end by themselves only what goes wrong is logged.
fn quietly(settings: Settings) -> Settings {
    logs::start(&settings, tracing::level_filters::LevelFilter::WARN);
    settings
}

/// The database as it is, without bringing its schema up to date.
fn database(settings: &Settings) -> Result<Database, Problem> {
    Ok(Database::open(&settings.database_url, 1, settings.database_wait)?)
}

/// A line on standard output.
fn say(line: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}

fn settings_help() -> String {
    let lines: String = DOCUMENTED
        .iter()
        .map(|(name, default, meaning)| format!("  {name}\n          {meaning} [default: {default}]\n"))
        .collect();
    format!("Settings, from the environment:\n{lines}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commands_are_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn without_a_command_it_serves() {
        assert!(Cli::try_parse_from(["klusnet"]).unwrap().command.is_none());
    }

    #[test]
    fn a_password_is_never_an_argument() {
        let arguments = ["klusnet", "admin", "create", "--email", "a@b.nl", "--given-name", "A", "--family-name", "B"];
        assert!(Cli::try_parse_from(arguments).is_ok());
        assert!(Cli::try_parse_from(arguments.into_iter().chain(["--password", "geheim"])).is_err());
        assert!(Cli::try_parse_from(arguments.into_iter().chain(["geheim"])).is_err());
    }
}
