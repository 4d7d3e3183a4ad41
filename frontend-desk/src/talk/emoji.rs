//! Whether a message says it all in pictures: a few emoji and nothing else are shown larger.

/// More than that is a pattern, not a gesture.
const PICTURES_MAX: usize = 3;

/// One to three emoji, white space apart.
pub(super) fn is_emoji_only(text: &str) -> bool {
    let mut pictures = 0;
    let (mut joined, mut flag) = (false, false);
    for char in text.chars().filter(|char| !char.is_whitespace()) {
        match char {
            // Joined to what came before: skin tones, families, coloured hearts.
            '\u{200d}' => joined = true,
            '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}' if pictures > 0 => {}
            // A flag is two letters.
            '\u{1f1e6}'..='\u{1f1ff}' => {
                pictures += usize::from(!flag);
                flag = !flag;
            }
            char if is_picture(char) => {
                pictures += usize::from(!joined);
                joined = false;
            }
            _ => return false,
        }
    }
    (1..=PICTURES_MAX).contains(&pictures)
}

/// The blocks of Unicode that emoji come from.
const fn is_picture(char: char) -> bool {
    matches!(
        char,
        '\u{1f300}'..='\u{1faff}'
            | '\u{2600}'..='\u{27bf}'
            | '\u{2b1b}'..='\u{2b55}'
            | '\u{231a}'..='\u{231b}'
            | '\u{23e9}'..='\u{23fa}'
            | '\u{1f004}'
            | '\u{1f0cf}'
    )
}

#[cfg(test)]
mod tests {
    use super::is_emoji_only;

    #[test]
    fn a_few_emoji_are_a_gesture() {
        for text in ["👍", "🙏🏽", "❤️", "👨‍👩‍👧‍👦", "🇨🇳", "🎉🎉🎉", " 🍵 \n", "🇨🇳🇬🇧", "⭐", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"]
        {
            assert!(is_emoji_only(text), "{text}");
        }
    }

    #[test]
    fn words_digits_and_rows_of_emoji_are_not() {
        for text in [
            "",
            "  ",
            "👍 好的",
            "ok",
            "5",
            "#",
            "🎉🎉🎉🎉",
            "®",
            "→",
            "\u{200d}",
            "\u{fe0f}",
        ] {
            assert!(!is_emoji_only(text), "{text}");
        }
    }
}
