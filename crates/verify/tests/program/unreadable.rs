//! What is no archive, and arguments that are none: exit code 2 and one piece of advice.

use std::path::Path;
use std::process::Command;

use crate::{file, json, said, text, vectors};

/// Exit code 2 in all forms of output, this code, and these words.
#[track_caller]
fn refused(path: &Path, code: &str, chinese: &str, english: &str) {
    let report = json(path, 2);
    assert_eq!(report["verdict"], "unreadable");
    assert_eq!(report["accepted"], false);
    assert_eq!(report["faults"][0]["code"], code, "{report}");
    assert!(report["result"].is_null() && report["sha256"].is_null());
    let page = said(path, &[], 2);
    assert!(page.starts_with("结论：无法检查“"), "{page}");
    assert!(page.contains(chinese) && page.contains(english), "{page}");
    assert_eq!(said(path, &["--english"], 2).lines().count(), 2);
}

#[test]
fn a_missing_file_is_said_to_be_missing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("missing.bel");
    refused(
        &path,
        "file.missing",
        "没有这个文件；请检查路径",
        "Opening it failed",
    );
    let below = vectors().join("below.bel");
    refused(
        &below,
        "file.unreadable",
        "路径中有一段是文件",
        "Opening it failed",
    );
}

#[test]
fn a_folder_is_said_to_be_one() {
    let folder = tempfile::tempdir().unwrap();
    refused(
        folder.path(),
        "file.folder",
        "这是一个文件夹",
        "It is a folder",
    );
}

#[test]
fn a_device_or_pipe_is_not_waited_for() {
    refused(
        Path::new("/dev/null"),
        "file.not_a_file",
        "这不是普通文件",
        "no regular file",
    );
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    let made = Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    refused(
        &pipe,
        "file.not_a_file",
        "这不是普通文件",
        "no regular file",
    );
}

#[test]
fn an_empty_file_is_said_to_be_empty() {
    let (_folder, path) = file(b"");
    refused(&path, "file.empty", "文件是空的", "The file is empty");
}

#[test]
fn other_kinds_of_files_are_no_archives() {
    let (_folder, path) = file(b"PK\x03\x04");
    refused(
        &path,
        "file.cut",
        "文件太短",
        "ends inside its first member",
    );
    let (_folder, path) = file(&[b'x'; 5000]);
    refused(
        &path,
        "file.other_kind",
        "不是可以检查的投票档案",
        "First member",
    );
    let (_folder, path) = file(&[0; 5000]);
    refused(&path, "file.other_kind", "文件开头不对", "First member");
}

#[test]
fn a_number_as_timestamp_is_named() {
    let mut bytes = std::fs::read(vectors()).unwrap();
    let from = br#""timestamp":"1795431321""#;
    let at = bytes
        .windows(from.len())
        .position(|part| part == from)
        .unwrap();
    // a letter in the time: same length, so only the JSON is wrong
    bytes[at + 13] = b'x';
    let (_folder, path) = file(&bytes);
    let report = json(&path, 2);
    let code = report["faults"][0]["code"].as_str().unwrap();
    assert!(code.starts_with("file.header."), "{report}");
}

#[test]
fn a_file_that_may_not_be_read_is_said_so() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_folder, path) = file(b"x");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o0)).unwrap();
    if std::fs::read(&path).is_ok() {
        // the administrator may read everything, so there is nothing to see here
        return;
    }
    refused(&path, "file.forbidden", "没有权限", "Opening it failed");
}

#[test]
fn wrong_arguments_are_one_sentence_in_each_language() {
    let cases: [(&[&str], &str); 5] = [
        (&[], "缺少要检查的文件"),
        (&["a.bel", "b.bel"], "不认识参数“b.bel”"),
        (&["a.bel", "--fast"], "不认识参数“--fast”"),
        (&["a.bel", "--threads", "0"], "的内容“0”不对"),
        (&["a.bel", "--json", "--json"], "重复"),
    ];
    for (arguments, part) in cases {
        let output = Command::new(env!("CARGO_BIN_EXE_pingyi-verify"))
            .args(arguments)
            .output()
            .unwrap();
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(part), "{said}");
        assert_eq!(said.lines().count(), 2, "{said}");
        assert_eq!(output.stdout, b"");
    }
}

#[test]
fn help_and_version_are_no_failures() {
    for flag in ["--help", "--version"] {
        let output = Command::new(env!("CARGO_BIN_EXE_pingyi-verify"))
            .arg(flag)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert!(!output.stdout.is_empty() && output.stderr.is_empty());
    }
}

#[test]
fn a_reader_that_went_away_changes_nothing() {
    let script = format!(
        "{{ '{}' '{}'; echo $? >&2; }} | true",
        env!("CARGO_BIN_EXE_pingyi-verify"),
        vectors().display()
    );
    let output = Command::new("sh").args(["-c", &script]).output().unwrap();
    assert_eq!(text(&output.stderr).trim(), "0");
}

#[test]
fn a_full_disk_is_said_and_is_no_success() {
    let script = format!(
        "'{}' '{}' > /dev/full",
        env!("CARGO_BIN_EXE_pingyi-verify"),
        vectors().display()
    );
    let output = Command::new("sh").args(["-c", &script]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("检查结果没能写出（磁盘已满）"));
}
