use crate::world::{NOW, ODD_TEXT, World, guest_says, seated};
use domain::guest::{Environment, PageView};
use domain::{Author, Body, ClosedBy, ConversationId, GuestId, Message, Notice, Place, Placement, Seq};
use store::write::{Side, VisitWrite, Write};
use uuid::Uuid;

fn closed(before: &Placement) -> Placement {
    Placement {
        place: Place::Closed { by: ClosedBy::Guest },
        ..before.clone()
    }
}

on_both! {
    async fn a_talk_is_what_the_hub_keeps_of_a_conversation(world: &World) {
        let agent = world.agent("agent").await;
        let placement = world.conversation().await;
        let (conversation, guest) = (placement.conversation, placement.guest);
        let page = PageView { url: "https://shop.example/".to_owned(), title: ODD_TEXT.to_owned(), referrer: String::new() };
        let visit = VisitWrite {
            begins: true,
            guest,
            at: NOW,
            page: page.clone(),
            environment: Environment { language: "zh-CN".to_owned(), ..Environment::default() },
            browser: String::new(),
            system: String::new(),
            address: String::new(),
        };
        world.store.record_visits(&[visit]).await.unwrap();
        let long = "\u{0}\u{1A}字".repeat(120);
        let messages = [
            guest_says(conversation, 1, "one"),
            guest_says(conversation, 2, "two"),
            Message { from: Author::Agent { id: agent.id, name: String::new() }, ..guest_says(conversation, 3, "three") },
            guest_says(conversation, 4, &long),
            Message {
                id: None,
                from: Author::System,
                body: Body::Notice(Notice::Seated { agent: "A".to_owned(), after: None }),
                ..guest_says(conversation, 5, "")
            },
        ];
        let mut batch: Vec<Write> = messages.iter().cloned().map(Write::Message).collect();
        batch.push(Write::Marks { conversation, side: Side::Agent, read: Seq(1), delivered: Seq(2) });
        batch.push(Write::Marks { conversation, side: Side::Guest, read: Seq(3), delivered: Seq(4) });
        batch.push(Write::Contact { guest, name: ODD_TEXT.to_owned(), contact: "a@b.example".to_owned() });
        world.write(batch).await.unwrap();

        let talk = world.store.talk(conversation).await.unwrap().unwrap();
        assert_eq!((talk.conversation, talk.site, talk.last_seq), (conversation, world.site, Seq(5)));
        assert_eq!((talk.agent_read, talk.agent_delivered), (Seq(1), Seq(2)));
        assert_eq!((talk.guest_read, talk.guest_delivered), (Seq(3), Seq(4)));
        assert_eq!(talk.last_text, long.chars().take(240).collect::<String>());
        assert_eq!(talk.unanswered.join("|"), talk.last_text, "what came before the agent's word is answered");
        assert_eq!(talk.unread, 2, "the guest's second and fourth");
        let mut sent: Vec<_> = messages[..4].iter().map(|message| (message.id.unwrap(), message.seq)).collect();
        let mut read = world.store.message_ids(conversation).await.unwrap();
        sent.sort_unstable();
        read.sort_unstable();
        assert_eq!(read, sent);
        assert_eq!((talk.guest_name.as_str(), talk.guest_contact.as_str()), (ODD_TEXT, "a@b.example"));
        assert_eq!((talk.page, talk.language.as_str()), (page, "zh-CN"));
        assert!(world.store.talk(ConversationId(Uuid::now_v7())).await.unwrap().is_none());
    }

    async fn the_talks_of_open_conversations_are_loaded_at_once(world: &World) {
        let agent = world.agent("agent").await.id;
        let mut open = Vec::new();
        for ticket in 1..=5 {
            let placement = Placement { ticket, ..world.waiting(world.guest().await) };
            world.begin(&placement, NOW).await;
            let texts: Vec<String> = (1..ticket).map(|number| format!("{ticket}.{number}")).collect();
            world.say(placement.conversation, 1, &texts.iter().map(String::as_str).collect::<Vec<_>>()).await;
            open.push(placement);
        }
        world.place(&open[1], &closed(&open[1])).await.unwrap();
        world.place(&open[2], &seated(&open[2], agent, NOW)).await.unwrap();

        let talks = world.store.load_talks().await.unwrap();
        let found: Vec<_> = talks
            .iter()
            .map(|talk| (talk.conversation, talk.last_seq.0, talk.last_text.as_str(), talk.unread))
            .collect();
        assert_eq!(
            found,
            [
                (open[0].conversation, 0, "", 0),
                (open[2].conversation, 2, "3.2", 2),
                (open[3].conversation, 3, "4.3", 3),
                (open[4].conversation, 4, "5.4", 4),
            ]
        );
        let unanswered: Vec<_> = talks.iter().map(|talk| talk.unanswered.join(" ")).collect();
        assert_eq!(unanswered, ["", "3.1 3.2", "4.1 4.2 4.3", "5.2 5.3 5.4"]);
    }

    async fn the_latest_conversation_of_a_guest_is_found_closed_or_not(world: &World) {
        let guest = world.guest().await;
        assert!(world.store.latest_conversation_of(guest).await.unwrap().is_none());
        let (first, second) = (world.waiting(guest), world.waiting(guest));
        world.begin(&second, NOW.plus_ms(1)).await;
        world.begin(&first, NOW).await;
        world.say(second.conversation, 1, &["hello"]).await;
        let over = closed(&second);
        world.place(&second, &over).await.unwrap();
        let (placement, talk) = world.store.latest_conversation_of(guest).await.unwrap().unwrap();
        assert_eq!(placement, over);
        assert_eq!((talk.conversation, talk.last_text.as_str()), (second.conversation, "hello"));
        assert!(world.store.latest_conversation_of(GuestId(Uuid::now_v7())).await.unwrap().is_none());
    }

    async fn a_conversation_in_which_nothing_was_said_hides_none_before_it(world: &World) {
        let guest = world.guest().await;
        let (first, silent) = (world.waiting(guest), world.waiting(guest));
        world.begin(&first, NOW).await;
        world.place(&first, &closed(&first)).await.unwrap();
        world.begin(&silent, NOW.plus_ms(1)).await;
        let dismissed = Placement { place: Place::Closed { by: ClosedBy::NothingSaid }, ..closed(&silent) };
        world.place(&silent, &dismissed).await.unwrap();
        let (latest, _) = world.store.latest_conversation_of(guest).await.unwrap().unwrap();
        assert_eq!(latest.conversation, first.conversation);

        let open = world.waiting(guest);
        world.begin(&open, NOW.plus_ms(2)).await;
        let (latest, _) = world.store.latest_conversation_of(guest).await.unwrap().unwrap();
        let (over, _) = world.store.closed_conversation_of(guest).await.unwrap().unwrap();
        assert_eq!((latest.conversation, over.conversation), (open.conversation, first.conversation));
    }

    async fn the_latest_conversation_is_the_one_stored_last_though_the_clock_went_back(world: &World) {
        let guest = world.guest().await;
        let (second, first) = (world.waiting(guest), world.waiting(guest));
        for (placement, at) in [(&first, NOW), (&second, NOW.plus_ms(-3_600_000))] {
            world.begin(placement, at).await;
            let decision = Write::Seating { placement: placement.clone(), from: None, at };
            world.write(vec![decision]).await.unwrap();
            world.place(placement, &closed(placement)).await.unwrap();
        }
        let (latest, _) = world.store.latest_conversation_of(guest).await.unwrap().unwrap();
        assert_eq!(latest.conversation, second.conversation);
    }
}
