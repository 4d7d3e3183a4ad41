//! The time that is handed in.

use domain::Timestamp;

/// One moment, by two clocks. `wall` may jump when somebody sets the machine's clock; `steady` never does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Now {
    /// The time of day, for what people are shown.
    pub wall: Timestamp,
    /// For deadlines.
    pub steady: Timestamp,
}
