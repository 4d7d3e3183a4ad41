use crate::world::{ODD_TEXT, World};
use domain::{GroupId, GroupSpec};
use store::{Field, StoreError};

on_both! {
    async fn groups_are_listed_with_their_members(world: &World) {
        let agent = world.agent("agent").await;
        let second = world.store.create_member_group(ODD_TEXT).await.unwrap();
        assert_eq!((second.name.as_str(), second.members.len()), (ODD_TEXT, 0));
        let groups = world.store.member_groups().await.unwrap();
        assert_eq!(groups[0].members, [agent.id]);
        assert_eq!(groups[1], second);
        let names = world.store.group_names().await.unwrap();
        assert_eq!(names, [(world.group, "Service".to_owned()), (second.id, ODD_TEXT.to_owned())]);
    }

    async fn a_name_is_taken_once(world: &World) {
        let created = world.store.create_member_group("Service").await;
        assert!(matches!(created, Err(StoreError::Conflict { field: Field::Name })), "{created:?}");
        let second = world.store.create_member_group("Second").await.unwrap();
        let renamed = world.store.rename_member_group(second.id, "Service").await;
        assert!(matches!(renamed, Err(StoreError::Conflict { field: Field::Name })), "{renamed:?}");
    }

    async fn a_renamed_group_keeps_its_members(world: &World) {
        let agent = world.agent("agent").await;
        let renamed = world.store.rename_member_group(world.group, "New").await.unwrap().unwrap();
        assert_eq!((renamed.name.as_str(), renamed.members.as_slice()), ("New", &[agent.id][..]));
        assert_eq!(world.store.member_groups().await.unwrap(), [renamed]);
        assert_eq!(world.store.rename_member_group(GroupId(999), "Other").await.unwrap(), None);
    }

    async fn the_rules_of_dispatch_are_kept(world: &World) {
        let second = world.store.create_member_group("Second").await.unwrap();
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
