//! The states of one electronic ballot box and the edges between them (docs/STATES.md).

use crate::appraisal::machine::{edges, words};

words! {
    /// Where a ballot box is.
    pub enum BoxState {
        /// The scrutineers have not both made their keys.
        Keys = "keys", "待监票人准备";
        /// The ballot is fixed; slips are to be made.
        Slips = "slips", "待制票";
        /// Slips are made; voting has not begun.
        Ready = "ready", "待投票";
        /// Voting.
        Open = "open", "投票中";
        /// Last call: a countdown runs.
        LastCall = "last_call", "即将截止";
        /// No more ballots; nothing opened yet.
        Closed = "closed", "已截止";
        /// The sums are opened.
        Counted = "counted", "已计票";
        /// Given up with a reason; kept on record.
        Voided = "voided", "已作废";
    }
}

words! {
    /// What is done to a ballot box.
    pub enum BoxStep {
        /// Both scrutineers' keys are there.
        FixKeys = "fix_keys", "确定监票人";
        /// Slips are made.
        MakeSlips = "make_slips", "制票";
        /// Voting begins.
        Open = "open", "开始投票";
        /// Announce the end.
        CallLast = "call_last", "最后提醒";
        /// Take the announcement back.
        Resume = "resume", "继续投票";
        /// No more ballots.
        Close = "close", "截止投票";
        /// Open the sums.
        Count = "count", "计票";
        /// Give the box up.
        Void = "void", "作废";
    }
}

// Only a last call leads to closing, and nothing leads back from there. // 截止后不得重新打开
edges! { "本轮票箱", BoxState, BoxStep:
    Keys --FixKeys--> Slips,
    Slips --MakeSlips--> Ready,
    Ready --Open--> Open,
    Open --CallLast--> LastCall,
    LastCall --Resume--> Open,
    LastCall --Close--> Closed,
    Closed --Count--> Counted,
    Keys --Void--> Voided,
    Slips --Void--> Voided,
    Ready --Void--> Voided,
    Open --Void--> Voided,
    LastCall --Void--> Voided,
    Closed --Void--> Voided,
    Counted --Void--> Voided,
}

impl BoxState {
    /// Whether a ballot is taken now: also during the last call.
    pub fn takes_ballots(self) -> bool {
        matches!(self, Self::Open | Self::LastCall)
    }

    /// Whether a slip may be handed back now: leftovers also before voting begins.
    pub fn takes_slips_back(self) -> bool {
        matches!(self, Self::Ready) || self.takes_ballots()
    }
}
