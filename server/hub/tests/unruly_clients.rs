//! Clients that break the rules, and connections that end: each with its close code, and nobody else harmed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop"
)]

mod support;

use connection::Limits;
use domain::text::TEXT_CHARS_MAX;
use domain::{ClientMessageId, MessageText};
use protocol::desk::{DeskEvent, DeskFrame};
use protocol::guest::{GuestEvent, GuestFrame, GuestHello};
use protocol::limits::{FRAME_BYTES_MAX, FRAMES_LATE_MAX, HISTORY_PAGE};
use protocol::{CloseCode, PROTOCOL, RejectCode};
use std::time::Duration;
use support::{Desk, Guest, House, message_id, patient, session_of};
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
        .find("pong", |event| matches!(event, GuestEvent::Pong { .. }).then_some(()))
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

/// So that nobody waits long for what has to wait.
fn quick() -> Limits {
    Limits {
        frames_burst: 3,
        frames_per_second: 500,
        ..Limits::default()
    }
}

const FLOOD: usize = 10 * FRAMES_LATE_MAX as usize;

/// More than may ever come at once.
async fn flood(guest: &mut Guest) {
    for _ in 0..FLOOD {
        guest.send(&GuestFrame::Ping).await;
    }
}

#[tokio::test]
async fn a_flood_is_cut_off() {
    let house = House::open_within(patient(), quick()).await;
    let mut guest = house.guest().await;
    flood(&mut guest).await;
    let (pongs, code) = guest.count_until_closed().await;
    assert_eq!(code, Some(CloseCode::Flood.code()));
    // Those at once, and those that were waited for. A timer that is late lets in some more.
    assert!(pongs < FLOOD / 2, "{pongs} frames were taken");
}

#[tokio::test]
async fn what_comes_too_fast_waits_for_its_time() {
    let house = House::open_within(patient(), quick()).await;
    let mut guest = house.guest().await;
    let began = tokio::time::Instant::now();
    for _ in 0..FRAMES_LATE_MAX / 2 {
        guest.send(&GuestFrame::Ping).await;
    }
    for _ in 0..FRAMES_LATE_MAX / 2 {
        guest
            .find("pong", |event| matches!(event, GuestEvent::Pong { .. }).then_some(()))
            .await;
    }
    assert!(began.elapsed() >= Duration::from_millis(190), "{:?}", began.elapsed());
    // And whoever has calmed down may be quick again.
    for _ in 0..FRAMES_LATE_MAX / 2 {
        guest.send(&GuestFrame::Ping).await;
        guest
            .find("pong", |event| matches!(event, GuestEvent::Pong { .. }).then_some(()))
            .await;
    }
}

#[tokio::test]
async fn a_client_that_sends_a_hundred_again_at_once_gets_through() {
    let house = House::open().await;
    let mut first = house.guest_returning("", None).await;
    let (token, _) = first.welcomed().await;
    first.start().await;
    first.vanish();
    let mut guest = house.guest_returning(&token, None).await;
    guest.welcomed().await;
    let sent = send_many(&mut guest, 100).await;
    for id in sent {
        guest.acknowledged(id).await;
    }
}

async fn send_many(guest: &mut Guest, many: usize) -> Vec<ClientMessageId> {
    let mut sent = Vec::new();
    for number in 0..many {
        let (id, text) = (message_id(), number.to_string());
        guest.send(&GuestFrame::Send { id, text }).await;
        sent.push(id);
    }
    sent
}

/// Whatever the client is sent away for: what it said before that is stored, and it is told so.
#[tokio::test]
async fn what_was_accepted_is_done_before_the_close() {
    let house = House::open_within(patient(), quick()).await;
    let large = WsMessage::text("x".repeat(FRAME_BYTES_MAX + 1));
    let ends = [
        (Some(WsMessage::text("{")), CloseCode::Malformed),
        (Some(large), CloseCode::TooLarge),
        (None, CloseCode::Flood),
    ];
    for (end, code) in ends {
        let mut first = house.guest_returning("", None).await;
        let (token, _) = first.welcomed().await;
        first.vanish();
        // Whose ids have to be read before anything can be stored.
        let mut guest = house.guest_returning(&token, None).await;
        guest.welcomed().await;
        let sent = send_many(&mut guest, 20).await;
        match end {
            Some(message) => guest.send_raw(message).await,
            None => flood(&mut guest).await,
        }
        for id in sent {
            guest.acknowledged(id).await;
        }
        assert_eq!(guest.close_code().await, code.code());
    }
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
async fn an_ended_session_ends_its_desks_and_no_others() {
    let house = House::open().await;
    let li = house.agent("li", 1).await;
    let mei = house.agent("mei", 1).await;
    let mut ended = [house.desk(li).await, house.desk(li).await];
    for desk in &mut ended {
        desk.welcomed().await;
    }
    let mut others = [house.desk_in_another_session(li).await, house.desk(mei).await];
    others[1].welcomed().await;
    house
        .hub
        .disconnect(li, Some(session_of(li)), CloseCode::Unauthorized)
        .await;
    for desk in &mut ended {
        assert_eq!(desk.close_code().await, CloseCode::Unauthorized.code());
    }
    for desk in &mut others {
        pong(desk).await;
    }
    // A member who is no longer one has no session left.
    house.hub.disconnect(li, None, CloseCode::Unauthorized).await;
    assert_eq!(others[0].close_code().await, CloseCode::Unauthorized.code());
    pong(&mut others[1]).await;
}

async fn pong(desk: &mut Desk) {
    desk.send(&DeskFrame::Ping).await;
    desk.find("pong", |event| matches!(event, DeskEvent::Pong { .. }).then_some(()))
        .await;
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
    // A page of it; what is before that can be asked for.
    for index in TABS * TEXTS - usize::try_from(HISTORY_PAGE).unwrap()..TABS * TEXTS {
        let (number, round) = (index % TABS, index / TABS);
        let (_, text) = back.hear().await;
        assert!(
            text.starts_with(&format!("{number} {round} ")),
            "{text:.10} instead of {number} {round}"
        );
    }
}
