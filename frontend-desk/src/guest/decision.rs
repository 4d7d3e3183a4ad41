//! One decision about a conversation, told of whom it concerns, as the record of decisions is read by everybody.

use app::api::conversation::SeatingRecord;
use app::i18n::{Locale, td_string, words};
use app::ui::names::isolated;
use domain::{ConversationState, SeatHow, SeatReason, WaitReason};

/// "Mei: least busy of 3 on duty".
pub(crate) fn decision(t: Locale, record: &SeatingRecord) -> String {
    match record.state {
        Some(ConversationState::Seated) => seated(
            t,
            isolated(record.agent.as_deref().unwrap_or_default()),
            record.seat_reason,
        ),
        Some(ConversationState::Waiting) => match record.wait_reason {
            Some(WaitReason::Arrived) => {
                td_string!(t, decision.waiting, reason = words::wait_reason(t, WaitReason::Arrived))
            }
            Some(reason) => td_string!(t, notice.waiting, reason = words::wait_reason(t, reason)),
            None => td_string!(t, desk.state_waiting).to_owned(),
        },
        Some(ConversationState::Missed) => match record.missed_reason {
            Some(reason) => td_string!(t, notice.missed, reason = words::missed_reason(t, reason)),
            None => td_string!(t, desk.state_missed).to_owned(),
        },
        Some(ConversationState::Closed) => match record.closed_by {
            Some(by) => words::closed_by(t, by).to_owned(),
            None => td_string!(t, desk.state_closed).to_owned(),
        },
        None => td_string!(t, desk.state_unknown).to_owned(),
    }
}

fn seated(t: Locale, agent: String, reason: Option<SeatReason>) -> String {
    let Some(reason) = reason else {
        return td_string!(t, notice.seated, agent = agent);
    };
    let how = match reason.how {
        SeatHow::LeastBusy => td_string!(t, decision.least_busy, agent = agent, n = reason.on_duty),
        SeatHow::LastAgent => td_string!(t, decision.last_agent, agent = agent),
        SeatHow::Claimed => td_string!(t, decision.claimed, agent = agent),
        SeatHow::Transferred { over_limit: false, .. } => td_string!(t, decision.transferred, agent = agent),
        SeatHow::Transferred { over_limit: true, .. } => td_string!(t, decision.transferred_over, agent = agent),
        SeatHow::Unknown => td_string!(t, decision.unknown, agent = agent),
    };
    if reason.overflow {
        format!("{how} {}", td_string!(t, seat_reason.overflow))
    } else {
        how
    }
}
