//! Which group is looked at: a row of chips, named by the address.

use super::scene::{Scene, use_scene};
use crate::parts::{group_name, use_query};
use app::i18n::{locale, td_string};
use app::ui::reactive::memo;
use app::ui::{Chip, Chips};
use domain::GroupId;
use leptos::prelude::*;
use leptos_router::params::ParamsMap;

const PARAM: &str = "group";

#[derive(Clone, Copy)]
pub(super) struct Filter {
    scene: Scene,
    chosen: Memo<Option<GroupId>>,
    write: Callback<ParamsMap>,
}

impl Filter {
    pub(super) fn start() -> Self {
        let (scene, (query, write)) = (use_scene(), use_query());
        let chosen = memo(move || {
            let named = query.with(|query| query.get_str(PARAM).and_then(|id| id.parse().ok()));
            let known = |id: &GroupId| scene.with(|view| view.groups.iter().any(|group| group.id == *id));
            named.map(GroupId).filter(known)
        });
        Self { scene, chosen, write }
    }

    /// The group chosen; `None` for all of them.
    pub(super) fn chosen(self) -> Signal<Option<GroupId>> {
        self.chosen.into()
    }

    fn choose(self, group: Option<GroupId>) {
        let mut query = ParamsMap::new();
        if let Some(group) = group {
            query.insert(PARAM, group.to_string());
        }
        self.write.run(query);
    }

    /// The chips; nothing if there is nothing to choose from.
    pub(super) fn chips(self) -> impl IntoView {
        let t = locale();
        let groups = memo(move || {
            let named = |view: &domain::live::LiveView| {
                let groups = view
                    .groups
                    .iter()
                    .map(|group| (group.id, group_name(group.id, &group.name)));
                groups.collect::<Vec<_>>()
            };
            self.scene.with(named)
        });
        let one = move |(id, name): (GroupId, String)| {
            let pressed = Signal::derive(move || self.chosen.get() == Some(id));
            view! { <Chip label=name pressed on_press=move |()| self.choose(Some(id)) /> }
        };
        view! {
            <Show when=move || groups.with(|groups| groups.len() > 1)>
                <div class="live-filter">
                    <Chips label=td_string!(t, admin.groups)>
                        <Chip
                            label=td_string!(t, live.all_groups)
                            pressed=Signal::derive(move || self.chosen.get().is_none())
                            on_press=move |()| self.choose(None)
                        />
                        <For each=move || groups.get() key=Clone::clone children=one />
                    </Chips>
                </div>
            </Show>
        }
    }
}
