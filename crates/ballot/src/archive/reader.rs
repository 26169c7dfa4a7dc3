//! Reads an archive event by event, with the data of one event in memory at a time.
//!
//! Checks container, hashes, chain, order and the links between the members of an event. The most
//! that is held at once is a set-up: 84 MiB and two small members with the default limits.

use std::io::{Read, Seek};

use super::chain::Chain;
use super::error::{ArchiveError, EventFault, MemberFault, NotArchive};
use super::event::Event;
use super::header::{Header, HeaderFault};
use super::limits::Limits;
use super::parts;
use super::source::Source;
use super::stage::Stage;
use super::tar::{Head, Name};
use crate::hash::Digest;

/// A data member whose hash was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Hash of the bytes.
    pub digest: Digest,
    /// The body.
    pub bytes: Vec<u8>,
    /// Where the member begins in the file.
    pub offset: u64,
}

/// One event with the data that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What happened.
    pub event: Event,
    /// Hash of the event's bytes: the parent of the next event.
    pub hash: Digest,
    /// Where its first member begins in the file.
    pub offset: u64,
    /// Where the next entry begins.
    pub end: u64,
    /// Its data members in order; as many as [`super::EventKind::slots`] says.
    pub data: Vec<Member>,
}

/// An archive being read from its beginning.
///
/// After an error the reader stays where it was, so the same error comes again.
#[derive(Debug)]
pub struct Reader<R> {
    source: Source<R>,
    limits: Limits,
    header: Header,
    chain: Chain,
    end: u64,
}

impl<R: Read + Seek> Reader<R> {
    /// Reads the header, with the default limits.
    pub fn open(file: R) -> Result<Self, ArchiveError> {
        Self::with_limits(file, Limits::default())
    }

    /// Reads the header.
    pub fn with_limits(file: R, limits: Limits) -> Result<Self, ArchiveError> {
        let mut source = Source::new(file)?;
        let (header, end) = first(&mut source, limits.header).map_err(not_an_archive)?;
        Ok(Self {
            source,
            limits,
            header,
            chain: Chain::START,
            end,
        })
    }

    /// Version and time of the archive.
    pub const fn header(&self) -> Header {
        self.header
    }

    /// How far the events read so far have come.
    pub const fn stage(&self) -> Stage {
        self.chain.stage
    }

    /// How many events were read: the height of the next one.
    pub const fn events(&self) -> u64 {
        self.chain.events
    }

    /// Hash of the last event read.
    pub const fn last(&self) -> Option<Digest> {
        self.chain.last
    }

    /// Where the last event read ends.
    pub const fn end(&self) -> u64 {
        self.end
    }

    pub(super) const fn chain(&self) -> Chain {
        self.chain
    }

    /// The next event; none when the file ends exactly after the last one.
    pub fn next_event(&mut self) -> Result<Option<Entry>, ArchiveError> {
        if self.end == self.source.length {
            return Ok(None);
        }
        let mut data = Vec::new();
        let mut offset = self.end;
        loop {
            let refuse = |reason| ArchiveError::Member { offset, reason };
            let head = self.source.head(offset)?.ok_or_else(|| self.torn())?;
            self.check_time(head).map_err(refuse)?;
            match head.name {
                Name::Header => return Err(refuse(MemberFault::SecondHeader)),
                Name::Event(hash) => {
                    let (bytes, end) = self.whole(offset, head, self.limits.event)?;
                    return self.close(hash, &bytes, end, data).map(Some);
                }
                Name::Data(digest) => {
                    let limit = self.limit(data.len()).map_err(refuse)?;
                    let (bytes, next) = self.whole(offset, head, limit)?;
                    data.push(Member {
                        digest,
                        bytes,
                        offset,
                    });
                    offset = next;
                }
            }
        }
    }

    /// A data member seen before, by its place; its hash is checked again.
    pub fn read_member_at(&mut self, offset: u64) -> Result<Member, ArchiveError> {
        let refuse = |reason| ArchiveError::Member { offset, reason };
        let missing = || refuse(MemberFault::Missing);
        let head = self.source.head(offset)?.ok_or_else(missing)?;
        self.check_time(head).map_err(refuse)?;
        let Name::Data(digest) = head.name else {
            return Err(refuse(MemberFault::NotData));
        };
        let (bytes, _) = self
            .source
            .body(offset, head, self.limits.any())?
            .ok_or_else(missing)?;
        Ok(Member {
            digest,
            bytes,
            offset,
        })
    }

