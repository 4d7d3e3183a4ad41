//! Which members the list shows and in which order, as the address says it.

use app::ui::letters::small;
use domain::member::Member;
use domain::{Duty, GroupId};
use std::cmp::Ordering;

/// How the list is narrowed down and sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Listing {
    /// Part of a name or login.
    pub(super) find: String,
    pub(super) show: Show,
    pub(super) group: Option<GroupId>,
    pub(super) sort: Sort,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Show {
    #[default]
    All,
    OnDuty,
    Disabled,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sort {
    pub(super) column: Column,
    pub(super) descending: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Column {
    #[default]
    Name,
    Login,
    Status,
    Seats,
    Added,
}

impl Column {
    const ALL: [Self; 5] = [Self::Name, Self::Login, Self::Status, Self::Seats, Self::Added];

    const fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Login => "login",
            Self::Status => "status",
            Self::Seats => "seats",
            Self::Added => "added",
        }
    }
}

impl Show {
    const ALL: [Self; 3] = [Self::All, Self::OnDuty, Self::Disabled];

    const fn word(self) -> &'static str {
        match self {
            Self::All => "",
            Self::OnDuty => "on_duty",
            Self::Disabled => "disabled",
        }
    }

    pub(super) fn admits(self, member: &Member, duty: Duty) -> bool {
        match self {
            Self::All => true,
            Self::OnDuty => !member.disabled && duty == Duty::On,
            Self::Disabled => member.disabled,
        }
    }
}

impl Listing {
    /// As the query of an address says it; what it does not understand it leaves out.
    pub(super) fn of(query: impl Fn(&str) -> Option<String>) -> Self {
        let word = |name| query(name).unwrap_or_default();
        let (show, sort) = (word("show"), word("sort"));
        let (column, descending) = match sort.strip_prefix('-') {
            Some(column) => (column, true),
            None => (sort.as_str(), false),
        };
        let column = Column::ALL.into_iter().find(|known| known.word() == column);
        Self {
            find: word("find"),
            show: Show::ALL
                .into_iter()
                .find(|known| known.word() == show)
                .unwrap_or_default(),
            group: word("group").parse().ok().map(GroupId),
            sort: column.map_or_else(Sort::default, |column| Sort { column, descending }),
        }
    }

    /// The query that says it, without what goes without saying.
    pub(super) fn query(&self) -> Vec<(&'static str, String)> {
        let sort = match self.sort {
            Sort {
                column,
                descending: true,
            } => format!("-{}", column.word()),
            Sort {
                column: Column::Name, ..
            } => String::new(),
            Sort { column, .. } => column.word().to_owned(),
        };
        let group = self.group.map(|group| group.to_string());
        let pairs = [
            ("find", self.find.clone()),
            ("show", self.show.word().to_owned()),
            ("group", group.unwrap_or_default()),
            ("sort", sort),
        ];
        pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }

    pub(super) fn admits(&self, member: &Member, duty: Duty) -> bool {
        let find = small(self.find.trim());
        let found = small(&member.name).contains(&find) || small(&member.login).contains(&find);
        found && self.show.admits(member, duty) && self.group.is_none_or(|group| member.groups.contains(&group))
    }
}

impl Sort {
    /// What pressing the head of a column does.
    pub(super) fn pressed(self, column: Column) -> Self {
        Self {
            column,
            descending: self.column == column && !self.descending,
        }
    }

    /// The order of two members on those duties. Those who are equal stand in the order of their names.
    pub(super) fn order(
        self,
        (one, one_duty): (&Member, Duty),
        (other, other_duty): (&Member, Duty),
        names: impl Fn(&str, &str) -> Ordering,
    ) -> Ordering {
        let by_column = match self.column {
            Column::Name => names(&one.name, &other.name),
            Column::Login => names(&one.login, &other.login),
            Column::Status => rank(one, one_duty).cmp(&rank(other, other_duty)),
            Column::Seats => one.seats.cmp(&other.seats),
            Column::Added => one.created_at.cmp(&other.created_at),
        };
        let by_column = if self.descending {
            by_column.reverse()
        } else {
            by_column
        };
        by_column
            .then_with(|| names(&one.name, &other.name))
            .then(one.id.cmp(&other.id))
    }
}

/// Those who take guests first, those who cannot log in last.
fn rank(member: &Member, duty: Duty) -> u8 {
    match duty {
        _ if member.disabled => 3,
        Duty::On => 0,
        Duty::Break => 1,
        Duty::Off => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{MemberId, Timestamp};

    fn member(id: i64, login: &str, name: &str) -> Member {
        Member {
            id: MemberId(id),
            login: login.into(),
            name: name.into(),
            seats: 3,
            duty: Duty::Off,
            disabled: false,
            groups: vec![GroupId(1)],
            auth_groups: vec![],
            created_at: Timestamp(id),
            version: 1,
        }
    }

    fn listing(query: &[(&str, &str)]) -> Listing {
        Listing::of(|name| {
            let found = query.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_address_says_it_and_says_no_more_than_needed() {
        let all = [("find", "王"), ("show", "on_duty"), ("group", "7"), ("sort", "-seats")];
        let written = listing(&all).query();
        let written: Vec<_> = written.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(written, all);
        assert_eq!(listing(&[]).query(), []);
        assert_eq!(
            listing(&[("show", "?"), ("group", "x"), ("sort", "-?")]),
            Listing::default()
        );
    }

    #[test]
    fn a_member_is_found_by_part_of_name_or_login() {
        let mei = member(1, "m.lin", "Mei 林");
        for (find, found) in [("", true), (" MEI ", true), ("林", true), ("m.l", true), ("bob", false)] {
            assert_eq!(listing(&[("find", find)]).admits(&mei, Duty::Off), found, "{find}");
        }
    }

    #[test]
    fn chips_leave_only_whom_they_name() {
        let mei = member(1, "mei", "Mei");
        let gone = Member {
            disabled: true,
            ..mei.clone()
        };
        assert!(listing(&[("show", "on_duty")]).admits(&mei, Duty::On));
        assert!(!listing(&[("show", "on_duty")]).admits(&mei, Duty::Break));
        assert!(!listing(&[("show", "on_duty")]).admits(&gone, Duty::On));
        assert!(listing(&[("show", "disabled")]).admits(&gone, Duty::Off));
        assert!(!listing(&[("group", "2")]).admits(&mei, Duty::Off));
    }

    #[test]
    fn a_head_pressed_twice_turns_the_order_around() {
        let (anna, bob) = (member(2, "z", "Anna"), member(1, "a", "Bob"));
        let order = |sort: Sort| sort.order((&anna, Duty::Off), (&bob, Duty::On), str::cmp);
        let name = Sort::default();
        assert_eq!(order(name), Ordering::Less);
        assert_eq!(order(name.pressed(Column::Name)), Ordering::Greater);
        assert_eq!(order(name.pressed(Column::Login)), Ordering::Greater);
        assert_eq!(order(name.pressed(Column::Status)), Ordering::Greater, "on duty first");
        assert_eq!(order(name.pressed(Column::Seats)), Ordering::Less, "equals by name");
        assert_eq!(name.pressed(Column::Seats).pressed(Column::Name), name);
    }
}
