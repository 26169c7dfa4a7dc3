//! What is made up must be what the product could have made: every state, every sum, every link.

use std::collections::HashSet;
use std::io::Cursor;
use std::sync::Arc;

use pingyi_ballot::verify::{Policy, Progress, Verdict, verify};
use pingyi_domain::appraisal::RoundState;
use pingyi_domain::assess::{Gap, Status, assess, coverage};
use pingyi_domain::count::Count;
use pingyi_domain::facts::Ledger;
use pingyi_domain::filing::{FilingKind, FilingState};
use pingyi_domain::meeting::{MeetingState, figures};
use pingyi_domain::notice::Rule;
use pingyi_domain::org::OrgKind;
use pingyi_domain::plan::PlanState;
use pingyi_domain::time::UnixTime;
use pingyi_simulate::{Made, Mix, Order, Size, committee, demo, known, notice_for};
use pingyi_storage::audit::{Filter, Page};
use pingyi_storage::ballot_box::BoxId;
use pingyi_storage::count_entry::CountEntry;
use pingyi_storage::{
    Db, Tx, attendance, audit, ballot_archive, ballot_box, ballot_key, check, count, count_entry,
    facts, filing, meeting, official, org, plan, round, subject,
};
use pingyi_web::kernel::secret::InstallKey;
use pingyi_web::{App, FixedClock, Options, SeededRandom};
use tokio::sync::OnceCell;

/// 2026-11-23 10:00 in UTC+8.
const NOW: UnixTime = UnixTime(1_795_399_200);

const SMALL: Size = Size {
    units: 70,
    branches: 180,
    members: 2_400,
};

fn order(db: &Db, seed: u64) -> Order {
    Order {
        db: db.clone(),
        key: InstallKey::new([3; 32]),
        now: NOW,
        seed,
        password_hash: "$argon2id$made-up".into(),
        mix: Mix::Every,
    }
}

async fn memory() -> Db {
    Db::open("sqlite::memory:").await.expect("it is there")
}

/// One committee for all tests that only look.
async fn made() -> (Db, Made) {
    static MADE: OnceCell<(Db, Made)> = OnceCell::const_new();
    let make = async || {
        let db = memory().await;
        let made = committee(order(&db, 7), SMALL).await.expect("it is there");
        (db, made)
    };
    MADE.get_or_init(make).await.clone()
}

async fn ledger(tx: &mut Tx, made: &Made) -> Ledger {
    facts::load(tx, made.campaign).await.expect("it is there")
}

/// All looking happens in one test: an in-memory database has one connection, and a runtime of
/// its own for each test would close it.
#[tokio::test]
async fn a_made_up_committee_is_what_the_product_could_have_made() {
    let (db, made) = made().await;
    let report = check::check(&db).await.expect("it is there");
    assert!(report.healthy(), "{report:?}");
    let mut tx = db.read().await.expect("it is there");
    assert_eq!(
        (made.size.units, made.size.branches, made.size.members),
        (70, 180, 2_400)
    );
    every_state_occurs(&mut tx, &made).await;
    counts_add_up(&mut tx, &made).await;
    findings_of_all_kinds(&mut tx, &made).await;
    coverage_adds_up(&mut tx, &made).await;
    the_log_runs_forward_and_ends_before_now(&mut tx).await;
    filed_papers_carry_their_figures(&mut tx, &made).await;
}

async fn every_state_occurs(tx: &mut Tx, made: &Made) {
    let plans = plan::list(tx, made.campaign).await.expect("it is there");
    let states: HashSet<PlanState> = plans.iter().map(|p| p.state).collect();
    assert_eq!(states.len(), PlanState::ALL.len(), "{states:?}");
    let held = meeting::list(tx, made.campaign).await.expect("it is there");
    let mut states: HashSet<MeetingState> = held.iter().map(|m| m.state).collect();
    // A branch that has not opened its meeting has no row yet.
    if held.len() < made.size.branches {
        states.insert(MeetingState::Planned);
    }
    assert_eq!(states.len(), MeetingState::ALL.len(), "{states:?}");
    let (mut rounds, mut entries) = (HashSet::new(), HashSet::new());
    for one in &held {
        for round in round::list(tx, one.id).await.expect("it is there") {
            rounds.insert(round.state);
            if round.state == RoundState::Closed {
                let typed = count_entry::list(tx, round.id).await.expect("it is there");
                entries.insert(typed.len());
            }
        }
    }
    assert_eq!(rounds.len(), RoundState::ALL.len(), "{rounds:?}");
    assert_eq!(
        entries,
        HashSet::from([0, 1, 2]),
        "nothing, one entry, two that differ"
    );
    for kind in FilingKind::ALL {
        let filings = filing::list(tx, made.campaign, *kind)
            .await
            .expect("it is there");
        let states: HashSet<FilingState> = filings.iter().map(|f| f.state).collect();
        assert_eq!(states.len(), FilingState::ALL.len(), "{kind:?} {states:?}");
    }
}

