//! A password shown once. Nothing but its button closes the dialog: what is gone is gone.

use app::i18n::{locale, td_string};
use app::ui::names::{member_name, tame};
use app::ui::reactive::effect;
use app::ui::{Button, Copyable, Dialog, Kind};
use leptos::prelude::*;

/// A new password and whose it is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NewSecret {
    pub(crate) name: String,
    pub(crate) login: String,
    pub(crate) password: String,
}

/// Shows a password this once; closing the dialog forgets it.
#[component]
pub(crate) fn Secret(secret: RwSignal<Option<NewSecret>>) -> impl IntoView {
    let t = locale();
    let open = RwSignal::new(false);
    effect(move || open.set(secret.with(Option::is_some)));
    view! {
        <Dialog open class="dialog" label=td_string!(t, login.password) may_close=|()| false>
            {move || {
                secret
                    .get()
                    .map(|secret| {
                        view! {
                            <h2 class="text-lg">{td_string!(t, admin.password_title, name = member_name(&secret.name, &secret.login))}</h2>
                            <dl class="facts">
                                <dt>{td_string!(t, admin.login)}</dt>
                                <dd>{tame(&secret.login)}</dd>
                            </dl>
                            <Copyable text=secret.password />
                            <p>{td_string!(t, admin.password_body)}</p>
                        }
                    })
            }} <div class="dialog-actions">
                <Button label=td_string!(t, admin.noted) kind=Kind::Main on_press=move |()| secret.set(None) />
            </div>
        </Dialog>
    }
}
