//! A message's way can be followed in the log by the id its sender gave it.

#![allow(clippy::indexing_slicing, reason = "JSON that lacks a key gives null")]

mod support;

use protocol::guest::GuestFrame;
use serde_json::Value;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use support::{House, message_id};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// A log in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl Log {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }

    /// The steps of that message, in order.
    fn steps(&self, id: &str) -> Vec<String> {
        let lines = self.text();
        let lines = lines
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).ok());
        lines
            .filter(|line| line["fields"]["id"] == id)
            .filter_map(|line| line["fields"]["message"].as_str().map(str::to_owned))
            .collect()
    }
}

#[tokio::test]
async fn a_message_is_followed_from_its_sender_to_its_receiver() {
    let log = Log::default();
    let filter = EnvFilter::builder().parse("info,message=debug").unwrap_or_default();
    let lines = tracing_subscriber::fmt()
        .json()
        .with_env_filter(filter)
        .with_writer(log.clone());
    tracing::subscriber::set_global_default(lines.finish()).unwrap_or_default();

    let house = House::open().await;
    let mut desk = house.agent_on_duty("anna", 2).await;
    let mut guest = house.guest().await;
    guest.start().await;
    desk.seated().await;
    let id = message_id();
    let text = "a text that no log should hold".to_owned();
    guest.send(&GuestFrame::Send { id, text }).await;
    guest.acknowledged(id).await;
    desk.hear().await;

    // A step is said right after its frame was sent, which may be a moment after the frame was read here.
    let wanted = ["acknowledged", "committed", "delivered", "numbered", "received"];
    let mut steps = log.steps(&id.to_string());
    while steps.len() < wanted.len() {
        tokio::task::yield_now().await;
        steps = log.steps(&id.to_string());
    }
    assert_eq!(
        steps.get(..3),
        Some(["received", "numbered", "committed"].map(str::to_owned).as_slice())
    );
    steps.sort();
    assert_eq!(steps, wanted);
    assert!(!log.text().contains("a text that no log should hold"));
}
