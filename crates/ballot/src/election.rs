//! What is asked: the questions, the key, and the fingerprint that every proof is bound to.
//!
//! Homomorphic questions only; another type of question is refused when the election is read.
//! Source: Belenios specification 4.10.

use std::fmt;
use std::sync::OnceLock;

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};

use crate::base58;
use crate::group::{Element, FixedWindows, Group, GroupName};
use crate::hash::Fingerprint;
use crate::json::{self, JsonFault};

/// Most questions that are read: a branch has no thousand members.
const MOST_QUESTIONS: usize = 4096;
/// Most answers of one question.
const MOST_ANSWERS: usize = 256;

/// The election's name among elections: 14 or more digits of Base58.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Uuid(String);

impl Uuid {
    /// A new one: 14 digits, 82 bits.
    pub fn random(rng: &mut impl CryptoRng) -> Self {
        Self(base58::random(14, rng))
    }

    /// 14 to 64 digits of Base58.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (14..=64).contains(&text.len()) && text.chars().all(base58::is_digit);
        fits.then(|| Self(text.to_owned()))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Uuid {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("uuid: not 14 digits of Base58"))
    }
}

/// One row of the ballot: one appraised member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The grades, e.g. 好, 一般, 差.
    pub answers: Vec<String>,
    /// Whether abstaining is a counted choice of its own, the first column of the result.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blank: Option<bool>,
    /// Fewest answers a voter may choose.
    pub min: u32,
    /// Most answers a voter may choose.
    pub max: u32,
    /// What is asked.
    pub question: String,
}

impl Question {
    /// Whether abstaining is a counted choice.
    pub fn has_blank(&self) -> bool {
        self.blank == Some(true)
    }

    /// Encrypted choices per row: the answers, and the blank one before them.
    pub fn columns(&self) -> usize {
        self.answers.len() + usize::from(self.has_blank())
    }

    /// How many answers may be chosen.
    pub(crate) fn range(&self) -> std::ops::RangeInclusive<u32> {
        self.min..=self.max
    }

    fn is_sound(&self) -> bool {
        let answers = self.answers.len();
        let most = usize::try_from(self.max).unwrap_or(usize::MAX);
        (1..=MOST_ANSWERS).contains(&answers) && self.min <= self.max && most <= answers
    }
}

/// An election as written in its archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound = "")]
pub struct Election<G: Group> {
    /// Always 1.
    pub version: u32,
    /// What it is for.
    pub description: String,
    /// Its title.
    pub name: String,
    /// Name of the group.
    pub group: String,
    /// The key ballots are encrypted to: the product of the trustees' keys.
    pub public_key: Element<G>,
    /// The rows.
    pub questions: Vec<Question>,
    /// Its name among elections.
    pub uuid: Uuid,
    /// Who arranged it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub administrator: Option<String>,
    /// Who made the voting codes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential_authority: Option<String>,
}

/// Why an election is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ElectionFault {
    /// Not the JSON of an election with homomorphic questions.
    #[error("not an election: {0}")]
    Json(#[from] JsonFault),
    /// Another version than 1.
    #[error("version {0} is not known")]
    Version(u32),
    /// A group we do not know.
    #[error("group {0:?} is not known")]
    Group(String),
    /// No questions, or too many.
    #[error("{0} questions")]
    Questions(usize),
    /// A question that no vote could answer, or without answers.
    #[error("question {} has impossible limits", .0 + 1)]
    Question(usize),
}

/// The group an election names, without reading more of it.
pub fn group_of(bytes: &[u8]) -> Result<GroupName, ElectionFault> {
    #[derive(Deserialize)]
    struct Head {
        group: String,
    }
    let head: Head = json::read(bytes)?;
    GroupName::from_name(&head.group)
        .ok_or_else(|| ElectionFault::Group(head.group.chars().take(64).collect()))
}

impl<G: Group> Election<G> {
    /// A new election of this group.
    pub fn new(uuid: Uuid, name: &str, public_key: Element<G>, questions: Vec<Question>) -> Self {
        Self {
            version: 1,
            description: String::new(),
            name: name.to_owned(),
            group: G::NAME.to_owned(),
            public_key,
            questions,
            uuid,
            administrator: None,
            credential_authority: None,
        }
    }

