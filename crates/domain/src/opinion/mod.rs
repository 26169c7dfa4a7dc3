//! Opinions on a branch and its members: how they are heard, collected unsigned, and answered for.
//!
//! An opinion has no giver, no time and no number. Nothing here knows who gave it.
// 通知 二、2

mod bucket;

use crate::appraisal::machine::{edges, words};
use crate::ids::{MemberId, OpinionId};

pub use bucket::Bucket;

/// Longest opinion, in characters.
pub const LONGEST: usize = 500;
/// Most opinions one collection takes.
pub const MOST: u32 = 2_000;
/// Fewer than this are not counted aloud while a collection runs: a count that goes from none to
/// one tells who has just been asked.
pub const FLOOR: u32 = 3;

words! {
    /// 通过座谈、个别访谈、发放征求意见表等. // 通知 二、2
    pub enum ActivityForm {
        /// A round of talks with several people.
        Forum = "forum", "座谈";
        /// One by one.
        Interview = "interview", "个别访谈";
        /// On a form.
        Sheet = "sheet", "征求意见表";
        /// 等.
        Other = "other", "其他方式";
    }
}

words! {
    /// 采取面对面或背靠背等方式. // 通知 二、2
    pub enum Mode {
        /// With those concerned in the room.
        FaceToFace = "face_to_face", "面对面";
        /// Without them.
        BackToBack = "back_to_back", "背靠背";
    }
}

words! {
    /// 深入基层一线、服务对象和人民群众中. // 通知 二、2
    pub enum Source {
        /// Where the work is done.
        FrontLine = "front_line", "基层一线";
        /// Those the unit serves.
        Served = "served", "服务对象";
        /// People who are not in the Party.
        Masses = "masses", "群众";
        /// The branch's own members: heard gladly, but not what the notice asks for.
        Members = "members", "本支部党员";
    }
}

impl Source {
    /// Whether these people stand outside the branch. // 通知 二、2
    pub fn outside(self) -> bool {
        self != Self::Members
    }
}

words! {
    /// What became of an opinion.
    pub enum Handling {
        /// Taken up.
        Adopted = "adopted", "采纳";
        /// Taken up in part.
        PartlyAdopted = "partly_adopted", "部分采纳";
        /// Told how it is and why.
        Explained = "explained", "作出说明";
        /// Belongs elsewhere.
        PassedOn = "passed_on", "转有关方面";
    }
}

words! {
    /// Where an unsigned collection is.
    pub enum CollectionState {
        /// Opinions come in; nobody reads any.
        Collecting = "collecting", "征集中";
        /// No more come in; they can be read.
        Closed = "closed", "已截止";
    }
}

words! {
    /// What is done to a collection.
    pub enum CollectionStep {
        /// End it and open the envelopes.
        Close = "close", "截止";
    }
}

// Nothing reopens it: who writes after others have read would not be unknown any more.
edges! { "这次征集", CollectionState, CollectionStep:
    Collecting --Close--> Closed,
}

/// One opinion as given.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Given {
    /// Random.
    pub id: OpinionId,
    /// On whom; `None` for the branch as a whole.
    pub about: Option<MemberId>,
    /// As written.
    pub text: String,
}

/// How many a running collection has, if that may be said.
pub fn told(received: u32) -> Option<u32> {
    (received >= FLOOR).then_some(received)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_opinions_are_not_counted_aloud() {
        assert_eq!([0, 2, 3, 9].map(told), [None, None, Some(3), Some(9)]);
    }

    #[test]
    fn only_the_branchs_own_members_are_inside() {
        let inside: Vec<_> = Source::ALL.iter().filter(|s| !s.outside()).collect();
        assert_eq!(inside, [&Source::Members]);
    }

    #[test]
    fn a_closed_collection_stays_closed() {
        let closed = CollectionState::Collecting.advance(CollectionStep::Close);
        assert_eq!(closed, Ok(CollectionState::Closed));
        assert!(
            CollectionState::Closed
                .advance(CollectionStep::Close)
                .is_err()
        );
    }
}
