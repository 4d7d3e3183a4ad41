//! The text of a message: kept exactly, bounded, never interpreted.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Longest text of one message, in Unicode scalar values.
pub const TEXT_CHARS_MAX: usize = 8_000;

/// Longest excerpt of a text, in Unicode scalar values.
pub const EXCERPT_CHARS_MAX: usize = 240;

/// So many unanswered texts of a guest are shown in a list.
pub const UNANSWERED_MAX: usize = 3;

/// The beginning of a text, as lists show it.
#[must_use]
pub fn excerpt(text: &str) -> String {
    text.chars().take(EXCERPT_CHARS_MAX).collect()
}

/// A message's text: 1 to 8,000 characters, any Unicode, not white space alone. It is stored and shown exactly as it
/// came and never treated as markup.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(transparent)]
pub struct MessageText(String);

/// Why a text is not a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextError {
    /// Nothing but white space.
    Empty,
    /// More than [`TEXT_CHARS_MAX`] characters.
    TooLong,
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "the message is empty"),
            Self::TooLong => write!(f, "the message is longer than {TEXT_CHARS_MAX} characters"),
        }
    }
}

impl std::error::Error for TextError {}

impl MessageText {
    /// Accepts `text` if it may be sent.
    ///
    /// # Errors
    /// [`TextError`] says which bound it breaks. Frames carry plain strings so that a broken bound is answered with a
    /// rejection of that one message, and not as a malformed frame.
    pub fn parse(text: String) -> Result<Self, TextError> {
        if text.trim().is_empty() {
            Err(TextError::Empty)
        } else if text.len() > TEXT_CHARS_MAX && text.chars().count() > TEXT_CHARS_MAX {
            Err(TextError::TooLong)
        } else {
            Ok(Self(text))
        }
    }

    /// The text as it was stored; it passed [`MessageText::parse`] when it came in.
    pub const fn from_stored(text: String) -> Self {
        Self(text)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn into_string(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_counts_characters_and_not_bytes() {
        let longest = "字".repeat(TEXT_CHARS_MAX);
        assert!(MessageText::parse(longest.clone()).is_ok());
        assert_eq!(MessageText::parse(longest + "字"), Err(TextError::TooLong));
    }

    #[test]
    fn white_space_alone_is_no_message_but_is_kept_around_one() {
        assert_eq!(MessageText::parse(" \n\t\u{3000}".into()), Err(TextError::Empty));
        let kept = MessageText::parse("\n  a\u{0}b \r\n".into()).map(MessageText::into_string);
        assert_eq!(kept, Ok("\n  a\u{0}b \r\n".into()));
    }
}
