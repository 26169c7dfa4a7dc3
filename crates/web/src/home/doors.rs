//! The pages of a branch's work, in the order of the work, as its own page lists them.
//!
//! A line here is a link, not a permission: the route behind it asks for that.

/// A link on a branch's page.
pub struct Door {
    /// Words.
    pub label: &'static str,
    /// Behind `/c/{campaign}/o/{branch}/`.
    pub rest: &'static str,
}

/// 会前. // 通知 二
pub const BEFORE: &[Door] = &[
    door("会前学习", "study"),
    door("征求意见", "opinions"),
    door("谈心谈话", "talks"),
    door("问题清单", "lists"),
];

/// 会上. // 通知 三
pub const MEETING: &[Door] = &[
    door("组织生活会", "meeting"),
    door("批评与自我批评", "speeches"),
    door("民主评议", "appraisal"),
];

/// 会后. // 通知 三、3 and 四
pub const AFTER: &[Door] = &[
    door("反馈公示", "results"),
    door("测评汇总表", "summary"),
    door("整改措施", "measures"),
    door("党费", "dues"),
    door("四个不放过", "gates"),
    door("督导反馈", "checks"),
    door("两个全覆盖", "coverage"),
    door("台帐", "ledger"),
];

const fn door(label: &'static str, rest: &'static str) -> Door {
    Door { label, rest }
}
