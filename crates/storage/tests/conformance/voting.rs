use pingyi_domain::ballot_box::{BoxState, Slips};
use pingyi_storage::ballot::{self, Ballot, Cast};
use pingyi_storage::ballot_box::{self, BallotBox, BoxId};
use pingyi_storage::ballot_key::{self, BoxKey};
use pingyi_storage::facts::Cache;
use pingyi_storage::slip::{self, HandBack, Return, SlipState};
use pingyi_storage::{Db, StorageError, Tx, audit, backup, check};

use crate::box_seed::{
    BOX, ROOM, ballot, box_id, boxes, cast, credential, open_box, ready, shuffled,
};
use crate::campaign_seed::CAMPAIGN;
use crate::engines::TestDb;
use crate::seed::NOW;

async fn kept(db: &Db) -> Vec<Ballot> {
    let mut tx = db.read().await.unwrap();
    ballot::list(&mut tx, BOX).await.unwrap()
}

pub async fn a_ballot_is_cast_replaced_and_repeated(test: TestDb) {
    open_box(&test.db, 3, ROOM).await;
    let (first, second) = (ballot(1, 1), ballot(1, 2));
    assert_eq!(cast(&test.db, &first).await, Cast::First);
    assert_eq!(kept(&test.db).await, std::slice::from_ref(&first));

    // The voter lost the answer; the caller has drawn another word code meanwhile.
    let mut repeat = first.clone();
    repeat.code = "白云 9".into();
    let code = first.code.clone();
    assert_eq!(cast(&test.db, &repeat).await, Cast::Same { code });
    assert_eq!(kept(&test.db).await, std::slice::from_ref(&first));

    assert_eq!(cast(&test.db, &second).await, Cast::Replaced);
    assert_eq!(kept(&test.db).await, std::slice::from_ref(&second));
    // The same tracker with other bytes is not the same ballot.
    let mut forged = second.clone();
    forged.bytes[0] ^= 1;
    assert_eq!(cast(&test.db, &forged).await, Cast::Replaced);
}

pub async fn a_repeat_is_answered_after_the_close_but_not_after_a_void(test: TestDb) {
    open_box(&test.db, 3, ROOM).await;
    cast(&test.db, &ballot(1, 1)).await;
    let mut tx = test.db.begin().await.unwrap();
    let code = ballot(1, 1).code;
    ballot_box::call_last(&mut tx, BOX).await.unwrap();
    ballot_box::close(&mut tx, BOX, NOW, None).await.unwrap();
    let repeat = ballot::cast(&mut tx, BOX, &ballot(1, 1)).await.unwrap();
    assert_eq!(repeat, Cast::Same { code });
    ballot_box::void(&mut tx, BOX, "断电", NOW).await.unwrap();
    let repeat = ballot::cast(&mut tx, BOX, &ballot(1, 1)).await.unwrap();
    assert_eq!(repeat, Cast::NotNow(BoxState::Voided));
}

pub async fn what_the_box_does_not_take_is_answered(test: TestDb) {
    let mut tx = test.db.begin().await.unwrap();
    boxes(&mut tx, 2).await;
    ready(&mut tx, BOX, 4, ROOM).await;
    let early = ballot::cast(&mut tx, BOX, &ballot(1, 1)).await.unwrap();
    assert_eq!(early, Cast::NotNow(BoxState::Ready));
    let back = slip::hand_back(&mut tx, BOX, &credential(0), Return::Spare).await;
    assert_eq!(back.unwrap(), HandBack::Done);
    ballot_box::open(&mut tx, BOX, NOW).await.unwrap();
    tx.commit().await.unwrap();

    let spare = cast(&test.db, &ballot(0, 1)).await;
    assert_eq!(spare, Cast::SlipBack(SlipState::Spare));
    assert_eq!(cast(&test.db, &ballot(4, 1)).await, Cast::UnknownSlip);
    let mut tx = test.db.begin().await.unwrap();
    for other in [box_id(2), box_id(99)] {
        let foreign = ballot::cast(&mut tx, other, &ballot(2, 1)).await.unwrap();
        assert_eq!(foreign, Cast::UnknownSlip);
    }
}

pub async fn the_last_call_takes_ballots_and_the_close_ends_it(test: TestDb) {
    open_box(&test.db, 3, ROOM).await;
    let mut tx = test.db.begin().await.unwrap();
    ballot_box::call_last(&mut tx, BOX).await.unwrap();
    let late = ballot::cast(&mut tx, BOX, &ballot(2, 1)).await.unwrap();
    assert_eq!(late, Cast::First);
    ballot_box::close(&mut tx, BOX, NOW, None).await.unwrap();
    let late = ballot::cast(&mut tx, BOX, &ballot(2, 2)).await.unwrap();
    assert_eq!(late, Cast::NotNow(BoxState::Closed));
    let kept = ballot::get(&mut tx, BOX, &credential(2)).await.unwrap();
    assert_eq!(kept, Some(ballot(2, 1)));
}

