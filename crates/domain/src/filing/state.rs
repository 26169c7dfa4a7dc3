//! The states of one version of a filed summary and the edges between them (docs/STATES.md).

use crate::appraisal::machine::{edges, words};

words! {
    /// Where a filing is. // 通知 四、4
    pub enum FilingState {
        /// Being put together.
        Draft = "draft", "待报送";
        /// With the receiver.
        Submitted = "submitted", "已报送";
        /// Sent back with an opinion.
        Returned = "returned", "已退回";
        /// Accepted.
        Received = "received", "已接收";
    }
}

words! {
    /// What is done to a filing.
    pub enum FilingStep {
        /// Send it up.
        Submit = "submit", "报送";
        /// Send it back.
        Return = "return", "退回";
        /// Prepare the next version after a return.
        Revise = "revise", "修改";
        /// Accept it.
        Receive = "receive", "接收";
    }
}

edges! { "汇总表", FilingState, FilingStep:
    Draft --Submit--> Submitted,
    Submitted --Return--> Returned,
    Submitted --Receive--> Received,
    Returned --Revise--> Draft,
}

words! {
    /// What is filed, by whom, to whom. // 通知 四、4
    pub enum FilingKind {
        /// A branch's 汇总表, to its unit.
        BranchSummary = "branch_summary", "支部测评汇总表";
        /// A unit's 汇总表 with its 总结材料, to the 组织科.
        UnitSummary = "unit_summary", "单位总结材料和测评汇总表";
    }
}
