//! A site's name, where it may be embedded, whom its guests go to, and the code.

use super::Places;
use super::embed::Embed;
use super::origins::{Origins, OriginsField};
use crate::page::{Page, Thing};
use crate::parts::{FormFoot, FormSheet, Outdated, group_name, use_open};
use app::api::ApiError;
use app::api::site::{self, Site, SiteChange};
use app::i18n::{locale, td_string};
use app::ui::field::Labelled;
use app::ui::names::isolated;
use app::ui::session::may;
use app::ui::submission::Trouble;
use app::ui::toasts::use_toasts;
use app::ui::{Field, Submission};
use domain::{GroupId, Rule};
use leptos::{ev, prelude::*};

/// Creates a site, or changes `site`.
#[component]
pub(super) fn SiteForm(site: Option<Site>) -> impl IntoView {
    let (shown, places) = (RwSignal::new(site), expect_context::<Places>());
    let load = Callback::new(move |error: ApiError| {
        if let Some(site) = error.current_as::<Site>() {
            places.renew(site.clone());
            shown.set(Some(site));
        }
    });
    move || view! { <Form site=shown.get() load /> }
}

#[component]
fn Form(site: Option<Site>, load: Callback<ApiError>) -> impl IntoView {
    let (t, places, submission, toasts) = (locale(), expect_context::<Places>(), Submission::new(), use_toasts());
    let (sheet, edit, open) = (FormSheet::here(), may(Rule::SiteEdit), use_open(Page::Sites));
    let known = site.as_ref().map(|site| (site.id, site.version));
    let before = site.clone().map(|site| (site.name, site.allowed_origins, site.group));
    let before = before.unwrap_or_else(|| (String::new(), Vec::new(), first_group(places)));
    let (name, origins) = (RwSignal::new(before.0.clone()), Origins::of(before.1.clone()));
    let group = RwSignal::new(before.2);
    sheet.guard(move || (name.get(), origins.texts(), group.get()) != before);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let change = SiteChange {
            name: name.get_untracked(),
            allowed_origins: untrack(|| origins.texts()),
            group: group.get_untracked(),
        };
        let good = origins.check();
        match (change.checked(), known) {
            (Err(mut error), _) => {
                if !good {
                    // Said beside each that is wrong.
                    error.fields.remove("allowed_origins");
                }
                if !error.fields.is_empty() {
                    submission.fail(error);
                }
            }
            (Ok(_), _) if !good => {}
            (Ok(change), Some((id, version))) => submission.run(site::update(id, version, change), move |site| {
                toasts.done(td_string!(t, admin.site_saved, name = isolated(&site.name)));
                sheet.saved();
                places.renew(site);
            }),
            // The code to embed it is what comes next.
            (Ok(site), None) => submission.run(site::create(site), move |site| {
                toasts.done(td_string!(t, admin.site_saved, name = isolated(&site.name)));
                let thing = Thing::Known(site.id.0);
                places.renew(site);
                sheet.saved();
                open.run(Some(thing));
            }),
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
                {site.map(|site| view! { <Embed site /> })}
                <Field
                    label=td_string!(t, admin.site_name)
                    name="name"
                    value=name
                    problem=submission.problem("name")
                    hint=td_string!(t, admin.site_name_hint)
                    focus=known.is_none()
                />
                <OriginsField origins problem=submission.problem("allowed_origins") />
                {may(Rule::GroupView)
                    .then(|| view! { <GroupChoice chosen=group problem=submission.problem("group") /> })}
                <Outdated submission load />
                <Trouble submission />
            </fieldset>
            <FormFoot verb submission edit />
        </form>
    }
}

/// Where a new site's guests go unless another group is chosen.
fn first_group(places: Places) -> GroupId {
    let groups = untrack(|| places.groups.ready().unwrap_or_default());
    groups.iter().map(|group| group.id).min().unwrap_or(GroupId(0))
}

#[component]
fn GroupChoice(chosen: RwSignal<GroupId>, #[prop(into)] problem: Signal<Option<String>>) -> impl IntoView {
    let (t, places) = (locale(), expect_context::<Places>());
    let groups = untrack(|| places.groups.ready().unwrap_or_default());
    let choose = move |event: ev::Event| {
        if let Ok(id) = event_target_value(&event).parse() {
            chosen.set(GroupId(id));
        }
    };
    let options: Vec<_> = groups
        .into_iter()
        .map(|group| {
            let id = group.id;
            view! {
                <option value=id.to_string() selected=move || chosen.get() == id>
                    {group_name(id, &group.name)}
                </option>
            }
        })
        .collect();
    view! {
        <Labelled label=td_string!(t, admin.site_group) hint=td_string!(t, admin.site_group_hint) problem let:ids>
            <select
                id=ids.control
                class="select"
                aria-invalid=move || problem.get().is_some().to_string()
                aria-describedby=ids.note
                on:change=choose
            >
                {options}
            </select>
        </Labelled>
    }
}
