//! The states of one rectification measure and the edges between them (docs/STATES.md).

use crate::appraisal::machine::{edges, words};

words! {
    /// Where a measure is. // 通知 三、4
    pub enum MeasureState {
        /// Being carried out.
        Open = "open", "整改中";
        /// The member says it is done, with evidence.
        Claimed = "claimed", "待核实";
        /// Somebody else verified it: 销号.
        Verified = "verified", "已销号";
        /// Not accepted, with a word.
        Returned = "returned", "未通过";
    }
}

words! {
    /// What is done to a measure.
    pub enum MeasureStep {
        /// The member reports it done.
        Claim = "claim", "报完成";
        /// An officer verifies it.
        Verify = "verify", "核实销号";
        /// An officer does not accept it.
        Return = "return", "退回";
    }
}

edges! { "整改措施", MeasureState, MeasureStep:
    Open --Claim--> Claimed,
    Claimed --Verify--> Verified,
    Claimed --Return--> Returned,
    Returned --Claim--> Claimed,
}
