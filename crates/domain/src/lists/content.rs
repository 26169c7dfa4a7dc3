//! What a problem list says, and what is wrong with it. // 通知 二、3

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::MeasureId;
use crate::notice::{Keyed, Notice};
use crate::time::chinese_date;

/// Most items of one list: more is no longer 直奔主题.
pub const MOST_ITEMS: usize = 30;

/// Problems by category, and the reason where a category has none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ListContent {
    /// In the order of the page.
    pub items: Vec<Item>,
    /// Categories without a problem.
    pub none: Vec<NoneFound>,
}

/// One problem with its cause and its measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Stays the same through all versions; the measure's own id.
    pub id: MeasureId,
    /// Key of the notice's category.
    pub category: String,
    /// Keys of aspects. // 通知 一: 联系个人思想、工作、生活和作风实际
    pub aspects: Vec<String>,
    /// Keys of benchmarks. // 通知 一: 对照
    pub benchmarks: Vec<String>,
    /// The concrete fact; empty in a draft.
    pub fact: String,
    /// Its cause.
    pub cause: String,
    /// What will be done.
    pub measure: String,
    /// By when.
    pub due: Option<Date>,
}

/// "没有，理由".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoneFound {
    /// Key of the category.
    pub category: String,
    /// Why there is nothing to list.
    pub reason: String,
}

/// Something wrong with a list. Indices are those of [`ListContent::items`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListProblem {
    /// No problem at all. // 通知 二、3: 每名党员都要…列出问题清单
    AllEmpty,
    /// Neither a problem nor the reason for none.
    Unanswered(String),
    /// A problem and a reason for none.
    Contradicts(String),
    /// More than [`MOST_ITEMS`].
    TooMany(usize),
    /// Nothing written on what happened.
    NoFact(usize),
    /// 原因分析深.
    NoCause(usize),
    /// 整改措施实.
    NoMeasure(usize),
    /// A measure without a day.
    NoDue(usize),
    /// A day before the notice or years away.
    OddDue(usize, Date),
    /// Warning: no aspect chosen anywhere for this key.
    AspectUntouched(String),
    /// Warning: no benchmark chosen anywhere for this key.
    BenchmarkUntouched(String),
}

impl ListProblem {
    /// Whether handing in is refused. Benchmarks and aspects only warn. // docs/DOMAIN.md §1.2
    pub fn stops(&self) -> bool {
        !matches!(self, Self::AspectUntouched(_) | Self::BenchmarkUntouched(_))
    }

    /// In words.
    pub fn message(&self, notice: &Notice) -> String {
        match self {
            Self::AllEmpty => {
                "整份清单没有列出一个问题。通知要求每名党员都列出问题和整改措施，请至少写一条。"
                    .into()
            }
            Self::Unanswered(key) => format!(
                "“{}”还没有写。请列出问题，没有的写明理由。",
                category(notice, key)
            ),
            Self::Contradicts(key) => format!(
                "“{}”既列了问题，又写了没有的理由。请删去一处。",
                category(notice, key)
            ),
            Self::TooMany(found) => {
                format!("列了 {found} 条，最多 {MOST_ITEMS} 条。请合并同类问题，突出重点。")
            }
            Self::NoFact(at) => format!("第 {} 条没有写具体问题。", at + 1),
            Self::NoCause(at) => format!("第 {} 条没有写原因。", at + 1),
            Self::NoMeasure(at) => format!("第 {} 条没有写整改措施。", at + 1),
            Self::NoDue(at) => format!("第 {} 条没有写完成时限。", at + 1),
            Self::OddDue(at, day) => format!(
                "第 {} 条的完成时限是{}，早于通知印发或者太远。请核对年月。",
                at + 1,
                chinese_date(*day)
            ),
            Self::AspectUntouched(key) => {
                format!("没有一条联系到个人“{}”实际。", label(&notice.aspects, key))
            }
            Self::BenchmarkUntouched(key) => {
                format!("没有一条“{}”。", label(&notice.benchmarks, key))
            }
        }
    }
}

