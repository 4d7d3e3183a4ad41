//! Messages in one direction over many pairs, as many on their way as the window allows or as many a second as asked for.

use crate::pairs::{Pair, is};
use crate::wires::{Heard, Wire, Wires};
use anyhow::bail;
use rand::rngs::SmallRng;
use rand::{RngCore as _, SeedableRng as _};
use std::time::{Duration, Instant};
use uuid::{Builder, Uuid};

/// Bytes of a message's text.
const TEXT: usize = 128;

/// Messages on their way in each pair.
const WINDOW: usize = 8;

/// One way through a pair: what a message looks like on it.
#[derive(Clone, Debug)]
pub(crate) struct Lane {
    from: Wire,
    to: Wire,
    /// The frame around the message's id.
    head: String,
}

/// What counts as a message having been sent: what comes back to the sender, or the message at the other end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Done {
    Acknowledged,
    Delivered,
}

/// What came of a load.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) acknowledged: u64,
    pub(crate) delivered: u64,
    /// From the sender's write to the receiver's read, sorted; of those sent at a steady rate only.
    pub(crate) latencies: Vec<Duration>,
}

/// Lanes under load.
#[derive(Debug)]
pub(crate) struct Load<'a> {
    wires: &'a mut Wires,
    lanes: Vec<Lane>,
    /// By wire: the lane it sends on, or else receives on.
    roles: Vec<Option<(Role, usize)>>,
    done: Done,
    chance: SmallRng,
    text: [u8; TEXT],
    frame: Vec<u8>,
}

#[derive(Clone, Copy, Debug)]
enum Role {
    Sends,
    Receives,
}

impl Lane {
    /// From the guest in every other pair, from the agent in the rest.
    pub(crate) fn of(number: usize, pair: &Pair) -> Self {
        let (guest, desk) = (pair.guest, pair.desk);
        if number.is_multiple_of(2) {
            let head = r#"{"type":"send","id":""#.to_owned();
            return Self {
                from: guest,
                to: desk,
                head,
            };
        }
        let (conversation, epoch) = (&pair.conversation, pair.epoch);
        let head = format!(r#"{{"type":"send","conversation":"{conversation}","epoch":{epoch},"id":""#);
        Self {
            from: desk,
            to: guest,
            head,
        }
    }

    /// Between two sockets of the floor, whatever they are.
    pub(crate) fn bare(from: Wire, to: Wire) -> Self {
        Self {
            from,
            to,
            head: r#"{"type":"send","id":""#.to_owned(),
        }
    }
}

impl<'a> Load<'a> {
    pub(crate) fn new(wires: &'a mut Wires, lanes: Vec<Lane>, done: Done) -> Self {
        let count = lanes
            .iter()
            .map(|lane| lane.from.max(lane.to))
            .max()
            .map_or(0, |last| last + 1);
        let mut roles = vec![None; count];
        for (number, lane) in lanes.iter().enumerate() {
            roles[lane.from] = Some((Role::Sends, number));
            roles[lane.to] = Some((Role::Receives, number));
        }
        let text = [b'x'; TEXT];
        Self {
            wires,
            lanes,
            roles,
            done,
            chance: SmallRng::from_os_rng(),
            text,
            frame: Vec::new(),
        }
    }

    /// As much as goes, with the window full in every lane, and counted between `warm` and the end. `at` is called when
    /// counting begins.
    pub(crate) fn flat_out(&mut self, warm: Duration, count: Duration, at: &mut dyn FnMut()) -> anyhow::Result<Tally> {
        for lane in (0..self.lanes.len()).cycle().take(self.lanes.len() * WINDOW) {
            self.send(lane, 0);
        }
        self.spend(warm, &mut |load, lane| load.send(lane, 0))?;
        at();
        self.spend(count, &mut |load, lane| load.send(lane, 0))
    }

