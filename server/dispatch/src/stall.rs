//! The server stood still: its process was stopped, the machine slept, the disk took its time.

use crate::Dispatcher;
use crate::timer::Timer;

impl Dispatcher {
    /// Nobody could act for `ms` until now, so everybody's patience begins anew, as after a restart; the longest wait in
    /// line is longer by that time.
    pub(crate) fn stood_still(&mut self, ms: i64) {
        let now = self.now;
        for conversation in self.conversations.iter_mut() {
            conversation.stood_still(now, ms);
            conversation.arm(&self.settings, &self.roster, &mut self.timers);
        }
        for agent in self.roster.agents.values_mut() {
            let until = agent
                .grace_until
                .map(|_| now.saturating_add(self.settings.agent_grace_ms));
            self.timers
                .replace_any(Timer::AgentGrace(agent.id), agent.grace_until, until);
            agent.grace_until = until;
        }
        for (id, group) in &mut self.roster.groups {
            let at = group.closing_at.map(|_| now.saturating_add(self.settings.unstaffed_ms));
            self.timers.replace_any(Timer::Unstaffed(*id), group.closing_at, at);
            group.closing_at = at;
        }
    }
}