    fn check(&self) -> Result<(), ElectionFault> {
        if self.version != 1 {
            return Err(ElectionFault::Version(self.version));
        }
        if self.group != G::NAME {
            return Err(ElectionFault::Group(self.group.chars().take(64).collect()));
        }
        if !(1..=MOST_QUESTIONS).contains(&self.questions.len()) {
            return Err(ElectionFault::Questions(self.questions.len()));
        }
        match self
            .questions
            .iter()
            .position(|question| !question.is_sound())
        {
            Some(index) => Err(ElectionFault::Question(index)),
            None => Ok(()),
        }
    }
}

/// An election with its fingerprint and the tables of its key: what voting and checking need.
pub struct Poll<G: Group> {
    election: Election<G>,
    fingerprint: Fingerprint,
    table: OnceLock<G::Table>,
    windows: OnceLock<FixedWindows<G>>,
}

impl<G: Group> Poll<G> {
    /// Reads an election. Any spelling of its JSON is accepted: the fingerprint is of these bytes.
    pub fn read(bytes: &[u8]) -> Result<Self, ElectionFault> {
        let election: Election<G> = json::read(bytes)?;
        election.check()?;
        Ok(Self {
            election,
            fingerprint: Fingerprint::of(bytes),
            table: OnceLock::new(),
            windows: OnceLock::new(),
        })
    }

    /// The election.
    pub const fn election(&self) -> &Election<G> {
        &self.election
    }

    /// φ: 43 digits of Base64 over the election's stored bytes.
    pub const fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// Constant-time table of the election key, made at first use.
    pub(crate) fn table(&self) -> &G::Table {
        self.table
            .get_or_init(|| G::table(self.election.public_key.point()))
    }

    /// Verification table of the election key, made at first use.
    pub(crate) fn windows(&self) -> &FixedWindows<G> {
        self.windows
            .get_or_init(|| FixedWindows::new(self.election.public_key.point()))
    }
}

impl<G: Group> fmt::Debug for Poll<G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Poll({})", self.fingerprint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::group::{Belenios2048, Ed25519};
    use crate::vectors;

    fn known() -> &'static str {
        vectors::ed25519()["election_json"].as_str().unwrap()
    }

    #[test]
    fn the_known_election_has_its_fingerprint_and_reads_back() {
        let poll = Poll::<Ed25519>::read(known().as_bytes()).unwrap();
        let fingerprint = vectors::ed25519()["election_fingerprint"].as_str().unwrap();
        assert_eq!(poll.fingerprint().to_string(), fingerprint);
        assert_eq!(json::to_text(poll.election()), known());
        assert_eq!(group_of(known().as_bytes()), Ok(GroupName::Ed25519));
    }

    #[test]
    fn other_elections_are_refused_with_the_reason() {
        let read = |from: &str, to: &str| {
            assert!(known().contains(from), "{from}");
            Poll::<Ed25519>::read(known().replacen(from, to, 1).as_bytes()).unwrap_err()
        };
        let group = ElectionFault::Group("other".to_owned());
        assert_eq!(read("\"Ed25519\"", "\"other\""), group);
        assert_eq!(
            read("\"version\":1", "\"version\":2"),
            ElectionFault::Version(2)
        );
        assert_eq!(read("\"max\":1", "\"max\":4"), ElectionFault::Question(0));
        assert_eq!(
            read("\"min\":0,\"max\":1", "\"min\":2,\"max\":1"),
            ElectionFault::Question(0)
        );
        assert!(matches!(
            read("\"min\":0", "\"min\":-1"),
            ElectionFault::Json(_)
        ));
        assert!(matches!(
            read("\"name\"", "\"extra\":1,\"name\""),
            ElectionFault::Json(_)
        ));
        assert!(matches!(
            read("Sh3Pm17XNPXeB9", "Sh3Pm17XNPXeB0"),
            ElectionFault::Json(_)
        ));
        assert!(Poll::<Belenios2048>::read(known().as_bytes()).is_err());
        assert_eq!(
            group_of(b"{\"group\":\"other\"}"),
            Err(ElectionFault::Group("other".into()))
        );
    }

    #[test]
    fn questions_of_another_kind_are_refused() {
        let lists = known().replace(
            r#"{"answers":["好","一般","差"],"min":0"#,
            r#"{"type":"Lists","answers":["好","一般","差"],"min":0"#,
        );
        assert!(Poll::<Ed25519>::read(lists.as_bytes()).is_err());
    }
}
