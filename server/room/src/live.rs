//! What the live page is shown: every agent with their seats, every group with its line and its missed queue.

use super::Room;
use super::view::count;
use dispatch::AgentView;
use domain::live::{LiveAgent, LiveGroup, LiveMissed, LiveSeat, LiveView, LiveWaiting};
use domain::{ConversationId, GroupId, MissedReason, Placement, WaitReason};
use protocol::limits::LISTED_MAX;

impl Room {
    pub(super) fn live_view(&self) -> LiveView {
        let mut agents: Vec<_> = self.dispatch.agents().map(|agent| self.live_agent(agent)).collect();
        agents.sort_by(|one, other| one.name.cmp(&other.name).then(one.id.cmp(&other.id)));
        let groups = self.directory.groups();
        let groups = groups.map(|(id, name)| self.live_group(id, name)).collect();
        LiveView {
            at: self.now.wall,
            agents,
            groups,
        }
    }

    fn live_agent(&self, agent: AgentView<'_>) -> LiveAgent {
        let seated = agent.conversations().filter_map(|one| self.dispatch.placement(one));
        let mut seated: Vec<_> = seated.map(|one| self.live_seat(one)).collect();
        seated.sort_by_key(|seat| (seat.since, seat.conversation));
        let passes_as_here = self.agent_passes_as_here(agent.id());
        LiveAgent {
            id: agent.id(),
            name: self.directory.name_of(agent.id()),
            duty: agent.duty(),
            duty_since: self.directory.duty_since(agent.id()),
            connected: agent.connected() || passes_as_here,
            held: agent.held() && !passes_as_here,
            away: agent.away(),
            seats: i32::try_from(agent.seats()).unwrap_or(i32::MAX),
            used: i32::try_from(agent.used()).unwrap_or(i32::MAX),
            seated,
            groups: agent.groups().to_vec(),
        }
    }

    fn live_seat(&self, placement: &Placement) -> LiveSeat {
        LiveSeat {
            conversation: placement.conversation,
            group: placement.group,
            guest: placement.guest,
            guest_name: self.guest_name(placement.conversation),
            since: placement.since,
            waiting_since: placement.owed_since,
        }
    }

    fn live_group(&self, id: GroupId, name: &str) -> LiveGroup {
        let waiting = self.waiting(&[id]);
        let missed = self.missed_in(&[id]);
        let in_line = |(placement, reason): &(&Placement, WaitReason)| LiveWaiting {
            conversation: placement.conversation,
            guest: placement.guest,
            guest_name: self.guest_name(placement.conversation),
            since: placement.since,
            reason: *reason,
        };
        let in_missed = |(placement, reason): &(&Placement, MissedReason)| LiveMissed {
            conversation: placement.conversation,
            guest: placement.guest,
            guest_name: self.guest_name(placement.conversation),
            since: placement.since,
            reason: *reason,
        };
        LiveGroup {
            id,
            name: name.to_owned(),
            staffed: self.dispatch.staffed(id),
            line: waiting.iter().take(LISTED_MAX).map(in_line).collect(),
            waiting: count(waiting.len()),
            missed: missed.iter().take(LISTED_MAX).map(in_missed).collect(),
            missed_total: count(missed.len()),
        }
    }

    fn guest_name(&self, conversation: ConversationId) -> String {
        let talk = self.conversations.talk(conversation);
        talk.map(|talk| talk.name.clone()).unwrap_or_default()
    }
}
