//! A member as one row of a roster states it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::column::ColumnSet;
use super::id_number::IdNumber;
use crate::member::{PostKind, Sex, Standing};

/// In which organisation a post is held, seen from its holder's branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostLevel {
    /// The holder's branch.
    Branch,
    /// The general branch between branch and unit.
    GeneralBranch,
    /// The unit organisation.
    Unit,
}

impl PostLevel {
    /// As messages print it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Branch => "党支部",
            Self::GeneralBranch => "党总支",
            Self::Unit => "单位党组织",
        }
    }
}

/// A post as 党内职务 names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PostText {
    /// In which organisation. Where the unit is the branch, always [`PostLevel::Branch`].
    pub level: PostLevel,
    /// What it allows.
    pub kind: PostKind,
    /// The roster's own words.
    pub title: String,
}

/// One member of a roster. Missing values are `None`; what was put right is already right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The spreadsheet program's row number.
    pub row: u32,
    /// The sheet's name.
    pub sheet: String,
    /// Unit organisation; the same as `branch` for a directly attached branch.
    pub unit: String,
    /// 党总支 between unit and branch.
    pub general_branch: Option<String>,
    /// Branch.
    pub branch: String,
    /// Name without spaces.
    pub name: String,
    /// Its own column, else the identity number.
    pub sex: Option<Sex>,
    /// 民族, as written.
    pub ethnicity: Option<String>,
    /// Checked identity number.
    pub id_number: Option<IdNumber>,
    /// The identity number, else its own column.
    pub born: Option<Date>,
    /// 学历, as written.
    pub education: Option<String>,
    /// 入党时间; the first of the month or year where the roster says no more.
    pub joined: Option<Date>,
    /// 转正时间.
    pub confirmed: Option<Date>,
    /// Full or probationary.
    pub standing: Standing,
    /// Posts in the Party.
    pub posts: Vec<PostText>,
    /// Telephone, digits only.
    pub phone: Option<String>,
    /// The roster's own member code.
    pub code: Option<String>,
    /// 是否离退休.
    pub retired: bool,
    /// 是否班子成员.
    pub unit_leader: bool,
    /// 备注, as written.
    pub note: Option<String>,
    /// The columns its sheet has: what has no column is unknown, not changed.
    pub given: ColumnSet,
}
