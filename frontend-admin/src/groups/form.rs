//! A member group's name. Who is in it is said with each member.

use app::api::member_group::{self, checked_name};
use app::i18n::{locale, td_string};
use app::ui::session::may;
use app::ui::submission::Trouble;
use app::ui::toasts::use_toasts;
use app::ui::{Button, Field, Kind, Loader, Submission};
use domain::Rule;
use domain::member::MemberGroup;
use leptos::{ev, prelude::*};

/// Creates a group, or renames `group`.
#[component]
pub(super) fn GroupForm(
    group: Option<MemberGroup>,
    groups: Loader<Vec<MemberGroup>>,
    close: Callback<()>,
) -> impl IntoView {
    let (t, submission, toasts) = (locale(), Submission::new(), use_toasts());
    let id = group.as_ref().map(|group| group.id);
    let name = RwSignal::new(group.map(|group| group.name).unwrap_or_default());
    let done = move |group: MemberGroup| {
        groups.change(|groups| {
            groups.retain(|one| one.id != group.id);
            groups.push(group);
            groups.sort_by_key(|group| group.name.to_lowercase());
        });
        toasts.done(td_string!(t, common.saved));
        close.run(());
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        match (checked_name(&name.get_untracked()), id) {
            (Err(error), _) => submission.fail(error),
            (Ok(name), Some(id)) => submission.run(member_group::rename(id, name), done),
            (Ok(name), None) => submission.run(member_group::create(name), done),
        }
    };
    let verb = if id.is_some() {
        td_string!(t, admin.rename)
    } else {
        td_string!(t, admin.create)
    };
    let edit = may(Rule::GroupEdit);
    view! {
        <form class="contents" on:submit=submit novalidate>
            <fieldset class="sheet-body" disabled=!edit>
                <Field
                    label=td_string!(t, admin.name)
                    name="name"
                    value=name
                    problem=submission.problem("name")
                    hint=td_string!(t, admin.group_name_hint)
                    focus=true
                />
                <Trouble submission />
            </fieldset>
            <footer class="sheet-foot">
                <Button label=td_string!(t, common.cancel) on_press=close />
                {edit.then(|| view! { <Button label=verb kind=Kind::Main busy=submission.busy() /> })}
            </footer>
        </form>
    }
}
