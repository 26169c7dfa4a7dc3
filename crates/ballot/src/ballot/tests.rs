//! Known ballots, byte for byte, and every way to get a ballot refused.

use proptest::prelude::*;
use rand_core::CryptoRng;
use serde_json::Value;

use super::*;
use crate::credential::VotingCode;
use crate::election::{Election, Poll, Question, Uuid};
use crate::group::{Belenios2048, Ed25519, Scalar};
use crate::json;
use crate::{test_rng, vectors};

fn known_poll() -> Poll<Ed25519> {
    let election = vectors::ed25519()["election_json"].as_str().unwrap();
    Poll::read(election.as_bytes()).unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// Gives out the scalars it was told, each as the 64 bytes that are drawn for one.
struct Script(std::vec::IntoIter<[u8; 64]>);

impl Script {
    fn of(scalars: &[Scalar<Ed25519>]) -> Self {
        let wide = |scalar: &Scalar<Ed25519>| {
            let mut bytes = [0; 64];
            bytes[32..].copy_from_slice(&scalar.to_bytes());
            bytes
        };
        Self(scalars.iter().map(wide).collect::<Vec<_>>().into_iter())
    }
}

impl rand_core::TryRng for Script {
    type Error = std::convert::Infallible;
    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        unreachable!("scalars are drawn as bytes")
    }
    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        unreachable!("scalars are drawn as bytes")
    }
    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        bytes.copy_from_slice(&self.0.next().expect("the script is long enough"));
        Ok(())
    }
}

impl rand_core::TryCryptoRng for Script {}

/// The known randomness in the order we draw it: w = s + r·c for the alternatives that are false.
fn script_of(ballot: &Value) -> Vec<Scalar<Ed25519>> {
    let mut known = ballot["randomness"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            let value = Scalar::<Ed25519>::from_decimal(text(&entry[1])).unwrap();
            (text(&entry[0]), value)
        });
    let mut take =
        |count: usize| -> Vec<(&str, Scalar<Ed25519>)> { known.by_ref().take(count).collect() };
    let mut script = Vec::new();
    for (row, columns) in ballot["choice"].as_array().unwrap().iter().enumerate() {
        let numbers: Vec<usize> = serde_json::from_value(columns.clone()).unwrap();
        let randomness: Vec<_> = take(numbers.len()).into_iter().map(|(_, r)| r).collect();
        script.extend(&randomness);
        for (r, &number) in randomness.iter().zip(&numbers) {
            script.extend(two_alternatives(&take(3), [*r, *r], number));
        }
        let sum = |first: usize| randomness[first..].iter().copied().sum::<Scalar<Ed25519>>();
        if row == 0 {
            let chosen = numbers.iter().sum();
            script.extend(two_alternatives(&take(3), [sum(0), sum(0)], chosen));
        } else {
            let blank = numbers[0];
            for truth in [blank, 1 - blank] {
                script.extend(two_alternatives(&take(3), [randomness[0], sum(1)], truth));
            }
        }
    }
    script.extend(take(1).into_iter().map(|(_, w)| w));
    script
}

/// From "c, s" of the false alternative and "w" of the true one, in whatever order they come.
fn two_alternatives(
    known: &[(&str, Scalar<Ed25519>)],
    r: [Scalar<Ed25519>; 2],
    truth: usize,
) -> [Scalar<Ed25519>; 4] {
    let find = |name: char| {
        let is = |label: &str| label.rsplit(' ').next().unwrap().starts_with(name);
        known.iter().find(|(label, _)| is(label)).unwrap().1
    };
    let (w, c, s) = (find('w'), find('c'), find('s'));
    let honest = [w, Scalar::ZERO];
    let simulated = [s + r[1 - truth] * c, c];
    let [first, second] = if truth == 0 {
        [honest, simulated]
    } else {
        [simulated, honest]
    };
    [first[0], first[1], second[0], second[1]]
}

#[test]
fn known_ballots_come_out_byte_for_byte() {
    let poll = known_poll();
    for ballot in vectors::ed25519()["ballots"].as_array().unwrap() {
        let code = VotingCode::parse(text(&ballot["private_credential"])).unwrap();
        let rows: Vec<Row> = ballot["choice"]
            .as_array()
            .unwrap()
            .iter()
            .zip(&poll.election().questions)
            .map(|(columns, question)| {
                let columns = serde_json::from_value(columns.clone()).unwrap();
                Row::of_columns(question, columns).unwrap()
            })
            .collect();
        let mut script = Script::of(&script_of(ballot));
        let sealed = BallotMaker::new(&poll, &code).make(&rows, &mut script);
        assert_eq!(
            String::from_utf8(sealed.bytes).unwrap(),
            text(&ballot["json"])
        );
        assert_eq!(sealed.tracker.to_string(), text(&ballot["tracker"]));
        assert_eq!(script.0.len(), 0, "all of the script was used");
    }
}