async fn counts_add_up(tx: &mut Tx, made: &Made) {
    let notice = notice_for(NOW).expect("it is there");
    let mut counted = 0;
    for held in meeting::list(tx, made.campaign).await.expect("it is there") {
        let list = attendance::list(tx, held.id).await.expect("it is there");
        let room = figures(&list);
        for round in round::list(tx, held.id).await.expect("it is there") {
            let listed = subject::list(tx, round.id).await.expect("it is there");
            assert_eq!(listed.len(), list.len(), "everybody is on the list");
            if let Some(voters) = round.present {
                assert_eq!(voters, room.present);
            }
            let Some(sums) = count::get(tx, round.id).await.expect("it is there") else {
                continue;
            };
            let problems = sums.check(room.present, notice.grades.len());
            assert!(problems.is_empty(), "{problems:?}");
            assert!(
                official::list(tx, round.id)
                    .await
                    .expect("it is there")
                    .len()
                    >= 3
            );
            let typed = count_entry::list(tx, round.id).await.expect("it is there");
            counted += 1;
            if let Some(found) = ballot_box::find(tx, round.id).await.expect("it is there") {
                assert!(typed.is_empty(), "nobody types what the box says");
                the_archive_says_the_same(tx, found.id, &sums).await;
                continue;
            }
            two_typed_the_same(&typed, &sums);
        }
    }
    assert!(counted > 50, "{counted} counts");
}

fn two_typed_the_same(typed: &[CountEntry], sums: &Count) {
    assert_eq!(typed.len(), 2);
    assert_ne!(typed[0].entry.by, typed[1].entry.by);
    assert!(typed.iter().all(|t| t.entry.count == *sums));
}

async fn boxes_of(tx: &mut Tx, made: &Made) -> usize {
    let mut boxes = 0;
    for held in meeting::list(tx, made.campaign).await.expect("it is there") {
        for round in round::list(tx, held.id).await.expect("it is there") {
            let found = ballot_box::find(tx, round.id).await.expect("it is there");
            boxes += usize::from(found.is_some());
        }
    }
    boxes
}

/// Whoever has the archive finds the stored count in it, with the program of an auditor.
async fn the_archive_says_the_same(tx: &mut Tx, id: BoxId, sums: &Count) {
    let archive = ballot_archive::get(tx, id).await.expect("it is there");
    let archive = archive.expect("it is there");
    assert!(archive.is_intact());
    let report = verify(
        Cursor::new(&archive.bytes),
        Policy::default(),
        &mut |_: Progress| {},
    )
    .expect("it is there");
    assert_eq!(report.verdict(), Verdict::Accepted, "{:?}", report.faults);
    let result = report.result.expect("it is there").result;
    let stored: Vec<Vec<u64>> = sums
        .rows
        .iter()
        .map(|row| row.marks.iter().map(|n| u64::from(*n)).collect())
        .collect();
    assert_eq!(result, stored);
    let backward = |row: &Vec<u64>| row.last() > row.first();
    assert_eq!(stored.iter().filter(|row| backward(row)).count(), 1);
    let keys = ballot_key::list(tx, id).await.expect("it is there");
    assert_eq!(keys.len(), 2);
    assert!(
        keys.iter()
            .all(|key| key.share.is_some() && !key.name.is_empty())
    );
}

