use jiff::civil::date;
use pingyi_domain::appraisal::RoundState;
use pingyi_domain::meeting::MeetingState;
use pingyi_domain::time::UnixTime;
use pingyi_storage::account::AccountStatus;
use pingyi_storage::exclusion::{self, BranchExclusion};
use pingyi_storage::ledger_link::LedgerLink;
use pingyi_storage::{
    StorageError, Tx, account, attendance, contact, email, facts, ledger_link, meeting, round,
    subject,
};
use uuid::Uuid;

use crate::campaign_seed::{
    self, CAMPAIGN, Size, a_meeting, a_round, attendance_of, branch_id, round_id, subjects_of,
    unit_id,
};
use crate::engines::TestDb;
use crate::seed::{NOW, an_account};

const SIZE: Size = Size {
    units: 2,
    branches: 4,
    members: 20,
};

async fn ready(test: &TestDb) -> Tx {
    let mut tx = test.db.begin().await.unwrap();
    campaign_seed::roster_of(&mut tx, SIZE).await;
    tx
}

fn an_exclusion() -> BranchExclusion {
    BranchExclusion {
        campaign_id: CAMPAIGN,
        branch_id: branch_id(1),
        reason: "已并入第一党支部".into(),
        approver: "郑书记".into(),
        approved_on: date(2015, 8, 20),
        by_name: "周科长".into(),
        at: NOW,
    }
}

pub async fn an_excluded_branch_is_told_and_can_come_back(test: TestDb) {
    let mut tx = ready(&test).await;
    let mut row = an_exclusion();
    exclusion::set(&mut tx, &row).await.unwrap();
    row.reason = "全体党员在外".into();
    exclusion::set(&mut tx, &row).await.unwrap();
    assert_eq!(exclusion::branches(&mut tx, CAMPAIGN).await.unwrap(), [row]);
    let ledger = facts::load(&mut tx, CAMPAIGN).await.unwrap();
    let branches = || ledger.units.iter().flat_map(|u| &u.branches);
    let out: Vec<_> = branches().filter(|b| b.excluded).map(|b| b.org).collect();
    assert_eq!(out, [branch_id(1)]);
    let unit = ledger
        .units
        .iter()
        .find(|u| u.branches.iter().any(|b| b.excluded));
    let alone = facts::load_unit(&mut tx, CAMPAIGN, unit.unwrap().org)
        .await
        .unwrap();
    assert_eq!(alone.as_ref(), unit);
    let gone = exclusion::delete(&mut tx, CAMPAIGN, branch_id(1))
        .await
        .unwrap();
    assert_eq!(gone, 1);
    let again = exclusion::delete(&mut tx, CAMPAIGN, branch_id(1))
        .await
        .unwrap();
    assert_eq!(again, 0);
    let unit = facts::load_unit(&mut tx, CAMPAIGN, unit_id(0))
        .await
        .unwrap();
    assert!(unit.unwrap().branches.iter().all(|b| !b.excluded));
}

pub async fn exclusions_come_with_reason_approver_and_day(test: TestDb) {
    let mut tx = ready(&test).await;
    let held = a_meeting(0, branch_id(0), MeetingState::Closed);
    meeting::insert(&mut tx, &held).await.unwrap();
    attendance::set(&mut tx, held.id, &attendance_of(SIZE, 0))
        .await
        .unwrap();
    for (no, state) in [(1_u32, RoundState::Open), (2, RoundState::Voided)] {
        round::insert(&mut tx, &a_round(0, no, state))
            .await
            .unwrap();
        subject::set(&mut tx, round_id(0, no.into()), &subjects_of(SIZE, 0))
            .await
            .unwrap();
    }
    let due = exclusion::not_due(&mut tx, CAMPAIGN).await.unwrap();
    assert_eq!(due.len(), 2, "members 8 and 17");
    assert!(
        due.iter()
            .all(|one| one.approver == "李四" && one.on_day == date(2015, 8, 1))
    );
    // Members 7 and 17 are not appraised; only 17 has an approval of the meeting's list.
    let out = exclusion::not_appraised(&mut tx, CAMPAIGN).await.unwrap();
    let told: Vec<_> = out
        .iter()
        .map(|o| (o.approver.as_deref(), o.on_day))
        .collect();
    assert_eq!(told, [(None, None), (Some("李四"), Some(date(2015, 8, 1)))]);
    assert!(out.iter().all(|one| one.reason == "停止党籍"));
}

