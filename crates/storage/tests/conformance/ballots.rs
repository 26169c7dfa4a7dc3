use pingyi_domain::ballot_box::BoxState;
use pingyi_domain::time::UnixTime;
use pingyi_storage::ballot_archive::{self, Kept};
use pingyi_storage::ballot_box::{self, BallotBox};
use pingyi_storage::ballot_check::{BoxFault, BoxFinding};
use pingyi_storage::ballot_key::{self, BoxKey, Once};
use pingyi_storage::{StorageError, Tx, check, slip};

use crate::box_seed::{self, BOX, ballot, box_id, boxes, cast, open_box, ready, scrutineers};
use crate::campaign_seed::round_id;
use crate::engines::TestDb;
use crate::seed::NOW;

async fn begun(test: &TestDb) -> Tx {
    let mut tx = test.db.begin().await.unwrap();
    boxes(&mut tx, 1).await;
    tx
}

async fn get(tx: &mut Tx) -> BallotBox {
    ballot_box::get(tx, BOX).await.unwrap().unwrap()
}

pub async fn a_box_round_trips_step_by_step(test: TestDb) {
    let mut tx = begun(&test).await;
    let mut expected = BallotBox {
        id: BOX,
        round_id: box_seed::first_round(),
        state: BoxState::Keys,
        uuid: format!("uuid{BOX}"),
        projector_hash: format!("projector{BOX}"),
        server_key: "sealed".into(),
        election: None,
        trustees: None,
        credentials: None,
        made: None,
        room: None,
        missing: None,
        missing_reason: None,
        opened_at: None,
        closed_at: None,
        void_reason: None,
        voided_at: None,
        paper: None,
        paper_collected: None,
        sums: None,
        tested: 0,
        test: None,
    };
    assert_eq!(get(&mut tx).await, expected);
    ready(&mut tx, BOX, 3, 500).await;
    expected.state = BoxState::Ready;
    expected.election = Some("{election}".into());
    expected.trustees = Some("[trustees]".into());
    expected.credentials = Some("[credentials]".into());
    (expected.made, expected.room) = (Some(3), Some(500));
    assert_eq!(get(&mut tx).await, expected);

    ballot_box::open(&mut tx, BOX, NOW).await.unwrap();
    ballot_box::call_last(&mut tx, BOX).await.unwrap();
    ballot_box::resume(&mut tx, BOX).await.unwrap();
    assert_eq!(get(&mut tx).await.state, BoxState::Open);
    ballot_box::call_last(&mut tx, BOX).await.unwrap();
    let end = UnixTime(NOW.0 + 600);
    ballot_box::close(&mut tx, BOX, end, Some((2, "票条遗失")))
        .await
        .unwrap();
    expected.state = BoxState::Closed;
    (expected.opened_at, expected.closed_at) = (Some(NOW), Some(end));
    (expected.missing, expected.missing_reason) = (Some(2), Some("票条遗失".into()));
    assert_eq!(get(&mut tx).await, expected);
    ballot_box::count(&mut tx, BOX).await.unwrap();
    expected.state = BoxState::Counted;
    assert_eq!(get(&mut tx).await, expected);
}

