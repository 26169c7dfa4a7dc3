//! Archives that hold, that stop early, and that were tampered with.

use std::io::Cursor;
use std::path::Path;

use pingyi_ballot::archive::{Entry, EventKind, Owned, Reader, SizedTally, Writer};
use pingyi_ballot::ballot::WrittenBallot;
use pingyi_ballot::group::Ed25519;
use pingyi_ballot::json as canonical;
use serde_json::{Value, json as value};

use crate::{file, fixtures, json, said, text, vectors};

fn entries(bytes: &[u8]) -> Vec<Entry> {
    let mut reader = Reader::open(Cursor::new(bytes)).unwrap();
    std::iter::from_fn(|| reader.next_event().unwrap()).collect()
}

fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap()
}

/// The archive written anew, so that its chain is right, with changed members.
fn rewritten(archive: &[u8], change: impl Fn(usize, &mut Vec<u8>)) -> Vec<u8> {
    let timestamp = Reader::open(Cursor::new(archive))
        .unwrap()
        .header()
        .timestamp;
    let mut out = Writer::create(Vec::new(), timestamp).unwrap();
    for (height, entry) in entries(archive).iter().enumerate() {
        let part = |place: usize| entry.data[place].bytes.as_slice();
        let mut first = entry
            .data
            .first()
            .map_or(Vec::new(), |member| member.bytes.clone());
        change(height, &mut first);
        match entry.event.kind {
            EventKind::Setup => out.setup(&first, part(1), part(2)),
            EventKind::Ballot => out.ballot(&first),
            EventKind::EndBallots => out.end_ballots(),
            EventKind::EncryptedTally => {
                let sized = SizedTally::parse(part(1)).unwrap();
                out.encrypted_tally(&first, sized.num_tallied, sized.total_weight)
            }
            EventKind::PartialDecryption => {
                out.partial_decryption(Owned::parse(part(1)).unwrap().owner, &first)
            }
            EventKind::Result => out.result(&first),
        }
        .unwrap();
    }
    out.into_inner()
}

/// The vectors' archive with another value in its last ballot, one share, or the result.
fn replaced(height: usize, from: &str, to: &str) -> Vec<u8> {
    rewritten(&bytes(&vectors()), |at, member| {
        if at == height {
            let old = text(member);
            let new = old.replacen(from, to, 1);
            assert_ne!(old, new, "{from}");
            *member = new.into_bytes();
        }
    })
}

/// Its events: Setup, 3 ballots, EndBallots, EncryptedTally, 3 shares, Result.
const RESULT: usize = 9;

/// The only fault in JSON, and both pages.
fn only_fault(bytes: &[u8]) -> (Value, String, String) {
    let (_folder, path) = file(bytes);
    let report = json(&path, 1);
    assert_eq!(report["verdict"], "rejected");
    assert_eq!(
        (&report["accepted"], &report["finished"]),
        (&value!(false), &value!(false))
    );
    assert_eq!(report["result"], Value::Null);
    assert_eq!(report["faults"].as_array().unwrap().len(), 1, "{report}");
    let both = said(&path, &[], 1);
    let (chinese, english) = both.split_once("\nVerdict: ").unwrap();
    assert!(
        chinese.starts_with("结论：不通过。发现 1 处问题，请勿采用本次计票结果。\n"),
        "{chinese}"
    );
    assert!(english.starts_with("rejected."), "{english}");
    assert!(
        !both.contains("结果（票数）"),
        "no numbers beside a fault: {both}"
    );
    (
        report["faults"][0].clone(),
        chinese.to_owned(),
        english.to_owned(),
    )
}

#[test]
fn what_the_foreign_tools_made_is_accepted_with_their_result() {
    for path in fixtures() {
        let meta: Value = serde_json::from_slice(&bytes(&path.with_extension("json"))).unwrap();
        let report = json(&path, 0);
        assert_eq!(report["accepted"], true);
        assert_eq!(
            (&report["verdict"], &report["finished"]),
            (&value!("accepted"), &value!(true))
        );
        assert_eq!(report["stage"], "finished");
        assert_eq!(report["result"], meta["result"], "{}", path.display());
        assert_eq!(report["election"]["group"], meta["group"]);
        assert_eq!(report["faults"], value!([]));
        assert_eq!(report["checked"].as_array().unwrap().len(), 6);
        assert_eq!(report["bytes"], bytes(&path).len());
        let page = said(&path, &[], 0);
        assert!(page.starts_with("结论：通过。"), "{page}");
        assert!(page.contains("\nVerdict: accepted."), "{page}");
    }
}

