//! Ending a conversation: asked first, since the guest is told.

use super::drafts::Draft;
use crate::keys::CLOSE;
use crate::store::use_desk;
use app::i18n::{locale, td_string};
use app::ui::dialog::is_any_open;
use app::ui::{Button, Confirm, Icon};
use domain::{ConversationId, Epoch};
use leptos::{ev, prelude::*};
use protocol::desk::DeskFrame;

#[component]
pub(super) fn CloseButton(id: ConversationId, epoch: Epoch) -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let (asking, draft) = (RwSignal::new(false), Draft::of(id));
    let offline = Signal::derive(move || !desk.online().get());
    let pressed = window_event_listener(ev::keydown, move |event| {
        let others = event.ctrl_key() || event.meta_key() || event.shift_key();
        let meant = event.alt_key() && !others && event.code() == "KeyW" && !event.default_prevented();
        if meant && !offline.get_untracked() && !is_any_open() {
            event.prevent_default();
            asking.set(true);
        }
    });
    on_cleanup(move || pressed.remove());
    let close = move |()| {
        draft.forget();
        desk.ask(DeskFrame::Close {
            conversation: id,
            epoch,
        });
    };
    view! {
        <Button
            label=td_string!(t, desk.close)
            icon=Icon::Check
            keys=CLOSE
            disabled=offline
            on_press=move |()| asking.set(true)
        />
        <Confirm
            open=asking
            title=td_string!(t, desk.close_title)
            body=td_string!(t, desk.close_body)
            verb=td_string!(t, desk.close_verb)
            on_confirm=close
        />
    }
}
