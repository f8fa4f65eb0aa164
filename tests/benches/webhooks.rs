//! What it costs to tell receivers, beside a bare loop that posts the same bodies: `cargo xtask bench webhooks`. Both are
//! measured in one run against the same receiver, a process of its own; once more with a receiver that takes nothing.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use contract_tests::{Kind, Organisation, Service, World};
use serde_json::{Value, json};

/// How many things happen.
const EVENTS: usize = 10_000;
/// How many receivers are told of each.
const RECEIVERS: usize = 10;
/// How many posts are under way to one receiver, as in the service.
const AT_ONCE: usize = 16;
/// Nobody listens at this port.
const DEAD: &str = "http://127.0.0.1:9/";

fn main() {
    if std::env::args().any(|argument| argument == "receive") {
        return receive();
    }
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let Some(told) = measure(kind, false) else { continue };
        println!("  and one receiver that takes nothing:");
        let beside_dead = measure(kind, true).unwrap();
        println!("  deliveries per second beside it: {:.2} of those without it", beside_dead / told);
    }
}

/// Deliveries per second.
fn measure(kind: Kind, has_dead: bool) -> Option<f64> {
    let service = Service::start_with(kind, &[("KLUSNET_LOG_LEVEL", "error")])?;
    let world = World::new(&service);
    let oss = world.organisation("Gemeente Oss");
    let receiver = Receiver::start();
    let own: Vec<String> = (0..RECEIVERS).map(|number| subscribe(&oss, &receiver.url(number))).collect();
    if has_dead {
        let dead = subscribe(&oss, &receiver.url(RECEIVERS));
        service.execute(&format!("UPDATE webhook_subscriptions SET url = '{DEAD}' WHERE url LIKE '%/{RECEIVERS}'"));
        oss.administrator.client.patch(&dead, &json!({"paused": false})).expect(200);
    }
    happen(&world);
    let bodies = bodies(&service);
    if !has_dead {
        println!("{kind:?}, {EVENTS} events for {RECEIVERS} receivers");
        let bare = timed("bare loop", &receiver, || bare(&receiver, &bodies));
        let told = timed("webhooks", &receiver, || resume(&oss, &own));
        println!(
            "  of the bare loop, per core-second: {:.2} (the goal is 0.5)",
            told.per_core_second / bare.per_core_second
        );
        return Some(told.per_second);
    }
    Some(timed("webhooks", &receiver, || resume(&oss, &own)).per_second)
}

/// A subscription that its receiver verified, paused until all has happened.
fn subscribe(organisation: &Organisation, url: &str) -> String {
    let admin = &organisation.administrator.client;
    let draft = json!({"url": url, "eventTypes": ["nl.klusnet.organisation-registered.v1"]});
    let made = admin.post(&format!("/organisations/{}/webhook-subscriptions", organisation.id), &draft).expect(201);
    let own = format!("/webhook-subscriptions/{}", made.id());
    assert_eq!(admin.act(&format!("{own}/ping")).expect(200).body["accepted"], true);
    admin.patch(&own, &json!({"paused": true})).expect(200);
    own
}

fn happen(world: &World<'_>) {
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= EVENTS {
                        return;
                    }
                    let draft = json!({"name": format!("Dienst {number}"), "kind": "AGENCY"});
                    world.platform.post("/organisations", &draft).expect(201);
                }
            });
        }
    });
}

/// What receivers are posted, from the list of events.
fn bodies(service: &Service) -> Vec<String> {
    let platform = service.administrator();
    let (mut bodies, mut next) = (Vec::new(), Some("/events?limit=100".to_owned()));
    while let Some(address) = next {
        let page = platform.get(&address).expect(200);
        let items = page.body["items"].as_array().unwrap();
        bodies.extend(items.iter().filter(|event| event["subjectKind"] == "organisation").map(body_of));
        next = page.body["links"]["next"].as_str().map(str::to_owned);
    }
    bodies.truncate(EVENTS);
    assert_eq!(bodies.len(), EVENTS);
    bodies
}

fn body_of(event: &Value) -> String {
    json!({
        "specversion": "1.0", "id": event["id"], "source": event["source"], "type": event["type"],
        "subject": event["subject"], "time": event["time"], "datacontenttype": "application/json",
        "dataref": format!("https://klusnet.test{}", event["subject"].as_str().unwrap()),
        "data": {"subjectKind": event["subjectKind"], "subjectId": event["subjectId"], "organisationId": event["organisationId"]}
    })
    .to_string()
}

fn resume(organisation: &Organisation, own: &[String]) {
    for one in own {
        organisation.administrator.client.patch(one, &json!({"paused": false})).expect(200);
    }
}

