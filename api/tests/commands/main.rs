//! The commands of the binary, as somebody at a terminal or a container has them.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail by panicking")]

mod process;

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use process::{Ended, Folder, Serving};
use serde_json::{Value, json};

const PASSWORD: &str = "vier woorden zijn genoeg";

/// A folder with a database that has an administrator.
fn prepared() -> Folder {
    let folder = Folder::new();
    folder.create_administrator(PASSWORD).well();
    folder
}

fn sign_in(service: &Serving) -> String {
    let body = json!({"email": "bea@klusnet.example", "password": PASSWORD});
    let (status, tokens) = service.post("/v1/sessions", "", &body);
    assert_eq!(status, 201, "{tokens}");
    tokens["accessToken"].as_str().unwrap().to_owned()
}

fn add(service: &Serving, token: &str, name: &str) -> u16 {
    service.post("/v1/organisations", token, &json!({"name": name, "kind": "AGENCY"})).0
}

/// The names of all organisations.
fn names(service: &Serving, token: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut next = Some("/v1/organisations?limit=100".to_owned());
    while let Some(address) = next {
        let page = service.get(&address, token).1;
        found.extend(page["items"].as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap().to_owned()));
        next = page["links"]["next"].as_str().map(str::to_owned);
    }
    found
}

/// The key that signed a token.
fn key_of(token: &str) -> Value {
    use base64::Engine as _;
    let header = token.split('.').next().unwrap();
    let header = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(header).unwrap();
    serde_json::from_slice::<Value>(&header).unwrap()["kid"].clone()
}

#[test]
fn a_setting_that_makes_no_sense_is_told_and_nothing_starts() {
    let folder = Folder::new();
    for (name, value) in [("KLUSNET_LISTEN", "8080"), ("DATABASE_URL", "mysql://root:geheim@host/db")] {
        let ended = folder.run_with(&[], &[(name, value)], "").ill();
        assert!(ended.errors.contains(name) && ended.errors.contains("must be"), "{}", ended.errors);
        assert!(!ended.errors.contains("geheim") && !ended.errors.contains("panicked"), "{}", ended.errors);
    }
    assert!(!folder.path("klusnet.sqlite").exists());
}

#[test]
fn a_database_or_an_address_that_cannot_be_had_is_told() {
    let folder = Folder::new();
    let nowhere = [("DATABASE_URL", "/nowhere/at/all/klusnet.sqlite")];
    let ended = folder.run_with(&[], &nowhere, "").ill();
    assert!(ended.errors.contains("unable to open"), "{}", ended.errors);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let ended = folder.run_with(&[], &[("KLUSNET_LISTEN", &address)], "").ill();
    assert!(ended.errors.contains("cannot listen on") && ended.errors.contains(&address), "{}", ended.errors);
}

#[test]
fn help_tells_of_commands_and_settings() {
    let folder = Folder::new();
    let help = folder.run(&["--help"]).well().text;
    for word in ["serve", "migrate", "backup", "health", "DATABASE_URL", "KLUSNET_LOG", "KLUSNET_DATABASE_WAIT"] {
        assert!(help.contains(word), "{word} is missing:\n{help}");
    }
    assert!(folder.run(&["--version"]).well().text.contains(env!("CARGO_PKG_VERSION")));
    assert!(folder.run(&["admin", "create", "--help"]).well().text.contains("--given-name"));
    folder.run(&["nonsense"]).ill();
}

#[test]
fn the_document_is_written_to_standard_output() {
    let folder = Folder::new();
    let yaml = folder.run(&["openapi"]).well().text;
    assert_eq!(yaml, api::document::yaml());
    let json: Value = serde_json::from_str(&folder.run(&["openapi", "--json"]).well().text).unwrap();
    assert_eq!(json, api::document::json());
    assert!(!folder.path("klusnet.sqlite").exists(), "it needs no database");
}

#[test]
fn the_schema_is_brought_up_to_date_once() {
    let folder = Folder::new();
    assert!(folder.run(&["migrate"]).well().text.lines().count() >= 3);
    assert_eq!(folder.run(&["migrate"]).well().text, "the schema was up to date\n");
}

