use crate::world::{ODD_TEXT, World};
use domain::{GroupId, SiteId};
use store::{Field, Site, SiteUpdate, StoreError};

on_both! {
    async fn a_site_is_found_by_id_and_by_key(world: &World) {
        let site = world.store.site(world.site).await.unwrap().unwrap();
        assert_eq!(world.store.site_by_key("site-key").await.unwrap(), Some(site));
        assert_eq!(world.store.site_by_key("SITE-KEY").await.unwrap(), None);
        assert_eq!(world.store.site_by_key("site\u{0}").await.unwrap(), None);
        assert_eq!(world.store.site(SiteId(999)).await.unwrap(), None);
    }

    async fn a_site_is_created_with_a_key_of_its_own(world: &World) {
        let new = SiteUpdate {
            name: ODD_TEXT.to_owned(),
            allowed_origins: vec!["https://shop.example".to_owned()],
            group: world.group,
        };
        let site = world.store.create_site("second", &new).await.unwrap();
        assert_eq!(world.store.site_by_key("second").await.unwrap(), Some(site.clone()));
        assert_eq!((site.key.as_str(), site.name.as_str()), ("second", ODD_TEXT));

        let taken = world.store.create_site("site-key", &new).await;
        assert!(matches!(taken, Err(StoreError::Conflict { field: Field::Key })), "{taken:?}");
        let unknown = world.store.create_site("third", &SiteUpdate { group: GroupId(999), ..new }).await;
        assert!(matches!(unknown, Err(StoreError::Unknown { field: Field::Group })), "{unknown:?}");
        assert_eq!(world.store.sites().await.unwrap().len(), 2);
    }

    async fn an_update_replaces_name_origins_and_group(world: &World) {
        let second = world.group_named("Second").await;
        let origins = vec!["https://shop.example".to_owned(), "http://localhost:8080".to_owned()];
        let update = SiteUpdate { name: ODD_TEXT.to_owned(), allowed_origins: origins.clone(), group: second.id };
        let updated = world.store.update_site(world.site, None, &update).await.unwrap().unwrap();
        let expected = Site {
            id: world.site,
            name: ODD_TEXT.to_owned(),
            key: "site-key".to_owned(),
            allowed_origins: origins,
            group: second.id,
            version: 2,
        };
        assert_eq!(updated, expected);
        assert_eq!(world.store.sites().await.unwrap(), [expected]);

        let outdated = world.store.update_site(world.site, Some(1), &update).await;
        assert!(matches!(outdated, Err(StoreError::Outdated)), "{outdated:?}");
        let unknown = SiteUpdate { group: GroupId(999), ..update.clone() };
        let refused = world.store.update_site(world.site, None, &unknown).await;
        assert!(matches!(refused, Err(StoreError::Unknown { field: Field::Group })), "{refused:?}");
        assert_eq!(world.store.update_site(SiteId(999), None, &update).await.unwrap(), None);
    }
}
