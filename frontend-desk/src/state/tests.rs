//! Delivery and its corners, told as stories.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that fails here should panic"
)]

mod alerts;

use super::*;
use app::api::conversation::HistoryPage;
use domain::member::Me;
use domain::message::{Body, Message};
use domain::{
    Author, ClientMessageId, ClosedBy, Epoch, GroupId, GuestId, SeatHow, SeatReason, Seq, Timestamp, WaitReason,
};
use protocol::desk::{DeskConversation, DeskEvent, Gone, GuestCard};
use protocol::{RejectCode, Rejected};
use uuid::Uuid;

pub(super) const TALK: ConversationId = ConversationId(Uuid::from_u128(1));
pub(super) const OTHER: ConversationId = ConversationId(Uuid::from_u128(2));
const ME: MemberId = MemberId(7);

fn id(n: u128) -> ClientMessageId {
    ClientMessageId(Uuid::from_u128(n))
}

pub(super) fn card(conversation: ConversationId, last_seq: i64) -> DeskConversation {
    DeskConversation {
        id: conversation,
        epoch: Epoch(1),
        group: GroupId(1),
        guest: GuestCard {
            id: GuestId(Uuid::from_u128(9)),
            name: String::new(),
            contact: String::new(),
            page_url: String::new(),
            page_title: String::new(),
            language: String::new(),
        },
        guest_here: true,
        left_at: None,
        seated_at: Timestamp(0),
        answered: true,
        accept_by: None,
        waiting_since: None,
        last_seq: Seq(last_seq),
        guest_read: Seq(0),
        guest_delivered: Seq(0),
        agent_read: Seq(0),
        unread: 0,
        last_text: String::new(),
        reason: SeatReason {
            how: SeatHow::LeastBusy,
            on_duty: 1,
            overflow: false,
            after: None,
        },
    }
}

fn said(from: Author, seq: i64, client: Option<ClientMessageId>) -> Message {
    Message {
        conversation: TALK,
        seq: Seq(seq),
        id: client,
        from,
        body: Body::Text {
            text: format!("text {seq}"),
        },
        at: Timestamp(seq),
    }
}

pub(super) fn guest_says(seq: i64) -> Input {
    Input::Server(DeskEvent::Message(said(Author::Guest, seq, None)))
}

pub(super) fn agent_says(seq: i64) -> Input {
    let name = "Anna".into();
    let agent = Author::Agent { id: ME, name };
    Input::Server(DeskEvent::Message(said(agent, seq, None)))
}

pub(super) fn welcome(cards: Vec<DeskConversation>) -> Input {
    welcome_of(ME, cards)
}

fn welcome_of(member: MemberId, cards: Vec<DeskConversation>) -> Input {
    Input::Server(DeskEvent::Welcome {
        protocol: protocol::PROTOCOL,
        heartbeat_ms: 25_000,
        now: None,
        member: Me {
            id: member,
            login: "anna".into(),
            name: "Anna".into(),
            rules: Vec::new(),
        },
        me: Seats::default(),
        groups: Vec::new(),
        conversations: cards,
        line: Line::default(),
        missed: Missed::default(),
    })
}

fn ack(n: u128, seq: i64) -> Input {
    Input::Server(DeskEvent::Ack {
        id: id(n),
        conversation: TALK,
        seq: Seq(seq),
        at: Timestamp(seq),
    })
}

pub(super) fn wrote(n: u128) -> Input {
    Input::Wrote {
        conversation: TALK,
        id: id(n),
        text: "text".into(),
    }
}

/// A desk with one conversation in which the guest said `last` things.
pub(super) fn desk(last: i64) -> DeskState {
    let mut desk = DeskState::new(Vec::new(), true);
    desk.apply(welcome(vec![card(TALK, last)]));
    for seq in 1..=last {
        assert_eq!(desk.apply(guest_says(seq)), []);
    }
    desk
}

fn seqs(desk: &DeskState) -> Vec<i64> {
    desk.talks[&TALK].messages.keys().map(|seq| seq.0).collect()
}

fn sent(effects: &[Effect]) -> Vec<ClientMessageId> {
    let send = |effect: &Effect| match effect {
        Effect::Send(DeskFrame::Send { id, .. }) => Some(*id),
        _ => None,
    };
    effects.iter().filter_map(send).collect()
}

