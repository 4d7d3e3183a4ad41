//! The bell, and what it opens: whether there is sound, whether there are notifications, what the browser says to that,
//! and a way to try both.

use crate::alerts::{Alerts, Permission};
use crate::state::News;
use crate::store::use_desk;
use app::i18n::{locale, td_string};
use app::ui::reactive::memo;
use app::ui::{Button, Dialog, Icon, Kind};
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub(crate) fn AlertsButton() -> impl IntoView {
    let (t, alerts) = (locale(), use_desk().alerts());
    let open = RwSignal::new(false);
    let silent = memo(move || !alerts.sound.get() && !alerts.notifies());
    let unheard = memo(move || alerts.sound.get() && !alerts.is_heard());
    let label = move || {
        if silent.get() {
            td_string!(t, alerts.silent)
        } else if unheard.get() {
            td_string!(t, alerts.unheard)
        } else {
            td_string!(t, alerts.title)
        }
        .to_owned()
    };
    // On a phone a word shows under the bell; the name begins with it.
    let name = move || format!("{}: {}", td_string!(t, alerts.short), label());
    view! {
        <button
            type="button"
            class="rail-link"
            aria-haspopup="dialog"
            aria-label=name
            data-tip=label
            data-tip-side="right"
            on:click=move |_| {
                alerts.look();
                open.set(true);
            }
        >
            {move || if silent.get() { Icon::BellOff.view().into_any() } else { Icon::Bell.view().into_any() }}
            <span class="rail-word">{td_string!(t, alerts.short)}</span>
            {move || unheard.get().then(|| view! { <span class="rail-dot"></span> })}
        </button>
        <Dialog open class="dialog" label=td_string!(t, alerts.title)>
            <Settings open />
        </Dialog>
    }
}

#[component]
fn Settings(open: RwSignal<bool>) -> impl IntoView {
    let (t, alerts) = (locale(), use_desk().alerts());
    view! {
        <h2 class="text-lg">{td_string!(t, alerts.title)}</h2>
        <Switch
            label=td_string!(t, alerts.sound)
            on=alerts.sound
            on_change=move |on| alerts.set_sound(on)
        />
        <div class="switch-more">
            <p>{td_string!(t, alerts.sound_text)}</p>
            <div class="flex gap-2">
                {try_it(alerts, News::Guest, td_string!(t, alerts.try_guest))}
                {try_it(alerts, News::Message, td_string!(t, alerts.try_message))}
            </div>
        </div>
        <Switch
            label=td_string!(t, alerts.notifications)
            on=Signal::derive(move || alerts.notifies())
            disabled=Signal::derive(move || {
                matches!(alerts.permission.get(), Permission::Impossible | Permission::Denied)
            })
            on_change=move |on| want_notifications(alerts, on)
        />
        <div class="switch-more">
            <p role="status">
                {move || match alerts.permission.get() {
                    Permission::Granted | Permission::Unasked => td_string!(t, alerts.notifications_text),
                    Permission::Denied => td_string!(t, alerts.denied),
                    Permission::Impossible => td_string!(t, alerts.impossible),
                }}
            </p>
            {move || {
                alerts
                    .notifies()
                    .then(|| {
                        view! {
                            <Button
                                label=td_string!(t, alerts.try_notification)
                                small=true
                                on_press=move |()| Alerts::try_notification(t)
                            />
                        }
                    })
            }}
        </div>
        <p class="text-xs">{td_string!(t, alerts.here)}</p>
        <div class="dialog-actions">
            <Button label=td_string!(t, common.done) kind=Kind::Main on_press=move |()| open.set(false) />
        </div>
    }
}

fn try_it(alerts: Alerts, news: News, label: &'static str) -> impl IntoView {
    view! {
        <Button label icon=Icon::Volume2 small=true on_press=move |()| alerts.try_tone(news) />
    }
}

/// Who wants notifications and was never asked is asked by the browser.
fn want_notifications(alerts: Alerts, on: bool) {
    if !on || Permission::now() != Permission::Unasked {
        alerts.set_notifications(on);
        return;
    }
    spawn_local(async move {
        alerts.permission.set(Permission::ask().await);
        alerts.set_notifications(alerts.permission.get_untracked() == Permission::Granted);
    });
}

/// A setting that is on or off.
#[component]
fn Switch(
    label: &'static str,
    #[prop(into)] on: Signal<bool>,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(into)] on_change: Callback<bool>,
) -> impl IntoView {
    view! {
        <label class="switch">
            <span class="grow">{label}</span>
            <input
                type="checkbox"
                role="switch"
                class="toggle"
                prop:checked=on
                disabled=disabled
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
        </label>
    }
}
