use crate::world::{ODD_TEXT, World};
use domain::{GroupId, GroupSpec, MemberId};
use store::{Field, GroupUpdate, StoreError};

fn update(name: &str, members: &[MemberId]) -> GroupUpdate {
    GroupUpdate {
        name: name.to_owned(),
        members: members.to_vec(),
    }
}

on_both! {
    async fn groups_are_listed_with_their_members(world: &World) {
        let agent = world.agent("agent").await;
        let second = world.store.create_member_group(&update(ODD_TEXT, &[agent.id, agent.id])).await.unwrap();
        assert_eq!((second.name.as_str(), second.members.as_slice()), (ODD_TEXT, &[agent.id][..]));
        let groups = world.store.member_groups().await.unwrap();
        assert_eq!(groups[0].members, [agent.id]);
        assert_eq!(groups[1], second);
        let names = world.store.group_names().await.unwrap();
        assert_eq!(names, [(world.group, "Service".to_owned()), (second.id, ODD_TEXT.to_owned())]);
    }

    async fn a_name_is_taken_once(world: &World) {
        let created = world.store.create_member_group(&update("Service", &[])).await;
        assert!(matches!(created, Err(StoreError::Conflict { field: Field::Name })), "{created:?}");
        let second = world.group_named("Second").await;
        let renamed = world.store.update_member_group(second.id, None, &update("Service", &[])).await;
        assert!(matches!(renamed, Err(StoreError::Conflict { field: Field::Name })), "{renamed:?}");
    }

    async fn an_update_says_who_joined_and_who_left(world: &World) {
        let (leaves, stays, joins) = (world.agent("a").await, world.agent("b").await, world.agent("c").await);
        let second = world.store.create_member_group(&update("Second", &[stays.id, leaves.id])).await.unwrap();
        let change = update("New", &[joins.id, stays.id]);
        let updated = world.store.update_member_group(second.id, None, &change).await.unwrap().unwrap();
        assert_eq!((updated.group.name.as_str(), updated.group.members.as_slice()), ("New", &[stays.id, joins.id][..]));
        assert_eq!(updated.moved, [leaves.id, joins.id]);
        assert_eq!(world.store.member_groups().await.unwrap()[1], updated.group);
        assert_eq!(world.store.member(joins.id).await.unwrap().unwrap().groups, [world.group, second.id]);
        assert_eq!(world.store.member(leaves.id).await.unwrap().unwrap().groups, [world.group]);
        assert_eq!(world.store.update_member_group(GroupId(999), None, &change).await.unwrap(), None);
    }

    async fn a_member_who_does_not_exist_is_named_and_nothing_is_stored(world: &World) {
        let agent = world.agent("agent").await;
        let change = update("New", &[agent.id, MemberId(999)]);
        let refused = world.store.update_member_group(world.group, None, &change).await;
        assert!(matches!(refused, Err(StoreError::Unknown { field: Field::Members })), "{refused:?}");
        let refused = world.store.create_member_group(&change).await;
        assert!(matches!(refused, Err(StoreError::Unknown { field: Field::Members })), "{refused:?}");
        let groups = world.store.member_groups().await.unwrap();
        assert_eq!(groups.iter().map(|group| group.name.as_str()).collect::<Vec<_>>(), ["Service"]);
    }

    async fn the_rules_of_dispatch_are_kept(world: &World) {
        let second = world.group_named("Second").await;
        let spec = GroupSpec {
            id: second.id,
            last_agent_first: false,
            line_max: Some(u32::MAX),
            wait_ms_max: Some(600_000),
            overflow: Some(world.group),
        };
        assert!(world.store.update_group_spec(&spec).await.unwrap());
        assert_eq!(world.store.group(second.id).await.unwrap(), Some(spec.clone()));
        let plain = GroupSpec {
            id: world.group,
            last_agent_first: true,
            line_max: None,
            wait_ms_max: None,
            overflow: None,
        };
        assert_eq!(world.store.groups().await.unwrap(), [plain, spec.clone()]);

        let unknown = GroupSpec { overflow: Some(GroupId(999)), ..spec.clone() };
        let refused = world.store.update_group_spec(&unknown).await;
        assert!(matches!(refused, Err(StoreError::Unknown { .. })), "{refused:?}");
        let itself = GroupSpec { overflow: Some(second.id), ..spec.clone() };
        assert!(world.store.update_group_spec(&itself).await.is_err(), "a group does not overflow to itself");
        assert!(!world.store.update_group_spec(&GroupSpec { id: GroupId(999), ..spec }).await.unwrap());
        assert_eq!(world.store.group(GroupId(999)).await.unwrap(), None);
    }
}
