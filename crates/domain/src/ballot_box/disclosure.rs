//! What a room of this size reveals, said before the vote (docs/DOMAIN.md §2.6).

use crate::notice::Settings;

/// What the voters are told before they vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disclosure {
    /// One voter: the sums are the vote.
    Everything,
    /// Fewer than the floor: each can work out the others' marks.
    BelowFloor {
        /// Voters.
        voters: u32,
        /// Floor of the campaign.
        floor: u32,
    },
    /// Sums hide the single vote, unless all agree.
    Sums {
        /// Voters.
        voters: u32,
    },
}

impl Disclosure {
    /// For so many voters.
    pub fn of(voters: u32, settings: &Settings) -> Self {
        match voters {
            0 | 1 => Self::Everything,
            _ if !settings.counts_shown(voters) => Self::BelowFloor {
                voters,
                floor: settings.floor,
            },
            _ => Self::Sums { voters },
        }
    }

    /// Whether members are shown counts.
    pub fn shows_counts(self) -> bool {
        matches!(self, Self::Sums { .. })
    }

    /// One sentence for the screen.
    pub fn sentence(self) -> String {
        match self {
            Self::Everything => {
                "只有 1 人投票，票数就是本人的票，起不到无记名的作用。请由上级党组织主持评议。"
                    .into()
            }
            Self::BelowFloor { voters, floor } => format!(
                "{voters} 人投票，不足 {floor} 人，从票数可以推出各人的票。票数只供支部委员会研究，\
                 对党员本人只反馈评定意见，不公布票数。"
            ),
            Self::Sums { voters } => format!(
                "{voters} 人投票，公布的只有每名党员的得票合计，看不出谁投了什么。\
                 如果全体意见完全一致，合计本身会说明这一点。"
            ),
        }
    }
}