#[test]
fn known_ballots_are_accepted() {
    let poll = known_poll();
    for ballot in vectors::ed25519()["ballots"].as_array().unwrap() {
        let checked = check(&poll, text(&ballot["json"]).as_bytes()).unwrap();
        assert_eq!(checked.tracker.to_string(), text(&ballot["tracker"]));
    }
}

fn question(answers: usize, blank: Option<bool>, min: u32, max: u32) -> Question {
    Question {
        answers: (0..answers).map(|answer| format!("答{answer}")).collect(),
        blank,
        min,
        max,
        question: "党员".to_owned(),
    }
}

fn poll_of<G: Group>(questions: Vec<Question>, rng: &mut impl CryptoRng) -> Poll<G> {
    let key = Element::<G>::generator_power(&Scalar::random(rng));
    let election = Election::new(Uuid::random(rng), "评议", key, questions);
    Poll::read(&json::to_bytes(&election)).unwrap()
}

fn round_trip<G: Group>(question: &Question, answers: &[usize], seed: u64) {
    let rng = &mut test_rng(seed);
    let poll = poll_of::<G>(vec![question.clone()], rng);
    let code = VotingCode::random(rng);
    let row = Row::of(question, answers).unwrap();
    let sealed = BallotMaker::new(&poll, &code).make(&[row], rng);
    let checked = check(&poll, &sealed.bytes).unwrap();
    assert_eq!(checked.tracker, sealed.tracker);
    assert_eq!(checked.rows[0].len(), question.columns());
}

#[test]
fn every_allowed_vote_is_accepted() {
    for blank in [None, Some(false), Some(true)] {
        for (min, max) in [(0, 1), (1, 1), (0, 3), (1, 2), (2, 2), (0, 0)] {
            let question = question(3, blank, min, max);
            for answers in [&[][..], &[0], &[2], &[0, 1], &[0, 1, 2]] {
                if Row::of(&question, answers).is_ok() {
                    round_trip::<Ed25519>(&question, answers, 7);
                }
            }
        }
    }
    round_trip::<Belenios2048>(&question(3, Some(true), 0, 2), &[1], 8);
    round_trip::<Belenios2048>(&question(3, None, 0, 1), &[], 9);
}

#[test]
fn votes_that_the_question_does_not_allow_are_refused() {
    let one = question(3, None, 1, 1);
    for answers in [&[][..], &[0, 1], &[3], &[1, 1]] {
        assert_eq!(Row::of(&one, answers), Err(NotAVote));
    }
    assert_eq!(Row::of(&one, &[1; 256]), Err(NotAVote));
    let blank = question(3, Some(true), 1, 1);
    assert!(Row::of(&blank, &[]).is_ok());
    for columns in [
        vec![1, 1, 0, 0],
        vec![0, 0, 0, 0],
        vec![0, 2, 0, 0],
        vec![0, 1, 0],
    ] {
        assert_eq!(Row::of_columns(&blank, columns), Err(NotAVote));
    }
}

/// A ballot of two rows, the second with a blank choice, as JSON to spoil.
fn sample() -> (Poll<Ed25519>, Value) {
    let rng = &mut test_rng(5);
    let questions = vec![question(3, None, 0, 1), question(2, Some(true), 1, 1)];
    let poll = poll_of::<Ed25519>(questions, rng);
    let rows = [
        Row::of(&poll.election().questions[0], &[1]).unwrap(),
        Row::of(&poll.election().questions[1], &[]).unwrap(),
    ];
    let sealed = BallotMaker::new(&poll, &VotingCode::random(rng)).make(&rows, rng);
    let value = serde_json::from_slice(&sealed.bytes).unwrap();
    (poll, value)
}

/// Canonical bytes again: `Value` does not keep the order of fields, the ballot type does.
fn written(value: &Value) -> Vec<u8> {
    let ballot: WrittenBallot<Ed25519> = serde_json::from_value(value.clone()).unwrap();
    json::to_bytes(&ballot)
}

/// Signs spoilt content again, as a voter who cheats would.
fn resigned(poll: &Poll<Ed25519>, value: &Value) -> Vec<u8> {
    let rng = &mut test_rng(6);
    let ballot: WrittenBallot<Ed25519> = serde_json::from_value(value.clone()).unwrap();
    let maker = BallotMaker::new(poll, &cheat());
    maker.seal_written(ballot.answers, rng).bytes
}

