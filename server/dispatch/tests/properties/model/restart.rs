//! The process was killed and started again.

use super::Model;
use domain::{ConversationState, Duty, MemberId, SeatHow, WaitReason};

impl Model {
    /// `gone`: an agent whose account went with the restart.
    pub fn restart(&mut self, now: i64, gone: Option<MemberId>) {
        self.now = now;
        self.talks
            .retain(|talk| talk.placement.state() != ConversationState::Closed);
        self.next_ticket = self
            .talks
            .iter()
            .map(|talk| talk.placement.ticket + 1)
            .max()
            .unwrap_or(1);
        self.agents.retain(|agent| Some(agent.spec.id) != gone);
        self.groups.iter_mut().for_each(|group| group.unstaffed_until = None);

        for talk in &mut self.talks {
            let placement = &talk.placement;
            let handed = matches!(
                placement.seat_reason().map(|reason| reason.how),
                Some(SeatHow::Claimed | SeatHow::Transferred { .. })
            );
            let expected = match placement.state() {
                ConversationState::Waiting => true,
                ConversationState::Seated => placement.guest_seen() || !handed,
                _ => false,
            };
            talk.guest_here = false;
            talk.absent_since = expected.then_some(now);
            talk.away = false;
            talk.asked_at = now;
            talk.waits_from = talk.placement.since.0;
        }
        if let Some(gone) = gone {
            self.release_all(gone, WaitReason::AgentLeft);
        }
        for index in 0..self.agents.len() {
            let held = self.held(self.agents[index].spec.id) > 0;
            let agent = &mut self.agents[index];
            agent.connected = false;
            agent.away = false;
            let expected = held || agent.spec.duty != Duty::Off;
            agent.grace_until = expected.then_some(now + self.settings.agent_grace_ms);
        }
        self.watch_staffing();
    }
}

impl Model {
    /// As seen by somebody to whom nothing of this was ever told: what is closing.
    pub fn forget_closing(&mut self) {
        self.groups.iter_mut().for_each(|group| group.unstaffed_until = None);
    }

    /// As seen by somebody who knows about the restart: who is connected now, and which accounts are left.
    pub fn forget_presence(&mut self, restarted: &Self) {
        self.agents.clone_from(&restarted.agents);
    }
}
