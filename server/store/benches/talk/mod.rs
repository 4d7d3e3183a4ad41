//! The conversation that messages are measured in: it is missed, so that it needs no agent.

use domain::{ConversationId, Epoch, GuestId, MissedReason, Place, Placement, Timestamp};
use store::Site;
use store::write::Write;

/// The batch that begins it.
pub(crate) fn begins(guest: GuestId, conversation: ConversationId, site: &Site) -> Vec<Write> {
    let at = Timestamp(0);
    let placement = Placement {
        conversation,
        guest,
        group: site.group,
        priority: 0,
        ticket: 1,
        epoch: Epoch(0),
        place: Place::Missed {
            reason: MissedReason::NobodyOnDuty,
        },
        since: at,
        owed_since: None,
        bounces: 0,
        last_agent: None,
    };
    let site = site.id;
    vec![
        Write::NewGuest { guest, site, at },
        Write::NewConversation { site, placement, at },
    ]
}
