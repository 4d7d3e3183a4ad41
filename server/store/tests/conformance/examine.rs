//! Every invariant, broken behind the store's back, is found; and a database as Seatline writes it is not complained of.

use crate::world::{LEAST_BUSY, NOW, World, guest_says, seated};
use domain::{ConversationState, Epoch, Message, Place, Placement, SeatHow, SeatReason, Seq, Timestamp, WaitReason};
use store::StoreError;
use store::examine::{self, Contents, Finding, Mark, Severity};
use store::write::Write;

impl World {
    /// The findings, of a database that can be examined.
    async fn findings(&self) -> Vec<Finding> {
        examine::examine(&self.config).await.unwrap().findings
    }

    /// The one finding after `sql` was done.
    async fn only_finding_after(&self, sql: &str) -> Finding {
        self.tamper_unguarded(sql).await;
        let mut findings = self.findings().await;
        // Of a file, SQLite itself finds rows that break a constraint as well.
        findings.retain(|finding| !matches!(finding, Finding::Damaged { why } if why.contains("constraint failed")));
        assert_eq!(findings.len(), 1, "{findings:#?}");
        findings.remove(0)
    }

    /// As [`World::begin`], with the record of the decision, as the hub writes it.
    async fn arrives(&self, placement: &Placement) {
        let begin = Write::NewConversation {
            site: self.site,
            placement: placement.clone(),
            at: NOW,
        };
        self.write(vec![begin, record(placement)]).await.unwrap();
    }

    /// As [`World::place`], with the record of the decision.
    async fn moves(&self, before: &Placement, after: &Placement) {
        let place = Write::Place {
            expected_epoch: before.epoch,
            placement: after.clone(),
            service_ms: None,
        };
        self.write(vec![place, record(after)]).await.unwrap();
    }

    /// A guest seated with a new agent, with three messages, everything as the hub writes it.
    async fn talk(&self) -> Placement {
        let agent = self.agent("anna").await;
        let waiting = self.waiting(self.guest().await);
        self.arrives(&waiting).await;
        let talk = seated(&waiting, agent.id, NOW);
        self.moves(&waiting, &talk).await;
        self.say(talk.conversation, 1, &["one", "two", "three"]).await;
        talk
    }

    /// Another guest in line.
    async fn waits(&self, ticket: i64) -> Placement {
        let placement = Placement {
            ticket,
            ..self.waiting(self.guest().await)
        };
        self.arrives(&placement).await;
        placement
    }
}

fn record(placement: &Placement) -> Write {
    Write::Seating {
        placement: placement.clone(),
        from: None,
        at: placement.since,
    }
}

