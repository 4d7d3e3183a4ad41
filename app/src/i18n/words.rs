//! What the domain says in types, in words of the reader's language.

use super::{Locale, td_string};
use crate::api::origin::OriginProblem;
use crate::api::{ApiError, ErrorCode, FieldProblem};
use crate::ui::browser;
use crate::ui::names::isolated;
use crate::ui::socket::Outage;
use domain::{ClosedBy, Duty, MissedReason, Notice, Rule, SeatHow, SeatReason, WaitReason};
use protocol::{CloseCode, RejectCode};

pub fn duty(t: Locale, duty: Duty) -> &'static str {
    match duty {
        Duty::On => td_string!(t, duty.on),
        Duty::Break => td_string!(t, duty.on_break),
        Duty::Off => td_string!(t, duty.off),
    }
}

/// What a member on that duty gets and does not get.
pub fn duty_meaning(t: Locale, duty: Duty) -> &'static str {
    match duty {
        Duty::On => td_string!(t, duty.on_meaning),
        Duty::Break => td_string!(t, duty.break_meaning),
        Duty::Off => td_string!(t, duty.off_meaning),
    }
}

pub fn missed_reason(t: Locale, reason: MissedReason) -> &'static str {
    match reason {
        MissedReason::NobodyOnDuty => td_string!(t, missed_reason.nobody_on_duty),
        MissedReason::EveryoneLeft => td_string!(t, missed_reason.everyone_left),
        MissedReason::LineFull => td_string!(t, missed_reason.line_full),
        MissedReason::WaitedTooLong => td_string!(t, missed_reason.waited_too_long),
        MissedReason::GuestLeft => td_string!(t, missed_reason.guest_left),
        MissedReason::NotConnected => td_string!(t, missed_reason.not_connected),
        MissedReason::Unknown => td_string!(t, missed_reason.unknown),
    }
}

pub fn wait_reason(t: Locale, reason: WaitReason) -> &'static str {
    match reason {
        WaitReason::Arrived => td_string!(t, wait_reason.arrived),
        WaitReason::AgentLost => td_string!(t, wait_reason.agent_lost),
        WaitReason::AgentLeft => td_string!(t, wait_reason.agent_left),
        WaitReason::Bounced => td_string!(t, wait_reason.bounced),
        WaitReason::GuestAway => td_string!(t, wait_reason.guest_away),
        WaitReason::Unknown => td_string!(t, wait_reason.unknown),
    }
}

pub fn closed_by(t: Locale, by: ClosedBy) -> &'static str {
    match by {
        ClosedBy::Agent => td_string!(t, closed_by.agent),
        ClosedBy::Guest => td_string!(t, closed_by.guest),
        ClosedBy::GuestLeft => td_string!(t, closed_by.guest_left),
        ClosedBy::NothingSaid => td_string!(t, closed_by.nothing_said),
        ClosedBy::Unknown => td_string!(t, closed_by.unknown),
    }
}

/// A line that Seatline wrote into a conversation, as colleagues read it.
pub fn notice(t: Locale, notice: &Notice) -> String {
    match notice {
        Notice::Seated { agent, after: None } => td_string!(t, notice.seated, agent = isolated(agent)),
        Notice::Seated {
            agent,
            after: Some(after),
        } => {
            td_string!(
                t,
                notice.seated_after,
                agent = isolated(agent),
                reason = wait_reason(t, *after)
            )
        }
        Notice::Waiting { reason } => td_string!(t, notice.waiting, reason = wait_reason(t, *reason)),
        Notice::Missed { reason } => td_string!(t, notice.missed, reason = missed_reason(t, *reason)),
        Notice::Closed { by } => closed_by(t, *by).to_owned(),
        Notice::Unknown => td_string!(t, notice.unknown).to_owned(),
    }
}

/// Why a conversation came to the agent who has it, sentence by sentence.
pub fn seat_reason(t: Locale, reason: SeatReason) -> Vec<String> {
    let how = match reason.how {
        SeatHow::LeastBusy => td_string!(t, seat_reason.least_busy, n = reason.on_duty),
        SeatHow::LastAgent => td_string!(t, seat_reason.last_agent, n = reason.on_duty),
        SeatHow::Claimed => td_string!(t, seat_reason.claimed).to_owned(),
        SeatHow::Transferred { over_limit: false, .. } => td_string!(t, seat_reason.transferred).to_owned(),
        SeatHow::Transferred { over_limit: true, .. } => td_string!(t, seat_reason.transferred_over).to_owned(),
        SeatHow::Unknown => td_string!(t, seat_reason.unknown).to_owned(),
    };
    let overflow = reason.overflow.then(|| td_string!(t, seat_reason.overflow).to_owned());
    let after = reason
        .after
        .map(|after| td_string!(t, seat_reason.after, reason = wait_reason(t, after)));
    [Some(how), overflow, after].into_iter().flatten().collect()
}

/// Why the server did not do what was asked over a socket.
pub fn reject(t: Locale, code: RejectCode) -> &'static str {
    match code {
        RejectCode::Empty => td_string!(t, reject.empty),
        RejectCode::TooLong => td_string!(t, reject.too_long),
        RejectCode::IdReused => td_string!(t, reject.id_reused),
        RejectCode::NoConversation => td_string!(t, reject.no_conversation),
        RejectCode::Closed => td_string!(t, reject.closed),
        RejectCode::StaleEpoch => td_string!(t, reject.stale_epoch),
        RejectCode::Taken => td_string!(t, reject.taken),
        RejectCode::NoFreeSeat => td_string!(t, reject.no_free_seat),
        RejectCode::NotOnDuty => td_string!(t, reject.not_on_duty),
        RejectCode::Forbidden => td_string!(t, reject.forbidden),
        RejectCode::Unknown => td_string!(t, reject.unknown),
    }
}

