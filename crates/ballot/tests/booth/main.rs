//! Cross tests with the booth core in TypeScript: what one side makes, the other side judges.
//!
//! Needs `node` 18 or newer; `booth/dist/booth-cli.mjs` is committed. Without node each test says
//! SKIPPED on standard error, and fails if `PINGYI_REQUIRE_NODE=1`.

#![expect(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

mod made_in_browser;
mod made_in_rust;
mod tampered;

use std::io::Write;
use std::process::{Command, Stdio};

use pingyi_ballot::ballot::SealedBallot;
use pingyi_ballot::election::Question;
use pingyi_ballot::hash::Fingerprint;
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::{Value, json};

/// Reads one command from standard input.
const PROGRAM: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../booth/dist/booth-cli.mjs"
);
const OLDEST_NODE: u32 = 18;

/// The booth core behind a pipe.
struct Booth;

impl Booth {
    /// Nothing where node is missing.
    fn find() -> Option<Self> {
        let found = node_version().is_some_and(|version| version >= OLDEST_NODE);
        let required = std::env::var("PINGYI_REQUIRE_NODE").is_ok_and(|value| value == "1");
        assert!(found || !required, "node {OLDEST_NODE} or newer is missing");
        if !found {
            eprintln!("SKIPPED: cross test with the booth: no node {OLDEST_NODE} or newer");
        }
        found.then_some(Self)
    }

    /// The answer to one command, whatever it is.
    #[expect(clippy::unused_self, reason = "whoever asks has found node")]
    fn ask(&self, command: &Value) -> Value {
        let mut child = Command::new("node")
            .arg(PROGRAM)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        input.write_all(command.to_string().as_bytes()).unwrap();
        drop(input);
        let output = child.wait_with_output().unwrap();
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// The answer to a command that can be done.
    fn done(&self, command: &Value) -> Value {
        let answer = self.ask(command);
        assert!(answer.get("error").is_none(), "{answer}");
        answer
    }

    /// A ballot by the browser, in its own words.
    fn ballot(&self, election: &str, code: &str, choices: &[Option<usize>]) -> SealedBallot {
        let answer = self.done(&json!({
            "command": "ballot", "election": election, "credential": code, "choices": choices,
        }));
        let bytes = text(&answer["json"]).as_bytes().to_vec();
        let tracker: Fingerprint = text(&answer["tracker"]).parse().unwrap();
        SealedBallot { bytes, tracker }
    }

    /// What the browser says to a ballot.
    fn judge(&self, election: &str, credentials: &str, ballot: &[u8]) -> Value {
        self.done(&json!({
            "command": "verify_ballot",
            "election": election,
            "credentials": credentials,
            "ballot": utf8(ballot),
        }))
    }

    /// The browser's sums, and how many ballots it counted.
    fn tally(&self, election: &str, credentials: &str, ballots: &[SealedBallot]) -> (String, u64) {
        let ballots: Vec<&str> = ballots.iter().map(|own| utf8(&own.bytes)).collect();
        let answer = self.done(&json!({
            "command": "tally",
            "election": election,
            "credentials": credentials,
            "ballots": ballots,
        }));
        let counted = answer["num_tallied"].as_u64().unwrap();
        (text(&answer["json"]).to_owned(), counted)
    }

    /// A share of these sums by the browser.
    fn share(&self, election: &str, tally: &str, secret: &str) -> String {
        let answer = self.done(&json!({
            "command": "decrypt",
            "election": election,
            "encrypted_tally": tally,
            "secret": secret,
        }));
        text(&answer["json"]).to_owned()
    }
}

/// The major number.
fn node_version() -> Option<u32> {
    let output = Command::new("node").arg("--version").output().ok()?;
    let version = String::from_utf8(output.stdout).ok()?;
    let (major, _) = version.strip_prefix('v')?.split_once('.')?;
    major.parse().ok()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn utf8(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).unwrap()
}

fn seeded(seed: u64) -> StdRng {
    StdRng::seed_from_u64(seed)
}

fn question(answers: usize, blank: Option<bool>, min: u32, max: u32) -> Question {
    Question {
        answers: (1..=answers)
            .map(|number| format!("第{number}档"))
            .collect(),
        blank,
        min,
        max,
        question: format!("\"党员\" {answers}/{min}-{max} \\ 评议\n"),
    }
}

/// Every form of question that both sides know.
fn questions() -> Vec<Question> {
    vec![
        question(3, None, 0, 1),
        question(3, Some(true), 1, 1),
        question(2, Some(false), 1, 1),
        question(4, Some(true), 0, 1),
        question(2, None, 0, 2),
        question(3, Some(true), 1, 3),
        question(1, None, 0, 1),
    ]
}
