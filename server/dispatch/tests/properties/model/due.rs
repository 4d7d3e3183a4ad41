//! What happens by itself.

use super::Model;
use domain::{ClosedBy, ConversationState, MissedReason, SeatHow, WaitReason};

/// The order is that in which they happen if they happen at the same moment.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    AgentLost,
    GuestGone,
    GuestAway,
    Unanswered,
    WaitedTooLong,
    EveryoneLeft,
}

impl Model {
    /// The earliest thing that happens by itself: when, what, and to whom (by id and by place in its list).
    fn earliest(&self) -> Option<(i64, Due, u128, usize)> {
        let mut all = vec![];
        for (index, agent) in self.agents.iter().enumerate() {
            all.extend(
                agent
                    .grace_until
                    .map(|at| (at, Due::AgentLost, positive(agent.spec.id.0), index)),
            );
        }
        for (index, talk) in self.talks.iter().enumerate() {
            let placement = &talk.placement;
            let id = placement.conversation.0.as_u128();
            let group = self.group(placement.group).unwrap();
            let open = placement.state() != ConversationState::Closed;
            let on_the_way = talk.absent_since.filter(|_| open && !talk.guest_away());
            let away = on_the_way.map(|since| since + self.settings.absence_ms);
            all.extend(away.map(|at| (at, Due::GuestAway, id, index)));
            match placement.state() {
                ConversationState::Waiting => {
                    let gone = talk.absent_since.map(|since| since + self.settings.guest_grace_ms);
                    let too_long = group.spec.wait_ms_max.map(|max| talk.waits_from + max);
                    all.extend(gone.map(|at| (at, Due::GuestGone, id, index)));
                    all.extend(too_long.map(|at| (at, Due::WaitedTooLong, id, index)));
                }
                ConversationState::Seated => {
                    let gone = talk.absent_since.map(|since| since + self.settings.guest_gone_ms);
                    all.extend(gone.map(|at| (at, Due::GuestGone, id, index)));
                    if talk.asked() {
                        all.push((talk.asked_at + self.settings.accept_ms, Due::Unanswered, id, index));
                    }
                }
                ConversationState::Missed | ConversationState::Closed => {}
            }
        }
        for (index, group) in self.groups.iter().enumerate() {
            all.extend(
                group
                    .unstaffed_until
                    .map(|at| (at, Due::EveryoneLeft, positive(group.spec.id.0), index)),
            );
        }
        all.into_iter().min()
    }

    pub fn next_deadline(&self) -> Option<i64> {
        self.earliest().map(|(at, ..)| at)
    }

    /// Whatever is due by now, one moment after the other.
    pub(super) fn let_time_pass(&mut self) {
        while let Some(moment) = self.next_deadline().filter(|at| *at <= self.now) {
            while let Some((_, due, _, index)) = self.earliest().filter(|(at, ..)| *at == moment) {
                self.happen(due, index);
            }
            self.seat_everyone();
            self.watch_staffing();
        }
    }

    fn happen(&mut self, due: Due, index: usize) {
        match due {
            Due::AgentLost => {
                self.agents[index].grace_until = None;
                self.release_all(self.agents[index].spec.id, WaitReason::AgentLost);
            }
            Due::GuestGone => {
                let placement = &self.talks[index].placement;
                if placement.state() == ConversationState::Waiting || placement.owed_since.is_some() {
                    self.miss(index, MissedReason::GuestLeft);
                } else {
                    self.end(index, ClosedBy::GuestLeft);
                }
            }
            Due::GuestAway => {
                let talk = &mut self.talks[index];
                talk.away = true;
                let how = talk.placement.seat_reason().map(|reason| reason.how);
                let offered =
                    !talk.placement.answered() && matches!(how, Some(SeatHow::LeastBusy | SeatHow::LastAgent));
                if offered {
                    self.release(index, WaitReason::GuestAway);
                }
            }
            Due::Unanswered => {
                let agent = self.talks[index]
                    .placement
                    .agent()
                    .and_then(|agent| self.agent(agent))
                    .unwrap();
                self.agents[agent].away = true;
                self.talks[index].placement.bounces += 1;
                self.release(index, WaitReason::Bounced);
            }
            Due::WaitedTooLong => self.miss(index, MissedReason::WaitedTooLong),
            Due::EveryoneLeft => {
                self.groups[index].unstaffed_until = None;
                let id = self.groups[index].spec.id;
                for conversation in [self.line(id), self.passed_over(id)].concat() {
                    let talk = self.talk(conversation).unwrap();
                    self.miss(talk, MissedReason::EveryoneLeft);
                }
            }
        }
    }
}

fn positive(id: i64) -> u128 {
    u128::try_from(id).unwrap()
}
