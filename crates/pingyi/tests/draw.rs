//! `pingyi draw`: the same list and seed give the same sample, here and in the script that
//! shares no code with us.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up should panic"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(name)
}

fn draw(list: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_pingyi"))
        .args(["draw", "--list"])
        .arg(list)
        .args(more)
        .output()
        .unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn without_a_seed_only_the_hash_is_said() {
    let said = draw(&root("fixtures/draw-list.txt"), &[]);
    assert_eq!(said.status.code(), Some(0));
    assert!(out(&said).contains("名单校验码：103a9167cb321ae6"));
    assert!(!out(&said).contains("抽中"));
}

#[test]
fn the_sample_follows_the_seed() {
    let said = draw(&root("fixtures/draw-list.txt"), &["--seed", "4 6 1 3"]);
    assert_eq!(said.status.code(), Some(0));
    assert!(out(&said).contains("种子：4613"));
    assert!(out(&said).contains("抽中 2 个党支部"));
    assert!(!out(&said).contains("机关党支部\t"), "checked recently");
}

#[test]
fn a_bad_list_is_refused_with_its_line_and_exit_code_1() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("名单.txt");
    std::fs::write(&list, "甲局\t一支部\t1\t0\n甲局\t二支部\t0\t0\n").unwrap();
    let said = draw(&list, &["--seed", "1"]);
    assert_eq!(said.status.code(), Some(1));
    assert!(
        out(&said).contains("名单第 2 行的权数不对"),
        "{}",
        out(&said)
    );
    let missing = draw(&folder.path().join("没有.txt"), &[]);
    assert_eq!(missing.status.code(), Some(1));
}

#[test]
fn another_share_than_the_lists_own_is_refused() {
    let said = draw(&root("fixtures/draw-list.txt"), &["--share", "1/2"]);
    assert_eq!(said.status.code(), Some(1));
    assert!(out(&said).contains("名单第一行已写明比例 1/5"));
}

#[test]
fn the_independent_script_draws_the_same() {
    let list = root("fixtures/draw-list.txt");
    for seed in ["4613", "1", "２ 2", "骰子三点"] {
        let script = Command::new("python3")
            .arg(root("scripts/draw.py"))
            .arg(&list)
            .arg(seed)
            .output();
        // Without Python there is nothing to compare with; CI has it.
        let Ok(script) = script else { return };
        let script = String::from_utf8(script.stdout).unwrap();
        let ours = out(&draw(&list, &["--seed", seed]));
        let mut lines = script.lines();
        assert!(ours.contains(lines.next().unwrap()), "{script}{ours}");
        let theirs: Vec<&str> = lines.collect();
        let drawn: Vec<&str> = ours
            .lines()
            .skip_while(|line| !line.starts_with("抽中"))
            .skip(1)
            .map(|line| line.rsplit_once('\t').unwrap().0)
            .collect();
        assert_eq!(drawn, theirs, "{seed}");
        assert!(!drawn.is_empty());
    }
}
