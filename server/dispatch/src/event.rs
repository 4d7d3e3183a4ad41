//! What can happen, and how it can be refused.

use domain::{AgentSpec, ConversationId, Duty, Epoch, GroupId, GroupSpec, GuestId, MemberId};

/// Something happened. The time it happened at is handed to [`crate::Dispatcher::handle`] beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A member group is new or its rules changed.
    Group(GroupSpec),
    /// An agent is new, or their seats or groups changed. The `duty` of a known agent is left as it is.
    Agent(AgentSpec),
    /// The agent may no longer serve (disabled, rule taken away); their conversations move on at once.
    AgentRemoved { agent: MemberId },
    /// The agent's first connection opened.
    AgentConnected { agent: MemberId },
    /// The agent's last connection is gone; the grace period begins.
    AgentDisconnected { agent: MemberId },
    /// The agent chose a duty, which is a sign of life as well.
    Duty { agent: MemberId, duty: Duty },
    /// The agent showed a sign of life of their own doing, and so is no longer away.
    AgentActive { agent: MemberId },
    /// A connected guest wants to talk, in a conversation the dispatcher has not seen.
    Arrive {
        conversation: ConversationId,
        guest: GuestId,
        group: GroupId,
        priority: i32,
        last_agent: Option<MemberId>,
    },
    /// A guest with whom no live connection can be had has left a message by form: no seat and no line, whoever is on duty.
    ByForm {
        conversation: ConversationId,
        guest: GuestId,
        group: GroupId,
        last_agent: Option<MemberId>,
    },
    /// The guest of a missed conversation wants to talk now: back into the line if somebody is on duty.
    Rejoin { conversation: ConversationId },
    /// The guest's first connection opened.
    GuestConnected { conversation: ConversationId },
    /// The guest's last connection is gone; the grace period begins. For a moment they count as here.
    GuestDisconnected { conversation: ConversationId },
    /// The guest wrote; a reply is owed.
    GuestSaid { conversation: ConversationId },
    /// The guest ends the conversation or gives up their place.
    Leave { conversation: ConversationId },
    /// The agent takes it up without a word.
    Accept {
        conversation: ConversationId,
        agent: MemberId,
        epoch: Epoch,
    },
    /// The agent wrote; nothing is owed any more. Accepts as well.
    AgentSaid {
        conversation: ConversationId,
        agent: MemberId,
        epoch: Epoch,
    },
    /// The agent ends the conversation.
    Close {
        conversation: ConversationId,
        agent: MemberId,
        epoch: Epoch,
    },
    /// The agent takes it out of the missed queue.
    Claim {
        conversation: ConversationId,
        agent: MemberId,
    },
    /// A supervisor hands a seated or waiting conversation to `to`, past the limit of their seats if need be.
    Transfer {
        conversation: ConversationId,
        epoch: Epoch,
        to: MemberId,
        by: MemberId,
    },
    /// Nothing is left to be done about a missed conversation: its guest is gone, and has left neither words nor a way to
    /// be reached.
    Dismiss { conversation: ConversationId },
    /// The server stood still for so long until now: nobody could act, so nothing is overdue.
    Stalled { ms: i64 },
    /// Nothing but the time.
    Tick,
}

/// Why an event was not acted upon. The state is as if it had not happened; timers that were due have still fired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No such conversation is open, or it is not the agent's to act on.
    NoConversation,
    /// The conversation was closed a moment ago, by a timer that came due before this event.
    Closed,
    /// The event names an older seating.
    StaleEpoch,
    /// It is no longer in the state this event acts on: somebody was quicker.
    Taken,
    /// All of the agent's seats are taken.
    NoFreeSeat,
    /// The agent is not on duty, or not connected.
    NotOnDuty,
    /// No such agent.
    NoAgent,
    /// No such member group.
    NoGroup,
}
