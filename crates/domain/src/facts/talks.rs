//! What is known about heart-to-heart talks in a branch. // 通知 二、2

/// Counts; who must talk with whom is [`crate::talk::needs`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TalkFacts {
    /// Talks held.
    pub held: u32,
    /// Talks the notice asks for: pairs among those with a post, and every other member once.
    pub needed: u32,
    /// Of these, held.
    pub covered: u32,
    /// Matters brought up that were not settled on the spot.
    pub raised: u32,
    /// Of these, still open.
    pub unsettled: u32,
}
