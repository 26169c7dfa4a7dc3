//! 台帐 of a branch: everything on record, section by section in the notice's order.
//!
//! Dates, names of offices, counts and states; never a private text (opinions, talks, lists,
//! criticism stay where they are). // 通知 四、4: 查看台帐

use jiff::civil::Date;
use pingyi_domain::assess::{Finding, Status, assess_unit};
use pingyi_domain::day::late_entry;
use pingyi_domain::facts::{BranchFacts, UnitFacts};
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::notice::Rule;
use pingyi_domain::time::{UnixTime, chinese_date};
use pingyi_storage::{Tx, audit, facts};

use super::{above, after, before, meeting};
use crate::home::todo::gap_text;
use crate::kernel::app::App;
use crate::kernel::error::PageError;
use crate::meeting::load::{Scene, scene};

/// The whole ledger.
pub(super) struct Book {
    pub scene: Scene,
    pub facts: UnitFacts,
    pub sections: Vec<Section>,
    /// End of the log, as printed on filed documents.
    pub head: String,
    pub today: Date,
}

/// What one requirement asks, and what is on record for it.
pub(super) struct Section {
    pub rule: Rule,
    pub title: &'static str,
    pub clause: String,
    pub rows: Vec<Row>,
    /// Where the requirement stands, in words and colour.
    pub stand: Option<(String, &'static str)>,
}

/// One line.
pub(super) struct Row {
    pub on: String,
    pub words: String,
    /// Entered on a later day, or handed in late.
    pub remark: String,
}

impl Row {
    /// Something that happened on a day and was entered at some time.
    pub fn on(day: Date, entered: UnixTime, words: impl Into<String>) -> Self {
        Self {
            on: chinese_date(day),
            words: words.into(),
            remark: late_entry(day, entered).unwrap_or_default(),
        }
    }

    /// Something whose day is the day of its entry.
    pub fn at(at: UnixTime, words: impl Into<String>) -> Self {
        Self::on(at.date(), at, words)
    }

    /// Something without a day of its own, or whose entry is not known.
    pub fn plain(day: Option<Date>, words: impl Into<String>) -> Self {
        Self {
            on: day.map(chinese_date).unwrap_or_default(),
            words: words.into(),
            remark: String::new(),
        }
    }

    /// The same with a remark.
    pub fn remark(mut self, words: &str) -> Self {
        if !self.remark.is_empty() && !words.is_empty() {
            self.remark.push('，');
        }
        self.remark.push_str(words);
        self
    }
}

/// What all sections are made from.
pub(super) struct Source {
    pub scene: Scene,
    pub unit: UnitFacts,
    pub today: Date,
}

impl Source {
    /// Campaign and branch.
    pub fn at(&self) -> (CampaignId, OrgId) {
        (self.scene.campaign.id, self.scene.branch.id)
    }

    /// The branch's facts.
    pub fn facts(&self) -> Result<&BranchFacts, PageError> {
        self.unit.branches.first().ok_or(PageError::NotFound)
    }

    /// A section, before its place in the notice is known.
    pub fn section(rule: Rule, title: &'static str, rows: Vec<Row>) -> Section {
        Section {
            rule,
            title,
            clause: String::new(),
            rows,
            stand: None,
        }
    }
}

/// Gathers everything.
pub(super) async fn load(
    app: &App,
    tx: &mut Tx,
    at: (CampaignId, OrgId),
) -> Result<Book, PageError> {
    let scene = scene(app, tx, at).await?;
    let unit = facts::load_branch(tx, at.0, scene.unit().id, at.1).await?;
    let source = Source {
        unit: unit.ok_or(PageError::NotFound)?,
        scene,
        today: app.now().date(),
    };
    let mut sections = before::sections(tx, &source).await?;
    sections.extend(meeting::sections(tx, &source).await?);
    sections.extend(after::sections(tx, &source).await?);
    sections.extend(above::sections(tx, &source).await?);
    place(&source, &mut sections);
    Ok(Book {
        head: audit::head(tx).await?.short(),
        scene: source.scene,
        facts: source.unit,
        today: source.today,
        sections,
    })
}

/// In the notice's order; what it does not ask for comes last, and only when there is something.
fn place(source: &Source, sections: &mut Vec<Section>) {
    let notice = &source.scene.campaign.notice;
    let findings = assess_unit(notice, &source.unit, source.today);
    let index = |rule: Rule| notice.requirements.iter().position(|r| r.rule == rule);
    for section in sections.iter_mut() {
        let Some(at) = index(section.rule) else {
            continue;
        };
        let asked = &notice.requirements[at];
        asked
            .clause
            .paragraph()
            .as_str()
            .clone_into(&mut section.clause);
        let finding = findings.iter().rfind(|f| f.requirement == at);
        section.stand = finding.and_then(|f| stand(section.rule, f));
    }
    sections.retain(|s| !s.clause.is_empty() || !s.rows.is_empty());
    sections.sort_by_key(|s| (clause_order(&s.clause), index(s.rule)));
}

/// `序`, then `二、1` by part and number; what has no clause comes last.
fn clause_order(clause: &str) -> (usize, u32) {
    const PARTS: &str = "序一二三四五六七八九十";
    let (part, item) = clause.split_once('、').unwrap_or((clause, "0"));
    let place = PARTS.chars().position(|c| part.starts_with(c));
    (place.unwrap_or(usize::MAX), item.parse().unwrap_or(0))
}

fn stand(rule: Rule, finding: &Finding) -> Option<(String, &'static str)> {
    match finding.status {
        Status::Met { late: false } => Some(("已做到".to_owned(), "ok")),
        Status::Met { late: true } => Some(("已做到（超过时限）".to_owned(), "wait")),
        Status::Open { gap, late, .. } => {
            Some((gap_text(rule, gap), if late { "late" } else { "wait" }))
        }
        Status::NotYet => Some(("还没有轮到".to_owned(), "")),
        Status::Untracked => None,
    }
}

#[cfg(test)]
mod tests {
    use super::clause_order;

    #[test]
    fn clauses_stand_as_in_the_notice() {
        let mut found = ["四、4", "", "二、4", "序", "三、1", "二、1", "一", "三"];
        found.sort_by_key(|clause| clause_order(clause));
        let order = ["序", "一", "二、1", "二、4", "三", "三、1", "四、4", ""];
        assert_eq!(found, order);
    }
}