pub async fn a_ballot_has_a_size_and_a_word_code_of_its_own(test: TestDb) {
    open_box(&test.db, 4, ROOM).await;
    let mut large = ballot(1, 1);
    large.bytes.resize(20_001, 0);
    assert_eq!(cast(&test.db, &large).await, Cast::TooLarge);
    large.bytes.truncate(20_000);
    assert_eq!(cast(&test.db, &large).await, Cast::First);
    let mut namesake = ballot(2, 1);
    namesake.code.clone_from(&large.code);
    assert_eq!(cast(&test.db, &namesake).await, Cast::CodeTaken);
    // One's own code may come again.
    let mut changed = ballot(1, 2);
    changed.code.clone_from(&large.code);
    assert_eq!(cast(&test.db, &changed).await, Cast::Replaced);
    let mut wordy = ballot(3, 1);
    wordy.code = "长".repeat(20);
    let mut tx = test.db.begin().await.unwrap();
    let refused = ballot::cast(&mut tx, BOX, &wordy).await;
    assert!(matches!(refused, Err(StorageError::BadValue { .. })));
}

pub async fn a_slip_comes_back_unless_it_was_used(test: TestDb) {
    open_box(&test.db, 6, ROOM).await;
    cast(&test.db, &ballot(0, 1)).await;
    let mut tx = test.db.begin().await.unwrap();
    for (slip, how, outcome) in [
        (0, Return::HandedBack, HandBack::AlreadyCast),
        (1, Return::HandedBack, HandBack::Done),
        (2, Return::Spare, HandBack::Done),
        (3, Return::Spare, HandBack::Done),
        (3, Return::HandedBack, HandBack::Already(SlipState::Spare)),
        (6, Return::Spare, HandBack::Unknown),
    ] {
        let done = slip::hand_back(&mut tx, BOX, &credential(slip), how).await;
        assert_eq!(done.unwrap(), outcome, "slip {slip}");
    }
    let expected = Slips {
        made: 6,
        spare: 2,
        handed_back: 1,
        cast: 1,
    };
    assert_eq!(slip::count(&mut tx, BOX).await.unwrap(), expected);
    let states = [
        (0, Some(SlipState::Out)),
        (1, Some(SlipState::HandedBack)),
        (2, Some(SlipState::Spare)),
        (6, None),
    ];
    for (number, state) in states {
        let found = slip::get(&mut tx, BOX, &credential(number)).await.unwrap();
        assert_eq!(found, state);
    }
    ballot_box::call_last(&mut tx, BOX).await.unwrap();
    ballot_box::close(&mut tx, BOX, NOW, Some((2, "遗失")))
        .await
        .unwrap();
    let late = slip::hand_back(&mut tx, BOX, &credential(4), Return::Spare).await;
    assert_eq!(late.unwrap(), HandBack::NotNow(BoxState::Closed));
}

pub async fn a_room_of_150_votes(test: TestDb) {
    open_box(&test.db, 150, ROOM).await;
    for n in shuffled(150, 1) {
        assert_eq!(cast(&test.db, &ballot(n, 1)).await, Cast::First);
    }
    let mut tx = test.db.read().await.unwrap();
    let slips = slip::count(&mut tx, BOX).await.unwrap();
    assert_eq!((slips.made, slips.cast, slips.out()), (150, 150, Ok(0)));
    let mut codes: Vec<String> = (0..150).map(|n| ballot(n, 1).code).collect();
    codes.sort_unstable();
    assert_eq!(ballot::codes(&mut tx, BOX).await.unwrap(), codes);
    let mut ballots: Vec<Ballot> = (0..150).map(|n| ballot(n, 1)).collect();
    ballots.sort_unstable_by(|a, b| a.credential.cmp(&b.credential));
    assert_eq!(ballot::list(&mut tx, BOX).await.unwrap(), ballots);
}

pub async fn of_two_ballots_at_once_the_later_counts(test: TestDb) {
    open_box(&test.db, 10, ROOM).await;
    // A second process: it does not share the first one's queue of writers.
    let other = Db::open(&test.url).await.unwrap();
    for slip in 0..10 {
        let (one, two) = (ballot(slip, 1), ballot(slip, 2));
        let (first, second) = tokio::join!(cast(&test.db, &one), cast(&other, &two));
        let later = match (&first, &second) {
            (Cast::First, Cast::Replaced) => two,
            (Cast::Replaced, Cast::First) => one,
            both => panic!("{both:?}"),
        };
        let mut tx = test.db.read().await.unwrap();
        let kept = ballot::get(&mut tx, BOX, &later.credential).await.unwrap();
        assert_eq!(kept, Some(later));
    }
}

