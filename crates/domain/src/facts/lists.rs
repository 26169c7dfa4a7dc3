//! What is known about problem lists of a branch's members. // 通知 二、3

use jiff::civil::Date;

/// Lists of active members who are due. Counts only: who wrote what is on nobody's overview.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListFacts {
    /// Handed in and standing.
    pub handed: u32,
    /// Of these, answering every category.
    pub all_categories: u32,
    /// Of these, using every benchmark. // 通知 一
    pub all_benchmarks: u32,
    /// Of these, considering every aspect. // 通知 一
    pub all_aspects: u32,
    /// Day the last of them was first handed in.
    pub last_on: Option<Date>,
}
