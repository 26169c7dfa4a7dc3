//! How far the year's assessment is. // 通知 四、4

/// Counts only: no marks, no sums of units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AssessmentFacts {
    /// Whether the committee's scheme is issued; `None` before there is one.
    pub issued: Option<bool>,
    /// Units whose sheet was checked.
    pub checked: u32,
}
