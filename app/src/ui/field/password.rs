//! A password: hidden unless its owner wants to see it, and a word when Caps Lock is on.

use super::{Labelled, focused};
use crate::i18n::{locale, td_string};
use crate::ui::{Button, Icon, Kind};
use leptos::{ev, prelude::*};

/// One password. `name` is the API's name for the field, so that its problems find it.
#[component]
pub fn PasswordField(
    #[prop(into)] label: String,
    name: &'static str,
    value: RwSignal<String>,
    #[prop(into)] problem: Signal<Option<String>>,
    #[prop(optional, into)] hint: Option<String>,
    /// As the `autocomplete` attribute.
    autocomplete: &'static str,
    /// Takes the focus when it appears.
    #[prop(optional)]
    focus: bool,
) -> impl IntoView {
    let t = locale();
    let (shown, caps_lock) = (RwSignal::new(false), RwSignal::new(false));
    let node = focused(focus);
    let look = move |event: ev::KeyboardEvent| caps_lock.set(event.get_modifier_state("CapsLock"));
    let verb = Signal::derive(move || {
        if shown.get() {
            td_string!(t, field.hide_password).to_owned()
        } else {
            td_string!(t, field.show_password).to_owned()
        }
    });
    let icon = Signal::derive(move || Some(if shown.get() { Icon::EyeOff } else { Icon::Eye }));
    view! {
        <Labelled label problem hint let:ids>
            <div class="field-with-button">
                <input
                    node_ref=node
                    id=ids.control
                    class="input"
                    type=move || if shown.get() { "text" } else { "password" }
                    name=name
                    autofocus=focus
                    autocomplete=autocomplete
                    autocapitalize="none"
                    spellcheck="false"
                    aria-invalid=move || problem.get().is_some().to_string()
                    aria-describedby=ids.note
                    prop:value=value
                    on:input=move |event| value.set(event_target_value(&event))
                    on:keydown=look
                    on:keyup=look
                    on:blur=move |_| caps_lock.set(false)
                />
                <Button
                    label=verb
                    icon
                    icon_only=true
                    small=true
                    kind=Kind::Quiet
                    on_press=move |()| shown.update(|shown| *shown = !*shown)
                />
            </div>
            <span class="field-caps" role="status">
                {move || caps_lock.get().then(|| td_string!(t, field.caps_lock))}
            </span>
        </Labelled>
    }
}
