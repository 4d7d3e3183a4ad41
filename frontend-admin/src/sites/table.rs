//! The list of sites.

use super::Places;
use crate::page::{Page, Thing};
use crate::parts::{Names, address_of, move_between_rows, order_of_names};
use app::api::site::Site;
use app::i18n::{locale, td_string};
use app::ui::names::name_or;
use app::ui::{CopyButton, Empty, Icon};
use leptos::prelude::*;

#[component]
pub(super) fn Table(mut sites: Vec<Site>) -> impl IntoView {
    let (t, names) = (locale(), order_of_names(locale()));
    if sites.is_empty() {
        return view! {
            <Empty icon=Icon::Globe title=td_string!(t, admin.sites_empty) text=td_string!(t, admin.sites_empty_text) />
        }
        .into_any();
    }
    sites.sort_by(|one, other| names(&one.name, &other.name));
    view! {
        <table class="grid-table sites-table" on:keydown=move_between_rows>
            <thead>
                <tr>
                    <th>{td_string!(t, admin.site_name)}</th>
                    <th>{td_string!(t, admin.origins)}</th>
                    <th>{td_string!(t, admin.site_group)}</th>
                    <th>{td_string!(t, admin.embed)}</th>
                </tr>
            </thead>
            <tbody>{sites.into_iter().map(|site| view! { <Row site /> }).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

#[component]
fn Row(site: Site) -> impl IntoView {
    let (t, places, group) = (locale(), expect_context::<Places>(), site.group);
    let origins = if site.allowed_origins.is_empty() {
        view! { <span class="tag tag-waiting">{td_string!(t, admin.no_origins)}</span> }.into_any()
    } else {
        view! { <Names names=site.allowed_origins /> }.into_any()
    };
    view! {
        <tr>
            <td class="cell-thing">
                <a class="thing" href=address_of(Page::Sites, Some(Thing::Known(site.id.0)))>
                    <span class="thing-name">{name_or(&site.name, || site.key.clone())}</span>
                </a>
            </td>
            <td class="cell-origins">{origins}</td>
            <td class="cell-wide">
                {move || view! { <Names names=places.group_name(group).into_iter().collect() /> }}
            </td>
            <td class="cell-key">
                <code>{site.key}</code>
                <CopyButton text=site.embed label=td_string!(t, admin.copy_embed) />
            </td>
        </tr>
    }
}
