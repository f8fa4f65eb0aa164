//! What a reader costs who comes back for news, and what a public page costs, beside a bare handler that answers the same
//! bytes: `cargo xtask bench feeds`. Everything is measured in one run, over HTTP with connections that stay open; each
//! server has one worker, so what counts is what one core does.

use std::net::SocketAddr;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use actix_web::http::StatusCode;
use actix_web::{App, HttpResponse, HttpServer, web};
use contract_tests::{Kind, Service, Wire, World};
use serde_json::json;

/// How long each is asked.
const SPAN: Duration = Duration::from_secs(4);
/// As many connections ask at a time.
const CONNECTIONS: usize = 16;
/// As many klussen are open.
const KLUSSEN: usize = 60;

fn main() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let settings = [("KLUSNET_LOG_LEVEL", "error"), ("KLUSNET_WORKERS", "1")];
        let Some(service) = Service::start_with(kind, &settings) else { continue };
        let id = fill(&service);
        println!("{kind:?}, {KLUSSEN} open klussen");
        let host = service.root().trim_start_matches("http://").to_owned();
        let address: SocketAddr = host.parse().unwrap();
        for path in ["/feeds/klussen.rss".to_owned(), format!("/klussen/{id}")] {
            let full = service.anonymous().get(&format!("{}{path}", service.root())).expect(200);
            compare(&format!("{path} 200"), address, &path, "", (200, full.bytes.clone()));
            let condition = format!("If-None-Match: {}\r\n", full.tag());
            compare(&format!("{path} 304"), address, &path, &condition, (304, Vec::new()));
        }
        let client = service.anonymous();
        let mut slowest = Duration::ZERO;
        let mut all = Duration::ZERO;
        for _ in 0..200 {
            // Each time after a write, so that the database is looked at.
            let tag = client.get(&format!("{}/feeds/klussen.rss", service.root())).tag();
            service.tick();
            let client = client.with("If-None-Match", &tag);
            let began = Instant::now();
            client.get(&format!("{}/feeds/klussen.rss", service.root())).expect(304);
            all += began.elapsed();
            slowest = slowest.max(began.elapsed());
        }
        println!("  304 after a write: {:.2} ms on average, {:.2} ms at most", millis(all) / 200.0, millis(slowest));
    }
}

fn fill(service: &Service) -> String {
    let world = World::new(service);
    let oss = world.organisation("Gemeente Oss");
    let owner = world.client_of(&oss, "Olga Opdracht");
    let mut id = String::new();
    for number in 0..KLUSSEN {
        let draft = json!({"organisationId": oss.id, "kind": "PROJECT", "title": format!("Bos {number}"),
            "description": "De stad wil een bos en heeft nog geen plan. ".repeat(12),
            "intendedResult": "Een plan waarover de raad kan besluiten", "planning": "Mei: gesprekken.",
            "minutesPerWeek": 480, "startDate": "2027-05-03", "endDate": "2027-07-30", "scaleLevel": "REGIONAL",
            "remote": "HYBRID", "region": "Brabant",
            "publication": {"rings": [{"ring": "PUBLIC"}], "deadline": "2027-04-15T15:00:00Z"}});
        id = owner.client.post("/assignments", &draft).expect(201).id();
    }
    id
}

/// Asks both in turns, so that whatever else the machine does falls on both.
fn compare(what: &str, address: SocketAddr, path: &str, condition: &str, (status, body): (u16, Vec<u8>)) {
    let bare = Bare::start(status, body);
    let (mut ours, mut theirs) = (0.0, 0.0);
    for _ in 0..2 {
        ours += rate(address, path, condition, status);
        theirs += rate(bare.address, path, condition, status);
    }
    println!(
        "  {what}: {:.0} a second, bare {:.0}: {:.2} of it (the goal is 0.67)",
        ours / 2.0,
        theirs / 2.0,
        ours / theirs
    );
}

/// Answers a second, on connections of which each asks again as soon as it was answered. Requests do not follow one
/// another unanswered on a connection: then the measure would be of how TCP delays small segments.
fn rate(address: SocketAddr, path: &str, condition: &str, status: u16) -> f64 {
    let request = format!("GET {path} HTTP/1.1\r\nHost: klusnet.test\r\n{condition}\r\n");
    let mut connections: Vec<Wire> = (0..CONNECTIONS).map(|_| Wire::to(address)).collect();
    let (began, mut answered) = (Instant::now(), 0_u32);
    while began.elapsed() < SPAN {
        connections.iter_mut().for_each(|wire| wire.send(&request));
        for wire in &mut connections {
            assert_eq!(wire.answer().0, status);
            answered += 1;
        }
    }
    f64::from(answered) / began.elapsed().as_secs_f64()
}

/// A handler that does nothing but answer these bytes.
struct Bare {
    address: SocketAddr,
    handle: actix_web::dev::ServerHandle,
}

impl Bare {
    fn start(status: u16, body: Vec<u8>) -> Self {
        let (tell, told) = channel();
        let body = web::Bytes::from(body);
        std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = HttpServer::new(move || {
                    let body = body.clone();
                    let answer = move || {
                        let body = body.clone();
                        async move {
                            HttpResponse::build(StatusCode::from_u16(status).unwrap())
                                .insert_header(("ETag", "\"0123456789abcdef\""))
                                .body(body)
                        }
                    };
                    App::new().default_service(web::to(answer))
                });
                let server = server.workers(1).bind(("127.0.0.1", 0)).unwrap();
                let address = server.addrs()[0];
                let server = server.run();
                tell.send((address, server.handle())).unwrap();
                server.await.unwrap();
            });
        });
        let (address, handle) = told.recv().unwrap();
        Self { address, handle }
    }
}

impl Drop for Bare {
    fn drop(&mut self) {
        actix_web::rt::System::new().block_on(self.handle.stop(false));
    }
}

fn millis(span: Duration) -> f64 {
    span.as_secs_f64() * 1000.0
}