#[test]
fn an_accepted_archive_is_told_like_this() {
    insta::assert_snapshot!(said(&vectors(), &[], 0));
}

#[test]
fn an_accepted_archive_is_told_in_english_like_this() {
    insta::assert_snapshot!(said(&vectors(), &["--english"], 0));
}

#[test]
fn the_json_is_like_this() {
    insta::assert_snapshot!(said(&vectors(), &["--json"], 0));
}

#[test]
fn a_rejected_archive_is_told_like_this() {
    let (_folder, path) = file(&replaced(RESULT, "[[1,0,1]", "[[0,1,1]"));
    insta::assert_snapshot!(said(&path, &[], 1));
}

#[test]
fn the_hash_is_the_one_that_sha256sum_prints() {
    let known = "22a1ec5f49fbc2a10bd5a49783b46012035fcbf94e5a846158833d513419aebc";
    assert_eq!(json(&vectors(), 0)["sha256"], known);
    assert!(said(&vectors(), &[], 0).contains(known));
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let all = said(&vectors(), &["--json"], 0);
    for threads in ["1", "2", "64"] {
        assert_eq!(said(&vectors(), &["--json", "--threads", threads], 0), all);
    }
}

#[test]
fn only_the_verdict_is_told_quietly() {
    let quiet = said(&vectors(), &["--quiet"], 0);
    assert_eq!(
        quiet,
        "结论：通过。选票、汇总和结果全部相符。\n\
         Verdict: accepted. Ballots, tally and result all hold.\n"
    );
    let english = said(&vectors(), &["--quiet", "--english"], 0);
    assert_eq!(english.lines().count(), 1);
}

#[test]
fn every_right_beginning_is_unfinished_with_its_stage() {
    let whole = bytes(&vectors());
    let stages = [
        (0, "voting", "正在投票"),
        (3, "voting", "正在投票"),
        (4, "closed", "已截止"),
        (5, "tallied", "已汇总"),
        (6, "opening", "正在开启"),
        (8, "opening", "正在开启"),
    ];
    let ends: Vec<usize> = entries(&whole)
        .iter()
        .map(|entry| usize::try_from(entry.end).unwrap())
        .collect();
    for (height, stage, chinese) in stages {
        let (_folder, path) = file(&whole[..ends[height]]);
        let report = json(&path, 0);
        assert_eq!(report["accepted"], true);
        assert_eq!(report["verdict"], "not_finished");
        assert_eq!(
            (&report["finished"], &report["stage"]),
            (&value!(false), &value!(stage))
        );
        assert_eq!(report["result"], Value::Null);
        assert_eq!(report["events"], height + 1);
        let page = said(&path, &[], 0);
        assert!(
            page.starts_with(&format!("结论：未完（{chinese}）。")),
            "{page}"
        );
        assert!(page.contains("\nVerdict: not finished ("), "{page}");
        assert!(!page.contains("结果（票数）"), "{page}");
    }
    let (_folder, path) = file(&whole[..1024]);
    assert_eq!(json(&path, 0)["stage"], "empty");
    assert!(said(&path, &[], 0).starts_with("结论：未完（尚未开始）。"));
}

