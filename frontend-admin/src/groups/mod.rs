//! Member groups: the teams that guests are routed to, and who is in them.

mod form;

use crate::page::Page;
use crate::parts::{PageFrame, ThingSheet};
use app::api::{member, member_group};
use app::i18n::{locale, td_string};
use app::ui::session::may;
use app::ui::{Button, Empty, Icon, Kind, Loader, Sheet};
use domain::member::{Member, MemberGroup};
use domain::{GroupId, Rule};
use form::GroupForm;
use leptos::prelude::*;

/// Names shown of a group's members; a number tells the rest.
const NAMES_MAX: usize = 6;

#[component]
pub(crate) fn GroupsPage() -> impl IntoView {
    let (t, creating) = (locale(), RwSignal::new(false));
    let groups = Loader::new(member_group::list);
    let see_members = may(Rule::MemberView);
    let members = Loader::new(move || async move {
        if see_members {
            member::list().await
        } else {
            Ok(Vec::new())
        }
    });
    let actions = move || {
        may(Rule::GroupEdit).then(|| {
            view! {
                <Button
                    label=td_string!(t, admin.new_group)
                    icon=Icon::Plus
                    kind=Kind::Main
                    on_press=move |()| creating.set(true)
                />
            }
        })
    };
    let rename = move |id, close| {
        let group = groups.ready()?.into_iter().find(|group| group.id == GroupId(id))?;
        Some(view! { <GroupForm group=Some(group) groups close /> }.into_any())
    };
    view! {
        <PageFrame title=td_string!(t, admin.groups) actions=actions>
            {groups.show(4, move |groups| view! { <Table groups members /> })}
        </PageFrame>
        <Sheet open=creating title=td_string!(t, admin.new_group)>
            <GroupForm group=None groups close=Callback::new(move |()| creating.set(false)) />
        </Sheet>
        <ThingSheet page=Page::Groups title=td_string!(t, admin.rename_group) form=rename />
    }
}

#[component]
fn Table(groups: Vec<MemberGroup>, members: Loader<Vec<Member>>) -> impl IntoView {
    let t = locale();
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
    let row = move |group: MemberGroup| {
        let ids = group.members;
        let names = move || {
            let known = members.ready().unwrap_or_default();
            let names: Vec<_> = known.into_iter().filter(|member| ids.contains(&member.id)).collect();
            let hidden = ids.len().saturating_sub(names.len().min(NAMES_MAX));
            let shown = names.into_iter().take(NAMES_MAX);
            let tags: Vec<_> = shown
                .map(|member| view! { <span class="tag">{member.name}</span> })
                .collect();
            let rest = (hidden > 0).then(|| view! { <span class="tag">"+" {hidden}</span> });
            let nobody = ids.is_empty().then(|| td_string!(t, admin.no_members));
            view! {
                <span class="tags">{tags} {rest}</span>
                <span class="text-quiet">{nobody}</span>
            }
        };
        view! {
            <tr>
                <td>
                    <a class="thing" href=format!("{}/{}", Page::Groups.address(), group.id)>
                        {group.name}
                    </a>
                </td>
                <td>{names}</td>
            </tr>
        }
    };
    view! {
        <table class="grid-table">
            <thead>
                <tr>
                    <th>{td_string!(t, admin.name)}</th>
                    <th>{td_string!(t, admin.group_members)}</th>
                </tr>
            </thead>
            <tbody>{groups.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}