#[test]
fn an_administrator_is_made_with_a_password_from_standard_input() {
    let folder = Folder::new();
    let refused = folder.create_administrator("kort").ill();
    assert!(refused.errors.contains("password"), "{}", refused.errors);
    folder.create_administrator("").ill();
    folder.create_administrator(PASSWORD).well();
    let service = folder.serve();
    let token = sign_in(&service);
    assert_eq!(add(&service, &token, "Gemeente Oss"), 201);
    // Once more, with another password: the role stays one, the password is the new one.
    folder.create_administrator("een ander lang wachtwoord").well();
    let body = json!({"email": "bea@klusnet.example", "password": PASSWORD});
    assert_eq!(service.post("/v1/sessions", "", &body).0, 401);
}

#[test]
fn health_tells_whether_the_service_is_ready() {
    let folder = Folder::new();
    let service = folder.serve();
    let address = service.address();
    folder.run_with(&["health"], &[("KLUSNET_LISTEN", &address)], "").well();
    drop(service);
    let ended = folder.run_with(&["health"], &[("KLUSNET_LISTEN", &address)], "").ill();
    assert!(ended.errors.contains("no answer"), "{}", ended.errors);
}

#[test]
fn a_request_under_way_is_finished_after_sigterm() {
    let folder = prepared();
    let service = folder.serve();
    let token = sign_in(&service);
    let _idle = service.open_and_ask_once();
    let body = json!({"name": "Gemeente Oss", "kind": "MUNICIPALITY"}).to_string();
    let (first, rest) = body.split_at(10);
    let mut stream = TcpStream::connect(service.address()).unwrap();
    let head = format!(
        "POST /v1/organisations HTTP/1.1\r\nHost: klusnet\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{first}",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    std::thread::sleep(Duration::from_millis(200));
    service.signal("TERM");
    std::thread::sleep(Duration::from_millis(300));
    stream.write_all(rest.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    let began = Instant::now();
    let ended = service.wait().well();
    assert!(began.elapsed() < Duration::from_secs(8), "who only holds a connection does not hold it up");
    assert!(ended.errors.contains("stopped"), "{}", ended.errors);
}

#[test]
fn sigint_stops_it_as_well() {
    let folder = Folder::new();
    let service = folder.serve();
    service.signal("INT");
    service.wait().well();
}

#[test]
fn the_log_can_be_json_and_names_operations_not_what_was_sent() {
    let folder = prepared();
    let service = folder.serve_with(&[("KLUSNET_LOG", "json")]);
    sign_in(&service);
    service.get("/v1/organisations?search=geheim", "");
    service.signal("TERM");
    let log = service.wait().well().errors;
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let answered = lines.iter().find(|line| line["operation"] == "createSession").unwrap();
    assert_eq!(answered["status"], 201);
    assert!(answered["request"].as_str().unwrap().len() >= 16);
    for private in ["bea@klusnet.example", PASSWORD, "geheim"] {
        assert!(!log.contains(private), "{private} stands in the log");
    }
}

#[test]
fn a_copy_made_while_others_write_opens_and_holds_what_was_acknowledged() {
    let folder = prepared();
    let service = folder.serve();
    let token = sign_in(&service);
    let acknowledged = Mutex::new(Vec::new());
    let done = AtomicBool::new(false);
    let before = std::thread::scope(|scope| {
        for writer in 0..4 {
            let (service, token, acknowledged, done) = (&service, &token, &acknowledged, &done);
            scope.spawn(move || {
                for number in 0.. {
                    if done.load(Ordering::Relaxed) {
                        break;
                    }
                    let name = format!("Organisatie {writer}-{number}");
                    assert_eq!(add(service, token, &name), 201);
                    acknowledged.lock().unwrap().push(name);
                }
            });
        }
        while acknowledged.lock().unwrap().len() < 40 {
            std::thread::sleep(Duration::from_millis(5));
        }
        let before = acknowledged.lock().unwrap().clone();
        let copied = folder.run(&["backup", "copy.sqlite"]);
        done.store(true, Ordering::Relaxed);
        copied.well();
        before
    });
    drop(service);
    let copy = folder.serve_with(&[("DATABASE_URL", "copy.sqlite")]);
    let found = names(&copy, &sign_in(&copy));
    let missing: Vec<_> = before.iter().filter(|name| !found.contains(name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn on_a_full_disk_every_write_answers_503_reading_goes_on_and_nothing_acknowledged_is_lost() {
    let folder = prepared();
    let service = folder.serve_on_a_small_disk();
    let token = sign_in(&service);
    let mut acknowledged = Vec::new();
    let refused = loop {
        let name = format!("Organisatie {}", acknowledged.len());
        let (status, problem) = service.post("/v1/organisations", &token, &json!({"name": name, "kind": "AGENCY"}));
        if status != 201 {
            assert_eq!(status, 503, "{problem}");
            break problem;
        }
        acknowledged.push(name);
        assert!(acknowledged.len() < 5000, "the disk is not small");
    };
    assert_eq!(refused["code"], "unavailable");
    assert!(!acknowledged.is_empty());
    assert_eq!(add(&service, &token, "Nog een"), 503);
    assert_eq!(service.get("/v1/organisations", &token).0, 200);
    assert_eq!(service.get("/health/live", "").0, 200);
    drop(service);
    let roomy = folder.serve();
    let token = sign_in(&roomy);
    let found = names(&roomy, &token);
    assert_eq!(found.len(), acknowledged.len(), "all that was acknowledged and nothing else");
    assert!(acknowledged.iter().all(|name| found.contains(name)));
    assert_eq!(add(&roomy, &token, "Nog een"), 201);
}

#[test]
fn a_copy_never_replaces_a_file_and_is_read_by_nobody_else() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = prepared();
    std::fs::write(folder.path("precious"), "precious").unwrap();
    let ended = folder.run(&["backup", "precious"]).ill();
    assert!(ended.errors.contains("exists"), "{}", ended.errors);
    assert_eq!(std::fs::read_to_string(folder.path("precious")).unwrap(), "precious");
    folder.run(&["backup", "copy.sqlite"]).well();
    let mode = std::fs::metadata(folder.path("copy.sqlite")).unwrap().permissions().mode();
    assert_eq!(mode & 0o077, 0, "{mode:o}");
    let postgres = [("DATABASE_URL", "postgres://klusnet:geheim@nowhere.invalid/klusnet?sslmode=disable")];
    let Ended { errors, .. } = folder.run_with(&["backup", "copy.dump"], &postgres, "").ill();
    assert!(errors.contains("pg_dump") && errors.contains("copy.dump") && !errors.contains("geheim"), "{errors}");
    assert!(!folder.path("copy.dump").exists());
}

#[test]
fn a_new_key_signs_and_tokens_of_the_old_one_stay_good() {
    let folder = prepared();
    let service = folder.serve();
    let old = sign_in(&service);
    folder.run(&["keys", "rotate"]).well();
    let patience = Instant::now();
    let new = loop {
        let token = sign_in(&service);
        if key_of(&token) != key_of(&old) {
            break token;
        }
        assert!(patience.elapsed() < Duration::from_secs(20), "the running service takes up the new key");
        std::thread::sleep(Duration::from_millis(300));
    };
    for token in [&old, &new] {
        assert_eq!(service.get("/v1/organisations", token).0, 200);
    }
    let keys = service.get("/.well-known/jwks.json", "").1;
    let kids: Vec<&Value> = keys["keys"].as_array().unwrap().iter().map(|key| &key["kid"]).collect();
    assert!(kids.contains(&&key_of(&old)) && kids.contains(&&key_of(&new)), "{keys}");
    assert!(!keys.to_string().contains("\"d\""), "only the public halves");
    folder.run(&["keys", "rotate", "--retire-now"]).well();
    let patience = Instant::now();
    while service.get("/v1/organisations", &old).0 != 401 {
        assert!(patience.elapsed() < Duration::from_secs(20), "a leaked key is worth nothing soon");
        std::thread::sleep(Duration::from_millis(300));
    }
}
