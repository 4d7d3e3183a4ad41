//! What is no frame, or one that a client must not send: refused with its close code, and nobody else harmed.
//!
//! Sizes, floods and bad JSON as whole messages are the hub's own tests (`server/hub/tests/unruly_clients.rs`); here is what
//! only bytes on a wire can show.

use super::{Context, close};
use crate::outcome::{Failure, Outcome};
use rig::house::House;
use rig::raw::{self, BINARY, CLOSE, ENDS, GOES_ON, PING, Raw, TEXT, TEXT_BEGINS};
use rig::server::Launch;
use rig::socket::Dial;
use rig::text;
use serde_json::Value;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(5);

const MALFORMED: u16 = 4400;
const TOO_LARGE: u16 = 4413;
const FLOOD: u16 = 4429;

const HELLO: &[u8] = br#"{"type":"hello","protocol":1}"#;
const TOLD: &[u8] = br#"{"type":"ping"}"#;

pub(super) async fn run(context: &Context) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::default();
    let launch = Launch {
        // A flood is one sooner where more may come in a second.
        arguments: ["--new-guests-per-minute", "0", "--frames-per-second", "500"]
            .map(str::to_owned)
            .to_vec(),
        ..Launch::default()
    };
    let mut house = House::open(context.engine, launch).await?;
    for (what, bytes, expected) in refused() {
        for welcomed in [false, true] {
            let mut guest = opened(&house, welcomed).await?;
            // It may be closed before the last byte is out.
            drop(guest.write(&bytes).await);
            let code = guest.close_code(PATIENCE).await;
            outcome.expect(code == Ok(expected), || {
                format!("{what} (welcomed: {welcomed}) was answered {code:?} instead of {expected}")
            });
            outcome.injected += 1;
        }
    }
    for (what, bytes) in accepted() {
        let mut guest = opened(&house, true).await?;
        guest.write_bytewise(&bytes).await?;
        let answered = loop {
            let (first, payload) = guest.next().await?;
            let frame: Value = serde_json::from_slice(&payload).unwrap_or_default();
            match text(&frame, "type") {
                "pong" => break true,
                _ if first == CLOSE => break false,
                _ => {}
            }
        };
        outcome.expect(answered, || format!("{what} was not taken"));
        outcome.injected += 1;
    }
    if !context.is_short {
        halves(&house, &mut outcome).await?;
    }
    close(&mut house, &mut outcome);
    house.close().await?;
    Ok(outcome)
}

async fn opened(house: &House, welcomed: bool) -> Result<Raw, Failure> {
    let mut guest = Raw::open(&Dial::new(
        house.address.get(),
        format!("/ws/guest?site={}", house.site),
    ))
    .await?;
    if welcomed {
        guest.write(&raw::frame(TEXT, HELLO)).await?;
        guest.next().await?;
    }
    Ok(guest)
}

