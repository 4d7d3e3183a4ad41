//! The keys of the desk, as they are written on screen. Chosen so that no browser and no writing system needs them for
//! something else: Alt+D is the address bar's, Alt+digit changes tabs on Linux, Alt+E, I, N and U begin an accented letter
//! on a Mac.

pub(crate) const NEXT: &str = "Alt ↓";
pub(crate) const PREVIOUS: &str = "Alt ↑";
pub(crate) const CLOSE: &str = "Alt W";
pub(crate) const DETAILS: &str = "Alt P";
pub(crate) const MISSED: &str = "Alt M";
pub(crate) const HELP: &str = "?";
