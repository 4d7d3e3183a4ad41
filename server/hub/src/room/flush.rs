//! What is told at intervals: places in line, the lists of the desks, the live page.
//!
//! A change is told at once if nothing was told in the last second, else when that second is over.

use super::Room;
use crate::effect::Effect;
use crate::outbox::Out;
use domain::{GroupId, Timestamp};
use protocol::desk::DeskEvent;
use protocol::live::LiveEvent;
use std::collections::HashMap;

/// Shortest time between two flushes, in milliseconds.
const FLUSH_EVERY_MS: i64 = 1_000;

/// What there is to tell.
#[derive(Debug, Default)]
pub(super) struct Due {
    /// The line or the missed queue of some group changed.
    pub(super) lists: bool,
    /// Something the live page shows changed.
    pub(super) live: bool,
    /// Lines whose guests may have moved.
    lines: Vec<GroupId>,
    last: Option<Timestamp>,
}

impl Due {
    const fn any(&self) -> bool {
        self.lists || self.live || !self.lines.is_empty()
    }

    /// When the next flush may happen; `None` if there is nothing to tell.
    pub(super) fn next(&self) -> Option<Timestamp> {
        let earliest = self
            .last
            .map_or(Timestamp(i64::MIN), |last| last.plus_ms(FLUSH_EVERY_MS));
        self.any().then_some(earliest)
    }
}

impl Room {
    pub(super) fn flush_if_due(&mut self) {
        for group in self.dispatch.take_changed_lines() {
            if !self.flush.lines.contains(&group) {
                self.flush.lines.push(group);
            }
            self.flush.lists = true;
        }
        let now = self.clock.steady();
        if self.flush.next().is_none_or(|at| at > now) {
            return;
        }
        self.flush.last = Some(now);
        for group in std::mem::take(&mut self.flush.lines) {
            self.tell_places(group);
            self.tell_duty(group);
        }
        if std::mem::take(&mut self.flush.lists) {
            self.tell_lists();
            self.flush.live = true;
        }
        if std::mem::take(&mut self.flush.live) && self.watched() {
            let out = Out::Frame(super::frame(&LiveEvent::View(self.live_view())));
            self.effect(Effect::Live { out });
        }
    }

    /// Tells those who wait in a line where they are now, if that is not what they were told last.
    fn tell_places(&mut self, group: GroupId) {
        let line: Vec<_> = self.dispatch.line(group).collect();
        for (ahead, conversation) in (0_u32..).zip(line) {
            let now = self.waiting_at(group, ahead);
            if self.talks.get(&conversation).is_some_and(|talk| talk.told != Some(now))
                && let Some((guest, view)) = self.waiting_view(conversation, now)
            {
                self.tell(guest, view);
            }
        }
    }

    /// Tells every desk the line and the missed queue of its groups. Desks of the same groups share the frames.
    fn tell_lists(&mut self) {
        let mut frames: HashMap<Vec<GroupId>, [Out; 2]> = HashMap::new();
        let members: Vec<_> = self.desks.keys().copied().collect();
        for member in members {
            let groups = self.groups_of(member);
            let outs = frames.entry(groups).or_insert_with_key(|groups| {
                let line = super::frame(&DeskEvent::Line(self.line(groups)));
                let missed = super::frame(&DeskEvent::Missed(self.missed(groups)));
                [Out::Frame(line), Out::Frame(missed)]
            });
            for out in outs.clone() {
                self.batch.effects.push(Effect::Desk {
                    member,
                    except: None,
                    out,
                });
            }
        }
    }

    fn watched(&self) -> bool {
        self.connections.values().any(|who| matches!(who, super::Who::Live))
    }
}
