//! How patient dispatch is.

/// Periods, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Whoever lost the connection passes as here for so long: the next page of a shop is no absence. After that a guest
    /// holds no seat that nobody has taken up, and is passed over in line until they are back.
    pub absence_ms: i64,
    /// An agent's seats are held this long after their connection dropped.
    pub agent_grace_ms: i64,
    /// A guest in line keeps the place this long after their connection dropped.
    pub guest_grace_ms: i64,
    /// A seated guest who went away keeps the seat this long.
    pub guest_gone_ms: i64,
    /// An agent has this long to accept or reply before the conversation moves on.
    pub accept_ms: i64,
    /// The line of a group without anybody on duty becomes missed after this long.
    pub unstaffed_ms: i64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            absence_ms: 8_000,
            agent_grace_ms: 30_000,
            guest_grace_ms: 120_000,
            guest_gone_ms: 600_000,
            accept_ms: 60_000,
            unstaffed_ms: 60_000,
        }
    }
}
