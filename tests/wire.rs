//! One connection, and as little of HTTP as a measurement needs: a client that did more would be measured too.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

/// A connection that stays open.
pub struct Wire {
    stream: TcpStream,
    bytes: Vec<u8>,
    from: usize,
}

impl Wire {
    /// Connects.
    pub fn to(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream, bytes: Vec::new(), from: 0 }
    }

    /// Sends a request.
    pub fn send(&mut self, request: &str) {
        self.stream.write_all(request.as_bytes()).unwrap();
    }

    /// Reads the answer to the request that was sent first: its status and its body.
    pub fn answer(&mut self) -> (u16, Vec<u8>) {
        let end = loop {
            let rest = &self.bytes[self.from..];
            if let Some(end) = rest.windows(4).position(|four| four == b"\r\n\r\n") {
                break self.from + end + 4;
            }
            self.more();
        };
        let head = String::from_utf8_lossy(&self.bytes[self.from..end]).to_ascii_lowercase();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        let length: usize = if status == 304 { 0 } else { length.map_or(0, |length| length.trim().parse().unwrap()) };
        while self.bytes.len() < end + length {
            self.more();
        }
        let body = self.bytes[end..end + length].to_vec();
        self.from = end + length;
        if self.from == self.bytes.len() {
            self.bytes.clear();
            self.from = 0;
        }
        (status, body)
    }

    fn more(&mut self) {
        let mut buffer = [0; 65536];
        let read = self.stream.read(&mut buffer).unwrap();
        assert!(read > 0, "the connection was closed");
        self.bytes.extend_from_slice(&buffer[..read]);
    }
}
