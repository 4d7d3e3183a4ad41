//! What clients may do at most, as far as whoever runs Seatline may say.

use protocol::limits::{FRAMES_BURST, FRAMES_PER_SECOND, NEW_GUESTS_PER_MINUTE};

/// Bounds of clients. The defaults are those of the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Frames that a connection may send at once …
    pub frames_burst: u32,
    /// … and a second after that.
    pub frames_per_second: u32,
    /// New guests whom one address may bring at once, and a minute after that; 0 for as many as come.
    pub new_guests_per_minute: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            frames_burst: FRAMES_BURST,
            frames_per_second: FRAMES_PER_SECOND,
            new_guests_per_minute: NEW_GUESTS_PER_MINUTE,
        }
    }
}
