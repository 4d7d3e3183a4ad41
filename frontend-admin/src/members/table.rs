//! The list of members.

use super::listing::Column;
use super::row::Row;
use super::toolbar::Shown;
use crate::parts::{SortHead, move_between_rows};
use app::i18n::{locale, td_string};
use app::ui::reactive::memo;
use app::ui::{Button, Empty, Icon};
use leptos::prelude::*;

#[component]
pub(super) fn Table(shown: Shown) -> impl IntoView {
    let t = locale();
    let nobody = memo(move || shown.members.with(Vec::is_empty));
    let listing = shown.listing;
    let head = move |column: Column, label: &'static str, class: &'static str| {
        let descending = Signal::derive(move || {
            let sort = listing.with(|listing| listing.sort);
            (sort.column == column).then_some(sort.descending)
        });
        let press = move |()| listing.update(|listing| listing.sort = listing.sort.pressed(column));
        view! { <SortHead label descending on_press=Callback::new(press) class /> }
    };
    move || {
        if nobody.get() {
            return view! { <NoMatch shown /> }.into_any();
        }
        view! {
            <table class="grid-table members-table" on:keydown=move_between_rows>
                <thead>
                    <tr>
                        {head(Column::Name, td_string!(t, admin.name), "")}
                        {head(Column::Login, td_string!(t, admin.login), "")}
                        {head(Column::Status, td_string!(t, admin.status), "")}
                        {head(Column::Seats, td_string!(t, admin.seats), "")} <th>{td_string!(t, admin.member_groups)}</th>
                        <th class="from-1180">{td_string!(t, admin.auth_groups)}</th>
                        {head(Column::Added, td_string!(t, admin.added), "from-1180")}
                        <th>
                            <span class="sr-only">{td_string!(t, admin.actions)}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || shown.members.get() key=|id| *id let:id>
                        <Row id />
                    </For>
                </tbody>
            </table>
        }
        .into_any()
    }
}

#[component]
fn NoMatch(shown: Shown) -> impl IntoView {
    let t = locale();
    view! {
        <Empty icon=Icon::SearchX title=td_string!(t, admin.members_empty) text=td_string!(t, admin.no_match_text)>
            <Button label=td_string!(t, admin.show_all) on_press=move |()| shown.clear() />
        </Empty>
    }
}
