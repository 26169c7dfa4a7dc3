//! What is known about dues of a branch's members. // 通知 四、4

/// See the module's head.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DuesFacts {
    /// Months assessed.
    pub months: u32,
}
