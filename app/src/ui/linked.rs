//! A message's text with its web addresses as links. Text stays text: nothing in it is ever taken for markup.
//!
//! Only `http` and `https` are links, written out: what merely looks like an address (`example.com`, `javascript:…`) stays
//! words. Where an address ends is guessed the way people write, in Latin and in Chinese.

use leptos::prelude::*;

/// A stretch of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Words(&'a str),
    /// Shown as it was written, which is also where it leads.
    Link(&'a str),
}

/// The text, with links that open elsewhere and tell the other side nothing.
#[component]
pub fn Linked(#[prop(into)] text: String) -> impl IntoView {
    let view = |piece: &Piece<'_>| match *piece {
        Piece::Words(words) => words.to_owned().into_any(),
        Piece::Link(address) => {
            let (address, href) = (address.to_owned(), address.to_owned());
            view! {
                <a class="linked" href=href target="_blank" rel="noopener noreferrer nofollow">
                    {address}
                </a>
            }
            .into_any()
        }
    };
    pieces(&text).iter().map(view).collect_view()
}

/// Takes `text` apart; the pieces put together are the text again.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut words_from, mut looked_at) = (0, 0);
    while let Some(start) = scheme_at(text, looked_at) {
        let (words, rest) = (text.get(words_from..start), text.get(start..).unwrap_or_default());
        let address = address(rest);
        if address.is_empty() {
            looked_at = start + 1;
            continue;
        }
        pieces.extend(words.filter(|words| !words.is_empty()).map(Piece::Words));
        pieces.push(Piece::Link(address));
        words_from = start + address.len();
        looked_at = words_from;
    }
    let rest = text.get(words_from..).filter(|rest| !rest.is_empty());
    pieces.extend(rest.map(Piece::Words));
    pieces
}

/// Where the next `http://` or `https://` begins, at `from` or later and not in the middle of a word.
fn scheme_at(text: &str, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    let found = rest.char_indices().find(|(at, char)| {
        matches!(char, 'h' | 'H')
            && rest.get(*at..).is_some_and(|rest| after_scheme(rest).is_some())
            && !ends_in_ascii_letter(text.get(..from + at))
    });
    found.map(|(at, _)| from + at)
}

fn ends_in_ascii_letter(text: Option<&str>) -> bool {
    text.and_then(|text| text.chars().next_back())
        .is_some_and(|char| char.is_ascii_alphanumeric())
}

