//! A client that holds every answer against the document.

use std::collections::HashMap;
use std::io::Write as _;

use serde_json::Value;

use crate::document::Document;

/// Speaks HTTP, with or without a token.
#[derive(Clone)]
pub struct Client {
    agent: ureq::Agent,
    url: String,
    token: Option<String>,
    headers: Vec<(String, String)>,
}

/// What was answered.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers, with their names in lower case.
    pub headers: HashMap<String, String>,
    /// The body as text; of a file that is none, what can be read of it.
    pub text: String,
    /// The body as it came.
    pub bytes: Vec<u8>,
    /// The body as JSON; null where there is none.
    pub body: Value,
}

impl Client {
    pub(crate) fn new(url: &str, token: Option<String>) -> Self {
        let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build();
        Self { agent: config.into(), url: url.to_owned(), token, headers: Vec::new() }
    }

    /// The same client with one more header.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut client = self.clone();
        client.headers.push((name.to_owned(), value.to_owned()));
        client
    }

    /// The same client with another token.
    #[must_use]
    pub fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }

    /// The same client at another instance of the service.
    #[must_use]
    pub fn at(&self, url: &str) -> Self {
        Self { url: url.to_owned(), ..self.clone() }
    }

    /// Reads.
    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None)
    }

    /// Adds, or does something.
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, Some(body))
    }

    /// Does something that needs no body.
    pub fn act(&self, path: &str) -> Answer {
        self.send("POST", path, None)
    }

    /// Changes the thing at this path, at the revision it has now.
    pub fn patch(&self, path: &str, body: &Value) -> Answer {
        self.at_present(path).send("PATCH", path, Some(body))
    }

    /// Replaces the thing at this path, at the revision it has now.
    pub fn put(&self, path: &str, body: &Value) -> Answer {
        self.at_present(path).send("PUT", path, Some(body))
    }

    /// Removes the thing at this path.
    pub fn delete(&self, path: &str) -> Answer {
        self.send("DELETE", path, None)
    }

    /// Does something to the thing at `thing`, at the revision it has now.
    pub fn transition(&self, thing: &str, action: &str, body: &Value) -> Answer {
        let body = (!body.is_null()).then_some(body);
        self.at_present(thing).send("POST", &format!("{thing}/{action}"), body)
    }

    /// The same client with the present ETag of this thing as If-Match, if it can be read.
    pub fn at_present(&self, path: &str) -> Self {
        let known = self.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("if-match"));
        match self.get(path).headers.get("etag") {
            Some(tag) if !known => self.with("If-Match", tag),
            _ => self.clone(),
        }
    }

    /// Sends any request; `path` begins with a slash or is a link of the service. A whole address (`http://…`) is not
    /// held against the document.
    pub fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Answer {
        let text = body.map(ToString::to_string);
        self.send_text(method, path, text.as_deref().map(|text| ("application/json", text)))
    }

    /// Sends any text as body, under any media type.
    pub fn send_text(&self, method: &str, path: &str, body: Option<(&str, &str)>) -> Answer {
        self.send_bytes(method, path, body.map(|(media_type, text)| (media_type, text.as_bytes())))
    }

    /// Sends any bytes as body, under any media type.
    pub fn send_bytes(&self, method: &str, path: &str, body: Option<(&str, &[u8])>) -> Answer {
        let path = path.strip_prefix("/v1").unwrap_or(path);
        let address = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.url) };
        let mut request = ureq::http::Request::builder().method(method).uri(address);
        if let Some(token) = &self.token {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        if let Some((media_type, _)) = body
            && !media_type.is_empty()
        {
            request = request.header("Content-Type", media_type);
        }
        let response = match body {
            Some((_, bytes)) => self.agent.run(request.body(bytes.to_vec()).unwrap()),
            None => self.agent.run(request.body(()).unwrap()),
        };
        let mut response = response.unwrap_or_else(|error| panic!("{method} {path}: {error}"));
        let headers: HashMap<String, String> = response
            .headers()
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), value.to_str().unwrap().to_owned()))
            .collect();
        let status = response.status().as_u16();
        let bytes = response.body_mut().read_to_vec().unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        check(method, path, status, &headers, &text);
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Answer { status, headers, text, bytes, body }
    }
}

