//! A member group's name, and who is in it.

use super::Teams;
use super::picker::MemberPicker;
use crate::parts::{FormFoot, FormSheet, Outdated};
use app::api::ApiError;
use app::api::member_group::{self, GroupChange};
use app::i18n::{locale, td_string};
use app::ui::names::isolated;
use app::ui::session::may;
use app::ui::submission::Trouble;
use app::ui::toasts::use_toasts;
use app::ui::{Field, Submission};
use domain::Rule;
use domain::member::MemberGroup;
use leptos::{ev, prelude::*};

/// Creates a group, or changes `group`.
#[component]
pub(super) fn GroupForm(group: Option<MemberGroup>) -> impl IntoView {
    let (shown, teams) = (RwSignal::new(group), expect_context::<Teams>());
    let load = Callback::new(move |error: ApiError| {
        if let Some(group) = error.current_as::<MemberGroup>() {
            teams.renew(group.clone());
            shown.set(Some(group));
        }
    });
    move || view! { <Form group=shown.get() load /> }
}

#[component]
fn Form(group: Option<MemberGroup>, load: Callback<ApiError>) -> impl IntoView {
    let (t, teams, submission, toasts) = (locale(), expect_context::<Teams>(), Submission::new(), use_toasts());
    let (sheet, edit) = (FormSheet::here(), may(Rule::GroupEdit));
    let known = group.as_ref().map(|group| (group.id, group.version));
    let (name, members) = group.map(|group| (group.name, group.members)).unwrap_or_default();
    let before = (name.clone(), sorted(members.clone()));
    let (name, members) = (RwSignal::new(name), RwSignal::new(members));
    sheet.guard(move || (name.get(), sorted(members.get())) != before);
    let done = move |group: MemberGroup| {
        toasts.done(td_string!(t, admin.group_saved, name = isolated(&group.name)));
        sheet.saved();
        teams.renew(group);
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let change = GroupChange {
            name: name.get_untracked(),
            members: members.get_untracked(),
        };
        match (change.checked(), known) {
            (Err(error), _) => submission.fail(error),
            (Ok(change), Some((id, version))) => submission.run(member_group::update(id, version, change), done),
            (Ok(group), None) => submission.run(member_group::create(group), done),
        }
    };
    let verb = if known.is_some() {
        td_string!(t, common.save)
    } else {
        td_string!(t, admin.create)
    };
    view! {
        <form class="contents" on:submit=submit novalidate>
            <fieldset class="sheet-body" disabled=!edit>
                <Field
                    label=td_string!(t, admin.site_name)
                    name="name"
                    value=name
                    problem=submission.problem("name")
                    hint=td_string!(t, admin.group_name_hint)
                    focus=known.is_none()
                />
                // Without the right to see members, those in the group stay in it.
                {may(Rule::MemberView)
                    .then(|| view! { <MemberPicker chosen=members problem=submission.problem("members") /> })}
                <Outdated submission load />
                <Trouble submission />
            </fieldset>
            <FormFoot verb submission edit />
        </form>
    }
}

fn sorted<T: Ord>(mut ids: Vec<T>) -> Vec<T> {
    ids.sort();
    ids
}
