//! A new member: login and the rest; the server makes the password, shown once.

use super::Directory;
use super::fields::{Fields, Values};
use crate::parts::NewSecret;
use app::api::member::{self, NewMember};
use app::i18n::{locale, td_string};
use app::ui::submission::Trouble;
use app::ui::{Button, Field, Kind, Submission};
use leptos::{ev, prelude::*};

#[component]
pub(super) fn NewMemberForm(close: Callback<()>) -> impl IntoView {
    let (t, directory, submission) = (locale(), expect_context::<Directory>(), Submission::new());
    let (login, values) = (RwSignal::new(String::new()), Values::new());
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let checked = values.seats().and_then(|seats| {
            NewMember {
                login: login.get_untracked(),
                name: values.name.get_untracked(),
                seats,
                groups: values.groups.get_untracked(),
                auth_groups: values.auth_groups.get_untracked(),
            }
            .checked()
        });
        match checked {
            Err(error) => submission.fail(error),
            Ok(new) => submission.run(member::create(new), move |created| {
                let name = created.member.name.clone();
                directory.renew(created.member);
                close.run(());
                directory.secret.set(Some(NewSecret {
                    name,
                    password: created.password,
                }));
            }),
        }
    };
    view! {
        <form class="contents" on:submit=submit novalidate>
            <div class="sheet-body">
                <Field
                    label=td_string!(t, admin.login)
                    name="login"
                    value=login
                    problem=submission.problem("login")
                    hint=td_string!(t, admin.login_hint)
                    focus=true
                />
                <Fields values submission />
                <Trouble submission />
            </div>
            <footer class="sheet-foot">
                <Button label=td_string!(t, common.cancel) on_press=close />
                <Button label=td_string!(t, admin.create) kind=Kind::Main busy=submission.busy() />
            </footer>
        </form>
    }
}
