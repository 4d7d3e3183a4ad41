//! What can be said about a member, the same when they are created and when they are changed.

use super::Directory;
use crate::parts::{Choice, Choices};
use app::api::{ApiError, FieldProblem};
use app::i18n::{locale, td_string, words};
use app::ui::session::may;
use app::ui::{Field, Submission};
use domain::member::{Member, SEATS_MAX};
use domain::{AuthGroupId, GroupId, Rule};
use leptos::prelude::*;

/// Seats a new agent starts with.
const SEATS_NEW: i32 = 3;

/// The fields' values.
#[derive(Clone, Copy, Debug)]
pub(super) struct Values {
    pub(super) name: RwSignal<String>,
    seats: RwSignal<String>,
    pub(super) groups: RwSignal<Vec<GroupId>>,
    pub(super) auth_groups: RwSignal<Vec<AuthGroupId>>,
}

impl Values {
    pub(super) fn new() -> Self {
        Self {
            name: RwSignal::default(),
            seats: RwSignal::new(SEATS_NEW.to_string()),
            groups: RwSignal::default(),
            auth_groups: RwSignal::default(),
        }
    }

    pub(super) fn of(member: &Member) -> Self {
        Self {
            name: RwSignal::new(member.name.clone()),
            seats: RwSignal::new(member.seats.to_string()),
            groups: RwSignal::new(member.groups.clone()),
            auth_groups: RwSignal::new(member.auth_groups.clone()),
        }
    }

    /// The number in the field for seats.
    pub(super) fn seats(self) -> Result<i32, ApiError> {
        let text = self.seats.get_untracked();
        text.trim()
            .parse()
            .map_err(|_| ApiError::field("seats", FieldProblem::Invalid))
    }
}

#[component]
pub(super) fn Fields(values: Values, submission: Submission) -> impl IntoView {
    let (t, directory) = (locale(), expect_context::<Directory>());
    let groups = move || {
        let known = directory.groups.ready().unwrap_or_default().into_iter();
        let choices = known.map(|group| Choice {
            id: group.id,
            name: group.name,
            hint: None,
        });
        let choices: Vec<_> = choices.collect();
        view! {
            <Choices
                label=td_string!(t, admin.member_groups)
                choices
                chosen=values.groups
                none=td_string!(t, admin.no_groups_yet)
            />
        }
    };
    let auth_groups = move || {
        let known = directory.auth_groups.ready().unwrap_or_default().into_iter();
        let choices = known.map(|group| {
            let rules: Vec<_> = group.rules.iter().map(|rule| words::rule(t, *rule)).collect();
            let all = group.rules.len() == Rule::ALL.len();
            Choice {
                id: group.id,
                name: words::auth_group(t, &group.name),
                hint: Some(if all {
                    td_string!(t, admin.every_rule).to_owned()
                } else {
                    rules.join(" · ")
                }),
            }
        });
        let choices: Vec<_> = choices.collect();
        view! {
            <Choices
                label=td_string!(t, admin.auth_groups)
                choices
                chosen=values.auth_groups
                none=td_string!(t, admin.no_groups_yet)
            />
        }
    };
    view! {
        <Field
            label=td_string!(t, admin.name)
            name="name"
            value=values.name
            problem=submission.problem("name")
            hint=td_string!(t, admin.name_hint)
        />
        <Field
            label=td_string!(t, admin.seats)
            name="seats"
            value=values.seats
            problem=submission.problem("seats")
            hint=td_string!(t, admin.seats_hint, n = SEATS_MAX)
            kind="number"
        />
        {groups}
        {may(Rule::AuthView).then_some(auth_groups)}
    }
}