#[test]
fn a_tampered_ballot_is_named_by_the_code_its_voter_knows() {
    let spoilt = rewritten(&bytes(&vectors()), |height, member| {
        if height == 2 {
            let mut ballot: WrittenBallot<Ed25519> = canonical::read(member).unwrap();
            ballot.answers.swap(0, 1);
            *member = canonical::to_bytes(&ballot);
        }
    });
    let tracker = entries(&spoilt)[2].data[0].digest.to_base64();
    let (fault, chinese, english) = only_fault(&spoilt);
    assert_eq!(fault["kind"], "ballot");
    assert_eq!(fault["code"], "ballot.shape");
    assert_eq!(
        (&fault["tracker"], &fault["height"]),
        (&value!(tracker), &value!(2))
    );
    assert_eq!(fault["row"], 1);
    assert!(
        chinese.contains(&format!("选票（查票码 {tracker}，第 3 个事件）")),
        "{chinese}"
    );
    assert!(chinese.contains("第 1 题的栏数与题面不符。"), "{chinese}");
    assert!(chinese.contains("凭查票码与监票人一起查明"), "{chinese}");
    assert!(
        english.contains(&format!("Ballot {tracker}, event 3 (height 2)")),
        "{english}"
    );
    for language in ["zh", "en"] {
        assert!(
            fault[language].as_str().unwrap().contains(&tracker),
            "{fault}"
        );
    }
}

#[test]
fn the_list_of_faulty_ballots_says_that_it_may_not_be_all() {
    let archive = bytes(&vectors());
    let entries = entries(&archive);
    let part = |height: usize, place: usize| entries[height].data[place].bytes.as_slice();
    let mut out = Writer::create(Vec::new(), 1_795_431_321).unwrap();
    out.setup(part(0, 0), part(0, 1), part(0, 2)).unwrap();
    for _ in 0..102 {
        out.ballot(part(1, 0)).unwrap();
    }
    let (_folder, path) = file(&out.into_inner());
    let page = said(&path, &[], 1);
    assert!(
        page.starts_with("结论：不通过。发现至少 100 处问题"),
        "{page}"
    );
    assert!(page.contains("有问题的选票只列出前 100 张。"), "{page}");
    assert!(page.contains("faults found: at least 100."), "{page}");
    assert!(page.contains("与第 2 个事件的选票一字不差"), "{page}");
    assert_eq!(json(&path, 1)["faults"].as_array().unwrap().len(), 100);
}

#[test]
fn a_ballot_of_another_election_is_named() {
    let spoilt = replaced(1, "\"election_uuid\":\"S", "\"election_uuid\":\"T");
    let (fault, chinese, english) = only_fault(&spoilt);
    assert_eq!(fault["code"], "ballot.other_election");
    assert!(chinese.contains("这是另一次投票的选票。"), "{chinese}");
    assert!(
        english.contains("It was made for another election."),
        "{english}"
    );
}

#[test]
fn a_changed_sum_is_named_by_question_and_column() {
    let spoilt = rewritten(&bytes(&vectors()), |height, member| {
        if height == 5 {
            let mut tally: Vec<Vec<Value>> = serde_json::from_slice(member).unwrap();
            tally[1].swap(1, 2);
            *member = canonical::to_bytes(&tally);
        }
    });
    let (fault, chinese, english) = only_fault(&spoilt);
    assert_eq!(fault["code"], "tally.differs");
    assert_eq!((&fault["row"], &fault["column"]), (&value!(2), &value!(2)));
    assert!(
        chinese.contains("汇总（第 6 个事件）\n  第 2 题第 2 栏与选票加起来的不符。"),
        "{chinese}"
    );
    assert!(english.contains("question 2, column 2"), "{english}");
}

#[test]
fn a_wrong_share_is_named_by_its_owner() {
    let spoilt = replaced(7, "\"response\":\"", "\"response\":\"1");
    let owner = Owned::parse(&entries(&spoilt)[7].data[1].bytes)
        .unwrap()
        .owner;
    let (fault, chinese, english) = only_fault(&spoilt);
    assert_eq!(fault["kind"], "share");
    assert_eq!(
        (&fault["owner"], &fault["height"]),
        (&value!(owner), &value!(7))
    );
    assert!(
        chinese.contains(&format!("第 {owner} 号监票人的开启份额（第 8 个事件）")),
        "{chinese}"
    );
    assert!(
        english.contains(&format!("Decryption share of trustee {owner}")),
        "{english}"
    );
}

