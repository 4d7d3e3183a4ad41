//! Is the peer still there? Counted in ticks and not in clock time: a browser that slows down the timers of a page in the
//! background slows both the question and the patience.

use protocol::limits::HEARTBEAT_MS;

/// Ticks without a word after a ping until the peer counts as dead.
const PATIENCE_TICKS: u32 = 3;

/// The same after our hello, so that a page can say within a quarter of a minute that nothing comes through.
const FIRST_PATIENCE_TICKS: u32 = 2;

/// Signs of life, ours and the peer's.
#[derive(Clone, Copy, Debug)]
pub(super) struct Vital {
    since_ping: u32,
    /// Ticks since the first ping that nothing was heard after.
    unanswered: Option<u32>,
}

/// What a tick calls for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Well,
    /// Time to show a sign of life and ask for one.
    Ping,
    Dead,
}

impl Vital {
    pub(super) const TICK_MS: u32 = 5_000;
    const PING_EVERY: u32 = HEARTBEAT_MS / Self::TICK_MS;

    pub(super) const fn new() -> Self {
        Self {
            since_ping: 0,
            unanswered: Some(PATIENCE_TICKS - FIRST_PATIENCE_TICKS),
        }
    }

    /// The peer said something; anything is a sign of life.
    pub(super) const fn heard(&mut self) {
        self.unanswered = None;
    }

    /// A ping is being sent.
    pub(super) const fn pinged(&mut self) {
        self.since_ping = 0;
        if self.unanswered.is_none() {
            self.unanswered = Some(0);
        }
    }

    pub(super) const fn tick(&mut self) -> Verdict {
        self.since_ping += 1;
        if let Some(ticks) = self.unanswered {
            if ticks + 1 >= PATIENCE_TICKS {
                return Verdict::Dead;
            }
            self.unanswered = Some(ticks + 1);
        }
        if self.since_ping >= Self::PING_EVERY {
            self.pinged();
            return Verdict::Ping;
        }
        Verdict::Well
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hello_or_a_ping_without_an_answer_is_death() {
        let mut vital = Vital::new();
        assert_eq!([vital.tick(), vital.tick()], [Verdict::Well, Verdict::Dead]);

        let mut vital = Vital::new();
        vital.heard();
        vital.pinged();
        assert_eq!(
            [vital.tick(), vital.tick(), vital.tick()],
            [Verdict::Well, Verdict::Well, Verdict::Dead]
        );
    }

    #[test]
    fn a_peer_that_answers_is_asked_every_heartbeat_for_ever() {
        let mut vital = Vital::new();
        let mut pings = 0;
        for _ in 0..Vital::PING_EVERY * 100 {
            vital.heard();
            match vital.tick() {
                Verdict::Ping => pings += 1,
                Verdict::Well => {}
                Verdict::Dead => unreachable!("it answers"),
            }
        }
        assert_eq!(pings, 100);
    }
}
