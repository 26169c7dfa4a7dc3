//! Writes an archive event by event: each with its data in one write, then down to the disk.
//!
//! Keeps the order and the bounds of the reader, so that what is written can be read. It does not
//! look into elections, ballots or shares.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

use super::chain::Chain;
use super::error::{ArchiveError, EventFault, MemberFault, NotArchive};
use super::event::{Event, EventKind};
use super::header::{Header, HeaderFault};
use super::limits::{Limits, Slot};
use super::parts::{Owned, SetupData, SizedTally};
use super::reader::Reader;
use super::stage::Stage;
use super::tar::{self, Name};
use crate::hash::Digest;

/// Something whose writes can be made to last.
pub trait Durable {
    /// Returns when all that was written would survive a power cut.
    fn sync(&mut self) -> io::Result<()>;
}

impl Durable for File {
    fn sync(&mut self) -> io::Result<()> {
        self.sync_data()
    }
}

impl Durable for Vec<u8> {
    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<T> Durable for io::Cursor<T> {
    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<W: Durable + ?Sized> Durable for &mut W {
    fn sync(&mut self) -> io::Result<()> {
        (**self).sync()
    }
}

/// An event that was written and lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    /// What was written; for a ballot the payload is its hash.
    pub event: Event,
    /// Hash of the event's bytes.
    pub hash: Digest,
    /// Where its first member begins in the file.
    pub offset: u64,
    /// Where the next event will begin.
    pub end: u64,
}

/// An archive being written.
#[derive(Debug)]
pub struct Writer<W> {
    out: W,
    timestamp: u64,
    chain: Chain,
    end: u64,
    poisoned: bool,
}

impl<W: Write + Durable> Writer<W> {
    /// Begins an archive in an empty file; the timestamp is in seconds since 1970.
    pub fn create(out: W, timestamp: u64) -> Result<Self, ArchiveError> {
        let mut block = Vec::new();
        if !tar::push(
            &mut block,
            Name::Header,
            &Header::new(timestamp).to_bytes(),
            timestamp,
        ) {
            let reason = NotArchive::Header(HeaderFault::TimestampTooLarge(timestamp));
            return Err(ArchiveError::NotAnArchive { reason });
        }
        let mut writer = Self {
            out,
            timestamp,
            chain: Chain::START,
            end: 0,
            poisoned: false,
        };
        writer.write(&block)?;
        Ok(writer)
    }

    /// How far the events have come.
    pub const fn stage(&self) -> Stage {
        self.chain.stage
    }

    /// How many events there are: the height of the next one.
    pub const fn events(&self) -> u64 {
        self.chain.events
    }

    /// Hash of the last event.
    pub const fn last(&self) -> Option<Digest> {
        self.chain.last
    }

    /// Where the next event will begin.
    pub const fn end(&self) -> u64 {
        self.end
    }

    /// Gives the file back.
    pub fn into_inner(self) -> W {
        self.out
    }

    /// The election stands and is open for ballots.
    pub fn setup(
        &mut self,
        election: &[u8],
        trustees: &[u8],
        credentials: &[u8],
    ) -> Result<Appended, ArchiveError> {
        let part = SetupData {
            election: Digest::of(election),
            trustees: Digest::of(trustees),
            credentials: Digest::of(credentials),
        };
        self.append(
            EventKind::Setup,
            &[election, trustees, credentials, &part.to_bytes()],
        )
    }

    /// A ballot is taken in.
    pub fn ballot(&mut self, ballot: &[u8]) -> Result<Appended, ArchiveError> {
        self.append(EventKind::Ballot, &[ballot])
    }

    /// No more ballots.
    pub fn end_ballots(&mut self) -> Result<Appended, ArchiveError> {
        self.append(EventKind::EndBallots, &[])
    }

