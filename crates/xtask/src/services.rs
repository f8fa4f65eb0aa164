//! A demonstration service for the checks that ask a running one.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::commands::{program, run};

/// How long filling the demonstration database may take.
const PATIENCE: Duration = Duration::from_secs(180);

/// Builds the service; where it is: beside this program, wherever that is.
pub(crate) fn built() -> Result<PathBuf, String> {
    run(&mut program("cargo", &["build", "--quiet", "--locked", "--package", "api"]))?;
    let this = std::env::current_exe().map_err(|error| error.to_string())?;
    Ok(this.with_file_name("klusnet"))
}

/// A demonstration with a database of its own, gone when dropped.
pub(crate) struct Demo {
    child: Child,
    folder: PathBuf,
    port: u16,
}

impl Demo {
    /// Builds and starts it on the embedded database; returns when its credentials are written.
    pub(crate) fn start() -> Result<Self, String> {
        Self::start_on(None)
    }

    /// Builds and starts it on this database, or on the embedded one.
    pub(crate) fn start_on(database: Option<&str>) -> Result<Self, String> {
        let service = built()?;
        let listener = std::net::TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
        let port = listener.local_addr().map_err(|error| error.to_string())?.port();
        drop(listener);
        let folder = std::env::temp_dir().join(format!("klusnet-demo-{}-{port}", std::process::id()));
        std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        let log = std::fs::File::create(folder.join("log")).map_err(|error| error.to_string())?;
        let child = Command::new(service)
            .args(["demo", "--credentials"])
            .arg(folder.join("credentials.json"))
            .env("KLUSNET_LISTEN", format!("127.0.0.1:{port}"))
            .env("DATABASE_URL", folder.join("demo.sqlite"))
            // The checks ask more than anybody.
            .env("KLUSNET_RATE_LIMIT", "0")
            // The identity provider and the receivers of the checks run beside it.
            .env("KLUSNET_WEBHOOK_HOSTS", "127.0.0.1")
            .env("KLUSNET_ALLOW_PRIVATE_PROVIDERS", "yes")
            .env("DATABASE_URL", database.map_or_else(|| folder.join("demo.sqlite"), PathBuf::from))
            .stdin(Stdio::null())
            .stdout(log.try_clone().map_err(|error| error.to_string())?)
            .stderr(log)
            .spawn()
            .map_err(|error| error.to_string())?;
        let mut demo = Self { child, folder, port };
        demo.wait()?;
        Ok(demo)
    }

    fn wait(&mut self) -> Result<(), String> {
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            let listens = std::net::TcpStream::connect(("127.0.0.1", self.port)).is_ok();
            if listens && self.folder.join("credentials.json").exists() {
                return Ok(());
            }
            if self.child.try_wait().map_err(|error| error.to_string())?.is_some() {
                break;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        Err(format!("the demonstration did not start:\n{log}"))
    }

    /// Its address, without the base path.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The file with its accounts and their tokens.
    pub(crate) fn credentials(&self) -> String {
        self.folder.join("credentials.json").to_string_lossy().into_owned()
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
