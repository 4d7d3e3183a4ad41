//! A count that wants to be seen: unread messages, missed guests.

use crate::ui::reactive::memo;
use leptos::prelude::*;

/// More than that nobody counts.
const SHOWN_MAX: u32 = 99;

/// The number on the accent; nothing at all while it is zero.
#[component]
pub fn Badge(
    #[prop(into)] count: Signal<u32>,
    /// What is counted, for those who do not see where it stands: "3 unread".
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let shown = memo(move || text(count.get()));
    move || {
        shown
            .get()
            .map(|text| view! { <span class="count" role="img" aria-label=move || label.get()>{text}</span> })
    }
}

fn text(count: u32) -> Option<String> {
    match count {
        0 => None,
        1..=SHOWN_MAX => Some(count.to_string()),
        _ => Some(format!("{SHOWN_MAX}+")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_said_of_nothing_and_many_are_many() {
        let texts = [0, 1, 99, 100].map(text);
        let texts: Vec<_> = texts.iter().map(Option::as_deref).collect();
        assert_eq!(texts, [None, Some("1"), Some("99"), Some("99+")]);
    }
}
