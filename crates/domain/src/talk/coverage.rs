//! 支部书记、副书记、支部委员与支部党员之间要相互谈. // 通知 二、2
//!
//! Those with a post talk with each other; every other member talks with at least one of them.
//! A branch without a committee has its secretary alone, so the secretary talks with each.

use std::collections::HashSet;

use super::TalkError;
use crate::ids::MemberId;
use crate::member::PostKind;

/// A member of the branch as talks see them: due, with the highest post there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub member: MemberId,
    /// 书记, 副书记 or 委员 of this branch.
    pub post: Option<PostKind>,
}

/// Two different members; the order does not matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair {
    low: MemberId,
    high: MemberId,
}

impl Pair {
    /// Of two people; nobody talks with themselves.
    pub fn new(one: MemberId, other: MemberId) -> Result<Self, TalkError> {
        if one == other {
            return Err(TalkError::Oneself);
        }
        Ok(Self {
            low: one.min(other),
            high: one.max(other),
        })
    }

    /// Both.
    pub fn members(self) -> [MemberId; 2] {
        [self.low, self.high]
    }

    /// The one who is not `member`.
    pub fn other(self, member: MemberId) -> MemberId {
        if self.low == member {
            self.high
        } else {
            self.low
        }
    }
}

/// A talk that the notice asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Need {
    /// These two with a post.
    Both(Pair),
    /// This member, with anybody who has a post.
    One(MemberId),
}

/// Every talk the notice asks for in a branch. // 通知 二、2
pub fn needs(people: &[Person]) -> Vec<Need> {
    let leading: Vec<MemberId> = people
        .iter()
        .filter(|p| p.post.is_some())
        .map(|p| p.member)
        .collect();
    let mut out = Vec::new();
    for (at, &one) in leading.iter().enumerate() {
        let rest = leading[at + 1..].iter();
        out.extend(rest.filter_map(|&other| Pair::new(one, other).ok().map(Need::Both)));
    }
    let ordinary = people.iter().filter(|p| p.post.is_none());
    out.extend(ordinary.map(|p| Need::One(p.member)));
    out
}

/// What is left of [`needs`] after the talks held.
pub fn open_needs(people: &[Person], held: &[Pair]) -> Vec<Need> {
    let leading: HashSet<MemberId> = people
        .iter()
        .filter(|p| p.post.is_some())
        .map(|p| p.member)
        .collect();
    let held: HashSet<Pair> = held.iter().copied().collect();
    let met: HashSet<MemberId> = held
        .iter()
        .flat_map(|pair| pair.members().map(|m| (m, pair.other(m))))
        .filter(|(_, other)| leading.contains(other))
        .map(|(member, _)| member)
        .collect();
    let mut open = needs(people);
    open.retain(|need| match need {
        Need::Both(pair) => !held.contains(pair),
        Need::One(member) => !met.contains(member),
    });
    open
}
