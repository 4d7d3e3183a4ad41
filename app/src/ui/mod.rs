//! What desk and console share on screen: one component per file, the shell around both, the socket, the session.
//!
//! Looks are in `style/`; here are structure, words and behaviour. Nothing here knows a page of either front end.

pub mod account;
pub mod avatar;
pub mod browser;
pub mod button;
pub mod clock;
pub mod confirm;
pub mod dialog;
pub mod empty;
pub mod error_state;
pub mod field;
pub mod icon;
pub mod language_switch;
pub mod line_dots;
pub mod link_banner;
pub mod loader;
pub mod loading;
pub mod login;
pub mod menu;
pub mod seats;
pub mod session;
pub mod sheet;
pub mod shell;
pub mod socket;
pub mod submission;
pub mod theme;
pub mod time_ago;
pub mod toasts;

pub use account::AccountMenu;
pub use avatar::Avatar;
pub use button::{Button, Kind};
pub use clock::Clock;
pub use confirm::Confirm;
pub use dialog::Dialog;
pub use empty::Empty;
pub use error_state::ErrorState;
pub use field::Field;
pub use icon::Icon;
pub use line_dots::LineDots;
pub use link_banner::LinkBanner;
pub use loader::{Load, Loader};
pub use loading::Loading;
pub use menu::{Menu, MenuItem};
pub use seats::Seats;
pub use session::Session;
pub use sheet::Sheet;
pub use submission::Submission;
pub use time_ago::TimeAgo;
pub use toasts::Toasts;
