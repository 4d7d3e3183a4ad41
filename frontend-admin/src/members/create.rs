//! A new member: login and the rest; the server makes the password, shown once.

use super::directory::Directory;
use super::fields::{Fields, Values};
use crate::parts::{FormFoot, FormSheet, NewSecret};
use app::api::member::{self, NewMember};
use app::i18n::{locale, td_string};
use app::ui::submission::Trouble;
use app::ui::{Field, Submission};
use leptos::{ev, prelude::*};

#[component]
pub(super) fn NewMemberForm() -> impl IntoView {
    let (t, directory, submission) = (locale(), expect_context::<Directory>(), Submission::new());
    let (login, values, sheet) = (RwSignal::new(String::new()), Values::new(directory), FormSheet::here());
    let before = untrack(|| values.snapshot());
    sheet.guard(move || !login.with(String::is_empty) || values.snapshot() != before);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let checked = values.change().and_then(|change| {
            NewMember {
                login: login.get_untracked(),
                name: change.name,
                seats: change.seats,
                groups: change.groups,
                auth_groups: change.auth_groups,
            }
            .checked()
        });
        match checked {
            Err(error) => submission.fail(error),
            Ok(new) => submission.run(member::create(new), move |created| {
                let secret = NewSecret {
                    name: created.member.name.clone(),
                    login: created.member.login.clone(),
                    password: created.password,
                };
                sheet.saved();
                directory.renew(created.member);
                directory.secret.set(Some(secret));
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
            <FormFoot verb=td_string!(t, admin.create) submission edit=true />
        </form>
    }
}
