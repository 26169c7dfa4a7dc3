//! What only shows when all rows are seen together: doubles, leadership, names of organisations.

use std::collections::HashMap;

use super::column::{Column, MatchedColumn};
use super::numbering::sound;
use super::person::{Person, PostLevel};
use super::problem::{Problem, Severity};
use super::text;
use crate::member::PostKind;

/// All problems between rows.
pub(super) fn across(people: &[Person], columns: &[MatchedColumn]) -> Vec<Problem> {
    let mut roster = Roster {
        people,
        columns,
        many_sheets: people.windows(2).any(|pair| pair[0].sheet != pair[1].sheet),
        problems: Vec::new(),
    };
    roster.doubled_numbers();
    roster.doubled_codes();
    roster.doubled_names();
    roster.secretaries();
    roster.leaderless_branches();
    roster.similar_branches();
    roster.unit_names();
    roster.problems
}

struct Roster<'a> {
    people: &'a [Person],
    columns: &'a [MatchedColumn],
    many_sheets: bool,
    problems: Vec<Problem>,
}

impl<'a> Roster<'a> {
    fn note(&mut self, severity: Severity, person: &Person, column: Column, reason: String) {
        let heading = self
            .columns
            .iter()
            .find(|found| found.sheet == person.sheet && found.column == column)
            .map_or(column.label(), |found| found.heading.as_str());
        self.problems.push(Problem {
            sheet: Some(person.sheet.clone()),
            row: person.row,
            column: heading.to_owned(),
            reason,
            severity,
        });
    }

    /// `第 12 行`, with its sheet where there are several.
    fn row(&self, person: &Person) -> String {
        if self.many_sheets {
            format!("工作表“{}”第 {} 行", person.sheet, person.row)
        } else {
            format!("第 {} 行", person.row)
        }
    }

    fn doubled_numbers(&mut self) {
        let key = |person: &'a Person| person.id_number.as_ref().map(super::IdNumber::as_str);
        for (first, again) in doubles(self.people, key) {
            let reason = format!(
                "身份证号与{}（{}{}）重复；请核对后改正或删去一行，一人只能在一个支部",
                self.row(first),
                text::quote(&first.branch),
                first.name,
            );
            self.note(Severity::Refuse, again, Column::IdNumber, reason);
        }
    }

    fn doubled_codes(&mut self) {
        for (first, again) in doubles(self.people, |person| person.code.as_deref()) {
            // The same person twice is already reported by the identity number.
            if first.id_number.is_some() && first.id_number == again.id_number {
                continue;
            }
            let reason = format!(
                "党员编号与{}（{}）重复；请核对后改正",
                self.row(first),
                first.name
            );
            self.note(Severity::Refuse, again, Column::Code, reason);
        }
    }

    fn doubled_names(&mut self) {
        let key = |person: &'a Person| Some((&*person.unit, &*person.branch, &*person.name));
        let mut groups: HashMap<_, Vec<&Person>> = HashMap::new();
        for person in self.people {
            let earlier = groups.entry(key(person)).or_default();
            if let Some(first) = earlier.iter().find(|first| !told_apart(first, person)) {
                let reason = format!(
                    "与{}同在一个支部且同名，又没有不同的身份证号或党员编号；同一个人请删去一行，不同的人请两行都填上身份证号",
                    self.row(first)
                );
                self.note(Severity::Refuse, person, Column::Name, reason);
            }
            earlier.push(person);
        }
    }

    /// Every organisation has one secretary.
    fn secretaries(&mut self) {
        let mut found: HashMap<(PostLevel, &str, &str), &Person> = HashMap::new();
        for person in self.people {
            for post in &person.posts {
                if post.kind != PostKind::Secretary {
                    continue;
                }
                let org = match post.level {
                    PostLevel::Branch => person.branch.as_str(),
                    PostLevel::GeneralBranch => {
                        person.general_branch.as_deref().unwrap_or_default()
                    }
                    PostLevel::Unit => person.unit.as_str(),
                };
                let first = *found
                    .entry((post.level, &person.unit, org))
                    .or_insert(person);
                if !std::ptr::eq(first, person) {
                    let reason = format!(
                        "{}有两名书记：{}的{}和{}的{}；请核对，只留一名书记",
                        text::quote(org),
                        self.row(first),
                        first.name,
                        self.row(person),
                        person.name,
                    );
                    self.note(Severity::Refuse, person, Column::Post, reason);
                }
            }
        }
    }

