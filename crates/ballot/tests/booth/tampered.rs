//! Ballots that were changed are refused by both sides, each naming the same place.
//!
//! Most are signed again by the holder of the code, so that not only the signature notices.

use pingyi_ballot::ballot::{BallotFault, Place, check};
use pingyi_ballot::credential::VotingCode;
use pingyi_ballot::group::{Ed25519, Element, Scalar};
use pingyi_ballot::hash::{Digest, Fingerprint};
use pingyi_ballot::json::JsonFault;
use pingyi_ballot::sample::{KeyForm, Sample};
use serde_json::{Value, json};

use crate::{Booth, question, seeded, utf8};

const SIGNATURE: &str = ",\"signature\":";
/// A point of order two, canonically spelled.
const SMALL_ORDER: &str = "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec";
/// The order of the group.
const Q: &str = "7237005577332262213973186563042994240857116359379907606001950938285454250989";

/// Two rows, one without and one with a blank choice; two voters, of whom one votes.
struct Room {
    sample: Sample<Ed25519>,
    ballot: String,
}

fn room() -> Room {
    let rng = &mut seeded(21);
    let rows = vec![question(2, None, 0, 1), question(2, Some(true), 1, 1)];
    let sample = Sample::new(KeyForm::Single(1), 2, rows, rng);
    let sealed = sample.vote(0, &[vec![1], vec![]], rng);
    Room {
        ballot: utf8(&sealed.bytes).to_owned(),
        sample,
    }
}

impl Room {
    /// What each side says to a ballot that both refuse.
    fn refused(&self, booth: &Booth, ballot: &str) -> (BallotFault, Value) {
        let fault = check(&self.sample.poll, ballot.as_bytes()).unwrap_err();
        let verdict = booth.judge(
            utf8(&self.sample.election),
            utf8(&self.sample.credentials),
            ballot.as_bytes(),
        );
        assert_eq!(verdict["ok"], false);
        (fault, verdict)
    }

    /// The ballot after a change to its rows, signed again.
    fn changed(&self, change: impl FnOnce(&mut Value)) -> String {
        let answers_at = self.ballot.find("\"answers\":").unwrap() + "\"answers\":".len();
        let end = self.ballot.rfind(SIGNATURE).unwrap();
        let mut answers: Value = serde_json::from_str(&self.ballot[answers_at..end]).unwrap();
        change(&mut answers);
        let answers = in_order(&answers);
        let unsigned = format!("{}{answers}}}", &self.ballot[..answers_at]);
        signed(&unsigned, &self.sample.codes[0], &self.sample)
    }
}

/// Rows in the order of the format; a JSON value sorts its fields by name.
fn in_order(answers: &Value) -> String {
    let fields = [
        "choices",
        "individual_proofs",
        "overall_proof",
        "blank_proof",
    ];
    let row = |row: &Value| {
        let parts: Vec<String> = fields
            .iter()
            .filter_map(|field| Some(format!("\"{field}\":{}", row.get(field)?)))
            .collect();
        format!("{{{}}}", parts.join(","))
    };
    let rows: Vec<String> = answers.as_array().unwrap().iter().map(row).collect();
    format!("[{}]", rows.join(","))
}

/// As the holder of the code would sign it.
fn signed(unsigned: &str, code: &VotingCode, sample: &Sample<Ed25519>) -> String {
    let uuid = &sample.poll.election().uuid;
    let mut wide = [0; 64];
    for (index, half) in wide.as_chunks_mut::<32>().0.iter_mut().enumerate() {
        let preimage = format!("derive_credential|{uuid}|{index}|{}", code.reveal());
        *half = *Digest::of(preimage.as_bytes()).as_bytes();
    }
    let key = Scalar::<Ed25519>::from_wide(&wide);
    let w = Scalar::random(&mut seeded(22));
    let hash = Fingerprint::of(unsigned.as_bytes());
    let commitment = Element::generator_power(&w);
    let preimage = format!("sig|{hash}|{commitment}");
    let challenge = Scalar::from_digest(&Digest::of(preimage.as_bytes()));
    let proof = json!({
        "challenge": challenge.to_decimal(),
        "response": (w - key * challenge).to_decimal(),
    });
    let body = &unsigned[..unsigned.len() - 1];
    format!("{body}{SIGNATURE}{{\"hash\":\"{hash}\",\"proof\":{proof}}}}}")
}

#[test]
fn a_ballot_signed_again_without_a_change_is_accepted_by_both() {
    let Some(booth) = Booth::find() else { return };
    let room = room();
    let ballot = room.changed(|_| ());
    assert_ne!(ballot, room.ballot);
    check(&room.sample.poll, ballot.as_bytes()).unwrap();
    let (election, credentials) = (&room.sample.election, &room.sample.credentials);
    let verdict = booth.judge(utf8(election), utf8(credentials), ballot.as_bytes());
    assert_eq!(verdict["ok"], true, "{verdict}");
}

