//! A site's name, where it may be embedded, whom its guests go to, and the code.

use crate::parts::Copyable;
use app::api::site::{self, Site, SiteChange};
use app::i18n::{locale, td_string};
use app::ui::field::note;
use app::ui::session::may;
use app::ui::submission::Trouble;
use app::ui::toasts::use_toasts;
use app::ui::{Button, Field, Kind, Loader, Submission};
use domain::member::MemberGroup;
use domain::{GroupId, Rule};
use leptos::{ev, prelude::*};

#[component]
pub(super) fn SiteForm(
    site: Site,
    sites: Loader<Vec<Site>>,
    groups: Vec<MemberGroup>,
    close: Callback<()>,
) -> impl IntoView {
    let (t, submission, toasts, edit) = (locale(), Submission::new(), use_toasts(), may(Rule::SiteEdit));
    let (id, name) = (site.id, RwSignal::new(site.name));
    let origins = RwSignal::new(site.allowed_origins.join("\n"));
    let group = RwSignal::new(site.group);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let lines = origins.get_untracked();
        let change = SiteChange {
            name: name.get_untracked(),
            allowed_origins: lines
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .map(Into::into)
                .collect(),
            group: group.get_untracked(),
        };
        match change.checked() {
            Err(error) => submission.fail(error),
            Ok(change) => submission.run(site::update(id, change), move |site| {
                sites.change(|sites| {
                    if let Some(before) = sites.iter_mut().find(|one| one.id == site.id) {
                        *before = site;
                    }
                });
                toasts.done(td_string!(t, common.saved));
                close.run(());
            }),
        }
    };
    view! {
        <form class="contents" on:submit=submit novalidate>
            <fieldset class="sheet-body" disabled=!edit>
                <div class="field">
                    <span class="field-label">{td_string!(t, admin.embed)}</span>
                    <Copyable text=site.embed />
                    <span class="field-hint">{td_string!(t, admin.embed_text)}</span>
                </div>
                <Field label=td_string!(t, admin.site_name) name="name" value=name problem=submission.problem("name") />
                <Origins value=origins problem=submission.problem("allowed_origins") />
                <GroupChoice groups chosen=group />
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

#[component]
fn Origins(value: RwSignal<String>, problem: Signal<Option<String>>) -> impl IntoView {
    let t = locale();
    view! {
        <div class="field">
            <label for="field-origins">{td_string!(t, admin.origins)}</label>
            <textarea
                id="field-origins"
                class="textarea"
                rows="4"
                spellcheck="false"
                aria-invalid=move || problem.get().is_some().to_string()
                aria-describedby="field-origins-note"
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            ></textarea>
            <div id="field-origins-note">
                {move || note(problem.get(), Some(td_string!(t, admin.origins_hint).to_owned()))}
            </div>
        </div>
    }
}

#[component]
fn GroupChoice(groups: Vec<MemberGroup>, chosen: RwSignal<GroupId>) -> impl IntoView {
    let t = locale();
    let choose = move |event: ev::Event| {
        if let Ok(id) = event_target_value(&event).parse() {
            chosen.set(GroupId(id));
        }
    };
    let option = move |group: MemberGroup| {
        let id = group.id;
        view! {
            <option value=id.to_string() selected=move || chosen.get() == id>
                {group.name}
            </option>
        }
    };
    view! {
        <div class="field">
            <label for="field-group">{td_string!(t, admin.site_group)}</label>
            <select id="field-group" class="select" on:change=choose>
                {groups.into_iter().map(option).collect_view()}
            </select>
        </div>
    }
}
