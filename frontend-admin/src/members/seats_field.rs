//! How many seats: a number that can be stepped, and the seats themselves.

use app::i18n::{locale, td_string};
use app::ui::field::Labelled;
use app::ui::seats::SeatRow;
use app::ui::{Button, Icon, Kind, Seats};
use domain::Duty;
use domain::member::SEATS_MAX;
use leptos::prelude::*;

#[component]
pub(super) fn SeatsField(value: RwSignal<String>, #[prop(into)] problem: Signal<Option<String>>) -> impl IntoView {
    let t = locale();
    let number = move || value.with(|text| text.trim().parse::<i32>().ok());
    let step = move |by: i32| {
        let next = untrack(number).unwrap_or_default().saturating_add(by);
        value.set(next.clamp(0, SEATS_MAX).to_string());
    };
    let row = Signal::derive(move || SeatRow {
        duty: Duty::On,
        seats: number().unwrap_or_default().clamp(0, SEATS_MAX),
        ..SeatRow::default()
    });
    view! {
        <Labelled
            label=td_string!(t, admin.seats)
            problem
            hint=td_string!(t, admin.seats_hint, n = SEATS_MAX)
            let:ids
        >
            <div class="stepper">
                <Button
                    label=td_string!(t, admin.seat_fewer)
                    icon=Icon::Minus
                    icon_only=true
                    kind=Kind::Quiet
                    disabled=Signal::derive(move || number().is_some_and(|number| number <= 0))
                    on_press=move |()| step(-1)
                />
                <input
                    id=ids.control
                    class="input figures"
                    name="seats"
                    type="number"
                    inputmode="numeric"
                    min="0"
                    max=SEATS_MAX.to_string()
                    autocomplete="off"
                    aria-invalid=move || problem.get().is_some().to_string()
                    aria-describedby=ids.note
                    prop:value=value
                    on:input=move |event| value.set(event_target_value(&event))
                />
                <Button
                    label=td_string!(t, admin.seat_more)
                    icon=Icon::Plus
                    icon_only=true
                    kind=Kind::Quiet
                    disabled=Signal::derive(move || number().is_some_and(|number| number >= SEATS_MAX))
                    on_press=move |()| step(1)
                />
                // As they look wherever the member is shown.
                <Seats row ornament=true />
            </div>
        </Labelled>
    }
}
