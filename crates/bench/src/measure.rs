//! One database: every question to the service, to a bare handler with the same bytes, and as statements on a raw
//! connection, in rounds that take turns, so that whatever else the machine does falls on all three.

use std::path::Path;
use std::sync::atomic::AtomicUsize;
use std::time::{Duration, SystemTime};

use contract_tests::Wire;
use serde_json::Value;

use crate::generate::Size;
use crate::load::Load;
use crate::process::{Process, database_seconds, settle};
use crate::questions::{self, Question};
use crate::raw::{self, Raw};

/// How often and how long each is asked.
#[derive(Clone, Copy)]
pub(crate) struct Span {
    pub(crate) rounds: u32,
    pub(crate) each: Duration,
}

/// What one question came to. Rates are answers per second of processor time.
pub(crate) struct Outcome {
    pub(crate) name: &'static str,
    pub(crate) goal: Option<u32>,
    pub(crate) service: f64,
    pub(crate) bare: f64,
    pub(crate) raw: f64,
    pub(crate) median: Duration,
    pub(crate) slow: Duration,
}

impl Outcome {
    /// What the machine could do at most: the handler and the statements, one after the other.
    pub(crate) fn limit(&self) -> f64 {
        1.0 / (1.0 / self.bare + 1.0 / self.raw)
    }

    pub(crate) fn share(&self) -> f64 {
        self.service / self.limit()
    }
}

/// What all of it came to.
pub(crate) struct Outcomes {
    pub(crate) megabytes: u64,
    pub(crate) all: Vec<Outcome>,
}

pub(crate) fn all(url: &str, stage: &Value, size: Size, span: Span, only: Option<&str>) -> Outcomes {
    let service = Process::start(&["serve", url]);
    let mut raw = Raw::open(url);
    questions::prepare(&mut raw, stage);
    let now: chrono::DateTime<chrono::Utc> = crate::stage::MOMENT.parse().unwrap();
    let asked = questions::all(stage, size, SystemTime::from(now));
    let mut all = Vec::new();
    for question in asked.into_iter().filter(|one| only.is_none_or(|only| one.name.contains(only))) {
        let outcome = one(url, &service, &mut raw, &question, span);
        println!(
            "  {:<26} {:>8.0} of {:>8.0} a core-second: {:.2}; p50 {:.1} ms, p99 {:.1} ms",
            outcome.name,
            outcome.service,
            outcome.limit(),
            outcome.share(),
            millis(outcome.median),
            millis(outcome.slow)
        );
        all.push(outcome);
    }
    Outcomes { megabytes: service.megabytes(), all }
}

fn one(url: &str, service: &Process, raw: &mut Raw, question: &Question, span: Span) -> Outcome {
    let (next, mut next_raw) = (AtomicUsize::new(0), 0);
    let Question { status, connections, most, request, .. } = question;
    let load = Load { requests: request, status: *status, connections: *connections, most: *most, next: &next };
    let bare = bare(service, question, &next);
    // The handler answers the same whatever is asked, and so uses nothing up.
    let endless = AtomicUsize::new(0);
    let bare_load =
        Load { requests: request, status: *status, connections: *connections, most: usize::MAX, next: &endless };
    let mut took = Vec::new();
    let (mut ours, mut theirs, mut statements) = ((0, 0.0), (0, 0.0), (0, 0.0));
    for round in 0..=span.rounds {
        // The first round only warms up.
        let each = if round == 0 { span.each / 3 } else { span.each };
        let seconds = || service.seconds() + database_seconds(url);
        let (answers, used) = spent(seconds, || load.run(service.address, each));
        let (bare_answers, bare_used) = spent(|| bare.seconds(), || bare_load.run(bare.address, each).len());
        let (raw_answers, raw_used) = raw::run(url, raw, each, question, &mut next_raw);
        if round > 0 {
            ours = (ours.0 + answers.len(), ours.1 + used);
            theirs = (theirs.0 + bare_answers, theirs.1 + bare_used);
            statements = (statements.0 + raw_answers, statements.1 + raw_used);
            took.extend(answers);
        }
    }
    took.sort_unstable();
    let rate = |(answers, seconds): (usize, f64)| answers as f64 / seconds.max(0.01);
    Outcome {
        name: question.name,
        goal: question.goal,
        service: rate(ours),
        bare: rate(theirs),
        raw: rate(statements),
        median: took[took.len() / 2],
        slow: took[took.len() * 99 / 100],
    }
}

fn spent<T>(seconds: impl Fn() -> f64, work: impl FnOnce() -> T) -> (T, f64) {
    settle();
    let before = seconds();
    let done = work();
    (done, seconds() - before)
}

/// A bare handler that answers what the service answers to this question.
fn bare(service: &Process, question: &Question, next: &AtomicUsize) -> Process {
    let mut wire = Wire::to(service.address);
    wire.send(&(question.request)(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)));
    let (status, body) = wire.answer();
    assert_eq!(status, question.status, "{}: {}", question.name, String::from_utf8_lossy(&body));
    let file = std::env::temp_dir().join(format!("klusnet-bench-{}", std::process::id()));
    std::fs::write(&file, body).unwrap();
    Process::start(&["bare", &status.to_string(), as_text(&file)])
}

fn as_text(path: &Path) -> &str {
    path.to_str().unwrap()
}

pub(crate) fn millis(span: Duration) -> f64 {
    span.as_secs_f64() * 1000.0
}
