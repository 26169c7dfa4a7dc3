//! Criticism and self-criticism at the meeting: who spoke in which order, about what, to whom.
//! // 通知 三、1 and 三、2
//!
//! Entries are gists typed by the branch's recorder. Depth is a matter for people; only what the
//! notice names (order, the three views, who criticised whom) is looked at.

mod draft;

use thiserror::Error;

use crate::ids::MemberId;
use crate::meeting::FirstToSpeak;
use crate::prose::ProseProblem;

pub use draft::{DraftCriticism, DraftSpeech, from_list, mutual_criticism, self_criticism};

/// Longest gist of one speech, in characters.
pub const SPEECH: usize = 2_000;
/// Longest gist of one criticism, of a root cause, or of an answer.
pub const POINT: usize = 500;

/// Why what was said cannot be kept as it is.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SpeechError {
    /// Two people at the same place in the order.
    #[error("有两个人都排在第 {0} 个发言。请改正发言顺序。")]
    SamePlace(u32),
    /// Someone of the branch, but criticising themselves in the part for others.
    #[error("相互批评是对别人提意见；对自己的批评请登记在自我批评里。")]
    Oneself,
    /// Not there.
    #[error("提出批评和接受批评的都应是到会党员。请核对姓名和到会情况。")]
    NotPresent,
    /// Two lines for the same two people.
    #[error("同一人对同一人写了两行。请合并成一行。")]
    Twice,
    /// A name without a text.
    #[error("写明了批评人，没有写批评意见。请补充要点，或把批评人改回空白。")]
    NoWords,
    /// A text without a name.
    #[error("写了批评意见，没有选择批评人。请选择是谁提出的。")]
    Nobody,
    /// A reader who is not in the room.
    #[error("代读书面发言的应是另一名到会党员。请核对。")]
    Reader,
    /// A text cannot be kept.
    #[error(transparent)]
    Text(#[from] ProseProblem),
}

/// The order of speaking: by the number typed, those without one after them as listed.
pub fn order(lines: &[(MemberId, Option<u32>)]) -> Result<Vec<MemberId>, SpeechError> {
    let mut numbered: Vec<(u32, MemberId)> = lines
        .iter()
        .filter_map(|&(who, no)| Some((no?, who)))
        .collect();
    numbered.sort_by_key(|(no, _)| *no);
    if let Some(same) = numbered.windows(2).find(|two| two[0].0 == two[1].0) {
        return Err(SpeechError::SamePlace(same[0].0));
    }
    let rest = lines.iter().filter(|(_, no)| no.is_none());
    let first = numbered.into_iter().map(|(_, who)| who);
    Ok(first.chain(rest.map(|(who, _)| *who)).collect())
}

/// Who opened the self-criticism, by the order of speaking: one fact in one place.
/// // 通知 三、1: 支部书记要带头开展自我批评
pub fn first_to_speak(
    order: &[MemberId],
    secretary: Option<MemberId>,
    reason: &str,
) -> Option<FirstToSpeak> {
    let first = *order.first()?;
    Some(if secretary == Some(first) {
        FirstToSpeak::Secretary
    } else {
        FirstToSpeak::Other {
            member: first,
            reason: reason.trim().to_owned(),
        }
    })
}

/// One criticism, as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// Who criticised.
    pub from: MemberId,
    /// Whom.
    pub to: MemberId,
}

/// Checks who criticised whom: each `Err` names the place in the list.
pub fn check(said: &[Said], present: &[MemberId]) -> Result<(), (usize, SpeechError)> {
    for (at, one) in said.iter().enumerate() {
        if one.from == one.to {
            return Err((at, SpeechError::Oneself));
        }
        if !present.contains(&one.from) || !present.contains(&one.to) {
            return Err((at, SpeechError::NotPresent));
        }
        if said[..at].contains(one) {
            return Err((at, SpeechError::Twice));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
