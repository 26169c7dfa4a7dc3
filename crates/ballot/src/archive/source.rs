//! Members at given places of a file whose length is known from the start.
//!
//! Refuses a body by its size before it reads any of it; memory grows only with what is really
//! there. Which member may stand where is for the reader.

use std::io::{Read, Seek, SeekFrom};

use super::error::{ArchiveError, MemberFault};
use super::tar::{self, BLOCK, Head, Name};
use crate::hash::Digest;

/// A file as it was when opened; what is added to it later is not looked at.
#[derive(Debug)]
pub(super) struct Source<R> {
    file: R,
    /// Length of the file.
    pub length: u64,
}

impl<R: Read + Seek> Source<R> {
    pub(super) fn new(mut file: R) -> Result<Self, ArchiveError> {
        let length = file.seek(SeekFrom::End(0))?;
        Ok(Self { file, length })
    }

    /// The tar header at this place; none if the file ends inside it.
    pub(super) fn head(&mut self, offset: u64) -> Result<Option<Head>, ArchiveError> {
        if !self.holds(offset, BLOCK as u64) {
            return Ok(None);
        }
        let mut block = [0; BLOCK];
        self.file.seek(SeekFrom::Start(offset))?;
        self.file.read_exact(&mut block)?;
        let head = Head::decode(&block);
        head.map(Some)
            .map_err(|reason| ArchiveError::Member { offset, reason })
    }

    /// The body after that header, and where the member ends; none if the file ends inside it.
    pub(super) fn body(
        &mut self,
        offset: u64,
        head: Head,
        limit: u64,
    ) -> Result<Option<(Vec<u8>, u64)>, ArchiveError> {
        let refuse = |reason| ArchiveError::Member { offset, reason };
        let Head { name, size, .. } = head;
        if size > limit {
            return Err(refuse(MemberFault::TooLarge { size, limit }));
        }
        let whole = BLOCK as u64 + size + tar::fill(size);
        if !self.holds(offset, whole) {
            return Ok(None);
        }
        self.file.seek(SeekFrom::Start(offset + BLOCK as u64))?;
        let bytes = self.take(size)?;
        if !tar::is_fill(&self.take(tar::fill(size))?) {
            return Err(refuse(MemberFault::Padding));
        }
        check_hash(name, &bytes).map_err(refuse)?;
        Ok(Some((bytes, offset + whole)))
    }

    fn holds(&self, offset: u64, bytes: u64) -> bool {
        self.length
            .checked_sub(offset)
            .is_some_and(|rest| bytes <= rest)
    }

    /// Grows with what is really there; a length that lies costs nothing.
    fn take(&mut self, size: u64) -> Result<Vec<u8>, ArchiveError> {
        let mut bytes = Vec::new();
        self.file.by_ref().take(size).read_to_end(&mut bytes)?;
        if bytes.len() as u64 == size {
            Ok(bytes)
        } else {
            // the file became shorter while being read
            Err(std::io::Error::from(std::io::ErrorKind::UnexpectedEof).into())
        }
    }
}

fn check_hash(name: Name, bytes: &[u8]) -> Result<(), MemberFault> {
    let (Name::Data(named) | Name::Event(named)) = name else {
        return Ok(());
    };
    let found = Digest::of(bytes);
    if found == named {
        Ok(())
    } else {
        Err(MemberFault::Hash { named, found })
    }
}