fn cheat() -> VotingCode {
    VotingCode::random(&mut test_rng(77))
}

/// A row made for another code does not fit under this one: proofs are bound to the credential.
#[test]
fn proofs_copied_from_another_voter_do_not_hold() {
    let (poll, value) = sample();
    let place = Place::Individual { row: 0, column: 0 };
    let answer = check(&poll, &resigned(&poll, &value));
    assert_eq!(answer.unwrap_err(), BallotFault::Proof(place));
}

/// One digit of a scalar, kept canonical.
fn spoil(scalar: &mut Value) {
    let digits = text(scalar);
    let (head, last) = digits.split_at(digits.len() - 1);
    let last = if last == "1" { "2" } else { "1" };
    *scalar = Value::from(format!("{head}{last}"));
}

/// The fault when the ballot is spoilt at this place and signed again by its own voter.
fn fault_of(spoil_at: &str) -> BallotFault {
    let rng = &mut test_rng(5);
    let questions = vec![question(3, None, 0, 1), question(2, Some(true), 1, 1)];
    let poll = poll_of::<Ed25519>(questions, rng);
    let maker = BallotMaker::new(&poll, &cheat());
    let rows = [
        Row::of(&poll.election().questions[0], &[1]).unwrap(),
        Row::of(&poll.election().questions[1], &[]).unwrap(),
    ];
    let sealed = maker.make(&rows, rng);
    assert!(check(&poll, &sealed.bytes).is_ok());
    let mut value: Value = serde_json::from_slice(&sealed.bytes).unwrap();
    spoil(value.pointer_mut(spoil_at).unwrap());
    check(&poll, &resigned(&poll, &value)).unwrap_err()
}

#[test]
fn each_spoilt_proof_is_named() {
    for part in ["challenge", "response"] {
        for column in 0..3 {
            for half in 0..2 {
                let at = format!("/answers/0/individual_proofs/{column}/{half}/{part}");
                let place = Place::Individual { row: 0, column };
                assert_eq!(fault_of(&at), BallotFault::Proof(place), "{at}");
            }
        }
        for index in 0..2 {
            let overall = |row: usize| format!("/answers/{row}/overall_proof/{index}/{part}");
            let place = |row| Place::Overall { row };
            assert_eq!(fault_of(&overall(0)), BallotFault::Proof(place(0)));
            assert_eq!(fault_of(&overall(1)), BallotFault::Proof(place(1)));
            let at = format!("/answers/1/blank_proof/{index}/{part}");
            assert_eq!(fault_of(&at), BallotFault::Proof(Place::Blank { row: 1 }));
        }
    }
}

#[test]
fn a_spoilt_signature_is_named() {
    let (poll, mut value) = sample();
    spoil(value.pointer_mut("/signature/proof/response").unwrap());
    let fault = check(&poll, &written(&value)).unwrap_err();
    assert_eq!(fault, BallotFault::Proof(Place::Signature));
}

#[test]
fn content_changed_after_signing_is_named() {
    let (poll, mut value) = sample();
    spoil(
        value
            .pointer_mut("/answers/0/overall_proof/0/response")
            .unwrap(),
    );
    assert_eq!(
        check(&poll, &written(&value)).unwrap_err(),
        BallotFault::SignedOther
    );
}

#[test]
fn ballots_of_another_shape_or_election_are_refused() {
    let (poll, value) = sample();
    let fault = |change: &dyn Fn(&mut Value)| {
        let mut value = value.clone();
        change(&mut value);
        check(&poll, &written(&value)).unwrap_err()
    };
    let other = fault(&|value| value["election_uuid"] = "2222222222222222".into());
    assert_eq!(other, BallotFault::OtherElection);
    let hash = Fingerprint::of(b"another").to_string();
    let other = fault(&|value| value["election_hash"] = hash.clone().into());
    assert_eq!(other, BallotFault::OtherFingerprint);
    let rows = fault(&|value| {
        value["answers"].as_array_mut().unwrap().pop();
    });
    assert_eq!(
        rows,
        BallotFault::Rows {
            found: 1,
            expected: 2
        }
    );
    for (row, list) in [
        (0, "choices"),
        (0, "individual_proofs"),
        (1, "overall_proof"),
    ] {
        let shape = fault(&|value| {
            value["answers"][row][list].as_array_mut().unwrap().pop();
        });
        assert_eq!(shape, BallotFault::Shape { row }, "{list}");
    }
    // a blank question answered without its proof would stop the count of laxer programs
    let shape = fault(&|value| {
        value["answers"][1]
            .as_object_mut()
            .unwrap()
            .remove("blank_proof");
    });
    assert_eq!(shape, BallotFault::Shape { row: 1 });
    let shape = fault(&|value| {
        let proof = value["answers"][1]["blank_proof"].clone();
        value["answers"][0]["blank_proof"] = proof;
    });
    assert_eq!(shape, BallotFault::Shape { row: 0 });
}

