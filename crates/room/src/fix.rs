//! Fixing the election: once the server's and the scrutineers' keys are there, nothing of it
//! changes any more.

use pingyi_ballot::election::{Election, Uuid};
use pingyi_ballot::json::{self, JsonFault};
use pingyi_ballot::trustee::{Document, KeyDocument, TrusteeFault, TrusteeSet};
use thiserror::Error;

use crate::{BallotPaper, Group, SERVER};

/// What the archive begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// The election, as hashed from now on.
    pub election: Vec<u8>,
    /// The key holders' documents.
    pub trustees: Vec<u8>,
}

/// Why an election is not fixed. Key holders by number: 1 is the server.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FixError {
    /// A scrutineer's document is no document.
    #[error(
        "监票人 {number} 的准备没有完成：收到的内容不完整。请该监票人刷新页面，再按一次“准备”。"
    )]
    NotADocument {
        /// Number of the scrutineer, from 1.
        number: u32,
        /// What is wrong with it.
        reason: JsonFault,
    },
    /// A document does not show that somebody holds the key.
    #[error("监票人的准备没有通过核对。请监票人刷新页面，再按一次“准备”。")]
    Trustees(#[from] TrusteeFault),
    /// Two key holders came with one key: then one person could open what needs two.
    #[error("两名监票人交来的是同一份内容。请两人分别用自己的手机准备。")]
    SameKey,
    /// Nobody to be appraised, or no grades.
    #[error("没有列入测评的党员，不能准备电子投票。请先确定参评名单。")]
    NothingToVoteOn,
}

/// Reads a scrutineer's document and checks that its maker holds the key.
pub fn read_document(number: u32, bytes: &[u8]) -> Result<KeyDocument<Group>, FixError> {
    let document: KeyDocument<Group> =
        json::read_canonical(bytes).map_err(|reason| FixError::NotADocument { number, reason })?;
    TrusteeSet::check(&[Document::Single(document.clone())])?;
    Ok(document)
}

/// Fixes the election. All key holders are needed to open the sums.
pub fn fix(
    paper: &BallotPaper,
    uuid: Uuid,
    server: KeyDocument<Group>,
    scrutineers: &[Vec<u8>],
) -> Result<Fixed, FixError> {
    if paper.rows.is_empty() || paper.grades.is_empty() {
        return Err(FixError::NothingToVoteOn);
    }
    let mut documents = vec![server];
    for (bytes, number) in scrutineers.iter().zip(SERVER..) {
        documents.push(read_document(number, bytes)?);
    }
    let mut keys: Vec<String> = documents
        .iter()
        .map(|own| own.public_key.to_string())
        .collect();
    keys.sort_unstable();
    if keys.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(FixError::SameKey);
    }
    let documents: Vec<Document<Group>> = documents.into_iter().map(Document::Single).collect();
    let public_key = TrusteeSet::check(&documents)?.public_key();
    let mut election = Election::new(uuid, &paper.title, public_key, paper.questions());
    election.description.clone_from(&paper.description);
    Ok(Fixed {
        election: json::to_bytes(&election),
        trustees: json::to_bytes(&documents),
    })
}
