//! Small things that say something about what they stand beside.

use super::sample::{Sample, states};
use app::i18n::{locale, td_string};
use app::ui::clock::use_clock;
use app::ui::time_ago::Lasting;
use app::ui::{Badge, Linked, TimeAgo, warmth};
use leptos::prelude::*;

pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample::new(
            "Badge",
            "A count that wants to be seen; nothing at all at zero.",
            badges,
        ),
        Sample::new(
            ".tag",
            "What something is, in a word; coloured only if it matters.",
            tags,
        ),
        Sample::new(
            "TimeAgo, Lasting",
            "Relative when near, absolute when far, exact on hover. What lasts is told ever more roughly.",
            times,
        ),
        Sample::new(
            "warmth()",
            "A wait warms: quiet, amber from half the target, rose and bold beyond it.",
            waits,
        ),
        Sample::new(
            "Linked",
            "Addresses in texts are links, and only those of the web.",
            linked,
        ),
    ]
}

fn badges() -> AnyView {
    let badge = |count: u32| {
        let label = td_string!(locale(), desk.unread, n = count);
        view! { <Badge count=Signal::stored(count) label=Signal::stored(label) /> }.into_any()
    };
    states(vec![
        ("0", badge(0)),
        ("3", badge(3)),
        ("12", badge(12)),
        ("100", badge(100)),
    ])
}

fn tags() -> AnyView {
    let t = locale();
    view! {
        <div class="sample-row">
            <span class="tag">{td_string!(t, duty.off)}</span>
            <span class="tag tag-ok">{td_string!(t, duty.on)}</span>
            <span class="tag tag-waiting">{td_string!(t, desk.new_guest)}</span>
            <span class="tag tag-missed">{td_string!(t, desk.missed)}</span>
        </div>
    }
    .into_any()
}

fn times() -> AnyView {
    let now = untrack(|| use_clock().now());
    let ago = |minutes: i64| {
        let at = now.plus_ms(-minutes * 60_000);
        view! { <TimeAgo at /> }.into_any()
    };
    let lasting = |minutes: i64| {
        let since = now.plus_ms(-minutes * 60_000);
        view! { <Lasting since /> }.into_any()
    };
    view! {
        {states(vec![("0'", ago(0)), ("12'", ago(12)), ("2 h", ago(120)), ("40 d", ago(40 * 1_440))])}
        {states(vec![("1'", lasting(1)), ("12'", lasting(12)), ("3 h", lasting(180)), ("4 d", lasting(5_760))])}
    }
    .into_any()
}

fn waits() -> AnyView {
    let now = untrack(|| use_clock().now());
    let wait = |seconds: i64| {
        let since = now.plus_ms(-seconds * 1_000);
        view! { <span class=warmth(since, now)>{format!("{}:{:02}", seconds / 60, seconds % 60)}</span> }.into_any()
    };
    states(vec![("warm-0", wait(20)), ("warm-1", wait(75)), ("warm-2", wait(150))])
}

fn linked() -> AnyView {
    view! { <p><Linked text="龙井：https://shop.example/teas/longjing。 (www.shop.example)" /></p> }.into_any()
}
