use crate::world::{ODD_TEXT, World};

on_both! {
    async fn a_value_is_set_and_replaced(world: &World) {
        assert_eq!(world.store.config_get("key").await.unwrap(), None);
        world.store.config_set("key", "one").await.unwrap();
        world.store.config_set("key", ODD_TEXT).await.unwrap();
        assert_eq!(world.store.config_get("key").await.unwrap().as_deref(), Some(ODD_TEXT));
        assert_eq!(world.store.config_get_or_insert("key", "other").await.unwrap(), ODD_TEXT);
    }

    async fn all_who_ask_at_once_are_given_the_same_value(world: &World) {
        let tasks: Vec<_> = (0..10)
            .map(|number| {
                let store = world.store.clone();
                tokio::spawn(async move { store.config_get_or_insert("secret", &format!("{number}")).await.unwrap() })
            })
            .collect();
        let mut values = Vec::new();
        for task in tasks {
            values.push(task.await.unwrap());
        }
        values.dedup();
        assert_eq!(values.len(), 1);
        assert_eq!(world.store.config_get("secret").await.unwrap().as_ref(), values.first());
    }
}
