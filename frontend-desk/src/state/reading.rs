//! Reading: what is in front of the agent, what in it is new to them, and what the guest is told of that.

use super::{DeskState, Effect, Talk};
use domain::{ConversationId, Seq};
use protocol::desk::{DeskConversation, DeskFrame};

impl DeskState {
    /// What has ended is kept for reading only while it is open.
    pub(super) fn on_opened(&mut self, conversation: Option<ConversationId>) {
        if self.open == conversation {
            return;
        }
        self.open = conversation;
        // The view says so once it has put the messages in their place.
        self.at_end = false;
        self.talks
            .retain(|id, talk| talk.ended.is_none() || Some(*id) == conversation);
        if let Some(talk) = conversation.and_then(|id| self.talks.get_mut(&id)) {
            talk.mark_new();
        }
    }

    pub(super) fn on_visible(&mut self, visible: bool) {
        let back = visible && !self.visible;
        self.visible = visible;
        if let Some(talk) = self.open.and_then(|id| self.talks.get_mut(&id))
            && back
            && talk.card.unread > 0
        {
            talk.mark_new();
        }
    }

    /// A conversation that was not here. After a reload it may be the one that is open.
    pub(super) fn new_talk(&self, card: DeskConversation) -> Talk {
        let mut talk = Talk::new(card);
        if self.open == Some(talk.card.id) {
            talk.mark_new();
        }
        talk
    }

    /// The conversation that the agent is reading to its end.
    fn reading(&self) -> Option<ConversationId> {
        (self.visible && self.at_end).then_some(self.open).flatten()
    }

    /// Whether [`super::Input::MarksDue`] would send anything.
    pub fn marks_are_due(&self) -> bool {
        self.mine()
            .any(|talk| talk.delivered_due().is_some() || self.read_due(talk).is_some())
    }

    fn read_due(&self, talk: &Talk) -> Option<Seq> {
        (self.reading() == Some(talk.card.id))
            .then(|| talk.unread_seq())
            .flatten()
    }

    pub(super) fn marks(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        let reading = self.reading();
        for talk in self.talks.values_mut().filter(|talk| talk.ended.is_none()) {
            let conversation = talk.card.id;
            if let Some(seq) = talk.delivered_due() {
                talk.delivered = seq;
                effects.push(Effect::Send(DeskFrame::Delivered { conversation, seq }));
            }
            if let (true, Some(seq)) = (reading == Some(conversation), talk.unread_seq()) {
                talk.read_up_to(seq);
                effects.push(Effect::Send(DeskFrame::Read { conversation, seq }));
            }
        }
        effects
    }
}

#[cfg(test)]
mod tests {
    use crate::state::Input;
    use crate::state::tests::{OTHER, TALK, agent_says, card, desk, guest_says, welcome, wrote};
    use crate::state::{DeskState, Talk};
    use domain::Seq;
    use protocol::desk::DeskConversation;

    fn new_after(desk: &DeskState) -> Option<Seq> {
        desk.open_talk().and_then(Talk::new_after)
    }

    fn unread(unread: u32, last_seq: i64) -> DeskConversation {
        DeskConversation {
            unread,
            agent_read: Seq(last_seq - i64::from(unread)),
            ..card(TALK, last_seq)
        }
    }

    #[test]
    fn what_is_unread_when_a_conversation_is_opened_is_new_until_the_agent_answers() {
        let mut desk = desk(0);
        desk.apply(welcome(vec![unread(2, 5), card(OTHER, 0)]));
        desk.apply(Input::Opened(Some(TALK)));
        assert_eq!(new_after(&desk), Some(Seq(3)));
        desk.apply(Input::AtEnd(true));
        desk.apply(Input::MarksDue);
        assert_eq!(new_after(&desk), Some(Seq(3)), "reading it does not take the mark away");
        desk.apply(wrote(1));
        assert_eq!(new_after(&desk), None);

        desk.apply(Input::Opened(Some(OTHER)));
        assert_eq!(new_after(&desk), None, "nothing is unread there");
    }

    #[test]
    fn what_was_answered_from_another_tab_is_not_new() {
        let mut desk = desk(0);
        desk.apply(welcome(vec![unread(2, 2), card(OTHER, 0)]));
        desk.apply(guest_says(1));
        desk.apply(guest_says(2));
        desk.apply(Input::Opened(Some(TALK)));
        assert_eq!(new_after(&desk), Some(Seq(0)));
        desk.apply(agent_says(3));
        assert_eq!(new_after(&desk), Some(Seq(3)));
    }

    #[test]
    fn after_a_reload_the_open_conversation_shows_what_is_new() {
        let mut desk = DeskState::new(Vec::new(), true);
        desk.apply(Input::Opened(Some(TALK)));
        desk.apply(welcome(vec![unread(1, 4)]));
        assert_eq!(new_after(&desk), Some(Seq(3)));
    }

    #[test]
    fn what_came_while_the_page_was_hidden_is_new_when_the_agent_is_back() {
        let mut desk = desk(0);
        desk.apply(Input::Opened(Some(TALK)));
        desk.apply(Input::AtEnd(true));
        desk.apply(Input::Visible(false));
        desk.apply(guest_says(1));
        assert_eq!(new_after(&desk), None);
        desk.apply(Input::Visible(true));
        assert_eq!(new_after(&desk), Some(Seq(0)));
    }

    #[test]
    fn what_is_out_of_sight_is_not_read() {
        let mut desk = desk(0);
        desk.apply(Input::Opened(Some(TALK)));
        desk.apply(Input::AtEnd(true));
        desk.apply(Input::AtEnd(false));
        desk.apply(guest_says(1));
        desk.apply(Input::MarksDue);
        assert_eq!(desk.unread(), 1);
        desk.apply(Input::AtEnd(true));
        desk.apply(Input::MarksDue);
        assert_eq!(desk.unread(), 0);
    }
}
