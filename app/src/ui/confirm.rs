//! The question before something that cannot be taken back.

use super::{Button, Dialog, Kind};
use crate::i18n::{locale, td_string};
use leptos::prelude::*;

/// Asks, says what will happen, and does it on the verb.
#[component]
pub fn Confirm(
    open: RwSignal<bool>,
    #[prop(into)] title: String,
    /// What will happen, and what will not.
    #[prop(into)]
    body: String,
    /// The verb on the button.
    #[prop(into)]
    verb: String,
    #[prop(optional)] danger: bool,
    #[prop(into)] on_confirm: Callback<()>,
) -> impl IntoView {
    let t = locale();
    let label = title.clone();
    view! {
        <Dialog open class="dialog" label=label>
            <h2 class="text-lg">{title.clone()}</h2>
            <p>{body.clone()}</p>
            <div class="dialog-actions">
                <Button label=td_string!(t, common.cancel) on_press=move |()| open.set(false) />
                <Button
                    label=verb.clone()
                    kind=if danger { Kind::Danger } else { Kind::Main }
                    on_press=move |()| {
                        open.set(false);
                        on_confirm.run(());
                    }
                />
            </div>
        </Dialog>
    }
}
