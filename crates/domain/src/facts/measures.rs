//! What is known about rectification measures of a branch's members. // 通知 三、4

use jiff::civil::Date;

/// Measures of active members who are due.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MeasureFacts {
    /// Members whose list stands after the meeting, amended or confirmed.
    pub members: u32,
    /// Measures by last day: how many, and how many of them not verified yet.
    pub by_day: Vec<(Date, u32, u32)>,
    /// Measures of the same members from earlier campaigns.
    pub earlier: u32,
    /// Of these, those nobody has reported on.
    pub earlier_silent: u32,
}
