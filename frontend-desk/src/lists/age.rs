//! How old what is shown may be, said after a while without a connection.

use crate::store::use_desk;
use app::i18n::{locale, td_string};
use app::ui::Icon;
use app::ui::time_ago::time_of_day;
use leptos::prelude::*;

#[component]
pub(super) fn Age() -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let old = desk.old();
    move || {
        let since = desk.lost_at().filter(|_| old.get())?;
        Some(view! {
            <p class="list-age" role="status">
                {Icon::History.view()} <span>{td_string!(t, desk.old, time = time_of_day(since))}</span>
            </p>
        })
    }
}
