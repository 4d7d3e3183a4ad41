//! What can be done with a member besides changing them: disable, enable, a new password.

use super::Directory;
use crate::parts::NewSecret;
use app::api::member;
use app::i18n::{locale, td_string, words};
use app::ui::session::{may, use_me, use_session};
use app::ui::toasts::use_toasts;
use app::ui::{Button, Confirm, Icon, Kind};
use domain::Rule;
use domain::member::Member;
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub(super) fn Actions(member: Member) -> impl IntoView {
    let (t, directory, session, toasts) = (locale(), expect_context::<Directory>(), use_session(), use_toasts());
    let (disabling, resetting) = (RwSignal::new(false), RwSignal::new(false));
    let (id, name, disabled) = (member.id, StoredValue::new(member.name), member.disabled);
    let set_disabled = move |disabled| {
        spawn_local(async move {
            match session.call(member::set_disabled(id, disabled)).await {
                Ok(member) => {
                    let name = member.name.clone();
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
    };
    let reset = move |()| {
        let name = name.get_value();
        spawn_local(async move {
            match session.call(member::reset_password(id)).await {
                Ok(new) => directory.secret.set(Some(NewSecret {
                    name,
                    password: new.password,
                })),
                Err(error) => toasts.problem(words::error(t, &error)),
            }
        });
    };
    let (verb, icon) = if disabled {
        (td_string!(t, admin.enable), Icon::Check)
    } else {
        (td_string!(t, admin.disable), Icon::Ban)
    };
    let switch = move |()| {
        if disabled {
            set_disabled(false);
        } else {
            disabling.set(true);
        }
    };
    let oneself = use_me().id == id;
    may(Rule::MemberEdit).then(|| {
        view! {
            <div class="row-actions">
                <Button
                    label=td_string!(t, admin.reset)
                    icon=Icon::KeyRound
                    icon_only=true
                    small=true
                    kind=Kind::Quiet
                    on_press=move |()| resetting.set(true)
                />
                {(!oneself)
                    .then(|| {
                        view! {
                            <Button label=verb icon icon_only=true small=true kind=Kind::Quiet on_press=switch />
                        }
                    })}
            </div>
            <Confirm
                open=disabling
                title=td_string!(t, admin.disable_title, name = name.get_value())
                body=td_string!(t, admin.disable_body)
                verb=td_string!(t, admin.disable)
                danger=true
                on_confirm=move |()| set_disabled(true)
            />
            <Confirm
                open=resetting
                title=td_string!(t, admin.reset_title, name = name.get_value())
                body=td_string!(t, admin.reset_body)
                verb=td_string!(t, admin.reset)
                danger=true
                on_confirm=reset
            />
        }
    })
}
