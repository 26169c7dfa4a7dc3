//! A branch's determined round with what was told, as the pages of this folder need it.

use jiff::civil::Date;
use pingyi_domain::appraisal::{RoundState, Treatment};
use pingyi_domain::ids::{CampaignId, MemberId, OrgId, RoundId};
use pingyi_domain::notice::Grade;
use pingyi_domain::results::PublicityState;
use pingyi_domain::time::chinese_date;
use pingyi_storage::determination::Determination;
use pingyi_storage::feedback::{self, StoredFeedback};
use pingyi_storage::publicity::{self, Publicity};
use pingyi_storage::{Tx, determination, round, subject};

use crate::kernel::app::App;
use crate::kernel::error::PageError;
use crate::meeting::load::{self, Scene, scene};

/// One member with an opinion.
#[derive(Debug, Clone)]
pub(super) struct Told {
    /// Position in the round's list.
    pub seq: u32,
    /// Who.
    pub member: MemberId,
    /// Name.
    pub name: String,
    /// 党内职务; empty for none.
    pub post: String,
    /// The opinion as stored.
    pub given: Determination,
    /// The grade as the notice names it, or 不定等次.
    pub opinion: String,
    /// What was told; `None` before that.
    pub feedback: Option<StoredFeedback>,
}

/// A branch's results.
pub(super) struct Results {
    pub scene: Scene,
    /// Day of the meeting.
    pub held_on: Option<Date>,
    /// The determined round; `None` before the branch gave its opinions.
    pub round: Option<RoundId>,
    /// Everybody with an opinion, in the list's order.
    pub members: Vec<Told>,
    /// Its public notices, oldest first.
    pub notices: Vec<Publicity>,
}

pub(super) async fn results(
    app: &App,
    tx: &mut Tx,
    at: (CampaignId, OrgId),
) -> Result<Results, PageError> {
    let scene = scene(app, tx, at).await?;
    let held = load::find(tx, &scene).await?;
    let notices = publicity::list(tx, at.0, at.1).await?;
    let mut found = Results {
        held_on: held.as_ref().and_then(|m| m.held_on),
        round: None,
        members: Vec::new(),
        notices,
        scene,
    };
    let Some(held) = held else {
        return Ok(found);
    };
    let current = round::find_current(tx, held.id).await?;
    if let Some(round) = current.filter(|r| r.state == RoundState::Determined) {
        found.round = Some(round.id);
        found.members = members(tx, round.id, &found.scene.campaign.notice.grades).await?;
    }
    Ok(found)
}

async fn members(tx: &mut Tx, round: RoundId, grades: &[Grade]) -> Result<Vec<Told>, PageError> {
    let list = subject::list(tx, round).await?;
    let given = determination::list(tx, round).await?;
    let told = feedback::list(tx, round).await?;
    let due = list
        .into_iter()
        .filter(|l| !matches!(l.subject.treatment, Treatment::NotAppraised { .. }));
    Ok(due
        .filter_map(|line| {
            let given = given.iter().find(|d| d.seq == line.seq)?.clone();
            Some(Told {
                seq: line.seq,
                member: line.subject.member,
                name: line.name,
                post: line.post_title,
                opinion: label(grades, given.grade.as_deref()),
                given,
                feedback: told.iter().find(|f| f.seq == line.seq).cloned(),
            })
        })
        .collect())
}

/// The grade as the notice names it.
pub(super) fn label(grades: &[Grade], key: Option<&str>) -> String {
    let found = grades.iter().find(|g| Some(g.key.as_str()) == key);
    found.map_or_else(|| "不定等次".to_owned(), |g| g.label.clone())
}

/// From when to when a notice hangs, in words.
pub(super) fn days(of: &Publicity) -> String {
    format!("{}至{}", chinese_date(of.from_on), chinese_date(of.to_on))
}

impl Results {
    /// `/c/…/o/…/results` plus `rest`.
    pub fn path(&self, rest: &str) -> String {
        self.scene.path(&format!("/results{rest}"))
    }

    /// The determined round, or why there is nothing to do yet.
    pub fn determined(&self) -> Result<RoundId, PageError> {
        self.round.ok_or_else(|| {
            PageError::refused("支部评定意见还没有确定，没有可以反馈和公示的结果。请先在民主评议页面确定评定意见。")
        })
    }

    /// One member of the round.
    pub fn member(&self, seq: u32) -> Result<&Told, PageError> {
        self.members
            .iter()
            .find(|m| m.seq == seq)
            .ok_or(PageError::NotFound)
    }

    /// The newest public notice.
    pub fn notice(&self) -> Option<&Publicity> {
        self.notices.last()
    }

    /// Members without feedback.
    pub fn untold(&self) -> impl Iterator<Item = &Told> {
        self.members.iter().filter(|m| m.feedback.is_none())
    }

    /// The best and the last grade of the notice.
    pub fn ends(&self) -> (&str, &str) {
        let grades = &self.scene.campaign.notice.grades;
        (
            grades.first().map_or("", |g| g.key.as_str()),
            grades.last().map_or("", |g| g.key.as_str()),
        )
    }
}

impl Told {
    /// `9月22日`, or nothing.
    pub fn told_on(&self) -> String {
        self.feedback
            .as_ref()
            .map_or_else(String::new, |f| chinese_date(f.feedback.told_on))
    }

    /// How it was told and said, in words.
    pub fn said(&self) -> String {
        let Some(told) = self.feedback.as_ref().map(|f| &f.feedback) else {
            return String::new();
        };
        match told.acknowledged {
            Some((way, on)) => format!("{} {}", chinese_date(on), way.label()),
            None => "等待本人确认".into(),
        }
    }

    /// How an objection stands, without its text.
    pub fn objected(&self) -> &'static str {
        let told = self.feedback.as_ref().map(|f| &f.feedback);
        match told.and_then(|t| t.objection.as_ref()) {
            None => "",
            Some(open) => open
                .handling
                .as_ref()
                .map_or("有异议，待答复", |h| h.outcome.label()),
        }
    }
}

/// From when to when the newest notice hung, for annex 2 and the roll-up. // 通知 三、3
pub(crate) async fn publicity_days(
    tx: &mut Tx,
    campaign: CampaignId,
    branch: OrgId,
) -> Result<Option<(Date, Date)>, PageError> {
    let all = publicity::list(tx, campaign, branch).await?;
    let hung = all
        .iter()
        .rev()
        .find(|p| matches!(p.state, PublicityState::Posted | PublicityState::Ended));
    Ok(hung.map(|p| (p.from_on, p.to_on)))
}
