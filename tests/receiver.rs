//! A receiver of webhooks: it remembers what it was sent and answers as it is told.

use std::collections::{HashMap, VecDeque};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;

/// How long a test waits for what a receiver is to be sent.
const PATIENCE: Duration = Duration::from_secs(20);

/// A receiver that answers until the test is over.
pub struct Receiver {
    /// Its address.
    pub url: String,
    shared: Arc<Shared>,
}

/// What it was sent.
#[derive(Debug, Clone)]
pub struct Received {
    /// The method.
    pub method: String,
    /// The headers, their names in lower case.
    pub headers: HashMap<String, String>,
    /// The body, to the byte.
    pub text: String,
}

/// What it answers: the status, and headers beside it.
pub type Told = (u16, &'static [(&'static str, &'static str)]);

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    received: Vec<Received>,
    next: VecDeque<Told>,
    always: Option<Told>,
    options: Option<Told>,
    says: Option<String>,
}

impl Received {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    /// A header.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

impl Receiver {
    /// A receiver that accepts everything.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/gebeurtenissen", listener.local_addr().unwrap());
        let shared = Arc::new(Shared { state: Mutex::default(), changed: Condvar::new() });
        let own = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let own = Arc::clone(&own);
                std::thread::spawn(move || serve(stream, &own));
            }
        });
        Self { url, shared }
    }

    /// From now on it answers so.
    pub fn always(&self, told: Told) {
        self.shared.state.lock().unwrap().always = Some(told);
    }

    /// The next requests it answers so, one after the other.
    pub fn next(&self, told: &[Told]) {
        self.shared.state.lock().unwrap().next.extend(told);
    }

    /// From now on it says this, whatever it answers.
    pub fn says(&self, text: &str) {
        self.shared.state.lock().unwrap().says = Some(text.to_owned());
    }

    /// So it answers who asks whether it may be posted to.
    pub fn when_asked(&self, told: Told) {
        self.shared.state.lock().unwrap().options = Some(told);
    }

    /// What was posted to it, in order, pings left out.
    pub fn events(&self) -> Vec<Received> {
        let posted = self.shared.state.lock().unwrap().received.clone();
        let is_event = |one: &Received| one.method == "POST" && one.json()["type"] != "nl.klusnet.ping.v1";
        posted.into_iter().filter(is_event).collect()
    }

    /// Everything it was sent.
    pub fn all(&self) -> Vec<Received> {
        self.shared.state.lock().unwrap().received.clone()
    }

    /// Waits until so many events were posted to it.
    pub fn wait_for(&self, count: usize) -> Vec<Received> {
        self.until(|events| events.len() >= count)
    }

    /// Waits until what was posted to it fits.
    pub fn until(&self, fits: impl Fn(&[Received]) -> bool) -> Vec<Received> {
        let began = Instant::now();
        loop {
            let events = self.events();
            if fits(&events) {
                return events;
            }
            assert!(began.elapsed() < PATIENCE, "{} events came", events.len());
            let state = self.shared.state.lock().unwrap();
            drop(self.shared.changed.wait_timeout(state, Duration::from_millis(50)).unwrap());
        }
    }
}

fn serve(stream: TcpStream, shared: &Shared) {
    let Ok(copy) = stream.try_clone() else { return };
    let (mut reader, mut writer) = (BufReader::new(copy), stream);
    while let Some(received) = read(&mut reader) {
        let (status, headers, says) = {
            let mut state = shared.state.lock().unwrap();
            let asked = received.method == "OPTIONS";
            let told = if asked { Some(state.options.unwrap_or((405, &[]))) } else { state.next.pop_front() };
            let told = told.or(state.always).unwrap_or((200, &[]));
            state.received.push(received);
            (told.0, told.1, state.says.clone().unwrap_or_else(|| "ok".to_owned()))
        };
        shared.changed.notify_all();
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let length = says.len();
        let answer = format!("HTTP/1.1 {status} Told\r\ncontent-length: {length}\r\n{headers}\r\n{says}");
        if writer.write_all(answer.as_bytes()).is_err() {
            return;
        }
    }
}

fn read(reader: &mut BufReader<TcpStream>) -> Option<Received> {
    let mut first = String::new();
    reader.read_line(&mut first).ok().filter(|bytes| *bytes > 0)?;
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.split_once(':') else { break };
        headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    let length = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let method = first.split(' ').next().unwrap_or_default().to_owned();
    Some(Received { method, headers, text: String::from_utf8(body).ok()? })
}
