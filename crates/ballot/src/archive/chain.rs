//! The chain of events so far, as the reader checks it and the writer continues it.

use super::error::EventFault;
use super::event::{Event, EventKind};
use super::stage::{OutOfOrder, Stage};
use crate::hash::Digest;

/// What the next event depends on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chain {
    pub stage: Stage,
    /// How many events there are: the height of the next one.
    pub events: u64,
    /// Hash of the last event.
    pub last: Option<Digest>,
}

impl Chain {
    pub(super) const START: Self = Self {
        stage: Stage::Empty,
        events: 0,
        last: None,
    };

    /// Height of the last event.
    pub(super) const fn height(self) -> Option<u64> {
        self.events.checked_sub(1)
    }

    /// The event that continues the chain.
    pub(super) const fn next(self, kind: EventKind, payload: Option<Digest>) -> Event {
        Event {
            parent: self.last,
            height: self.events,
            kind,
            payload,
        }
    }

    /// Whether this event continues the chain; its payload is not looked at.
    pub(super) fn check(self, event: Event) -> Result<(), EventFault> {
        if event.height != self.events {
            return Err(EventFault::Height {
                expected: self.events,
                found: event.height,
            });
        }
        if event.parent != self.last {
            return Err(EventFault::Parent {
                expected: self.last,
                found: event.parent,
            });
        }
        self.stage.after(event.kind)?;
        Ok(())
    }

    /// The chain with this event.
    pub(super) fn with(self, kind: EventKind, hash: Digest) -> Result<Self, OutOfOrder> {
        let stage = self.stage.after(kind)?;
        Ok(Self {
            stage,
            events: self.events + 1,
            last: Some(hash),
        })
    }
}