#[test]
fn a_message_is_pending_until_acknowledged_and_then_part_of_the_conversation() {
    let mut desk = desk(1);
    assert_eq!(sent(&desk.apply(wrote(1))), [id(1)]);
    assert_eq!(desk.pending(TALK).count(), 1);
    assert_eq!(desk.apply(ack(1, 2)), []);
    assert_eq!(desk.pending(TALK).count(), 0);
    assert_eq!(seqs(&desk), [1, 2]);
    // The same from another tab, or again after a resume, changes nothing.
    let echo = said(
        Author::Agent {
            id: ME,
            name: "Anna".into(),
        },
        2,
        Some(id(1)),
    );
    assert_eq!(desk.apply(Input::Server(DeskEvent::Message(echo))), []);
    assert_eq!(seqs(&desk), [1, 2]);
}

#[test]
fn what_was_not_acknowledged_is_sent_again_after_a_welcome_with_the_same_id_and_the_new_epoch() {
    let mut desk = desk(1);
    desk.apply(wrote(1));
    desk.apply(wrote(2));
    let moved = DeskConversation {
        epoch: Epoch(3),
        ..card(TALK, 1)
    };
    let effects = desk.apply(welcome(vec![moved]));
    assert_eq!(sent(&effects), [id(1), id(2)]);
    assert!(matches!(
        &effects[0],
        Effect::Send(DeskFrame::Send { epoch: Epoch(3), .. })
    ));
}

#[test]
fn a_message_that_was_stored_before_the_connection_broke_is_not_doubled() {
    let mut desk = desk(1);
    desk.apply(wrote(1));
    desk.apply(welcome(vec![card(TALK, 2)]));
    let stored = said(
        Author::Agent {
            id: ME,
            name: "Anna".into(),
        },
        2,
        Some(id(1)),
    );
    desk.apply(Input::Server(DeskEvent::Message(stored)));
    assert_eq!(desk.pending(TALK).count(), 0);
    // The answer to the resent frame comes as well.
    assert_eq!(desk.apply(ack(1, 2)), []);
    assert_eq!(seqs(&desk), [1, 2]);
}

#[test]
fn a_reload_keeps_what_was_on_its_way() {
    let mut before = desk(1);
    before.apply(wrote(1));
    let mut after = DeskState::new(before.outbox, true);
    assert_eq!(sent(&after.apply(welcome(vec![card(TALK, 1)]))), [id(1)]);
}

#[test]
fn nothing_is_taken_from_a_connection_of_somebody_else_and_nothing_is_sent_on_it() {
    let mut desk = desk(1);
    desk.apply(wrote(1));
    let before = desk.clone();
    let effects = desk.apply(welcome_of(MemberId(8), vec![card(OTHER, 1)]));
    assert_eq!(effects, [Effect::AskWhoIsLoggedIn]);
    assert!(desk.is_foreign());
    assert_eq!(desk.apply(guest_says(2)), []);
    assert_eq!((&desk.talks, &desk.outbox), (&before.talks, &before.outbox));
    let effects = desk.apply(welcome(vec![card(TALK, 1)]));
    assert!(!desk.is_foreign());
    assert_eq!(sent(&effects), [id(1)]);
}

#[test]
fn hello_names_the_last_message_there_is() {
    let resume = |desk: &DeskState| match desk.hello() {
        DeskFrame::Hello { resume, .. } => resume.iter().map(|resume| resume.last_seq.0).collect::<Vec<_>>(),
        _ => Vec::new(),
    };
    assert_eq!(resume(&desk(3)), [3]);
    assert_eq!(resume(&desk(0)), Vec::<i64>::new());
}

#[test]
fn a_gap_asks_for_a_resume_and_shows_nothing_out_of_order() {
    let mut desk = desk(2);
    assert_eq!(desk.apply(guest_says(4)), [Effect::Resync]);
    assert_eq!(seqs(&desk), [1, 2]);
    desk.apply(welcome(vec![card(TALK, 4)]));
    desk.apply(guest_says(3));
    desk.apply(guest_says(4));
    assert_eq!(seqs(&desk), [1, 2, 3, 4]);
}

#[test]
fn when_more_was_missed_than_is_sent_again_the_talk_begins_anew_and_history_has_the_rest() {
    let mut desk = desk(2);
    desk.apply(welcome(vec![card(TALK, 500)]));
    assert_eq!(desk.apply(guest_says(301)), []);
    assert_eq!(desk.apply(guest_says(302)), []);
    assert_eq!(seqs(&desk), [301, 302]);
    assert!(desk.talks[&TALK].earlier);
}

#[test]
fn duplicates_are_ignored() {
    let mut desk = desk(2);
    let before = desk.clone();
    assert_eq!(desk.apply(guest_says(2)), []);
    assert_eq!(desk.apply(guest_says(1)), []);
    assert_eq!(desk, before);
}

