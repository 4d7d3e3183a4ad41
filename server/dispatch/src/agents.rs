//! What agents do about themselves: connections, duty, seats.

use crate::timer::Timer;
use crate::{Dispatcher, Refusal};
use domain::{Duty, GroupSpec, MemberId, WaitReason};

impl Dispatcher {
    /// New rules hold at once, also for those already in line.
    pub(crate) fn set_group(&mut self, spec: GroupSpec) {
        let id = spec.id;
        self.roster.set_group(spec);
        let waiting: Vec<_> = self.line(id).chain(self.passed_over(id)).collect();
        for conversation in waiting {
            if let Some(conversation) = self.conversations.get_mut(conversation) {
                conversation.arm(&self.settings, &self.roster, &mut self.timers);
            }
        }
    }

    pub(crate) fn remove_agent(&mut self, id: MemberId) -> Result<(), Refusal> {
        self.set_duty(id, Duty::Off)?;
        self.set_grace(id, None);
        self.roster.remove_agent(id);
        Ok(())
    }

    pub(crate) fn agent_connected(&mut self, id: MemberId) -> Result<(), Refusal> {
        if self.is_connected(id)? {
            return Ok(());
        }
        self.roster.change(id, |agent| agent.connected = true);
        self.set_grace(id, None);
        self.changes.presence = Some((id, true));
        Ok(())
    }

    pub(crate) fn agent_disconnected(&mut self, id: MemberId) -> Result<(), Refusal> {
        if !self.is_connected(id)? {
            return Ok(());
        }
        self.set_grace(id, Some(self.now.saturating_add(self.settings.agent_grace_ms)));
        self.roster.change(id, |agent| agent.connected = false);
        self.changes.presence = Some((id, false));
        Ok(())
    }

    fn is_connected(&self, id: MemberId) -> Result<bool, Refusal> {
        self.roster
            .agents
            .get(&id)
            .map(|agent| agent.connected)
            .ok_or(Refusal::NoAgent)
    }

    /// Until when the seats of an agent who is not connected are held.
    pub(crate) fn set_grace(&mut self, id: MemberId, until: Option<i64>) {
        let Some(agent) = self.roster.agents.get(&id) else {
            return;
        };
        if agent.grace_until != until {
            self.timers.replace_any(Timer::AgentGrace(id), agent.grace_until, until);
            self.roster.change(id, |agent| agent.grace_until = until);
        }
    }

    pub(crate) fn set_duty(&mut self, id: MemberId, duty: Duty) -> Result<(), Refusal> {
        let agent = self.roster.agents.get(&id).ok_or(Refusal::NoAgent)?;
        if agent.duty != duty {
            self.roster.change(id, |agent| agent.duty = duty);
        }
        // Whoever chooses a duty is there, even if the choice is the one they had.
        self.roster.wake(id);
        if duty == Duty::Off {
            self.release_all(id, WaitReason::AgentLeft);
        }
        Ok(())
    }

    pub(crate) fn agent_active(&mut self, id: MemberId) -> Result<(), Refusal> {
        self.is_connected(id)?;
        self.roster.wake(id);
        Ok(())
    }
}