#[expect(clippy::cognitive_complexity, reason = "one story told step by step")]
pub async fn sheets_and_sums_are_kept_each_at_its_time(test: TestDb) {
    let mut tx = begun(&test).await;
    ready(&mut tx, BOX, 3, 500).await;
    let stale = |done: pingyi_storage::Result<()>| matches!(done, Err(StorageError::Stale));
    assert!(stale(ballot_box::set_paper(&mut tx, BOX, 2).await));
    ballot_box::open(&mut tx, BOX, NOW).await.unwrap();
    assert!(stale(
        ballot_box::set_paper_collected(&mut tx, BOX, 2).await
    ));
    ballot_box::set_paper(&mut tx, BOX, 2).await.unwrap();
    assert!(ballot_box::set_paper(&mut tx, BOX, 3).await.is_err());
    ballot_box::call_last(&mut tx, BOX).await.unwrap();
    ballot_box::close(&mut tx, BOX, NOW, None).await.unwrap();
    for back in [3, 2] {
        let set = ballot_box::set_paper_collected(&mut tx, BOX, back).await;
        set.unwrap();
    }
    assert!(stale(ballot_box::set_sums(&mut tx, BOX, "[]").await));
    ballot_box::count(&mut tx, BOX).await.unwrap();
    ballot_box::set_sums(&mut tx, BOX, "[]").await.unwrap();
    assert!(ballot_box::set_sums(&mut tx, BOX, "[1]").await.is_err());
    let kept = get(&mut tx).await;
    let sheets = (kept.paper, kept.paper_collected);
    assert_eq!(
        (sheets, kept.sums.as_deref()),
        ((Some(2), Some(2)), Some("[]"))
    );
}

pub async fn a_slip_of_a_test_ballot_votes_no_more_and_only_before_voting(test: TestDb) {
    let mut tx = begun(&test).await;
    ready(&mut tx, BOX, 4, 500).await;
    let (first, second) = (box_seed::credential(1), box_seed::credential(2));
    let done = slip::give_up(&mut tx, BOX, &first, "{said}").await.unwrap();
    assert_eq!(done, slip::HandBack::Done);
    let again = slip::give_up(&mut tx, BOX, &first, "{other}")
        .await
        .unwrap();
    let spare = slip::SlipState::Spare;
    assert_eq!(again, slip::HandBack::Already(spare));
    let kept = get(&mut tx).await;
    assert_eq!((kept.tested, kept.test.as_deref()), (1, Some("{said}")));
    let counted = slip::count(&mut tx, BOX).await.unwrap();
    assert_eq!((counted.made, counted.spare), (4, 1));
    let nobody = slip::give_up(&mut tx, BOX, "nobody", "x").await.unwrap();
    assert_eq!(nobody, slip::HandBack::Unknown);
    ballot_box::open(&mut tx, BOX, NOW).await.unwrap();
    let late = slip::give_up(&mut tx, BOX, &second, "x").await.unwrap();
    assert_eq!(late, slip::HandBack::NotNow(BoxState::Open));
    assert_eq!(
        get(&mut tx).await.test,
        None,
        "forgotten when voting begins"
    );
    let cast = pingyi_storage::ballot::cast(&mut tx, BOX, &ballot(1, 1)).await;
    assert_eq!(cast.unwrap(), pingyi_storage::ballot::Cast::SlipBack(spare));
}

pub async fn a_box_is_found_by_its_round_and_by_its_projector(test: TestDb) {
    let mut tx = test.db.begin().await.unwrap();
    boxes(&mut tx, 2).await;
    let expected = ballot_box::get(&mut tx, box_id(2)).await.unwrap();
    let found = ballot_box::find(&mut tx, round_id(0, 2)).await.unwrap();
    assert_eq!(found, expected);
    let token = expected.as_ref().unwrap().projector_hash.clone();
    let found = ballot_box::find_by_projector(&mut tx, &token).await;
    assert_eq!(found.unwrap(), expected);
    let nobody = ballot_box::find_by_projector(&mut tx, "other").await;
    assert_eq!(nobody.unwrap(), None);
}

pub async fn a_round_has_one_box_and_the_next_round_its_own(test: TestDb) {
    let mut tx = test.db.begin().await.unwrap();
    boxes(&mut tx, 2).await;
    ballot_box::void(&mut tx, BOX, "断电", NOW).await.unwrap();
    let first = ballot_box::find(&mut tx, round_id(0, 1)).await.unwrap();
    assert_eq!(first.unwrap().state, BoxState::Voided);
    let second = ballot_box::find(&mut tx, round_id(0, 2)).await.unwrap();
    assert_eq!(second.unwrap().state, BoxState::Keys);
    let refused = box_seed::new_box(&mut tx, box_id(9), round_id(0, 1)).await;
    assert!(
        matches!(&refused, Err(StorageError::Duplicate { key }) if key == "ballot_box_round_id"),
        "{refused:?}"
    );
}