fn a_link(n: u128, expires: i64) -> LedgerLink {
    LedgerLink {
        id: Uuid::from_u128(n),
        campaign_id: CAMPAIGN,
        branch_id: branch_id(0),
        token_hash: format!("{n:064x}"),
        purpose: "督导专班查看".into(),
        made_by: "王建国".into(),
        made_at: UnixTime(NOW.0 + i64::try_from(n).unwrap()),
        expires_at: UnixTime(expires),
        revoked_at: None,
        openings: 0,
    }
}

pub async fn links_of_a_branch_are_listed_and_found_by_their_hash(test: TestDb) {
    let mut tx = ready(&test).await;
    let (one, other) = (a_link(1, NOW.0 + 60), a_link(2, NOW.0 + 120));
    ledger_link::insert(&mut tx, &one).await.unwrap();
    ledger_link::insert(&mut tx, &other).await.unwrap();
    let listed = ledger_link::list(&mut tx, CAMPAIGN, branch_id(0))
        .await
        .unwrap();
    assert_eq!(listed, [other.clone(), one.clone()], "newest first");
    assert!(
        ledger_link::list(&mut tx, CAMPAIGN, branch_id(1))
            .await
            .unwrap()
            .is_empty()
    );
    let found = ledger_link::find(&mut tx, &one.token_hash).await.unwrap();
    assert_eq!(found, Some(one.clone()));
    let mut twin = a_link(3, NOW.0 + 60);
    twin.token_hash = one.token_hash;
    let refused = ledger_link::insert(&mut tx, &twin).await.unwrap_err();
    assert!(matches!(refused, StorageError::Duplicate { .. }));
}

pub async fn a_link_counts_openings_and_is_revoked_once(test: TestDb) {
    let mut tx = ready(&test).await;
    let (one, other) = (a_link(1, NOW.0 + 60), a_link(2, NOW.0 + 120));
    ledger_link::insert(&mut tx, &one).await.unwrap();
    ledger_link::insert(&mut tx, &other).await.unwrap();
    ledger_link::count_opening(&mut tx, one.id).await.unwrap();
    let at = UnixTime(NOW.0 + 9);
    let place = (CAMPAIGN, branch_id(0));
    assert_eq!(
        ledger_link::revoke(&mut tx, place, one.id, at)
            .await
            .unwrap(),
        1
    );
    assert_eq!(
        ledger_link::revoke(&mut tx, place, one.id, NOW)
            .await
            .unwrap(),
        0
    );
    let elsewhere = (CAMPAIGN, branch_id(1));
    assert_eq!(
        ledger_link::revoke(&mut tx, elsewhere, other.id, at)
            .await
            .unwrap(),
        0
    );
    let now = ledger_link::find(&mut tx, &one.token_hash)
        .await
        .unwrap()
        .unwrap();
    assert_eq!((now.openings, now.revoked_at), (1, Some(at)));
}

pub async fn an_address_is_set_changed_marked_and_taken_out(test: TestDb) {
    let mut tx = ready(&test).await;
    let mut owner = an_account(70);
    owner.status = AccountStatus::Active;
    account::insert(&mut tx, &owner).await.unwrap();
    email::set(&mut tx, owner.id, Some("a@b.cn"), NOW)
        .await
        .unwrap();
    email::set(&mut tx, owner.id, Some("c@d.cn"), NOW)
        .await
        .unwrap();
    let on = date(2015, 9, 15);
    email::reminded(&mut tx, owner.id, on).await.unwrap();
    let known = email::get(&mut tx, owner.id).await.unwrap().unwrap();
    assert_eq!(
        (known.address.as_str(), known.reminded_on),
        ("c@d.cn", Some(on))
    );
    assert_eq!(email::list(&mut tx).await.unwrap(), [known]);
    email::set(&mut tx, owner.id, None, NOW).await.unwrap();
    assert_eq!(email::get(&mut tx, owner.id).await.unwrap(), None);
}

pub async fn secretaries_below_an_organisation_are_found_once_each(test: TestDb) {
    let mut tx = ready(&test).await;
    let found = contact::list_under(&mut tx, unit_id(0)).await.unwrap();
    let orgs: Vec<_> = found.iter().map(|c| c.org_id).collect();
    assert!(orgs.contains(&branch_id(0)), "{found:?}");
    assert!(orgs.is_sorted() && orgs.windows(2).all(|w| w[0] != w[1]));
    let other = contact::list_under(&mut tx, unit_id(1)).await.unwrap();
    assert!(other.iter().all(|c| !orgs.contains(&c.org_id)));
}
