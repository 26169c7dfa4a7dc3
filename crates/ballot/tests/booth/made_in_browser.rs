//! Keys, codes, ballots and shares by the browser; Rust judges them.

use std::collections::BTreeMap;
use std::io::Cursor;

use pingyi_ballot::archive::Writer;
use pingyi_ballot::ballot::{SealedBallot, check};
use pingyi_ballot::credential::{VotingCode, listed};
use pingyi_ballot::election::{Election, Poll, Question, Uuid};
use pingyi_ballot::group::{Ed25519, Element};
use pingyi_ballot::json as canonical;
use pingyi_ballot::sample::{KeyForm, Sample};
use pingyi_ballot::tally::{EncryptedTally, PartialDecryption, combine};
use pingyi_ballot::trustee::{SecretKey, TrusteeFault, TrusteeSet};
use pingyi_ballot::verify::{Checked, Policy, Verdict, verify};
use serde_json::json;

use crate::{Booth, questions, seeded, text, utf8};

/// Keys as the archive lists them, and their secrets.
fn keys(booth: &Booth, count: usize) -> (String, Vec<String>) {
    let (entries, secrets): (Vec<String>, Vec<String>) = (0..count)
        .map(|_| {
            let key = booth.done(&json!({"command": "trustee"}));
            let entry = format!("[\"Single\",{}]", text(&key["json"]));
            (entry, text(&key["secret"]).to_owned())
        })
        .unzip();
    (format!("[{}]", entries.join(",")), secrets)
}

#[test]
fn keys_made_in_the_browser_hold() {
    let Some(booth) = Booth::find() else { return };
    let (list, secrets) = keys(&booth, 3);
    let trustees = TrusteeSet::<Ed25519>::read(list.as_bytes()).unwrap();
    assert_eq!(trustees.owners(), 3);
    for (secret, owner) in secrets.iter().zip(1..) {
        let secret = SecretKey::<Ed25519>::from_decimal(secret).unwrap();
        assert_eq!(trustees.key_of(owner), Some(secret.public()));
    }
    let keys: Vec<String> = (1..=2)
        .map(|owner| trustees.key_of(owner).unwrap().to_string())
        .collect();
    let taken = list.replacen(&keys[1], &keys[0], 1);
    let fault = TrusteeSet::<Ed25519>::read(taken.as_bytes()).unwrap_err();
    assert_eq!(fault, TrusteeFault::Possession(2));
}

#[test]
fn codes_give_the_same_public_credential_on_both_sides() {
    let Some(booth) = Booth::find() else { return };
    let rng = &mut seeded(1);
    for _ in 0..20 {
        let uuid = Uuid::random(rng);
        let made = booth.done(&json!({"command": "credential", "uuid": uuid.as_str()}));
        let code = VotingCode::parse(text(&made["private"])).unwrap();
        assert_eq!(code.reveal(), text(&made["private"]));
        let public = code.secret::<Ed25519>(&uuid).public().to_string();
        assert_eq!(public, text(&made["public"]));
    }
}

#[test]
fn ballots_made_in_the_browser_are_accepted_whatever_is_chosen() {
    let Some(booth) = Booth::find() else { return };
    let rng = &mut seeded(2);
    let sample = Sample::<Ed25519>::new(KeyForm::Single(1), 1, questions(), rng);
    let election = utf8(&sample.election);
    let code = &sample.codes[0];
    for turn in 0..5 {
        let choices: Vec<Option<usize>> = questions()
            .iter()
            .map(|question| {
                (turn < 4 || !may_abstain(question)).then(|| turn % question.answers.len())
            })
            .collect();
        let ballot = booth.ballot(election, code.reveal(), &choices);
        let checked = check(&sample.poll, &ballot.bytes).unwrap();
        assert_eq!(checked.tracker, ballot.tracker);
        let public = code
            .secret::<Ed25519>(&sample.poll.election().uuid)
            .public();
        assert_eq!(checked.credential, public.to_string());
        assert_eq!(
            opened(&sample, &checked.rows),
            expected(&questions(), &choices)
        );
    }
}

#[test]
fn the_browser_refuses_what_a_question_does_not_allow() {
    let Some(booth) = Booth::find() else { return };
    let rng = &mut seeded(3);
    let sample = Sample::<Ed25519>::new(KeyForm::Single(1), 1, questions(), rng);
    let mut choices = vec![Some(0); questions().len()];
    for wrong in [None, Some(2)] {
        // two answers, at least one
        choices[2] = wrong;
        let answer = booth.ask(&json!({
            "command": "ballot",
            "election": utf8(&sample.election),
            "credential": sample.codes[0].reveal(),
            "choices": choices,
        }));
        assert_eq!(text(&answer["error"]), "choice");
    }
}

fn may_abstain(question: &Question) -> bool {
    question.has_blank() || question.min == 0
}

