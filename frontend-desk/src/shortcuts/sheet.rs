//! The list of shortcuts.

use crate::keys::{CLOSE, DETAILS, HELP, MISSED, NEXT, PREVIOUS};
use app::i18n::{locale, td_string};
use app::ui::Sheet;
use leptos::prelude::*;

#[component]
pub(super) fn ShortcutSheet(open: RwSignal<bool>) -> impl IntoView {
    let t = locale();
    let everywhere = [
        (NEXT, td_string!(t, shortcuts.next)),
        (PREVIOUS, td_string!(t, shortcuts.previous)),
        (CLOSE, td_string!(t, desk.close_verb)),
        (MISSED, td_string!(t, shortcuts.missed)),
        (DETAILS, td_string!(t, shortcuts.details)),
        ("Esc", td_string!(t, shortcuts.put_away)),
        (HELP, td_string!(t, shortcuts.help)),
    ];
    let lists = [
        ("↑ ↓", td_string!(t, shortcuts.walk)),
        ("Enter", td_string!(t, shortcuts.choose)),
    ];
    let writing = [
        ("Enter", td_string!(t, shortcuts.send)),
        ("Shift Enter", td_string!(t, shortcuts.new_line)),
    ];
    view! {
        <Sheet open title=td_string!(t, shortcuts.title)>
            <div class="sheet-body">
                {group(td_string!(t, shortcuts.everywhere), &everywhere)}
                {group(td_string!(t, shortcuts.lists), &lists)}
                {group(td_string!(t, shortcuts.writing), &writing)}
            </div>
        </Sheet>
    }
}

fn group(name: &'static str, shortcuts: &[(&'static str, &'static str)]) -> impl IntoView + use<> {
    let row = |(keys, meaning): &(&'static str, &'static str)| {
        let keys = keys.split(' ').map(|key| view! { <kbd>{key}</kbd> }).collect_view();
        view! {
            <div class="shortcut">
                <dt>{*meaning}</dt>
                <dd>{keys}</dd>
            </div>
        }
    };
    view! {
        <section class="shortcuts">
            <h3>{name}</h3>
            <dl>{shortcuts.iter().map(row).collect_view()}</dl>
        </section>
    }
}
