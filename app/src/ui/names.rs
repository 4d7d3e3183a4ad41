//! Names and words that people typed, as they stand among our own: they change the direction of nothing around them, and a
//! name of which nothing can be seen is none.

pub use domain::name::{is_blank, without_directions as tame};

/// Around words that are written from right to left: what follows them stands where it belongs.
const ISOLATE: char = '\u{2068}';
const END: char = '\u{2069}';

/// A name among other words, or what stands for it.
pub fn name_or(name: &str, otherwise: impl FnOnce() -> String) -> String {
    if is_blank(name) {
        return otherwise();
    }
    let name = tame(name);
    if name.chars().any(is_right_to_left) {
        format!("{ISOLATE}{name}{END}")
    } else {
        name
    }
}

/// The name of a member, or their login.
pub fn member_name(name: &str, login: &str) -> String {
    name_or(name, || login.to_owned())
}

/// Words of somebody else among our own.
pub fn isolated(text: &str) -> String {
    name_or(text, String::new)
}

/// Hebrew, Arabic and their like.
const fn is_right_to_left(char: char) -> bool {
    matches!(char, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
        || matches!(char, '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_which_nothing_can_be_seen_is_none() {
        for blank in [
            "",
            " ",
            "\u{200b}\u{200d}",
            "\u{3164}",
            "\u{2800}\u{a0}",
            "\u{202e}",
            "\u{0}\u{ad}",
            "\u{fe0f}",
            // A mark that stands on nothing, and a bidirectional one, as the domain has them.
            "\u{301}",
            "\u{200e}\u{1bca0}",
        ] {
            assert!(is_blank(blank), "{blank:?}");
            assert_eq!(member_name(blank, "mei"), "mei");
        }
        for name in ["a", "王", "\u{200b}a", "👩\u{200d}🔬", "."] {
            assert!(!is_blank(name), "{name:?}");
        }
    }

    #[test]
    fn a_name_turns_nothing_around() {
        assert_eq!(tame("photo\u{202e}gpj.exe"), "photogpj.exe");
        assert_eq!(isolated("Anna\u{2069}\u{202e}"), "Anna");
        assert_eq!(isolated("דנה"), "\u{2068}דנה\u{2069}");
        assert_eq!(isolated("王女士"), "王女士");
    }
}
