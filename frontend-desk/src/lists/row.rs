//! What rows of every list show the same way.

use app::ui::names::{is_blank, isolated, tame};
use leptos::prelude::*;
use protocol::desk::GuestCard;

/// Words of one line, or what is said if there are none.
#[component]
pub(crate) fn Words(text: String, none: &'static str) -> impl IntoView {
    let silent = is_blank(&text);
    let text = if silent { none.to_owned() } else { tame(&text) };
    view! {
        <span class="row-words" class:row-silent=silent dir="auto">
            {text}
        </span>
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
        Some(path) if path != "/" => isolated(path),
        _ => isolated(&guest.page_title),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::GuestId;
    use uuid::Uuid;

    #[test]
    fn a_page_is_told_by_its_path() {
        let page = |url: &str| {
            page(&GuestCard {
                id: GuestId(Uuid::nil()),
                name: String::new(),
                contact: String::new(),
                page_url: url.into(),
                page_title: "Shop".into(),
                language: String::new(),
            })
        };
        assert_eq!(page("https://shop.example/cart?step=2#top"), "/cart");
        assert_eq!(page("https://shop.example/"), "Shop");
        assert_eq!(page("https://shop.example"), "Shop");
        assert_eq!(page(""), "Shop");
    }
}
