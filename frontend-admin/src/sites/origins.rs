//! Where a site may be embedded: a list of origins, each checked by itself and shown as it will be kept.

use app::api::FieldProblem;
use app::api::origin::parse_origin;
use app::api::site::ORIGINS_MAX;
use app::i18n::{locale, td_string, words};
use app::ui::field::note;
use app::ui::reactive::{effect, memo};
use app::ui::{Button, Icon, Kind};
use leptos::{ev, html, prelude::*};

/// The origins as they are being written; one that is still empty counts for nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origins {
    entries: RwSignal<Vec<Entry>>,
    last: StoredValue<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Entry {
    key: usize,
    text: RwSignal<String>,
    /// Written to the end, so that what is wrong with it can be said.
    written: RwSignal<bool>,
}

impl Entry {
    fn problem(self) -> Option<FieldProblem> {
        let parsed = self.text.with(|text| parse_origin(text));
        parsed
            .err()
            .map(FieldProblem::from)
            .filter(|problem| *problem != FieldProblem::Required)
    }

    /// It is written to the end: shows it as it will be kept, or what is wrong with it.
    fn written(self) {
        if let Ok(origin) = self.text.with_untracked(|text| parse_origin(text)) {
            self.text.set(origin);
        }
        self.written.set(true);
    }
}

impl Origins {
    pub(super) fn of(origins: Vec<String>) -> Self {
        let all = Self {
            entries: RwSignal::new(Vec::new()),
            last: StoredValue::new(0),
        };
        for origin in origins {
            all.add(origin);
        }
        all
    }

    fn add(self, text: String) {
        self.last.update_value(|last| *last += 1);
        let entry = Entry {
            key: self.last.get_value(),
            text: RwSignal::new(text),
            written: RwSignal::new(false),
        };
        self.entries.update(|entries| entries.push(entry));
    }

    /// What is written, without what is empty.
    pub(super) fn texts(self) -> Vec<String> {
        let texts = self
            .entries
            .get()
            .into_iter()
            .map(|entry| entry.text.get().trim().to_owned());
        texts.filter(|text| !text.is_empty()).collect()
    }

    /// Says what is wrong with each; true if nothing is.
    pub(super) fn check(self) -> bool {
        let entries = self.entries.get_untracked();
        for entry in &entries {
            entry.written();
        }
        entries.into_iter().all(|entry| untrack(|| entry.problem()).is_none())
    }

    /// Several at once, from the clipboard: one per line, or with commas or semicolons between them.
    fn paste(self, into: Entry, text: &str) -> bool {
        let mut lines = text
            .split(char::is_whitespace)
            .map(|line| line.trim_matches([',', ';']).to_owned())
            .filter(|line| !line.is_empty());
        let (Some(first), Some(second)) = (lines.next(), lines.next()) else {
            return false;
        };
        into.text.set(first);
        into.written();
        for line in [second].into_iter().chain(lines) {
            self.add(line);
        }
        true
    }
}

#[component]
pub(super) fn OriginsField(origins: Origins, #[prop(into)] problem: Signal<Option<String>>) -> impl IntoView {
    let t = locale();
    let label = td_string!(t, admin.origins);
    let none = move || origins.texts().is_empty();
    let full = move || origins.entries.with(Vec::len) >= ORIGINS_MAX;
    view! {
        <div class="field" role="group" aria-label=label>
            <span class="field-label">{label}</span>
            <span class="field-hint">{td_string!(t, admin.origins_hint)}</span>
            <div class="origins">
                <For each=move || origins.entries.get() key=|entry| entry.key let:entry>
                    <EntryRow origins entry />
                </For>
            </div>
            <div>
                <Button
                    label=td_string!(t, admin.add_origin)
                    icon=Icon::Plus
                    small=true
                    disabled=Signal::derive(full)
                    on_press=move |()| origins.add(String::new())
                />
            </div>
            <div class="field-note">{move || note(problem.get(), None)}</div>
            <div role="status">
                {move || {
                    none()
                        .then(|| {
                            view! {
                                <p class="advice">
                                    {Icon::TriangleAlert.view()} <span>{td_string!(t, admin.no_origins_text)}</span>
                                </p>
                            }
                        })
                }}
            </div>
        </div>
    }
}

#[component]
fn EntryRow(origins: Origins, entry: Entry) -> impl IntoView {
    let (t, node) = (locale(), NodeRef::<html::Input>::new());
    let fresh = entry.text.with_untracked(String::is_empty);
    effect(move || {
        if let (true, Some(input)) = (fresh, node.get()) {
            drop(input.focus());
        }
    });
    let problem = memo(move || entry.problem().filter(|_| entry.written.get()));
    let note_id = format!("origin-{}-note", entry.key);
    let paste = move |event: ev::Event| {
        let text = event_target_value(&event);
        if !origins.paste(entry, &text) {
            entry.text.set(text);
        }
    };
    view! {
        <div class="origin">
            <input
                node_ref=node
                class="input"
                type="text"
                inputmode="url"
                placeholder="https://shop.example"
                aria-label=td_string!(t, admin.origin)
                aria-invalid=move || problem.get().is_some().to_string()
                aria-describedby=note_id.clone()
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                prop:value=entry.text
                on:input=paste
                on:change=move |_| entry.written()
            />
            <Button
                label=td_string!(t, admin.remove_origin)
                icon=Icon::X
                icon_only=true
                kind=Kind::Quiet
                on_press=move |()| origins.entries.update(|entries| entries.retain(|one| *one != entry))
            />
            <div id=note_id class="origin-note">
                {move || note(problem.get().map(|problem| words::field_problem(t, problem).to_owned()), None)}
            </div>
        </div>
    }
}
