//! Members: who there is, what they may do, how many seats they have.

mod actions;
mod create;
mod edit;
mod fields;
mod table;

use crate::page::Page;
use crate::parts::{NewSecret, PageFrame, Secret, ThingSheet};
use app::api::{auth_group, member, member_group};
use app::i18n::{locale, td_string};
use app::ui::session::may;
use app::ui::{Button, Icon, Kind, Loader, Sheet};
use domain::member::{AuthGroup, Member, MemberGroup};
use domain::{MemberId, Rule};
use leptos::prelude::*;

/// What the page knows; a context of its parts.
#[derive(Clone, Copy, Debug)]
struct Directory {
    members: Loader<Vec<Member>>,
    groups: Loader<Vec<MemberGroup>>,
    auth_groups: Loader<Vec<AuthGroup>>,
    /// A password to be shown once.
    secret: RwSignal<Option<NewSecret>>,
}

impl Directory {
    fn load() -> Self {
        let auth = may(Rule::AuthView);
        Self {
            members: Loader::new(member::list),
            groups: Loader::new(member_group::list),
            // Without the rule they are not shown, which is no error.
            auth_groups: Loader::new(
                move || async move { if auth { auth_group::list().await } else { Ok(Vec::new()) } },
            ),
            secret: RwSignal::new(None),
        }
    }

    /// Puts a member as they are now into the list.
    fn renew(self, member: Member) {
        self.members.change(|members| {
            members.retain(|one| one.id != member.id);
            members.push(member);
            members.sort_by_key(|member| member.login.to_lowercase());
        });
    }

    fn member(self, id: MemberId) -> Option<Member> {
        self.members.ready()?.into_iter().find(|member| member.id == id)
    }
}

#[component]
pub(crate) fn MembersPage() -> impl IntoView {
    let (t, directory, creating) = (locale(), Directory::load(), RwSignal::new(false));
    provide_context(directory);
    let wanted = RwSignal::new(String::new());
    let actions = move || {
        view! {
            <label class="input input-sm input-search wide-only">
                <input
                    type="search"
                    placeholder=td_string!(t, admin.search)
                    aria-label=td_string!(t, admin.search)
                    prop:value=wanted
                    on:input=move |event| wanted.set(event_target_value(&event))
                />
            </label>
            {may(Rule::MemberEdit)
                .then(|| {
                    view! {
                        <Button
                            label=td_string!(t, admin.new_member)
                            icon=Icon::Plus
                            kind=Kind::Main
                            on_press=move |()| creating.set(true)
                        />
                    }
                })}
        }
    };
    let edit = move |id, close| {
        let member = directory.member(MemberId(id))?;
        Some(view! { <edit::EditMember member close /> }.into_any())
    };
    view! {
        <PageFrame title=td_string!(t, admin.members) actions=actions>
            {directory.members.show(8, move |members| view! { <table::Table members wanted /> })}
        </PageFrame>
        <Sheet open=creating title=td_string!(t, admin.new_member)>
            <create::NewMemberForm close=Callback::new(move |()| creating.set(false)) />
        </Sheet>
        <ThingSheet page=Page::Members title=td_string!(t, admin.edit_member) form=edit />
        <Secret secret=directory.secret />
    }
}
