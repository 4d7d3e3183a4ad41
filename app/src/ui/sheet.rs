//! The side sheet: for editing with the list in sight.

use super::{Button, Dialog, Icon, Kind};
use crate::i18n::{locale, td_string};
use leptos::prelude::*;

/// A sheet at the right edge. The content brings its own `.sheet-body` and `.sheet-foot`, most often as a form.
#[component]
pub fn Sheet(open: RwSignal<bool>, #[prop(into)] title: String, children: ChildrenFn) -> impl IntoView {
    let t = locale();
    let label = title.clone();
    view! {
        <Dialog open class="sheet" label=label>
            <header class="sheet-head">
                <h2 class="text-lg grow truncate">{title.clone()}</h2>
                <Button
                    label=td_string!(t, common.close)
                    icon=Icon::X
                    icon_only=true
                    kind=Kind::Quiet
                    on_press=move |()| open.set(false)
                />
            </header>
            {children()}
        </Dialog>
    }
}
