//! The same findings as one JSON object, for scripts; README.md describes every field.

use pingyi_ballot::archive::Stage;
use pingyi_ballot::election::Question;
use pingyi_ballot::hash::Digest;
use pingyi_ballot::verify::{Checked as Held, Summary, Verdict};
use serde::Serialize;

use crate::abstained::{abstained, counted};
use crate::clean::is_hostile;
use crate::code::{self, Element};
use crate::examine::{Checked, Examined, NoArchive};
use crate::text::{self, Language};

#[derive(Debug, Serialize)]
struct Answer<'a> {
    accepted: bool,
    verdict: &'static str,
    finished: bool,
    stage: Option<&'static str>,
    election: Option<Election<'a>>,
    timestamp: Option<u64>,
    events: Option<u64>,
    bytes: Option<u64>,
    head: Option<String>,
    sha256: Option<&'a str>,
    checked: Vec<Holds>,
    faults: Vec<Failing>,
    result: Option<&'a [Vec<u64>]>,
    abstained: Option<Vec<Option<u64>>>,
}

#[derive(Debug, Serialize)]
struct Election<'a> {
    name: &'a str,
    uuid: &'a str,
    fingerprint: String,
    group: &'static str,
    questions: &'a [Question],
}

#[derive(Debug, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
enum Holds {
    Trustees { owners: u32 },
    Credentials { count: usize },
    Ballots { read: u64, counted: u64 },
    Tally,
    Shares { count: u32 },
    Result,
}

#[derive(Debug, Serialize)]
struct Failing {
    #[serde(flatten)]
    element: Element,
    zh: String,
    en: String,
}

/// One line.
pub fn text(examined: &Examined) -> String {
    let answer = match examined {
        Examined::Checked(checked) => of_checked(checked),
        Examined::Not(reason) => of_nothing(reason),
    };
    // plain data always has a JSON form
    let json = serde_json::to_string(&answer).unwrap_or_default();
    let mut line = escaped(&json);
    line.push('\n');
    line
}

fn of_checked(checked: &Checked) -> Answer<'_> {
    let report = &checked.report;
    let verdict = report.verdict();
    Answer {
        accepted: verdict != Verdict::Rejected,
        verdict: match verdict {
            Verdict::Accepted => "accepted",
            Verdict::NotFinished => "not_finished",
            Verdict::Rejected => "rejected",
        },
        finished: verdict == Verdict::Accepted,
        stage: Some(stage(report.stage)),
        election: report.summary.as_ref().map(election),
        timestamp: Some(report.timestamp),
        events: Some(report.events),
        bytes: Some(checked.bytes),
        head: report.head.map(Digest::to_hex),
        sha256: Some(&checked.sha256),
        checked: report.checked.iter().map(holds).collect(),
        faults: report.faults.iter().map(failing).collect(),
        result: result(checked),
        abstained: all_abstained(checked),
    }
}

fn of_nothing(reason: &NoArchive) -> Answer<'static> {
    Answer {
        accepted: false,
        verdict: "unreadable",
        finished: false,
        stage: None,
        election: None,
        timestamp: None,
        events: None,
        bytes: None,
        head: None,
        sha256: None,
        checked: Vec::new(),
        faults: vec![Failing {
            element: code::of_no_archive(reason),
            zh: text::no_archive(reason, Language::Chinese),
            en: text::no_archive(reason, Language::English),
        }],
        result: None,
        abstained: None,
    }
}

const fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Empty => "empty",
        Stage::Setup => "voting",
        Stage::Closed => "closed",
        Stage::Tallied => "tallied",
        Stage::Decrypting => "opening",
        Stage::Finished => "finished",
    }
}

fn election(summary: &Summary) -> Election<'_> {
    Election {
        name: &summary.name,
        uuid: &summary.uuid,
        fingerprint: summary.fingerprint.to_string(),
        group: summary.group,
        questions: &summary.questions,
    }
}

const fn holds(held: &Held) -> Holds {
    match *held {
        Held::Trustees { owners } => Holds::Trustees { owners },
        Held::Credentials { count } => Holds::Credentials { count },
        Held::Ballots { read, counted } => Holds::Ballots { read, counted },
        Held::Tally => Holds::Tally,
        Held::Shares { count } => Holds::Shares { count },
        Held::Result => Holds::Result,
    }
}

fn failing(fault: &pingyi_ballot::verify::Fault) -> Failing {
    Failing {
        element: code::of(fault),
        zh: text::fault(fault, Language::Chinese).in_one(Language::Chinese),
        en: text::fault(fault, Language::English).in_one(Language::English),
    }
}

/// Only of an archive that holds: nobody should find numbers beside a fault.
fn result(checked: &Checked) -> Option<&[Vec<u64>]> {
    let report = &checked.report;
    let result = report.result.as_ref()?;
    (report.verdict() == Verdict::Accepted).then_some(&result.result)
}

fn all_abstained(checked: &Checked) -> Option<Vec<Option<u64>>> {
    let questions = &checked.report.summary.as_ref()?.questions;
    let rows = questions.iter().zip(result(checked)?);
    let counted = counted(&checked.report);
    let of_row = |(question, row): (&Question, &Vec<u64>)| {
        abstained(question, row, counted, checked.weights)
    };
    Some(rows.map(of_row).collect())
}

/// JSON may be looked at in a terminal: what could fool one is written as `\uXXXX`. Such
/// characters can stand inside JSON texts only.
fn escaped(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if is_hostile(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                text.push_str("\\u");
                text.push_str(&hex::encode(unit.to_be_bytes()));
            }
        } else {
            text.push(c);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_json_says_the_same() {
        let hostile = "a\u{7f}\u{9b}\u{202e}\u{e0041}评\u{1b}";
        let json = serde_json::to_string(hostile).unwrap();
        let safe = escaped(&json);
        assert!(!safe.chars().any(is_hostile), "{safe}");
        assert_eq!(serde_json::from_str::<String>(&safe).unwrap(), hostile);
    }
}
