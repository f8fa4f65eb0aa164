//! What is counted, for Prometheus: latency and outcome per operation, the pool, what waits.

use std::time::Duration;

use persistence::PoolState;
use prometheus::{
    Encoder as _, HistogramOpts, HistogramVec, IntCounterVec, IntGauge, IntGaugeVec, Opts, Registry, TextEncoder,
};

use crate::problem::Problem;

/// The counters of this process.
pub struct Metrics {
    registry: Registry,
    requests: HistogramVec,
    connections: IntGaugeVec,
    waiting: IntGauge,
    sent: IntCounterVec,
}

impl Metrics {
    /// New counters.
    pub fn new() -> Result<Self, Problem> {
        let registry = Registry::new();
        let buckets = vec![0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0];
        let options = HistogramOpts::new("klusnet_request_seconds", "Time to the answer, per operation and status");
        let requests = HistogramVec::new(options.buckets(buckets), &["operation", "status"]).map_err(fault)?;
        let options = Opts::new("klusnet_database_connections", "Connections to the database, by state");
        let connections = IntGaugeVec::new(options, &["state"]).map_err(fault)?;
        let waiting = IntGauge::new("klusnet_events_waiting", "Events that wait for their place in the order of all");
        let waiting = waiting.map_err(fault)?;
        let options =
            Opts::new("klusnet_sent_total", "Attempts to send mail and messages to channels, by what came of them");
        let sent = IntCounterVec::new(options, &["what", "outcome"]).map_err(fault)?;
        registry.register(Box::new(sent.clone())).map_err(fault)?;
        let build =
            IntGaugeVec::new(Opts::new("klusnet_build", "Always 1, with the version"), &["version"]).map_err(fault)?;
        build.with_label_values(&[crate::document::VERSION]).set(1);
        registry.register(Box::new(build)).map_err(fault)?;
        registry.register(Box::new(waiting.clone())).map_err(fault)?;
        registry.register(Box::new(requests.clone())).map_err(fault)?;
        registry.register(Box::new(connections.clone())).map_err(fault)?;
        Ok(Self { registry, requests, connections, waiting, sent })
    }

    /// Counts an answer.
    pub fn answered(&self, operation: &str, status: u16, took: Duration) {
        self.requests.with_label_values(&[operation, &status.to_string()]).observe(took.as_secs_f64());
    }

    /// Counts an attempt to send something.
    pub fn sent(&self, what: &str, outcome: &str) {
        self.sent.with_label_values(&[what, outcome]).inc();
    }

    /// Everything in Prometheus' text format; `waiting` is how many events wait for their place, where that is known.
    pub fn text(&self, pool: PoolState, waiting: Option<i64>) -> Result<String, Problem> {
        if let Some(waiting) = waiting {
            self.waiting.set(waiting);
        }
        self.connections.with_label_values(&["idle"]).set(i64::from(pool.idle));
        self.connections.with_label_values(&["busy"]).set(i64::from(pool.open.saturating_sub(pool.idle)));
        let mut text = Vec::new();
        TextEncoder::new().encode(&self.registry.gather(), &mut text).map_err(fault)?;
        String::from_utf8(text).map_err(|error| Problem::internal(&error))
    }
}

fn fault(error: prometheus::Error) -> Problem {
    Problem::internal(&error)
}
