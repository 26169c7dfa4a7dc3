//! Typed ids. An id of one kind cannot be passed where another is meant.
//!
//! Ids are UUIDs kept as text; this module never makes one (randomness comes from outside).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )+};
}

id! {
    /// A Party organisation: committee, unit organisation, general branch or branch.
    OrgId,
    /// A Party member on the roster.
    MemberId,
    /// Somebody who logs in.
    AccountId,
    /// A post held by a member in an organisation.
    PostId,
    /// One issued notice.
    CampaignId,
    /// A unit's work plan (all its versions).
    PlanId,
    /// A branch's thematic organisational life meeting.
    MeetingId,
    /// One appraisal round of a meeting.
    RoundId,
    /// Papers filed upward: a branch's or a unit's 汇总表.
    FilingId,
    /// A branch's public notice of results (公示).
    PublicityId,
    /// A proposal to destroy papers.
    DestructionId,
    /// A member's problem list (all its versions).
    ListId,
    /// One rectification measure.
    MeasureId,
    /// One draw of branches for 抽查.
    DrawId,
    /// One check by the supervision team.
    CheckId,
    /// A member of the supervision team.
    SupervisorId,
    /// A member of the committee's leading group, as far as attendance is counted.
    LeaderId,
    /// What a member was assessed to pay from some month on.
    DuesAssessmentId,
    /// An entry of a branch's dues register.
    DuesPaymentId,
    /// A study session of a branch.
    StudyId,
    /// An occasion at which a branch hears opinions.
    ActivityId,
    /// One opinion; always random (v4), so that it tells neither time nor order.
    OpinionId,
    /// A token of another system.
    ApiTokenId,
    /// A heart-to-heart talk.
    TalkId,
}
