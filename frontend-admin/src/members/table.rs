//! The list of members.

use super::{Directory, actions::Actions};
use crate::page::Page;
use app::i18n::{locale, td_string, words};
use app::ui::seats::SeatRow;
use app::ui::{Avatar, Empty, Icon, Seats};
use domain::member::Member;
use leptos::prelude::*;

#[component]
pub(super) fn Table(members: Vec<Member>, wanted: RwSignal<String>) -> impl IntoView {
    let t = locale();
    let found = Memo::new(move |_| {
        let wanted = wanted.get().trim().to_lowercase();
        let fits = |member: &&Member| {
            member.name.to_lowercase().contains(&wanted) || member.login.to_lowercase().contains(&wanted)
        };
        members.iter().filter(fits).cloned().collect::<Vec<_>>()
    });
    move || {
        let found = found.get();
        if found.is_empty() {
            return view! { <Empty icon=Icon::Users title=td_string!(t, admin.members_empty) /> }.into_any();
        }
        view! {
            <table class="grid-table">
                <thead>
                    <tr>
                        <th>{td_string!(t, admin.name)}</th>
                        <th class="optional-column">{td_string!(t, admin.login)}</th>
                        <th>{td_string!(t, admin.seats)}</th>
                        <th class="optional-column">{td_string!(t, admin.member_groups)}</th>
                        <th class="optional-column">{td_string!(t, admin.auth_groups)}</th>
                        <th>
                            <span class="sr-only">{td_string!(t, admin.actions)}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>{found.into_iter().map(|member| view! { <Row member /> }).collect_view()}</tbody>
            </table>
        }
        .into_any()
    }
}

#[component]
fn Row(member: Member) -> impl IntoView {
    let (t, directory) = (locale(), expect_context::<Directory>());
    let seats = SeatRow {
        duty: member.duty,
        seats: member.seats,
        ..SeatRow::default()
    };
    let (groups, auth_groups) = (member.groups.clone(), member.auth_groups.clone());
    let group_tags = move || {
        let known = directory.groups.ready().unwrap_or_default();
        let mine = known.into_iter().filter(|group| groups.contains(&group.id));
        mine.map(|group| view! { <span class="tag">{group.name}</span> })
            .collect_view()
    };
    let auth_tags = move || {
        let known = directory.auth_groups.ready().unwrap_or_default();
        let mine = known.into_iter().filter(|group| auth_groups.contains(&group.id));
        mine.map(|group| view! { <span class="tag">{words::auth_group(t, &group.name)}</span> })
            .collect_view()
    };
    let off = member.disabled;
    let disabled = off.then(|| view! { <span class="tag tag-missed">{td_string!(t, admin.disabled)}</span> });
    view! {
        <tr class:row-off=off>
            <td>
                <a class="thing" href=format!("{}/{}", Page::Members.address(), member.id)>
                    <Avatar name=member.name.clone() seed=member.login.clone() />
                    {member.name.clone()}
                    {disabled}
                </a>
            </td>
            <td class="optional-column text-quiet">{member.login.clone()}</td>
            <td>
                <Seats row=Signal::stored(seats) />
            </td>
            <td class="optional-column">
                <span class="tags">{group_tags}</span>
            </td>
            <td class="optional-column">
                <span class="tags">{auth_tags}</span>
            </td>
            <td>
                <Actions member />
            </td>
        </tr>
    }
}