#[test]
fn second_spellings_are_refused_deep_inside() {
    let (poll, value) = sample();
    let canonical = String::from_utf8(written(&value)).unwrap();
    let alpha = text(&value["answers"][0]["choices"][0]["alpha"]);
    let response = text(&value["answers"][0]["overall_proof"][0]["response"]);
    let spoilt = [
        canonical.replace(alpha, &alpha.to_uppercase()),
        canonical.replace(response, &format!("0{response}")),
        canonical.replacen(':', ": ", 1),
        format!("{canonical}\n"),
        canonical.replacen("{\"alpha\"", "{\"extra\":1,\"alpha\"", 1),
        canonical.replacen("\"answers\":[{", "\"answers\":[{\"choices\":[],", 1),
        canonical.replacen("election_uuid", "\\u0065lection_uuid", 1),
    ];
    for bytes in spoilt {
        assert_ne!(bytes, canonical);
        let fault = check(&poll, bytes.as_bytes()).unwrap_err();
        assert!(matches!(fault, BallotFault::Json(_)), "{fault:?}");
    }
}

#[test]
fn points_of_small_order_are_refused_where_they_stand() {
    use curve25519_dalek::constants::EIGHT_TORSION;
    let (poll, value) = sample();
    for at in ["/answers/0/choices/1/alpha", "/answers/1/choices/0/beta"] {
        let mut value = value.clone();
        let point = Ed25519::decode(text(value.pointer(at).unwrap())).unwrap();
        let mixed = Ed25519::encode(&(point + EIGHT_TORSION[1]));
        *value.pointer_mut(at).unwrap() = mixed.into();
        let fault = check(&poll, &resigned(&poll, &value)).unwrap_err();
        let (row, column) = if at.contains("/1/alpha") {
            (0, 1)
        } else {
            (1, 0)
        };
        assert_eq!(
            fault,
            BallotFault::OutsideGroup(Place::Choice { row, column })
        );
    }
    let mut value = value.clone();
    let point = Ed25519::decode(text(&value["credential"])).unwrap();
    value["credential"] = Ed25519::encode(&(point + EIGHT_TORSION[4])).into();
    let ballot: WrittenBallot<Ed25519> = serde_json::from_value(value).unwrap();
    let fault = check(&poll, &with_own_hash(ballot)).unwrap_err();
    assert_eq!(fault, BallotFault::OutsideGroup(Place::Credential));
}

/// The hash of the content put right, the signature itself left as it is.
fn with_own_hash(mut ballot: WrittenBallot<Ed25519>) -> Vec<u8> {
    let bytes = json::to_bytes(&ballot);
    ballot.signature.hash = Fingerprint::of(&check::without_signature(&bytes, &ballot));
    json::to_bytes(&ballot)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn ciphertexts_add_up(votes in prop::collection::vec(0_usize..4, 1..6), seed: u64) {
        let rng = &mut test_rng(seed);
        let question = question(3, None, 0, 1);
        let secret = Scalar::<Ed25519>::random(rng);
        let key = Element::generator_power(&secret);
        let election = Election::new(Uuid::random(rng), "评议", key, vec![question.clone()]);
        let poll = Poll::<Ed25519>::read(&json::to_bytes(&election)).unwrap();
        let mut sums = vec![Ciphertext::<Ed25519>::zero(); 3];
        for vote in &votes {
            let answers: Vec<usize> = (*vote < 3).then_some(*vote).into_iter().collect();
            let row = Row::of(&question, &answers).unwrap();
            let sealed = BallotMaker::new(&poll, &VotingCode::random(rng)).make(&[row], rng);
            let checked = check(&poll, &sealed.bytes).unwrap();
            for (sum, choice) in sums.iter_mut().zip(&checked.rows[0]) {
                *sum = *sum * *choice;
            }
        }
        for (answer, sum) in sums.iter().enumerate() {
            let opened = sum.beta * sum.alpha.pow(&secret).inverse();
            let count = u32::try_from(votes.iter().filter(|&&vote| vote == answer).count()).unwrap();
            prop_assert_eq!(opened, Element::generator_power(&Scalar::from(count)));
        }
    }
}