    fn leaderless_branches(&mut self) {
        let mut led: HashMap<(&str, &str), (&Person, bool)> = HashMap::new();
        let mut order = Vec::new();
        for person in self.people {
            let key = (person.unit.as_str(), person.branch.as_str());
            let entry = led.entry(key).or_insert_with(|| {
                order.push(key);
                (person, false)
            });
            entry.1 |= person
                .posts
                .iter()
                .any(|post| (post.level, post.kind) == (PostLevel::Branch, PostKind::Secretary));
        }
        let mut sheets_without_posts: Vec<&str> = Vec::new();
        for key in order {
            let (first, has_secretary) = led[&key];
            if has_secretary {
                continue;
            }
            if first.given.has(Column::Post) {
                let quoted = text::quote(&first.branch);
                let reason = format!("{quoted}没有书记；请在书记那一行填“书记”，或导入后再指定");
                self.note(Severity::Warn, first, Column::Post, reason);
            } else if !sheets_without_posts.contains(&first.sheet.as_str()) {
                sheets_without_posts.push(&first.sheet);
                let reason = "表里没有这一列，各支部都没有书记；请加上这一列，或导入后再指定";
                self.note(Severity::Warn, first, Column::Post, reason.into());
            }
        }
    }

    /// 第一支部, 第1支部 and 一支部 of one unit are probably one branch.
    fn similar_branches(&mut self) {
        let mut found: HashMap<(&str, String), Vec<&str>> = HashMap::new();
        let mut last = ("", "");
        for person in self.people {
            // Members of a branch stand together: most rows need no look.
            let here = (person.unit.as_str(), person.branch.as_str());
            if std::mem::replace(&mut last, here) == here {
                continue;
            }
            let names = found
                .entry((&person.unit, sound(&person.branch)))
                .or_default();
            if names.contains(&person.branch.as_str()) {
                continue;
            }
            names.push(&person.branch);
            if names.len() > 1 {
                let (here, other) = (text::quote(&person.branch), text::quote(names[0]));
                let reason = format!("{here}与{other}疑为同一支部；如是，请统一写成一个名称");
                self.note(Severity::Warn, person, Column::Branch, reason);
            }
        }
    }

    /// A unit is named as a Party organisation, not as the office it belongs to.
    fn unit_names(&mut self) {
        const ENDINGS: [&str; 6] = ["党委", "委员会", "总支", "总支部", "支部", "党组织"];
        let mut seen: Vec<&str> = Vec::new();
        let mut last = "";
        for person in self.people {
            if std::mem::replace(&mut last, &person.unit) == person.unit
                || seen.contains(&person.unit.as_str())
            {
                continue;
            }
            seen.push(&person.unit);
            if !ENDINGS.iter().any(|ending| person.unit.ends_with(ending)) {
                let quoted = text::quote(&person.unit);
                let reason = format!(
                    "{quoted}不像党组织全称，将按机关党委建立；请核对，如“某某局机关党委”“某某局党总支”"
                );
                self.note(Severity::Warn, person, Column::Unit, reason);
            }
        }
    }
}

/// Each later person with the first who has the same key.
fn doubles<'a, K: Eq + std::hash::Hash>(
    people: &'a [Person],
    key: impl Fn(&'a Person) -> Option<K>,
) -> Vec<(&'a Person, &'a Person)> {
    let mut first: HashMap<K, &Person> = HashMap::new();
    let mut pairs = Vec::new();
    for person in people {
        let Some(key) = key(person) else { continue };
        let earlier = *first.entry(key).or_insert(person);
        if !std::ptr::eq(earlier, person) {
            pairs.push((earlier, person));
        }
    }
    pairs
}

/// Two identity numbers or two codes; equal numbers are reported as such, not as names.
fn told_apart(a: &Person, b: &Person) -> bool {
    (a.id_number.is_some() && b.id_number.is_some())
        || (a.code.is_some() && b.code.is_some() && a.code != b.code)
}
