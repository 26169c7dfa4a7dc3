//! The states of one appraisal round and the edges between them (docs/STATES.md).

use crate::appraisal::machine::{edges, words};

words! {
    /// Where an appraisal round is.
    pub enum RoundState {
        /// The list of the appraised stands; nothing has been issued.
        Prepared = "prepared", "待发票";
        /// Ballots are out.
        Open = "open", "测评中";
        /// The box is closed; nothing counted yet.
        Closed = "closed", "已收票";
        /// The count stands and its arithmetic holds.
        Counted = "counted", "已计票";
        /// Scrutineers and tellers have signed.
        Signed = "signed", "已签字";
        /// The branch has given its opinion on every member.
        Determined = "determined", "已评定";
        /// Given up with a reason; kept on record, a new round follows.
        Voided = "voided", "已作废";
    }
}

words! {
    /// What is done to an appraisal round.
    pub enum RoundStep {
        /// Issue the ballots.
        Open = "open", "发票";
        /// Collect them.
        Close = "close", "收票";
        /// Enter the count.
        Count = "count", "计票";
        /// Scrutineers and tellers sign.
        Sign = "sign", "签字";
        /// The branch committee gives its opinions.
        Determine = "determine", "评定";
        /// Give the round up.
        Void = "void", "作废";
    }
}

edges! { "本轮测评", RoundState, RoundStep:
    Prepared --Open--> Open,
    Open --Close--> Closed,
    Closed --Count--> Counted,
    Counted --Sign--> Signed,
    Signed --Determine--> Determined,
    Prepared --Void--> Voided,
    Open --Void--> Voided,
    Closed --Void--> Voided,
    Counted --Void--> Voided,
}
