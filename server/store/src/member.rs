//! Members: the people with an account here.

use crate::db::{Run, Tx, execute, fetch_all, fetch_one, fetch_optional};
use crate::encode::Text;
use crate::word::{from_word, narrow, word};
use crate::{Field, Store, StoreError, auth, initialise, session};
use domain::member::{Me, Member};
use domain::{AuthGroupId, Duty, GroupId, MemberId, Timestamp};
use std::collections::{BTreeSet, HashMap};

/// A member to be created.
#[derive(Clone, Debug)]
pub struct NewMember {
    pub login: String,
    pub name: String,
    pub password_hash: String,
    pub seats: i32,
    pub groups: Vec<GroupId>,
    pub auth_groups: Vec<AuthGroupId>,
}

/// What can be changed of a member; replaces all of it.
#[derive(Clone, Debug)]
pub struct MemberUpdate {
    pub name: String,
    pub seats: i32,
    pub groups: Vec<GroupId>,
    pub auth_groups: Vec<AuthGroupId>,
}

/// What a login is checked against.
#[derive(Clone, Debug)]
pub struct Credentials {
    pub member: MemberId,
    pub password_hash: String,
    pub disabled: bool,
}

#[derive(sqlx::FromRow)]
struct MemberRow {
    id: i64,
    login: Text,
    name: Text,
    seats: i64,
    duty: String,
    disabled: bool,
    created_at: i64,
    version: i64,
}

/// `SELECT` of members, completed by a condition.
macro_rules! select_members {
    ($rest:literal) => {
        concat!(
            "SELECT id, login, name, seats, duty, disabled, created_at, version FROM member ",
            $rest
        )
    };
}

/// Logins are the same without regard to case.
fn login_key(login: &str) -> Text {
    Text(login.to_lowercase())
}

impl Store {
    /// All members, disabled ones included, by id.
    pub async fn members(&self) -> Result<Vec<Member>, StoreError> {
        let mut conn = self.read().await?;
        let rows = fetch_all!(conn, MemberRow, select_members!("ORDER BY id"))?;
        let groups = "SELECT member_id, member_group_id FROM member_group_access ORDER BY member_group_id";
        let groups = by_member(fetch_all!(conn, (i64, i64), groups)?);
        let auth_groups = "SELECT member_id, auth_group_id FROM auth_group_access ORDER BY auth_group_id";
        let auth_groups = by_member(fetch_all!(conn, (i64, i64), auth_groups)?);
        let of = |map: &HashMap<i64, Vec<i64>>, id: i64| map.get(&id).cloned().unwrap_or_default();
        rows.into_iter()
            .map(|row| {
                let (groups, auth_groups) = (of(&groups, row.id), of(&auth_groups, row.id));
                row.into_member(groups, auth_groups)
            })
            .collect()
    }

    pub async fn member(&self, id: MemberId) -> Result<Option<Member>, StoreError> {
        read_member(self.read().await?.run(), id).await
    }

    /// The member of that login, without regard to case.
    pub async fn member_by_login(&self, login: &str) -> Result<Option<Member>, StoreError> {
        let mut conn = self.read().await?;
        let id = fetch_optional!(
            conn,
            (i64,),
            "SELECT id FROM member WHERE login_key = $1",
            login_key(login)
        )?;
        match id {
            Some((id,)) => read_member(conn.run(), MemberId(id)).await,
            None => Ok(None),
        }
    }

    /// # Errors
    /// [`StoreError::Conflict`] about the login, [`StoreError::Unknown`] about the groups.
    pub async fn create_member(&self, new: &NewMember, now: Timestamp) -> Result<Member, StoreError> {
        let mut tx = self.begin().await?;
        let member = insert_member(&mut tx, new, now).await?;
        tx.commit().await?;
        Ok(member)
    }