pub async fn no_ballot_comes_in_after_the_close(test: TestDb) {
    const BOXES: u32 = 25;
    let mut tx = test.db.begin().await.unwrap();
    boxes(&mut tx, BOXES).await;
    for n in 1..=BOXES {
        ready(&mut tx, box_id(n), 4, ROOM).await;
        ballot_box::open(&mut tx, box_id(n), NOW).await.unwrap();
        ballot_box::call_last(&mut tx, box_id(n)).await.unwrap();
    }
    tx.commit().await.unwrap();
    let other = Db::open(&test.url).await.unwrap();
    for n in 1..=BOXES {
        let id = box_id(n);
        let mut casting = Vec::new();
        for slip in 0..4 {
            // From both processes, so that the close comes somewhere in between.
            let db = if slip % 2 == 0 { &test.db } else { &other }.clone();
            casting.push(tokio::spawn(cast_in(db, id, slip)));
        }
        let at_close = tokio::spawn(close(other.clone(), id)).await.unwrap();
        let mut taken = 0;
        for task in casting {
            match task.await.unwrap() {
                Cast::First => taken += 1,
                outcome => assert_eq!(outcome, Cast::NotNow(BoxState::Closed)),
            }
        }
        let mut tx = test.db.read().await.unwrap();
        let after = ballot::count(&mut tx, id).await.unwrap();
        // Whoever was told that the ballot is in was in when the box was closed.
        assert_eq!((after, taken), (at_close, at_close));
    }
}

async fn cast_in(db: Db, id: BoxId, slip: u32) -> Cast {
    let mut tx = db.begin().await.unwrap();
    let outcome = ballot::cast(&mut tx, id, &ballot(slip, 1)).await.unwrap();
    tokio::task::yield_now().await;
    tx.commit().await.unwrap();
    outcome
}

async fn close(db: Db, id: BoxId) -> u32 {
    let mut tx = db.begin().await.unwrap();
    let count = ballot::count(&mut tx, id).await.unwrap();
    tokio::task::yield_now().await;
    ballot_box::close(&mut tx, id, NOW, None).await.unwrap();
    tx.commit().await.unwrap();
    count
}

/// Everything in the box.
async fn all_of(tx: &mut Tx) -> (BallotBox, Vec<BoxKey>, Slips, Vec<Ballot>) {
    (
        ballot_box::get(tx, BOX).await.unwrap().unwrap(),
        ballot_key::list(tx, BOX).await.unwrap(),
        slip::count(tx, BOX).await.unwrap(),
        ballot::list(tx, BOX).await.unwrap(),
    )
}

pub async fn a_void_keeps_everything(test: TestDb) {
    open_box(&test.db, 3, ROOM).await;
    cast(&test.db, &ballot(0, 1)).await;
    let mut tx = test.db.begin().await.unwrap();
    slip::hand_back(&mut tx, BOX, &credential(1), Return::HandedBack)
        .await
        .unwrap();
    let mut expected = all_of(&mut tx).await;
    assert_eq!(expected.3, [ballot(0, 1)]);
    expected.0.state = BoxState::Voided;
    expected.0.void_reason = Some("投影故障".into());
    expected.0.voided_at = Some(NOW);
    ballot_box::void(&mut tx, BOX, "投影故障", NOW)
        .await
        .unwrap();
    assert_eq!(all_of(&mut tx).await, expected);
    let late = ballot::cast(&mut tx, BOX, &ballot(2, 1)).await.unwrap();
    assert_eq!(late, Cast::NotNow(BoxState::Voided));
    let again = ballot_box::void(&mut tx, BOX, "再次", NOW).await;
    assert!(matches!(again, Err(StorageError::Stale)));
}

pub async fn casting_leaves_the_log_and_the_kept_ledger_alone(test: TestDb) {
    open_box(&test.db, 3, ROOM).await;
    let cache = Cache::default();
    let mut tx = test.db.read().await.unwrap();
    let ledger = cache.load(&mut tx, CAMPAIGN).await.unwrap();
    let head = audit::head(&mut tx).await.unwrap();
    drop(tx);
    cast(&test.db, &ballot(0, 1)).await;
    cast(&test.db, &ballot(0, 2)).await;
    let mut tx = test.db.read().await.unwrap();
    assert_eq!(audit::head(&mut tx).await.unwrap(), head);
    let all = audit::Filter::default();
    assert_eq!(audit::count(&mut tx, &all).await.unwrap(), head.seq);
    let again = cache.load(&mut tx, CAMPAIGN).await.unwrap();
    assert!(std::sync::Arc::ptr_eq(&ledger, &again));
}

pub async fn a_backup_in_mid_vote_opens_like_the_original(test: TestDb) {
    open_box(&test.db, 5, ROOM).await;
    cast(&test.db, &ballot(3, 1)).await;
    cast(&test.db, &ballot(1, 1)).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mid-vote.db");
    let copied = backup::to_file(&test.db, &path).await;
    if test.url.starts_with("postgres") {
        assert!(matches!(copied, Err(StorageError::UsePgDump)));
        return;
    }
    copied.unwrap();
    cast(&test.db, &ballot(2, 1)).await;

    let copy = Db::open(&format!("sqlite:{}", path.display()))
        .await
        .unwrap();
    assert!(check::check(&copy).await.unwrap().healthy());
    assert_eq!(kept(&copy).await.len(), 2);
    // Voting goes on in the copy.
    assert_eq!(cast(&copy, &ballot(1, 2)).await, Cast::Replaced);
    assert_eq!(cast(&copy, &ballot(4, 1)).await, Cast::First);
    assert_eq!(kept(&copy).await.len(), 3);
}
