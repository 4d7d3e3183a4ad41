//! The account menu: who I am, language, theme, password, log out.

use super::language_switch::LanguageSwitch;
use super::session::{use_me, use_session};
use super::submission::Trouble;
use super::theme::ThemeSwitch;
use super::toasts::use_toasts;
use super::{Avatar, Button, Dialog, Field, Icon, Kind, Menu, MenuItem, Submission};
use crate::api::session::{PASSWORD_CHARS_MIN, change_password, check_password};
use crate::i18n::{locale, td_string, words};
use leptos::task::spawn_local;
use leptos::{ev, prelude::*};

/// The menu behind one's own avatar.
#[component]
pub fn AccountMenu() -> impl IntoView {
    let (t, me, session, toasts) = (locale(), use_me(), use_session(), use_toasts());
    let (open, changing) = (RwSignal::new(false), RwSignal::new(false));
    let log_out = move |()| {
        open.set(false);
        spawn_local(async move {
            if let Err(error) = session.log_out().await {
                toasts.problem(words::error(t, &error));
            }
        });
    };
    let (name, login, seed) = (me.name.clone(), me.login.clone(), me.login);
    let trigger = move || view! { <Avatar name=name.clone() seed=seed.clone() /> };
    let name = me.name;
    view! {
        <Menu label=td_string!(t, account.label) trigger=trigger.into() open bare=true from_right=true>
            <div class="px-2 py-1.5 grid">
                <b class="truncate">{name.clone()}</b>
                <span class="text-xs text-quiet truncate">{login.clone()}</span>
            </div>
            <div class="popup-rule"></div>
            <div class="px-2 py-1 grid gap-2"><LanguageSwitch /> <ThemeSwitch /></div>
            <div class="popup-rule"></div>
            <MenuItem
                label=td_string!(t, account.change_password)
                icon=Icon::KeyRound
                on_press=move |()| {
                    open.set(false);
                    changing.set(true);
                }
            />
            <MenuItem label=td_string!(t, account.log_out) icon=Icon::LogOut on_press=log_out />
        </Menu>
        <Dialog open=changing class="dialog" label=td_string!(t, account.change_password)>
            <PasswordForm open=changing />
        </Dialog>
    }
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
        <form class="grid gap-4" on:submit=submit>
            <h2 class="text-lg">{td_string!(t, account.change_password)}</h2>
            <Field
                label=td_string!(t, account.current_password)
                name="current"
                value=current
                problem=submission.problem("current")
                kind="password"
                autocomplete="current-password"
                focus=true
            />
            <Field
                label=td_string!(t, account.new_password)
                name="new"
                value=new
                problem=submission.problem("new")
                hint=td_string!(t, account.new_password_hint, n = PASSWORD_CHARS_MIN)
                kind="password"
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