    /// `version` is the one that the change was made from; `None` for whichever it is now.
    ///
    /// # Errors
    /// [`StoreError::Outdated`], [`StoreError::Unknown`] about the groups, [`StoreError::LastEditor`].
    pub async fn update_member(
        &self,
        id: MemberId,
        version: Option<i64>,
        update: &MemberUpdate,
    ) -> Result<Option<Member>, StoreError> {
        let mut tx = self.begin().await?;
        let editors = auth::editors(&mut tx).await?;
        if !is_next_version(&mut tx, id, version).await? {
            return Ok(None);
        }
        let sql = "UPDATE member SET name = $2, seats = $3 WHERE id = $1";
        execute!(tx, sql, id.0, Text::of(&update.name), i64::from(update.seats))?;
        set_groups(&mut tx, id, &update.groups, &update.auth_groups).await?;
        auth::keep_an_editor(&mut tx, editors).await?;
        let member = read_member(tx.run(), id).await?;
        tx.commit().await?;
        Ok(member)
    }

    /// Disabling ends the member's sessions and their duty, in the same transaction.
    ///
    /// # Errors
    /// [`StoreError::LastEditor`].
    pub async fn set_member_disabled(
        &self,
        id: MemberId,
        disabled: bool,
        now: Timestamp,
    ) -> Result<Option<Member>, StoreError> {
        let mut tx = self.begin().await?;
        let editors = auth::editors(&mut tx).await?;
        let sql = "UPDATE member SET disabled = $2, version = version + 1 WHERE id = $1";
        if execute!(tx, sql, id.0, disabled)? == 0 {
            return Ok(None);
        }
        auth::keep_an_editor(&mut tx, editors).await?;
        if disabled {
            session::end_all(&mut tx, id, None).await?;
            let duty = fetch_one!(tx, (String,), "SELECT duty FROM member WHERE id = $1", id.0)?.0;
            if from_word::<Duty>("a duty", &duty)? != Duty::Off {
                set_duty(&mut tx, id, Duty::Off, now).await?;
            }
        }
        let member = read_member(tx.run(), id).await?;
        tx.commit().await?;
        Ok(member)
    }

    /// What a login is checked against; of disabled members too, so that both take the same time.
    pub async fn credentials(&self, login: &str) -> Result<Option<Credentials>, StoreError> {
        let mut conn = self.read().await?;
        let sql = "SELECT id, password_hash, disabled FROM member WHERE login_key = $1";
        let row = fetch_optional!(conn, (i64, String, bool), sql, login_key(login))?;
        Ok(row.map(|(id, password_hash, disabled)| Credentials {
            member: MemberId(id),
            password_hash,
            disabled,
        }))
    }

    pub async fn password_hash(&self, id: MemberId) -> Result<Option<String>, StoreError> {
        let mut conn = self.read().await?;
        let row = fetch_optional!(conn, (String,), "SELECT password_hash FROM member WHERE id = $1", id.0)?;
        Ok(row.map(|(hash,)| hash))
    }

    /// Sets the password and ends the member's sessions, save the one whose token hash is `keep`. False if there is no
    /// such member.
    pub async fn set_password(&self, id: MemberId, hash: &str, keep: Option<&[u8]>) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        if execute!(tx, "UPDATE member SET password_hash = $2 WHERE id = $1", id.0, hash)? == 0 {
            return Ok(false);
        }
        session::end_all(&mut tx, id, keep).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Gives the member a password that somebody else chose for them, and ends their sessions. `version` is the one that was
    /// seen; `None` for whichever it is now. False if there is no such member.
    ///
    /// # Errors
    /// [`StoreError::Outdated`].
    pub async fn reset_password(&self, id: MemberId, version: Option<i64>, hash: &str) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        if !is_next_version(&mut tx, id, version).await? {
            return Ok(false);
        }
        execute!(tx, "UPDATE member SET password_hash = $2 WHERE id = $1", id.0, hash)?;
        session::end_all(&mut tx, id, None).await?;
        initialise::claim(&mut tx).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Who an enabled member is and what they may do.
    pub async fn me(&self, id: MemberId) -> Result<Option<Me>, StoreError> {
        let mut conn = self.read().await?;
        let sql = "SELECT login, name FROM member WHERE id = $1 AND NOT disabled";
        let Some((login, name)) = fetch_optional!(conn, (Text, Text), sql, id.0)? else {
            return Ok(None);
        };
        // Given back first: whoever waits for a second connection while holding one can wait for ever.
        drop(conn);
        let rules = self.rules_of(id).await?;
        Ok(Some(Me {
            id,
            login: login.0,
            name: name.0,
            rules,
        }))
    }

