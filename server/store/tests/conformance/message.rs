use crate::world::{NOW, ODD_TEXT, World, guest_says};
use domain::{
    Author, Body, ClientMessageId, ClosedBy, ConversationId, GuestId, Message, MissedReason, Notice, Seq, Timestamp,
    WaitReason,
};
use std::collections::HashSet;
use store::write::Write;
use store::{MemberUpdate, StoreError};
use uuid::Uuid;

fn seqs(messages: &[Message]) -> Vec<i64> {
    messages.iter().map(|message| message.seq.0).collect()
}

on_both! {
    async fn messages_come_back_exactly(world: &World) {
        let agent = world.agent("agent").await;
        let conversation = world.conversation().await.conversation;
        let longest = "\u{0}".repeat(8_000);
        let say = |seq, from, text: &str| Message { from, ..guest_says(conversation, seq, text) };
        let note = |seq, notice| Message {
            id: None,
            from: Author::System,
            body: Body::Notice(notice),
            ..guest_says(conversation, seq, "")
        };
        let messages = vec![
            say(1, Author::Guest, ODD_TEXT),
            note(2, Notice::Seated { agent: ODD_TEXT.to_owned(), after: Some(WaitReason::AgentLost) }),
            say(3, Author::Agent { id: agent.id, name: agent.name.clone() }, &longest),
            note(4, Notice::Waiting { reason: WaitReason::Bounced }),
            note(5, Notice::Missed { reason: MissedReason::EveryoneLeft }),
            note(6, Notice::Closed { by: ClosedBy::Agent }),
        ];
        world.write(messages.iter().cloned().map(Write::Message).collect()).await.unwrap();
        assert_eq!(world.store.messages_after(conversation, Seq(0), 100).await.unwrap(), messages);
    }

    async fn the_authors_name_is_the_one_at_the_time_of_reading(world: &World) {
        let agent = world.agent("agent").await;
        let conversation = world.conversation().await.conversation;
        let from = Author::Agent { id: agent.id, name: "not stored".to_owned() };
        world.write(vec![Write::Message(Message { from, ..guest_says(conversation, 1, "hello") })]).await.unwrap();
        let update =
            MemberUpdate { name: "Renamed".to_owned(), seats: 1, groups: vec![], auth_groups: agent.auth_groups };
        world.store.update_member(agent.id, None, &update).await.unwrap();
        let read = world.store.messages_after(conversation, Seq(0), 1).await.unwrap();
        assert_eq!(read[0].from, Author::Agent { id: agent.id, name: "Renamed".to_owned() });
    }

    async fn pages_run_forwards_and_backwards(world: &World) {
        let conversation = world.conversation().await.conversation;
        let other = world.conversation().await.conversation;
        // 86 messages are inserted by statements of 64, 16, 4 and 1 rows.
        let texts: Vec<String> = (1..=86).map(|seq| seq.to_string()).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        world.say(conversation, 1, &texts).await;
        world.say(other, 1, &["other"]).await;

        let after = world.store.messages_after(conversation, Seq(80), 4).await.unwrap();
        assert_eq!(seqs(&after), [81, 82, 83, 84]);
        assert_eq!(after[0].body, Body::Text { text: "81".to_owned() });
        assert!(world.store.messages_after(conversation, Seq(86), 4).await.unwrap().is_empty());
        let last = world.store.messages_before(conversation, None, 3).await.unwrap();
        assert_eq!(seqs(&last), [84, 85, 86]);
        let before = world.store.messages_before(conversation, Some(Seq(3)), 50).await.unwrap();
        assert_eq!(seqs(&before), [1, 2]);
        let all = world.store.messages_before(conversation, None, 100).await.unwrap();
        assert_eq!(seqs(&all), (1..=86).collect::<Vec<_>>());
        let nowhere = ConversationId(Uuid::now_v7());
        assert!(world.store.messages_after(nowhere, Seq(0), 1).await.unwrap().is_empty());
    }

    async fn no_seq_is_used_twice(world: &World) {
        let conversation = world.conversation().await.conversation;
        let first = guest_says(conversation, 1, "first");
        world.write(vec![Write::Message(first.clone())]).await.unwrap();
        let refused = world.write(vec![Write::Message(guest_says(conversation, 1, "other"))]).await;
        assert!(matches!(refused, Err(StoreError::Conflict { .. })), "{refused:?}");
        assert_eq!(world.store.message_at(conversation, Seq(1)).await.unwrap(), Some(first.clone()));
        assert_eq!(world.store.message_at(conversation, Seq(2)).await.unwrap(), None);

        // Another conversation has its own.
        let other = world.conversation().await.conversation;
        assert_eq!(world.store.message_at(other, Seq(1)).await.unwrap(), None);
        let there = Message { conversation: other, ..first };
        world.write(vec![Write::Message(there.clone())]).await.unwrap();
        assert_eq!(world.store.message_at(other, Seq(1)).await.unwrap(), Some(there));
    }

    async fn the_ids_of_a_guest_are_those_of_all_their_conversations(world: &World) {
        let first = world.conversation().await;
        let others = world.conversation().await;
        let one = guest_says(first.conversation, 1, "one");
        let two = Message { at: NOW.plus_ms(5), ..guest_says(first.conversation, 2, "two") };
        let theirs = guest_says(others.conversation, 1, "theirs");
        let ids = (one.id.unwrap(), two.id.unwrap());
        world.write([one, two, theirs].map(Write::Message).into()).await.unwrap();
        let all = world.store.guest_message_ids(first.guest, Timestamp(0)).await.unwrap();
        assert_eq!(all.into_iter().collect::<HashSet<_>>(), HashSet::from([ids.0, ids.1]));
        let late = world.store.guest_message_ids(first.guest, NOW.plus_ms(5)).await.unwrap();
        assert_eq!(late, [ids.1]);
        let nobody = world.store.guest_message_ids(GuestId(Uuid::now_v7()), Timestamp(0)).await.unwrap();
        assert_eq!(nobody, []);
    }

    async fn a_message_of_no_conversation_is_refused(world: &World) {
        let message = Message {
            id: Some(ClientMessageId(Uuid::new_v4())),
            ..guest_says(ConversationId(Uuid::now_v7()), 1, "hello?")
        };
        let refused = world.write(vec![Write::Message(message)]).await;
        assert!(matches!(refused, Err(StoreError::Unknown { .. })), "{refused:?}");
    }
}
