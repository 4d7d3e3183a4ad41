//! What is on screen of the alerts: the bell with its settings, the tab's title and icon, the reminder of who counts as away.

mod bell;
mod reminder;
mod tab;

pub(crate) use bell::AlertsButton;
pub(crate) use reminder::AwayReminder;
pub(crate) use tab::TabSigns;
