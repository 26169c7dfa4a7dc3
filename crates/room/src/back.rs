//! A slip handed back: whoever holds it says so, and the server can tell that he holds it.

use pingyi_ballot::credential::{VotingCode, is_stated_by};
use pingyi_ballot::election::Uuid;
use pingyi_ballot::group::Element;
use pingyi_ballot::json;
use pingyi_ballot::proof::Proof;
use rand_core::CryptoRng;
use thiserror::Error;

use crate::{Group, Room};

/// A handing back is some hundred bytes.
const MOST_BYTES: usize = 4096;

/// Why a slip comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BackKind {
    /// Never drawn, put aside.
    Spare,
    /// Drawn and not used (弃用).
    HandedBack,
}

impl BackKind {
    /// The word on the wire and in storage.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Spare => "spare",
            Self::HandedBack => "handed_back",
        }
    }
}

/// The message (docs/ROOM.md).
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Back {
    /// Public side of the slip.
    pub credential: Element<Group>,
    /// Why.
    pub kind: BackKind,
    /// Knowledge of the code.
    pub proof: Proof<Group>,
}

/// Why a handing back is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BackRefusal {
    /// Not the message it should be.
    #[error("交回票条没有成功：收到的内容不完整。请重新扫描票条再交回。")]
    NotReadable,
    /// Not a slip of this box.
    #[error("这张票条不属于本轮票箱，不能在这里交回。请核对票条。")]
    NoSuchSlip,
    /// Not by whoever holds the slip.
    #[error("交回票条没有通过核对。请用票条上的二维码或投票码重新交回。")]
    NotTheHolder,
}

impl Back {
    /// As the page makes it.
    pub fn make(uuid: &Uuid, code: &VotingCode, kind: BackKind, rng: &mut impl CryptoRng) -> Self {
        let key = code.secret::<Group>(uuid);
        let credential = key.public();
        let proof = key.state(&prefix(uuid, kind, &credential), rng);
        Self {
            credential,
            kind,
            proof,
        }
    }
}

fn prefix(uuid: &Uuid, kind: BackKind, credential: &Element<Group>) -> String {
    format!("pingyi-back|{uuid}|{}|{credential}|", kind.as_str())
}

impl Room {
    /// The slip's public side and why it comes back, if whoever says so holds it.
    pub fn take_back(&self, bytes: &[u8]) -> Result<(String, BackKind), BackRefusal> {
        if bytes.len() > MOST_BYTES {
            return Err(BackRefusal::NotReadable);
        }
        let back: Back = json::read(bytes).map_err(|_| BackRefusal::NotReadable)?;
        let credential = back.credential.to_string();
        if !self.has_slip(&credential) {
            return Err(BackRefusal::NoSuchSlip);
        }
        let prefix = prefix(&self.poll.election().uuid, back.kind, &back.credential);
        if !is_stated_by(&back.credential, &back.proof, &prefix) {
            return Err(BackRefusal::NotTheHolder);
        }
        Ok((credential, back.kind))
    }
}
