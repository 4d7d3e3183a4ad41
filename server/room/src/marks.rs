//! How far guests and agents have got: what each has received, and what each has seen.

use super::Room;
use super::talk::Mark;
use domain::write::{Side, Write};
use domain::{ConversationId, GuestId, MemberId, Placement, Seq};
use protocol::desk::DeskEvent;
use protocol::guest::GuestEvent;

impl Room {
    pub(super) fn guest_marks(&mut self, guest: GuestId, mark: Mark, seq: Seq) {
        let Some(conversation) = self.conversations.of(guest) else {
            return;
        };
        let Some(seq) = self.move_mark(conversation, Side::Guest, mark, seq) else {
            return;
        };
        let agent = self.dispatch.placement(conversation).and_then(Placement::agent);
        if let Some(member) = agent {
            let event = match mark {
                Mark::Read => DeskEvent::Read { conversation, seq },
                Mark::Delivered => DeskEvent::Delivered { conversation, seq },
            };
            self.send_desk(member, event);
        }
    }

    pub(super) fn agent_marks(&mut self, member: MemberId, conversation: ConversationId, mark: Mark, seq: Seq) {
        let Some(guest) = self.held_by(member, conversation).map(|placement| placement.guest) else {
            return;
        };
        let Some(seq) = self.move_mark(conversation, Side::Agent, mark, seq) else {
            return;
        };
        match mark {
            Mark::Read => {
                self.send_guest(guest, GuestEvent::Read { conversation, seq });
                // The agent's other tabs show the same number of unread messages.
                self.tell_agent(conversation);
            }
            Mark::Delivered => self.send_guest(guest, GuestEvent::Delivered { conversation, seq }),
        }
    }

    /// Where the mark is now, if that is news.
    fn move_mark(&mut self, conversation: ConversationId, side: Side, mark: Mark, seq: Seq) -> Option<Seq> {
        let talk = self.conversations.talk_mut(conversation)?;
        if !talk.moves(side, mark, seq) {
            return None;
        }
        let marks = talk.marks(side);
        self.out.batch.writes.push(Write::Marks {
            conversation,
            side,
            read: marks.read,
            delivered: marks.delivered,
        });
        Some(match mark {
            Mark::Read => marks.read,
            Mark::Delivered => marks.delivered,
        })
    }
}
