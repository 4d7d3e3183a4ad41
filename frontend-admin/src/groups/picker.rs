//! Who is in the group: everybody there is, those in it first.

use super::Teams;
use crate::parts::{FindBox, order_of_names};
use app::i18n::{locale, td_string};
use app::ui::field::note;
use app::ui::letters::small;
use app::ui::names::{member_name, tame};
use app::ui::reactive::memo;
use app::ui::{Avatar, Icon};
use domain::MemberId;
use domain::member::Member;
use leptos::prelude::*;

/// With more people than that one wants to find somebody.
const FIND_FROM: usize = 9;

#[component]
pub(super) fn MemberPicker(
    chosen: RwSignal<Vec<MemberId>>,
    #[prop(into)] problem: Signal<Option<String>>,
) -> impl IntoView {
    let (t, find, names) = (locale(), RwSignal::new(String::new()), order_of_names(locale()));
    let mut members = untrack(|| expect_context::<Teams>().members.ready().unwrap_or_default());
    // Where somebody stands does not change while boxes are ticked.
    let first = chosen.get_untracked();
    members.sort_by(|one, other| {
        let outside = |member: &Member| !first.contains(&member.id);
        outside(one)
            .cmp(&outside(other))
            .then_with(|| names(&one.name, &other.name))
    });
    let many = members.len() >= FIND_FROM;
    let label = td_string!(t, admin.members);
    let rows: Vec<_> = members
        .into_iter()
        .map(|member| view! { <Row member chosen find /> })
        .collect();
    let count = move || td_string!(t, admin.chosen_count, n = chosen.with(Vec::len));
    view! {
        <div class="field" role="group" aria-label=label>
            <span class="field-label">{label} <span class="field-count figures">{count}</span></span>
            <span class="field-hint">{td_string!(t, admin.group_members_hint)}</span>
            {many.then(|| view! { <FindBox label=td_string!(t, admin.search) value=find list=".choices-many .choice:not([hidden]) input" /> })}
            <div class="choices choices-many">{rows}</div>
            <div class="field-note">{move || note(problem.get(), None)}</div>
            <div role="status">
                {move || {
                    chosen
                        .with(Vec::is_empty)
                        .then(|| {
                            view! {
                                <p class="advice">
                                    {Icon::TriangleAlert.view()} <span>{td_string!(t, admin.group_nobody)}</span>
                                </p>
                            }
                        })
                }}
            </div>
        </div>
    }
}

#[component]
fn Row(member: Member, chosen: RwSignal<Vec<MemberId>>, find: RwSignal<String>) -> impl IntoView {
    let (t, id) = (locale(), member.id);
    let words = small(&format!("{}\n{}", member.name, member.login));
    let hidden = memo(move || !words.contains(&small(find.get().trim())));
    let toggle = move |_| {
        chosen.update(|chosen| match chosen.iter().position(|one| *one == id) {
            Some(at) => _ = chosen.remove(at),
            None => chosen.push(id),
        });
    };
    let seats = if member.disabled {
        td_string!(t, admin.disabled).to_owned()
    } else if member.seats == 0 {
        td_string!(t, seats.none).to_owned()
    } else {
        td_string!(t, admin.seats_count, n = member.seats)
    };
    view! {
        <label class="choice" hidden=hidden>
            <input
                type="checkbox"
                class="checkbox checkbox-sm"
                prop:checked=move || chosen.with(|chosen| chosen.contains(&id))
                on:change=toggle
            />
            <Avatar name=member.name.clone() seed=member.id.to_string() />
            <span class="choice-text">
                <span class="truncate">{member_name(&member.name, &member.login)}</span>
                <span class="field-hint truncate">{tame(&member.login)}</span>
            </span>
            <span class="field-hint figures">{seats}</span>
        </label>
    }
}
