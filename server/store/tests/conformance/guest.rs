use crate::world::{NOW, ODD_TEXT, World, seated};
use domain::guest::{Environment, PageView};
use domain::{GuestId, SiteId, Timestamp};
use store::write::{VisitWrite, Write};
use uuid::Uuid;

fn page(url: &str) -> PageView {
    PageView {
        url: url.to_owned(),
        title: format!("{url}{ODD_TEXT}"),
        referrer: ODD_TEXT.to_owned(),
    }
}

fn visit(guest: GuestId, url: &str, at: Timestamp, begins: bool) -> VisitWrite {
    VisitWrite {
        begins,
        guest,
        at,
        page: page(url),
        environment: Environment {
            language: "zh-CN".to_owned(),
            time_zone: "Asia/Shanghai".to_owned(),
            screen_width: 1920,
            screen_height: u32::MAX,
        },
        browser: "Chrome 128".to_owned(),
        system: "Windows 10".to_owned(),
        address: "2001:db8::".to_owned(),
    }
}

on_both! {
    async fn a_guest_is_one_of_its_site(world: &World) {
        let guest = world.guest().await;
        assert!(world.store.guest_exists(guest, world.site).await.unwrap());
        assert!(!world.store.guest_exists(guest, SiteId(999)).await.unwrap());
        assert!(!world.store.guest_exists(GuestId(Uuid::now_v7()), world.site).await.unwrap());
        let again = world.write(vec![Write::NewGuest { guest, site: world.site, at: NOW }]).await;
        assert!(again.is_ok(), "two forms of somebody new may come at once: {again:?}");
        let elsewhere = Write::NewGuest { guest, site: SiteId(999), at: NOW };
        assert!(world.write(vec![elsewhere]).await.is_ok());
        assert!(world.store.guest_exists(guest, world.site).await.unwrap());
    }

    async fn contact_is_kept_as_it_was_given(world: &World) {
        let guest = world.guest().await;
        let contact = "+44 20 7946 0000".to_owned();
        world.write(vec![Write::Contact { guest, name: ODD_TEXT.to_owned(), contact: contact.clone() }]).await.unwrap();
        let row = world.store.guest(guest).await.unwrap().unwrap();
        assert_eq!((row.id, row.site), (guest, world.site));
        assert_eq!((row.name.as_str(), &row.contact, row.last_agent), (ODD_TEXT, &contact, None));
        assert_eq!(world.store.guest(GuestId(Uuid::now_v7())).await.unwrap(), None);
    }

    async fn a_guest_remembers_who_served_it_last(world: &World) {
        let agent = world.agent("agent").await.id;
        let waiting = world.conversation().await;
        assert_eq!(world.store.guest(waiting.guest).await.unwrap().unwrap().last_agent, None);
        world.place(&waiting, &seated(&waiting, agent, NOW)).await.unwrap();
        assert_eq!(world.store.guest(waiting.guest).await.unwrap().unwrap().last_agent, Some(agent));
    }

    async fn visits_and_pages_make_a_profile(world: &World) {
        let guest = world.guest().await;
        let bare = world.store.guest_profile(guest).await.unwrap().unwrap();
        assert_eq!((bare.visits, bare.pages.len(), bare.first_seen_at), (0, 0, NOW));

        for (url, at, new_visit) in [("a", 1, true), ("b", 2, false), ("b", 3, false), ("a", 4, false), ("a", 5, true)] {
            assert_eq!(world.store.record_visits(&[visit(guest, url, NOW.plus_ms(at), new_visit)]).await.unwrap(), [true]);
        }

        let profile = world.store.guest_profile(guest).await.unwrap().unwrap();
        let expected = visit(guest, "a", NOW.plus_ms(5), false);
        assert_eq!(profile.environment, expected.environment);
        assert_eq!((profile.browser, profile.system), (expected.browser, expected.system));
        assert_eq!(profile.address, expected.address);
        assert_eq!((profile.first_page, profile.current_page), (page("a"), page("a")));
        assert_eq!((profile.visits, profile.first_seen_at, profile.last_seen_at), (2, NOW, NOW.plus_ms(5)));
        let pages: Vec<_> = profile.pages.iter().map(|seen| (seen.page.clone(), seen.at.ms_since(NOW))).collect();
        assert_eq!(pages, [(page("a"), 5), (page("a"), 4), (page("b"), 2), (page("a"), 1)]);
        assert_eq!(world.store.guest(guest).await.unwrap().unwrap().page, page("a"));
    }

    async fn a_first_page_begins_a_visit_in_any_case(world: &World) {
        let guest = world.guest().await;
        assert_eq!(world.store.record_visits(&[visit(guest, "a", NOW, false)]).await.unwrap(), [true]);
        assert_eq!(world.store.guest_profile(guest).await.unwrap().unwrap().visits, 1);
    }

    async fn a_profile_lists_the_newest_pages(world: &World) {
        let guest = world.guest().await;
        for number in 0..60 {
            world.store.record_visits(&[visit(guest, &number.to_string(), NOW.plus_ms(number), false)]).await.unwrap();
        }
        let profile = world.store.guest_profile(guest).await.unwrap().unwrap();
        assert_eq!(profile.pages.len(), 50);
        assert_eq!(profile.pages[0].page.url, "59");
        assert_eq!(profile.first_page.url, "0");
    }

    async fn a_visit_of_nobody_is_not_kept(world: &World) {
        let nobody = GuestId(Uuid::now_v7());
        let guest = world.guest().await;
        let both = [visit(nobody, "a", NOW, true), visit(guest, "a", NOW, true)];
        assert_eq!(world.store.record_visits(&both).await.unwrap(), [false, true]);
        assert_eq!(world.store.guest_profile(nobody).await.unwrap(), None);
    }
}
