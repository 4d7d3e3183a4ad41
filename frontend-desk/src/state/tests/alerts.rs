//! Which events are worth the agent's attention; whether they ring is told in `state/alert.rs`.

use super::*;

fn alerts(effects: &[Effect]) -> Vec<(ConversationId, News)> {
    let alert = |effect: &Effect| match effect {
        Effect::Alert(alert) => Some((alert.conversation, alert.news)),
        _ => None,
    };
    effects.iter().filter_map(alert).collect()
}

fn came(card: DeskConversation) -> Input {
    Input::Server(DeskEvent::Conversation(card))
}

fn with_how(how: SeatHow, card: DeskConversation) -> DeskConversation {
    let reason = SeatReason { how, ..card.reason };
    DeskConversation { reason, ..card }
}

#[test]
fn a_guest_is_news_when_seated_and_not_when_their_card_changes() {
    let mut desk = desk(0);
    assert_eq!(alerts(&desk.apply(came(card(OTHER, 0)))), [(OTHER, News::Guest)]);
    assert_eq!(alerts(&desk.apply(came(card(OTHER, 1)))), []);
}

#[test]
fn a_guest_who_comes_back_to_this_desk_is_news_again() {
    let mut desk = desk(1);
    desk.apply(Input::Opened(Some(TALK)));
    let why = Gone::Moved {
        reason: WaitReason::Bounced,
    };
    desk.apply(Input::Server(DeskEvent::Gone {
        conversation: TALK,
        why,
    }));
    assert_eq!(alerts(&desk.apply(came(card(TALK, 1)))), [(TALK, News::Guest)]);
}

#[test]
fn what_the_agent_claims_themselves_is_no_news() {
    let mut desk = desk(0);
    let claimed = with_how(SeatHow::Claimed, card(OTHER, 1));
    assert_eq!(alerts(&desk.apply(came(claimed))), []);
}

#[test]
fn words_of_a_guest_are_news_and_ones_own_are_not() {
    let mut desk = desk(1);
    assert_eq!(alerts(&desk.apply(guest_says(2))), [(TALK, News::Message)]);
    assert_eq!(alerts(&desk.apply(guest_says(2))), [], "said again by a resume");
    let own = said(
        Author::Agent {
            id: ME,
            name: "Anna".into(),
        },
        3,
        None,
    );
    assert_eq!(alerts(&desk.apply(Input::Server(DeskEvent::Message(own)))), []);
}

#[test]
fn loading_the_page_is_silent_and_coming_back_tells_what_came_meanwhile() {
    let unread = |unread| DeskConversation {
        unread,
        ..card(TALK, i64::from(unread))
    };
    let mut desk = DeskState::new(Vec::new(), true);
    assert_eq!(alerts(&desk.apply(welcome(vec![unread(1)]))), []);
    desk.apply(guest_says(1));
    assert_eq!(alerts(&desk.apply(welcome(vec![unread(1)]))), [], "nothing came");
    let meanwhile = desk.apply(welcome(vec![unread(3), card(OTHER, 0)]));
    assert_eq!(alerts(&meanwhile), [(TALK, News::Message), (OTHER, News::Guest)]);
    assert_eq!(alerts(&desk.apply(guest_says(2))), [], "told with the welcome");
}
