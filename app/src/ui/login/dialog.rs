//! The log-in over what was on screen when the session ended. It cannot be closed: there is nothing to do behind it.

use super::Credentials;
use super::form::LoginForm;
use crate::i18n::{locale, td_string};
use crate::ui::Dialog;
use crate::ui::names::member_name;
use domain::member::Me;
use leptos::prelude::*;

#[component]
pub fn LoginDialog(
    /// Whose session is over.
    me: Me,
    credentials: Credentials,
) -> impl IntoView {
    let t = locale();
    let name = StoredValue::new(member_name(&me.name, &me.login));
    credentials.login.set(me.login);
    view! {
        <Dialog
            open=RwSignal::new(true)
            class="dialog"
            label=td_string!(t, login.ended_title)
            may_close=|()| false
        >
            <h2 class="text-lg">{td_string!(t, login.ended_title)}</h2>
            <p>{td_string!(t, login.ended, name = name.get_value())}</p>
            <LoginForm credentials known=true />
        </Dialog>
    }
}
