//! A public test ballot: sealed like any other, and then opened by the phone that sealed it.
//!
//! The phone says what was chosen and with which randomness; sealing the same again must give the
//! same ballot to the last bit. No key is used, and the slip never votes (docs/SECRECY.md §1).

use pingyi_ballot::ballot::{Ciphertext, check};
use pingyi_ballot::election::Question;
use pingyi_ballot::group::{Element, Scalar};
use pingyi_ballot::json;

use crate::cast::refusal;
use crate::{CastRefusal, Group, Room};

/// What the phone sends (docs/ROOM.md).
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenedBallot {
    /// The ballot as it would have been cast.
    pub ballot: String,
    /// Per row the grade chosen, from 0; none is 弃权.
    pub choices: Vec<Option<usize>>,
    /// Per row and column the exponent it was sealed with.
    pub randomness: Vec<Vec<Scalar<Group>>>,
}

/// A test ballot of this box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestBallot {
    /// Public side of the slip given up for it.
    pub credential: String,
    /// Whether it seals what the phone says.
    pub agrees: bool,
    /// What the phone says: whom each row asks about, and the grade.
    pub rows: Vec<(String, String)>,
}

/// Far above what some dozen rows with their randomness take.
const MOST_BYTES: usize = 8 << 20;

impl Room {
    /// Judges a test ballot. One that is no proper ballot of this box is refused like any other; one
    /// that seals something else than the phone says is an answer, for all to see.
    pub fn open_test(&self, bytes: &[u8]) -> Result<TestBallot, CastRefusal> {
        if bytes.len() > MOST_BYTES {
            return Err(CastRefusal::TooLong);
        }
        let opened: OpenedBallot = json::read(bytes).map_err(|_| CastRefusal::NotOpened)?;
        let ballot = check(&self.poll, opened.ballot.as_bytes()).map_err(refusal)?;
        if !self.has_slip(&ballot.credential) {
            return Err(CastRefusal::NoSuchSlip);
        }
        let questions = &self.poll.election().questions;
        let whole = [opened.choices.len(), opened.randomness.len()];
        if whole.iter().any(|rows| *rows != questions.len()) {
            return Err(CastRefusal::NotOpened);
        }
        let key = &self.poll.election().public_key;
        let said = opened.choices.iter().zip(&opened.randomness);
        let mut rows = questions.iter().zip(said).zip(&ballot.rows);
        let agrees = rows.all(|((question, (choice, randomness)), sealed)| {
            seals(key, question, (*choice, randomness), sealed)
        });
        let grade = |question: &Question, choice: Option<usize>| match choice {
            None => "弃权".to_owned(),
            Some(at) => question.answers.get(at).cloned().unwrap_or_default(),
        };
        let rows = questions.iter().zip(&opened.choices);
        let rows = rows.map(|(q, choice)| (q.question.clone(), grade(q, *choice)));
        Ok(TestBallot {
            credential: ballot.credential,
            agrees,
            rows: rows.collect(),
        })
    }
}

/// Whether a row is what sealing this choice with this randomness gives.
fn seals(
    key: &Element<Group>,
    question: &Question,
    (choice, randomness): (Option<usize>, &[Scalar<Group>]),
    sealed: &[Ciphertext<Group>],
) -> bool {
    let known = choice.is_none_or(|at| at < question.answers.len());
    let columns = question.columns();
    if !known || question.has_blank() || randomness.len() != columns || sealed.len() != columns {
        return false;
    }
    let mut each = sealed.iter().zip(randomness).enumerate();
    each.all(|(column, (found, exponent))| {
        let inside = if choice == Some(column) {
            Element::generator()
        } else {
            Element::identity()
        };
        let again = Ciphertext {
            alpha: Element::generator_power(exponent),
            beta: key.pow(exponent) * inside,
        };
        *found == again
    })
}
