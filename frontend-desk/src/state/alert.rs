//! What the agent should hear and see of what happens while they look elsewhere: a new guest, a new message.

use domain::{ConversationId, Timestamp};

/// After a tone a message makes no other for this long: words that come in pieces, or right behind the guest who says
/// them, are one event to the ear.
const QUIET_MS: i64 = 2_000;
/// Guests who arrive in the same moment sound once.
const SAME_MOMENT_MS: i64 = 300;

/// Something worth the agent's attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alert {
    pub conversation: ConversationId,
    pub news: News,
}

/// What there is to hear; each has a tone of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// A conversation came to this agent without their doing.
    Guest,
    /// A guest of theirs said something.
    Message,
    /// The agent counts as away, and guests wait for them. Told again and again until they are back.
    Away,
}

/// How often an agent who counts as away is reminded.
pub const REMIND_EVERY_MS: u32 = 20_000;

/// What matters for the decision, as it is at that moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Surroundings {
    pub now: Timestamp,
    pub ways: Ways,
    /// Of several tabs with a desk, it is this one's turn.
    pub turn: bool,
    /// The conversation is open in a window that has the focus: the agent is looking at it.
    pub looking: bool,
}

/// How the agent wants to be told, as far as the browser lets us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ways {
    pub sound: bool,
    pub notifications: bool,
}

/// What to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ring {
    pub tone: bool,
    pub notification: bool,
}

/// Decides what rings. Remembers when it last did.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bell {
    rung: Option<Timestamp>,
}

impl Bell {
    pub fn ring(&mut self, news: News, at: Surroundings) -> Ring {
        if !at.turn {
            return Ring::default();
        }
        let quiet_ms = match news {
            News::Guest | News::Away => SAME_MOMENT_MS,
            News::Message => QUIET_MS,
        };
        let just_rung = self
            .rung
            .is_some_and(|rung| (0..quiet_ms).contains(&at.now.ms_since(rung)));
        // A guest is always heard: the agent looks at one conversation and the seat beside it was taken. So is that guests
        // wait: who is at the desk has a button to press.
        let wanted = news != News::Message || !at.looking;
        let tone = at.ways.sound && wanted && !just_rung;
        if tone {
            self.rung = Some(at.now);
        }
        Ring {
            tone,
            notification: at.ways.notifications && !at.looking,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AWAY: Surroundings = Surroundings {
        now: Timestamp(10_000),
        ways: Ways {
            sound: true,
            notifications: true,
        },
        turn: true,
        looking: false,
    };
    const LOOKING: Surroundings = Surroundings { looking: true, ..AWAY };

    fn ring(news: News, at: Surroundings) -> (bool, bool) {
        let Ring { tone, notification } = Bell::default().ring(news, at);
        (tone, notification)
    }

    #[test]
    fn both_kinds_are_heard_and_seen_by_who_looks_elsewhere() {
        assert_eq!(ring(News::Guest, AWAY), (true, true));
        assert_eq!(ring(News::Message, AWAY), (true, true));
    }

    #[test]
    fn the_conversation_one_looks_at_is_silent_but_a_new_guest_is_heard() {
        assert_eq!(ring(News::Message, LOOKING), (false, false));
        assert_eq!(ring(News::Guest, LOOKING), (true, false));
    }

    #[test]
    fn who_counts_as_away_is_reminded_wherever_they_look() {
        assert_eq!(ring(News::Away, AWAY), (true, true));
        assert_eq!(ring(News::Away, LOOKING), (true, false));
        let mut bell = Bell::default();
        let mut tone = |ms| {
            let at = Surroundings {
                now: Timestamp(ms),
                ..AWAY
            };
            bell.ring(News::Away, at).tone
        };
        assert!((0..5).all(|time| tone(time * i64::from(REMIND_EVERY_MS))), "every time");
    }

    #[test]
    fn sound_and_notifications_are_switched_off_separately() {
        let with = |sound, notifications| Surroundings {
            ways: Ways { sound, notifications },
            ..AWAY
        };
        for news in [News::Guest, News::Message, News::Away] {
            assert_eq!(ring(news, with(false, true)), (false, true));
            assert_eq!(ring(news, with(true, false)), (true, false));
        }
    }

    #[test]
    fn only_the_tab_whose_turn_it_is_rings() {
        let other = Surroundings { turn: false, ..AWAY };
        assert_eq!(ring(News::Guest, other), (false, false));
        assert_eq!(ring(News::Message, other), (false, false));
        assert_eq!(ring(News::Away, other), (false, false));
    }

    #[test]
    fn words_that_come_in_pieces_sound_once() {
        let mut bell = Bell::default();
        let mut tone = |news, ms| {
            let at = Surroundings {
                now: Timestamp(ms),
                ..AWAY
            };
            bell.ring(news, at).tone
        };
        assert!(tone(News::Guest, 0));
        assert!(!tone(News::Message, 40), "the guest's first words");
        assert!(!tone(News::Guest, 299), "another guest of the same moment");
        assert!(tone(News::Guest, 300));
        assert!(!tone(News::Message, 2_299));
        assert!(tone(News::Message, 2_300));
    }

    #[test]
    fn what_made_no_tone_silences_nothing() {
        let mut bell = Bell::default();
        assert!(!bell.ring(News::Message, LOOKING).tone);
        assert!(bell.ring(News::Message, AWAY).tone);
    }

    #[test]
    fn a_clock_set_back_does_not_silence_the_desk() {
        let mut bell = Bell::default();
        bell.ring(News::Guest, AWAY);
        let earlier = Surroundings {
            now: Timestamp(0),
            ..AWAY
        };
        assert!(bell.ring(News::Message, earlier).tone);
    }
}
