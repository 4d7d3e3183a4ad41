use crate::world::{NOW, World};
use domain::Rule;
use domain::rule::INITIAL_AUTH_GROUPS;
use store::{Field, GroupUpdate, Initialised, NewSession, StoreError};

on_both! {
    async fn a_first_start_creates_groups_rules_and_site(world: &World) {
        let groups = world.store.auth_groups().await.unwrap();
        let found: Vec<(&str, &[Rule])> = groups.iter().map(|group| (group.name.as_str(), group.rules.as_slice())).collect();
        assert_eq!(found, INITIAL_AUTH_GROUPS);

        let groups = world.store.group_names().await.unwrap();
        assert_eq!(groups, [(world.group, "Service".to_owned())]);
        let sites = world.store.sites().await.unwrap();
        assert_eq!((sites.len(), sites[0].key.as_str(), sites[0].group), (1, "site-key", world.group));
        assert!(sites[0].allowed_origins.is_empty());
    }

    async fn a_second_start_changes_nothing(world: &World) {
        let renamed = GroupUpdate { name: "Renamed".to_owned(), members: vec![] };
        world.store.update_member_group(world.group, None, &renamed).await.unwrap();
        let again = world.store.initialise(NOW.plus_ms(1), "another-key").await.unwrap();
        assert_eq!(again, Initialised { first_start: false, administrator_needed: true, unclaimed: None });
        assert_eq!(world.store.group_names().await.unwrap(), [(world.group, "Renamed".to_owned())]);
        assert_eq!(world.store.sites().await.unwrap().len(), 1);
        assert!(world.store.site_by_key("another-key").await.unwrap().is_none());
    }

    async fn an_administrator_is_needed_until_there_is_one(world: &World) {
        world.agent("agent").await;
        assert!(world.store.initialise(NOW, "").await.unwrap().administrator_needed);

        let boss = world.store.create_administrator("admin", "Boss", "hash", NOW).await.unwrap();
        assert_eq!(boss.auth_groups, [world.auth_group("administrators").await]);
        assert_eq!(boss.groups, [world.group]);
        assert!(boss.seats > 0);
        assert_eq!(world.store.rules_of(boss.id).await.unwrap(), Rule::ALL);
        assert!(!world.store.initialise(NOW, "").await.unwrap().administrator_needed);

        let again = world.store.create_administrator("ADMIN", "Other", "hash", NOW).await;
        assert!(matches!(again, Err(StoreError::Conflict { field: Field::Login })), "{again:?}");
    }

    async fn an_administrator_is_unclaimed_until_somebody_logs_in_or_is_given_a_password(world: &World) {
        let unclaimed = async || world.store.initialise(NOW, "").await.unwrap().unclaimed;
        let boss = world.store.create_unclaimed_administrator("admin", "Boss", "hash", NOW).await.unwrap();
        assert_eq!(unclaimed().await, Some(boss.id));
        assert!(world.store.set_unclaimed_password(boss.id, "another").await.unwrap());
        assert_eq!(world.store.password_hash(boss.id).await.unwrap().as_deref(), Some("another"));
        assert_eq!(unclaimed().await, Some(boss.id));

        let session = NewSession { token_hash: vec![1], member: boss.id, expires_at: NOW.plus_ms(1) };
        world.store.create_session(&session, NOW).await.unwrap();
        assert_eq!(unclaimed().await, None);
        assert!(!world.store.set_unclaimed_password(boss.id, "late").await.unwrap());
        assert_eq!(world.store.password_hash(boss.id).await.unwrap().as_deref(), Some("another"));

        let second = world.store.create_unclaimed_administrator("second", "Second", "hash", NOW).await.unwrap();
        world.store.reset_password(second.id, None, "known").await.unwrap();
        assert_eq!(unclaimed().await, None);
    }

    async fn without_a_group_that_edits_members_nobody_becomes_administrator(world: &World) {
        let administrators = world.auth_group("administrators").await;
        world.store.update_auth_group(administrators, "administrators", &[]).await.unwrap();
        let refused = world.store.create_administrator("admin", "Boss", "hash", NOW).await;
        assert!(matches!(refused, Err(StoreError::Unknown { field: Field::AuthGroups })), "{refused:?}");
    }

    async fn the_rules_follow_the_enum_at_every_start(world: &World) {
        world.tamper("INSERT INTO auth_rule (name) VALUES ('once.upon.a.time')").await;
        world.tamper("DELETE FROM auth_rule WHERE name = 'conversation.serve'").await;
        let agents = world.auth_group("agents").await;
        let helper = world.agent("helper").await;
        assert!(world.store.rules_of(helper.id).await.unwrap().is_empty());

        world.store.initialise(NOW, "").await.unwrap();

        assert_eq!(world.store.rules_of(helper.id).await.unwrap(), [Rule::ConversationServe]);
        let groups = world.store.auth_groups().await.unwrap();
        assert_eq!(groups.iter().find(|group| group.id == agents).unwrap().rules, [Rule::ConversationServe]);
        // It can be inserted again, so it was removed.
        world.tamper("INSERT INTO auth_rule (name) VALUES ('once.upon.a.time')").await;
    }

    async fn a_rule_taken_from_a_group_stays_taken(world: &World) {
        let agents = world.auth_group("agents").await;
        world.store.update_auth_group(agents, "agents", &[]).await.unwrap();
        world.store.initialise(NOW, "").await.unwrap();
        let groups = world.store.auth_groups().await.unwrap();
        assert!(groups.iter().find(|group| group.id == agents).unwrap().rules.is_empty());
    }
}
