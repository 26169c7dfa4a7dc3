//! A branch's appraisal as stored, and its result as annex 2 and the filing pages need it.

use pingyi_domain::appraisal::{Opinion, RoundState, Treatment};
use pingyi_domain::count::{Count, LEADING_GROUP, MemberMarks, percent_text};
use pingyi_domain::ids::{MemberId, OrgId};
use pingyi_domain::meeting::Figures;
use pingyi_domain::member::Standing;
use pingyi_domain::notice::{Notice, Settings};
use pingyi_storage::ballot_archive::{self, Printed};
use pingyi_storage::determination::Determination;
use pingyi_storage::meeting::Meeting;
use pingyi_storage::official::{OfficialRole, RoundOfficial};
use pingyi_storage::round::StoredRound;
use pingyi_storage::subject::RoundMember;
use pingyi_storage::{Tx, count, determination, feedback, meeting, official, round, subject};

use crate::kernel::campaign::Campaign;
use crate::kernel::error::PageError;
use crate::meeting::load::{Room, room};

/// The round that counts, with its list and officials.
#[derive(Debug, Clone)]
pub(crate) struct Current {
    /// The round.
    pub round: StoredRound,
    /// The notice's settings as they were when it was prepared.
    pub settings: Settings,
    /// Every member of the branch in the ballot's order.
    pub list: Vec<RoundMember>,
    /// 监票人, 计票人, 唱票人.
    pub officials: Vec<RoundOfficial>,
}

impl Current {
    /// Members with a row on the ballot, in order.
    pub fn on_ballot(&self) -> impl Iterator<Item = &RoundMember> {
        self.list
            .iter()
            .filter(|m| m.subject.treatment == Treatment::Graded)
    }

    /// What the ballot asks about, in order: the members, then the leading group where the round's
    /// settings have it.
    pub fn lines(&self) -> Vec<String> {
        let members = self.on_ballot().map(|m| m.name.clone());
        members.chain(self.group().map(str::to_owned)).collect()
    }

    /// The ballot's last line, if it asks about the leading group.
    pub fn group(&self) -> Option<&'static str> {
        self.settings.leading_group_ballot.then_some(LEADING_GROUP)
    }

    /// Names of one kind of official.
    pub fn names(&self, role: OfficialRole) -> Vec<String> {
        names(&self.officials, role)
    }
}

/// A round with what belongs to it.
pub(crate) async fn current(tx: &mut Tx, round: StoredRound) -> Result<Current, PageError> {
    let settings = serde_json::from_str(&round.settings).map_err(PageError::internal)?;
    let list = subject::list(tx, round.id).await?;
    let officials = official::list(tx, round.id).await?;
    Ok(Current {
        round,
        settings,
        list,
        officials,
    })
}

/// What the ballot came to, and what the branch made of it. There is one only once the count is
/// agreed; ask [`StoredRound::state`] whether it is signed and determined.
#[derive(Debug, Clone)]
pub(crate) struct RoundResult {
    /// The meeting it belongs to: day, time, place, envoy.
    pub meeting: Meeting,
    /// 应到, 实到, 缺席, 列席.
    pub figures: Figures,
    /// 应到: full members, probationary members.
    pub due_by_standing: (u32, u32),
    /// Who was absent, and why.
    pub absences: Vec<(String, String)>,
    /// Number, state, settings, days of the round that counts.
    pub round: StoredRound,
    /// The notice's settings as they were for this round.
    pub settings: Settings,
    /// 发出, 收回, 无效 (and 有效 by [`Count::valid`]); its rows are also in `rows`.
    pub count: Count,
    /// Every member of the branch in the ballot's order, those not appraised included.
    pub rows: Vec<ResultRow>,
    /// 监票人, 计票人, 唱票人.
    pub officials: Vec<RoundOfficial>,
    /// Earlier rounds that do not count: number and reason.
    pub voided: Vec<(u32, String)>,
    /// Its electronic box, where it had one.
    pub archive: Option<Printed>,
}

/// One member of the branch in the result.
#[derive(Debug, Clone)]
pub(crate) struct ResultRow {
    /// Position in the round's list, from 1.
    pub seq: u32,
    /// Who.
    pub member: MemberId,
    /// Name, as it was.
    pub name: String,
    /// Full or probationary, as it was.
    pub standing: Standing,
    /// 党内职务, as it was; empty for none.
    pub post: String,
    /// Graded, ungraded or not appraised, with the reason.
    pub treatment: Treatment,
    /// Marks; `None` without a row on the ballot.
    pub marks: Option<MemberMarks>,
    /// Share of each grade as forms print it; empty without a row on the ballot.
    pub percents: Vec<String>,
    /// The plurality, where the setting shows it: a hint, never more.
    pub hint: Option<usize>,
    /// The branch's opinion, once given.
    pub opinion: Option<Opinion>,
    /// 备注 of the opinion.
    pub note: String,
    /// Day of 反馈. // 通知 三、3
    pub fed_back: Option<jiff::civil::Date>,
}

