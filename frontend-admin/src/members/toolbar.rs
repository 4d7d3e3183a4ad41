//! What narrows the list down, kept in step with the address.

use super::directory::Directory;
use super::listing::{Listing, Show};
use crate::parts::{FindBox, group_name, order_of_names, use_query};
use app::i18n::{locale, td_string};
use app::ui::reactive::{effect, memo};
use app::ui::{Chip, Chips};
use domain::member::{Member, MemberGroup};
use domain::{GroupId, MemberId};
use leptos::{ev, prelude::*};

/// With longer names than that, in characters of all groups, a list drops down, where chips would fill the screen.
const CHIPS_CHARS_MAX: usize = 48;

/// What the list shows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shown {
    pub(super) listing: RwSignal<Listing>,
    /// Who is listed, in order.
    pub(super) members: Memo<Vec<MemberId>>,
    find: RwSignal<String>,
}

impl Shown {
    pub(super) fn start(directory: Directory) -> Self {
        let (query, write) = use_query();
        let read = move |query: &leptos_router::params::ParamsMap| Listing::of(|name| query.get(name));
        let listing = RwSignal::new(query.with_untracked(read));
        let find = RwSignal::new(listing.with_untracked(|listing| listing.find.clone()));
        // The address follows the list, the list follows the address; what is equal already is left alone.
        effect(move || {
            let now = listing.get();
            if query.with_untracked(read) != now {
                write.run(now.query().into_iter().collect());
            }
        });
        effect(move || {
            let wanted = query.with(read);
            if listing.with_untracked(|listing| *listing != wanted) {
                find.set(wanted.find.clone());
                listing.set(wanted);
            }
        });
        effect(move || {
            let find = find.get();
            if listing.with_untracked(|listing| listing.find != find) {
                listing.update(|listing| listing.find = find);
            }
        });
        let members = memo(move || {
            let (listing, names) = (listing.get(), order_of_names(locale()));
            let all = directory.members.ready().unwrap_or_default();
            let mut listed: Vec<_> = all.iter().map(|member| (member, directory.duty(member))).collect();
            listed.retain(|(member, duty)| listing.admits(member, *duty));
            listed.sort_by(|one, other| listing.sort.order(*one, *other, &names));
            listed.into_iter().map(|(member, _)| member.id).collect()
        });
        Self { listing, members, find }
    }

    /// Shows everybody again.
    pub(super) fn clear(self) {
        self.find.set(String::new());
        self.listing.update(|listing| {
            *listing = Listing {
                sort: listing.sort,
                ..Listing::default()
            };
        });
    }
}

#[component]
pub(super) fn Toolbar(shown: Shown) -> impl IntoView {
    let (t, directory, listing) = (locale(), expect_context::<Directory>(), shown.listing);
    let count = move |fits: fn(Show, &Member, Directory) -> bool, show: Show| {
        Signal::derive(move || {
            let all = directory.members.ready().unwrap_or_default();
            all.iter().filter(|member| fits(show, member, directory)).count()
        })
    };
    let chip = move |show: Show, label: &'static str| {
        let fits = |show: Show, member: &Member, directory: Directory| show.admits(member, directory.duty(member));
        view! {
            <Chip
                label
                pressed=Signal::derive(move || listing.with(|listing| listing.show == show))
                count=count(fits, show)
                on_press=move |()| listing.update(|listing| listing.show = show)
            />
        }
    };
    let there = memo(move || directory.members.is_ready());
    let groups = move || match directory.groups.ready().unwrap_or_default() {
        groups if groups.len() < 2 => ().into_any(),
        groups if chars(&groups) > CHIPS_CHARS_MAX => view! { <GroupList groups listing /> }.into_any(),
        groups => view! { <GroupChips groups listing /> }.into_any(),
    };
    view! {
        <div class="toolbar" role="search">
            <FindBox label=td_string!(t, admin.search) value=shown.find list=".grid-table .thing" />
            // Not before there is something to count.
            {move || {
                there
                    .get()
                    .then(|| {
                        view! {
                            <Chips label=td_string!(t, admin.status)>
                                {chip(Show::All, td_string!(t, admin.all))}
                                {chip(Show::OnDuty, td_string!(t, admin.on_duty))}
                                {chip(Show::Disabled, td_string!(t, admin.disabled))}
                            </Chips>
                        }
                    })
            }}
            {groups}
        </div>
    }
}

fn chars(groups: &[MemberGroup]) -> usize {
    groups.iter().map(|group| group.name.chars().count()).sum()
}

#[component]
fn GroupChips(groups: Vec<MemberGroup>, listing: RwSignal<Listing>) -> impl IntoView {
    let chip = move |group: MemberGroup| {
        let id = group.id;
        let toggle = move |()| listing.update(|listing| listing.group = (listing.group != Some(id)).then_some(id));
        view! {
            <Chip
                label=group_name(id, &group.name)
                pressed=Signal::derive(move || listing.with(|listing| listing.group == Some(id)))
                on_press=toggle
            />
        }
    };
    view! {
        <span class="toolbar-rule"></span>
        <Chips label=td_string!(locale(), admin.member_groups)>{groups.into_iter().map(chip).collect_view()}</Chips>
    }
}

#[component]
fn GroupList(groups: Vec<MemberGroup>, listing: RwSignal<Listing>) -> impl IntoView {
    let t = locale();
    let choose = move |event: ev::Event| {
        let group = event_target_value(&event).parse().ok().map(GroupId);
        listing.update(|listing| listing.group = group);
    };
    let option = move |group: MemberGroup| {
        let id = group.id;
        let chosen = move || listing.with(|listing| listing.group == Some(id));
        view! {
            <option value=id.to_string() selected=chosen>
                {group_name(id, &group.name)}
            </option>
        }
    };
    view! {
        <select class="select select-sm toolbar-select" aria-label=td_string!(t, admin.member_groups) on:change=choose>
            <option value="" selected=move || listing.with(|listing| listing.group.is_none())>
                {td_string!(t, admin.every_group)}
            </option>
            {groups.into_iter().map(option).collect_view()}
        </select>
    }
}