#[test]
fn history_joins_from_above_and_says_whether_there_is_more() {
    let mut desk = DeskState::new(Vec::new(), true);
    desk.apply(welcome(vec![card(TALK, 9)]));
    desk.apply(guest_says(9));
    let page = |seqs: std::ops::RangeInclusive<i64>, more| Input::Earlier {
        conversation: TALK,
        page: HistoryPage {
            messages: seqs.map(|seq| said(Author::Guest, seq, None)).collect(),
            more,
        },
    };
    desk.apply(page(5..=8, true));
    assert_eq!(seqs(&desk), [5, 6, 7, 8, 9]);
    // A late answer that does not join would tear a hole.
    desk.apply(page(1..=2, true));
    assert_eq!(seqs(&desk), [5, 6, 7, 8, 9]);
    desk.apply(page(1..=4, false));
    assert_eq!(seqs(&desk).len(), 9);
    assert!(!desk.talks[&TALK].earlier);
}

#[test]
fn receipt_is_told_for_all_and_reading_only_for_what_is_open_and_in_sight() {
    let marks = |desk: &mut DeskState| desk.apply(Input::MarksDue);
    let delivered = Effect::Send(DeskFrame::Delivered {
        conversation: TALK,
        seq: Seq(2),
    });
    let read = Effect::Send(DeskFrame::Read {
        conversation: TALK,
        seq: Seq(2),
    });

    let mut desk = desk(0);
    desk.apply(guest_says(1));
    desk.apply(guest_says(2));
    assert_eq!(desk.unread(), 2);
    assert_eq!(marks(&mut desk), [delivered]);
    assert_eq!(marks(&mut desk), []);

    desk.apply(Input::Visible(false));
    desk.apply(Input::Opened(Some(TALK)));
    desk.apply(Input::AtEnd(true));
    assert!(!desk.marks_are_due());
    desk.apply(Input::Visible(true));
    assert!(desk.marks_are_due());
    assert_eq!(marks(&mut desk), [read]);
    assert_eq!(desk.unread(), 0);
    assert_eq!(marks(&mut desk), []);
}

#[test]
fn what_a_resume_repeats_is_not_counted_twice() {
    let mut desk = DeskState::new(Vec::new(), true);
    let unread = DeskConversation {
        unread: 2,
        ..card(TALK, 2)
    };
    desk.apply(welcome(vec![unread]));
    desk.apply(guest_says(1));
    desk.apply(guest_says(2));
    assert_eq!(desk.unread(), 2);
    desk.apply(guest_says(3));
    assert_eq!(desk.unread(), 3);
}

#[test]
fn a_card_that_crosses_our_read_mark_does_not_take_it_back() {
    let mut desk = desk(0);
    desk.apply(Input::Opened(Some(TALK)));
    desk.apply(Input::AtEnd(true));
    desk.apply(guest_says(1));
    desk.apply(Input::MarksDue);
    let before_our_mark = DeskConversation {
        unread: 1,
        ..card(TALK, 1)
    };
    desk.apply(Input::Server(DeskEvent::Conversation(before_our_mark)));
    assert_eq!(desk.unread(), 0);
    assert!(!desk.marks_are_due());
}

#[test]
fn a_refused_message_stays_where_it_is_until_the_agent_decides() {
    let mut desk = desk(1);
    desk.apply(wrote(1));
    let refused = Rejected::new(RejectCode::IdReused).about(id(1)).within(TALK);
    assert_eq!(desk.apply(Input::Server(DeskEvent::Rejected(refused))), []);
    assert_eq!(desk.outbox[0].state, PendingState::Failed(RejectCode::IdReused));
    let retried = desk.apply(Input::Retried {
        id: id(1),
        fresh: id(2),
    });
    assert_eq!(sent(&retried), [id(2)], "a spoilt id is not used again");
    desk.apply(Input::Discarded { id: id(2) });
    assert_eq!(desk.outbox, []);
}

#[test]
fn a_conversation_that_goes_stays_readable_while_it_is_open_and_then_leaves() {
    let mut desk = desk(1);
    desk.apply(Input::Opened(Some(TALK)));
    desk.apply(wrote(1));
    let why = Gone::Closed { by: ClosedBy::Guest };
    desk.apply(Input::Server(DeskEvent::Gone {
        conversation: TALK,
        why,
    }));
    assert_eq!(desk.open_talk().unwrap().ended, Some(Ended::Gone(why)));
    assert_eq!(desk.mine().count(), 0);
    assert_eq!(desk.outbox[0].state, PendingState::Failed(RejectCode::NoConversation));
    assert!(matches!(desk.hello(), DeskFrame::Hello { resume, .. } if resume.is_empty()));
    desk.apply(Input::Opened(None));
    assert_eq!(desk.talks.len(), 0);
}

