//! A database that cannot be used: every answer says so in time, and nothing that was acknowledged is lost.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use contract_tests::Kind;

use super::*;

/// How long a request waits for the database in these tests.
const WAIT: (&str, &str) = ("KLUSNET_DATABASE_WAIT", "100");
/// In which time the answer must be there: the wait for a connection and for a lock, and room for a busy machine.
const BOUND: Duration = Duration::from_secs(3);

/// Whether the operation answers from the program alone, without the database.
fn is_reference(operation: &Operation) -> bool {
    operation.json["tags"][0] == "reference"
}

/// Asks again until the answer has this status; the database may need a moment to be found again.
fn until(status: u16, ask: impl Fn() -> Answer) -> Answer {
    let began = Instant::now();
    loop {
        let answer = ask();
        if answer.status == status {
            return answer;
        }
        assert!(answer.status == 503 && began.elapsed() < Duration::from_secs(30), "{}", answer.text);
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn says_unavailable(answer: &Answer) {
    assert_eq!((answer.status, answer.text_at("/code")), (503, "unavailable"), "{}", answer.text);
    let seconds: u64 = answer.headers["retry-after"].parse().unwrap();
    assert!((1..=60).contains(&seconds));
}

/// Every operation for which `stops` holds answers 503 while the database is away, and works again when it is back.
fn every_operation_says_so(kind: Kind, stops: impl Fn(&Operation) -> bool) {
    let Some(service) = Service::start_with(kind, &[WAIT]) else { return };
    let client = administrator(&service);
    client.get("/organisations").expect(200);
    let outage = service.outage();
    sweep(
        |operation| stops(operation) && !is_reference(operation),
        |operation| {
            let began = Instant::now();
            says_unavailable(&Request::of(operation).send(&client));
            assert!(began.elapsed() < BOUND, "it took {:?}", began.elapsed());
        },
    );
    let root = |path: &str| client.get(&format!("{}{path}", service.root()));
    assert_eq!(root("/health/live").status, 200, "the process itself lives");
    if kind == Kind::Postgres {
        assert_eq!(root("/health/ready").status, 503);
    }
    drop(outage);
    until(200, || root("/health/ready"));
    until(200, || client.get("/organisations"));
    until(201, || client.post("/organisations", &json!({"name": "Oss", "kind": "MUNICIPALITY"})));
}

#[test]
fn every_operation_answers_503_while_postgres_refuses_connections() {
    every_operation_says_so(Kind::Postgres, |_| true);
}

#[test]
fn every_write_answers_503_while_the_file_is_locked() {
    // A ping reads first, and finds nobody to ping; a preview only reads.
    let reads = ["pingWebhookSubscription", "testChannel", "previewChannelDraft"];
    let writes = |operation: &Operation| operation.method != "GET" && !reads.contains(&operation.id.as_str());
    every_operation_says_so(Kind::Sqlite, writes);
}

/// Writers go on through several outages, each retrying with its key: everything acknowledged is there, once.
fn nothing_acknowledged_is_lost(kind: Kind) {
    let Some(service) = Service::start_with(kind, &[WAIT]) else { return };
    let client = service.administrator();
    let write = |writer: usize| {
        for number in 0..12 {
            let name = format!("Organisatie {writer}-{number}");
            let client = client.with("Idempotency-Key", &name.replace(' ', "-"));
            until(201, || client.post("/organisations", &json!({"name": name, "kind": "AGENCY"})));
        }
    };
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..4).map(|writer| scope.spawn(move || write(writer))).collect();
        while writers.iter().any(|writer| !writer.is_finished()) {
            let outage = service.outage();
            std::thread::sleep(Duration::from_millis(150));
            drop(outage);
            std::thread::sleep(Duration::from_millis(300));
        }
    });
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    let mut next = Some("/organisations?kind=AGENCY&limit=100".to_owned());
    while let Some(address) = next {
        let page = until(200, || client.get(&address));
        for item in page.body["items"].as_array().unwrap() {
            *found.entry(item["name"].as_str().unwrap().to_owned()).or_default() += 1;
        }
        next = page.body["links"]["next"].as_str().map(str::to_owned);
    }
    assert_eq!(found.len(), 48, "all of them");
    assert!(found.values().all(|count| *count == 1), "each once: {found:?}");
}

#[test]
fn nothing_acknowledged_is_lost_while_postgres_comes_and_goes() {
    nothing_acknowledged_is_lost(Kind::Postgres);
}

#[test]
fn nothing_acknowledged_is_lost_while_the_file_is_locked_now_and_then() {
    nothing_acknowledged_is_lost(Kind::Sqlite);
}
