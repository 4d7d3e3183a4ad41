//! What a database needs before anybody can use it.

use crate::auth::{insert_group, link_rule};
use crate::db::{Tx, execute, fetch_all, fetch_one, fetch_optional};
use crate::member::insert_member;
use crate::{Field, NewMember, SiteUpdate, Store, StoreError, config, site};
use domain::member::Member;
use domain::rule::INITIAL_AUTH_GROUPS;
use domain::{AuthGroupId, GroupId, MemberId, Rule, Timestamp};

/// The `config` key that tells an initialised database: when it was.
const INITIALISED_AT: &str = "initialised_at";

/// The `config` key that is there until somebody has logged in: the administrator whose password is told at each start.
const UNCLAIMED: &str = "unclaimed_administrator";

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
    /// The administrator that a start has created, if nobody at all has logged in since.
    pub unclaimed: Option<MemberId>,
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
        let sql = "SELECT value FROM config WHERE key = $1";
        let unclaimed = fetch_optional!(tx, (String,), sql, UNCLAIMED)?;
        tx.commit().await?;
        Ok(Initialised {
            first_start,
            administrator_needed,
            unclaimed: unclaimed.and_then(|(id,)| id.parse().ok()).map(MemberId),
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
        let member = insert_administrator(&mut tx, login, name, password_hash, now).await?;
        tx.commit().await?;
        Ok(member)
    }

    /// The same, and remembers that nobody has logged in yet: see [`Initialised::unclaimed`].
    ///
    /// # Errors
    /// As [`Store::create_administrator`].
    pub async fn create_unclaimed_administrator(
        &self,
        login: &str,
        name: &str,
        password_hash: &str,
        now: Timestamp,
    ) -> Result<Member, StoreError> {
        let mut tx = self.begin().await?;
        let member = insert_administrator(&mut tx, login, name, password_hash, now).await?;
        let sql = "INSERT INTO config (key, value) VALUES ($1, $2)
                   ON CONFLICT (key) DO UPDATE SET value = excluded.value";
        execute!(tx, sql, UNCLAIMED, member.id.0.to_string())?;
        tx.commit().await?;
        Ok(member)
    }

    /// Another password for the administrator whom nobody has claimed yet. False if somebody just has.
    pub async fn set_unclaimed_password(&self, id: MemberId, hash: &str) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        let sql = "UPDATE member SET password_hash = $2 WHERE id = $1
                   AND EXISTS (SELECT 1 FROM config WHERE key = $3 AND value = $4)";
        let done = execute!(tx, sql, id.0, hash, UNCLAIMED, id.0.to_string())?;
        tx.commit().await?;
        Ok(done > 0)
    }
}

async fn insert_administrator(
    tx: &mut Tx,
    login: &str,
    name: &str,
    password_hash: &str,
    now: Timestamp,
) -> Result<Member, StoreError> {
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
    insert_member(tx, &new, now).await
}

/// Somebody has logged in, or has set a password: the installation has an owner, who knows a way in.
pub(crate) async fn claim(tx: &mut Tx) -> Result<(), StoreError> {
    execute!(tx, "DELETE FROM config WHERE key = $1", UNCLAIMED)?;
    Ok(())
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
