//! Clients that break the rules, and connections that end: each with its close code, and nobody else harmed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop"
)]

mod support;

use domain::MessageText;
use domain::text::TEXT_CHARS_MAX;
use hub::Limits;
use protocol::guest::{GuestEvent, GuestFrame, GuestHello};
use protocol::limits::{FRAME_BYTES_MAX, FRAMES_BURST};
use protocol::{CloseCode, PROTOCOL, RejectCode};
use std::time::Duration;
use support::{House, message_id, patient};
use tokio_tungstenite::tungstenite::protocol::Message as WsMessage;

async fn code_after(house: &House, message: WsMessage) -> u16 {
    let mut guest = house.guest().await;
    guest.send_raw(message).await;
    guest.close_code().await
}

#[tokio::test]
async fn what_is_no_frame_of_the_protocol_is_malformed() {
    let house = House::open().await;
    let deep = "[".repeat(100_000);
    for text in [
        "",
        "{",
        "null",
        "{}",
        r#"{"type":"dance"}"#,
        r#"{"type":"send"}"#,
        r#"{"type":"hello","protocol":1}"#,
        &deep,
    ] {
        assert_eq!(
            code_after(&house, WsMessage::text(text)).await,
            CloseCode::Malformed.code(),
            "{text:.20}"
        );
    }
    assert_eq!(
        code_after(&house, WsMessage::binary(vec![0; 8])).await,
        CloseCode::Malformed.code()
    );
    let mut early = house.raw_guest().await;
    early.send(&GuestFrame::Ping).await;
    assert_eq!(early.close_code().await, CloseCode::Malformed.code());
    // And the room goes on.
    let mut guest = house.guest().await;
    guest.send(&GuestFrame::Ping).await;
    guest
        .find("pong", |event| matches!(event, GuestEvent::Pong).then_some(()))
        .await;
}

#[tokio::test]
async fn too_large_a_frame_is_told_so() {
    let house = House::open().await;
    let large = "x".repeat(FRAME_BYTES_MAX + 1);
    assert_eq!(
        code_after(&house, WsMessage::text(large)).await,
        CloseCode::TooLarge.code()
    );
}

#[tokio::test]
async fn the_longest_text_fits_in_its_most_wasteful_spelling() {
    let house = House::open().await;
    let mut guest = house.guest().await;
    let longest = "😀".repeat(TEXT_CHARS_MAX);
    let escaped = r"\ud83d\ude00".repeat(TEXT_CHARS_MAX);
    let id = message_id();
    guest
        .send_raw(WsMessage::text(format!(
            r#"{{"type":"send","id":"{id}","text":"{escaped}"}}"#
        )))
        .await;
    let seq = guest.acknowledged(id).await;
    assert!(MessageText::parse(longest.clone()).is_ok());
    let stored = house
        .store
        .messages_after(guest.start().await.id, domain::Seq(seq.0 - 1), 1)
        .await
        .unwrap();
    assert_eq!(stored[0].body, protocol::Body::Text { text: longest });
    for (text, code) in [
        ("字".repeat(TEXT_CHARS_MAX + 1), RejectCode::TooLong),
        (" \n".into(), RejectCode::Empty),
    ] {
        guest.send(&GuestFrame::Send { id: message_id(), text }).await;
        let told = guest.find("a rejection", |event| match event {
            GuestEvent::Rejected(rejected) => Some(rejected.code),
            _ => None,
        });
        assert_eq!(told.await, code);
    }
}

#[tokio::test]
async fn a_flood_is_cut_off() {
    let house = House::open().await;
    let mut guest = house.guest().await;
    for _ in 0..=FRAMES_BURST {
        guest.send(&GuestFrame::Ping).await;
    }
    assert_eq!(guest.close_code().await, CloseCode::Flood.code());
}

