//! What the ledger says to an item: figures out of findings, nothing anybody hands in again.

use crate::assess::{Coverage, Finding, Status};
use crate::facts::UnitFacts;
use crate::notice::{Notice, Rule};

/// Where evidence comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// A requirement's findings.
    Rule(Rule),
    /// Branches that held the meeting. // 通知 四、3
    BranchCoverage,
    /// Members that were appraised. // 通知 四、3
    MemberCoverage,
}

impl Evidence {
    /// Reads the word of a scheme.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "branch-coverage" => Some(Self::BranchCoverage),
            "member-coverage" => Some(Self::MemberCoverage),
            other => Rule::parse(other).map(Self::Rule),
        }
    }
}

/// One line of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// What it is about, in the notice's title.
    pub title: String,
    /// How it stands, in words with figures.
    pub text: String,
    /// Everything met, and in time.
    pub met: bool,
}

/// What the ledger says of one unit; `findings` are that unit's.
pub fn prove(notice: &Notice, unit: &UnitFacts, findings: &[Finding], evidence: Evidence) -> Proof {
    let sum = Coverage::of_unit(unit);
    match evidence {
        Evidence::BranchCoverage => Proof {
            title: "支部召开".into(),
            text: format!("{} 个支部，已召开 {} 个", sum.branches, sum.held),
            met: sum.missing_branches() == 0,
        },
        Evidence::MemberCoverage => {
            let apart = match sum.excluded {
                0 => String::new(),
                count => format!("（另有 {count} 名有原因不参评）"),
            };
            Proof {
                title: "党员评定".into(),
                text: format!("应评 {} 名，已评定 {} 名{apart}", sum.due(), sum.appraised),
                met: sum.missing_members() == 0,
            }
        }
        Evidence::Rule(rule) => of_rule(notice, findings, rule),
    }
}

fn of_rule(notice: &Notice, findings: &[Finding], rule: Rule) -> Proof {
    let Some(asked) = notice.requirement(rule) else {
        return Proof {
            title: rule.as_str().to_owned(),
            text: "本次通知没有这项要求".into(),
            met: false,
        };
    };
    let of = |f: &&Finding| notice.requirements[f.requirement].rule == rule;
    let tally = Tally::of(findings.iter().filter(of));
    Proof {
        title: asked.title.clone(),
        text: tally.text(),
        met: tally.met > 0 && tally.met == tally.all && tally.met_late == 0,
    }
}

/// Findings of one rule within a unit, counted.
#[derive(Default)]
struct Tally {
    all: u32,
    met: u32,
    met_late: u32,
    open: u32,
    open_late: u32,
    waiting: u32,
}

impl Tally {
    fn of<'a>(findings: impl Iterator<Item = &'a Finding>) -> Self {
        let mut tally = Self::default();
        for finding in findings {
            tally.all += 1;
            match finding.status {
                Status::Met { late } => {
                    tally.met += 1;
                    tally.met_late += u32::from(late);
                }
                Status::Open { late, .. } => {
                    tally.open += 1;
                    tally.open_late += u32::from(late);
                }
                Status::NotYet | Status::Untracked => tally.waiting += 1,
            }
        }
        tally
    }

    fn text(&self) -> String {
        let late = |count: u32, word: &str| match count {
            0 => String::new(),
            count => format!("（其中{word} {count} 个）"),
        };
        match (self.all, self.met, self.open) {
            (0, ..) => "没有记录".into(),
            (1, 1, _) if self.met_late > 0 => "已做到，晚于期限".into(),
            (1, 1, _) => "已做到".into(),
            (1, _, 1) if self.open_late > 0 => "还没有做到，已过期限".into(),
            (1, _, 1) => "还没有做到".into(),
            (1, ..) => "还没有轮到".into(),
            (all, met, open) => {
                let late_met = late(self.met_late, "晚于期限");
                let late_open = late(self.open_late, "已过期限");
                let of = |count: u32, words: String| if count > 0 { words } else { String::new() };
                [
                    format!("{all} 个支部，已做到 {met} 个{late_met}"),
                    of(open, format!("，还差 {open} 个{late_open}")),
                    of(self.waiting, format!("，还没有轮到 {} 个", self.waiting)),
                ]
                .concat()
            }
        }
    }
}
