//! Who may do what: roles, their scope in the tree, and what a route asks for.
//!
//! Roles of post-holders follow from the roster's 党内职务; clerks and administrators have
//! grants of their own. Scope is always a subtree.

use pingyi_domain::ids::{AccountId, MemberId, OrgId};
use pingyi_domain::member::{Post, PostKind};
use pingyi_domain::org::{Org, OrgKind};

/// What a person may be towards an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// 系统管理员: running the machine, no people and no papers.
    SystemAdmin,
    /// 安全管理员: accounts and what they may do.
    SecurityAdmin,
    /// 审计管理员: reads the log, changes nothing.
    AuditAdmin,
    /// 组织科 of the committee: issues, reviews, receives.
    CommitteeClerk,
    /// 工委领导: reads everything of the campaign.
    CommitteeLeader,
    /// 直属党组织书记 or 副书记: 第一责任人. // 通知 四、2
    UnitSecretary,
    /// Clerk of a unit organisation.
    UnitClerk,
    /// 支部书记 or 副书记: 直接责任人. // 通知 四、2
    BranchSecretary,
    /// 支委.
    BranchCommittee,
    /// Any member of the branch.
    Member,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 10] = [
        Self::SystemAdmin,
        Self::SecurityAdmin,
        Self::AuditAdmin,
        Self::CommitteeClerk,
        Self::CommitteeLeader,
        Self::UnitSecretary,
        Self::UnitClerk,
        Self::BranchSecretary,
        Self::BranchCommittee,
        Self::Member,
    ];

    /// The word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SystemAdmin => "system_admin",
            Self::SecurityAdmin => "security_admin",
            Self::AuditAdmin => "audit_admin",
            Self::CommitteeClerk => "committee_clerk",
            Self::CommitteeLeader => "committee_leader",
            Self::UnitSecretary => "unit_secretary",
            Self::UnitClerk => "unit_clerk",
            Self::BranchSecretary => "branch_secretary",
            Self::BranchCommittee => "branch_committee",
            Self::Member => "member",
        }
    }

    /// Reads what [`Role::as_str`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }

    /// As screens name it.
    pub fn label(self) -> &'static str {
        match self {
            Self::SystemAdmin => "系统管理员",
            Self::SecurityAdmin => "安全管理员",
            Self::AuditAdmin => "审计管理员",
            Self::CommitteeClerk => "工委组织科",
            Self::CommitteeLeader => "工委领导",
            Self::UnitSecretary => "直属党组织书记",
            Self::UnitClerk => "直属党组织工作人员",
            Self::BranchSecretary => "支部书记",
            Self::BranchCommittee => "支部委员",
            Self::Member => "党员",
        }
    }
}

/// A role over a subtree; administrators have no organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    /// Which role.
    pub role: Role,
    /// Over which organisation and everything below it.
    pub org: Option<OrgId>,
}

