//! Bounds that both ends rely on.

/// Longest client frame, in bytes. Legal text of 8,000 characters fits even if a client escapes every one of them as
/// a surrogate pair (12 bytes a character). A longer frame closes with [`crate::CloseCode::TooLarge`].
pub const FRAME_BYTES_MAX: usize = 128 * 1024;

/// The server sends a WebSocket ping this often, and a browser client a `ping` frame.
pub const HEARTBEAT_MS: u32 = 25_000;

/// Either end takes a peer for lost that has sent nothing, not even a pong, for this long.
pub const SILENCE_MS_MAX: u32 = 60_000;

/// A socket that has not said hello by then is closed.
pub const HELLO_MS_MAX: u32 = 10_000;

/// Token bucket per connection, unless the server is configured otherwise: this many client frames at once …
pub const FRAMES_BURST: u32 = 60;

/// … refilled at this rate. What comes faster is not read before its time, …
pub const FRAMES_PER_SECOND: u32 = 20;

/// … and a client of which so many frames in a row were there before their time is closed with [`crate::CloseCode::Flood`].
pub const FRAMES_LATE_MAX: u32 = 200;

/// New guests whom one address may bring at once, and again in each minute, unless the server is configured otherwise;
/// one more is closed with [`crate::CloseCode::TooManyGuests`].
pub const NEW_GUESTS_PER_MINUTE: u32 = 120;

/// Frames a connection may have waiting to be sent; one more closes it with [`crate::CloseCode::TooSlow`].
pub const OUTBOX_FRAMES_MAX: usize = 256;

/// Messages that a guest's page is sent of a conversation it has nothing of, and the most that one `earlier` brings.
pub const HISTORY_PAGE: u32 = 50;

/// How many messages a client may be behind and still be sent all of them after a `hello`; also how many a desk is sent of a
/// conversation it has nothing of.
pub const RESUME_MAX: u32 = 200;

/// Longest preview of unsent text in a `typing` frame, in characters; the server cuts what is longer.
pub const PREVIEW_CHARS_MAX: usize = 500;

/// Entries of the line and of the missed queue that a desk is sent; totals are sent beside them.
pub const LISTED_MAX: usize = 100;

/// Longest name a guest can leave, in characters; the server cuts what is longer.
pub const GUEST_NAME_CHARS_MAX: usize = 64;

/// Longest way to reach a guest (e-mail, telephone), in characters; the server cuts what is longer.
pub const CONTACT_CHARS_MAX: usize = 256;

/// So many people ahead in line are told exactly, and each change of them; beyond that a round number is told, by
/// [`shown_ahead`], and told again when it is another.
pub const EXACT_AHEAD_MAX: u32 = 10;

/// What somebody is told who has so many people ahead: above [`EXACT_AHEAD_MAX`] the next round number, never a smaller one
/// than are really there. Multiples of 5 up to 50, of 10 up to 100, of 50 up to 500, and so on.
#[must_use]
pub const fn shown_ahead(ahead: u32) -> u32 {
    if ahead <= EXACT_AHEAD_MAX {
        return ahead;
    }
    let (mut step, mut up_to, mut doubles) = (5_u32, 50_u32, true);
    while ahead > up_to && up_to < u32::MAX / 10 {
        let by = if doubles { 2 } else { 5 };
        (step, up_to, doubles) = (step * by, up_to * by, !doubles);
    }
    ahead.div_ceil(step).saturating_mul(step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_people_ahead_is_exact_at_first_and_then_round() {
        let shown = [0, 1, 10, 11, 15, 16, 50, 51, 100, 101, 437, 501, 1_000, 1_001, 99_999].map(shown_ahead);
        let round = [0, 1, 10, 15, 15, 20, 50, 60, 100, 150, 450, 600, 1_000, 1_500, 100_000];
        assert_eq!(shown, round);
    }

    #[test]
    fn nobody_is_told_fewer_than_are_there_and_nobody_hears_of_every_step() {
        let mut told = 0;
        for ahead in (0..200_000).rev() {
            let shown = shown_ahead(ahead);
            assert!(
                (ahead..=ahead + ahead / 2).contains(&shown),
                "{ahead} are shown as {shown}"
            );
            told += u32::from(shown != shown_ahead(ahead + 1));
        }
        assert!(told < 100, "told {told} times on the way from 200,000 ahead");
    }
}
