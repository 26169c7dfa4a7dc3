//! What a member lives on, as far as the rates ask. // 中组发〔2008〕3号 art. 1–7

use serde::{Deserialize, Serialize};

/// Category of the rates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// 按月领取工资.
    Wage,
    /// 年薪制.
    AnnualSalary,
    /// 不按月取得收入.
    SelfEmployed,
    /// 离退休.
    Retired,
    /// 农民.
    Farmer,
    /// 学生.
    Student,
    /// 下岗失业.
    Unemployed,
    /// 抚恤, 救济, 低保.
    Relief,
}

impl Category {
    /// Every category, in the order of the rates.
    pub const ALL: [Self; 8] = [
        Self::Wage,
        Self::AnnualSalary,
        Self::SelfEmployed,
        Self::Retired,
        Self::Farmer,
        Self::Student,
        Self::Unemployed,
        Self::Relief,
    ];

    /// The word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Wage => "wage",
            Self::AnnualSalary => "annual_salary",
            Self::SelfEmployed => "self_employed",
            Self::Retired => "retired",
            Self::Farmer => "farmer",
            Self::Student => "student",
            Self::Unemployed => "unemployed",
            Self::Relief => "relief",
        }
    }

    /// Reads what [`Category::as_str`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.as_str() == text)
    }
}
