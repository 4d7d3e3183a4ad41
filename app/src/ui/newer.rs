//! Whether the server has a newer front end than the one that runs: then a reload is offered, at a moment that the reader
//! chooses.

use super::browser;
use super::toasts::{Action, Toasts};
use crate::i18n::{Language, td_string};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::Response;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// The page names the program it starts; the name is another one for each build.
const PROGRAM: &str = "data-wasm";

/// A page that nothing else tells of a new server is looked at this often, as the reader comes back to it.
const LOOKED_EVERY_MS: i64 = 10 * 60_000;

/// Looks whether there is a newer one; a context of the shell.
#[derive(Clone, Copy, Debug)]
pub struct Newer(Callback<()>);

impl Newer {
    /// Asks the server for this page as it is now. Without an answer there is nothing to offer.
    pub fn look(self) {
        self.0.run(());
    }

    pub fn watch(toasts: Toasts, language: Language) -> Self {
        let watch = Watch {
            offered: StoredValue::new(false),
            looked_at: StoredValue::new(browser::now_ms()),
            toasts,
            language,
        };
        let back = window_event_listener_untyped("visibilitychange", move |_| {
            let looked_at = watch.looked_at.get_value();
            if browser::visible() && (browser::now_ms() - looked_at).abs() >= LOOKED_EVERY_MS {
                watch.look();
            }
        });
        on_cleanup(move || back.remove());
        Self(Callback::new(move |()| watch.look()))
    }
}

#[derive(Clone, Copy)]
struct Watch {
    offered: StoredValue<bool>,
    looked_at: StoredValue<i64>,
    toasts: Toasts,
    language: Language,
}

impl Watch {
    fn look(self) {
        self.looked_at.try_set_value(browser::now_ms());
        spawn_local(async move {
            let newer = match (program(), page().await) {
                (Some(ours), Some(page)) => is_newer(&page, &ours),
                _ => false,
            };
            if newer && self.offered.try_get_value() == Some(false) {
                self.offered.set_value(true);
                self.offer();
            }
        });
    }

    fn offer(self) {
        let t = self.language.now();
        let reload = Action {
            label: td_string!(t, link.reload).to_owned(),
            run: Callback::new(|()| drop(window().location().reload())),
        };
        self.toasts.offer(td_string!(t, link.newer), reload);
    }
}

fn is_newer(page: &str, ours: &str) -> bool {
    page.contains(&format!("{PROGRAM}=\"")) && !page.contains(&format!("{PROGRAM}=\"{ours}\""))
}

fn program() -> Option<String> {
    let script = document().query_selector(&format!("[{PROGRAM}]")).ok()??;
    script.get_attribute(PROGRAM)
}

async fn page() -> Option<String> {
    let address = window().location().pathname().ok()?;
    let response = JsFuture::from(window().fetch_with_str(&address)).await.ok()?;
    let text = response.dyn_into::<Response>().ok()?.text().ok()?;
    JsFuture::from(text).await.ok()?.as_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_page_of_another_build_is_newer() {
        let page = |program: &str| format!(r#"<script data-wasm="{program}">"#);
        assert!(!is_newer(&page("/desk/pkg/a.wasm"), "/desk/pkg/a.wasm"));
        assert!(is_newer(&page("/desk/pkg/b.wasm"), "/desk/pkg/a.wasm"));
        assert!(!is_newer("502 Bad Gateway", "/desk/pkg/a.wasm"));
    }
}
