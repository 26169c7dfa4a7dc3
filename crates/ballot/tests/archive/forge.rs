//! Archives with one thing wrong and everything else right: right checksums, hashes and chain.
//!
//! Writes containers on its own, so that a mistake in the product's writer does not hide here.

use pingyi_ballot::archive::Entry;
use pingyi_ballot::hash::Digest;

use super::{TIMESTAMP, entries};

/// One member with a right checksum.
pub fn member(name: &str, body: &[u8], time: u64) -> Vec<u8> {
    let mut block = head(name, body.len() as u64, time);
    block.extend_from_slice(body);
    block.resize(block.len().div_ceil(512) * 512, 0);
    block
}

/// A tar header with a right checksum.
pub fn head(name: &str, size: u64, time: u64) -> Vec<u8> {
    let mut block = vec![0; 512];
    let size = format!("{size:011o}");
    let time = format!("{time:011o}");
    let fields = [
        (0, name),
        (100, "0000644"),
        (108, "0000000"),
        (116, "0000000"),
        (124, &size),
        (136, &time),
        (156, "0"),
    ];
    for (at, text) in fields {
        block[at..at + text.len()].copy_from_slice(text.as_bytes());
    }
    seal(&mut block);
    block
}

/// Makes the checksum of a header right.
pub fn seal(block: &mut [u8]) {
    block[148..156].fill(b' ');
    let sum: u32 = block[..512].iter().map(|byte| u32::from(*byte)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
}

pub fn data(body: &[u8]) -> Vec<u8> {
    member(&format!("{}.data.json", Digest::of(body)), body, TIMESTAMP)
}

/// What an event says about a hash.
#[derive(Debug, Clone, Copy)]
pub enum Says {
    Right,
    Instead(Option<Digest>),
}

impl Says {
    fn or(self, right: Option<Digest>) -> Option<Digest> {
        match self {
            Self::Right => right,
            Self::Instead(other) => other,
        }
    }
}

/// An event and its data as a forger would write them.
#[derive(Debug, Clone)]
pub struct Link {
    pub data: Vec<Vec<u8>>,
    pub kind: String,
    /// About its last data member.
    pub payload: Says,
    /// About the event before.
    pub parent: Says,
    /// Instead of the place in the chain.
    pub height: Option<u64>,
}

impl From<&Entry> for Link {
    fn from(entry: &Entry) -> Self {
        let data = entry
            .data
            .iter()
            .map(|member| member.bytes.clone())
            .collect();
        let kind = entry.event.kind.name().to_owned();
        Self {
            data,
            kind,
            payload: Says::Right,
            parent: Says::Right,
            height: None,
        }
    }
}

impl Link {
    fn text(&self, parent: Option<Digest>, height: u64) -> String {
        let last = self.data.last().map(|bytes| Digest::of(bytes));
        let mut fields = Vec::new();
        if let Some(parent) = self.parent.or(parent) {
            fields.push(format!(r#""parent":"{parent}""#));
        }
        fields.push(format!(r#""height":{}"#, self.height.unwrap_or(height)));
        fields.push(format!(r#""type":"{}""#, self.kind));
        if let Some(payload) = self.payload.or(last) {
            fields.push(format!(r#""payload":"{payload}""#));
        }
        format!("{{{}}}", fields.join(","))
    }
}

pub fn links(archive: &[u8]) -> Vec<Link> {
    entries(archive).iter().map(Link::from).collect()
}

/// The archive of these links, chained anew.
pub fn chain(links: &[Link]) -> Vec<u8> {
    let first = format!(r#"{{"version":1,"timestamp":"{TIMESTAMP}"}}"#);
    let mut archive = member("BELENIOS", first.as_bytes(), TIMESTAMP);
    let mut parent = None;
    for (height, link) in (0..).zip(links) {
        for bytes in &link.data {
            archive.extend(data(bytes));
        }
        let text = link.text(parent, height);
        let hash = Digest::of(text.as_bytes());
        archive.extend(member(
            &format!("{hash}.event.json"),
            text.as_bytes(),
            TIMESTAMP,
        ));
        parent = Some(hash);
    }
    archive
}