/// What follows the scheme.
fn after_scheme(text: &str) -> Option<&str> {
    ["https://", "http://"].into_iter().find_map(|scheme| {
        let start = text.get(..scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then(|| text.get(scheme.len()..))?
    })
}

/// The address that `text` begins with; empty if it is none.
fn address(text: &str) -> &str {
    let address = without_trailing_marks(run(text));
    let Some(rest) = after_scheme(address) else { return "" };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // `https://bank.example@elsewhere.example` leads elsewhere: whoever wants that may copy it.
    let honest = !authority.contains('@');
    if honest && authority.chars().next().is_some_and(char::is_alphanumeric) {
        address
    } else {
        ""
    }
}

/// As far as an address can go.
fn run(text: &str) -> &str {
    let mut before = '/';
    let end = text.char_indices().find(|(_, char)| {
        let over = ends_an_address(*char) || (is_han_like(*char) && before.is_ascii_alphanumeric());
        before = *char;
        over
    });
    end.map_or(text, |(at, _)| text.get(..at).unwrap_or_default())
}

/// White space, what no address contains unescaped, invisible marks that would disguise it, and the punctuation of
/// Chinese, Japanese and typographic quotes.
fn ends_an_address(char: char) -> bool {
    char.is_whitespace()
        || char.is_control()
        || matches!(char, '<' | '>' | '"' | '`' | '{' | '}' | '|' | '\\' | '^')
        || matches!(char, '\u{200b}'..='\u{206f}' | '\u{feff}' | '\u{fffc}' | '\u{fffd}')
        || matches!(char, '‘' | '’' | '“' | '”' | '«' | '»' | '…' | '—')
        || matches!(char, '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}')
        || matches!(char, '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}')
}

/// Scripts written without spaces. Right after a Latin letter or a digit they are the sentence going on
/// (`https://shop.example/cart里的`), after a mark they are part of the address (`https://wiki.example/龙井`).
fn is_han_like(char: char) -> bool {
    matches!(char, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Without the marks that end the sentence and the bracket that closes around the address.
fn without_trailing_marks(mut address: &str) -> &str {
    while let Some(last) = address.chars().next_back() {
        let belongs = match last {
            '.' | ',' | ':' | ';' | '!' | '?' | '\'' | '*' | '_' | '~' => false,
            ')' => is_balanced(address, '(', ')'),
            ']' => is_balanced(address, '[', ']'),
            _ => true,
        };
        if belongs {
            break;
        }
        address = address.get(..address.len() - last.len_utf8()).unwrap_or_default();
    }
    address
}

fn is_balanced(text: &str, open: char, close: char) -> bool {
    text.matches(open).count() >= text.matches(close).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The links of a text, which must be the same text when put together.
    fn links(text: &str) -> Vec<&str> {
        let pieces = pieces(text);
        let whole: String = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Words(words) => *words,
                Piece::Link(address) => *address,
            })
            .collect();
        assert_eq!(whole, text);
        pieces
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Link(address) => Some(address),
                Piece::Words(_) => None,
            })
            .collect()
    }

    #[test]
    fn an_address_among_words_is_a_link() {
        assert_eq!(
            pieces("see https://shop.example/a?b=1#c now"),
            [
                Piece::Words("see "),
                Piece::Link("https://shop.example/a?b=1#c"),
                Piece::Words(" now")
            ]
        );
        assert_eq!(
            links("http://a.example\nHTTPS://B.example:8443/x http://localhost"),
            ["http://a.example", "HTTPS://B.example:8443/x", "http://localhost"]
        );
        assert_eq!(pieces(""), []);
        assert_eq!(pieces("no address here"), [Piece::Words("no address here")]);
    }

    #[test]
    fn nothing_but_http_and_https_is_a_link() {
        for text in [
            "javascript:alert(1)",
            "JavaScript://shop.example/%0aalert(1)",
            "data:text/html,x",
            "ftp://a.example",
            "mailto:a@b.example",
            "www.example.com",
            "https:/a.example",
            "xhttps://a.example",
            "https://",
            "https://.",
            "https:///path",
            "https://?x",
            "https://-a.example",
            "https://。",
        ] {
            assert_eq!(links(text), [""; 0], "{text}");
        }
        assert_eq!(links("javascript:https://a.example"), ["https://a.example"]);
        assert_eq!(links("https://https://a.example"), ["https://https://a.example"]);
    }

    #[test]
    fn an_address_that_pretends_to_lead_elsewhere_is_no_link() {
        assert_eq!(links("https://bank.example@evil.example/"), [""; 0]);
        assert_eq!(links("https://user:secret@a.example"), [""; 0]);
        assert_eq!(links("https://a.example/@name"), ["https://a.example/@name"]);
        assert_eq!(links("https://a.example/\u{202e}gpj.exe"), ["https://a.example/"]);
    }

    #[test]
    fn the_sentences_marks_stay_outside() {
        for (text, link) in [
            ("Look: https://a.example/b.", "https://a.example/b"),
            ("https://a.example/b?!", "https://a.example/b"),
            ("https://a.example/?q=1, and", "https://a.example/?q=1"),
            ("https://a.example/b...", "https://a.example/b"),
            ("'https://a.example'", "https://a.example"),
            ("\"https://a.example\"", "https://a.example"),
            ("<https://a.example/b>", "https://a.example/b"),
            ("**https://a.example/b**", "https://a.example/b"),
            ("https://a.example/b/", "https://a.example/b/"),
            ("https://a.example/b.html", "https://a.example/b.html"),
        ] {
            assert_eq!(links(text), [link], "{text}");
        }
    }

    #[test]
    fn brackets_around_an_address_are_not_part_of_it_and_brackets_in_it_are() {
        for (text, link) in [
            ("(https://a.example/b)", "https://a.example/b"),
            ("(see https://a.example/b).", "https://a.example/b"),
            ("https://a.example/b_(c)", "https://a.example/b_(c)"),
            ("(https://a.example/b_(c))", "https://a.example/b_(c)"),
            ("[https://a.example/b]", "https://a.example/b"),
            ("https://a.example/?x[]=1", "https://a.example/?x[]=1"),
            ("（https://a.example/b）", "https://a.example/b"),
            ("【https://a.example/b】", "https://a.example/b"),
        ] {
            assert_eq!(links(text), [link], "{text}");
        }
    }

    #[test]
    fn chinese_around_an_address_is_not_part_of_it() {
        for (text, link) in [
            ("请看https://a.example/b。谢谢", "https://a.example/b"),
            ("https://a.example/b，有货吗？", "https://a.example/b"),
            ("“https://a.example/b”", "https://a.example/b"),
            ("https://a.example/cart里的这件", "https://a.example/cart"),
            ("https://a.example是你们的吗", "https://a.example"),
            ("https://a.example/b！", "https://a.example/b"),
            ("https://a.example/b、c", "https://a.example/b"),
            ("《https://a.example/b》", "https://a.example/b"),
            ("https://a.example/b\u{3000}c", "https://a.example/b"),
        ] {
            assert_eq!(links(text), [link], "{text}");
        }
    }

    #[test]
    fn addresses_in_other_scripts_are_whole() {
        for address in [
            "https://例子.测试/路径?查询=值",
            "https://zh.wiki.example/wiki/龙井茶",
            "https://bücher.example/straße",
            "https://пример.example/путь",
            "https://한국.example/경로",
        ] {
            assert_eq!(links(address), [address]);
        }
    }
}