    /// The ballots were added up.
    pub fn encrypted_tally(
        &mut self,
        tally: &[u8],
        num_tallied: u64,
        total_weight: u64,
    ) -> Result<Appended, ArchiveError> {
        let encrypted_tally = Digest::of(tally);
        let part = SizedTally {
            num_tallied,
            total_weight,
            encrypted_tally,
        };
        self.append(EventKind::EncryptedTally, &[tally, &part.to_bytes()])
    }

    /// A trustee, by number from 1, gives a share of the decryption.
    pub fn partial_decryption(
        &mut self,
        owner: u32,
        share: &[u8],
    ) -> Result<Appended, ArchiveError> {
        let part = Owned {
            owner,
            payload: Digest::of(share),
        };
        self.append(EventKind::PartialDecryption, &[share, &part.to_bytes()])
    }

    /// The sums.
    pub fn result(&mut self, result: &[u8]) -> Result<Appended, ArchiveError> {
        self.append(EventKind::Result, &[result])
    }

    fn append(&mut self, kind: EventKind, data: &[&[u8]]) -> Result<Appended, ArchiveError> {
        if self.poisoned {
            return Err(ArchiveError::Poisoned);
        }
        let height = self.chain.events;
        let refuse = |reason| ArchiveError::Event { height, reason };
        self.chain
            .stage
            .after(kind)
            .map_err(|order| refuse(EventFault::Order(order)))?;
        let mut block = Vec::new();
        let mut payload = None;
        for (slot, bytes) in kind.slots().iter().zip(data) {
            payload = Some(self.push_data(&mut block, *slot, bytes)?);
        }
        let event = self.chain.next(kind, payload);
        let (bytes, offset) = (event.to_bytes(), self.end);
        let hash = Digest::of(&bytes);
        let chain = self
            .chain
            .with(kind, hash)
            .map_err(|order| refuse(order.into()))?;
        self.push(&mut block, Name::Event(hash), &bytes)?;
        self.write(&block)?;
        self.chain = chain;
        Ok(Appended {
            event,
            hash,
            offset,
            end: self.end,
        })
    }

    /// Adds a data member within the bounds that every reader keeps.
    fn push_data(
        &self,
        block: &mut Vec<u8>,
        slot: Slot,
        bytes: &[u8],
    ) -> Result<Digest, ArchiveError> {
        let (size, limit) = (bytes.len() as u64, Limits::default().of(slot));
        if size > limit {
            return Err(self.too_large(block, size, limit));
        }
        let digest = Digest::of(bytes);
        self.push(block, Name::Data(digest), bytes)?;
        Ok(digest)
    }

    fn push(&self, block: &mut Vec<u8>, name: Name, bytes: &[u8]) -> Result<(), ArchiveError> {
        if tar::push(block, name, bytes, self.timestamp) {
            Ok(())
        } else {
            Err(self.too_large(block, bytes.len() as u64, tar::LARGEST))
        }
    }

    fn too_large(&self, block: &[u8], size: u64, limit: u64) -> ArchiveError {
        let offset = self.end + block.len() as u64;
        ArchiveError::Member {
            offset,
            reason: MemberFault::TooLarge { size, limit },
        }
    }

    /// One write, then down to the disk; whatever fails, nothing may be added afterwards.
    fn write(&mut self, block: &[u8]) -> Result<(), ArchiveError> {
        self.poisoned = true;
        self.out.write_all(block)?;
        self.out.sync()?;
        self.end += block.len() as u64;
        self.poisoned = false;
        Ok(())
    }
}

impl<F: Read + Write + Seek + Durable> Writer<F> {
    /// Reads the whole archive and continues at its end. A torn tail is an error:
    /// [`super::recover`] first.
    pub fn resume(mut file: F) -> Result<Self, ArchiveError> {
        let mut reader = Reader::open(&mut file)?;
        while reader.next_event()?.is_some() {}
        let (timestamp, chain, end) = (reader.header().timestamp, reader.chain(), reader.end());
        file.seek(SeekFrom::Start(end))?;
        Ok(Self {
            out: file,
            timestamp,
            chain,
            end,
            poisoned: false,
        })
    }
}
