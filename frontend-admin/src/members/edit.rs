//! A member's name, seats, groups and rights.

use super::directory::Directory;
use super::fields::{Fields, Values};
use crate::parts::{FormFoot, FormSheet, Outdated};
use app::api::{ApiError, ErrorCode, member};
use app::i18n::{locale, td_string};
use app::ui::names::{member_name, tame};
use app::ui::session::{may, use_me};
use app::ui::submission::Trouble;
use app::ui::toasts::use_toasts;
use app::ui::{Avatar, Icon, Submission, TimeAgo};
use domain::Rule;
use domain::member::Member;
use leptos::{ev, prelude::*};

#[component]
pub(super) fn EditMember(member: Member) -> impl IntoView {
    let (shown, directory) = (RwSignal::new(member), expect_context::<Directory>());
    let load = Callback::new(move |error: ApiError| {
        if let Some(member) = error.current_as::<Member>() {
            directory.renew(member.clone());
            shown.set(member);
        }
    });
    move || view! { <Form member=shown.get() load /> }
}

#[component]
fn Form(member: Member, load: Callback<ApiError>) -> impl IntoView {
    let (t, directory, submission, toasts) = (locale(), expect_context::<Directory>(), Submission::new(), use_toasts());
    let (id, version, values, sheet) = (member.id, member.version, Values::of(&member), FormSheet::here());
    // The server refuses both; what cannot be saved is not offered.
    let held = directory
        .rules(&member.auth_groups)
        .iter()
        .all(|rule| use_me().may(*rule));
    let edit = may(Rule::MemberEdit) && held;
    let before = untrack(|| values.snapshot());
    sheet.guard(move || values.snapshot() != before);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        match values.change().and_then(member::MemberChange::checked) {
            Err(error) => submission.fail(error),
            Ok(change) => submission.run(member::update(id, version, change), move |member| {
                toasts.done(td_string!(
                    t,
                    admin.member_saved,
                    name = member_name(&member.name, &member.login)
                ));
                sheet.saved();
                directory.renew(member);
            }),
        }
    };
    let more = may(Rule::MemberEdit) && !held;
    view! {
        <form class="contents" on:submit=submit novalidate>
            <fieldset class="sheet-body" disabled=!edit>
                <div class="sheet-who">
                    <Avatar name=member.name.clone() seed=member.id.to_string() />
                    <span class="grid">
                        <b class="truncate">{tame(&member.login)}</b>
                        <span class="field-hint">{td_string!(t, admin.added)} " " <TimeAgo at=member.created_at /></span>
                    </span>
                    {member.disabled.then(|| view! { <span class="tag tag-missed">{td_string!(t, admin.disabled)}</span> })}
                </div>
                {more
                    .then(|| {
                        view! {
                            <p class="advice">
                                {Icon::LockKeyhole.view()} <span>{td_string!(t, admin.member_above_me)}</span>
                            </p>
                        }
                    })}
                <Fields values submission />
                <Outdated submission load />
                <Trouble submission says=(ErrorCode::Conflict, td_string!(t, admin.last_editor)) />
            </fieldset>
            <FormFoot verb=td_string!(t, common.save) submission edit />
        </form>
    }
}