/// Posts each body to each receiver, as many at once, with headers of the same length, and does nothing else.
fn bare(receiver: &Receiver, bodies: &[String]) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().no_proxy().pool_max_idle_per_host(AT_ONCE).build().unwrap();
    let bodies: Arc<Vec<String>> = Arc::new(bodies.to_vec());
    let signature = "v1,".to_owned() + &"x".repeat(44) + " v1a," + &"x".repeat(88);
    actix_web::rt::System::new().block_on(async {
        let mut loops = Vec::new();
        for number in 0..RECEIVERS {
            let next = Arc::new(AtomicUsize::new(0));
            for _ in 0..AT_ONCE {
                let (client, bodies, next, url) = (client.clone(), bodies.clone(), next.clone(), receiver.url(number));
                let signature = signature.clone();
                loops.push(actix_web::rt::spawn(async move {
                    while let Some(body) = bodies.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let request = client
                            .post(&url)
                            .header("webhook-id", "msg_01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17")
                            .header("webhook-timestamp", "1803898800")
                            .header("webhook-signature", &signature)
                            .header("content-type", "application/cloudevents+json; charset=utf-8")
                            .body(body.clone());
                        assert!(request.send().await.unwrap().bytes().await.is_ok());
                    }
                }));
            }
        }
        for one in loops {
            one.await.unwrap();
        }
    });
}

struct Measured {
    per_second: f64,
    per_core_second: f64,
}

/// Waits until everything came, and tells what it took of this process.
fn timed(what: &str, receiver: &Receiver, work: impl FnOnce()) -> Measured {
    let (before, memory, cpu, began) = (receiver.count(), resident(), cpu_time(), Instant::now());
    work();
    while receiver.count() - before < EVENTS * RECEIVERS {
        std::thread::sleep(Duration::from_millis(20));
        assert!(began.elapsed() < Duration::from_secs(600), "{} came", receiver.count() - before);
    }
    let (took, cpu, grown) = (began.elapsed().as_secs_f64(), cpu_time() - cpu, resident() - memory);
    let deliveries = f64::from(u32::try_from(EVENTS * RECEIVERS).unwrap());
    let measured = Measured { per_second: deliveries / took, per_core_second: deliveries / cpu };
    let (per_second, per_core) = (measured.per_second, measured.per_core_second);
    println!(
        "  {what}: {per_second:.0} deliveries/s, {per_core:.0} per core-second; memory {memory} MB, {grown:+} MB after"
    );
    measured
}

/// The processor time of this process, in seconds; the kernel counts in hundredths.
fn cpu_time() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    (fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap()) / 100.0
}

/// The memory of this process, in megabytes.
fn resident() -> i64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<i64>().unwrap() / 1024
}

/// The receiver, as the service sees it.
struct Receiver {
    child: Child,
    port: String,
    control: Mutex<BufReader<TcpStream>>,
}

impl Receiver {
    fn start() -> Self {
        let program = std::env::current_exe().unwrap();
        let mut child = Command::new(program).arg("receive").stdout(Stdio::piped()).spawn().unwrap();
        let mut port = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut port).unwrap();
        let port = port.trim().to_owned();
        let control = Mutex::new(BufReader::new(TcpStream::connect(format!("127.0.0.1:{port}")).unwrap()));
        Self { child, port, control }
    }

    fn url(&self, number: usize) -> String {
        format!("http://127.0.0.1:{}/{number}", self.port)
    }

    /// How many messages came, pings included.
    fn count(&self) -> usize {
        let mut control = self.control.lock().unwrap();
        control.get_mut().write_all(b"GET /count HTTP/1.1\r\n\r\n").unwrap();
        let mut line = String::new();
        while !line.starts_with("x-count: ") {
            line.clear();
            control.read_line(&mut line).unwrap();
        }
        let count = line.trim_start_matches("x-count: ").trim().parse().unwrap();
        control.read_line(&mut line).unwrap();
        count
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Accepts everything and counts it; says at which port it listens.
fn receive() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    println!("{}", listener.local_addr().unwrap().port());
    let count = Arc::new(AtomicUsize::new(0));
    for stream in listener.incoming().flatten() {
        let count = Arc::clone(&count);
        std::thread::spawn(move || serve(stream, &count));
    }
}

fn serve(stream: TcpStream, count: &AtomicUsize) -> Option<()> {
    let _ = stream.set_nodelay(true);
    let (mut reader, mut writer) = (BufReader::new(stream.try_clone().ok()?), stream);
    loop {
        let (mut first, mut line, mut length) = (String::new(), String::new(), 0);
        reader.read_line(&mut first).ok().filter(|bytes| *bytes > 0)?;
        loop {
            line.clear();
            reader.read_line(&mut line).ok()?;
            if line.trim().is_empty() {
                break;
            }
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().ok()?;
            }
        }
        reader.read_exact(&mut vec![0; length]).ok()?;
        let seen = if first.starts_with("POST") {
            count.fetch_add(1, Ordering::SeqCst) + 1
        } else {
            count.load(Ordering::SeqCst)
        };
        let answer = if first.starts_with("GET") { format!("x-count: {seen}\r\n") } else { String::new() };
        writer.write_all(format!("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n{answer}\r\n").as_bytes()).ok()?;
    }
}
