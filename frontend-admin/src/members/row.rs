//! One member's row.

use super::acting::{Act, Acting};
use super::directory::Directory;
use crate::page::{Page, Thing};
use crate::parts::{Names, RowMenu, address_of, use_open};
use app::i18n::{Locale, locale, td_string, words};
use app::ui::names::{member_name, tame};
use app::ui::reactive::memo;
use app::ui::seats::SeatRow;
use app::ui::session::{may, use_me};
use app::ui::{Avatar, Button, Icon, Kind, MenuItem, MenuRule, Seats, TimeAgo};
use domain::live::LiveAgent;
use domain::member::Member;
use domain::{Duty, MemberId, Rule};
use leptos::prelude::*;

/// Seats drawn in a cell; more than that are told by a number.
const SQUARES_MAX: i32 = 12;

#[component]
pub(super) fn Row(id: MemberId) -> impl IntoView {
    let directory = expect_context::<Directory>();
    // The row stays when its member changes, and with it the focus.
    let member = memo(move || directory.member(id));
    view! {
        <tr class:row-off=move || member.with(|member| member.as_ref().is_some_and(|member| member.disabled))>
            {move || member.get().map(|member| view! { <Cells member /> })} <td class="cell-actions">
                <Actions id />
            </td>
        </tr>
    }
}

#[component]
fn Cells(member: Member) -> impl IntoView {
    let (t, directory) = (locale(), expect_context::<Directory>());
    let href = address_of(Page::Members, Some(Thing::Known(member.id.0)));
    let (groups, auth_groups) = (member.groups.clone(), member.auth_groups.clone());
    let member = StoredValue::new(member);
    let seats = memo(move || member.with_value(|member| directory.seats(member)));
    let status = move || member.with_value(|member| status(t, member, directory));
    let at = member.with_value(|member| member.created_at);
    view! {
        <td class="cell-thing">
            <a class="thing" href=href>
                {member.with_value(|member| view! { <Avatar name=member.name.clone() seed=member.id.to_string() /> })}
                <span class="thing-name">
                    {member.with_value(|member| member_name(&member.name, &member.login))}
                </span>
            </a>
        </td>
        <td class="cell-login">
            <span class="cell-text">{member.with_value(|member| tame(&member.login))}</span>
        </td>
        <td class="cell-status">{status}</td>
        <td class="cell-seats">{move || view! { <SeatsCell row=seats.get() known=directory.knows_room() /> }}</td>
        <td class="cell-wide">{move || view! { <Names names=directory.group_names(&groups) /> }}</td>
        <td class="cell-wide from-1180">
            {move || view! { <Names names=directory.auth_group_names(t, &auth_groups) /> }}
        </td>
        <td class="cell-wide from-1180 text-quiet">
            <TimeAgo at />
        </td>
    }
}

/// Seats, and which are taken as far as that is known.
#[component]
fn SeatsCell(row: SeatRow, known: bool) -> impl IntoView {
    let t = locale();
    if row.seats == 0 && row.used == 0 {
        return view! {
            <span class="text-quiet" aria-hidden="true" data-tip=td_string!(t, seats.none)>
                "—"
            </span>
            <span class="sr-only">{td_string!(t, seats.none)}</span>
        }
        .into_any();
    }
    if row.seats.max(row.used) > SQUARES_MAX {
        let taken = known.then(|| view! { {row.used} "/" });
        let words = if known {
            row.in_words(t)
        } else {
            td_string!(t, admin.seats_count, n = row.seats)
        };
        return view! {
            <span class="figures" aria-hidden="true" data-tip=words.clone()>
                {taken}
                {row.seats}
            </span>
            <span class="sr-only">{words.clone()}</span>
        }
        .into_any();
    }
    let row = Signal::stored(row);
    if known {
        return view! { <Seats row /> }.into_any();
    }
    let number = td_string!(t, admin.seats_count, n = row.get_untracked().seats);
    view! {
        <span data-tip=number.clone()>
            <Seats row ornament=true />
            <span class="sr-only">{number.clone()}</span>
        </span>
    }
    .into_any()
}

fn status(t: Locale, member: &Member, directory: Directory) -> impl IntoView + use<> {
    if member.disabled {
        let words = td_string!(t, admin.disabled).to_owned();
        return view! { <span class="duty-mark duty-disabled">{words}</span> };
    }
    let duty = directory.duty(member);
    let class = match (duty, directory.agent(member.id)) {
        (
            Duty::On,
            None
            | Some(LiveAgent {
                connected: true,
                away: false,
                ..
            }),
        ) => "duty-mark duty-on",
        (Duty::On, Some(_)) => "duty-mark duty-lost",
        (Duty::Break, _) => "duty-mark duty-break",
        (Duty::Off, _) => "duty-mark duty-off",
    };
    let but = directory
        .agent(member.id)
        .filter(|_| duty == Duty::On)
        .and_then(|agent| {
            if agent.connected {
                agent.away.then_some(td_string!(t, admin.away))
            } else {
                Some(td_string!(t, admin.not_connected))
            }
        });
    let words = [Some(words::duty(t, duty)), but];
    let words: Vec<_> = words.into_iter().flatten().collect();
    view! { <span class=class>{words.join(", ")}</span> }
}

#[component]
fn Actions(id: MemberId) -> impl IntoView {
    let (t, acting, open) = (locale(), expect_context::<Acting>(), use_open(Page::Members));
    let (directory, oneself) = (expect_context::<Directory>(), use_me().id == id);
    let edit = Callback::new(move |()| open.run(Some(Thing::Known(id.0))));
    let ask = move |act| {
        if let Some(member) = directory.member(id) {
            acting.ask(act, member);
        }
    };
    let label = Signal::derive(move || {
        let member = directory.member(id);
        let name = member
            .map(|member| member_name(&member.name, &member.login))
            .unwrap_or_default();
        td_string!(t, admin.more_of, name = name)
    });
    let items = move || {
        let off = directory.member(id).is_some_and(|member| member.disabled);
        view! {
            <MenuItem label=td_string!(t, admin.edit) icon=Icon::Pencil on_press=edit />
            <MenuItem
                label=td_string!(t, admin.reset)
                icon=Icon::KeyRound
                on_press=move |()| ask(Act::Reset)
            />
            <MenuRule />
            {if off {
                view! {
                    <MenuItem
                        label=td_string!(t, admin.enable)
                        icon=Icon::Power
                        on_press=move |()| ask(Act::Enable)
                    />
                }
                    .into_any()
            } else {
                view! {
                    <MenuItem
                        label=td_string!(t, admin.disable)
                        icon=Icon::Ban
                        danger=true
                        disabled=oneself
                        on_press=move |()| ask(Act::Disable)
                    />
                }
                    .into_any()
            }}
        }
    };
    may(Rule::MemberEdit).then(|| {
        view! {
            <div class="row-actions">
                <span class="row-quick">
                    <Button
                        label=td_string!(t, admin.edit)
                        icon=Icon::Pencil
                        icon_only=true
                        small=true
                        kind=Kind::Quiet
                        on_press=edit
                    />
                </span>
                <RowMenu label items=items.into() />
            </div>
        }
    })
}