fn category<'n>(notice: &'n Notice, key: &str) -> &'n str {
    let found = notice.categories.iter().find(|c| c.key == key);
    found.map_or("", |c| &c.label)
}

fn label<'n>(of: &'n [Keyed], key: &str) -> &'n str {
    of.iter().find(|k| k.key == key).map_or("", |k| &k.label)
}

/// What a list answers completely; kept beside it for the branch's counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Touched {
    /// Every category is answered. // 通知 二、3
    pub categories: bool,
    /// Every benchmark is used. // 通知 一
    pub benchmarks: bool,
    /// Every aspect is considered. // 通知 一
    pub aspects: bool,
}

impl ListContent {
    /// Everything wrong, in the order of the page; the warnings last.
    pub fn check(&self, notice: &Notice) -> Vec<ListProblem> {
        let mut found = Vec::new();
        if self.items.is_empty() {
            found.push(ListProblem::AllEmpty);
        }
        if self.items.len() > MOST_ITEMS {
            found.push(ListProblem::TooMany(self.items.len()));
        }
        for category in &notice.categories {
            let listed = self.items.iter().any(|i| i.category == category.key);
            match (listed, self.reason(&category.key).is_some()) {
                (false, false) => found.push(ListProblem::Unanswered(category.key.clone())),
                (true, true) => found.push(ListProblem::Contradicts(category.key.clone())),
                _ => {}
            }
        }
        for (at, item) in self.items.iter().enumerate() {
            item.check(at, notice, &mut found);
        }
        let missed = |of: &[Keyed], used: &BTreeSet<&str>| -> Vec<String> {
            let keys = of.iter().map(|k| k.key.clone());
            keys.filter(|k| !used.contains(k.as_str())).collect()
        };
        let benchmarks = missed(&notice.benchmarks, &self.benchmarks());
        found.extend(benchmarks.into_iter().map(ListProblem::BenchmarkUntouched));
        let aspects = missed(&notice.aspects, &self.aspects());
        found.extend(aspects.into_iter().map(ListProblem::AspectUntouched));
        found
    }

    /// Why a category has no problem.
    pub fn reason(&self, category: &str) -> Option<&str> {
        let found = self.none.iter().find(|n| n.category == category);
        found.map(|n| n.reason.as_str())
    }

    /// What it answers completely.
    pub fn touched(&self, notice: &Notice) -> Touched {
        let found = self.check(notice);
        let none = |of: fn(&ListProblem) -> bool| !found.iter().any(of);
        Touched {
            categories: none(|p| matches!(p, ListProblem::Unanswered(_))),
            benchmarks: none(|p| matches!(p, ListProblem::BenchmarkUntouched(_))),
            aspects: none(|p| matches!(p, ListProblem::AspectUntouched(_))),
        }
    }

    fn benchmarks(&self) -> BTreeSet<&str> {
        let keys = self.items.iter().flat_map(|i| &i.benchmarks);
        keys.map(String::as_str).collect()
    }

    fn aspects(&self) -> BTreeSet<&str> {
        let keys = self.items.iter().flat_map(|i| &i.aspects);
        keys.map(String::as_str).collect()
    }
}

impl Item {
    // 通知 二、3: 查摆问题准、原因分析深、整改措施实
    fn check(&self, at: usize, notice: &Notice, found: &mut Vec<ListProblem>) {
        if self.fact.is_empty() {
            found.push(ListProblem::NoFact(at));
        }
        if self.cause.is_empty() {
            found.push(ListProblem::NoCause(at));
        }
        if self.measure.is_empty() {
            found.push(ListProblem::NoMeasure(at));
        }
        let last = notice.deadlines.meeting.saturating_add(2.years());
        match self.due {
            None => found.push(ListProblem::NoDue(at)),
            Some(day) if day < notice.date || day > last => {
                found.push(ListProblem::OddDue(at, day));
            }
            Some(_) => {}
        }
    }
}
