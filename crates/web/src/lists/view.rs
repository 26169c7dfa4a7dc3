//! A list as it is read, on screen and on paper.

use pingyi_domain::lists::{ListContent, ListState};
use pingyi_domain::notice::{Keyed, Notice};
use pingyi_domain::time::{UnixTime, chinese_date};
use pingyi_storage::problem_list::ListVersion;

use super::load::Desk;

/// One category with what was found.
pub(crate) struct Part {
    /// Of the category.
    pub label: String,
    /// Problems.
    pub items: Vec<Line>,
    /// Why there are none.
    pub none: Option<String>,
}

/// One problem.
pub(crate) struct Line {
    /// Running number.
    pub number: usize,
    /// 对照 and 联系, in words.
    pub links: String,
    /// The fact.
    pub fact: String,
    /// Its cause.
    pub cause: String,
    /// The measure.
    pub measure: String,
    /// By when.
    pub due: String,
}

/// The list, category by category.
pub(crate) fn parts(content: &ListContent, notice: &Notice) -> Vec<Part> {
    let mut number = 0;
    let part = |category: &pingyi_domain::notice::Category| {
        let own = content.items.iter().filter(|i| i.category == category.key);
        let line = |item: &pingyi_domain::lists::Item| {
            number += 1;
            Line {
                number,
                links: links(item, notice),
                fact: item.fact.clone(),
                cause: item.cause.clone(),
                measure: item.measure.clone(),
                due: item.due.map_or_else(String::new, chinese_date),
            }
        };
        Part {
            label: category.label.clone(),
            items: own.map(line).collect(),
            none: content.reason(&category.key).map(str::to_owned),
        }
    };
    notice.categories.iter().map(part).collect()
}

fn links(item: &pingyi_domain::lists::Item, notice: &Notice) -> String {
    let labels = |of: &[Keyed], chosen: &[String]| -> Vec<String> {
        let found = of.iter().filter(|k| chosen.contains(&k.key));
        found.map(|k| k.label.clone()).collect()
    };
    let mut words = labels(&notice.benchmarks, &item.benchmarks);
    let aspects = labels(&notice.aspects, &item.aspects);
    if !aspects.is_empty() {
        words.push(format!("联系{}实际", aspects.join("、")));
    }
    words.join("；")
}

/// The day of a time, in words.
pub(crate) fn day(at: Option<UnixTime>) -> String {
    at.map_or_else(String::new, |t| chinese_date(t.date()))
}

/// Where a list is, as a chip: class and words.
pub(crate) fn chip(desk: &Desk) -> (&'static str, String) {
    let confirmed = desk.standing().is_some_and(|v| v.confirmed);
    match desk.state() {
        None => ("", "还没有写".into()),
        Some(ListState::Draft) if desk.standing().is_some() => {
            ("wait", "修订中，已提交的一稿仍然有效".into())
        }
        Some(ListState::Draft) => ("wait", ListState::Draft.label().into()),
        Some(ListState::Returned) => ("late", ListState::Returned.label().into()),
        Some(ListState::HandedIn) if confirmed => ("ok", "已提交，会后确认沿用".into()),
        Some(ListState::HandedIn) => ("ok", handed(desk.newest())),
    }
}

fn handed(newest: Option<&ListVersion>) -> String {
    newest.map_or_else(String::new, |v| {
        format!("{}{}（{}）", day(v.handed_at), "提交", v.stage.label())
    })
}
