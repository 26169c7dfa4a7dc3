//! What is known about the four gates a branch passes. // 通知 四、3

/// See the module's head.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GateFacts {
    /// Gates passed.
    pub passed: u32,
}
