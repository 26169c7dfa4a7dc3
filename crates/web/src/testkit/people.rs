//! The kit's organisations, members, posts and accounts.

use pingyi_domain::ids::OrgId;
use pingyi_domain::member::{Member, Post, PostKind, Standing};
use pingyi_domain::org::{Org, OrgKind};
use pingyi_storage::account::{Account, AccountStatus};
use pingyi_storage::{Tx, account, grant, member, meta, org, post};

use super::{Kit, NOW, Who};
use crate::kernel::access::Role;

const NAMES: [&str; 10] = [
    "王建国",
    "李秀英",
    "张伟",
    "刘洋",
    "陈静",
    "杨帆",
    "赵磊",
    "黄敏",
    "周涛",
    "吴倩",
];

pub(super) async fn fill(mut kit: Kit, tx: &mut Tx) -> Kit {
    meta::set(tx, "committee", "市直机关工委")
        .await
        .expect("meta");
    kit.root = add_org(&kit, tx, None, OrgKind::WorkCommittee, "市直机关工委").await;
    let root = Some(kit.root);
    kit.unit = add_org(
        &kit,
        tx,
        root,
        OrgKind::PrimaryCommittee,
        "市水利局机关党委",
    )
    .await;
    let unit = Some(kit.unit);
    kit.branch = add_org(&kit, tx, unit, OrgKind::Branch, "市水利局第一党支部").await;
    kit.other = add_org(&kit, tx, unit, OrgKind::Branch, "市水利局第二党支部").await;
    kit.attached = add_org(&kit, tx, root, OrgKind::Branch, "市委办公室党支部").await;
    let first = add_members(&kit, tx, kit.branch, "").await;
    let second = add_members(&kit, tx, kit.other, "二").await;
    let attached = add_members(&kit, tx, kit.attached, "办").await;
    let posts = [
        (kit.branch, &first[0], PostKind::Secretary, "书记"),
        (kit.branch, &first[1], PostKind::CommitteeMember, "组织委员"),
        (kit.other, &second[0], PostKind::Secretary, "书记"),
        (kit.attached, &attached[0], PostKind::Secretary, "书记"),
        (
            kit.attached,
            &attached[1],
            PostKind::DeputySecretary,
            "副书记",
        ),
        (kit.unit, &second[2], PostKind::Secretary, "机关党委书记"),
    ];
    for (at, holder, kind, title) in posts {
        let held = Post {
            org: at,
            member: holder.id,
            kind,
            title: title.into(),
        };
        post::insert(tx, &held).await.expect("post");
    }
    add_accounts(&mut kit, tx, &first, &second, &attached).await;
    kit
}

async fn add_org(
    kit: &Kit,
    tx: &mut Tx,
    parent: Option<OrgId>,
    kind: OrgKind,
    name: &str,
) -> OrgId {
    let row = Org {
        id: kit.app.new_id(),
        parent,
        kind,
        name: name.into(),
    };
    org::insert(tx, &row).await.expect("org");
    row.id
}

async fn add_members(kit: &Kit, tx: &mut Tx, branch: OrgId, prefix: &str) -> Vec<Member> {
    let mut made = Vec::new();
    for (at, name) in NAMES.iter().enumerate() {
        let row = Member {
            id: kit.app.new_id(),
            branch,
            name: format!("{name}{prefix}"),
            sex: None,
            ethnicity: None,
            born: None,
            education: None,
            joined: None,
            confirmed: None,
            // The last one is probationary, the third a member of the unit's leading group.
            standing: if at == 9 {
                Standing::Probationary
            } else {
                Standing::Full
            },
            retired: at == 8,
            unit_leader: at == 2,
            phone: None,
            code: None,
            id_hash: None,
            id_last4: None,
        };
        member::insert(tx, &row).await.expect("member");
        made.push(row);
    }
    made
}

/// Who, the name of somebody who is not on the roster, the member, a role of their own.
type Row<'a> = (
    Who,
    &'static str,
    Option<&'a Member>,
    Option<(Role, Option<OrgId>)>,
);

fn offices(kit: &Kit) -> [Row<'static>; 7] {
    let own = |who, name, role, org| (who, name, None, Some((role, org)));
    let (root, unit) = (Some(kit.root), Some(kit.unit));
    [
        own(Who::SystemAdmin, "系统员", Role::SystemAdmin, None),
        own(Who::SecurityAdmin, "安全员", Role::SecurityAdmin, None),
        own(Who::AuditAdmin, "审计员", Role::AuditAdmin, None),
        own(Who::Clerk, "周科长", Role::CommitteeClerk, root),
        own(Who::Clerk2, "吴科员", Role::CommitteeClerk, root),
        own(Who::Leader, "郑书记", Role::CommitteeLeader, root),
        own(Who::UnitClerk, "党办小冯", Role::UnitClerk, unit),
    ]
}

async fn add_accounts(
    kit: &mut Kit,
    tx: &mut Tx,
    first: &[Member],
    second: &[Member],
    attached: &[Member],
) {
    let member = |who, behind| (who, "", Some(behind), None);
    let posts = [
        member(Who::UnitSecretary, &second[2]),
        member(Who::BranchSecretary, &first[0]),
        member(Who::BranchCommittee, &first[1]),
        member(Who::Member, &first[5]),
        member(Who::OtherSecretary, &second[0]),
        member(Who::AttachedSecretary, &attached[0]),
        member(Who::AttachedDeputy, &attached[1]),
    ];
    let people: Vec<Row<'_>> = offices(kit).into_iter().chain(posts).collect();
    for (who, name, behind, granted) in people {
        let row = Account {
            id: kit.app.new_id(),
            login: format!("{who:?}").to_lowercase(),
            display_name: behind.map_or(name, |m| m.name.as_str()).to_owned(),
            member_id: behind.map(|m| m.id),
            password_hash: None,
            password_changed_at: None,
            failed_count: 0,
            locked_until: None,
            status: AccountStatus::Active,
            created_at: NOW,
        };
        account::insert(tx, &row).await.expect("account");
        if let Some((role, org_id)) = granted {
            let row = grant::Grant {
                account_id: row.id,
                role: role.as_str().into(),
                org_id,
                given_at: NOW,
            };
            grant::insert(tx, &row).await.expect("grant");
        }
        kit.accounts.push((who, row));
    }
}
