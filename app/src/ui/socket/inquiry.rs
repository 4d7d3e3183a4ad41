//! Why no socket is let in: browsers do not tell, so the server is asked over plain HTTP.

use super::Outage;
use crate::ui::browser;
use domain::heard;
use futures_util::future::{Either, select};
use futures_util::pin_mut;
use gloo_net::http::Request;
use gloo_timers::future::TimeoutFuture;
use serde::Deserialize;

/// How long the server has to answer.
const PATIENCE_MS: u32 = 3_000;

/// An attempt that failed at once may have met a server that was just starting. One that took that long has not.
const SLOW_MS: i64 = 5_000;

/// Attempts in a row after which it is not chance any more.
const SURE: u32 = 2;

/// What the server answers; see `server/src/http/check.rs`.
#[derive(Clone, Copy, Debug, Deserialize)]
struct Arrival {
    own_origin: bool,
}

/// Remembers how often in a row the server could be asked, and no socket came through.
#[derive(Debug, Default)]
pub(super) struct Inquiry {
    blocked: u32,
}

impl Inquiry {
    /// After an attempt that took that long and was not let in.
    pub(super) async fn ask(&mut self, took_ms: i64) -> Outage {
        let (asked, late) = (arrival(), TimeoutFuture::new(PATIENCE_MS));
        pin_mut!(asked, late);
        let arrival = match select(asked, late).await {
            Either::Left((arrival, _)) => arrival,
            Either::Right(_) => None,
        };
        self.judge(arrival, took_ms)
    }

    /// A connection that there was says nothing of why there is none.
    pub(super) const fn forget(&mut self) -> Outage {
        self.blocked = 0;
        Outage::Unknown
    }

    const fn judge(&mut self, arrival: Option<Arrival>, took_ms: i64) -> Outage {
        match arrival {
            None => self.forget(),
            Some(Arrival { own_origin: false }) => Outage::WrongOrigin,
            Some(Arrival { own_origin: true }) => {
                self.blocked += if took_ms >= SLOW_MS { SURE } else { 1 };
                if self.blocked >= SURE {
                    Outage::Blocked
                } else {
                    Outage::Unknown
                }
            }
        }
    }
}

async fn arrival() -> Option<Arrival> {
    let answer = Request::get("/ws/check").query([("origin", browser::origin())]).send();
    heard::read(&answer.await.ok()?.text().await.ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const REACHED: Option<Arrival> = Some(Arrival { own_origin: true });

    #[test]
    fn a_server_that_answers_twice_while_no_socket_comes_through_says_what_is_wrong() {
        let mut inquiry = Inquiry::default();
        assert_eq!(inquiry.judge(REACHED, 10), Outage::Unknown, "it may have been starting");
        assert_eq!(inquiry.judge(REACHED, 10), Outage::Blocked);
        assert_eq!(inquiry.judge(None, 10), Outage::Unknown, "it is down");
        assert_eq!(inquiry.judge(REACHED, 10), Outage::Unknown);
    }

    #[test]
    fn what_nothing_came_through_for_seconds_is_blocked_at_once() {
        assert_eq!(Inquiry::default().judge(REACHED, 10_000), Outage::Blocked);
    }

    #[test]
    fn a_page_that_is_not_taken_for_the_servers_own_is_told_at_once() {
        let foreign = Some(Arrival { own_origin: false });
        assert_eq!(Inquiry::default().judge(foreign, 10), Outage::WrongOrigin);
    }
}