async fn findings_of_all_kinds(tx: &mut Tx, made: &Made) {
    let notice = notice_for(NOW).expect("it is there");
    let findings = assess(&notice, &ledger(tx, made).await, NOW.date());
    let has = |wanted: &dyn Fn(&Status) -> bool| findings.iter().any(|f| wanted(&f.status));
    assert!(has(&|s| matches!(s, Status::Met { late: false })));
    assert!(
        has(&|s| matches!(s, Status::Met { late: true })),
        "handed in late"
    );
    assert!(
        has(&|s| matches!(s, Status::Open { late: true, .. })),
        "overdue"
    );
    assert!(
        has(&|s| matches!(s, Status::Open { late: false, .. })),
        "still to come"
    );
    for gap in [Gap::Returned, Gap::Waiting, Gap::Unfinished, Gap::NotBegun] {
        assert!(
            has(&|s| matches!(s, Status::Open { gap: found, .. } if *found == gap)),
            "{gap:?}"
        );
    }
    // Nothing is ahead of what it stands on: an appraisal counted without a meeting, say.
    let open = |rule: Rule, org| {
        findings.iter().any(|f| {
            notice.requirements[f.requirement].rule == rule && f.branch == org && f.status.is_open()
        })
    };
    for found in &findings {
        let rule = notice.requirements[found.requirement].rule;
        if rule == Rule::AppraisalCounted && matches!(found.status, Status::Met { .. }) {
            assert!(!open(Rule::MeetingHeld, found.branch));
            assert!(!open(Rule::AttendanceTaken, found.branch));
        }
    }
}

async fn coverage_adds_up(tx: &mut Tx, made: &Made) {
    let sum = coverage(&ledger(tx, made).await);
    assert_eq!((sum.branches, sum.members), (180, 2_400));
    assert!(sum.held > 60 && sum.held < 180, "{sum:?}");
    assert!(sum.appraised > 0 && sum.excluded > 0, "{sum:?}");
    assert_eq!(sum.due() - sum.appraised, sum.missing_members());
}

async fn the_log_runs_forward_and_ends_before_now(tx: &mut Tx) {
    let page = Page {
        offset: 0,
        limit: 100_000,
    };
    let rows = audit::list(tx, &Filter::default(), page)
        .await
        .expect("it is there");
    assert!(
        rows.windows(2).all(|pair| pair[0].at >= pair[1].at),
        "newest first"
    );
    assert!(rows[0].at < NOW, "{}", rows[0].at.minute_text());
    let weeks = (rows[0].at.0 - rows[rows.len() - 1].at.0) / (7 * 86_400);
    assert!(weeks >= 3, "spread over {weeks} weeks");
    let ballots = rows.iter().filter(|r| r.detail.contains("\"marks\""));
    assert_eq!(ballots.count(), 0, "the log never holds marks");
}

async fn filed_papers_carry_their_figures(tx: &mut Tx, made: &Made) {
    for kind in FilingKind::ALL {
        for one in filing::list(tx, made.campaign, *kind)
            .await
            .expect("it is there")
        {
            for version in filing::list_versions(tx, one.id)
                .await
                .expect("it is there")
            {
                let handed_in = version.submitted_at.is_some();
                assert_eq!(handed_in, version.snapshot.contains("\"grades\""));
                assert_eq!(handed_in, !version.chain_head.is_empty());
                let own = version
                    .decided_by
                    .is_some_and(|by| Some(by) == version.submitted_by);
                assert!(!own, "nobody decides what they sent");
            }
        }
    }
}

#[tokio::test]
async fn the_same_seed_makes_the_same_committee() {
    let size = Size {
        units: 12,
        branches: 30,
        members: 420,
    };
    let mut heads = Vec::new();
    for seed in [5, 5, 6] {
        let db = memory().await;
        committee(order(&db, seed), size)
            .await
            .expect("it is there");
        let mut tx = db.read().await.expect("it is there");
        heads.push(audit::head(&mut tx).await.expect("it is there").hash);
    }
    assert_eq!(heads[0], heads[1]);
    assert_ne!(heads[0], heads[2]);
}

/// Chance must never lead to a refusal.
#[tokio::test]
async fn every_seed_makes_a_committee() {
    for seed in 0..16 {
        let db = memory().await;
        let size = Size {
            units: 25,
            branches: 60,
            members: 420,
        };
        let mix = if seed % 2 == 0 { Mix::Every } else { Mix::Done };
        let order = Order {
            mix,
            now: UnixTime(NOW.0 + seed * 86_400),
            ..order(&db, seed.unsigned_abs())
        };
        let made = committee(order, size).await;
        assert!(made.is_ok(), "seed {seed}: {made:?}");
    }
}

