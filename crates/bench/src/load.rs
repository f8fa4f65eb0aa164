//! Asking: connections that stay open, each of which asks again as soon as it was answered.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use contract_tests::Wire;

/// What is asked in turns, and which status each answer must have.
pub(crate) struct Load<'l> {
    pub(crate) requests: &'l (dyn Fn(usize) -> String + Sync),
    pub(crate) status: u16,
    pub(crate) connections: usize,
    /// How many requests there are.
    pub(crate) most: usize,
    /// The number of the next request; goes on where the last time stopped.
    pub(crate) next: &'l AtomicUsize,
}

impl Load<'_> {
    /// Asks for so long; how long each answer took.
    pub(crate) fn run(&self, address: SocketAddr, span: Duration) -> Vec<Duration> {
        std::thread::scope(|scope| {
            let threads: Vec<_> = (0..self.connections).map(|_| scope.spawn(|| self.ask(address, span))).collect();
            threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
        })
    }

    fn ask(&self, address: SocketAddr, span: Duration) -> Vec<Duration> {
        let (mut wire, mut took, end) = (Wire::to(address), Vec::new(), Instant::now() + span);
        while Instant::now() < end {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            if number >= self.most {
                break;
            }
            let request = (self.requests)(number);
            let began = Instant::now();
            wire.send(&request);
            let (status, body) = wire.answer();
            took.push(began.elapsed());
            assert_eq!(status, self.status, "{request}\n{}", String::from_utf8_lossy(&body));
        }
        took
    }
}
