//! What is recorded of the member who asks, and of nobody else.

use pingyi_domain::assess::MemberFacts;
use pingyi_domain::ids::MemberId;
use pingyi_domain::meeting::{Attendance, Due, Presence};
use pingyi_storage::criticism::{self, Criticism};
use pingyi_storage::measure::{self, Measure};
use pingyi_storage::meeting::Meeting;
use pingyi_storage::opinion::{self, Opinion};
use pingyi_storage::{Tx, attendance, feedback, study, talk};

use crate::kernel::access::{Role, User};
use crate::kernel::app::App;
use crate::kernel::campaign::Campaign;
use crate::kernel::error::PageError;
use crate::lists::load::{Desk, desk};
use crate::meeting::load;

/// The member's own.
pub(super) struct Own {
    pub desk: Desk,
    pub meeting: Option<Meeting>,
    pub measures: Vec<Measure>,
    /// Items of study still missing, by label. // 通知 二、1
    pub study: Vec<String>,
    /// Opinions on this member, as given, without a giver. // 通知 二、2
    pub opinions: Vec<Opinion>,
    /// The branch's opinion of this member, once given. // 通知 三、3
    pub result: Option<feedback::Own>,
    /// What was said to this member at the meeting. // 通知 三、2
    pub received: Vec<Criticism>,
    pub facts: MemberFacts,
}

/// Loads it for the current campaign.
pub(super) async fn own(
    app: &App,
    tx: &mut Tx,
    user: &User,
    campaign: &Campaign,
) -> Result<Own, PageError> {
    let member = user.member.ok_or(PageError::NotFound)?;
    let branch = user.org_as(&[Role::Member]).ok_or(PageError::NotFound)?;
    let desk = desk(app, tx, (campaign.id, branch), member).await?;
    let meeting = load::find(tx, &desk.scene).await?;
    let planned = load::planning(tx, &desk.scene).await?.line;
    let planned = planned
        .and_then(|l| l.starts)
        .map(jiff::civil::DateTime::date);
    let measures = measure::list_of_member(tx, campaign.id, member).await?;
    let done = study::done_by_member(tx, campaign.id, member).await?;
    let missing = pingyi_domain::study::missing(&campaign.notice.study, &done);
    let study: Vec<String> = missing.iter().map(|item| item.label.clone()).collect();
    let result = feedback::of_member(tx, (campaign.id, branch), member).await?;
    let told = result.as_ref().and_then(|r| r.feedback.as_ref());
    let waiting = talk::list_waiting(tx, campaign.id, member).await?.len();
    let received = match &meeting {
        Some(held) => criticism::list_to(tx, held.id, member).await?,
        None => Vec::new(),
    };
    let facts = MemberFacts {
        study_missing: u32::try_from(study.len()).unwrap_or(u32::MAX),
        result_to_confirm: told.is_some_and(|t| t.feedback.acknowledged.is_none()),
        excluded: excluded(tx, meeting.as_ref(), member).await?,
        meeting_on: meeting.as_ref().and_then(|m| m.held_on).or(planned),
        criticism_over: desk.over,
        list: desk.state(),
        list_stands: desk.standing().is_some(),
        list_after: desk
            .list
            .as_ref()
            .is_some_and(|l| l.after_version.is_some()),
        measures: measures.iter().map(|m| (m.due_on, m.state)).collect(),
        talks_to_confirm: u32::try_from(waiting).unwrap_or(u32::MAX),
    };
    Ok(Own {
        opinions: opinion::list_about(tx, campaign.id, member).await?,
        study,
        result,
        received,
        desk,
        meeting,
        measures,
        facts,
    })
}

async fn excluded(
    tx: &mut Tx,
    meeting: Option<&Meeting>,
    member: MemberId,
) -> Result<bool, PageError> {
    let Some(meeting) = meeting else {
        return Ok(false);
    };
    let lines = attendance::list(tx, meeting.id).await?;
    let out = |l: &Attendance| l.due != Due::Yes && matches!(l.presence, Presence::Absent { .. });
    Ok(lines.iter().any(|l| l.member == member && out(l)))
}