#[test]
fn a_wrong_result_is_named_with_both_numbers() {
    let (fault, chinese, english) = only_fault(&replaced(RESULT, "[[1,0,1]", "[[2,0,1]"));
    assert_eq!(fault["code"], "result.differs");
    assert_eq!((&fault["row"], &fault["column"]), (&value!(1), &value!(1)));
    assert_eq!(
        (&fault["found"], &fault["expected"]),
        (&value!(2), &value!(1))
    );
    assert!(
        chinese.contains("第 1 题第 1 栏写的是 2 票，开启得到 1 票。"),
        "{chinese}"
    );
    assert!(
        english.contains("It says 2, the tally opens to 1"),
        "{english}"
    );
}

#[test]
fn what_was_not_read_is_not_said_to_be_in_order() {
    let (_, chinese, english) = only_fault(&replaced(7, "\"response\":\"", "\"response\":\"1"));
    assert!(
        chinese.contains("前 8 个事件、46592 字节前后相连，其后没有再查"),
        "{chinese}"
    );
    assert!(
        english.contains("8 events, 46592 bytes; not read further"),
        "{english}"
    );
    assert!(!chinese.contains("档案校验码"), "{chinese}");
}

#[test]
fn a_torn_tail_is_named_by_its_byte() {
    let whole = bytes(&vectors());
    let start = entries(&whole)[RESULT].offset;
    let (fault, chinese, english) = only_fault(&whole[..whole.len() - 1]);
    assert_eq!(fault["code"], "archive.torn");
    assert_eq!(
        (&fault["offset"], &fault["height"]),
        (&value!(start), &value!(8))
    );
    assert!(
        chinese.contains(&format!("文件末尾（从第 {start} 字节起）")),
        "{chinese}"
    );
    assert!(english.contains(&format!("from byte {start}")), "{english}");
}

#[test]
fn a_changed_byte_is_named_by_its_place() {
    let mut spoilt = bytes(&vectors());
    let offset = entries(&spoilt)[3].data[0].offset;
    spoilt[usize::try_from(offset).unwrap() + 600] ^= 1;
    let (fault, chinese, english) = only_fault(&spoilt);
    assert_eq!(fault["code"], "archive.member.hash");
    assert_eq!(fault["offset"], offset);
    assert!(
        chinese.contains(&format!("文件第 {offset} 字节处\n  内容与它的校验码不符。")),
        "{chinese}"
    );
    assert!(
        english.contains(&format!("Member at byte {offset}")),
        "{english}"
    );
}

#[test]
fn numbers_are_not_told_when_something_stands_after_the_result() {
    let mut spoilt = bytes(&vectors());
    spoilt.resize(spoilt.len() + 1024, 0);
    let (fault, _, _) = only_fault(&spoilt);
    assert_eq!(fault["code"], "archive.member.zero_block");
}

#[test]
fn weights_are_refused_unless_allowed() {
    let spoilt = rewritten_credentials(&bytes(&vectors()));
    let (fault, chinese, _) = only_fault(&spoilt);
    assert_eq!(
        (&fault["code"], &fault["entry"]),
        (&value!("credentials.weight"), &value!(2))
    );
    assert!(
        chinese.contains("第 2 项规定一票计多次，本次投票应当一人一票。"),
        "{chinese}"
    );
    // allowed, but then the sums are not those of the weights
    let (_folder, path) = file(&spoilt);
    let allowed = said(&path, &["--allow-weights", "--json"], 1);
    assert!(allowed.contains("tally."), "{allowed}");
}

/// The second credential counts twice.
fn rewritten_credentials(archive: &[u8]) -> Vec<u8> {
    let timestamp = Reader::open(Cursor::new(archive))
        .unwrap()
        .header()
        .timestamp;
    let mut out = Writer::create(Vec::new(), timestamp).unwrap();
    let entries = entries(archive);
    let part = |height: usize, place: usize| entries[height].data[place].bytes.as_slice();
    let mut list: Vec<String> = canonical::read(part(0, 2)).unwrap();
    list[1].push_str(",2");
    let list = canonical::to_bytes(&list);
    out.setup(part(0, 0), part(0, 1), &list).unwrap();
    for height in 1..=3 {
        out.ballot(part(height, 0)).unwrap();
    }
    out.end_ballots().unwrap();
    out.encrypted_tally(part(5, 0), 3, 3).unwrap();
    out.into_inner()
}