/// What a route asks for. Written on the route, checked before the handler runs.
#[derive(Debug, Clone, Copy)]
pub enum Access {
    /// Anybody, signed in or not.
    Public,
    /// Anybody signed in.
    SignedIn,
    /// Another system with a token of its own; no person.
    Token,
    /// Somebody holding one of these roles anywhere.
    Holding(&'static [Role]),
    /// Somebody holding one of these roles over the `{org}` in the path.
    Over(&'static [Role]),
}

/// Administrators of the machine, the accounts and the log.
pub const COMMITTEE: &[Role] = &[Role::CommitteeClerk, Role::CommitteeLeader];
/// The 组织科 alone.
pub const CLERK: &[Role] = &[Role::CommitteeClerk];
/// Who writes for a unit.
pub const UNIT: &[Role] = &[Role::UnitSecretary, Role::UnitClerk];
/// Who reads a unit's papers.
pub const UNIT_READ: &[Role] = &[
    Role::UnitSecretary,
    Role::UnitClerk,
    Role::CommitteeClerk,
    Role::CommitteeLeader,
];
/// Who writes for a branch.
pub const BRANCH: &[Role] = &[Role::BranchSecretary, Role::BranchCommittee];
/// The secretary and deputies alone.
pub const SECRETARY: &[Role] = &[Role::BranchSecretary];
/// Everybody of the branch; handlers show each only what concerns that person.
pub const OF_BRANCH: &[Role] = &[Role::BranchSecretary, Role::BranchCommittee, Role::Member];
/// Who reads a branch's papers.
pub const BRANCH_READ: &[Role] = &[
    Role::BranchSecretary,
    Role::BranchCommittee,
    Role::UnitSecretary,
    Role::UnitClerk,
    Role::CommitteeClerk,
    Role::CommitteeLeader,
];

/// Somebody signed in.
#[derive(Debug, Clone)]
pub struct User {
    /// Account.
    pub account: AccountId,
    /// The member behind it, if it is one on the roster.
    pub member: Option<MemberId>,
    /// Name.
    pub name: String,
    /// Post in words, for the page head and the log.
    pub post: String,
    /// What the person may do.
    pub grants: Vec<Grant>,
    /// Token every form of this session carries.
    pub csrf: String,
}

impl User {
    /// Whether the person holds one of `roles` anywhere.
    pub fn holds(&self, roles: &[Role]) -> bool {
        self.grants.iter().any(|grant| roles.contains(&grant.role))
    }

    /// Whether the person holds one of `roles` over an organisation, given that
    /// organisation's line upward (itself first).
    pub fn holds_over(&self, roles: &[Role], line: &[OrgId]) -> bool {
        self.grants
            .iter()
            .any(|g| roles.contains(&g.role) && g.org.is_some_and(|org| line.contains(&org)))
    }

    /// The first organisation the person holds one of `roles` in.
    pub fn org_as(&self, roles: &[Role]) -> Option<OrgId> {
        self.grants
            .iter()
            .find(|g| roles.contains(&g.role))
            .and_then(|g| g.org)
    }
}

/// What a post allows. A directly attached branch (its superior is the 工委) is its own unit,
/// so its secretary also acts for the unit. // 通知 四、2
pub fn grants_of_post(post: &Post, org: &Org, parent_is_committee: bool) -> Vec<Grant> {
    let over = |role| Grant {
        role,
        org: Some(org.id),
    };
    let leads = matches!(post.kind, PostKind::Secretary | PostKind::DeputySecretary);
    let mut grants = Vec::new();
    if parent_is_committee && leads {
        grants.push(over(Role::UnitSecretary));
    } else if parent_is_committee {
        grants.push(over(Role::UnitClerk));
    }
    if org.kind == OrgKind::Branch {
        grants.push(over(if leads {
            Role::BranchSecretary
        } else {
            Role::BranchCommittee
        }));
    }
    grants
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn org(kind: OrgKind) -> Org {
        Org {
            id: OrgId(Uuid::from_u128(1)),
            parent: None,
            kind,
            name: "甲".into(),
        }
    }

    fn post(kind: PostKind) -> Post {
        Post {
            org: OrgId(Uuid::from_u128(1)),
            member: MemberId(Uuid::from_u128(2)),
            kind,
            title: "书记".into(),
        }
    }

    fn roles(kind: PostKind, org_kind: OrgKind, attached: bool) -> Vec<Role> {
        grants_of_post(&post(kind), &org(org_kind), attached)
            .iter()
            .map(|g| g.role)
            .collect()
    }

    #[test]
    fn a_directly_attached_branch_secretary_acts_for_the_unit_too() {
        let got = roles(PostKind::Secretary, OrgKind::Branch, true);
        assert_eq!(got, [Role::UnitSecretary, Role::BranchSecretary]);
        assert_eq!(
            roles(PostKind::Secretary, OrgKind::Branch, false),
            [Role::BranchSecretary]
        );
    }

    #[test]
    fn a_unit_committee_member_is_its_clerk_and_no_branch_officer() {
        let got = roles(PostKind::CommitteeMember, OrgKind::PrimaryCommittee, true);
        assert_eq!(got, [Role::UnitClerk]);
    }

    #[test]
    fn scope_is_a_subtree() {
        let (a, b) = (OrgId(Uuid::from_u128(1)), OrgId(Uuid::from_u128(9)));
        let user = User {
            account: AccountId(Uuid::nil()),
            member: None,
            name: "甲".into(),
            post: String::new(),
            grants: vec![Grant {
                role: Role::UnitSecretary,
                org: Some(a),
            }],
            csrf: String::new(),
        };
        assert!(user.holds_over(UNIT, &[b, a]));
        assert!(!user.holds_over(UNIT, &[b]));
        assert!(!user.holds_over(BRANCH, &[b, a]));
    }
}
