//! One thing somebody did: a row of the log and the change it speaks of.

use pingyi_domain::count::Count;
use pingyi_domain::dues::{Fen, Month};
use pingyi_domain::ids::{CampaignId, MeetingId, MemberId, RoundId};
use pingyi_domain::measure::MeasureState;
use pingyi_domain::meeting::Attendance;
use pingyi_domain::opinion::Given;
use pingyi_domain::scheme::Mark;
use pingyi_domain::time::UnixTime;
use pingyi_storage::assessment::{Sheet, StoredScheme};
use pingyi_storage::audit::{Actor, Event, Object};
use pingyi_storage::count_entry::CountEntry;
use pingyi_storage::determination::Determination;
use pingyi_storage::dues::assessment::Assessment;
use pingyi_storage::dues::clerk::DuesClerk;
use pingyi_storage::dues::payment::Payment;
use pingyi_storage::filing::{Filing, FilingVersion};
use pingyi_storage::measure::Measure;
use pingyi_storage::meeting::Meeting;
use pingyi_storage::observer::Observer;
use pingyi_storage::official::RoundOfficial;
use pingyi_storage::opinion::Activity;
use pingyi_storage::plan::{Plan, PlanVersion};
use pingyi_storage::problem_list::{ListVersion, ProblemList};
use pingyi_storage::receipt::Receipt;
use pingyi_storage::round::StoredRound;
use pingyi_storage::study::{Makeup, Session};
use pingyi_storage::subject::RoundMember;

use crate::apart::Apart;
use crate::boxes::BoxWrite;
use crate::more::More;

/// Who pays, how much.
pub(crate) type PaidBy = (MemberId, Fen);

/// Who did what, when.
#[derive(Debug)]
pub(crate) struct Act {
    /// When.
    pub at: UnixTime,
    /// Who.
    pub actor: Actor,
    /// What, in the past tense.
    pub event: Event,
    /// To what.
    pub object: Object,
    /// More about it.
    pub detail: serde_json::Value,
    /// What changed.
    pub write: Write,
}

/// A change, in storage's words.
#[derive(Debug)]
pub(crate) enum Write {
    /// 签收.
    Receipt(Receipt),
    /// 党费管理员.
    DuesClerk(DuesClerk),
    /// What a member owes, with the income to be sealed.
    DuesAssessment(Box<Assessment>, Fen),
    /// A month's payments.
    DuesPaid(Vec<(Payment, Month)>),
    /// The year's assessment: the committee's scheme.
    Scheme(Box<StoredScheme>),
    /// A unit's sheet with its marks.
    AssessmentSheet(Box<Sheet>, Vec<Mark>),
    /// A study session, its items, and who was there.
    Study(Box<Session>, Vec<String>, Vec<(MemberId, bool)>),
    /// 补学.
    Makeups(CampaignId, Vec<Makeup>),
    /// A forum, what was said, and whether it is answered for.
    Heard(Box<Activity>, Vec<Given>, bool),
    /// A plan begins.
    NewPlan(Plan, Box<PlanVersion>),
    /// The newest version moves on.
    Plan(Plan, Box<PlanVersion>),
    /// A further version begins.
    NextPlan(Plan, Box<PlanVersion>),
    /// A meeting begins or is announced.
    NewMeeting(Box<Meeting>),
    /// A meeting moves on.
    Meeting(Box<Meeting>),
    /// The list of those due and present.
    Attendance(MeetingId, Vec<Attendance>, Vec<Observer>),
    /// A round begins, with its list and who watches and counts.
    NewRound(Box<StoredRound>, Vec<RoundMember>, Vec<RoundOfficial>),
    /// A round moves on.
    Round(Box<StoredRound>),
    /// One person's count.
    Entry(RoundId, CountEntry),
    /// The same person's count, put right.
    Retyped(RoundId, CountEntry),
    /// The agreed count.
    Count(Box<StoredRound>, Count),
    /// The branch's opinions.
    Opinions(Box<StoredRound>, Vec<Determination>),
    /// A member's list begins, handed in.
    NewList(Box<ProblemList>, Box<ListVersion>),
    /// A further version of it.
    NextList(Box<ProblemList>, Box<ListVersion>),
    /// A measure moves on from a state.
    Measure(Box<Measure>, MeasureState),
    /// A filing begins.
    NewFiling(Filing, Box<FilingVersion>),
    /// A further version begins.
    NextFiling(Filing, Box<FilingVersion>),
    /// It is handed in: what it was made from is read at that moment.
    Submit(Filing, Box<FilingVersion>),
    /// It is decided upon.
    Decide(Filing, Box<FilingVersion>),
    /// What a demonstration shows once.
    Apart(Box<Apart>),
    /// A list goes back to its author.
    ListBack(Box<ProblemList>, Box<ListVersion>),
    /// A step of an electronic round.
    Ballots(Box<BoxWrite>),
    /// What happens around the meeting.
    More(Box<More>),
}
