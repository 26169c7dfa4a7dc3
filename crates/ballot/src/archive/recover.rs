//! Cuts a torn tail off, back to the last whole event.
//!
//! An event is acknowledged only after its write lasted, so what is cut off was never promised to
//! anyone. Damage of any other kind is left as it is.

use std::fs::File;
use std::io::{self, Read, Seek};

use super::error::ArchiveError;
use super::reader::Reader;
use super::writer::Durable;

/// A file that can be made shorter.
pub trait Truncate: Durable {
    /// Sets the length of the file.
    fn set_len(&mut self, length: u64) -> io::Result<()>;
}

impl Truncate for File {
    fn set_len(&mut self, length: u64) -> io::Result<()> {
        Self::set_len(self, length)
    }
}

impl<F: Truncate + ?Sized> Truncate for &mut F {
    fn set_len(&mut self, length: u64) -> io::Result<()> {
        (**self).set_len(length)
    }
}

/// What a recovery did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recovered {
    /// Whole events that remain.
    pub kept_events: u64,
    /// Bytes that were cut off; 0 if nothing was torn.
    pub dropped_bytes: u64,
}

/// Cuts the file back to its last whole event if, and only if, its tail is torn.
pub fn recover<F: Read + Seek + Truncate>(mut file: F) -> Result<Recovered, ArchiveError> {
    let mut reader = Reader::open(&mut file)?;
    let torn = loop {
        match reader.next_event() {
            Ok(Some(_)) => {}
            Ok(None) => break None,
            Err(ArchiveError::Torn { at, found, .. }) => break Some((at, found)),
            Err(other) => return Err(other),
        }
    };
    let kept_events = reader.events();
    let Some((at, found)) = torn else {
        return Ok(Recovered {
            kept_events,
            dropped_bytes: 0,
        });
    };
    file.set_len(at)?;
    file.sync()?;
    Ok(Recovered {
        kept_events,
        dropped_bytes: found - at,
    })
}
