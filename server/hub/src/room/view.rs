//! What guests, agents and the live page are shown of the room.

use super::Room;
use domain::live::{LiveAgent, LiveGroup, LiveMissed, LiveView, LiveWaiting};
use domain::{ConversationId, ConversationState, GroupId, GuestId, MemberId, Placement};
use protocol::desk::{DeskConversation, GuestCard, Line, Missed, MissedEntry, WaitingEntry};
use protocol::guest::{GuestConversation, Place};
use protocol::limits::LISTED_MAX;
use std::cmp::Reverse;

impl Room {
    pub(super) fn guest_view(&self, conversation: ConversationId) -> Option<(GuestId, GuestConversation)> {
        let placement = self.dispatch.placement(conversation)?;
        let talk = self.talks.get(&conversation)?;
        let view = GuestConversation {
            id: conversation,
            place: self.place(placement)?,
            last_seq: talk.last_seq,
            guest_read: talk.guest_read,
            agent_read: talk.agent_read,
            agent_delivered: talk.agent_delivered,
            contact_left: !talk.contact.is_empty(),
        };
        Some((placement.guest, view))
    }

    fn place(&self, placement: &Placement) -> Option<Place> {
        Some(match placement.state {
            ConversationState::Waiting => {
                let ahead = self.dispatch.position(placement.conversation)?;
                Place::Waiting {
                    reason: placement.wait_reason?,
                    ahead,
                    estimate_s: self.dispatch.estimate_s(placement.group, ahead),
                    staffed: self.dispatch.staffed(placement.group),
                }
            }
            ConversationState::Seated => {
                let agent = placement.agent?;
                Place::Seated {
                    agent: self.name_of(agent),
                    agent_here: self.desks.contains_key(&agent),
                }
            }
            // There are no business hours yet that could say when service resumes.
            ConversationState::Missed => Place::Missed {
                reason: placement.missed_reason?,
                resumes_at: None,
            },
            ConversationState::Closed => Place::Closed {
                by: placement.closed_by?,
            },
        })
    }

    pub(super) fn desk_view(&self, conversation: ConversationId) -> Option<(MemberId, DeskConversation)> {
        let placement = self.dispatch.placement(conversation)?;
        let member = placement.agent?;
        let talk = self.talks.get(&conversation)?;
        let accept_by = (!placement.answered).then(|| placement.since.plus_ms(self.accept_ms));
        let view = DeskConversation {
            id: conversation,
            epoch: placement.epoch,
            group: placement.group,
            guest: self.card(placement),
            guest_here: self.guests.contains_key(&placement.guest),
            seated_at: placement.since,
            answered: placement.answered,
            accept_by,
            waiting_since: placement.owed_since,
            last_seq: talk.last_seq,
            guest_read: talk.guest_read,
            guest_delivered: talk.guest_delivered,
            agent_read: talk.agent_read,
            unread: talk.unread(),
            last_text: talk.last_text.clone(),
            reason: placement.seat_reason?,
        };
        Some((member, view))
    }

    pub(super) fn desk_conversations(&self, member: MemberId) -> Vec<DeskConversation> {
        let held = self
            .dispatch
            .agent(member)
            .map(|view| view.conversations().collect::<Vec<_>>())
            .unwrap_or_default();
        held.into_iter()
            .filter_map(|conversation| self.desk_view(conversation))
            .map(|(_, view)| view)
            .collect()
    }

    pub(super) fn groups_of(&self, member: MemberId) -> Vec<GroupId> {
        self.dispatch
            .agent(member)
            .map(|view| view.groups().to_vec())
            .unwrap_or_default()
    }

    fn card(&self, placement: &Placement) -> GuestCard {
        let talk = self.talks.get(&placement.conversation);
        GuestCard {
            id: placement.guest,
            name: talk.map(|talk| talk.name.clone()).unwrap_or_default(),
            contact: talk.map(|talk| talk.contact.clone()).unwrap_or_default(),
            page_url: talk.map(|talk| talk.page.url.clone()).unwrap_or_default(),
            page_title: talk.map(|talk| talk.page.title.clone()).unwrap_or_default(),
        }
    }

