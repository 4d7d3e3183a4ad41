//! What several panes know and show of a guest: name and mark, whether they are there, their profile, page, language and
//! hour, and what was decided about their conversations.

mod decision;
pub(crate) mod intl;
mod known;
mod mark;
pub(crate) mod page;
mod presence;

pub(crate) use decision::decision;
pub(crate) use known::Known;
pub(crate) use mark::{GuestMark, guest_name};
pub(crate) use presence::{PresenceWords, use_here};
