use crate::world::{NOW, ODD_TEXT, World};
use domain::member::Member;
use domain::{AuthGroupId, Duty, GroupId, MemberId, Rule};
use store::write::Write;
use store::{Field, GroupUpdate, MemberUpdate, NewMember, NewSession, StoreError};

const NOBODY: MemberId = MemberId(999);

fn update_of(member: &Member) -> MemberUpdate {
    MemberUpdate {
        name: member.name.clone(),
        seats: member.seats,
        groups: member.groups.clone(),
        auth_groups: member.auth_groups.clone(),
    }
}

on_both! {
    async fn a_member_is_stored_whole(world: &World) {
        let second = world.group_named("Second").await;
        let (agents, supervisors) = (world.auth_group("agents").await, world.auth_group("supervisors").await);
        let new = NewMember {
            login: "Zoë".to_owned(),
            name: ODD_TEXT.to_owned(),
            password_hash: "hash".to_owned(),
            seats: 4,
            groups: vec![second.id, world.group, second.id],
            auth_groups: vec![agents, supervisors],
        };
        let member = world.store.create_member(&new, NOW).await.unwrap();

        let expected = Member {
            id: member.id,
            login: "Zoë".to_owned(),
            name: ODD_TEXT.to_owned(),
            seats: 4,
            duty: Duty::Off,
            disabled: false,
            groups: vec![world.group, second.id],
            auth_groups: vec![supervisors, agents],
            created_at: NOW,
            version: 1,
        };
        assert_eq!(member, expected);
        assert_eq!(world.store.member(member.id).await.unwrap(), Some(expected.clone()));
        assert_eq!(world.store.members().await.unwrap(), [expected]);
    }

    async fn more_are_read_at_once_than_there_are_connections(world: &World) {
        let agent = world.agent("a").await;
        let read = futures_util::future::join_all((0..40).map(|_| world.store.me(agent.id))).await;
        assert!(read.iter().all(|me| me.as_ref().unwrap().is_some()));
    }

    async fn members_are_listed_by_id_with_their_own_groups(world: &World) {
        let (first, second) = (world.agent("b").await, world.agent("a").await);
        let lone = NewMember {
            login: "lone".to_owned(),
            name: "Lone".to_owned(),
            password_hash: "hash".to_owned(),
            seats: 0,
            groups: vec![],
            auth_groups: vec![],
        };
        let lone = world.store.create_member(&lone, NOW).await.unwrap();
        assert_eq!(world.store.members().await.unwrap(), [first.clone(), second.clone(), lone.clone()]);
        let names = world.store.member_names().await.unwrap();
        assert_eq!(names, [&first, &second, &lone].map(|member| (member.id, member.name.clone())));
        assert_eq!(world.store.member_name(lone.id).await.unwrap().as_deref(), Some("Lone"));
        assert_eq!(world.store.member_name(NOBODY).await.unwrap(), None);
        assert_eq!(world.store.member(NOBODY).await.unwrap(), None);
    }

    async fn a_login_is_unique_without_regard_to_case(world: &World) {
        let anna = world.agent("Ånna").await;
        let new = NewMember {
            login: "åNNA".to_owned(),
            name: "Another".to_owned(),
            password_hash: "hash".to_owned(),
            seats: 1,
            groups: vec![],
            auth_groups: vec![],
        };
        let refused = world.store.create_member(&new, NOW).await;
        assert!(matches!(refused, Err(StoreError::Conflict { field: Field::Login })), "{refused:?}");
        assert_eq!(world.store.members().await.unwrap().len(), 1);

        assert_eq!(world.store.member_by_login("ÅNNA").await.unwrap().map(|member| member.id), Some(anna.id));
        assert_eq!(world.store.credentials("ÅNNA").await.unwrap().map(|found| found.member), Some(anna.id));
        assert!(world.store.member_by_login("anna").await.unwrap().is_none());
        assert!(world.store.credentials("\u{0}").await.unwrap().is_none());
    }

    async fn groups_that_do_not_exist_are_named_and_nothing_is_stored(world: &World) {
        let member = world.agent("agent").await;
        let groups = MemberUpdate { name: "New".to_owned(), groups: vec![GroupId(999)], ..update_of(&member) };
        let refused = world.store.update_member(member.id, None, &groups).await;
        assert!(matches!(refused, Err(StoreError::Unknown { field: Field::Groups })), "{refused:?}");
        let auth = MemberUpdate { name: "New".to_owned(), auth_groups: vec![AuthGroupId(999)], ..update_of(&member) };
        let refused = world.store.update_member(member.id, None, &auth).await;
        assert!(matches!(refused, Err(StoreError::Unknown { field: Field::AuthGroups })), "{refused:?}");
        assert_eq!(world.store.member(member.id).await.unwrap(), Some(member));
    }

    async fn an_update_replaces_name_seats_and_groups(world: &World) {
        let member = world.agent("agent").await;
        let update = MemberUpdate { name: "New".to_owned(), seats: 0, groups: vec![], auth_groups: vec![] };
        let updated = world.store.update_member(member.id, None, &update).await.unwrap().unwrap();
        let expected = Member { name: "New".to_owned(), seats: 0, groups: vec![], auth_groups: vec![], version: 2, ..member };
        assert_eq!(updated, expected);
        assert_eq!(world.store.member(expected.id).await.unwrap(), Some(expected));
        assert_eq!(world.store.update_member(NOBODY, None, &update).await.unwrap(), None);
    }

    async fn a_change_made_from_an_older_version_changes_nothing(world: &World) {
        let member = world.agent("agent").await;
        let newer = MemberUpdate { auth_groups: vec![], ..update_of(&member) };
        let newer = world.store.update_member(member.id, Some(member.version), &newer).await.unwrap().unwrap();
        let refused = world.store.update_member(member.id, Some(member.version), &update_of(&member)).await;
        assert!(matches!(refused, Err(StoreError::Outdated)), "{refused:?}");
        assert_eq!(world.store.member(member.id).await.unwrap(), Some(newer.clone()));
        let refused = world.store.reset_password(member.id, Some(member.version), "hash").await;
        assert!(matches!(refused, Err(StoreError::Outdated)), "{refused:?}");
        assert!(world.store.reset_password(member.id, Some(newer.version), "hash").await.unwrap());
        let refused = world.store.reset_password(member.id, Some(newer.version), "hash").await;
        assert!(matches!(refused, Err(StoreError::Outdated)), "{refused:?}");
        assert!(!world.store.reset_password(NOBODY, None, "hash").await.unwrap());
    }

    async fn a_group_and_its_members_know_of_each_others_changes(world: &World) {
        let (member, group) = (world.agent("agent").await, world.store.member_groups().await.unwrap().remove(0));
        // Taken out of the group by the group's form: the member's form of before is outdated.
        let without = GroupUpdate { name: group.name.clone(), members: vec![] };
        world.store.update_member_group(group.id, Some(group.version), &without).await.unwrap();
        let refused = world.store.update_member(member.id, Some(member.version), &update_of(&member)).await;
        assert!(matches!(refused, Err(StoreError::Outdated)), "{refused:?}");
        // Put in again by the member's form: the group's form of before is outdated.
        let group = world.store.member_groups().await.unwrap().remove(0);
        world.store.update_member(member.id, None, &update_of(&member)).await.unwrap();
        let refused = world.store.update_member_group(group.id, Some(group.version), &without).await;
        assert!(matches!(refused, Err(StoreError::Outdated)), "{refused:?}");
        assert_eq!(world.store.member(member.id).await.unwrap().unwrap().groups, [group.id]);
    }

    async fn two_editors_cannot_take_each_others_rights(world: &World) {
        let first = world.store.create_administrator("first", "First", "hash", NOW).await.unwrap();
        let second = world.store.create_administrator("second", "Second", "hash", NOW).await.unwrap();
        let none = |member: &Member| MemberUpdate { auth_groups: vec![], ..update_of(member) };
        let (one, other) = (none(&first), none(&second));
        let (one, other) = tokio::join!(
            world.store.update_member(first.id, None, &one),
            world.store.update_member(second.id, None, &other),
        );
        let refused = [&one, &other].iter().filter(|done| matches!(done, Err(StoreError::LastEditor))).count();
        assert_eq!(refused, 1, "{one:?} {other:?}");
        let left = if one.is_ok() { second.id } else { first.id };
        let disabled = world.store.set_member_disabled(left, true, NOW).await;
        assert!(matches!(disabled, Err(StoreError::LastEditor)), "{disabled:?}");
    }

    async fn disabling_ends_sessions_and_duty(world: &World) {
        let member = world.agent("agent").await;
        let other = world.agent("other").await;
        for (token, owner) in [(vec![1], member.id), (vec![2], other.id)] {
            let session = NewSession { token_hash: token, member: owner, expires_at: NOW.plus_ms(1) };
            world.store.create_session(&session, NOW).await.unwrap();
        }
        world.write(vec![Write::Duty { member: member.id, duty: Duty::On, at: NOW }]).await.unwrap();

        let disabled = world.store.set_member_disabled(member.id, true, NOW).await.unwrap().unwrap();
        assert!(disabled.disabled);
        assert_eq!(disabled.duty, Duty::Off);
        assert!(world.store.credentials("agent").await.unwrap().unwrap().disabled);
        assert_eq!(world.store.me(member.id).await.unwrap(), None);
        assert!(world.store.rules_of(member.id).await.unwrap().is_empty());

        let enabled = world.store.set_member_disabled(member.id, false, NOW).await.unwrap().unwrap();
        assert_eq!(enabled, Member { version: 3, ..member });
        assert!(world.store.session(&[1]).await.unwrap().is_none(), "enabling does not bring sessions back");
        assert!(world.store.session(&[2]).await.unwrap().is_some(), "others' sessions go on");
        assert_eq!(world.store.set_member_disabled(NOBODY, true, NOW).await.unwrap(), None);
    }

    async fn a_duty_lasts_since_it_was_chosen_first(world: &World) {
        let (first, second) = (world.agent("a").await, world.agent("b").await);
        let never = world.agent("c").await;
        let chosen = |member: &Member, duty, ms| Write::Duty { member: member.id, duty, at: NOW.plus_ms(ms) };
        let writes = vec![
            chosen(&first, Duty::On, 1),
            chosen(&first, Duty::Break, 2),
            chosen(&second, Duty::On, 3),
            chosen(&first, Duty::On, 4),
            chosen(&first, Duty::On, 5),
        ];
        world.write(writes).await.unwrap();
        let since = world.store.duty_since().await.unwrap();
        assert_eq!(since, [(first.id, NOW.plus_ms(4)), (second.id, NOW.plus_ms(3))]);
        assert!(since.iter().all(|(id, _)| *id != never.id));
    }

    async fn a_new_password_ends_the_other_sessions(world: &World) {
        let member = world.agent("agent").await;
        for token in 1..=3 {
            let session = NewSession { token_hash: vec![token], member: member.id, expires_at: NOW.plus_ms(1) };
            world.store.create_session(&session, NOW).await.unwrap();
        }
        assert!(world.store.set_password(member.id, "new", Some(&[2])).await.unwrap());
        assert_eq!(world.store.password_hash(member.id).await.unwrap().as_deref(), Some("new"));
        assert_eq!(world.store.credentials("agent").await.unwrap().unwrap().password_hash, "new");
        assert!(world.store.session(&[1]).await.unwrap().is_none());
        assert!(world.store.session(&[2]).await.unwrap().is_some());
        assert!(world.store.set_password(member.id, "newer", None).await.unwrap());
        assert!(world.store.session(&[2]).await.unwrap().is_none());
        assert!(!world.store.set_password(NOBODY, "new", None).await.unwrap());
        assert_eq!(world.store.password_hash(NOBODY).await.unwrap(), None);
    }

    async fn me_has_the_rules_of_all_groups_once(world: &World) {
        let member = world.agent("agent").await;
        let auth_groups = vec![world.auth_group("agents").await, world.auth_group("supervisors").await];
        world.store.update_member(member.id, None, &MemberUpdate { auth_groups, ..update_of(&member) }).await.unwrap();
        let me = world.store.me(member.id).await.unwrap().unwrap();
        assert_eq!((me.login.as_str(), me.name.as_str()), ("agent", "Agent agent"));
        let expected = [
            Rule::ConversationServe,
            Rule::ConversationView,
            Rule::ConversationTransfer,
            Rule::LiveView,
            Rule::MemberView,
            Rule::GroupView,
        ];
        assert_eq!(me.rules, expected);
        assert_eq!(world.store.me(NOBODY).await.unwrap(), None);
    }
}
