//! Text from outside, kept exactly.
//!
//! PostgreSQL's `TEXT` cannot hold U+0000, and SQLite's functions stop at it. So that any Unicode text is kept as it
//! came, U+0000 is stored as U+001A `0`, and U+001A itself as U+001A `1`; everything else is stored as it is. Both
//! engines hold the same text.

use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::{Database, Decode, Encode, Type};
use std::borrow::Cow;

const ESCAPE: char = '\u{1A}';

/// `text` as it is stored.
pub(crate) fn encode(text: &str) -> Cow<'_, str> {
    if !text.contains(['\0', ESCAPE]) {
        return Cow::Borrowed(text);
    }
    let mut stored = String::with_capacity(text.len() + 8);
    for char in text.chars() {
        match char {
            '\0' => stored.extend([ESCAPE, '0']),
            ESCAPE => stored.extend([ESCAPE, '1']),
            other => stored.push(other),
        }
    }
    Cow::Owned(stored)
}

/// What was stored as `stored`. An escape at the very end, where a text was cut, is left out.
pub(crate) fn decode(stored: String) -> String {
    if !stored.contains(ESCAPE) {
        return stored;
    }
    let mut text = String::with_capacity(stored.len());
    let mut chars = stored.chars();
    while let Some(char) = chars.next() {
        match char {
            ESCAPE => match chars.next() {
                Some('0') => text.push('\0'),
                Some(_) => text.push(ESCAPE),
                None => {}
            },
            other => text.push(other),
        }
    }
    text
}

/// A column of text from outside; encodes and decodes itself.
#[derive(Clone, Debug)]
pub(crate) struct Text(pub(crate) String);

impl Text {
    pub(crate) fn of(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl<DB: Database> Type<DB> for Text
where
    String: Type<DB>,
{
    fn type_info() -> DB::TypeInfo {
        String::type_info()
    }

    fn compatible(ty: &DB::TypeInfo) -> bool {
        String::compatible(ty)
    }
}

impl<'r, DB: Database> Decode<'r, DB> for Text
where
    String: Decode<'r, DB>,
{
    fn decode(value: DB::ValueRef<'r>) -> Result<Self, BoxDynError> {
        String::decode(value).map(|stored| Self(decode(stored)))
    }
}

impl<'q, DB: Database> Encode<'q, DB> for Text
where
    String: Encode<'q, DB>,
{
    fn encode_by_ref(&self, buf: &mut DB::ArgumentBuffer) -> Result<IsNull, BoxDynError> {
        encode(&self.0).into_owned().encode(buf)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ordinary_text_is_stored_as_it_is() {
        for text in ["", "héllo\n\t字 👋🏽", "a\u{1}b\u{19}c\u{1B}d\u{FFFD}e"] {
            assert!(matches!(encode(text), Cow::Borrowed(same) if same == text));
        }
    }

    #[test]
    fn zero_and_the_escape_are_written_as_two_characters() {
        assert_eq!(encode("a\0b\u{1A}0"), "a\u{1A}0b\u{1A}10");
        assert_eq!(decode("a\u{1A}0b\u{1A}10".to_owned()), "a\0b\u{1A}0");
    }

    #[test]
    fn a_text_cut_within_an_escape_loses_only_that_character() {
        assert_eq!(decode("ab\u{1A}".to_owned()), "ab");
    }

    proptest! {
        #[test]
        fn any_text_survives(text in proptest::collection::vec(
            prop_oneof![Just('\0'), Just('\u{1A}'), Just('0'), Just('1'), any::<char>()], 0..64)
        ) {
            let text: String = text.into_iter().collect();
            let stored = encode(&text).into_owned();
            prop_assert!(!stored.contains('\0'));
            prop_assert_eq!(decode(stored), text);
        }
    }
}