fn refused(done: &pingyi_storage::Result<()>) {
    assert!(matches!(done, Err(StorageError::Stale)), "{done:?}");
}

pub async fn a_step_that_does_not_follow_is_refused(test: TestDb) {
    let mut tx = begun(&test).await;
    refused(&ballot_box::open(&mut tx, BOX, NOW).await);
    refused(&slip::make(&mut tx, BOX, "[]", &[], 9).await);
    refused(&ballot_box::open(&mut tx, box_id(9), NOW).await);
    ready(&mut tx, BOX, 1, 9).await;
    refused(&ballot_box::fix_election(&mut tx, BOX, "{}", "[]").await);
    ballot_box::open(&mut tx, BOX, NOW).await.unwrap();
    refused(&ballot_box::close(&mut tx, BOX, NOW, None).await);
    refused(&ballot_box::count(&mut tx, BOX).await);
    ballot_box::call_last(&mut tx, BOX).await.unwrap();
    ballot_box::close(&mut tx, BOX, NOW, None).await.unwrap();
    refused(&ballot_box::resume(&mut tx, BOX).await);
    refused(&ballot_box::open(&mut tx, BOX, NOW).await);
    assert_eq!(get(&mut tx).await.state, BoxState::Closed);
}

pub async fn slips_are_made_once(test: TestDb) {
    let mut tx = begun(&test).await;
    ready(&mut tx, BOX, 1, 9).await;
    let more = [box_seed::credential(7)];
    refused(&slip::make(&mut tx, BOX, "[]", &more, 9).await);
    assert_eq!(get(&mut tx).await.credentials.unwrap(), "[credentials]");
    assert_eq!(slip::count(&mut tx, BOX).await.unwrap().made, 1);
}

pub async fn a_key_document_is_written_once(test: TestDb) {
    let mut tx = begun(&test).await;
    ballot_key::set(&mut tx, BOX, &scrutineers(BOX))
        .await
        .unwrap();
    for (document, outcome) in [
        ("key", Once::Written),
        ("key", Once::Same),
        ("another", Once::Other),
    ] {
        let done = ballot_key::set_document(&mut tx, BOX, 2, document).await;
        assert_eq!(done.unwrap(), outcome);
    }
    let nobody = ballot_key::set_document(&mut tx, BOX, 3, "key").await;
    assert!(matches!(nobody, Err(StorageError::Stale)));

    let [first, envoy] = scrutineers(BOX);
    let slot = |slot, who: &ballot_key::Scrutineer, document: Option<&str>| BoxKey {
        box_id: BOX,
        slot,
        name: who.name.clone(),
        member_id: who.member_id,
        token_hash: who.token_hash.clone(),
        document: document.map(str::to_owned),
        share: None,
        missing_reason: None,
    };
    let expected = [slot(1, &first, None), slot(2, &envoy, Some("key"))];
    assert_eq!(ballot_key::list(&mut tx, BOX).await.unwrap(), expected);
    let found = ballot_key::find(&mut tx, &envoy.token_hash).await.unwrap();
    assert_eq!(found.as_ref(), Some(&expected[1]));

    // Somebody else instead: the key made before is gone.
    ballot_key::set(&mut tx, BOX, &scrutineers(BOX))
        .await
        .unwrap();
    assert_eq!(
        ballot_key::list(&mut tx, BOX).await.unwrap()[1].document,
        None
    );
    let twice = [
        first.clone(),
        ballot_key::Scrutineer {
            token_hash: "t".into(),
            ..first
        },
    ];
    let refused = ballot_key::set(&mut tx, BOX, &twice).await;
    assert!(
        matches!(&refused, Err(StorageError::Duplicate { key }) if key == "ballot_box_key_box_id_member_id"),
        "{refused:?}"
    );
}

