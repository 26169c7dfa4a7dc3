//! Made-up organisations and people for the tests.

use pingyi_domain::ids::{AccountId, MemberId, OrgId};
use pingyi_domain::member::{Member, Sex, Standing};
use pingyi_domain::org::{Org, OrgKind};
use pingyi_domain::time::UnixTime;
use pingyi_storage::account::{Account, AccountStatus};
use pingyi_storage::audit::Actor;
use pingyi_storage::{Tx, org};
use uuid::Uuid;

pub const NOW: UnixTime = UnixTime(1_440_000_000);

pub const ROOT: OrgId = OrgId(Uuid::from_u128(1));
pub const UNIT: OrgId = OrgId(Uuid::from_u128(2));
pub const BRANCH: OrgId = OrgId(Uuid::from_u128(3));
/// A directly attached branch: its own unit.
pub const ATTACHED: OrgId = OrgId(Uuid::from_u128(4));

pub fn actor() -> Actor {
    Actor {
        account: Some(AccountId(Uuid::from_u128(9))),
        name: "张三".into(),
        post: "组织科科长".into(),
    }
}

pub fn an_org(id: OrgId, parent: Option<OrgId>, kind: OrgKind, name: &str) -> Org {
    Org {
        id,
        parent,
        kind,
        name: name.into(),
    }
}

/// 工委, a 机关党委 with a branch, and a directly attached branch.
pub async fn tree(tx: &mut Tx) {
    for org in [
        an_org(ROOT, None, OrgKind::WorkCommittee, "市直机关工委"),
        an_org(
            UNIT,
            Some(ROOT),
            OrgKind::PrimaryCommittee,
            "市水利局机关党委",
        ),
        an_org(BRANCH, Some(UNIT), OrgKind::Branch, "堤防处党支部"),
        an_org(ATTACHED, Some(ROOT), OrgKind::Branch, "市委办公室党支部"),
    ] {
        org::insert(tx, &org).await.unwrap();
    }
}

pub fn member_id(n: u128) -> MemberId {
    MemberId(Uuid::from_u128(0x1000 + n))
}

pub fn a_member(n: u128, branch: OrgId) -> Member {
    Member {
        id: member_id(n),
        branch,
        name: format!("党员{n}"),
        sex: Some(Sex::Female),
        ethnicity: Some("土家族".into()),
        born: Some(jiff::civil::date(1970, 2, 28)),
        education: Some("大学".into()),
        joined: Some(jiff::civil::date(1995, 7, 1)),
        confirmed: Some(jiff::civil::date(1996, 7, 1)),
        standing: Standing::Full,
        retired: false,
        unit_leader: n == 1,
        phone: Some("13900000000".into()),
        code: Some(format!("C{n}")),
        id_hash: Some(format!("hash-{n}")),
        id_last4: Some("001X".into()),
    }
}

pub fn account_id(n: u128) -> AccountId {
    AccountId(Uuid::from_u128(0x2000 + n))
}

pub fn an_account(n: u128) -> Account {
    Account {
        id: account_id(n),
        login: format!("user{n}"),
        display_name: format!("用户{n}"),
        member_id: None,
        password_hash: None,
        password_changed_at: None,
        failed_count: 0,
        locked_until: None,
        status: AccountStatus::Invited,
        created_at: NOW,
    }
}