/// What a single ballot holds; only a test may open one.
fn opened(
    sample: &Sample<Ed25519>,
    rows: &[Vec<pingyi_ballot::ballot::Ciphertext<Ed25519>>],
) -> Vec<Vec<u64>> {
    let mut tally = EncryptedTally::empty(sample.poll.election());
    tally.add(rows);
    let fingerprint = sample.poll.fingerprint();
    let share = PartialDecryption::make(&sample.keys[&1], fingerprint, &tally, &mut seeded(4));
    let trustees = TrusteeSet::read(&sample.trustees).unwrap();
    let shares = BTreeMap::from([(1, share)]);
    combine(&trustees, &shares, &tally, 1).unwrap().result
}

/// One row of the result per question, for one voter.
fn expected(questions: &[Question], choices: &[Option<usize>]) -> Vec<Vec<u64>> {
    let row = |(question, choice): (&Question, &Option<usize>)| {
        let mut row = vec![0; question.columns()];
        let first = usize::from(question.has_blank());
        match choice {
            Some(answer) => row[first + answer] = 1,
            None if question.has_blank() => row[0] = 1,
            None => {}
        }
        row
    };
    questions.iter().zip(choices).map(row).collect()
}

/// An election whose keys, codes, ballots, sums and shares are all by browsers.
struct Held {
    poll: Poll<Ed25519>,
    election: String,
    trustees: String,
    secrets: Vec<String>,
    codes: Vec<String>,
    credentials: String,
}

fn held(booth: &Booth, voters: usize) -> Held {
    let (list, secrets) = keys(booth, 3);
    let trustees = TrusteeSet::<Ed25519>::read(list.as_bytes()).unwrap();
    let uuid = Uuid::random(&mut seeded(5));
    let made: Vec<_> = (0..voters)
        .map(|_| booth.done(&json!({"command": "credential", "uuid": uuid.as_str()})))
        .collect();
    let public: Vec<Element<Ed25519>> = made
        .iter()
        .map(|own| Element::decode(text(&own["public"])).unwrap())
        .collect();
    let election = Election::new(uuid, "民主评议", trustees.public_key(), questions());
    let election = canonical::to_text(&election);
    Held {
        poll: Poll::read(election.as_bytes()).unwrap(),
        election,
        trustees: list,
        secrets,
        codes: made
            .iter()
            .map(|own| text(&own["private"]).to_owned())
            .collect(),
        credentials: canonical::to_text(&listed(&public)),
    }
}

/// The archive, with shares and a result that Rust puts together.
fn archive(held: &Held, booth: &Booth, ballots: &[SealedBallot]) -> Vec<u8> {
    let mut writer = Writer::create(Vec::new(), 1_795_431_321).unwrap();
    let (election, credentials) = (&held.election, &held.credentials);
    let parts = [election, &held.trustees, credentials].map(String::as_bytes);
    writer.setup(parts[0], parts[1], parts[2]).unwrap();
    for ballot in ballots {
        writer.ballot(&ballot.bytes).unwrap();
    }
    writer.end_ballots().unwrap();
    let (tally, counted) = booth.tally(election, credentials, ballots);
    writer
        .encrypted_tally(tally.as_bytes(), counted, counted)
        .unwrap();
    let mut shares = BTreeMap::new();
    for (secret, owner) in held.secrets.iter().zip(1..) {
        let share = booth.share(election, &tally, secret);
        writer.partial_decryption(owner, share.as_bytes()).unwrap();
        let share: PartialDecryption<Ed25519> =
            canonical::read_canonical(share.as_bytes()).unwrap();
        shares.insert(owner, share);
    }
    let trustees = TrusteeSet::read(held.trustees.as_bytes()).unwrap();
    let tally: EncryptedTally<Ed25519> = canonical::read_canonical(tally.as_bytes()).unwrap();
    let result = combine(&trustees, &shares, &tally, counted).unwrap();
    writer.result(&canonical::to_bytes(&result)).unwrap();
    writer.into_inner()
}

#[test]
fn an_election_held_by_browsers_alone_is_accepted_with_its_result() {
    let Some(booth) = Booth::find() else { return };
    let held = held(&booth, 3);
    let abstain: Vec<Option<usize>> = questions()
        .iter()
        .map(|question| (!may_abstain(question)).then_some(1))
        .collect();
    let first = vec![Some(0); questions().len()];
    // the first voter votes again: only the later ballot counts
    let votes = [(0, &first), (1, &first), (0, &abstain), (2, &abstain)];
    let ballots: Vec<SealedBallot> = votes
        .iter()
        .map(|(voter, choices)| booth.ballot(&held.election, &held.codes[*voter], choices))
        .collect();
    let bytes = archive(&held, &booth, &ballots);
    let report = verify(Cursor::new(bytes), Policy::default(), &mut |_| ()).unwrap();
    assert_eq!(report.verdict(), Verdict::Accepted, "{:?}", report.faults);
    let counted = Checked::Ballots {
        read: 4,
        counted: 3,
    };
    assert!(report.checked.contains(&counted), "{:?}", report.checked);
    let mut sum = expected(&questions(), &first);
    for _ in 0..2 {
        for (row, more) in sum.iter_mut().zip(expected(&questions(), &abstain)) {
            for (number, more) in row.iter_mut().zip(more) {
                *number += more;
            }
        }
    }
    assert_eq!(report.result.unwrap().result, sum);
    assert_eq!(report.summary.unwrap().fingerprint, held.poll.fingerprint());
}
