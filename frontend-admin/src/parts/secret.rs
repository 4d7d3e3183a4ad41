//! Text to be carried elsewhere: a password shown once, a script tag.

use app::i18n::{locale, td_string};
use app::ui::{Button, Dialog, Icon, Kind, browser};
use leptos::prelude::*;

/// Text with a button that copies it.
#[component]
pub(crate) fn Copyable(#[prop(into)] text: String) -> impl IntoView {
    let t = locale();
    let (copied, copy) = (RwSignal::new(false), text.clone());
    let press = move |()| {
        browser::copy(&copy);
        copied.set(true);
    };
    view! {
        <div class="secret">
            <span>{text}</span>
            {move || {
                let label = if copied.get() { td_string!(t, common.copied) } else { td_string!(t, common.copy) };
                let icon = if copied.get() { Icon::Check } else { Icon::Copy };
                view! { <Button label icon icon_only=true small=true kind=Kind::Quiet on_press=press.clone() /> }
            }}
        </div>
    }
}

/// A new password and whose it is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NewSecret {
    pub(crate) name: String,
    pub(crate) password: String,
}

/// Shows a password this once; closing the dialog forgets it.
#[component]
pub(crate) fn Secret(secret: RwSignal<Option<NewSecret>>) -> impl IntoView {
    let t = locale();
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(secret.with(Option::is_some)));
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        if before == Some(true) && !now {
            secret.set(None);
        }
        now
    });
    view! {
        <Dialog open class="dialog" label=td_string!(t, login.password)>
            {move || {
                secret
                    .get()
                    .map(|secret| {
                        view! {
                            <h2 class="text-lg">{td_string!(t, admin.password_title, name = secret.name)}</h2>
                            <Copyable text=secret.password />
                            <p>{td_string!(t, admin.password_body)}</p>
                            <div class="dialog-actions">
                                <Button
                                    label=td_string!(t, common.done)
                                    kind=Kind::Main
                                    on_press=move |()| open.set(false)
                                />
                            </div>
                        }
                    })
            }}
        </Dialog>
    }
}
