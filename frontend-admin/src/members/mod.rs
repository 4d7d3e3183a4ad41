//! Members: who there is, what they may do, how many seats they have.

mod acting;
mod create;
mod directory;
mod edit;
mod fields;
mod lack;
mod listing;
mod row;
mod seats_field;
mod table;
mod toolbar;

use crate::page::{Page, Thing};
use crate::parts::{PageFrame, Secret, ThingSheet, use_open};
use acting::{Acting, Questions};
use app::i18n::{locale, td_string};
use app::ui::session::may;
use app::ui::{Button, Icon, Kind};
use directory::Directory;
use domain::{MemberId, Rule};
use leptos::prelude::*;
use toolbar::{Shown, Toolbar};

#[component]
pub(crate) fn MembersPage() -> impl IntoView {
    let (t, directory) = (locale(), Directory::load());
    provide_context(directory);
    provide_context(Acting::start());
    let (shown, open) = (Shown::start(directory), use_open(Page::Members));
    let actions = move || {
        may(Rule::MemberEdit).then(|| {
            view! {
                <Button
                    label=td_string!(t, admin.new_member)
                    icon=Icon::Plus
                    kind=Kind::Main
                    on_press=move |()| open.run(Some(Thing::New))
                />
            }
        })
    };
    let count = Signal::derive(move || directory.members.ready().map(|members| members.len()));
    let form = move |thing| match thing {
        Thing::New => view! { <create::NewMemberForm /> }.into_any(),
        Thing::Known(id) => {
            let member = directory.member(MemberId(id));
            member.map(|member| view! { <edit::EditMember member /> }).into_any()
        }
    };
    view! {
        <PageFrame
            title=td_string!(t, admin.members)
            count
            actions=actions
            toolbar=move || view! { <Toolbar shown /> }
            table=true
        >
            {directory.members.show_steady(12, move || view! { <table::Table shown /> })}
        </PageFrame>
        <ThingSheet
            page=Page::Members
            new_title=td_string!(t, admin.new_member)
            title=td_string!(t, admin.edit_member)
            found=move |thing| directory.found(thing)
            on_retry=move |()| directory.retry()
            form
        />
        <Questions />
        <Secret secret=directory.secret />
    }
}
