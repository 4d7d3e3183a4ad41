//! What rows of every list show the same way.

use app::i18n::{Locale, td_string};
use domain::Timestamp;
use protocol::desk::GuestCard;

/// A guest waits at most this long for a reply, if things go well.
const REPLY_TARGET_MS: i64 = 120_000;

/// The guest's name, or that there is none.
pub(crate) fn guest_name(t: Locale, guest: &GuestCard) -> String {
    if guest.name.is_empty() {
        td_string!(t, common.nobody).to_owned()
    } else {
        guest.name.clone()
    }
}

/// The class of a wait that has lasted from `since` to `now`: quiet, then amber from half the target, then rose.
pub(crate) fn warmth(since: Timestamp, now: Timestamp) -> &'static str {
    match now.ms_since(since) {
        ms if ms < REPLY_TARGET_MS / 2 => "warm-0",
        ms if ms < REPLY_TARGET_MS => "warm-1",
        _ => "warm-2",
    }
}

/// Where a guest is, short enough for a row: the path of the page, or its title.
pub(crate) fn page(guest: &GuestCard) -> String {
    let path = guest
        .page_url
        .split_once("://")
        .and_then(|(_, rest)| rest.find('/').and_then(|at| rest.get(at..)))
        .map(|path| path.split(['?', '#']).next().unwrap_or(path));
    match path {
        Some(path) if path != "/" => path.to_owned(),
        _ => guest.page_title.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::GuestId;
    use uuid::Uuid;

    #[test]
    fn a_wait_warms_as_the_target_nears() {
        let at = |ms| warmth(Timestamp(0), Timestamp(ms));
        assert_eq!(
            [at(-1), at(59_999), at(60_000), at(120_000)],
            ["warm-0", "warm-0", "warm-1", "warm-2"]
        );
    }

    #[test]
    fn a_page_is_told_by_its_path() {
        let page = |url: &str| {
            page(&GuestCard {
                id: GuestId(Uuid::nil()),
                name: String::new(),
                contact: String::new(),
                page_url: url.into(),
                page_title: "Shop".into(),
            })
        };
        assert_eq!(page("https://shop.example/cart?step=2#top"), "/cart");
        assert_eq!(page("https://shop.example/"), "Shop");
        assert_eq!(page("https://shop.example"), "Shop");
        assert_eq!(page(""), "Shop");
    }
}