/// Why a socket was closed for good; the others reconnect by themselves and need no words.
pub fn refused(t: Locale, code: CloseCode) -> &'static str {
    match code {
        CloseCode::UnsupportedProtocol => td_string!(t, link.outdated),
        CloseCode::Forbidden => td_string!(t, error.forbidden),
        _ => td_string!(t, link.refused),
    }
}

/// What went wrong with a call, what was kept, what to do.
pub fn error(t: Locale, error: &ApiError) -> String {
    match error.code {
        ErrorCode::Unauthorized => td_string!(t, error.unauthorized),
        ErrorCode::Forbidden => td_string!(t, error.forbidden),
        ErrorCode::NotFound => td_string!(t, error.not_found),
        ErrorCode::Conflict => td_string!(t, error.conflict),
        ErrorCode::InvalidInput => td_string!(t, error.invalid_input),
        ErrorCode::Unavailable | ErrorCode::Unreachable => td_string!(t, error.unreachable),
        ErrorCode::Throttled => return throttled(t, error.retry_after_s),
        ErrorCode::WrongOrigin => return wrong_origin(t, error.public_url.as_deref()),
        ErrorCode::InsecureCookie => td_string!(t, error.insecure_cookie),
        ErrorCode::CookieLost => td_string!(t, error.cookie_lost),
        ErrorCode::ForeignAnswer => td_string!(t, error.foreign_answer),
        ErrorCode::Malformed
        | ErrorCode::MethodNotAllowed
        | ErrorCode::TooLarge
        | ErrorCode::UnsupportedMediaType
        | ErrorCode::UpgradeMissing
        | ErrorCode::Internal => td_string!(t, error.internal),
    }
    .to_owned()
}

fn throttled(t: Locale, retry_after_s: Option<u32>) -> String {
    match retry_after_s {
        Some(s) if s > 90 => td_string!(t, error.throttled_min, n = s.div_ceil(60)),
        Some(s) => td_string!(t, error.throttled_s, n = s),
        None => td_string!(t, error.throttled).to_owned(),
    }
}

/// The server does not know the page's address; it may say which one it does know.
fn wrong_origin(t: Locale, public_url: Option<&str>) -> String {
    let origin = browser::origin();
    match public_url {
        Some(url) if url != origin => td_string!(t, error.wrong_origin_known, origin = origin, url = url.to_owned()),
        _ => td_string!(t, error.wrong_origin, origin = origin),
    }
}

/// Why there is no live connection, where more is known than that.
pub fn outage(t: Locale, outage: Outage) -> String {
    match outage {
        Outage::Unknown => td_string!(t, link.lost).to_owned(),
        Outage::Restarting => td_string!(t, link.restarting).to_owned(),
        Outage::Blocked => td_string!(t, link.blocked).to_owned(),
        Outage::WrongOrigin => td_string!(t, error.wrong_origin, origin = browser::origin()),
    }
}

pub fn field_problem(t: Locale, problem: FieldProblem) -> &'static str {
    match problem {
        FieldProblem::Required => td_string!(t, field.required),
        FieldProblem::TooShort => td_string!(t, field.too_short),
        FieldProblem::TooLong => td_string!(t, field.too_long),
        FieldProblem::Taken => td_string!(t, field.taken),
        FieldProblem::Invalid => td_string!(t, field.invalid),
        FieldProblem::OutOfRange => td_string!(t, field.out_of_range),
        FieldProblem::Unknown => td_string!(t, field.unknown),
        FieldProblem::Hidden => td_string!(t, field.hidden),
        FieldProblem::Confusable => td_string!(t, field.confusable),
        FieldProblem::Origin(problem) => origin_problem(t, problem),
    }
}

fn origin_problem(t: Locale, problem: OriginProblem) -> &'static str {
    match problem {
        OriginProblem::Empty => td_string!(t, field.required),
        OriginProblem::Null => td_string!(t, origin.null),
        OriginProblem::Any => td_string!(t, origin.any),
        OriginProblem::Wildcard => td_string!(t, origin.wildcard),
        OriginProblem::WildcardTop => td_string!(t, origin.wildcard_top),
        OriginProblem::User => td_string!(t, origin.user),
        OriginProblem::Port => td_string!(t, origin.port),
        OriginProblem::Scheme => td_string!(t, origin.scheme),
        OriginProblem::Host => td_string!(t, origin.host),
        OriginProblem::Several => td_string!(t, origin.several),
    }
}

/// What a rule allows.
pub fn rule(t: Locale, rule: Rule) -> &'static str {
    match rule {
        Rule::ConversationServe => td_string!(t, rule.conversation_serve),
        Rule::ConversationView => td_string!(t, rule.conversation_view),
        Rule::ConversationTransfer => td_string!(t, rule.conversation_transfer),
        Rule::LiveView => td_string!(t, rule.live_view),
        Rule::MemberView => td_string!(t, rule.member_view),
        Rule::MemberEdit => td_string!(t, rule.member_edit),
        Rule::GroupView => td_string!(t, rule.group_view),
        Rule::GroupEdit => td_string!(t, rule.group_edit),
        Rule::AuthView => td_string!(t, rule.auth_view),
        Rule::SiteView => td_string!(t, rule.site_view),
        Rule::SiteEdit => td_string!(t, rule.site_edit),
    }
}

/// The name of an auth group; those of a new database are known by an English name and shown in the reader's.
pub fn auth_group(t: Locale, name: &str) -> String {
    match name {
        "administrators" => td_string!(t, auth_group.administrators).to_owned(),
        "supervisors" => td_string!(t, auth_group.supervisors).to_owned(),
        "agents" => td_string!(t, auth_group.agents).to_owned(),
        other => isolated(other),
    }
}
