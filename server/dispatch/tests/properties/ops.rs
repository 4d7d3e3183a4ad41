//! What may happen, drawn from so few people that they keep running into each other.

use domain::{ConversationId, ConversationState, Duty, GroupId, MemberId};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

pub const STEPS: usize = 200;
pub const CONVERSATIONS: usize = 14;

/// One event, and the time that passes before it.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    pub pause: Pause,
    pub op: Op,
}

#[derive(Clone, Copy, Debug)]
pub enum Pause {
    None,
    Ms(i64),
    /// Until something is due, and one millisecond short of it.
    UntilDue,
    UntilJustBefore,
    /// The clock is wrong, or was.
    HourForward,
    HourBack,
}

#[derive(Clone, Copy, Debug)]
pub enum Op {
    Group {
        group: GroupId,
        last_agent_first: bool,
        line_max: Option<u32>,
        wait_ms_max: Option<i64>,
        overflow: i64,
    },
    Agent {
        agent: MemberId,
        seats: u32,
        groups: Groups,
        duty: Duty,
    },
    AgentRemoved(MemberId),
    AgentConnected(MemberId),
    AgentDisconnected(MemberId),
    Duty(MemberId, Duty),
    AgentActive(MemberId),
    Guest(GuestOp),
    Accept(Pick, By, Which),
    AgentSaid(Pick, By, Which),
    Close(Pick, By, Which),
    Claim(Pick, MemberId),
    Transfer {
        conversation: Pick,
        which: Which,
        to: MemberId,
        by: MemberId,
    },
    Tick,
    /// The server stands still for so long.
    Stalled(i64),
    /// The process is killed and started again; meanwhile the account of `gone` was deleted.
    Restart {
        gone: Option<MemberId>,
    },
}

#[derive(Clone, Copy, Debug)]
pub enum GuestOp {
    Arrive {
        conversation: Pick,
        group: GroupId,
        priority: i32,
        last_agent: Option<MemberId>,
    },
    ByForm {
        conversation: Pick,
        group: GroupId,
        last_agent: Option<MemberId>,
    },
    Rejoin(Pick),
    Connected(Pick),
    Disconnected(Pick),
    Said(Pick),
    Leave(Pick),
    /// Somebody finds that nothing is to be done about it.
    Dismissed(Pick),
}

/// Which conversation: one by its id, or the nth of those in a state, so that most of what is done can be done.
#[derive(Clone, Copy, Debug)]
pub enum Pick {
    Any(ConversationId),
    /// One that nobody has heard of, if there is any left.
    New,
    Nth(ConversationState, usize),
}

/// A set of groups, as bits.
#[derive(Clone, Copy, Debug)]
pub struct Groups(pub u8);

/// Who acts on a conversation: the agent who holds it, or somebody.
#[derive(Clone, Copy, Debug)]
pub enum By {
    Holder,
    Agent(MemberId),
}

/// The epoch that is named: the conversation's, or one that is off.
#[derive(Clone, Copy, Debug)]
pub enum Which {
    Current,
    Off(i32),
}

/// What there is more of.
#[derive(Clone, Copy, Debug)]
pub enum Flavour {
    Ordinary,
    /// Guests.
    Rush,
    /// Lost connections, lost time.
    Storm,
    /// Changes of rules, seats and groups, and restarts.
    Upheaval,
}

/// The three groups, and the one that does not exist until somebody makes it.
pub fn every_group() -> impl Iterator<Item = GroupId> {
    (1..=4).map(GroupId)
}

pub fn sequence(flavour: Flavour) -> impl Strategy<Value = Vec<Step>> {
    let [rules, agents, guests, seats, restarts] = match flavour {
        Flavour::Ordinary => [8, 20, 40, 50, 1],
        Flavour::Rush => [2, 14, 60, 40, 0],
        Flavour::Storm => [4, 40, 40, 40, 1],
        Flavour::Upheaval => [24, 20, 40, 40, 4],
    };
    let op = prop_oneof![
        2 => Just(Op::Tick),
        2 => (1..20_000_i64).prop_map(Op::Stalled),
        rules => rules_change(),
        agents => agents_do(),
        guests => guests_do(),
        seats => seats_change(),
        restarts => option::weighted(0.3, agent()).prop_map(|gone| Op::Restart { gone }),
    ];
    vec((pause(flavour), op).prop_map(|(pause, op)| Step { pause, op }), STEPS)
}

fn pause(flavour: Flavour) -> impl Strategy<Value = Pause> {
    let (due, jumps) = match flavour {
        Flavour::Storm => (6, 1),
        Flavour::Rush => (1, 0),
        _ => (3, 1),
    };
    prop_oneof![
        30 => Just(Pause::None),
        30 => (1..800_i64).prop_map(Pause::Ms),
        due => Just(Pause::UntilDue),
        due => Just(Pause::UntilJustBefore),
        jumps => Just(Pause::HourForward),
        jumps => Just(Pause::HourBack),
    ]
}

