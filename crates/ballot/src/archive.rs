//! The `.bel` archive: container, hash chain, order of events (belenios-format.md §3).
//!
//! Reads hostile bytes with bounded memory, writes durably, tells a torn tail from damage.
//! It knows which members belong to which event and that their hashes link up; what an election,
//! a ballot or a share says inside is not looked at here.

mod chain;
mod error;
mod event;
mod header;
mod limits;
mod parts;
mod reader;
mod recover;
mod source;
mod stage;
mod tar;
mod writer;

pub use error::{ArchiveError, EventFault, MemberFault, NotArchive};
pub use event::{Event, EventKind};
pub use header::{Header, HeaderFault};
pub use limits::{Limits, Slot};
pub use parts::{Owned, PartFault, SetupData, SizedTally};
pub use reader::{Entry, Member, Reader};
pub use recover::{Recovered, Truncate, recover};
pub use stage::{OutOfOrder, Stage};
pub use writer::{Appended, Durable, Writer};
