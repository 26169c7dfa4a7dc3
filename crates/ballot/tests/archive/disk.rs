//! A file in memory that can run full, fail to reach the disk, and counts what it is asked to do.

use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};

use pingyi_ballot::archive::{Durable, Truncate};

/// What was asked of the disk, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    Write(usize),
    Sync,
    Length(u64),
}

#[derive(Debug, Default)]
pub struct Disk {
    file: Cursor<Vec<u8>>,
    pub asked: Vec<Asked>,
    /// Bytes that still fit; no bound if none.
    pub room: Option<usize>,
    pub sync_fails: bool,
}

impl Disk {
    pub fn holding(bytes: &[u8]) -> Self {
        Self {
            file: Cursor::new(bytes.to_vec()),
            ..Self::default()
        }
    }

    pub fn held(&self) -> &[u8] {
        self.file.get_ref()
    }
}

impl Read for Disk {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.file.read(buffer)
    }
}

impl Seek for Disk {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

impl Write for Disk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = self.room.unwrap_or(usize::MAX).min(bytes.len());
        if room == 0 && !bytes.is_empty() {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.room = self.room.map(|left| left - room);
        self.asked.push(Asked::Write(room));
        self.file.write(&bytes[..room])
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Durable for Disk {
    fn sync(&mut self) -> io::Result<()> {
        self.asked.push(Asked::Sync);
        if self.sync_fails {
            Err(io::ErrorKind::Other.into())
        } else {
            Ok(())
        }
    }
}

impl Truncate for Disk {
    fn set_len(&mut self, length: u64) -> io::Result<()> {
        self.asked.push(Asked::Length(length));
        self.file
            .get_mut()
            .truncate(usize::try_from(length).unwrap());
        Ok(())
    }
}