fn rules_change() -> impl Strategy<Value = Op> {
    let group = (
        group(),
        any::<bool>(),
        option::weighted(0.3, 0..4_u32),
        wait_ms_max(),
        0..6_i64,
    )
        .prop_map(|(group, last_agent_first, line_max, wait_ms_max, overflow)| Op::Group {
            group,
            last_agent_first,
            line_max,
            wait_ms_max,
            overflow,
        });
    let agent_op =
        (agent(), 0..4_u32, (0..8_u8).prop_map(Groups), duty()).prop_map(|(agent, seats, groups, duty)| Op::Agent {
            agent,
            seats,
            groups,
            duty,
        });
    prop_oneof![3 => group, 8 => agent_op, 1 => agent().prop_map(Op::AgentRemoved)]
}

fn wait_ms_max() -> impl Strategy<Value = Option<i64>> {
    prop_oneof![4 => Just(None), 1 => Just(Some(1_500)), 1 => Just(Some(6_000))]
}

fn agents_do() -> impl Strategy<Value = Op> {
    prop_oneof![
        6 => agent().prop_map(Op::AgentConnected),
        2 => agent().prop_map(Op::AgentDisconnected),
        3 => (agent(), duty()).prop_map(|(agent, duty)| Op::Duty(agent, duty)),
        2 => agent().prop_map(Op::AgentActive),
    ]
}

fn guests_do() -> impl Strategy<Value = Op> {
    let group = || prop_oneof![20 => group(), 1 => Just(GroupId(4))];
    let priority = prop_oneof![Just(0), Just(0), Just(0), Just(1), Just(-1)];
    let new = || prop_oneof![8 => Just(Pick::New), 1 => any_pick()];
    let by_form = (new(), group(), option::weighted(0.4, agent())).prop_map(|(conversation, group, last_agent)| {
        GuestOp::ByForm {
            conversation,
            group,
            last_agent,
        }
    });
    let arrive = (new(), group(), priority, option::weighted(0.4, agent())).prop_map(
        |(conversation, group, priority, last_agent)| GuestOp::Arrive {
            conversation,
            group,
            priority,
            last_agent,
        },
    );
    let op = prop_oneof![
        10 => arrive,
        1 => by_form,
        2 => mostly(ConversationState::Missed).prop_map(GuestOp::Rejoin),
        4 => conversation().prop_map(GuestOp::Connected),
        4 => conversation().prop_map(GuestOp::Disconnected),
        2 => conversation().prop_map(GuestOp::Said),
        1 => conversation().prop_map(GuestOp::Leave),
        1 => mostly(ConversationState::Missed).prop_map(GuestOp::Dismissed),
    ];
    op.prop_map(Op::Guest)
}

fn seats_change() -> impl Strategy<Value = Op> {
    let act = || (mostly(ConversationState::Seated), by(), which());
    let transfer =
        (mostly(ConversationState::Seated), which(), agent(), agent()).prop_map(|(conversation, which, to, by)| {
            Op::Transfer {
                conversation,
                which,
                to,
                by,
            }
        });
    prop_oneof![
        4 => act().prop_map(|(conversation, by, which)| Op::Accept(conversation, by, which)),
        5 => act().prop_map(|(conversation, by, which)| Op::AgentSaid(conversation, by, which)),
        4 => act().prop_map(|(conversation, by, which)| Op::Close(conversation, by, which)),
        3 => (mostly(ConversationState::Missed), agent())
            .prop_map(|(conversation, agent)| Op::Claim(conversation, agent)),
        2 => transfer,
    ]
}

fn mostly(state: ConversationState) -> impl Strategy<Value = Pick> {
    prop_oneof![6 => (0..CONVERSATIONS).prop_map(move |nth| Pick::Nth(state, nth)), 1 => conversation()]
}

fn conversation() -> impl Strategy<Value = Pick> {
    let nth = |state| (0..CONVERSATIONS).prop_map(move |nth| Pick::Nth(state, nth));
    prop_oneof![
        2 => nth(ConversationState::Seated),
        2 => nth(ConversationState::Waiting),
        1 => nth(ConversationState::Missed),
        1 => any_pick(),
    ]
}

fn any_pick() -> impl Strategy<Value = Pick> {
    (0..CONVERSATIONS).prop_map(|nth| Pick::Any(conversation_id(nth)))
}

/// The nth of all conversations that there can be.
pub fn conversation_id(nth: usize) -> ConversationId {
    ConversationId(uuid::Uuid::from_u128(nth as u128 + 1))
}

fn group() -> impl Strategy<Value = GroupId> {
    (1..=3_i64).prop_map(GroupId)
}

fn agent() -> impl Strategy<Value = MemberId> {
    (1..=6_i64).prop_map(MemberId)
}

fn duty() -> impl Strategy<Value = Duty> {
    prop_oneof![6 => Just(Duty::On), 1 => Just(Duty::Break), 1 => Just(Duty::Off)]
}

fn by() -> impl Strategy<Value = By> {
    prop_oneof![6 => Just(By::Holder), 1 => agent().prop_map(By::Agent)]
}

fn which() -> impl Strategy<Value = Which> {
    prop_oneof![8 => Just(Which::Current), 1 => Just(Which::Off(-1)), 1 => Just(Which::Off(1))]
}
