//! The list of member groups.

use super::Teams;
use crate::page::{Page, Thing};
use crate::parts::{Names, address_of, group_name, move_between_rows, order_of_names};
use app::i18n::{locale, td_string};
use app::ui::names::member_name;
use app::ui::reactive::memo;
use app::ui::session::may;
use app::ui::{Avatar, Empty, Icon};
use domain::member::{Member, MemberGroup};
use domain::{GroupId, Rule};
use leptos::prelude::*;

/// Faces shown of a group's members; a number tells the rest.
const FACES_MAX: usize = 6;

#[component]
pub(super) fn Table(mut groups: Vec<MemberGroup>) -> impl IntoView {
    let (t, names) = (locale(), order_of_names(locale()));
    if groups.is_empty() {
        return view! {
            <Empty
                icon=Icon::UsersRound
                title=td_string!(t, admin.groups_empty)
                text=td_string!(t, admin.groups_empty_text)
            />
        }
        .into_any();
    }
    groups.sort_by(|one, other| names(&one.name, &other.name));
    view! {
        <table class="grid-table groups-table" on:keydown=move_between_rows>
            <thead>
                <tr>
                    <th>{td_string!(t, admin.site_name)}</th>
                    <th>{td_string!(t, admin.members)}</th>
                    <th>{td_string!(t, admin.seats)}</th>
                    {may(Rule::SiteView).then(|| view! { <th>{td_string!(t, admin.guests_from)}</th> })}
                </tr>
            </thead>
            <tbody>{groups.into_iter().map(|group| view! { <Row group /> }).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

#[component]
fn Row(group: MemberGroup) -> impl IntoView {
    let (t, teams, id) = (locale(), expect_context::<Teams>(), group.id);
    let (ids, known) = (group.members, may(Rule::MemberView));
    let members = memo(move || {
        let all = teams.members.ready().unwrap_or_default();
        all.into_iter()
            .filter(|member| ids.contains(&member.id))
            .collect::<Vec<_>>()
    });
    let seats = move || {
        let serving = members.get().into_iter().filter(|member| !member.disabled);
        serving.map(|member| member.seats).sum::<i32>()
    };
    view! {
        <tr>
            <td class="cell-thing">
                <a class="thing" href=address_of(Page::Groups, Some(Thing::Known(id.0)))>
                    <span class="thing-name">{group_name(id, &group.name)}</span>
                </a>
            </td>
            <td class="cell-faces">
                {move || (known && teams.members.is_ready()).then(|| view! { <Faces members=members.get() /> })}
            </td>
            <td class="cell-number figures">
                {move || match seats() {
                    _ if !known || !teams.members.is_ready() => ().into_any(),
                    0 => view! { <span class="tag tag-waiting">{td_string!(t, admin.group_unserved)}</span> }.into_any(),
                    seats => view! { {seats} " " <span class="phone-word">{td_string!(t, admin.seats_word)}</span> }.into_any(),
                }}
            </td>
            {may(Rule::SiteView).then(|| view! { <td class="cell-wide">{move || sites_of(teams, id)}</td> })}
        </tr>
    }
}

/// The sites that send their guests to the group.
fn sites_of(teams: Teams, id: GroupId) -> impl IntoView {
    let sites = teams.sites.ready().unwrap_or_default().into_iter();
    let names: Vec<_> = sites.filter(|site| site.group == id).map(|site| site.name).collect();
    view! { <Names names /> }
}

#[component]
fn Faces(members: Vec<Member>) -> impl IntoView {
    let t = locale();
    if members.is_empty() {
        return view! { <span class="text-quiet">{td_string!(t, admin.no_members)}</span> }.into_any();
    }
    let count = members.len();
    let all: Vec<_> = members
        .iter()
        .map(|member| member_name(&member.name, &member.login))
        .collect();
    let faces: Vec<_> = members
        .into_iter()
        .take(FACES_MAX)
        .map(|member| view! { <Avatar name=member.name seed=member.id.to_string() /> })
        .collect();
    view! {
        <span class="faces" data-tip=all.join(", ")>
            {faces}
        </span>
        <span class="faces-count figures">{count}</span>
    }
    .into_any()
}
