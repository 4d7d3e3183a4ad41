//! The account menu: who I am, language, theme, password, log out.

use super::float::Beside;
use super::language_switch::LanguageSwitch;
use super::names::{member_name, tame};
use super::session::{use_me, use_session};
use super::submission::Trouble;
use super::theme::ThemeSwitch;
use super::toasts::use_toasts;
use super::{Avatar, Button, Dialog, Icon, Kind, Menu, MenuItem, MenuRule, PasswordField, Submission};
use crate::api::session::{PASSWORD_CHARS_MIN, change_password, check_password};
use crate::i18n::{Language, locale, td_string, words};
use leptos::task::spawn_local;
use leptos::{ev, prelude::*};

/// The menu behind one's own avatar.
#[component]
pub fn AccountMenu(
    /// With the name beside the avatar, for a column that is wide enough.
    #[prop(optional)]
    named: bool,
    /// Where the menu drops to.
    #[prop(default = Beside::BESIDE_RAIL)]
    beside: Beside,
) -> impl IntoView {
    let (t, me) = (locale(), use_me());
    // Choosing a language in this menu builds it anew: it stays open.
    let open = RwSignal::new(expect_context::<Language>().is_chosen_in_menu());
    let changing = RwSignal::new(false);
    let (id, name, login) = (me.id, member_name(&me.name, &me.login), StoredValue::new(me.login));
    let name = StoredValue::new(name);
    let trigger = move || {
        view! {
            <Avatar name=name.get_value() seed=id.to_string() />
            {named.then(|| view! { <span class="truncate">{name.get_value()}</span> })}
        }
    };
    let class = if named {
        "account-trigger account-named"
    } else {
        "account-trigger"
    };
    let label = if named {
        td_string!(t, account.label_named, name = name.get_value())
    } else {
        td_string!(t, account.label).to_owned()
    };
    view! {
        <Menu label trigger open class icon_only=!named beside>
            <div class="popup-head">
                <b>{name.get_value()}</b>
                <span class="popup-hint">{tame(&login.get_value())}</span>
            </div>
            <MenuRule />
            <div class="popup-switches">
                <LanguageSwitch />
                <ThemeSwitch />
            </div>
            <MenuRule />
            <MenuItem
                label=td_string!(t, account.change_password)
                icon=Icon::KeyRound
                on_press=move |()| changing.set(true)
            />
            <MenuItem label=td_string!(t, account.log_out) icon=Icon::LogOut on_press=log_out() />
        </Menu>
        <Dialog open=changing class="dialog" label=td_string!(t, account.change_password)>
            <PasswordForm open=changing />
        </Dialog>
    }
}

/// Logs out, or says why that did not work.
pub fn log_out() -> Callback<()> {
    let (t, session, toasts) = (locale(), use_session(), use_toasts());
    Callback::new(move |()| {
        spawn_local(async move {
            if let Err(error) = session.log_out().await {
                toasts.problem(words::error(t, &error));
            }
        });
    })
}

#[component]
fn PasswordForm(open: RwSignal<bool>) -> impl IntoView {
    let (t, submission, toasts) = (locale(), Submission::new(), use_toasts());
    let (current, new) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let (current, new) = (current.get_untracked(), new.get_untracked());
        if let Err(error) = check_password("new", &new) {
            submission.fail(error);
            return;
        }
        submission.run(change_password(current, new), move |()| {
            open.set(false);
            toasts.done(td_string!(t, account.password_changed));
        });
    };
    view! {
        <form class="grid gap-4" on:submit=submit novalidate>
            <h2 class="text-lg">{td_string!(t, account.change_password)}</h2>
            <PasswordField
                label=td_string!(t, account.current_password)
                name="current"
                value=current
                problem=submission.problem("current")
                autocomplete="current-password"
                focus=true
            />
            <PasswordField
                label=td_string!(t, account.new_password)
                name="new"
                value=new
                problem=submission.problem("new")
                hint=td_string!(t, account.new_password_hint, n = PASSWORD_CHARS_MIN)
                autocomplete="new-password"
            />
            <Trouble submission />
            <div class="dialog-actions">
                <Button label=td_string!(t, common.cancel) on_press=move |()| open.set(false) />
                <Button label=td_string!(t, account.change) kind=Kind::Main busy=submission.busy() />
            </div>
        </form>
    }
}
