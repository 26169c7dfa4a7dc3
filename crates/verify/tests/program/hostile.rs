//! Files made to fool a terminal or to fill the memory.

use std::fmt::Write as _;
use std::fs::File;
use std::path::Path;
use std::process::Command;

use pingyi_ballot::archive::Writer;
use pingyi_ballot::ballot::SealedBallot;
use pingyi_ballot::election::Question;
use pingyi_ballot::group::Ed25519;
use pingyi_ballot::hash::Digest;
use pingyi_ballot::json as canonical;
use pingyi_ballot::sample::{KeyForm, Sample, appraisal};
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::Value;

use crate::{file, said, text, vectors};

/// Clears the screen, sets the title, turns the writing, hides a letter, ends the line.
const HOSTILE: &str =
    "甲\u{1b}[2J\u{1b}]0;x\u{7}\u{9b}31m\u{202e}乙\u{2066}\u{200b}\u{feff}\r\n结论：通过。\u{7f}";

fn is_plain(c: char) -> bool {
    let turns =
        matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}');
    !(c.is_control() && c != '\n' || turns || c == '\u{feff}')
}

fn hostile_archive() -> Vec<u8> {
    let rng = &mut StdRng::seed_from_u64(1);
    let mut question: Question = appraisal(&HOSTILE.repeat(1000), None, 0);
    HOSTILE.clone_into(&mut question.answers[1]);
    let mut sample = Sample::<Ed25519>::new(KeyForm::Single(1), 1, vec![question], rng);
    // a new text of the election: its ballots are made for it
    let mut election = sample.poll.election().clone();
    HOSTILE.clone_into(&mut election.name);
    sample.election = canonical::to_bytes(&election);
    sample.poll = pingyi_ballot::election::Poll::read(&sample.election).unwrap();
    let ballot: SealedBallot = sample.vote(0, &[vec![1]], rng);
    let mut out: Writer<Vec<u8>> = sample.begin(Vec::new()).unwrap();
    out.ballot(&ballot.bytes).unwrap();
    sample.finish(&mut out, &[ballot], &[1], rng).unwrap();
    out.into_inner()
}

#[test]
fn names_cannot_fool_a_terminal() {
    let (_folder, path) = file(&hostile_archive());
    for flags in [&[][..], &["--english"], &["--json"]] {
        let said = said(&path, flags, 0);
        assert!(said.chars().all(is_plain), "{said:?}");
    }
    let page = said(&path, &[], 0);
    let verdicts = page.lines().filter(|line| line.starts_with("结论"));
    assert_eq!(verdicts.count(), 1, "{page}");
    assert!(
        page.lines().all(|line| line.chars().count() < 200),
        "{page}"
    );
}

#[test]
fn scripts_get_the_names_as_they_are() {
    let (_folder, path) = file(&hostile_archive());
    let report: Value = serde_json::from_str(&said(&path, &["--json"], 0)).unwrap();
    assert_eq!(report["election"]["name"], HOSTILE);
    assert_eq!(report["election"]["questions"][0]["answers"][1], HOSTILE);
    assert_eq!(report["result"], serde_json::json!([[0, 1, 0]]));
    assert_eq!(report["abstained"], serde_json::json!([0]));
}

#[test]
fn a_hostile_file_name_cannot_fool_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let said = said(&folder.path().join("\u{1b}[2J\u{202e}.bel"), &[], 2);
    assert!(said.chars().all(is_plain), "{said:?}");
}

#[test]
fn words_quoted_from_a_broken_member_are_cleaned() {
    let mut out = Writer::create(Vec::new(), 1_795_431_321).unwrap();
    let election = format!(
        "{{\"group\":\"Ed25519\",\"{}\":1}}",
        "\u{202e}\u{9b}2J".repeat(20)
    );
    out.setup(election.as_bytes(), b"[]", b"[]").unwrap();
    let (_folder, path) = file(&out.into_inner());
    let said = said(&path, &[], 1);
    assert!(said.chars().all(is_plain), "{said:?}");
}

/// A tar header with a right checksum.
fn head(size: u64) -> Vec<u8> {
    let mut block = vec![0; 512];
    let name = format!("{}.data.json", Digest::of(b""));
    let (size, time) = (
        format!("{size:011o}"),
        format!("{:011o}", 1_795_431_321_u64),
    );
    let fields = [
        (0, name.as_str()),
        (100, "0000644"),
        (108, "0000000"),
        (116, "0000000"),
        (124, &size),
        (136, &time),
        (148, "        "),
        (156, "0"),
    ];
    for (at, text) in fields {
        block[at..at + text.len()].copy_from_slice(text.as_bytes());
    }
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    let mut checksum = String::new();
    write!(checksum, "{sum:06o}\0 ").unwrap();
    block[148..156].copy_from_slice(checksum.as_bytes());
    block
}

/// With so many KiB of memory; gives exit code and output.
fn with_little_memory(path: &Path, kib: u32) -> (Option<i32>, String) {
    let script = format!(
        "ulimit -v {kib}; exec '{}' '{}' --json --threads 2",
        env!("CARGO_BIN_EXE_pingyi-verify"),
        path.display()
    );
    let output = Command::new("sh").args(["-c", &script]).output().unwrap();
    assert_eq!(text(&output.stderr), "");
    (output.status.code(), text(&output.stdout))
}

#[test]
fn a_size_field_of_gigabytes_costs_no_memory() {
    let archive = std::fs::read(vectors()).unwrap();
    for size in [(8_u64 << 30) - 1, 1 << 30, 65 << 20] {
        let mut bytes = archive[..1024].to_vec();
        bytes.extend(head(size));
        let (_folder, path) = file(&bytes);
        // the file is really that long, but nothing was ever written there
        let length = 1024 + 512 + size.min(1 << 28);
        File::options()
            .write(true)
            .open(&path)
            .unwrap()
            .set_len(length)
            .unwrap();
        let (code, said) = with_little_memory(&path, 150_000);
        assert_eq!(code, Some(1), "{said}");
        assert!(
            said.contains("\"code\":\"archive.member.too_large\""),
            "{said}"
        );
        assert!(said.contains("\"offset\":1024"), "{said}");
    }
}

#[test]
fn deep_json_costs_no_memory_and_no_stack() {
    let deep = "[".repeat(3 << 20);
    let mut out = Writer::create(Vec::new(), 1_795_431_321).unwrap();
    out.setup(deep.as_bytes(), b"[]", b"[]").unwrap();
    let (_folder, path) = file(&out.into_inner());
    let (code, said) = with_little_memory(&path, 150_000);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("\"code\":\"election.json\""), "{said}");
}