on_both! {
    async fn what_seatline_writes_is_as_it_must_be(world: &World) {
        let talk = world.talk().await;
        world.waits(2).await;
        let closed = Placement {
            place: Place::Closed { by: domain::ClosedBy::Agent },
            ..talk.clone()
        };
        world.moves(&talk, &closed).await;
        let examination = examine::examine(&world.config).await.unwrap();
        assert_eq!(examination.findings, []);
        assert_eq!(examination.contents, Contents { open_conversations: 1, conversations: 2, messages: 3 });
    }

    async fn a_message_that_is_gone_is_missed(world: &World) {
        let conversation = world.talk().await.conversation;
        let found = world.only_finding_after("DELETE FROM message WHERE seq = 2").await;
        let since = NOW.plus_ms(3);
        assert_eq!(found, Finding::MessagesMissing { conversation, first: Seq(2), missing: 1, last: Seq(3), since });
        let found = world.only_finding_after("DELETE FROM message WHERE seq = 1").await;
        assert_eq!(found, Finding::MessagesMissing { conversation, first: Seq(1), missing: 2, last: Seq(3), since });
    }

    async fn a_message_that_is_stored_twice_is_found(world: &World) {
        let conversation = world.talk().await.conversation;
        let twice = "UPDATE message SET client_id = (SELECT client_id FROM message WHERE seq = 1) WHERE seq = 2";
        let found = world.only_finding_after(twice).await;
        assert!(matches!(found, Finding::MessageRepeated { conversation: within, times: 2, .. } if within == conversation));
    }

    async fn a_message_that_is_stored_in_two_conversations_of_a_guest_is_found(world: &World) {
        let first = world.talk().await;
        let closed = Placement {
            place: Place::Closed { by: domain::ClosedBy::Agent },
            ..first.clone()
        };
        world.moves(&first, &closed).await;
        let second = Placement { ticket: 2, ..world.waiting(first.guest) };
        world.arrives(&second).await;
        let other = world.waits(3).await;
        let said = guest_says(second.conversation, 1, "again");
        let id = said.id.unwrap();
        // Another guest's page may make the same id.
        let same = Message { id: Some(id), ..guest_says(other.conversation, 1, "by chance") };
        world.write(vec![Write::Message(said), Write::Message(same)]).await.unwrap();
        assert_eq!(world.findings().await, []);

        let again = Message { id: Some(id), ..guest_says(first.conversation, 4, "again") };
        world.write(vec![Write::Message(again)]).await.unwrap();
        let found = world.findings().await;
        let is_it = |found: &Finding| {
            matches!(found, Finding::MessageInSeveral { guest, id: found, conversations: 2, .. }
                if (*guest, *found) == (first.guest, id))
        };
        assert!(matches!(&found[..], [one] if is_it(one)), "{found:#?}");
    }

    async fn nobody_has_read_what_is_not_there(world: &World) {
        let conversation = world.talk().await.conversation;
        let found = world.only_finding_after("UPDATE conversation SET guest_delivered = 4").await;
        let ahead = |mark, at, limit| Finding::MarkAhead { conversation, mark, at: Seq(at), limit: Seq(limit), since: NOW };
        assert_eq!(found, ahead(Mark::GuestDelivered, 4, 3));
        let found = world.only_finding_after("UPDATE conversation SET guest_delivered = 3, agent_read = 2").await;
        assert_eq!(found, ahead(Mark::AgentRead, 2, 0));
    }

    async fn a_conversation_is_in_one_place(world: &World) {
        let conversation = world.talk().await.conversation;
        let found = world.only_finding_after("UPDATE conversation SET wait_reason = 'arrived'").await;
        assert_eq!(found, Finding::NotInOnePlace { conversation, state: "seated".to_owned(), since: NOW });
    }

    async fn a_reason_nobody_writes_is_told(world: &World) {
        let conversation = world.waits(1).await.conversation;
        let found = world.only_finding_after("UPDATE conversation SET wait_reason = 'whim'").await;
        assert_eq!(found, Finding::Unreadable { conversation, what: "a reason", value: "whim".to_owned() });
    }

    async fn a_guest_has_one_open_conversation(world: &World) {
        let first = world.waits(1).await;
        let second = Placement { ticket: 2, ..world.waiting(first.guest) };
        world.arrives(&second).await;
        let found = world.findings().await;
        assert_eq!(found, [Finding::TwoOpen { guest: first.guest, conversations: 2, since: NOW }]);
    }

    async fn seats_are_as_many_as_there_are_unless_a_supervisor_forced_one(world: &World) {
        let talk = world.talk().await;
        let agent = talk.agent().unwrap();
        let waiting = world.waits(2).await;
        let how = SeatHow::Transferred { by: agent, over_limit: true };
        let forced = Placement {
            place: Place::Seated { agent, reason: SeatReason { how, ..LEAST_BUSY }, answered: false, guest_seen: false },
            ..seated(&waiting, agent, NOW)
        };
        world.moves(&waiting, &forced).await;
        world.tamper("UPDATE member SET seats = 1").await;
        assert_eq!(world.findings().await, []);
        let found = world.only_finding_after("UPDATE member SET seats = 0").await;
        let over = Finding::OverSeats { agent, name: "Agent anna".to_owned(), seats: 0, held: 2, forced: 1, since: NOW };
        assert_eq!((found.severity(), found), (Severity::Odd, over));
    }

    async fn a_holder_is_not_disabled(world: &World) {
        let agent = world.talk().await.agent().unwrap();
        let found = world.only_finding_after("UPDATE member SET disabled = TRUE").await;
        let held = Finding::HolderDisabled { agent, name: "Agent anna".to_owned(), held: 1, since: NOW };
        assert_eq!((found.severity(), found), (Severity::Odd, held));
    }

    async fn a_line_has_an_order(world: &World) {
        world.waits(1).await;
        world.waits(2).await;
        let found = world.only_finding_after("UPDATE conversation SET ticket = 7").await;
        assert_eq!(found, Finding::SameTicket { ticket: 7, conversations: 2, since: NOW });
    }

    async fn the_front_of_the_line_is_for_those_who_had_a_seat(world: &World) {
        let conversation = world.waits(1).await.conversation;
        let found = world.only_finding_after("UPDATE conversation SET returned = TRUE").await;
        assert_eq!(found, Finding::ReturnedFromNowhere { conversation, since: NOW });
    }

    async fn who_lost_a_seat_may_be_at_the_front(world: &World) {
        let talk = world.talk().await;
        let back = Placement {
            place: Place::Waiting { reason: WaitReason::AgentLost, returned: true },
            ..talk.clone()
        };
        world.moves(&talk, &back).await;
        assert_eq!(world.findings().await, []);
    }

    async fn epochs_go_up(world: &World) {
        let talk = world.talk().await;
        let agent = talk.agent().unwrap();
        let again = seated(&talk, agent, NOW);
        world.moves(&talk, &again).await;
        let found = world.only_finding_after("UPDATE seating SET epoch = 2 WHERE epoch = 1").await;
        let out_of_order = |before, epoch| Finding::EpochOutOfOrder {
            conversation: talk.conversation,
            before: Epoch(before),
            epoch: Epoch(epoch),
            state: "seated".to_owned(),
            since: NOW,
        };
        assert_eq!(found, out_of_order(2, 2));
    }

    async fn the_record_ends_where_the_conversation_is(world: &World) {
        let conversation = world.talk().await.conversation;
        let found = world.only_finding_after("DELETE FROM seating WHERE state = 'seated'").await;
        let disagrees = Finding::RecordDisagrees {
            conversation,
            state: ConversationState::Seated,
            recorded: "waiting".to_owned(),
            since: NOW,
        };
        assert_eq!(found, disagrees);
        let found = world.only_finding_after("DELETE FROM seating").await;
        assert_eq!(found, Finding::NoRecord { conversation, since: NOW });
    }

    async fn what_is_referred_to_is_there(world: &World) {
        world.talk().await;
        let sql = "INSERT INTO duty_log (member_id, duty, at) VALUES (999, 'on', 1)";
        let found = world.only_finding_after(sql).await;
        let dangling = Finding::Dangling { table: "duty_log", column: "member_id", parent: "member", rows: 1 };
        assert_eq!(found, dangling);
    }

    async fn a_schema_of_another_version_is_told(world: &World) {
        world.tamper(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             VALUES (9999, 'from the future', TRUE, '', 0)",
        )
        .await;
        assert_eq!(world.findings().await, [Finding::SchemaNewer { version: 9999 }]);
        world.tamper("UPDATE _sqlx_migrations SET checksum = '' WHERE version = 1").await;
        assert!(world.findings().await.contains(&Finding::SchemaAltered { version: 1 }));
    }

    async fn a_database_in_use_is_seen_as_it_was_at_one_moment(world: &World) {
        let talk = world.talk().await;
        let say = async {
            for seq in 4..200 {
                let message = guest_says(talk.conversation, seq, "on and on");
                world.write(vec![Write::Message(message)]).await.unwrap();
            }
        };
        let look = async {
            for _ in 0..10 {
                assert_eq!(world.findings().await, []);
            }
        };
        tokio::join!(say, look);
    }

    async fn only_so_many_of_a_kind_are_told(world: &World) {
        for ticket in 1..=25 {
            world.waits(ticket).await;
        }
        world.tamper_unguarded("DELETE FROM seating").await;
        let examination = examine::examine(&world.config).await.unwrap();
        assert_eq!((examination.findings.len(), examination.more), (20, true));
    }
}

