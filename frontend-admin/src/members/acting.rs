//! What can be done with a member besides changing them: disable, enable, a new password. Asked about once for the page, not
//! once for each row.

use super::directory::Directory;
use crate::parts::NewSecret;
use app::api::member;
use app::i18n::{Locale, locale, td_string, words};
use app::ui::Confirm;
use app::ui::names::member_name;
use app::ui::session::{Session, use_session};
use app::ui::toasts::{Toasts, use_toasts};
use domain::MemberId;
use domain::member::Member;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    Disable,
    Enable,
    Reset,
}

/// What is to be done, and with whom; a context of the page's parts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Acting {
    asked: RwSignal<Option<(Act, Member)>>,
    session: Session,
    toasts: Toasts,
    directory: Directory,
    t: Locale,
}

impl Acting {
    pub(super) fn start() -> Self {
        Self {
            asked: RwSignal::new(None),
            session: use_session(),
            toasts: use_toasts(),
            directory: expect_context(),
            t: locale(),
        }
    }

    /// Does it, after a question if it takes something away.
    pub(super) fn ask(self, act: Act, member: Member) {
        match act {
            Act::Enable => self.set_disabled(member.id, false),
            Act::Disable | Act::Reset => self.asked.set(Some((act, member))),
        }
    }

    fn set_disabled(self, id: MemberId, disabled: bool) {
        let Self {
            session,
            toasts,
            directory,
            t,
            ..
        } = self;
        spawn_local(async move {
            match session.call(member::set_disabled(id, disabled)).await {
                Ok(member) => {
                    let name = member_name(&member.name, &member.login);
                    directory.renew(member);
                    toasts.done(if disabled {
                        td_string!(t, admin.disabled_done, name = name)
                    } else {
                        td_string!(t, admin.enabled_done, name = name)
                    });
                }
                Err(error) => toasts.problem(words::error(t, &error)),
            }
        });
    }

    fn reset(self, member: Member) {
        let Self {
            session,
            toasts,
            directory,
            t,
            ..
        } = self;
        spawn_local(async move {
            match session.call(member::reset_password(member.id, member.version)).await {
                Ok(new) => {
                    // A version later, so that it can be done once more.
                    directory.renew(Member {
                        version: member.version + 1,
                        ..member.clone()
                    });
                    directory.secret.set(Some(NewSecret {
                        name: member.name,
                        login: member.login,
                        password: new.password,
                    }));
                }
                Err(error) => {
                    if let Some(member) = error.current_as::<Member>() {
                        directory.renew(member);
                    }
                    toasts.problem(words::error(t, &error));
                }
            }
        });
    }
}

/// The questions.
#[component]
pub(super) fn Questions() -> impl IntoView {
    let acting = expect_context::<Acting>();
    move || {
        acting
            .asked
            .get()
            .map(|(act, member)| view! { <Question act member /> })
    }
}

#[component]
fn Question(act: Act, member: Member) -> impl IntoView {
    let (t, acting, open) = (locale(), expect_context::<Acting>(), RwSignal::new(true));
    let name = member_name(&member.name, &member.login);
    let (title, body, verb) = match act {
        Act::Reset => (
            td_string!(t, admin.reset_title, name = name),
            td_string!(t, admin.reset_body).to_owned(),
            td_string!(t, admin.reset),
        ),
        Act::Disable | Act::Enable => (
            td_string!(t, admin.disable_title, name = name),
            what_disabling_does(t, acting.directory, member.id),
            td_string!(t, admin.disable),
        ),
    };
    let confirmed = move |()| match act {
        Act::Reset => acting.reset(member.clone()),
        Act::Disable | Act::Enable => acting.set_disabled(member.id, true),
    };
    view! { <Confirm open title body verb danger=true on_confirm=confirmed /> }
}

/// What becomes of their conversations, by number if it is known.
fn what_disabling_does(t: Locale, directory: Directory, id: MemberId) -> String {
    let held = untrack(|| directory.agent(id)).map(|agent| agent.used);
    let conversations = match held {
        Some(0) => td_string!(t, admin.disable_none).to_owned(),
        Some(n) => td_string!(t, admin.disable_some, n = n),
        None => td_string!(t, admin.disable_perhaps).to_owned(),
    };
    [
        td_string!(t, admin.disable_body),
        &conversations,
        td_string!(t, admin.disable_undo),
    ]
    .join(" ")
}