/// What every answer says, whatever it answers.
const ALWAYS: [(&str, &str); 6] = [
    ("content-security-policy", "frame-ancestors 'none'"),
    ("strict-transport-security", "max-age="),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cache-control", "no-"),
];

/// What everybody may read and keep for a while begins so.
const FOR_ALL: [&str; 9] =
    ["klussen/", "mensen/", "embed/", "oembed", "feeds/klussen.", "sitemap.xml", "static/", "widget/", "robots.txt"];

/// Holds the answer against the document and notes that this status was seen.
fn check(method: &str, path: &str, status: u16, headers: &HashMap<String, String>, text: &str) {
    let rest = path.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map(|(_, rest)| rest);
    let is_for_all = rest.is_some_and(|rest| FOR_ALL.iter().any(|one| rest.starts_with(one)));
    let is_framed = rest.is_some_and(|rest| rest.starts_with("embed/"));
    for (name, value) in ALWAYS {
        if (is_for_all && name == "cache-control")
            || (is_framed && matches!(name, "x-frame-options" | "content-security-policy"))
        {
            continue;
        }
        let found = headers.get(name).unwrap_or_else(|| panic!("{method} {path} {status} lacks {name}"));
        assert!(found.contains(value), "{method} {path} {status} has {name}: {found}");
    }
    assert_eq!(headers.get("api-version").map(String::as_str), Some(env!("CARGO_PKG_VERSION")), "{method} {path}");
    assert!(headers.get("x-request-id").is_some_and(|id| id.len() >= 16), "{method} {path} {status}");
    if method == "HEAD" || method == "OPTIONS" || path.starts_with("http") {
        return;
    }
    let Some(operation) = Document::committed().find(method, path) else {
        assert!(matches!(status, 404 | 405 | 429), "{method} {path} is not documented and answered {status}");
        return;
    };
    operation.check(status, headers, text);
    note(&operation.id, status);
}

/// One line per operation and status, for the check that every documented status was produced by some test.
pub fn note(operation: &str, status: u16) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/statuses");
    std::fs::create_dir_all(folder).unwrap();
    let file = format!("{folder}/{}.txt", std::process::id());
    let mut file = std::fs::OpenOptions::new().create(true).append(true).open(file).unwrap();
    // In one piece: other threads append to the same file.
    file.write_all(format!("{operation} {status}\n").as_bytes()).unwrap();
}

impl Answer {
    /// Fails the test unless it has this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// Fails the test unless it is a problem with this status and code.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Self {
        assert_eq!((self.status, self.body["code"].as_str()), (status, Some(code)), "{}", self.text);
        self
    }

    /// Fails the test unless it is a 400 that names exactly these fields.
    #[track_caller]
    pub fn names(self, fields: &[&str]) -> Self {
        assert_eq!(self.status, 400, "{}", self.text);
        let mut named: Vec<&str> = self.body["invalidParams"]
            .as_array()
            .unwrap()
            .iter()
            .map(|fault| fault["name"].as_str().unwrap())
            .collect();
        let mut fields = fields.to_vec();
        named.sort_unstable();
        fields.sort_unstable();
        assert_eq!(named, fields, "{}", self.text);
        self
    }

    /// The `id` in the body.
    #[track_caller]
    pub fn id(&self) -> String {
        self.body["id"].as_str().unwrap_or_else(|| panic!("no id: {}", self.text)).to_owned()
    }

    /// The ETag.
    #[track_caller]
    pub fn tag(&self) -> String {
        self.headers["etag"].clone()
    }

    /// What stands in the body at this JSON pointer, as text.
    #[track_caller]
    pub fn text_at(&self, pointer: &str) -> &str {
        self.body
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_else(|| panic!("nothing at {pointer}: {}", self.text))
    }

    /// The `id` of every item of a page.
    pub fn ids(&self) -> Vec<String> {
        self.body["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
    }
}
