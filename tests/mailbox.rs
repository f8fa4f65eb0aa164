//! A mail server: it remembers what it was sent and answers as it is told.

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use mail_parser::MessageParser;

/// How long a test waits for what a mail server is to be sent.
const PATIENCE: Duration = Duration::from_secs(20);

/// A mail server that answers until the test is over.
pub struct Mailbox {
    /// Its address.
    pub url: String,
    shared: Arc<(Mutex<State>, Condvar)>,
}

/// A mail as it came.
#[derive(Debug, Clone)]
pub struct Letter {
    /// To whom the server was told to bring it.
    pub to: String,
    /// All of it, to the byte.
    pub raw: String,
    /// The subject.
    pub subject: String,
    /// Identifies it.
    pub id: String,
    /// The part that is text.
    pub text: String,
    /// The part that is HTML.
    pub html: String,
}

#[derive(Default)]
struct State {
    letters: Vec<Letter>,
    tries: usize,
    next: VecDeque<&'static str>,
}

impl Letter {
    fn of(to: String, raw: String) -> Self {
        let message = MessageParser::default().parse(&raw).unwrap();
        let (subject, id) = (message.subject().unwrap().to_owned(), message.message_id().unwrap().to_owned());
        let text = message.body_text(0).unwrap().into_owned();
        let html = message.body_html(0).unwrap().into_owned();
        Self { to, subject, id, text, html, raw }
    }

    /// A header as it stands there.
    pub fn header(&self, name: &str) -> &str {
        let message = self.raw.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        message.unwrap_or_default()
    }

    /// The path of the link that ends mail.
    pub fn stop(&self) -> String {
        let link = self.header("List-Unsubscribe").trim_matches(['<', '>']);
        link.strip_prefix("https://klusnet.test").unwrap().to_owned()
    }
}

impl Mailbox {
    /// A mail server that takes everything.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let shared = Arc::new((Mutex::default(), Condvar::new()));
        let own = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let own = Arc::clone(&own);
                std::thread::spawn(move || serve(stream, &own));
            }
        });
        Self { url, shared }
    }

    /// The next mails are answered so, one after the other.
    pub fn next(&self, answers: &[&'static str]) {
        self.shared.0.lock().unwrap().next.extend(answers);
    }

    /// What it took.
    pub fn letters(&self) -> Vec<Letter> {
        self.shared.0.lock().unwrap().letters.clone()
    }

    /// Waits until it took so many.
    pub fn wait_for(&self, count: usize) -> Vec<Letter> {
        self.wait(|state| state.letters.len() >= count);
        self.letters()
    }

    /// Waits until somebody tried to give it so many.
    pub fn wait_for_tries(&self, count: usize) {
        self.wait(|state| state.tries >= count);
    }

    /// Waits until somebody tried to give it so many, and does something again and again meanwhile.
    pub fn wait_for_tries_while(&self, count: usize, again: impl Fn()) {
        let began = Instant::now();
        let (state, changed) = &*self.shared;
        while state.lock().unwrap().tries < count {
            assert!(began.elapsed() < PATIENCE, "it was not tried {count} times");
            again();
            drop(changed.wait_timeout(state.lock().unwrap(), Duration::from_millis(700)).unwrap());
        }
    }

    fn wait(&self, fits: impl Fn(&State) -> bool) {
        let (state, changed) = &*self.shared;
        let (began, mut state) = (Instant::now(), state.lock().unwrap());
        while !fits(&state) {
            assert!(began.elapsed() < PATIENCE, "{} mails came, {} were tried", state.letters.len(), state.tries);
            state = changed.wait_timeout(state, Duration::from_millis(50)).unwrap().0;
        }
    }
}

fn serve(stream: TcpStream, shared: &(Mutex<State>, Condvar)) {
    let Ok(copy) = stream.try_clone() else { return };
    let (mut reader, mut writer) = (BufReader::new(copy), stream);
    let mut say = |line: &str| writer.write_all(format!("{line}\r\n").as_bytes()).is_ok();
    let (mut to, mut line) = (String::new(), String::new());
    say("220 mailbox.test");
    while matches!({ line.clear(); reader.read_line(&mut line) }, Ok(read) if read > 0) {
        let command = line.trim_end().to_owned();
        if let Some(address) = command.strip_prefix("RCPT TO:") {
            address.trim_matches(['<', '>']).clone_into(&mut to);
        }
        match command.split([' ', ':']).next().unwrap_or_default() {
            "DATA" => {
                say("354 go on");
                let answer = take(&mut reader, &to, shared);
                say(answer);
                shared.1.notify_all();
            }
            "QUIT" => {
                say("221 bye");
                return;
            }
            _ => {
                say("250 ok");
            }
        }
    }
}

fn take(reader: &mut BufReader<TcpStream>, to: &str, (state, _): &(Mutex<State>, Condvar)) -> &'static str {
    let (mut raw, mut line) = (String::new(), String::new());
    while matches!({ line.clear(); reader.read_line(&mut line) }, Ok(read) if read > 0) && line.trim_end() != "." {
        raw.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
    let mut state = state.lock().unwrap();
    state.tries += 1;
    let answer = state.next.pop_front().unwrap_or("250 taken");
    if answer.starts_with("250") {
        state.letters.push(Letter::of(to.to_owned(), raw));
    }
    answer
}