#[tokio::test]
async fn what_counts_as_a_flood_can_be_said() {
    let limits = Limits {
        frames_burst: 3,
        ..Limits::default()
    };
    let house = House::open_within(patient(), limits).await;
    let mut guest = house.guest().await;
    for _ in 0..3 {
        guest.send(&GuestFrame::Ping).await;
    }
    assert_eq!(guest.close_code().await, CloseCode::Flood.code());
}

#[tokio::test]
async fn an_address_that_brings_too_many_new_guests_is_told_to_come_later() {
    let limits = Limits {
        new_guests_per_minute: 2,
        ..Limits::default()
    };
    let house = House::open_within(patient(), limits).await;
    let mut first = house.guest_returning("", None).await;
    let (token, _) = first.welcomed().await;
    house.guest().await;
    let mut third = house.guest_returning("", None).await;
    assert_eq!(third.close_code().await, CloseCode::TooManyGuests.code());
    // Who was here before is no new guest.
    let mut again = house.guest_returning(&token, None).await;
    again.welcomed().await;
}

#[tokio::test]
async fn another_version_of_the_protocol_is_told_so() {
    let house = House::open().await;
    let mut guest = house.raw_guest().await;
    let hello = GuestHello {
        protocol: PROTOCOL + 1,
        token: None,
        resume: None,
        page: domain::PageView::default(),
        environment: domain::guest::Environment::default(),
    };
    guest.send(&GuestFrame::Hello(hello)).await;
    assert_eq!(guest.close_code().await, CloseCode::UnsupportedProtocol.code());
}

#[tokio::test]
async fn a_shutdown_tells_everyone_to_come_back() {
    let house = House::open().await;
    let mut guest = house.guest().await;
    let hub = house.hub.clone();
    let drain = tokio::spawn(async move { hub.drain(Duration::from_secs(10)).await });
    assert_eq!(guest.close_code().await, CloseCode::Restarting.code());
    drain.await.unwrap();
    assert!(!house.hub.healthy());
}

#[tokio::test]
async fn an_ended_session_ends_its_desks() {
    let house = House::open().await;
    let li = house.agent("li", 1).await;
    let mut desk = house.desk(li).await;
    desk.welcomed().await;
    house.hub.disconnect(li, Some([1; 32]), CloseCode::Unauthorized).await;
    assert_eq!(desk.close_code().await, CloseCode::Unauthorized.code());
}

/// A page that stops reading must harm nobody, and gets everything once it is back.
#[tokio::test]
async fn who_does_not_read_is_cut_off_and_resumes_later() {
    const TABS: usize = 8;
    const TEXTS: usize = 55;
    let house = House::open().await;
    let mut first = house.guest_returning("", None).await;
    let (token, _) = first.welcomed().await;
    first.start().await;
    let mut deaf = house.guest_returning(&token, None).await;
    deaf.welcomed().await;
    let large = "😀".repeat(TEXT_CHARS_MAX);
    let mut tabs = Vec::new();
    for _ in 0..TABS {
        let mut tab = house.guest_returning(&token, None).await;
        tab.welcomed().await;
        tabs.push(tab);
    }
    // 14 MB, far more than the outbox and the buffers of the sockets hold.
    for round in 0..TEXTS {
        for (number, tab) in tabs.iter_mut().enumerate() {
            tab.say(
                &format!("{number} {round} {large}")
                    .chars()
                    .take(TEXT_CHARS_MAX)
                    .collect::<String>(),
            )
            .await;
            tab.forget();
        }
    }
    let (heard, code) = deaf.count_until_closed().await;
    assert_eq!(code, Some(CloseCode::TooSlow.code()));
    assert!(
        heard < TABS * TEXTS,
        "{heard} messages reached a page that did not read"
    );

    let mut back = house.guest_returning(&token, None).await;
    back.welcomed().await;
    for round in 0..TEXTS {
        for number in 0..TABS {
            let (_, text) = back.hear().await;
            assert!(
                text.starts_with(&format!("{number} {round} ")),
                "{text:.10} instead of {number} {round}"
            );
        }
    }
}
