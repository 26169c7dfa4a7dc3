//! The real program on real archives: exit codes, the named element in Chinese, English and JSON.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up should panic"
)]

mod archives;
mod hostile;
mod unreadable;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// A file of the repository.
fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
}

fn vectors() -> PathBuf {
    repository("crates/ballot/tests/data/vectors-ed25519.bel")
}

/// The six archives made by the foreign tools.
fn fixtures() -> Vec<PathBuf> {
    let folder = repository("tests/oracle/fixtures");
    let entries = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|end| end == "bel"));
    files.sort();
    assert_eq!(files.len(), 6);
    files
}

fn program(file: &Path, flags: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_pingyi-verify"))
        .arg(file)
        .args(flags)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// What it prints, with this exit code and nothing on stderr.
#[track_caller]
fn said(file: &Path, flags: &[&str], code: i32) -> String {
    let output = program(file, flags);
    assert_eq!(text(&output.stderr), "");
    let said = text(&output.stdout);
    assert_eq!(output.status.code(), Some(code), "{said}");
    said
}

#[track_caller]
fn json(file: &Path, code: i32) -> Value {
    let line = said(file, &["--json"], code);
    assert_eq!(line.matches('\n').count(), 1);
    serde_json::from_str(&line).unwrap()
}

/// A file with these bytes.
fn file(bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("election.bel");
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}
