//! What a missed guest left, in words.

use app::i18n::{Locale, td_string};
use app::ui::names::{is_blank, tame};
use protocol::desk::MissedEntry;

/// What stands for the guest in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Quote {
    pub(crate) words: String,
    /// The guest wrote nothing; these are our words.
    pub(crate) is_silence: bool,
}

/// What the guest wrote that nobody has answered; what was said last if they have been answered.
pub(crate) fn quote(t: Locale, entry: &MissedEntry) -> Quote {
    let words = if entry.unanswered.is_empty() {
        entry.last_text.clone()
    } else {
        entry.unanswered.join("\n")
    };
    if is_blank(&words) {
        Quote {
            words: td_string!(t, desk.no_words_left).to_owned(),
            is_silence: true,
        }
    } else {
        Quote {
            words: tame(&words),
            is_silence: false,
        }
    }
}
