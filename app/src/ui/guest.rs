//! What a guest is called everywhere: by name, or by a short tag that tells those without a name apart.

use super::names::name_or;
use crate::i18n::{Locale, td_string};
use domain::GuestId;

/// Neither vowels, so that no tag is a word, nor what is taken for something else (`0`, `1`, `L`).
const TAG_CHARS: [char; 28] = [
    '2', '3', '4', '5', '6', '7', '8', '9', 'B', 'C', 'D', 'F', 'G', 'H', 'J', 'K', 'M', 'N', 'P', 'Q', 'R', 'S', 'T',
    'V', 'W', 'X', 'Y', 'Z',
];
const TAG_LEN: usize = 4;

/// "王女士"; "Guest 4F2K" if there is no name.
pub fn guest_name(t: Locale, id: GuestId, name: &str) -> String {
    name_or(name, || td_string!(t, guest.unnamed, tag = guest_tag(id)))
}

/// Four characters made from the id, always the same for the same guest; 614,656 different ones.
pub fn guest_tag(id: GuestId) -> String {
    // The end of the id is random; its beginning is the time, which neighbours share.
    let mut rest = id.0.as_u64_pair().1;
    let tag = std::iter::repeat_with(|| {
        let char = TAG_CHARS
            .iter()
            .cycle()
            .nth(usize::try_from(rest % 28).unwrap_or_default());
        rest /= 28;
        char.copied().unwrap_or_default()
    });
    tag.take(TAG_LEN).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use uuid::Uuid;

    fn guest(id: u128) -> GuestId {
        GuestId(Uuid::from_u128(id))
    }

    #[test]
    fn a_name_is_a_name_and_without_one_there_is_a_tag() {
        assert_eq!(guest_name(Locale::en, guest(7), "王女士"), "王女士");
        assert_eq!(guest_name(Locale::en, guest(7), ""), "Guest 9222");
        assert_eq!(guest_name(Locale::zh, guest(7), " \u{200b}"), "访客 9222");
    }

    #[test]
    fn a_tag_is_short_and_cannot_be_misread() {
        let tag = guest_tag(guest(0x0192_1f00_7000_0000_8123_4567_89ab_cdef));
        assert_eq!(tag, guest_tag(guest(0x0192_1f00_7000_0000_8123_4567_89ab_cdef)));
        assert_eq!(tag.chars().count(), TAG_LEN);
        assert!(tag.chars().all(|char| TAG_CHARS.contains(&char)));
        let misread = ['0', 'O', '1', 'I', 'L', 'A', 'E', 'U'];
        assert!(misread.iter().all(|char| !TAG_CHARS.contains(char)));
    }

    #[test]
    fn guests_of_the_same_moment_have_different_tags() {
        let tags: BTreeSet<_> = (0..1_000).map(|random| guest_tag(guest((1 << 100) | random))).collect();
        assert_eq!(tags.len(), 1_000);
    }
}