    /// Every member's name, by id.
    pub async fn member_names(&self) -> Result<Vec<(MemberId, String)>, StoreError> {
        let mut conn = self.read().await?;
        let rows = fetch_all!(conn, (i64, Text), "SELECT id, name FROM member ORDER BY id")?;
        Ok(rows.into_iter().map(|(id, name)| (MemberId(id), name.0)).collect())
    }

    /// When each member came into the duty they have; not those who never chose one.
    pub async fn duty_since(&self) -> Result<Vec<(MemberId, Timestamp)>, StoreError> {
        let mut conn = self.read().await?;
        let rows = fetch_all!(
            conn,
            (i64, i64),
            "WITH before AS (
                 SELECT duty_log.member_id, MAX(duty_log.id) AS id
                 FROM duty_log JOIN member ON member.id = duty_log.member_id AND member.duty <> duty_log.duty
                 GROUP BY duty_log.member_id
             )
             SELECT duty_log.member_id, MIN(duty_log.at)
             FROM duty_log LEFT JOIN before ON before.member_id = duty_log.member_id
             WHERE before.id IS NULL OR duty_log.id > before.id
             GROUP BY duty_log.member_id ORDER BY duty_log.member_id"
        )?;
        Ok(rows.into_iter().map(|(id, at)| (MemberId(id), Timestamp(at))).collect())
    }

    pub async fn member_name(&self, id: MemberId) -> Result<Option<String>, StoreError> {
        let mut conn = self.read().await?;
        let row = fetch_optional!(conn, (Text,), "SELECT name FROM member WHERE id = $1", id.0)?;
        Ok(row.map(|(name,)| name.0))
    }
}

impl MemberRow {
    fn into_member(self, groups: Vec<i64>, auth_groups: Vec<i64>) -> Result<Member, StoreError> {
        Ok(Member {
            id: MemberId(self.id),
            login: self.login.0,
            name: self.name.0,
            seats: narrow("a number of seats", self.seats)?,
            duty: from_word("a duty", &self.duty)?,
            disabled: self.disabled,
            groups: groups.into_iter().map(GroupId).collect(),
            auth_groups: auth_groups.into_iter().map(AuthGroupId).collect(),
            created_at: Timestamp(self.created_at),
            version: self.version,
        })
    }
}

fn by_member(pairs: Vec<(i64, i64)>) -> HashMap<i64, Vec<i64>> {
    let mut map: HashMap<i64, Vec<i64>> = HashMap::new();
    for (member, other) in pairs {
        map.entry(member).or_default().push(other);
    }
    map
}

async fn read_member(mut on: Run<'_>, id: MemberId) -> Result<Option<Member>, StoreError> {
    let Some(row) = fetch_optional!(on, MemberRow, select_members!("WHERE id = $1"), id.0)? else {
        return Ok(None);
    };
    let groups = "SELECT member_group_id FROM member_group_access WHERE member_id = $1 ORDER BY member_group_id";
    let groups = fetch_all!(on, (i64,), groups, id.0)?;
    let auth_groups = "SELECT auth_group_id FROM auth_group_access WHERE member_id = $1 ORDER BY auth_group_id";
    let auth_groups = fetch_all!(on, (i64,), auth_groups, id.0)?;
    let plain = |rows: Vec<(i64,)>| rows.into_iter().map(|(id,)| id).collect();
    row.into_member(plain(groups), plain(auth_groups)).map(Some)
}

