//! What guests and agents are shown of the room.

use super::Room;
use super::talk::Talk;
use domain::{ConversationId, GroupId, GuestId, MemberId, MissedReason, Place, Placement, WaitReason};
use protocol::desk::{DeskConversation, DeskGroup, GuestCard, Line, Missed, MissedEntry, WaitingEntry};
use protocol::guest::{GuestConversation, GuestPlace};
use protocol::limits::{EXACT_AHEAD_MAX, LISTED_MAX, shown_ahead};
use std::cmp::Reverse;

/// What somebody who waits is told of their place, again whenever it changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Waiting {
    pub(super) ahead: u32,
    pub(super) estimate_s: Option<u32>,
    pub(super) staffed: bool,
    pub(super) agents_here: bool,
}

impl Waiting {
    const fn place(self, reason: WaitReason) -> GuestPlace {
        let Self {
            ahead,
            estimate_s,
            staffed,
            agents_here,
        } = self;
        GuestPlace::Waiting {
            reason,
            ahead,
            estimate_s,
            staffed,
            agents_here,
        }
    }
}

impl Room {
    pub(super) fn guest_view(&self, conversation: ConversationId) -> Option<(GuestId, GuestConversation)> {
        let placement = self.dispatch.placement(conversation)?;
        self.guest_view_in(placement, self.guest_place(placement))
    }

    /// The same of somebody whose place in line is known already, since the line is being walked along.
    pub(super) fn waiting_view(
        &self,
        conversation: ConversationId,
        waiting: Waiting,
    ) -> Option<(GuestId, GuestConversation)> {
        let placement = self.dispatch.placement(conversation)?;
        self.guest_view_in(placement, waiting.place(placement.wait_reason()?))
    }

    fn guest_view_in(&self, placement: &Placement, place: GuestPlace) -> Option<(GuestId, GuestConversation)> {
        let talk = self.conversations.talk(placement.conversation)?;
        let view = GuestConversation {
            id: placement.conversation,
            place,
            last_seq: talk.last_seq,
            guest_read: talk.guest.read,
            agent_read: talk.agent.read,
            agent_delivered: talk.agent.delivered,
            contact_left: !talk.contact.is_empty(),
        };
        Some((placement.guest, view))
    }

    fn guest_place(&self, placement: &Placement) -> GuestPlace {
        match placement.place {
            Place::Waiting { reason, .. } => {
                let position = self.dispatch.position(placement.conversation);
                // Whoever is passed over has all who are there ahead of them, until they are back.
                let ahead = position
                    .unwrap_or_else(|| u32::try_from(self.dispatch.line(placement.group).count()).unwrap_or(u32::MAX));
                self.waiting_at(placement.group, ahead).place(reason)
            }
            Place::Seated { agent, .. } => GuestPlace::Seated {
                agent: self.directory.name_of(agent),
                agent_here: self.agent_passes_as_here(agent),
            },
            // There are no business hours yet that could say when service resumes.
            Place::Missed { reason } => GuestPlace::Missed {
                reason,
                resumes_at: None,
            },
            Place::Closed { by } => GuestPlace::Closed { by },
        }
    }

    /// The place in the group's line with so many ahead.
    pub(super) fn waiting_at(&self, group: GroupId, ahead: u32) -> Waiting {
        let agents_here = self.agents_pass_as_here(group);
        Waiting {
            ahead: shown_ahead(ahead),
            // How long those who are gone will be gone is anybody's guess.
            estimate_s: self.dispatch.estimate_s(group, ahead).filter(|_| agents_here),
            staffed: self.dispatch.staffed(group),
            agents_here,
        }
    }

    /// The member groups, for a desk of somebody who serves `mine`.
    pub(super) fn desk_groups(&self, mine: &[GroupId]) -> Vec<DeskGroup> {
        let group = |(id, name): (GroupId, &str)| DeskGroup {
            id,
            name: name.to_owned(),
            mine: mine.contains(&id),
        };
        self.directory.groups().map(group).collect()
    }

