//! In which language a page is given out: the reader's first one that there is. The front ends know better, since there
//! one can choose, but this is all that a page without a program can go by.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    English,
    Chinese,
}

impl Language {
    /// By `Accept-Language`; English if it names none that there is.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let header = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let wanted = header.unwrap_or_default().split(',').filter_map(|item| {
            let (tag, quality) = item.split_once(";q=").unwrap_or((item, "1"));
            let quality: f32 = quality.trim().parse().ok().filter(|quality| *quality > 0.0)?;
            Some((Self::of_tag(tag.trim())?, quality))
        });
        // Of equals the first: `max_by` would take the last.
        let best = wanted.reduce(|best, next| if next.1 > best.1 { next } else { best });
        best.map_or(Self::English, |(language, _)| language)
    }

    fn of_tag(tag: &str) -> Option<Self> {
        match tag.split('-').next()?.to_ascii_lowercase().as_str() {
            "en" => Some(Self::English),
            "zh" => Some(Self::Chinese),
            _ => None,
        }
    }

    /// As the `lang` attribute.
    pub(super) const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh",
        }
    }

    /// Of one text in both languages, the one in this.
    pub(super) const fn pick(self, english: &'static str, chinese: &'static str) -> &'static str {
        match self {
            Self::English => english,
            Self::Chinese => chinese,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails here should panic")]
    use super::*;

    #[test]
    fn the_most_wanted_language_that_there_is_wins() {
        let of = |header: &str| Language::of(&HeaderMap::from_iter([(ACCEPT_LANGUAGE, header.parse().unwrap())]));
        assert_eq!(of("zh-CN,zh;q=0.9,en;q=0.8"), Language::Chinese);
        assert_eq!(of("en-GB, zh"), Language::English);
        assert_eq!(of("en;q=0.4, zh-Hant;q=0.7"), Language::Chinese);
        assert_eq!(of("fr-FR, ZH;q=0.5"), Language::Chinese);
        assert_eq!(of("zh;q=0, fr"), Language::English);
        assert_eq!(of("*"), Language::English);
        assert_eq!(Language::of(&HeaderMap::new()), Language::English);
    }
}