pub(crate) async fn insert_member(tx: &mut Tx, new: &NewMember, now: Timestamp) -> Result<Member, StoreError> {
    let (id,) = fetch_one!(
        tx,
        (i64,),
        "INSERT INTO member (login, login_key, name, password_hash, seats, created_at)
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
        Text::of(&new.login),
        login_key(&new.login),
        Text::of(&new.name),
        &new.password_hash,
        i64::from(new.seats),
        now.0,
    )?;
    let id = MemberId(id);
    set_groups(tx, id, &new.groups, &new.auth_groups).await?;
    read_member(tx.run(), id)
        .await?
        .ok_or(StoreError::Unknown { field: Field::Id })
}

/// Counts the version up, if it is the one that a change was made from. False if there is no such member.
async fn is_next_version(tx: &mut Tx, id: MemberId, version: Option<i64>) -> Result<bool, StoreError> {
    let sql =
        "UPDATE member SET version = version + 1 WHERE id = $1 AND version = COALESCE(CAST($2 AS BIGINT), version)";
    if execute!(tx, sql, id.0, version)? > 0 {
        return Ok(true);
    }
    match fetch_optional!(tx, (i64,), "SELECT id FROM member WHERE id = $1", id.0)? {
        Some(_) => Err(StoreError::Outdated),
        None => Ok(false),
    }
}

/// Puts the member into exactly these groups, of which those that change get their next version, too. The groups are looked up by the statement that inserts, so that one which
/// is not there can be told by name.
async fn set_groups(
    tx: &mut Tx,
    id: MemberId,
    groups: &[GroupId],
    auth_groups: &[AuthGroupId],
) -> Result<(), StoreError> {
    let sql = "SELECT member_group_id FROM member_group_access WHERE member_id = $1";
    let before: BTreeSet<i64> = fetch_all!(tx, (i64,), sql, id.0)?.into_iter().map(|(id,)| id).collect();
    let after: BTreeSet<i64> = groups.iter().map(|group| group.0).collect();
    for group in before.symmetric_difference(&after) {
        execute!(
            tx,
            "UPDATE member_group SET version = version + 1 WHERE id = $1",
            *group
        )?;
    }
    execute!(tx, "DELETE FROM member_group_access WHERE member_id = $1", id.0)?;
    for group in groups {
        let sql = "INSERT INTO member_group_access (member_id, member_group_id)
                   SELECT $1, id FROM member_group WHERE id = $2
                   ON CONFLICT (member_id, member_group_id) DO UPDATE SET member_id = excluded.member_id";
        if execute!(tx, sql, id.0, group.0)? == 0 {
            return Err(StoreError::Unknown { field: Field::Groups });
        }
    }
    execute!(tx, "DELETE FROM auth_group_access WHERE member_id = $1", id.0)?;
    for group in auth_groups {
        let sql = "INSERT INTO auth_group_access (member_id, auth_group_id)
                   SELECT $1, id FROM auth_group WHERE id = $2
                   ON CONFLICT (member_id, auth_group_id) DO UPDATE SET member_id = excluded.member_id";
        if execute!(tx, sql, id.0, group.0)? == 0 {
            return Err(StoreError::Unknown {
                field: Field::AuthGroups,
            });
        }
    }
    Ok(())
}

pub(crate) async fn set_duty(tx: &mut Tx, id: MemberId, duty: Duty, at: Timestamp) -> Result<(), StoreError> {
    let duty = word("a duty", &duty)?;
    execute!(tx, "UPDATE member SET duty = $2 WHERE id = $1", id.0, &duty)?;
    execute!(
        tx,
        "INSERT INTO duty_log (member_id, duty, at) VALUES ($1, $2, $3)",
        id.0,
        &duty,
        at.0
    )?;
    Ok(())
}
