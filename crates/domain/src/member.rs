//! Members and the posts they hold.
//!
//! Identity numbers never reach these types: only a keyed hash and the last four digits do.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{MemberId, OrgId};

/// 正式党员 or 预备党员.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// 正式党员.
    Full,
    /// 预备党员.
    Probationary,
}

impl Standing {
    /// The word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Probationary => "probationary",
        }
    }

    /// Reads what [`Standing::as_str`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Full, Self::Probationary]
            .into_iter()
            .find(|s| s.as_str() == text)
    }

    /// As forms print it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Full => "正式",
            Self::Probationary => "预备",
        }
    }
}

/// 男 or 女.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// 男.
    Male,
    /// 女.
    Female,
}

impl Sex {
    /// As forms print and the database stores it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Male => "男",
            Self::Female => "女",
        }
    }

    /// Reads 男 or 女.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Male, Self::Female]
            .into_iter()
            .find(|s| s.as_str() == text)
    }
}

/// The kind of a post, which decides what its holder may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostKind {
    /// 书记 (直接责任人 of a branch, 第一责任人 of a unit). // 通知 四、2
    Secretary,
    /// 副书记.
    DeputySecretary,
    /// 组织委员, 宣传委员, 纪检委员, 委员 …
    CommitteeMember,
}

impl PostKind {
    /// The word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Secretary => "secretary",
            Self::DeputySecretary => "deputy_secretary",
            Self::CommitteeMember => "committee_member",
        }
    }

    /// Reads what [`PostKind::as_str`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        [
            Self::Secretary,
            Self::DeputySecretary,
            Self::CommitteeMember,
        ]
        .into_iter()
        .find(|p| p.as_str() == text)
    }
}

/// A post as the roster's 党内职务 names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// In which organisation.
    pub org: OrgId,
    /// Its holder.
    pub member: MemberId,
    /// What it allows.
    pub kind: PostKind,
    /// The roster's own words: 组织委员, 专职副书记 …
    pub title: String,
}

/// A member as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Id.
    pub id: MemberId,
    /// The branch the member's formal relation is with.
    pub branch: OrgId,
    /// Name, without spaces.
    pub name: String,
    /// Sex, where the roster says.
    pub sex: Option<Sex>,
    /// 民族, as written.
    pub ethnicity: Option<String>,
    /// Birth date, from the identity number or its own column.
    pub born: Option<Date>,
    /// 学历, as written.
    pub education: Option<String>,
    /// 入党时间.
    pub joined: Option<Date>,
    /// 转正时间.
    pub confirmed: Option<Date>,
    /// Full or probationary.
    pub standing: Standing,
    /// 是否离退休.
    pub retired: bool,
    /// Member of the unit's leading group: attends its own branch as an ordinary member. // 通知 四、2
    pub unit_leader: bool,
    /// Telephone, digits only.
    pub phone: Option<String>,
    /// The roster's own member code, where it has one.
    pub code: Option<String>,
    /// Keyed hash of the identity number (hex).
    pub id_hash: Option<String>,
    /// Last four characters of the identity number, to tell namesakes apart.
    pub id_last4: Option<String>,
}
