//! Servers in processes of their own, so that what they use of processor and memory can be told apart.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Of the kernel: what `/proc` counts processor time in.
const TICKS_PER_SECOND: f64 = 100.0;

/// A server of this program's own, which ends with this.
pub(crate) struct Process {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Process {
    /// Starts this program with these words; it says on its first line where it listens.
    pub(crate) fn start(words: &[&str]) -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        let mut child = command.args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { address: line.trim().parse().unwrap(), child }
    }

    /// The processor time it has used, in seconds.
    pub(crate) fn seconds(&self) -> f64 {
        seconds_of(self.child.id())
    }

    /// The most memory it ever held, in megabytes (10⁶ bytes).
    pub(crate) fn megabytes(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024 / 1_000_000
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Tells whoever started this program where it listens, and stays until that one is gone.
pub(crate) fn tell_and_stay(address: SocketAddr) {
    println!("{address}");
    let _ = std::io::stdout().flush();
    let _ = std::io::stdin().lock().lines().count();
}

/// The processor time this program has used, in seconds.
pub(crate) fn own_seconds() -> f64 {
    seconds_of(std::process::id())
}

/// The processor time that PostgreSQL has used for this database, in seconds; none for the embedded one.
pub(crate) fn database_seconds(url: &str) -> f64 {
    if !url.starts_with("postgres") {
        return 0.0;
    }
    let name = url.rsplit('/').next().unwrap();
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let pids = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let is_ours = |pid: &u32| {
        let words = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        let words = String::from_utf8_lossy(&words).into_owned();
        words.starts_with("postgres: ") && words.contains(name)
    };
    pids.filter(is_ours).map(seconds_of).sum()
}

fn seconds_of(pid: u32) -> f64 {
    let Ok(text) = std::fs::read_to_string(format!("/proc/{pid}/stat")) else { return 0.0 };
    // The name may hold spaces; what follows it does not.
    let rest = text.rsplit(')').next().unwrap_or_default();
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let ticks = |index: usize| fields.get(index).and_then(|field| field.parse::<f64>().ok()).unwrap_or_default();
    (ticks(11) + ticks(12)) / TICKS_PER_SECOND
}

/// Waits until what was begun before has settled.
pub(crate) fn settle() {
    std::thread::sleep(Duration::from_millis(300));
}
