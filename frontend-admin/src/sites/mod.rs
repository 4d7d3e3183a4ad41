//! Sites: where the script is embedded, and the code to embed it.

mod form;

use crate::page::Page;
use crate::parts::{PageFrame, ThingSheet};
use app::api::site::Site;
use app::api::{member_group, site};
use app::i18n::{locale, td_string};
use app::ui::{Empty, Icon, Loader};
use domain::SiteId;
use domain::member::MemberGroup;
use form::SiteForm;
use leptos::prelude::*;

#[component]
pub(crate) fn SitesPage() -> impl IntoView {
    let t = locale();
    let (sites, groups) = (Loader::new(site::list), Loader::new(member_group::list));
    let edit = move |id, close| {
        let site = sites.ready()?.into_iter().find(|site| site.id == SiteId(id))?;
        let groups = groups.ready()?;
        Some(view! { <SiteForm site sites groups close /> }.into_any())
    };
    view! {
        <PageFrame title=td_string!(t, admin.sites)>
            {sites.show(3, move |sites| view! { <Table sites groups /> })}
        </PageFrame>
        <ThingSheet page=Page::Sites title=td_string!(t, admin.edit_site) form=edit />
    }
}

#[component]
fn Table(sites: Vec<Site>, groups: Loader<Vec<MemberGroup>>) -> impl IntoView {
    let t = locale();
    if sites.is_empty() {
        return view! { <Empty icon=Icon::Globe title=td_string!(t, admin.sites_empty) /> }.into_any();
    }
    let row = move |site: Site| {
        let group = site.group;
        let group_name = move || {
            let known = groups.ready().unwrap_or_default();
            known.into_iter().find(|one| one.id == group).map(|one| one.name)
        };
        let none = site
            .allowed_origins
            .is_empty()
            .then(|| view! { <span class="tag tag-waiting">{td_string!(t, admin.no_origins)}</span> });
        let origins: Vec<_> = site
            .allowed_origins
            .into_iter()
            .map(|origin| view! { <span class="tag">{origin}</span> })
            .collect();
        view! {
            <tr>
                <td>
                    <a class="thing" href=format!("{}/{}", Page::Sites.address(), site.id)>
                        {site.name}
                    </a>
                </td>
                <td class="optional-column text-quiet">{site.key}</td>
                <td>
                    <span class="tags">{none} {origins}</span>
                </td>
                <td class="optional-column">{group_name}</td>
            </tr>
        }
    };
    view! {
        <table class="grid-table">
            <thead>
                <tr>
                    <th>{td_string!(t, admin.site_name)}</th>
                    <th class="optional-column">{td_string!(t, admin.site_key)}</th>
                    <th>{td_string!(t, admin.origins)}</th>
                    <th class="optional-column">{td_string!(t, admin.site_group)}</th>
                </tr>
            </thead>
            <tbody>{sites.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}