    /// So many a second for so long, over all lanes in turn.
    pub(crate) fn steady(&mut self, per_second: u32, time: Duration) -> anyhow::Result<Tally> {
        let (began, mut sent, mut tally) = (Instant::now(), 0_u64, Tally::default());
        let due_in = |number: u64| Duration::from_secs(number) / per_second;
        while began.elapsed() < time {
            while due_in(sent) <= began.elapsed() {
                let number = u64::try_from(began.elapsed().as_nanos())?;
                self.send(usize::try_from(sent)? % self.lanes.len(), number);
                sent += 1;
            }
            let left = due_in(sent).saturating_sub(began.elapsed());
            self.turn(
                left.max(Duration::from_micros(1)),
                Some(began),
                &mut tally,
                &mut |_, _| {},
            )?;
        }
        self.settle()?;
        tally.latencies.sort_unstable();
        Ok(tally)
    }

    /// Waits until nothing more comes.
    pub(crate) fn settle(&mut self) -> anyhow::Result<()> {
        loop {
            let mut tally = Tally::default();
            self.turn(Duration::from_millis(300), None, &mut tally, &mut |_, _| {})?;
            if tally.acknowledged + tally.delivered == 0 {
                return Ok(());
            }
        }
    }

    fn spend(&mut self, time: Duration, on: &mut dyn FnMut(&mut Self, usize)) -> anyhow::Result<Tally> {
        let (began, mut tally) = (Instant::now(), Tally::default());
        while began.elapsed() < time {
            self.turn(Duration::from_millis(100), None, &mut tally, on)?;
        }
        Ok(tally)
    }

    /// One turn of the sockets; `on` is told the lanes of messages that are done.
    fn turn(
        &mut self,
        patience: Duration,
        began: Option<Instant>,
        tally: &mut Tally,
        on: &mut dyn FnMut(&mut Self, usize),
    ) -> anyhow::Result<()> {
        let (roles, done) = (std::mem::take(&mut self.roles), self.done);
        let (mut ready, mut ended) = (Vec::new(), None);
        self.wires
            .turn(patience, &mut |_, wire, heard| match (heard, roles.get(wire)) {
                (Heard::Text(text), Some(Some((Role::Sends, lane)))) if is(text, "ack") => {
                    tally.acknowledged += 1;
                    ready.extend((done == Done::Acknowledged).then_some(*lane));
                }
                (Heard::Text(text), Some(Some((Role::Receives, lane)))) if is(text, "message") || is(text, "send") => {
                    tally.delivered += 1;
                    tally
                        .latencies
                        .extend(began.and_then(|began| Some(began.elapsed().saturating_sub(sent_at(text)?))));
                    ready.extend((done == Done::Delivered).then_some(*lane));
                }
                (Heard::Ended(code), _) => ended = Some(code),
                _ => {}
            })?;
        self.roles = roles;
        if let Some(code) = ended {
            bail!("a socket ended with {code}");
        }
        for lane in ready {
            on(self, lane);
        }
        Ok(())
    }

    /// Sends a message that carries the number.
    fn send(&mut self, lane: usize, number: u64) {
        let mut bytes = [0; 16];
        self.chance.fill_bytes(&mut bytes);
        let id: Uuid = Builder::from_random_bytes(bytes).into_uuid();
        self.text[..20].copy_from_slice(format!("{number:020}").as_bytes());
        let lane = &self.lanes[lane];
        self.frame.clear();
        self.frame.extend_from_slice(lane.head.as_bytes());
        self.frame
            .extend_from_slice(id.hyphenated().encode_lower(&mut Uuid::encode_buffer()).as_bytes());
        self.frame.extend_from_slice(br#"","text":""#);
        self.frame.extend_from_slice(&self.text);
        self.frame.extend_from_slice(br#""}"#);
        self.wires.send(lane.from, &self.frame);
    }
}

/// When a message was sent, from its text.
fn sent_at(frame: &[u8]) -> Option<Duration> {
    const KEY: &[u8] = br#""text":""#;
    let begins = frame.windows(KEY.len()).position(|window| window == KEY)? + KEY.len();
    let digits = std::str::from_utf8(frame.get(begins..begins + 20)?).ok()?;
    digits.parse().ok().map(Duration::from_nanos)
}