/// Whatever breaks RFC 6455 or the protocol, with the code it must be closed with.
fn refused() -> Vec<(&'static str, Vec<u8>, u16)> {
    let frame = raw::frame;
    let text = |payload: &str| frame(TEXT, payload.as_bytes());
    let both = |one: Vec<u8>, two: Vec<u8>| [one, two].concat();
    let nested = format!(r#"{{"type":"ping","x":{}1{}}}"#, "[".repeat(50_000), "]".repeat(50_000));
    let objects = format!(
        r#"{{"type":"ping","x":{}1{}}}"#,
        r#"{"a":"#.repeat(20_000),
        "}".repeat(20_000)
    );
    let pings: Vec<u8> = std::iter::repeat_n(frame(PING, b"hello?"), 2_000).flatten().collect();
    let sliver = frame(GOES_ON, &[b'x'; 1_000]);
    let endless: Vec<u8> = std::iter::once(frame(TEXT_BEGINS, b"x"))
        .chain(std::iter::repeat_n(sliver, 600))
        .flatten()
        .collect();
    let send = |rest: &str| {
        text(&format!(
            r#"{{"type":"send","id":"7b0c9a52-6a3e-4b55-9f0c-3f2d0a9b1c11",{rest}}}"#
        ))
    };
    vec![
        ("bad UTF-8", frame(TEXT, b"{\"type\":\"ping\xff\"}"), MALFORMED),
        (
            "UTF-8 cut in the middle",
            frame(TEXT, b"{\"type\":\"pi\xe4\xbd"),
            MALFORMED,
        ),
        ("an overlong form", frame(TEXT, b"{\"type\":\"\xc0\xaf\"}"), MALFORMED),
        (
            "half a surrogate pair in UTF-8",
            frame(TEXT, b"\"\xed\xa0\xbd\""),
            MALFORMED,
        ),
        ("half a surrogate pair, escaped", send(r#""text":"\ud83d""#), MALFORMED),
        ("reserved bit 1", frame(TEXT | 0x40, TOLD), MALFORMED),
        ("reserved bit 2", frame(TEXT | 0x20, TOLD), MALFORMED),
        ("reserved bit 3", frame(TEXT | 0x10, TOLD), MALFORMED),
        ("a reserved opcode", frame(0x83, TOLD), MALFORMED),
        ("a reserved control opcode", frame(0x8b, b""), MALFORMED),
        ("no mask", raw::unmasked(TEXT, TOLD), MALFORMED),
        ("binary", frame(BINARY, TOLD), MALFORMED),
        ("a ping in parts", frame(PING & 0x7f, b""), MALFORMED),
        ("a ping of 126 bytes", frame(PING, &[b'x'; 126]), MALFORMED),
        ("a part of nothing", frame(GOES_ON | ENDS, TOLD), MALFORMED),
        (
            "a new message in the middle of one",
            both(frame(TEXT_BEGINS, b"{"), text("{}")),
            MALFORMED,
        ),
        (
            "a gigabyte announced",
            both(raw::head(TEXT, 1 << 30, true), vec![1, 2, 3, 4]),
            TOO_LARGE,
        ),
        (
            "2^63 bytes announced",
            vec![TEXT, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4],
            TOO_LARGE,
        ),
        ("a message without end", endless, TOO_LARGE),
        ("131,073 bytes", frame(TEXT, &vec![b' '; 131_073]), TOO_LARGE),
        ("a flood of pings", pings, FLOOD),
        ("arrays in arrays", text(&nested), MALFORMED),
        ("objects in objects", text(&objects), MALFORMED),
        (
            "a number beyond all bounds",
            text(r#"{"type":"read","seq":1e999}"#),
            MALFORMED,
        ),
        (
            "a number of a thousand digits",
            text(&format!(r#"{{"type":"read","seq":{}}}"#, "9".repeat(1_000))),
            MALFORMED,
        ),
        ("a fraction", text(r#"{"type":"read","seq":1.5}"#), MALFORMED),
        ("a type twice", text(r#"{"type":"ping","type":"ping"}"#), MALFORMED),
        ("a field twice", send(r#""text":"a","text":"b""#), MALFORMED),
        ("two values", text(r#"{"type":"ping"}{"type":"ping"}"#), MALFORMED),
        ("a mark of byte order", text("\u{feff}{\"type\":\"ping\"}"), MALFORMED),
        ("not a number", text(r#"{"type":"read","seq":NaN}"#), MALFORMED),
    ]
}

/// Whatever is unusual and fine, each ending with a `ping` of the protocol.
fn accepted() -> Vec<(&'static str, Vec<u8>)> {
    let (head, rest) = TOLD.split_at(TOLD.len() / 2);
    let parts = [
        raw::frame(TEXT_BEGINS, head),
        raw::frame(PING, b"between"),
        raw::frame(GOES_ON, b""),
        raw::frame(GOES_ON | ENDS, rest),
    ];
    vec![
        ("one byte at a time", raw::frame(TEXT, TOLD)),
        ("a message in parts with a ping between", parts.concat()),
        (
            "fields that nobody knows",
            raw::frame(TEXT, br#"{"type":"ping","x":[1,{"y":null}],"x":2}"#),
        ),
    ]
}

/// Half a hello, and then nothing: closed when the time for it is over, and no seat, no thread, no descriptor kept.
async fn halves(house: &House, outcome: &mut Outcome) -> Result<(), Failure> {
    const SILENT: u16 = 4408;
    let before = house.usage()?.descriptors;
    let mut waiting = Vec::new();
    for _ in 0..20 {
        let mut guest = opened(house, false).await?;
        let hello = raw::frame(TEXT, HELLO);
        guest.write(hello.get(..hello.len() / 2).unwrap_or_default()).await?;
        waiting.push(guest);
    }
    for mut guest in waiting {
        let code = guest.close_code(Duration::from_secs(15)).await;
        outcome.expect(code == Ok(SILENT), || format!("half a hello was answered {code:?}"));
        outcome.injected += 1;
    }
    let after = house.usage()?.descriptors;
    outcome.expect(after <= before + 20, || format!("{before} descriptors became {after}"));
    Ok(())
}
