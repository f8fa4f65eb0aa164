//! A tiny identity provider: it describes itself and publishes keys, and counts how often it was asked for them.

use std::io::{BufRead as _, BufReader, Write as _};
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

    /// Where its keys are.
    pub fn keys_at(&self) -> String {
        format!("{}/keys", self.issuer)
    }
}

fn answer(mut stream: TcpStream, shared: &Shared, issuer: &str) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    let (status, body) = match first.split(' ').nth(1).unwrap_or_default() {
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
