//! The states of one version of a work plan and the edges between them (docs/STATES.md).

use crate::appraisal::machine::{edges, words};

words! {
    /// Where a version of a work plan is. // 通知 二、4
    pub enum PlanState {
        /// Being written by the unit.
        Draft = "draft", "起草中";
        /// With the 组织科 for review.
        Submitted = "submitted", "已报送";
        /// Sent back with an opinion.
        Returned = "returned", "已退回";
        /// Reviewed, numbered, in force.
        Filed = "filed", "已备案";
    }
}

words! {
    /// What is done to a work plan.
    pub enum PlanStep {
        /// The unit sends it up.
        Submit = "submit", "报送";
        /// The 组织科 sends it back.
        Return = "return", "退回";
        /// The 组织科 files it.
        File = "file", "备案";
        /// The unit writes the next version after a return.
        Revise = "revise", "修改";
        /// The unit changes a filed plan; the filed version stays in force meanwhile.
        Amend = "amend", "调整";
    }
}

edges! { "工作方案", PlanState, PlanStep:
    Draft --Submit--> Submitted,
    Submitted --Return--> Returned,
    Submitted --File--> Filed,
    Returned --Revise--> Draft,
    Filed --Amend--> Draft,
}
