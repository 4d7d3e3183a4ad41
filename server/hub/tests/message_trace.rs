//! A message's way can be followed in the log by the id its sender gave it.

#![allow(clippy::indexing_slicing, reason = "JSON that lacks a key gives null")]

mod support;

use protocol::guest::GuestFrame;
use serde_json::Value;
use support::{House, Log, PATIENCE, message_id};

/// The steps of that message, in order.
fn steps(log: &Log, id: &str) -> Vec<String> {
    let lines = log.text();
    let lines = lines
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    lines
        .filter(|line| line["fields"]["id"] == id)
        .filter_map(|line| line["fields"]["message"].as_str().map(str::to_owned))
        .collect()
}

#[tokio::test]
async fn a_message_is_followed_from_its_sender_to_its_receiver() {
    let log = Log::begin("info,message=debug");
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
    let all_told = async {
        while steps(&log, &id.to_string()).len() < wanted.len() {
            tokio::task::yield_now().await;
        }
    };
    let in_time = tokio::time::timeout(PATIENCE, all_told).await;
    let mut told = steps(&log, &id.to_string());
    assert!(in_time.is_ok(), "of {wanted:?} only {told:?}");
    assert_eq!(
        told.get(..3),
        Some(["received", "numbered", "committed"].map(str::to_owned).as_slice())
    );
    told.sort();
    assert_eq!(told, wanted);
    assert!(!log.text().contains("a text that no log should hold"));
}
