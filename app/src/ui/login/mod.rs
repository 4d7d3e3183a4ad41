//! The log-in, the same for desk and console: a page for who comes, a dialog over everything for whose session is over.

mod countdown;
pub mod dialog;
pub mod form;
pub mod page;

pub use dialog::LoginDialog;
pub use page::LoginPage;

use leptos::prelude::*;

/// What has been typed; kept outside of the views, which another language builds anew.
#[derive(Clone, Copy, Debug, Default)]
pub struct Credentials {
    login: RwSignal<String>,
    password: RwSignal<String>,
}
