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

/// Something of a page's list that is open beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Thing {
    /// One that is being made.
    New,
    /// A member, a group, a site, by id.
    Known(i64),
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

    /// The page's address with something open beside its list.
    pub(crate) fn address_of(self, thing: Thing) -> String {
        match thing {
            Thing::New => format!("{BASE}/{}/new", self.segment()),
            Thing::Known(id) => format!("{BASE}/{}/{id}", self.segment()),
        }
    }

    /// The rule that one needs to see it.
    pub(crate) const fn rule(self) -> Rule {
        match self {
            Self::Live => Rule::LiveView,
            Self::Members => Rule::MemberView,
            Self::Groups => Rule::GroupView,
            Self::Sites => Rule::SiteView,
        }
    }

    /// Where the navigation lists it.
    pub(crate) const fn section(self) -> Section {
        match self {
            Self::Live => Section::Now,
            Self::Members | Self::Groups => Section::People,
            Self::Sites => Section::Setup,
        }
    }

    /// Whether things of it are opened beside it.
    const fn has_things(self) -> bool {
        matches!(self, Self::Members | Self::Groups | Self::Sites)
    }

    pub(crate) fn seen_by(self, me: &Me) -> bool {
        me.may(self.rule())
    }

    /// The first page that `me` may see.
    pub(crate) fn first_for(me: &Me) -> Option<Self> {
        Self::ALL.into_iter().find(|page| page.seen_by(me))
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
    /// The console itself: the first page that one may see.
    Start,
    /// A page, perhaps with one of its things open beside it.
    Page(Page, Option<Thing>),
    /// Every shared component in every state, for those who build with them.
    #[cfg(feature = "components")]
    Components,
    Unknown,
}

impl Place {
    pub(crate) fn of(path: &str) -> Self {
        let rest = path.strip_prefix(BASE).unwrap_or_default().trim_matches('/');
        let (segment, thing) = match rest.split_once('/') {
            Some((segment, thing)) => (segment, Some(thing)),
            None => (rest, None),
        };
        let page = Page::ALL.into_iter().find(|page| page.segment() == segment);
        match (page, thing) {
            (None, None) if rest.is_empty() => Self::Start,
            #[cfg(feature = "components")]
            (None, None) if rest == "components" => Self::Components,
            (Some(page), None) => Self::Page(page, None),
            (Some(page), Some(thing)) if page.has_things() => match (thing, thing.parse()) {
                ("new", _) => Self::Page(page, Some(Thing::New)),
                (_, Ok(id)) => Self::Page(page, Some(Thing::Known(id))),
                (_, Err(_)) => Self::Unknown,
            },
            _ => Self::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::MemberId;

    fn first_for(rules: &[Rule]) -> Option<Page> {
        Page::first_for(&Me {
            id: MemberId(1),
            login: "anna".into(),
            name: "Anna".into(),
            rules: rules.to_vec(),
        })
    }

    #[test]
    fn every_page_is_found_at_its_address() {
        for page in Page::ALL {
            assert_eq!(Place::of(&page.address()), Place::Page(page, None));
            for thing in [Thing::New, Thing::Known(7)] {
                let place = if page.has_things() {
                    Place::Page(page, Some(thing))
                } else {
                    Place::Unknown
                };
                assert_eq!(Place::of(&page.address_of(thing)), place);
            }
        }
        assert_eq!(Place::of("/admin/"), Place::Start);
        for nowhere in ["/admin/nowhere", "/admin/members/me", "/admin/members/7/8"] {
            assert_eq!(Place::of(nowhere), Place::Unknown, "{nowhere}");
        }
    }

    #[test]
    fn one_begins_with_the_first_page_that_one_may_see() {
        assert_eq!(first_for(&[Rule::GroupView, Rule::MemberView]), Some(Page::Members));
        assert_eq!(first_for(&[Rule::ConversationServe]), None);
    }
}