pub async fn the_ballot_is_fixed_only_when_all_keys_are_there(test: TestDb) {
    for keys in 0..2 {
        let mut tx = test.db.begin().await.unwrap();
        boxes(&mut tx, 1).await;
        if keys > 0 {
            ballot_key::set(&mut tx, BOX, &scrutineers(BOX))
                .await
                .unwrap();
            ballot_key::set_document(&mut tx, BOX, 1, "key")
                .await
                .unwrap();
        }
        let refused = ballot_box::fix_election(&mut tx, BOX, "{}", "[]").await;
        assert!(matches!(refused, Err(StorageError::Stale)));
    }
    let mut tx = begun(&test).await;
    ready(&mut tx, BOX, 1, 9).await;
    let late = ballot_key::set(&mut tx, BOX, &scrutineers(BOX)).await;
    assert!(matches!(late, Err(StorageError::Stale)));
    let late = ballot_key::set_document(&mut tx, BOX, 1, "another").await;
    assert_eq!(late.unwrap(), Once::Other);
}

pub async fn a_share_is_written_once_and_only_of_a_closed_box(test: TestDb) {
    let mut tx = begun(&test).await;
    ready(&mut tx, BOX, 1, 9).await;
    ballot_box::open(&mut tx, BOX, NOW).await.unwrap();
    ballot_box::call_last(&mut tx, BOX).await.unwrap();
    let early = ballot_key::set_share(&mut tx, BOX, 1, "share").await;
    assert_eq!(early.unwrap(), Once::NotNow);
    ballot_box::close(&mut tx, BOX, NOW, None).await.unwrap();
    for (share, outcome) in [("share", Once::Written), ("other", Once::Other)] {
        let done = ballot_key::set_share(&mut tx, BOX, 1, share).await;
        assert_eq!(done.unwrap(), outcome);
    }
    ballot_box::count(&mut tx, BOX).await.unwrap();
    let repeated = ballot_key::set_share(&mut tx, BOX, 1, "share").await;
    assert_eq!(repeated.unwrap(), Once::Same);
    let late = ballot_key::set_share(&mut tx, BOX, 2, "share").await;
    assert_eq!(late.unwrap(), Once::NotNow);
    let shares = ballot_key::list(&mut tx, BOX).await.unwrap();
    let shares: Vec<_> = shares.into_iter().map(|key| key.share).collect();
    assert_eq!(shares, [Some("share".into()), None]);
}

pub async fn a_word_on_missing_slips_can_be_taken_back(test: TestDb) {
    let mut tx = begun(&test).await;
    ready(&mut tx, BOX, 1, 9).await;
    let early = ballot_key::set_missing(&mut tx, BOX, 1, Some("遗失")).await;
    assert!(matches!(early, Err(StorageError::Stale)));
    ballot_box::open(&mut tx, BOX, NOW).await.unwrap();
    for reason in [Some("遗失"), None, Some("撕毁")] {
        ballot_key::set_missing(&mut tx, BOX, 2, reason)
            .await
            .unwrap();
        let keys = ballot_key::list(&mut tx, BOX).await.unwrap();
        assert_eq!(keys[0].missing_reason, None);
        assert_eq!(keys[1].missing_reason.as_deref(), reason);
    }
}

