//! The notice as data: what was issued, what it asks, by when, and the settings it leaves open.
//!
//! [`Notice::parse`] reads `notices/*.toml` and refuses a file that contradicts itself. The
//! rules that [`Rule`] names are in `assess`; nothing here looks at facts.

mod check;
mod clause;
mod content;
pub mod draft;
mod error;
mod fraction;
mod lines;
mod requirement;
mod retention;
mod rule;
mod settings;
mod write;
mod write_over;

use jiff::SignedDuration;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use clause::Clause;
pub use content::{
    Attachment, Block, Category, Deadlines, Gate, Grade, Issuer, Keyed, Level, Theme,
};
pub use error::{NoticeError, NoticeProblem};
pub use fraction::{Fraction, Threshold};
pub use lines::Place;
pub use requirement::{By, Owes, Requirement, Severity};
pub use retention::{Retention, Term};
pub use rule::Rule;
pub use settings::{
    BlankRow, BurdenLimit, Cap, CapDenominator, DoubleMark, Hint, LeaderMeetings, OwnRow,
    PercentOf, Publicity, PublicityScope, Quorum, SelfRating, Settings, SpotCheck, Voters,
};

/// One issued notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// Short name in addresses and file names: `xianning-2015-14`.
    pub slug: String,
    /// 发文字号: 咸直工通〔2015〕14号.
    pub number: String,
    /// Title, in one line.
    pub title: String,
    /// Who issued it.
    pub issuer: Issuer,
    /// 发文机关署名, at the end of the text.
    pub signature: String,
    /// 成文日期.
    pub date: Date,
    /// 主送机关, without the colon.
    pub addressee: String,
    /// Theme and main content. // 通知 一
    pub theme: Theme,
    /// 对照: what members compare themselves with. // 通知 一
    pub benchmarks: Vec<Keyed>,
    /// 联系: own 思想、工作、生活、作风. // 通知 一
    pub aspects: Vec<Keyed>,
    /// 原则. // 通知 一
    pub principles: Vec<String>,
    /// What is to be studied. // 通知 二、1
    pub study: Vec<Keyed>,
    /// What a problem list is about. // 通知 二、3
    pub categories: Vec<Category>,
    /// 三观. // 通知 三、1
    pub views: Vec<Keyed>,
    /// 四个不放过. // 通知 四、3
    pub gates: Vec<Gate>,
    /// Grades, best first. // 通知 三、3
    pub grades: Vec<Grade>,
    /// What marks are to be based on; printed on the ballot. // 通知 三、3
    pub ballot_basis: Vec<String>,
    /// Last days. // 通知 二、4 and 四、4
    pub deadlines: Deadlines,
    /// What the notice leaves open.
    #[serde(default)]
    pub settings: Settings,
    /// 附件.
    pub attachments: Vec<Attachment>,
    /// The text between addressee and attachments, in the notice's own words.
    pub body: Vec<Block>,
    /// What is asked of whom.
    pub requirements: Vec<Requirement>,
}

impl Notice {
    /// Reads a notice file. The error names the line and says in Chinese what is wrong.
    pub fn parse(text: &str) -> Result<Self, NoticeError> {
        let notice: Self = toml::from_str(text).map_err(|e| NoticeError::syntax(text, &e))?;
        match notice.problem() {
            None => Ok(notice),
            Some((place, problem)) => Err(NoticeError {
                line: lines::find(text, &place),
                problem,
            }),
        }
    }

    /// The index of a grade, best first.
    pub fn grade_at(&self, key: &str) -> Option<usize> {
        self.grades.iter().position(|g| g.key == key)
    }

    /// The first requirement that a rule checks.
    pub fn requirement(&self, rule: Rule) -> Option<&Requirement> {
        self.requirements.iter().find(|r| r.rule == rule)
    }

    /// The last day of a requirement; `None` where the notice sets none.
    pub fn due(&self, by: By) -> Option<Date> {
        match by {
            By::Plan => Some(self.deadlines.plan),
            By::Meeting => Some(self.deadlines.meeting),
            By::Summary => Some(self.deadlines.summary),
            By::On(date) => Some(date),
            By::None => None,
        }
    }

    /// The paragraphs of a clause (`二、4b` → those of `二、4`).
    pub fn paragraphs(&self, clause: &Clause) -> impl Iterator<Item = &Block> {
        let item = clause.item().to_owned();
        let matches = move |b: &&Block| b.clause.as_ref().is_some_and(|c| c.as_str() == item);
        self.body.iter().filter(matches)
    }

    /// The whole text in reading order, as words are quoted from it: title, addressee, body,
    /// attachments.
    pub fn text(&self) -> String {
        let blocks = self.body.iter().map(|b| b.text.as_str());
        let attachments = self.attachments.iter().map(|a| a.title.as_str());
        let head = [self.title.as_str(), self.addressee.as_str()];
        head.into_iter()
            .chain(blocks)
            .chain(attachments)
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// The same notice with its date and every last day moved by so many days, for
    /// demonstrations. The text keeps the dates it was issued with.
    #[must_use]
    pub fn shift_dates(mut self, by_days: i32) -> Self {
        let by = SignedDuration::from_hours(24 * i64::from(by_days));
        let shift = |date: &mut Date| *date = date.saturating_add(by);
        let Deadlines {
            plan,
            meeting,
            summary,
        } = &mut self.deadlines;
        for date in [&mut self.date, plan, meeting, summary] {
            shift(date);
        }
        for requirement in &mut self.requirements {
            if let By::On(date) = &mut requirement.by {
                shift(date);
            }
        }
        self
    }

    /// The same notice with other last days; refused when they are out of order.
    pub fn with_deadlines(mut self, deadlines: Deadlines) -> Result<Self, NoticeProblem> {
        self.deadlines = deadlines;
        check::deadlines(&self).map_or(Ok(self), Err)
    }
}

#[cfg(test)]
mod tests;
