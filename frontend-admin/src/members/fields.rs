//! What can be said about a member, the same when they are created and when they are changed.

use super::directory::Directory;
use super::lack::Lack;
use super::seats_field::SeatsField;
use crate::parts::{Choice, Choices, group_name};
use app::api::member::MemberChange;
use app::api::{ApiError, FieldProblem};
use app::i18n::{locale, td_string, words};
use app::ui::reactive::memo;
use app::ui::session::{may, use_me};
use app::ui::{Field, Icon, Submission};
use domain::member::{AuthGroup, Member, MemberGroup};
use domain::{AuthGroupId, GroupId, Rule};
use leptos::prelude::*;

/// Seats a new agent starts with.
const SEATS_NEW: i32 = 3;

/// The auth group that most new members belong to.
const AUTH_GROUP_NEW: &str = "agents";

/// The fields' values.
#[derive(Clone, Copy, Debug)]
pub(super) struct Values {
    name: RwSignal<String>,
    seats: RwSignal<String>,
    groups: RwSignal<Vec<GroupId>>,
    auth_groups: RwSignal<Vec<AuthGroupId>>,
}

/// What they are, to see whether they have changed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Snapshot {
    name: String,
    seats: String,
    groups: Vec<GroupId>,
    auth_groups: Vec<AuthGroupId>,
}

impl Values {
    /// Those of an agent in the first member group, as far as there are such groups.
    pub(super) fn new(directory: Directory) -> Self {
        let groups = directory.groups.ready().unwrap_or_default();
        let auth_groups = directory.auth_groups.ready().unwrap_or_default();
        let group = groups.iter().map(|group| group.id).min();
        let agents = auth_groups.iter().find(|group| group.name == AUTH_GROUP_NEW);
        Self {
            name: RwSignal::default(),
            seats: RwSignal::new(SEATS_NEW.to_string()),
            groups: RwSignal::new(group.into_iter().collect()),
            auth_groups: RwSignal::new(agents.map(|group| group.id).into_iter().collect()),
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

    /// What is in the fields, as far as the number of seats is one.
    pub(super) fn change(self) -> Result<MemberChange, ApiError> {
        let now = untrack(|| self.snapshot());
        let seats = now.seats.trim().parse();
        Ok(MemberChange {
            name: now.name,
            seats: seats.map_err(|_| ApiError::field("seats", FieldProblem::Invalid))?,
            groups: now.groups,
            auth_groups: now.auth_groups,
        })
    }

    pub(super) fn snapshot(self) -> Snapshot {
        let (mut groups, mut auth_groups) = (self.groups.get(), self.auth_groups.get());
        groups.sort_unstable();
        auth_groups.sort_unstable();
        Snapshot {
            name: self.name.get(),
            seats: self.seats.get(),
            groups,
            auth_groups,
        }
    }

    fn lack(self, directory: Directory) -> Option<Lack> {
        let rules = may(Rule::AuthView).then(|| directory.rules(&self.auth_groups.get()));
        let seats = self.seats.with(|text| text.trim().parse().ok())?;
        Lack::of(rules.as_deref(), seats, self.groups.with(Vec::len))
    }
}

#[component]
pub(super) fn Fields(values: Values, submission: Submission) -> impl IntoView {
    let (t, directory) = (locale(), expect_context::<Directory>());
    let lack = memo(move || values.lack(directory));
    view! {
        <Field
            label=td_string!(t, admin.name)
            name="name"
            value=values.name
            problem=submission.problem("name")
            hint=td_string!(t, admin.name_hint)
        />
        <SeatsField value=values.seats problem=submission.problem("seats") />
        {may(Rule::GroupView)
            .then(|| {
                view! {
                    <Choices
                        label=td_string!(t, admin.member_groups)
                        hint=td_string!(t, admin.member_groups_hint)
                        choices=group_choices(directory.groups.ready().unwrap_or_default())
                        chosen=values.groups
                        problem=submission.problem("groups")
                    />
                }
            })}
        {may(Rule::AuthView)
            .then(|| {
                view! {
                    <Choices
                        label=td_string!(t, admin.auth_groups)
                        hint=td_string!(t, admin.auth_groups_hint)
                        choices=auth_group_choices(directory.auth_groups.ready().unwrap_or_default())
                        chosen=values.auth_groups
                        problem=submission.problem("auth_groups")
                    />
                }
            })}
        <div role="status">
            {move || {
                lack.get()
                    .map(|lack| view! { <p class="advice">{Icon::TriangleAlert.view()} <span>{lack.words(t)}</span></p> })
            }}
        </div>
    }
}

fn group_choices(groups: Vec<MemberGroup>) -> Vec<Choice<GroupId>> {
    let t = locale();
    let choice = |group: MemberGroup| Choice {
        id: group.id,
        name: group_name(group.id, &group.name),
        hint: Some(td_string!(t, admin.members_count, n = group.members.len())),
        fixed: false,
    };
    groups.into_iter().map(choice).collect()
}

/// Auth groups with what they allow. Nobody hands out rules that they do not hold themselves.
fn auth_group_choices(groups: Vec<AuthGroup>) -> Vec<Choice<AuthGroupId>> {
    let (t, me) = (locale(), use_me());
    let choice = |group: AuthGroup| {
        let fixed = !group.rules.iter().all(|rule| me.may(*rule));
        let rules: Vec<_> = group.rules.iter().map(|rule| words::rule(t, *rule)).collect();
        let rules = if group.rules.len() == Rule::ALL.len() {
            td_string!(t, admin.every_rule).to_owned()
        } else {
            rules.join(" · ")
        };
        let hint = if fixed {
            format!("{rules}. {}", td_string!(t, admin.rules_not_held))
        } else {
            rules
        };
        Choice {
            id: group.id,
            name: words::auth_group(t, &group.name),
            hint: Some(hint),
            fixed,
        }
    };
    groups.into_iter().map(choice).collect()
}
