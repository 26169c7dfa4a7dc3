//! What a log row speaks of.

use pingyi_domain::ids::{
    AccountId, CampaignId, CheckId, DrawId, FilingId, MeetingId, MemberId, OrgId, PlanId, RoundId,
    TalkId,
};
use uuid::Uuid;

/// The object of an event. There is deliberately no ballot, slip or mark here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Object {
    /// The system as a whole.
    System,
    /// An organisation.
    Org(OrgId),
    /// A member.
    Member(MemberId),
    /// An account.
    Account(AccountId),
    /// An import of a roster.
    Import(Uuid),
    /// A campaign.
    Campaign(CampaignId),
    /// A work plan.
    Plan(PlanId),
    /// A meeting.
    Meeting(MeetingId),
    /// An appraisal round.
    Round(RoundId),
    /// Papers filed upward.
    Filing(FilingId),
    /// A draw of branches.
    Draw(DrawId),
    /// A check by the supervision team.
    Check(CheckId),
    /// A heart-to-heart talk.
    Talk(TalkId),
}

impl Object {
    /// The word stored in the database.
    pub fn kind(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Org(_) => "org",
            Self::Member(_) => "member",
            Self::Account(_) => "account",
            Self::Import(_) => "import",
            Self::Campaign(_) => "campaign",
            Self::Plan(_) => "plan",
            Self::Meeting(_) => "meeting",
            Self::Round(_) => "round",
            Self::Filing(_) => "filing",
            Self::Draw(_) => "draw",
            Self::Check(_) => "check",
            Self::Talk(_) => "talk",
        }
    }

    /// The id as text; empty for the system.
    pub fn id(self) -> String {
        match self {
            Self::System => String::new(),
            Self::Org(id) => id.to_string(),
            Self::Member(id) => id.to_string(),
            Self::Account(id) => id.to_string(),
            Self::Import(id) => id.to_string(),
            Self::Campaign(id) => id.to_string(),
            Self::Plan(id) => id.to_string(),
            Self::Meeting(id) => id.to_string(),
            Self::Round(id) => id.to_string(),
            Self::Filing(id) => id.to_string(),
            Self::Draw(id) => id.to_string(),
            Self::Check(id) => id.to_string(),
            Self::Talk(id) => id.to_string(),
        }
    }
}
