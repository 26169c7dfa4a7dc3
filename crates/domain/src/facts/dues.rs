//! What is known about dues of a branch's members. // 通知 四、4
//!
//! Counts by month, no person and no amount.

use crate::dues::Month;

/// See the module's head.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DuesFacts {
    /// Members of the branch with an assessment in force.
    pub assessed: u32,
    /// How many owe something, from which month until before which.
    pub owing: Vec<OwingSpan>,
    /// How many paid all of a month that they owed.
    pub settled: Vec<(Month, u32)>,
}

/// Members that owe dues in every month of a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwingSpan {
    /// First month.
    pub from: Month,
    /// First month after it.
    pub until: Month,
    /// How many.
    pub members: u32,
}

impl DuesFacts {
    /// Members that owe something for a month.
    pub fn owing_in(&self, month: Month) -> u32 {
        let covers = |s: &&OwingSpan| (s.from..s.until).contains(&month);
        self.owing.iter().filter(covers).map(|s| s.members).sum()
    }

    /// Members that paid all of it.
    pub fn settled_in(&self, month: Month) -> u32 {
        let of = |(at, _): &&(Month, u32)| *at == month;
        self.settled.iter().filter(of).map(|(_, n)| n).sum()
    }
}
