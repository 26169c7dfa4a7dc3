//! What is known about the four gates a branch passes. // 通知 四、3

/// Gates by where they stand; gates nobody has looked at are in none of these.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GateFacts {
    /// Passed.
    pub passed: u32,
    /// Sent back, not made up for yet.
    pub returned: u32,
    /// Made up for, waiting for the second look.
    pub reworked: u32,
}
