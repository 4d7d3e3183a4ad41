//! Reminds an agent who counts as away, and whom guests wait for, until they show themselves.

use crate::alerts::Notice;
use crate::state::REMIND_EVERY_MS;
use crate::store::use_desk;
use app::i18n::Language;
use app::ui::reactive::{effect, memo};
use leptos::leptos_dom::helpers::IntervalHandle;
use leptos::prelude::*;
use std::time::Duration;

/// Rings at once, and again at intervals for as long as it lasts. The title of the tab and the banner say it all the
/// while.
#[component]
pub(crate) fn AwayReminder() -> impl IntoView {
    let (desk, language) = (use_desk(), expect_context::<Language>());
    let alerts = desk.alerts();
    let away = desk.part(|state| state.seats.away);
    let wanted = memo(move || away.get() && desk.online().get());
    let ringing: StoredValue<Option<IntervalHandle>> = StoredValue::new(None);
    let stop = move || {
        if let Some(handle) = ringing.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    };
    let remind = move || alerts.remind(|| Notice::away(language.now()));
    effect(move || {
        stop();
        if wanted.get() {
            remind();
            let every = Duration::from_millis(REMIND_EVERY_MS.into());
            ringing.set_value(set_interval_with_handle(remind, every).ok());
        } else {
            alerts.reminded();
        }
    });
    on_cleanup(stop);
}