pub async fn an_archive_only_grows(test: TestDb) {
    let mut tx = begun(&test).await;
    ready(&mut tx, BOX, 1, 9).await;
    ballot_box::open(&mut tx, BOX, NOW).await.unwrap();
    let early = ballot_archive::set(&mut tx, BOX, b"x").await.unwrap();
    assert_eq!(early, Kept::NotNow);
    ballot_box::call_last(&mut tx, BOX).await.unwrap();
    ballot_box::close(&mut tx, BOX, NOW, None).await.unwrap();

    // A tar file: bytes of every value, NUL first of all.
    let bytes: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let kept = ballot_archive::set(&mut tx, BOX, &bytes[..70_000]).await;
    assert!(matches!(kept, Ok(Kept::As(_))));
    ballot_box::count(&mut tx, BOX).await.unwrap();
    for wrong in [&bytes[1..], &bytes[..69_999], b""] {
        let kept = ballot_archive::set(&mut tx, BOX, wrong).await.unwrap();
        assert_eq!(kept, Kept::NotAnExtension);
    }
    let Kept::As(sha256) = ballot_archive::set(&mut tx, BOX, &bytes).await.unwrap() else {
        panic!("not kept");
    };
    let archive = ballot_archive::get(&mut tx, BOX).await.unwrap().unwrap();
    assert!(archive.is_intact());
    assert_eq!((archive.bytes, archive.sha256), (bytes, sha256.clone()));
    assert_eq!(sha256.len(), 64);
}

/// What the doctor finds after somebody went around the program.
async fn faults_after(test: &TestDb, tampering: &'static str) -> Vec<BoxFault> {
    test.tamper(tampering).await;
    let report = check::check(&test.db).await.unwrap();
    assert_eq!(report.healthy(), report.boxes.is_empty());
    let fault = |found: &BoxFinding| {
        assert_eq!(found.box_id, BOX);
        assert!(found.to_string().contains(found.fault.label()));
        found.fault
    };
    report.boxes.iter().map(fault).collect()
}

pub async fn the_doctor_finds_what_cannot_be_in_a_box(test: TestDb) {
    use BoxFault::{CodeTwice, MoreBallots, NoArchive, OtherSlips, SlipBack};
    open_box(&test.db, 4, box_seed::ROOM).await;
    for n in 0..3 {
        cast(&test.db, &ballot(n, 1)).await;
    }
    let cases: [(&str, &[BoxFault]); 9] = [
        ("SELECT 1", &[]),
        (
            "UPDATE ballot SET code = (SELECT MAX(code) FROM ballot) WHERE is_cast = 1",
            &[CodeTwice],
        ),
        ("UPDATE ballot SET code = credential", &[]),
        (
            "UPDATE slip SET state = 'spare' \
             WHERE credential = (SELECT MIN(credential) FROM ballot WHERE is_cast = 1)",
            &[SlipBack],
        ),
        ("UPDATE slip SET state = 'out'", &[]),
        ("UPDATE ballot_box SET made = 3", &[OtherSlips, MoreBallots]),
        ("UPDATE ballot_box SET made = 4", &[]),
        ("UPDATE ballot_box SET state = 'counted'", &[NoArchive]),
        ("UPDATE ballot_box SET state = 'closed'", &[]),
    ];
    for (tampering, faults) in cases {
        assert_eq!(faults_after(&test, tampering).await, faults, "{tampering}");
    }
}

pub async fn the_doctor_finds_an_archive_that_is_not_the_one_kept(test: TestDb) {
    open_box(&test.db, 1, box_seed::ROOM).await;
    test.tamper("UPDATE ballot_box SET state = 'counted'").await;
    let mut tx = test.db.begin().await.unwrap();
    ballot_archive::set(&mut tx, BOX, b"archive").await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(faults_after(&test, "SELECT 1").await, []);
    let found = faults_after(&test, "UPDATE ballot_archive SET sha256 = 'other'").await;
    assert_eq!(found, [BoxFault::OtherArchive]);
}

pub async fn the_doctor_finds_a_ballot_without_its_slip(test: TestDb) {
    if test.url.starts_with("postgres") {
        // There the engine itself never lets it happen.
        return;
    }
    open_box(&test.db, 2, box_seed::ROOM).await;
    let tampering = "PRAGMA foreign_keys = OFF; \
                     DELETE FROM slip WHERE credential = (SELECT MIN(credential) FROM slip)";
    let found = faults_after(&test, tampering).await;
    assert_eq!(found, [BoxFault::OtherSlips, BoxFault::NoSlip]);
}