#[tokio::test]
async fn everything_done_leaves_no_branch_without_a_signed_tally() {
    let db = memory().await;
    let size = Size {
        units: 10,
        branches: 25,
        members: 400,
    };
    let order = Order {
        mix: Mix::Done,
        ..order(&db, 2)
    };
    let made = committee(order, size).await.expect("it is there");
    let mut tx = db.read().await.expect("it is there");
    let sum = coverage(&ledger(&mut tx, &made).await);
    assert_eq!((sum.held, sum.missing_members()), (25, 0));
    let db = memory().await;
    let order = Order {
        mix: Mix::Done,
        ..self::order(&db, 22)
    };
    let city = demo(order).await.expect("the whole city done");
    let mut tx = db.read().await.expect("it is there");
    let sum = coverage(&ledger(&mut tx, &city.made).await);
    assert_eq!((sum.held, sum.missing_members()), (214, 0));
}

#[tokio::test]
async fn the_demonstration_is_the_city_with_one_unit_left_to_the_visitor() {
    let db = memory().await;
    let made = demo(order(&db, 2015)).await.expect("it is there");
    assert_eq!(
        made.made.size,
        Size {
            units: 60,
            branches: 214,
            members: 6_416
        }
    );
    let report = check::check(&db).await.expect("it is there");
    assert!(report.healthy(), "{report:?}");
    let mut tx = db.read().await.expect("it is there");
    assert_eq!(
        known(&mut tx).await.expect("it is there"),
        Some(made.logins.clone())
    );
    let owner = |login: &str| {
        made.logins
            .iter()
            .find(|l| l.login == login)
            .expect("it is there")
            .clone()
    };
    let unit = owner("danwei").note;
    let unit = unit.split('，').next().expect("it is there");
    let ledger = ledger(&mut tx, &made.made).await;
    let untouched = ledger
        .units
        .iter()
        .find(|u| u.name == unit)
        .expect("it is there");
    assert_ne!(untouched.kind, OrgKind::Branch);
    assert!(untouched.acknowledged_on.is_none() && untouched.plan.is_none());
    assert!(untouched.branches.iter().all(|b| b.meeting.is_none()));
    let others = ledger.units.iter().filter(|u| u.acknowledged_on.is_some());
    assert!(others.count() > 50);
    let today = NOW.date();
    let notice = notice_for(NOW).expect("it is there");
    assert!(notice.deadlines.plan < today && today < notice.deadlines.meeting);
    every_state_occurs(&mut tx, &made.made).await;
    counts_add_up(&mut tx, &made.made).await;
    let boxes = boxes_of(&mut tx, &made.made).await;
    assert_eq!(boxes, 1, "one branch voted by phone");
    every_role_can_sign_in(&mut tx, &made.logins).await;
    drop(tx);
    pages_of_the_visitor_open(&db, &made).await;
}

async fn every_role_can_sign_in(tx: &mut Tx, logins: &[pingyi_simulate::Login]) {
    use pingyi_web::kernel::access::Role;
    let mut roles: HashSet<Role> = HashSet::new();
    for login in logins {
        let owner = pingyi_storage::account::find(tx, &login.login)
            .await
            .expect("it is there")
            .expect("it is there");
        assert_eq!(owner.display_name, login.name);
        let user = pingyi_web::kernel::session::load_user(tx, owner, String::new())
            .await
            .expect("it is there");
        roles.extend(user.grants.iter().map(|g| g.role));
    }
    for role in Role::ALL {
        // A unit's clerk is somebody the unit asks for later.
        assert!(roles.contains(&role) || role == Role::UnitClerk, "{role:?}");
    }
}

/// The filed sheets read back as the pages write them.
async fn pages_of_the_visitor_open(db: &Db, made: &pingyi_simulate::Demo) {
    let app = App::new(
        db.clone(),
        Arc::new(FixedClock::new(NOW)),
        Arc::new(SeededRandom::new(1)),
        InstallKey::new([3; 32]),
        Options::default(),
    );
    let mut tx = db.read().await.expect("it is there");
    let tree = org::tree(&mut tx).await.expect("it is there");
    let list = filing::list(&mut tx, made.made.campaign, FilingKind::BranchSummary)
        .await
        .expect("it is there");
    let mut same = 0;
    for one in list.iter().filter(|f| f.state == FilingState::Received) {
        let stored = filing::get_version(&mut tx, one.id, one.version)
            .await
            .expect("it is there")
            .expect("it is there");
        let key = (made.made.campaign, one.org_id);
        let now = pingyi_web::filing_snapshot(&app, &mut tx, one.kind, key)
            .await
            .expect("it is there");
        assert_eq!(stored.snapshot, now, "{:?}", tree.get(one.org_id));
        same += 1;
    }
    assert!(same > 30, "{same} received");
}
