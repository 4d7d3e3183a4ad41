//! A member's name, seats, groups and rights.

use super::Directory;
use super::fields::{Fields, Values};
use app::api::member::{self, MemberChange};
use app::i18n::{locale, td_string};
use app::ui::session::may;
use app::ui::submission::Trouble;
use app::ui::toasts::use_toasts;
use app::ui::{Avatar, Button, Kind, Submission};
use domain::Rule;
use domain::member::Member;
use leptos::{ev, prelude::*};

#[component]
pub(super) fn EditMember(member: Member, close: Callback<()>) -> impl IntoView {
    let (t, directory, submission, toasts) = (locale(), expect_context::<Directory>(), Submission::new(), use_toasts());
    let (id, values, edit) = (member.id, Values::of(&member), may(Rule::MemberEdit));
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let checked = values.seats().and_then(|seats| {
            MemberChange {
                name: values.name.get_untracked(),
                seats,
                groups: values.groups.get_untracked(),
                auth_groups: values.auth_groups.get_untracked(),
            }
            .checked()
        });
        match checked {
            Err(error) => submission.fail(error),
            Ok(change) => submission.run(member::update(id, change), move |member| {
                directory.renew(member);
                toasts.done(td_string!(t, common.saved));
                close.run(());
            }),
        }
    };
    view! {
        <form class="contents" on:submit=submit novalidate>
            <fieldset class="sheet-body" disabled=!edit>
                <div class="flex items-center gap-3">
                    <Avatar name=member.name.clone() seed=member.login.clone() />
                    <span class="text-quiet">{member.login}</span>
                </div>
                <Fields values submission />
                <Trouble submission />
            </fieldset>
            <footer class="sheet-foot">
                <Button label=td_string!(t, common.cancel) on_press=close />
                {edit
                    .then(|| {
                        view! { <Button label=td_string!(t, common.save) kind=Kind::Main busy=submission.busy() /> }
                    })}
            </footer>
        </form>
    }
}