    pub(super) fn desk_view(&self, conversation: ConversationId) -> Option<(MemberId, DeskConversation)> {
        let placement = self.dispatch.placement(conversation)?;
        let Place::Seated {
            agent,
            reason,
            answered,
            ..
        } = placement.place
        else {
            return None;
        };
        let talk = self.conversations.talk(conversation)?;
        let guest_here = self.is_here(placement);
        let view = DeskConversation {
            id: conversation,
            epoch: placement.epoch,
            group: placement.group,
            guest: card(placement, talk),
            guest_here,
            left_at: talk.left_at.filter(|_| !guest_here),
            seated_at: placement.since,
            answered,
            accept_by: self.dispatch.accept_by(conversation),
            waiting_since: placement.owed_since,
            last_seq: talk.last_seq,
            guest_read: talk.guest.read,
            guest_delivered: talk.guest.delivered,
            agent_read: talk.agent.read,
            unread: talk.unread(),
            last_text: talk.last_text.clone(),
            reason,
        };
        Some((agent, view))
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

    fn is_here(&self, placement: &Placement) -> bool {
        self.guest_passes_as_here(placement.guest)
    }

    /// Those who wait in the lines of `groups`, who goes first first; behind them those who are passed over until they are
    /// back. With why they wait.
    pub(super) fn waiting(&self, groups: &[GroupId]) -> Vec<(&Placement, WaitReason)> {
        let line = groups.iter().flat_map(|group| self.dispatch.line(*group));
        let away = groups.iter().flat_map(|group| self.dispatch.passed_over(*group));
        let mut waiting = self.in_order(line, groups.len());
        waiting.append(&mut self.in_order(away, groups.len()));
        waiting
    }

    /// The conversations of so many lines, one line after the other, as if they were one.
    fn in_order(&self, lines: impl Iterator<Item = ConversationId>, count: usize) -> Vec<(&Placement, WaitReason)> {
        let placements = lines.filter_map(|one| self.dispatch.placement(one));
        let mut waiting: Vec<_> = placements.filter_map(|one| Some((one, one.wait_reason()?))).collect();
        if count > 1 {
            waiting.sort_by_key(|(one, _)| (Reverse(one.returned()), Reverse(one.priority), one.ticket));
        }
        waiting
    }

    /// The missed conversations of `groups`, newest first, with why they were missed.
    pub(super) fn missed_in(&self, groups: &[GroupId]) -> Vec<(&Placement, MissedReason)> {
        let placements = self.dispatch.placements().filter(|one| groups.contains(&one.group));
        let mut missed: Vec<_> = placements.filter_map(|one| Some((one, one.missed_reason()?))).collect();
        missed.sort_by_key(|(one, _)| (Reverse(one.since), one.ticket));
        missed
    }

    pub(super) fn line(&self, groups: &[GroupId]) -> Line {
        let waiting = self.waiting(groups);
        let total = count(waiting.len());
        let entry = |(placement, reason): &(&Placement, WaitReason)| {
            let talk = self.conversations.talk(placement.conversation)?;
            Some(WaitingEntry {
                conversation: placement.conversation,
                group: placement.group,
                guest: card(placement, talk),
                guest_here: self.is_here(placement),
                since: placement.since,
                reason: *reason,
                unanswered: talk.unanswered.iter().cloned().collect(),
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
        let entry = |(placement, reason): &(&Placement, MissedReason)| {
            let talk = self.conversations.talk(placement.conversation)?;
            Some(MissedEntry {
                conversation: placement.conversation,
                group: placement.group,
                guest: card(placement, talk),
                guest_here: self.is_here(placement),
                since: placement.since,
                reason: *reason,
                last_text: talk.last_text.clone(),
                unanswered: talk.unanswered.iter().cloned().collect(),
            })
        };
        Missed {
            missed: missed.iter().take(LISTED_MAX).filter_map(entry).collect(),
            total,
        }
    }
}

impl Waiting {
    /// Whether somebody who was told `told` should be told this. Among the first in line every change is; further back the
    /// number is round, and an estimate is nothing to rely on to the second.
    pub(super) fn is_news_after(self, told: Option<Self>) -> bool {
        let Some(told) = told else { return true };
        if self.ahead <= EXACT_AHEAD_MAX {
            return self != told;
        }
        let rest = |of: Self| (of.ahead, of.staffed, of.agents_here, of.estimate_s.is_some());
        let (now_s, then_s) = (self.estimate_s.unwrap_or_default(), told.estimate_s.unwrap_or_default());
        rest(self) != rest(told) || now_s.abs_diff(then_s) > then_s / 4
    }
}

/// What of a place in line is worth telling again when it changes.
pub(super) const fn told(place: &GuestPlace) -> Option<Waiting> {
    match *place {
        GuestPlace::Waiting {
            ahead,
            estimate_s,
            staffed,
            agents_here,
            ..
        } => Some(Waiting {
            ahead,
            estimate_s,
            staffed,
            agents_here,
        }),
        _ => None,
    }
}

fn card(placement: &Placement, talk: &Talk) -> GuestCard {
    GuestCard {
        id: placement.guest,
        name: talk.name.clone(),
        contact: talk.contact.clone(),
        page_url: talk.page.url.clone(),
        page_title: talk.page.title.clone(),
        language: talk.language.clone(),
    }
}

pub(super) fn count(len: usize) -> i32 {
    i32::try_from(len).unwrap_or(i32::MAX)
}