#[test]
fn what_left_while_offline_is_told_if_it_was_open() {
    let mut desk = desk(1);
    desk.apply(Input::Opened(Some(TALK)));
    desk.apply(welcome(vec![card(OTHER, 0)]));
    assert_eq!(desk.open_talk().unwrap().ended, Some(Ended::WhileAway));
    assert_eq!(desk.mine().map(|talk| talk.card.id).collect::<Vec<_>>(), [OTHER]);
}

#[test]
fn a_claimed_conversation_opens_when_it_comes_and_a_lost_race_is_told() {
    let mut desk = desk(0);
    let claim = Input::Claimed { conversation: OTHER };
    assert_eq!(
        desk.apply(claim.clone()),
        [Effect::Send(DeskFrame::Claim { conversation: OTHER })]
    );
    let mut claimed = card(OTHER, 1);
    claimed.reason.how = SeatHow::Claimed;
    let came = Input::Server(DeskEvent::Conversation(claimed));
    assert_eq!(desk.apply(came.clone()), [Effect::Open(OTHER)]);
    assert_eq!(desk.apply(came), [], "once");

    desk.apply(claim);
    let taken = Rejected::new(RejectCode::Taken).within(OTHER);
    assert_eq!(
        desk.apply(Input::Server(DeskEvent::Rejected(taken))),
        [Effect::Tell(Tell::Rejected(RejectCode::Taken))]
    );
    let won = Rejected {
        agent: Some("Mei".into()),
        ..Rejected::new(RejectCode::Taken).within(OTHER)
    };
    let told = Tell::Taken { agent: "Mei".into() };
    assert_eq!(
        desk.apply(Input::Server(DeskEvent::Rejected(won))),
        [Effect::Tell(told)]
    );
}

#[test]
fn what_the_guest_types_goes_when_they_send_it() {
    let mut desk = desk(1);
    desk.apply(Input::Server(DeskEvent::Typing {
        conversation: TALK,
        text: "al".into(),
    }));
    assert_eq!(desk.talks[&TALK].typing, "al");
    desk.apply(guest_says(2));
    assert_eq!(desk.talks[&TALK].typing, "");
}

#[test]
fn what_the_guest_types_is_not_known_without_a_connection() {
    let mut desk = desk(1);
    desk.apply(Input::Server(DeskEvent::Typing {
        conversation: TALK,
        text: "al".into(),
    }));
    desk.apply(Input::Lost);
    assert_eq!(desk.talks[&TALK].typing, "");
}

#[test]
fn conversations_are_walked_in_the_order_of_the_list_and_around_its_ends() {
    let mut desk = DeskState::new(Vec::new(), true);
    assert_eq!(desk.neighbour(None, 1), None);
    let first = DeskConversation {
        seated_at: Timestamp(-1),
        ..card(OTHER, 0)
    };
    desk.apply(welcome(vec![card(TALK, 0), first]));
    let around = |from| (desk.neighbour(from, 1), desk.neighbour(from, -1));
    assert_eq!(around(None), (Some(OTHER), Some(TALK)));
    assert_eq!(around(Some(OTHER)), (Some(TALK), Some(TALK)));
}

#[test]
fn a_guest_who_was_looked_up_is_known_and_what_the_lists_say_counts_more() {
    let looked_up = |name: &str| GuestCard {
        name: name.into(),
        ..card(OTHER, 0).guest
    };
    let mut state = desk(0);
    let (conversation, guest) = (OTHER, looked_up("Mei"));
    state.apply(Input::LookedUp { conversation, guest });
    assert_eq!(state.guest(OTHER).map(|guest| guest.name.as_str()), Some("Mei"));
    assert!(!state.is_listed(OTHER));

    let (conversation, guest) = (TALK, looked_up("somebody else"));
    state.apply(Input::LookedUp { conversation, guest });
    assert_eq!(state.guest(TALK), Some(&card(TALK, 0).guest));
    assert_eq!(state.guest(OTHER), None);
}

#[test]
fn what_a_page_kept_is_read_again_also_where_a_message_was_refused() {
    let pending = |state| Pending {
        id: ClientMessageId(Uuid::from_u128(7)),
        conversation: ConversationId(Uuid::from_u128(8)),
        text: "hello".to_owned(),
        state,
    };
    let outbox = vec![
        pending(PendingState::Sending),
        pending(PendingState::Failed(RejectCode::NoConversation)),
    ];
    let kept = serde_json::to_string(&outbox).unwrap();
    assert_eq!(read_outbox(&kept), outbox);
    assert_eq!(read_outbox("[7]"), []);
}
