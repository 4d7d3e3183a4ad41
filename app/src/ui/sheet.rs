//! The side sheet: for editing with the list in sight. Changes that are not saved are not thrown away unasked.

use super::{Button, Confirm, Dialog, Icon, Kind};
use crate::i18n::{locale, td_string};
use crate::ui::reactive::effect;
use leptos::{ev, prelude::*};

/// The sheet that a form is in; a context of its content.
#[derive(Clone, Copy, Debug)]
pub struct InSheet {
    open: RwSignal<bool>,
    dirty: Signal<bool>,
    asking: RwSignal<bool>,
}

impl InSheet {
    /// Closes the sheet, after a question if there are changes that are not saved. For "Cancel".
    pub fn leave(self) {
        _ = self.left();
    }

    /// Closes the sheet. For what has been saved.
    pub fn close(self) {
        self.open.set(false);
    }

    /// Whether it may be closed now; if not, the question has been asked.
    fn left(self) -> bool {
        let dirty = self.dirty.get_untracked();
        if dirty {
            self.asking.set(true);
        } else {
            self.close();
        }
        !dirty
    }
}

pub fn use_sheet() -> InSheet {
    expect_context()
}

/// A sheet at the right edge. The content brings its own `.sheet-body` and `.sheet-foot`, most often as a form, and finds
/// [`InSheet`] as a context.
#[component]
pub fn Sheet(
    open: RwSignal<bool>,
    #[prop(into)] title: String,
    /// There are changes that closing would lose.
    #[prop(optional, into)]
    dirty: Signal<bool>,
    children: ChildrenFn,
) -> impl IntoView {
    let t = locale();
    let sheet = InSheet {
        open,
        dirty,
        asking: RwSignal::new(false),
    };
    effect(move || {
        if open.get() && dirty.get() {
            let leaving = window_event_listener(ev::beforeunload, |event| event.prevent_default());
            on_cleanup(move || leaving.remove());
        }
    });
    let label = title.clone();
    view! {
        <Dialog open class="sheet" label=label may_close=move |()| sheet.left()>
            {
                provide_context(sheet);
                view! {
                    <header class="sheet-head">
                        <h2 class="text-lg grow truncate">{title.clone()}</h2>
                        <Button
                            label=td_string!(t, common.close)
                            icon=Icon::X
                            icon_only=true
                            kind=Kind::Quiet
                            on_press=move |()| sheet.leave()
                        />
                    </header>
                    {children()}
                }
            }
        </Dialog>
        <Confirm
            open=sheet.asking
            title=td_string!(t, sheet.discard_title)
            body=td_string!(t, sheet.discard_body)
            verb=td_string!(t, sheet.discard_verb)
            keep=td_string!(t, sheet.keep)
            danger=true
            on_confirm=move |()| sheet.close()
        />
    }
}
