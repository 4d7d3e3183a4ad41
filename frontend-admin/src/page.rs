//! The console's pages: their addresses, names, icons, and the rule that each needs. Nothing else lists them.

use app::i18n::{Locale, td_string};
use app::ui::Icon;
use domain::Rule;
use domain::member::Me;

/// Where the console lives on its host.
pub(crate) const BASE: &str = "/admin";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Page {
    Live,
    Members,
    Groups,
    Sites,
}

/// What people come for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Now,
    People,
    Setup,
}

impl Page {
    pub(crate) const ALL: [Self; 4] = [Self::Live, Self::Members, Self::Groups, Self::Sites];

    const fn segment(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Members => "members",
            Self::Groups => "groups",
            Self::Sites => "sites",
        }
    }

    pub(crate) fn address(self) -> String {
        format!("{BASE}/{}", self.segment())
    }

    pub(crate) const fn rule(self) -> Rule {
        match self {
            Self::Live => Rule::LiveView,
            Self::Members => Rule::MemberView,
            Self::Groups => Rule::GroupView,
            Self::Sites => Rule::SiteView,
        }
    }

    pub(crate) const fn section(self) -> Section {
        match self {
            Self::Live => Section::Now,
            Self::Members | Self::Groups => Section::People,
            Self::Sites => Section::Setup,
        }
    }

    pub(crate) const fn icon(self) -> Icon {
        match self {
            Self::Live => Icon::Armchair,
            Self::Members => Icon::Users,
            Self::Groups => Icon::UsersRound,
            Self::Sites => Icon::Globe,
        }
    }

    pub(crate) fn name(self, t: Locale) -> &'static str {
        match self {
            Self::Live => td_string!(t, admin.live),
            Self::Members => td_string!(t, admin.members),
            Self::Groups => td_string!(t, admin.groups),
            Self::Sites => td_string!(t, admin.sites),
        }
    }
}

/// What an address leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A page, perhaps with one of its things open beside it: a member, a group, a site, by id.
    Page(Page, Option<i64>),
    Unknown,
}

impl Place {
    /// What `path` leads to for `me`; the bare address leads to the first page they may see.
    pub(crate) fn of(path: &str, me: &Me) -> Self {
        let rest = path.strip_prefix(BASE).unwrap_or_default().trim_matches('/');
        if rest.is_empty() {
            let first = Page::ALL.into_iter().find(|page| me.may(page.rule()));
            return Self::Page(first.unwrap_or(Page::Live), None);
        }
        let (segment, thing) = match rest.split_once('/') {
            Some((segment, thing)) => (segment, Some(thing)),
            None => (rest, None),
        };
        let page = Page::ALL.into_iter().find(|page| page.segment() == segment);
        match (page, thing.map(str::parse)) {
            (Some(page), None) => Self::Page(page, None),
            (Some(page), Some(Ok(id))) => Self::Page(page, Some(id)),
            _ => Self::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::MemberId;

    fn me(rules: &[Rule]) -> Me {
        Me {
            id: MemberId(1),
            login: "anna".into(),
            name: "Anna".into(),
            rules: rules.to_vec(),
        }
    }

    #[test]
    fn every_page_is_found_at_its_address() {
        for page in Page::ALL {
            assert_eq!(Place::of(&page.address(), &me(&[])), Place::Page(page, None));
            let thing = format!("{}/7", page.address());
            assert_eq!(Place::of(&thing, &me(&[])), Place::Page(page, Some(7)));
        }
        assert_eq!(Place::of("/admin/nowhere", &me(&[])), Place::Unknown);
        assert_eq!(Place::of("/admin/members/me", &me(&[])), Place::Unknown);
    }

    #[test]
    fn the_bare_address_leads_to_the_first_page_one_may_see() {
        let place = |rules: &[Rule]| Place::of("/admin/", &me(rules));
        assert_eq!(
            place(&[Rule::GroupView, Rule::MemberView]),
            Place::Page(Page::Members, None)
        );
        assert_eq!(place(&[]), Place::Page(Page::Live, None));
    }
}
