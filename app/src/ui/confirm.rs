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
    /// The word on the other button, if "Cancel" does not say what stays as it is.
    #[prop(optional, into)]
    keep: Option<String>,
    /// Takes something away: then the other button has the focus, and Enter does no harm.
    #[prop(optional)]
    danger: bool,
    #[prop(into)] on_confirm: Callback<()>,
) -> impl IntoView {
    let t = locale();
    let label = title.clone();
    let keep = keep.unwrap_or_else(|| td_string!(t, common.cancel).to_owned());
    view! {
        <Dialog open class="dialog" label=label>
            <h2 class="text-lg">{title.clone()}</h2>
            <p>{body.clone()}</p>
            <div class="dialog-actions">
                <Button label=keep.clone() autofocus=danger on_press=move |()| open.set(false) />
                <Button
                    label=verb.clone()
                    kind=if danger { Kind::Danger } else { Kind::Main }
                    autofocus=!danger
                    on_press=move |()| {
                        open.set(false);
                        on_confirm.run(());
                    }
                />
            </div>
        </Dialog>
    }
}
