//! Moving through a menu by keys.

use crate::ui::letters::small;
use leptos::prelude::document;
use leptos::web_sys::{Element, HtmlElement, KeyboardEvent};
use wasm_bindgen::JsCast;

const ITEMS: &str = "[role^=menuitem]:not(:disabled)";

/// Where a key leads to, counted from where the focus is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Next,
    Previous,
    First,
    Last,
    /// The next item that begins with it.
    Letter(char),
}

impl Step {
    fn of(key: &str) -> Option<Self> {
        let mut chars = key.chars();
        match (key, chars.next(), chars.next()) {
            ("ArrowDown" | "ArrowRight", ..) => Some(Self::Next),
            ("ArrowUp" | "ArrowLeft", ..) => Some(Self::Previous),
            ("Home", ..) => Some(Self::First),
            ("End", ..) => Some(Self::Last),
            // The space presses the item.
            (_, Some(letter), None) if !letter.is_whitespace() => Some(Self::Letter(letter)),
            _ => None,
        }
    }

    /// The item to go to, of those that begin with these words, from item `now`.
    fn from(self, now: Option<usize>, words: &[String]) -> Option<usize> {
        let last = words.len().checked_sub(1)?;
        match self {
            Self::First => Some(0),
            Self::Last => Some(last),
            Self::Next => Some(now.filter(|now| *now < last).map_or(0, |now| now + 1)),
            Self::Previous => Some(now.and_then(|now| now.checked_sub(1)).unwrap_or(last)),
            Self::Letter(letter) => {
                let first = now.map_or(0, |now| now + 1);
                let wanted = small(letter.encode_utf8(&mut [0; 4]));
                let round = (first..words.len()).chain(0..first);
                round.into_iter().find(|index| {
                    let word = words.get(*index).map(|word| small(word.trim()));
                    word.is_some_and(|word| word.starts_with(&wanted))
                })
            }
        }
    }
}

fn items(popup: &Element) -> Vec<HtmlElement> {
    let Ok(found) = popup.query_selector_all(ITEMS) else {
        return Vec::new();
    };
    let nodes = (0..found.length()).filter_map(|index| found.item(index));
    nodes.filter_map(|node| node.dyn_into().ok()).collect()
}

/// Puts the focus on the chosen item, or on the first.
pub(super) fn focus_first(popup: &Element) {
    let items = items(popup);
    let chosen = |item: &&HtmlElement| item.get_attribute("aria-checked").as_deref() == Some("true");
    if let Some(item) = items.iter().find(chosen).or(items.first()) {
        drop(item.focus());
    }
}

/// Moves the focus if the key is for that.
pub(super) fn moved(popup: &Element, event: &KeyboardEvent) -> bool {
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return false;
    }
    let Some(step) = Step::of(&event.key()) else {
        return false;
    };
    let (items, focused) = (items(popup), document().active_element());
    let now = items.iter().position(|item| Some(item.as_ref()) == focused.as_ref());
    let words: Vec<_> = items
        .iter()
        .map(|item| item.text_content().unwrap_or_default())
        .collect();
    if let Some(item) = step.from(now, &words).and_then(|index| items.get(index)) {
        drop(item.focus());
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_lead_round_the_items() {
        let words = ["Edit", "Disable", "Duplicate", "启用"].map(String::from);
        let go = |key: &str, now| Step::of(key).and_then(|step| step.from(now, &words));
        assert_eq!(go("ArrowDown", None), Some(0));
        assert_eq!(go("ArrowDown", Some(3)), Some(0));
        assert_eq!(go("ArrowUp", None), Some(3));
        assert_eq!(go("ArrowUp", Some(2)), Some(1));
        assert_eq!((go("Home", Some(2)), go("End", Some(2))), (Some(0), Some(3)));
        assert_eq!(
            (go("d", Some(0)), go("D", Some(1)), go("d", Some(2))),
            (Some(1), Some(2), Some(1))
        );
        assert_eq!((go("启", Some(0)), go("x", Some(0))), (Some(3), None));
        assert_eq!(
            (go(" ", Some(0)), go("Enter", Some(0)), go("F5", None)),
            (None, None, None)
        );
        assert_eq!(Step::Next.from(None, &[]), None);
    }
}
