use crate::world::World;
use domain::{AuthGroupId, Rule};
use store::{Field, MemberUpdate, StoreError};

on_both! {
    async fn a_group_is_a_set_of_rules(world: &World) {
        let rules = [Rule::SiteView, Rule::LiveView, Rule::SiteView];
        let created = world.store.create_auth_group("watchers", &rules).await.unwrap();
        assert_eq!(created.rules, [Rule::LiveView, Rule::SiteView]);
        assert!(world.store.auth_groups().await.unwrap().contains(&created));

        let updated = world.store.update_auth_group(created.id, "lookers", &[Rule::LiveView]).await.unwrap().unwrap();
        assert_eq!((updated.name.as_str(), updated.rules.as_slice()), ("lookers", &[Rule::LiveView][..]));
        assert_eq!(world.store.auth_groups().await.unwrap().last(), Some(&updated));
        assert_eq!(world.store.update_auth_group(AuthGroupId(999), "x", &[]).await.unwrap(), None);
    }

    async fn a_name_is_taken_once(world: &World) {
        let created = world.store.create_auth_group("agents", &[]).await;
        assert!(matches!(created, Err(StoreError::Conflict { field: Field::Name })), "{created:?}");
        let agents = world.auth_group("agents").await;
        let renamed = world.store.update_auth_group(agents, "supervisors", &[]).await;
        assert!(matches!(renamed, Err(StoreError::Conflict { field: Field::Name })), "{renamed:?}");
        assert_eq!(world.store.auth_groups().await.unwrap().len(), 3);
    }

    async fn members_have_the_rules_of_their_groups(world: &World) {
        let watchers = world.store.create_auth_group("watchers", &[Rule::LiveView]).await.unwrap();
        let member = world.agent("agent").await;
        assert_eq!(world.store.rules_of(member.id).await.unwrap(), [Rule::ConversationServe]);
        let update = MemberUpdate {
            name: member.name.clone(),
            seats: 1,
            groups: vec![],
            auth_groups: vec![watchers.id],
        };
        world.store.update_member(member.id, None, &update).await.unwrap();
        assert_eq!(world.store.rules_of(member.id).await.unwrap(), [Rule::LiveView]);
    }
}
