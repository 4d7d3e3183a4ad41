//! What fills a page.

use super::sample::{Look, Sample, button};
use app::i18n::{locale, td_string};
use app::ui::login::Credentials;
use app::ui::login::form::LoginForm;
use app::ui::seats::SeatRow;
use app::ui::{Avatar, Dialog, Icon, Kind, Seats};
use domain::Duty;
use leptos::prelude::*;

pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample::new(
            ".grid-table",
            "The first column is the thing and leads to it; what can be done shows on hover and focus.",
            table,
        ),
        Sample::new(
            "LoginPage, LoginDialog",
            "The same for desk and console; a dialog when a session ends, so that nothing typed is lost.",
            login,
        ),
    ]
}

fn table() -> AnyView {
    let t = locale();
    let row = |name: &'static str, duty: Duty, used: i32| {
        let seats = SeatRow {
            duty,
            seats: 3,
            used,
            ..SeatRow::default()
        };
        view! {
            <tr>
                <td>
                    <span class="thing">
                        <Avatar name seed=name />
                        <span class="thing-name">{name}</span>
                    </span>
                </td>
                <td>
                    <Seats row=Signal::stored(seats) />
                </td>
                <td class="cell-actions">
                    {Look {
                        kind: Kind::Quiet,
                        icon: Some(Icon::Pencil),
                        icon_only: true,
                        small: true,
                        ..Look::default()
                    }
                        .view(td_string!(t, admin.edit_member), Callback::new(|()| ()))}
                </td>
            </tr>
        }
    };
    view! {
        <table class="grid-table">
            <thead>
                <tr>
                    <th>{td_string!(t, admin.name)}</th>
                    <th>{td_string!(t, admin.seats)}</th>
                    <th>
                        <span class="sr-only">{td_string!(t, admin.actions)}</span>
                    </th>
                </tr>
            </thead>
            <tbody>{row("Mei Lin", Duty::On, 2)} {row("王芳", Duty::Break, 1)} {row("Grace Okafor", Duty::Off, 0)}</tbody>
        </table>
    }
    .into_any()
}

fn login() -> AnyView {
    let (t, open) = (locale(), RwSignal::new(false));
    view! {
        {button("Open", move || open.set(true))}
        <Dialog open class="dialog" label=td_string!(t, login.verb)>
            <h2 class="text-lg">{td_string!(t, login.ended_title)}</h2>
            <LoginForm credentials=Credentials::default() />
        </Dialog>
    }
    .into_any()
}