    /// Bound of the data member in this place before the next event.
    fn limit(&self, place: usize) -> Result<u64, MemberFault> {
        let stage = self.chain.stage;
        self.limits
            .in_place(stage, place)
            .ok_or(MemberFault::OutOfPlace { stage })
    }

    fn whole(
        &mut self,
        offset: u64,
        head: Head,
        limit: u64,
    ) -> Result<(Vec<u8>, u64), ArchiveError> {
        self.source
            .body(offset, head, limit)?
            .ok_or_else(|| self.torn())
    }

    fn check_time(&self, head: Head) -> Result<(), MemberFault> {
        let expected = self.header.timestamp;
        if head.time == expected {
            Ok(())
        } else {
            Err(MemberFault::OtherTime {
                expected,
                found: head.time,
            })
        }
    }

    fn torn(&self) -> ArchiveError {
        let found = self.source.length;
        ArchiveError::Torn {
            at: self.end,
            found,
            height: self.chain.height(),
        }
    }

    /// The event stands after its data: checks both and moves on.
    fn close(
        &mut self,
        hash: Digest,
        bytes: &[u8],
        end: u64,
        data: Vec<Member>,
    ) -> Result<Entry, ArchiveError> {
        let height = self.chain.events;
        let refuse = |reason| ArchiveError::Event { height, reason };
        let event = Event::parse(bytes).map_err(refuse)?;
        self.chain.check(event).map_err(refuse)?;
        check_count(event, &data).map_err(refuse)?;
        self.check_sizes(event, &data)?;
        check_payload(event, &data).map_err(refuse)?;
        self.chain = self
            .chain
            .with(event.kind, hash)
            .map_err(|order| refuse(order.into()))?;
        let offset = std::mem::replace(&mut self.end, end);
        Ok(Entry {
            event,
            hash,
            offset,
            end,
            data,
        })
    }

    /// Now that the kind is known, its own bounds.
    fn check_sizes(&self, event: Event, data: &[Member]) -> Result<(), ArchiveError> {
        for (slot, member) in event.kind.slots().iter().zip(data) {
            let (size, limit) = (member.bytes.len() as u64, self.limits.of(*slot));
            if size > limit {
                let reason = MemberFault::TooLarge { size, limit };
                return Err(ArchiveError::Member {
                    offset: member.offset,
                    reason,
                });
            }
        }
        Ok(())
    }
}

fn check_count(event: Event, data: &[Member]) -> Result<(), EventFault> {
    let (kind, found) = (event.kind, data.len());
    let expected = kind.slots().len();
    if expected == found {
        Ok(())
    } else {
        Err(EventFault::Data {
            kind,
            expected,
            found,
        })
    }
}

fn check_payload(event: Event, data: &[Member]) -> Result<(), EventFault> {
    let expected = data.last().map(|member| member.digest);
    if event.payload != expected {
        return Err(EventFault::Payload {
            expected,
            found: event.payload,
        });
    }
    let Some(slot) = event.kind.slots().last() else {
        return Ok(());
    };
    parts::check_links(event.kind, data).map_err(|reason| EventFault::Part {
        slot: *slot,
        reason,
    })
}

/// The first member, and where it ends.
fn first<R: Read + Seek>(
    source: &mut Source<R>,
    limit: u64,
) -> Result<(Header, u64), ArchiveError> {
    let head = source.head(0)?.ok_or(NotArchive::Cut)?;
    if head.name != Name::Header {
        return Err(NotArchive::OtherFirst.into());
    }
    let (bytes, end) = source.body(0, head, limit)?.ok_or(NotArchive::Cut)?;
    let header = Header::parse(&bytes).map_err(NotArchive::Header)?;
    let (timestamp, time) = (header.timestamp, head.time);
    if timestamp == time {
        Ok((header, end))
    } else {
        Err(NotArchive::Header(HeaderFault::Time { timestamp, time }).into())
    }
}

/// A fault in the first member means the file is no archive at all.
fn not_an_archive(fault: ArchiveError) -> ArchiveError {
    match fault {
        ArchiveError::Member { reason, .. } => NotArchive::Member(reason).into(),
        other => other,
    }
}
