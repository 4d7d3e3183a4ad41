//! What a database needs before anybody can use it.

use crate::auth::{insert_group, link_rule};
use crate::db::{Tx, execute, fetch_all, fetch_one, fetch_optional};
use crate::member::insert_member;
use crate::{Field, NewMember, SiteUpdate, Store, StoreError, config, site};
use domain::member::Member;
use domain::rule::INITIAL_AUTH_GROUPS;
use domain::{AuthGroupId, GroupId, Rule, Timestamp};

/// The `config` key that tells an initialised database: when it was.
const INITIALISED_AT: &str = "initialised_at";

const DEFAULT_GROUP: &str = "Service";
const DEFAULT_SITE: &str = "Website";

/// So that the first administrator can serve guests at once.
const ADMINISTRATOR_SEATS: i32 = 5;

/// How a start found the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Initialised {
    /// It was empty: auth groups, the default member group and the default site have just been created.
    pub first_start: bool,
    /// No member may edit members: nobody could ever log in and create one.
    pub administrator_needed: bool,
}

impl Store {
    /// At every start: makes the `auth_rule` rows those of [`Rule`], and fills an empty database.
    pub async fn initialise(&self, now: Timestamp, default_site_key: &str) -> Result<Initialised, StoreError> {
        let mut tx = self.begin().await?;
        let first_start = config::insert_if_missing(&mut tx, INITIALISED_AT, &now.0.to_string()).await?;
        if first_start {
            for (name, _) in INITIAL_AUTH_GROUPS {
                insert_group(&mut tx, name).await?;
            }
            let sql = "INSERT INTO member_group (name) VALUES ($1) RETURNING id";
            let (group,) = fetch_one!(tx, (i64,), sql, DEFAULT_GROUP)?;
            let site = SiteUpdate {
                name: DEFAULT_SITE.to_owned(),
                allowed_origins: Vec::new(),
                group: GroupId(group),
            };
            site::insert_site(&mut tx, default_site_key, &site).await?;
        }
        sync_rules(&mut tx).await?;
        let administrator_needed = !has_administrator(&mut tx).await?;
        tx.commit().await?;
        Ok(Initialised {
            first_start,
            administrator_needed,
        })
    }

    /// A member who may edit members, by every auth group that lets them, in every member group, with a few seats.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] about the login; [`StoreError::Unknown`] if no auth group lets anybody edit members.
    pub async fn create_administrator(
        &self,
        login: &str,
        name: &str,
        password_hash: &str,
        now: Timestamp,
    ) -> Result<Member, StoreError> {
        let mut tx = self.begin().await?;
        let sql = "SELECT link.auth_group_id FROM auth_group_rule link
                   JOIN auth_rule ON auth_rule.id = link.auth_rule_id WHERE auth_rule.name = $1";
        let auth_groups = fetch_all!(tx, (i64,), sql, Rule::MemberEdit.name())?;
        if auth_groups.is_empty() {
            return Err(StoreError::Unknown {
                field: Field::AuthGroups,
            });
        }
        let groups = fetch_all!(tx, (i64,), "SELECT id FROM member_group ORDER BY id")?;
        let new = NewMember {
            login: login.to_owned(),
            name: name.to_owned(),
            password_hash: password_hash.to_owned(),
            seats: ADMINISTRATOR_SEATS,
            groups: groups.into_iter().map(|(id,)| GroupId(id)).collect(),
            auth_groups: auth_groups.into_iter().map(|(id,)| AuthGroupId(id)).collect(),
        };
        let member = insert_member(&mut tx, &new, now).await?;
        tx.commit().await?;
        Ok(member)
    }
}

/// A rule that is new goes to those initial auth groups that carry it; what is no rule any more is removed.
async fn sync_rules(tx: &mut Tx) -> Result<(), StoreError> {
    let stored = fetch_all!(tx, (String,), "SELECT name FROM auth_rule")?;
    for (name,) in &stored {
        if Rule::from_name(name).is_none() {
            execute!(tx, "DELETE FROM auth_rule WHERE name = $1", name)?;
        }
    }
    for rule in Rule::ALL {
        if stored.iter().any(|(name,)| name == rule.name()) {
            continue;
        }
        execute!(tx, "INSERT INTO auth_rule (name) VALUES ($1)", rule.name())?;
        for (group, rules) in INITIAL_AUTH_GROUPS {
            let id = fetch_optional!(tx, (i64,), "SELECT id FROM auth_group WHERE name = $1", *group)?;
            if let (Some((id,)), true) = (id, rules.contains(rule)) {
                link_rule(tx, AuthGroupId(id), *rule).await?;
            }
        }
    }
    Ok(())
}

async fn has_administrator(tx: &mut Tx) -> Result<bool, StoreError> {
    let sql = "SELECT access.member_id FROM auth_group_access access
               JOIN auth_group_rule link ON link.auth_group_id = access.auth_group_id
               JOIN auth_rule ON auth_rule.id = link.auth_rule_id
               WHERE auth_rule.name = $1 LIMIT 1";
    Ok(fetch_optional!(tx, (i64,), sql, Rule::MemberEdit.name())?.is_some())
}