#[test]
fn a_proof_of_one_choice_that_does_not_hold_is_named_by_both() {
    let Some(booth) = Booth::find() else { return };
    let room = room();
    let ballot = room.changed(|answers| {
        answers[1]["individual_proofs"][2][0]["response"] = json!("5");
    });
    let (fault, verdict) = room.refused(&booth, &ballot);
    let place = Place::Individual { row: 1, column: 2 };
    assert_eq!(fault, BallotFault::Proof(place));
    let named = json!({"ok": false, "reason": "individual-proof", "question": 1, "choice": 2});
    assert_eq!(verdict, named);
}

#[test]
fn proofs_of_a_row_that_do_not_hold_are_named_by_both() {
    let Some(booth) = Booth::find() else { return };
    let room = room();
    for (row, field, place, reason) in [
        (
            0,
            "overall_proof",
            Place::Overall { row: 0 },
            "overall-proof",
        ),
        (
            1,
            "overall_proof",
            Place::Overall { row: 1 },
            "overall-proof",
        ),
        (1, "blank_proof", Place::Blank { row: 1 }, "blank-proof"),
    ] {
        let ballot = room.changed(|answers| answers[row][field][1]["response"] = json!("5"));
        let (fault, verdict) = room.refused(&booth, &ballot);
        assert_eq!(fault, BallotFault::Proof(place));
        assert_eq!(
            verdict,
            json!({"ok": false, "reason": reason, "question": row})
        );
    }
}

#[test]
fn choices_that_changed_places_are_refused_by_both() {
    let Some(booth) = Booth::find() else { return };
    let room = room();
    let ballot = room.changed(|answers| {
        answers[0]["choices"].as_array_mut().unwrap().swap(0, 1);
    });
    let (fault, verdict) = room.refused(&booth, &ballot);
    let place = Place::Individual { row: 0, column: 0 };
    assert_eq!(fault, BallotFault::Proof(place));
    assert_eq!(verdict["reason"], "individual-proof");
}

#[test]
fn a_point_of_small_order_is_named_by_both() {
    let Some(booth) = Booth::find() else { return };
    let room = room();
    let ballot = room.changed(|answers| {
        answers[0]["choices"][1]["alpha"] = json!(SMALL_ORDER);
    });
    let (fault, verdict) = room.refused(&booth, &ballot);
    let place = Place::Choice { row: 0, column: 1 };
    assert_eq!(fault, BallotFault::OutsideGroup(place));
    let named = json!({"ok": false, "reason": "element", "question": 0, "choice": 1});
    assert_eq!(verdict, named);
}

#[test]
fn a_number_as_large_as_the_order_is_refused_by_both() {
    let Some(booth) = Booth::find() else { return };
    let room = room();
    let ballot = room.changed(|answers| {
        answers[0]["overall_proof"][0]["challenge"] = json!(Q);
    });
    let (fault, verdict) = room.refused(&booth, &ballot);
    assert!(matches!(fault, BallotFault::Json(JsonFault::Shape { .. })));
    assert_eq!(verdict["reason"], "scalar");
}

#[test]
fn a_change_after_signing_is_refused_by_both() {
    let Some(booth) = Booth::find() else { return };
    let room = room();
    let other = room.sample.vote(1, &[vec![0], vec![0]], &mut seeded(23));
    let other = utf8(&other.bytes);
    let (body, signature) = (
        &room.ballot[..room.ballot.rfind(SIGNATURE).unwrap()],
        &other[other.rfind(SIGNATURE).unwrap()..],
    );
    let (fault, verdict) = room.refused(&booth, &format!("{body}{signature}"));
    assert_eq!(fault, BallotFault::SignedOther);
    assert_eq!(verdict["reason"], "signature-hash");
    let code = &room.sample.codes[1];
    let (fault, verdict) = room.refused(&booth, &signed(&format!("{body}}}"), code, &room.sample));
    assert_eq!(fault, BallotFault::Proof(Place::Signature));
    assert_eq!(verdict["reason"], "signature");
}

#[test]
fn another_spelling_is_refused_by_both() {
    let Some(booth) = Booth::find() else { return };
    let room = room();
    for (from, to) in [
        (",", ", "),
        ("}", "}\n"),
        ("election_uuid", "election\\u005fuuid"),
    ] {
        let (fault, verdict) = room.refused(&booth, &room.ballot.replacen(from, to, 1));
        assert_eq!(fault, BallotFault::Json(JsonFault::NotCanonical));
        assert_eq!(verdict["reason"], "canonical");
    }
}

#[test]
fn a_ballot_of_another_election_is_refused_by_both() {
    let Some(booth) = Booth::find() else { return };
    let room = room();
    let rows = room.sample.poll.election().questions.clone();
    let rng = &mut seeded(24);
    let other = Sample::<Ed25519>::new(KeyForm::Single(1), 1, rows, rng);
    let ballot = other.vote(0, &[vec![0], vec![0]], rng);
    let (fault, verdict) = room.refused(&booth, utf8(&ballot.bytes));
    assert_eq!(fault, BallotFault::OtherElection);
    assert_eq!(verdict["reason"], "election");
}
