//! Runs the binary, in a folder of its own.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A folder in which commands run; the database is `klusnet.sqlite` in it.
pub(crate) struct Folder(TempDir);

/// A command that ended.
pub(crate) struct Ended {
    success: bool,
    pub(crate) text: String,
    pub(crate) errors: String,
}

/// A service that runs until it is dropped.
pub(crate) struct Serving {
    child: Option<Child>,
    out: BufReader<ChildStdout>,
    address: String,
    agent: ureq::Agent,
}

impl Ended {
    #[track_caller]
    pub(crate) fn well(self) -> Self {
        assert!(self.success, "{}", self.errors);
        self
    }

    #[track_caller]
    pub(crate) fn ill(self) -> Self {
        assert!(!self.success, "it went well: {}", self.text);
        self
    }
}

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn command(&self, arguments: &[&str], settings: &[(&str, &str)]) -> Command {
        self.started_by(Command::new(env!("CARGO_BIN_EXE_klusnet")), arguments, settings)
    }

    fn started_by(&self, mut command: Command, arguments: &[&str], settings: &[(&str, &str)]) -> Command {
        command.args(arguments).current_dir(self.0.path());
        for (name, ..) in api::settings::DOCUMENTED {
            command.env_remove(name);
        }
        command.env("KLUSNET_LISTEN", "127.0.0.1:0").envs(settings.iter().copied());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        self.run_with(arguments, &[], "")
    }

    pub(crate) fn run_with(&self, arguments: &[&str], settings: &[(&str, &str)], input: &str) -> Ended {
        let mut child = self.command(arguments, settings).spawn().unwrap();
        // A command that reads nothing may have gone already.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ended { success: output.status.success(), text: text(output.stdout), errors: text(output.stderr) }
    }

    pub(crate) fn create_administrator(&self, password: &str) -> Ended {
        let arguments = ["admin", "create", "--email", "Bea@klusnet.example", "--given-name", "Bea"];
        let arguments = [&arguments[..], &["--family-name", "Heer"]].concat();
        self.run_with(&arguments, &[], &format!("{password}\n"))
    }

    pub(crate) fn serve(&self) -> Serving {
        self.serve_with(&[])
    }

    pub(crate) fn serve_with(&self, settings: &[(&str, &str)]) -> Serving {
        Self::served(self.command(&["serve"], settings))
    }

    /// Serves where no file can grow beyond one and a half megabyte: the write that would make it so fails, as on a disk
    /// that is full.
    pub(crate) fn serve_on_a_small_disk(&self) -> Serving {
        let mut shell = Command::new("sh");
        shell.args(["-c", "trap '' XFSZ; ulimit -f 3072; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_klusnet")]);
        Self::served(self.started_by(shell, &["serve"], &[]))
    }

    fn served(mut command: Command) -> Serving {
        let mut child = command.spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let address = line.strip_prefix("Listens on http://").and_then(|rest| rest.split('/').next());
        let Some(address) = address else {
            let mut errors = String::new();
            child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
            panic!("it does not serve: {line}{errors}");
        };
        assert!(line.contains("/docs/"), "{line}");
        let config = ureq::Agent::config_builder().http_status_as_error(false).build();
        Serving { address: address.to_owned(), child: Some(child), out, agent: config.into() }
    }
}

impl Serving {
    pub(crate) fn address(&self) -> String {
        self.address.clone()
    }

    pub(crate) fn get(&self, path: &str, token: &str) -> (u16, Value) {
        let request = self.agent.get(format!("http://{}{path}", self.address));
        let request =
            if token.is_empty() { request } else { request.header("Authorization", format!("Bearer {token}")) };
        let mut response = request.call().unwrap();
        (response.status().as_u16(), response.body_mut().read_json().unwrap_or_default())
    }

    pub(crate) fn post(&self, path: &str, token: &str, body: &Value) -> (u16, Value) {
        let request = self.agent.post(format!("http://{}{path}", self.address));
        let request =
            if token.is_empty() { request } else { request.header("Authorization", format!("Bearer {token}")) };
        let mut response = request.send_json(body).unwrap();
        (response.status().as_u16(), response.body_mut().read_json().unwrap_or_default())
    }

    /// A connection that was used and is kept open.
    pub(crate) fn open_and_ask_once(&self) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(b"GET /health/live HTTP/1.1\r\nHost: klusnet\r\n\r\n").unwrap();
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).unwrap();
        assert_eq!(&answer, b"HTTP/1.1 200");
        stream
    }

    pub(crate) fn signal(&self, name: &str) {
        let id = self.child.as_ref().unwrap().id().to_string();
        assert!(Command::new("kill").args([&format!("-{name}"), &id]).status().unwrap().success());
    }

    /// Waits until it has stopped by itself.
    pub(crate) fn wait(mut self) -> Ended {
        let output = self.child.take().unwrap().wait_with_output().unwrap();
        let mut text = String::new();
        self.out.read_to_string(&mut text).unwrap();
        Ended { success: output.status.success(), text, errors: String::from_utf8(output.stderr).unwrap() }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
