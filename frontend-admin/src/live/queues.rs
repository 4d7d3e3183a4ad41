//! Who waits for a group, and whom it missed.

use app::i18n::{locale, td_string, words};
use app::ui::time_ago::Lasting;
use app::ui::{LineDots, TimeAgo};
use domain::live::LiveGroup;
use leptos::prelude::*;

/// Rows shown of each; the count tells the rest.
const SHOWN_MAX: usize = 5;

pub(super) fn queues(group: &LiveGroup) -> impl IntoView + use<> {
    let t = locale();
    let name = move |name: &str| {
        if name.is_empty() {
            td_string!(t, common.nobody).to_owned()
        } else {
            name.to_owned()
        }
    };
    let waiting = group.line.iter().take(SHOWN_MAX).zip(1..).map(|(one, position)| {
        let since = one.since;
        view! {
            <div class="queue-row">
                <span class="text-quiet figures w-4">{position}</span>
                <span class="grow truncate">{name(&one.guest_name)}</span>
                <span class="text-waiting"><Lasting since /></span>
            </div>
        }
    });
    let missed = group.missed.iter().take(SHOWN_MAX).map(|one| {
        let at = one.since;
        view! {
            <div class="queue-row">
                <span class="grow truncate">{name(&one.guest_name)}</span>
                <span class="tag">{words::missed_reason(t, one.reason)}</span>
                <span class="text-quiet text-sm"><TimeAgo at /></span>
            </div>
        }
    });
    let (waiting, missed): (Vec<_>, Vec<_>) = (waiting.collect(), missed.collect());
    let more = move |total: i32, shown: usize| {
        let hidden = total - i32::try_from(shown).unwrap_or(i32::MAX);
        (hidden > 0).then(|| view! { <div class="field-hint pt-1">{td_string!(t, desk.more, n = hidden)}</div> })
    };
    let more = (
        more(group.waiting, waiting.len()),
        more(group.missed_total, missed.len()),
    );
    view! {
        <div class="queues">
            <div>
                <div class="queue-head">
                    {td_string!(t, admin.line)}
                    <span class="list-count">{group.waiting}</span>
                    {(group.waiting > 0).then(|| view! { <LineDots waiting=Signal::stored(group.waiting) /> })}
                </div>
                {waiting}
                {more.0}
            </div>
            <div>
                <div class="queue-head">
                    {td_string!(t, admin.missed)}
                    <span class="list-count">{group.missed_total}</span>
                </div>
                {missed}
                {more.1}
            </div>
        </div>
    }
}
