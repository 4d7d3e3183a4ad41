//! The native dialog: it traps the focus, closes on Escape and gives the focus back, without our doing.

use leptos::{ev, html, prelude::*};

/// A modal `<dialog>`; its content exists while it is open, so it starts afresh each time.
#[component]
pub fn Dialog(
    open: RwSignal<bool>,
    /// `dialog` in the middle or `sheet` at the side.
    class: &'static str,
    #[prop(into)] label: String,
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        if !open.get() {
            dialog.close();
        } else if !dialog.open() {
            drop(dialog.show_modal());
        }
    });
    view! {
        <dialog node_ref=node class=class aria-label=label on:close=move |_: ev::Event| open.set(false)>
            {move || open.get().then(|| children())}
        </dialog>
    }
}