#[tokio::test]
async fn what_is_no_database_of_seatline_cannot_be_examined() {
    let folder = tempfile::tempdir().unwrap();
    let examine = async |name: &str| examine::examine(&store::StoreConfig::sqlite(folder.path().join(name))).await;
    assert!(matches!(
        examine("nothing").await.unwrap_err(),
        StoreError::Absent { .. }
    ));
    std::fs::write(folder.path().join("empty"), "").unwrap();
    assert!(matches!(examine("empty").await.unwrap_err(), StoreError::Foreign));
    std::fs::create_dir(folder.path().join("folder")).unwrap();
    assert!(matches!(
        examine("folder").await.unwrap_err(),
        StoreError::NotSeatline { .. }
    ));
}

#[tokio::test]
async fn a_damaged_file_is_found_whatever_is_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let config = store::StoreConfig::sqlite(folder.path().join("seatline.db"));
    let open = store::Store::open(&config).await.unwrap();
    open.initialise(Timestamp(1), "site-key").await.unwrap();
    open.close().await;
    let path = folder.path().join("seatline.db");
    let sound = std::fs::read(&path).unwrap();
    for page in [1, 7, 20] {
        let mut bytes = sound.clone();
        bytes[page * 4_096..page * 4_096 + 64].fill(0xff);
        std::fs::write(&path, &bytes).unwrap();
        let findings = examine::examine(&config).await.unwrap().findings;
        assert!(
            findings
                .iter()
                .any(|finding| matches!(finding, Finding::Damaged { .. })),
            "page {page}: {findings:?}"
        );
        assert_eq!(std::fs::read(&path).unwrap(), bytes);
    }
}