    /// Those who wait in the lines of `groups`, who goes first first.
    fn waiting(&self, groups: &[GroupId]) -> Vec<&Placement> {
        let mut waiting: Vec<_> = groups
            .iter()
            .flat_map(|group| self.dispatch.line(*group))
            .filter_map(|conversation| self.dispatch.placement(conversation))
            .collect();
        if groups.len() > 1 {
            waiting.sort_by_key(|one| (Reverse(one.returned), Reverse(one.priority), one.ticket));
        }
        waiting
    }

    /// The missed conversations of `groups`, newest first.
    fn missed_in(&self, groups: &[GroupId]) -> Vec<&Placement> {
        let mut missed: Vec<_> = self
            .dispatch
            .placements()
            .filter(|one| one.state == ConversationState::Missed && groups.contains(&one.group))
            .collect();
        missed.sort_by_key(|one| (Reverse(one.since), one.ticket));
        missed
    }

    pub(super) fn line(&self, groups: &[GroupId]) -> Line {
        let waiting = self.waiting(groups);
        let total = count(waiting.len());
        let entry = |placement: &&Placement| {
            Some(WaitingEntry {
                conversation: placement.conversation,
                group: placement.group,
                guest: self.card(placement),
                since: placement.since,
                reason: placement.wait_reason?,
            })
        };
        Line {
            waiting: waiting.iter().take(LISTED_MAX).filter_map(entry).collect(),
            total,
        }
    }

    pub(super) fn missed(&self, groups: &[GroupId]) -> Missed {
        let missed = self.missed_in(groups);
        let total = count(missed.len());
        let entry = |placement: &&Placement| {
            let last_text = self
                .talks
                .get(&placement.conversation)
                .map(|talk| talk.last_text.clone());
            Some(MissedEntry {
                conversation: placement.conversation,
                group: placement.group,
                guest: self.card(placement),
                since: placement.since,
                reason: placement.missed_reason?,
                last_text: last_text.unwrap_or_default(),
            })
        };
        Missed {
            missed: missed.iter().take(LISTED_MAX).filter_map(entry).collect(),
            total,
        }
    }

    pub(super) fn live_view(&self) -> LiveView {
        let mut agents: Vec<_> = self
            .dispatch
            .agents()
            .map(|view| LiveAgent {
                id: view.id(),
                name: self.name_of(view.id()),
                duty: view.duty(),
                connected: view.connected(),
                held: view.held(),
                away: view.away(),
                seats: i32::try_from(view.seats()).unwrap_or(i32::MAX),
                used: i32::try_from(view.used()).unwrap_or(i32::MAX),
                groups: view.groups().to_vec(),
            })
            .collect();
        agents.sort_by(|one, other| one.name.cmp(&other.name).then(one.id.cmp(&other.id)));
        let groups = self
            .groups
            .iter()
            .map(|(id, name)| self.live_group(*id, name))
            .collect();
        LiveView {
            at: self.clock.wall(),
            agents,
            groups,
        }
    }

    fn live_group(&self, id: GroupId, name: &str) -> LiveGroup {
        let waiting = self.waiting(&[id]);
        let missed = self.missed_in(&[id]);
        let guest_name = |placement: &Placement| self.card(placement).name;
        LiveGroup {
            id,
            name: name.to_owned(),
            waiting: count(waiting.len()),
            missed_total: count(missed.len()),
            line: waiting
                .iter()
                .take(LISTED_MAX)
                .map(|one| LiveWaiting {
                    conversation: one.conversation,
                    guest_name: guest_name(one),
                    since: one.since,
                })
                .collect(),
            missed: missed
                .iter()
                .take(LISTED_MAX)
                .filter_map(|one| {
                    Some(LiveMissed {
                        conversation: one.conversation,
                        guest_name: guest_name(one),
                        since: one.since,
                        reason: one.missed_reason?,
                    })
                })
                .collect(),
        }
    }
}

/// What of a place in line is worth telling again when it changes.
pub(super) const fn told(place: &Place) -> Option<(u32, Option<u32>, bool)> {
    match place {
        Place::Waiting {
            ahead,
            estimate_s,
            staffed,
            ..
        } => Some((*ahead, *estimate_s, *staffed)),
        _ => None,
    }
}

fn count(len: usize) -> i32 {
    i32::try_from(len).unwrap_or(i32::MAX)
}