impl RoundResult {
    /// Whether the scrutineers have signed: only then may a 汇总表 be made.
    pub fn signed(&self) -> bool {
        matches!(
            self.round.state,
            RoundState::Signed | RoundState::Determined
        )
    }

    /// Names of one kind of official.
    pub fn names(&self, role: OfficialRole) -> Vec<String> {
        names(&self.officials, role)
    }

    /// The leading group's marks with their shares as forms print them, if the ballot asked.
    pub fn group(&self) -> Option<(&MemberMarks, Vec<String>)> {
        let marks = self.count.group.as_ref()?;
        let shares = self.count.percents(marks, &self.settings, self.figures.due);
        Some((marks, shares.into_iter().map(percent_text).collect()))
    }
}

/// The result of a branch's appraisal; `None` until two people's entries agreed.
pub(crate) async fn result(
    tx: &mut Tx,
    campaign: &Campaign,
    branch: OrgId,
) -> Result<Option<RoundResult>, PageError> {
    let Some(held) = meeting::find(tx, campaign.id, branch).await? else {
        return Ok(None);
    };
    let Some(found) = round::find_current(tx, held.id).await? else {
        return Ok(None);
    };
    if !counted(found.state) {
        return Ok(None);
    }
    let Some(sums) = count::get(tx, found.id).await? else {
        return Ok(None);
    };
    let opinions = determination::list(tx, found.id).await?;
    let voided = voided(&round::list(tx, held.id).await?);
    let people = room(tx, &held).await?;
    let archive = ballot_archive::of_round(tx, found.id).await?;
    let now = current(tx, found).await?;
    let mut rows = rows(&campaign.notice, &now, &sums, &people, &opinions);
    for told in feedback::list(tx, now.round.id).await? {
        let row = rows.iter_mut().find(|row| row.seq == told.seq);
        if let Some(row) = row {
            row.fed_back = Some(told.feedback.told_on);
        }
    }
    Ok(Some(RoundResult {
        figures: people.figures(),
        due_by_standing: people.due_by_standing(),
        absences: people.absences(),
        meeting: held,
        round: now.round,
        settings: now.settings,
        count: sums,
        rows,
        officials: now.officials,
        voided,
        archive,
    }))
}

/// Whether a round in this state has an agreed count.
pub(crate) fn counted(state: RoundState) -> bool {
    matches!(
        state,
        RoundState::Counted | RoundState::Signed | RoundState::Determined
    )
}

/// Number and reason of the rounds that do not count.
pub(crate) fn voided(rounds: &[StoredRound]) -> Vec<(u32, String)> {
    let void = rounds.iter().filter(|r| r.state == RoundState::Voided);
    void.map(|r| (r.no, r.void_reason.clone().unwrap_or_default()))
        .collect()
}

fn names(officials: &[RoundOfficial], role: OfficialRole) -> Vec<String> {
    officials
        .iter()
        .filter(|o| o.role == role)
        .map(|o| o.name.clone())
        .collect()
}

fn rows(
    notice: &Notice,
    now: &Current,
    sums: &Count,
    people: &Room,
    opinions: &[Determination],
) -> Vec<ResultRow> {
    let due = people.figures().due;
    let mut marks = sums.rows.iter();
    let mut row_of = |line: &RoundMember| {
        let graded = line.subject.treatment == Treatment::Graded;
        let own = if graded { marks.next() } else { None };
        let percents = own
            .map(|m| sums.percents(m, &now.settings, due))
            .unwrap_or_default();
        let given = opinions.iter().find(|d| d.seq == line.seq);
        ResultRow {
            seq: line.seq,
            member: line.subject.member,
            name: line.name.clone(),
            standing: line.standing,
            post: line.post_title.clone(),
            treatment: line.subject.treatment.clone(),
            percents: percents.into_iter().map(percent_text).collect(),
            hint: own.and_then(|m| m.hint(&now.settings)),
            marks: own.cloned(),
            opinion: given.map(|d| opinion_of(notice, d)),
            note: given.map(|d| d.note.clone()).unwrap_or_default(),
            fed_back: None,
        }
    };
    now.list.iter().map(&mut row_of).collect()
}

fn opinion_of(notice: &Notice, given: &Determination) -> Opinion {
    match given.grade.as_deref().and_then(|key| notice.grade_at(key)) {
        Some(grade) => Opinion::Graded { grade },
        None => Opinion::Ungraded {
            reason: given.ungraded_reason.clone().unwrap_or_default(),
        },
    }
}
