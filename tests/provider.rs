//! A tiny identity provider: it describes itself and publishes keys, and counts how often it was asked for them.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use serde_json::{Value, json};

use crate::Key;

/// A provider that answers until it is dropped. Services that ask it need `KLUSNET_ALLOW_PRIVATE_PROVIDERS`.
pub struct Provider {
    /// Its issuer.
    pub issuer: String,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    keys: Mutex<Vec<Value>>,
    asked: AtomicUsize,
    codes: Mutex<HashMap<String, String>>,
    exchanges: Mutex<Vec<String>>,
    is_broken: AtomicBool,
    is_over: AtomicBool,
}

impl Provider {
    /// The setting without which nothing is fetched from it.
    pub const SETTING: (&'static str, &'static str) = ("KLUSNET_ALLOW_PRIVATE_PROVIDERS", "yes");

    /// A provider with these keys.
    pub fn start(keys: &[Key]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let shared = Arc::new(Shared::default());
        let (own, name) = (Arc::clone(&shared), issuer.clone());
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if own.is_over.load(Ordering::SeqCst) {
                    return;
                }
                let _ = stream.and_then(|stream| answer(stream, &own, &name));
            }
        });
        let provider = Self { issuer, shared, thread: Some(thread) };
        provider.publish(keys);
        provider
    }

    /// From now on it has these keys.
    pub fn publish(&self, keys: &[Key]) {
        *self.shared.keys.lock().unwrap() = keys.iter().map(|key| key.jwk.clone()).collect();
    }

    /// How often it was asked for its keys.
    pub fn asked(&self) -> usize {
        self.shared.asked.load(Ordering::SeqCst)
    }

    /// Somebody signed in: this code gives this ID token, once.
    pub fn signed_in(&self, code: &str, id_token: &str) {
        self.shared.codes.lock().unwrap().insert(code.to_owned(), id_token.to_owned());
    }

    /// What was sent to exchange codes: header lines and form, as they came.
    pub fn exchanges(&self) -> Vec<String> {
        self.shared.exchanges.lock().unwrap().clone()
    }

    /// From now on it answers 500, or not any more.
    pub fn break_down(&self, is_broken: bool) {
        self.shared.is_broken.store(is_broken, Ordering::SeqCst);
    }

    /// Where its keys are.
    pub fn keys_at(&self) -> String {
        format!("{}/keys", self.issuer)
    }
}

fn answer(mut stream: TcpStream, shared: &Shared, issuer: &str) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        if line.trim().is_empty() {
            break;
        }
        head.push(line.trim().to_owned());
    }
    let length =
        head.iter().filter_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok()).next();
    let mut form = vec![0; length.unwrap_or_default()];
    reader.read_exact(&mut form)?;
    let form = String::from_utf8_lossy(&form).into_owned();
    let path = head.first().and_then(|first| first.split(' ').nth(1)).unwrap_or_default().to_owned();
    let is_broken = shared.is_broken.load(Ordering::SeqCst);
    let (status, body) = match path.as_str() {
        _ if is_broken => ("500 Internal Server Error", json!({})),
        "/token" => {
            shared.exchanges.lock().unwrap().push(format!("{}\n{form}", head.join("\n")));
            let code = form.split('&').find_map(|pair| pair.strip_prefix("code=")).unwrap_or_default().to_owned();
            match shared.codes.lock().unwrap().remove(&code) {
                Some(id_token) => {
                    ("200 OK", json!({"access_token": "at", "token_type": "Bearer", "id_token": id_token}))
                }
                None => ("400 Bad Request", json!({"error": "invalid_grant"})),
            }
        }
        "/keys" => {
            shared.asked.fetch_add(1, Ordering::SeqCst);
            ("200 OK", json!({"keys": *shared.keys.lock().unwrap()}))
        }
        "/.well-known/openid-configuration" => (
            "200 OK",
            json!({"issuer": issuer, "authorization_endpoint": format!("{issuer}/authorize"),
                "token_endpoint": format!("{issuer}/token"), "jwks_uri": format!("{issuer}/keys")}),
        ),
        _ => ("404 Not Found", json!({})),
    };
    let body = body.to_string();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(format!("{head}{body}").as_bytes())
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.shared.is_over.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.issuer.trim_start_matches("http://"));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
