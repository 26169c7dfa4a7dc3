//! A room whose slips are made: everything that judging ballots and counting need, read once.

use pingyi_ballot::credential::listed;
use pingyi_ballot::election::{ElectionFault, Poll};
use pingyi_ballot::group::Element;
use pingyi_ballot::json;
use pingyi_ballot::trustee::{TrusteeFault, TrusteeSet};
use pingyi_ballot::verify::{CredentialFault, Credentials};
use thiserror::Error;

use crate::Group;

/// An election with its key holders and its slips.
#[derive(Debug)]
pub struct Room {
    pub(crate) poll: Poll<Group>,
    pub(crate) trustees: TrusteeSet<Group>,
    pub(crate) credentials: Credentials<Group>,
    pub(crate) members: Members,
}

/// The archive's members as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Members {
    pub(crate) election: Vec<u8>,
    pub(crate) trustees: Vec<u8>,
    pub(crate) credentials: Vec<u8>,
}

/// Why stored members do not make a room.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RoomError {
    /// The election.
    #[error("票箱的测评内容读不出来。请作废本轮，重新准备。")]
    Election(#[from] ElectionFault),
    /// The key holders.
    #[error("票箱的监票人资料读不出来。请作废本轮，重新准备。")]
    Trustees(#[from] TrusteeFault),
    /// The key holders are not those of the election.
    #[error("票箱的监票人资料与测评内容不符。请作废本轮，重新准备。")]
    OtherTrustees,
    /// The slips.
    #[error("票条没有制作成功：收到的内容不完整或有重复。请在制票页面重新制作。")]
    Slips(#[from] CredentialFault),
}

/// The slips' public sides, put into the order of the archive, which is not the order they were
/// made in. Refused whole if one is no element or stands twice.
pub fn list_slips(slips: &[String]) -> Result<Vec<u8>, RoomError> {
    let mut elements = Vec::with_capacity(slips.len());
    for (entry, text) in slips.iter().enumerate() {
        let element = Element::<Group>::decode(text)
            .map_err(|reason| CredentialFault::Element { entry, reason })?;
        elements.push(element);
    }
    let bytes = json::to_bytes(&listed(&elements));
    Credentials::<Group>::read(&bytes, false)?;
    Ok(bytes)
}

impl Room {
    /// From the members as stored; checks all of them again.
    pub fn open(
        election: Vec<u8>,
        trustees: Vec<u8>,
        credentials: Vec<u8>,
    ) -> Result<Self, RoomError> {
        let poll = Poll::read(&election)?;
        let set = TrusteeSet::read(&trustees)?;
        if set.public_key() != poll.election().public_key {
            return Err(RoomError::OtherTrustees);
        }
        Ok(Self {
            credentials: Credentials::read(&credentials, false)?,
            trustees: set,
            poll,
            members: Members {
                election,
                trustees,
                credentials,
            },
        })
    }

    /// How many slips there are.
    pub fn slips(&self) -> usize {
        self.credentials.len()
    }

    /// Whether there is a slip with this public side.
    pub fn has_slip(&self, credential: &str) -> bool {
        self.credentials.place_of(credential).is_some()
    }
}
