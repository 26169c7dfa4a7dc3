//! The list's form: five categories, each with the items there are and one empty place.
//!
//! Incomplete is fine for a draft; what cannot be kept as typed is marked in its place.

use jiff::civil::Date;
use pingyi_domain::ids::MeasureId;
use pingyi_domain::lists::{Item, ListContent, ListProblem, NoneFound};
use pingyi_domain::notice::{Category, Keyed, Notice};
use pingyi_domain::prose;

use crate::kernel::app::App;
use crate::kernel::form::Fields;

/// Longest text of a field, in characters: 开门见山，直奔主题.
const TEXT: usize = 1000;
/// More places than any page offers are not read.
const MOST_SLOTS: usize = 80;

/// One text as typed, and what is wrong with it.
#[derive(Debug, Clone, Default)]
pub(super) struct Input {
    /// As typed.
    pub value: String,
    /// What is wrong.
    pub error: Option<String>,
}

/// One item's place on the page.
#[derive(Debug, Clone, Default)]
pub(super) struct Slot {
    /// Number in the field names.
    pub at: usize,
    pub id: String,
    pub category: String,
    pub aspects: Vec<String>,
    pub benchmarks: Vec<String>,
    pub fact: Input,
    pub cause: Input,
    pub measure: Input,
    pub due: Input,
}

impl Slot {
    /// Nothing typed: the place for one more, or an item taken away.
    pub fn empty(&self) -> bool {
        let texts = [&self.fact, &self.cause, &self.measure, &self.due];
        texts.iter().all(|t| t.value.is_empty())
    }

    /// Whether an aspect is ticked.
    pub fn aspect(&self, key: &str) -> bool {
        self.aspects.iter().any(|k| k == key)
    }

    /// Whether a benchmark is ticked.
    pub fn benchmark(&self, key: &str) -> bool {
        self.benchmarks.iter().any(|k| k == key)
    }

    /// Something is wrong in it.
    pub fn bad(&self) -> bool {
        let texts = [&self.fact, &self.cause, &self.measure, &self.due];
        texts.iter().any(|t| t.error.is_some())
    }
}

/// One category with its places.
#[derive(Debug, Clone)]
pub(super) struct Section {
    pub key: String,
    pub label: String,
    pub words: String,
    pub slots: Vec<Slot>,
    pub none: Input,
    pub error: Option<String>,
}

/// The whole form.
#[derive(Debug, Clone)]
pub(super) struct ListForm {
    pub sections: Vec<Section>,
    pub aspects: Vec<Keyed>,
    pub benchmarks: Vec<Keyed>,
    /// 代录 reason.
    pub reason: Input,
    /// For the summary at the top.
    pub errors: Vec<String>,
    /// Number of places.
    pub slots: usize,
}

impl ListForm {
    /// A content as fields.
    pub fn fill(content: &ListContent, notice: &Notice) -> Self {
        let of = |item: &Item| Slot {
            id: item.id.to_string(),
            category: item.category.clone(),
            aspects: item.aspects.clone(),
            benchmarks: item.benchmarks.clone(),
            fact: plain(&item.fact),
            cause: plain(&item.cause),
            measure: plain(&item.measure),
            due: plain(&item.due.map_or_else(String::new, |d| d.to_string())),
            ..Slot::default()
        };
        let reason = |key: &str| plain(content.reason(key).unwrap_or_default());
        Self::new(
            notice,
            &content.items.iter().map(of).collect::<Vec<_>>(),
            reason,
        )
    }

    /// What was sent.
    pub fn typed(fields: &Fields, notice: &Notice) -> Self {
        let sent: usize = fields.get("slots").parse().unwrap_or(0);
        let slot = |at: usize| {
            let one = |name: &str| plain(fields.get(&format!("{name}-{at}")));
            let many = |name: &str| {
                let key = format!("{name}-{at}");
                fields.all(&key).map(str::to_owned).collect()
            };
            Slot {
                at,
                id: one("id").value,
                category: one("cat").value,
                aspects: many("aspect"),
                benchmarks: many("bench"),
                fact: one("fact"),
                cause: one("cause"),
                measure: one("measure"),
                due: one("due"),
            }
        };
        let slots = (0..sent.min(MOST_SLOTS)).map(slot).filter(|s| !s.empty());
        let none = |key: &str| plain(fields.get(&format!("none-{key}")));
        let mut form = Self::new(notice, &slots.collect::<Vec<_>>(), none);
        form.reason = plain(fields.get("reason"));
        form
    }

    fn new(notice: &Notice, slots: &[Slot], none: impl Fn(&str) -> Input) -> Self {
        let mut next = 0;
        let section = |category: &Category| {
            let own = slots.iter().filter(|s| s.category == category.key).cloned();
            let blank = Slot {
                category: category.key.clone(),
                ..Slot::default()
            };
            let slots = own.chain([blank]).map(|slot| {
                next += 1;
                Slot {
                    at: next - 1,
                    ..slot
                }
            });
            Section {
                key: category.key.clone(),
                label: category.label.clone(),
                words: category.words.clone(),
                slots: slots.collect(),
                none: none(&category.key),
                error: None,
            }
        };
        let sections: Vec<Section> = notice.categories.iter().map(section).collect();
        Self {
            slots: sections.iter().map(|s| s.slots.len()).sum(),
            sections,
            aspects: notice.aspects.clone(),
            benchmarks: notice.benchmarks.clone(),
            reason: Input::default(),
            errors: Vec::new(),
        }
    }

    /// What it says; texts that cannot be kept and days that cannot be read are marked. Ids are
    /// kept only where the list has them already.
    pub fn content(&mut self, app: &App, known: &ListContent) -> ListContent {
        let (aspects, benchmarks) = (keys(&self.aspects), keys(&self.benchmarks));
        let (mut content, mut errors) = (ListContent::default(), Vec::new());
        let mut number = 0;
        for section in &mut self.sections {
            for slot in section.slots.iter_mut().filter(|s| !s.empty()) {
                number += 1;
                let mut read = |input: &mut Input, label| {
                    let named = format!("第 {number} 条的{label}");
                    text(input, &named, &mut errors)
                };
                content.items.push(Item {
                    id: id_of(&slot.id, known).unwrap_or_else(|| app.new_id()),
                    category: section.key.clone(),
                    aspects: chosen(&slot.aspects, &aspects),
                    benchmarks: chosen(&slot.benchmarks, &benchmarks),
                    fact: read(&mut slot.fact, "具体问题"),
                    cause: read(&mut slot.cause, "原因分析"),
                    measure: read(&mut slot.measure, "整改措施"),
                    due: day(&mut slot.due, number, &mut errors),
                });
            }
            let label = format!("“{}”没有的理由", section.label);
            let reason = text(&mut section.none, &label, &mut errors);
            if !reason.is_empty() {
                content.none.push(NoneFound {
                    category: section.key.clone(),
                    reason,
                });
            }
        }
        self.errors.append(&mut errors);
        content
    }

    /// Marks what stops, each in its place.
    pub fn mark(&mut self, problems: &[ListProblem], notice: &Notice) {
        for problem in problems.iter().filter(|p| p.stops()) {
            let words = problem.message(notice);
            self.errors.push(words.clone());
            let input = match problem {
                ListProblem::Unanswered(key) | ListProblem::Contradicts(key) => {
                    let found = self.sections.iter_mut().find(|s| s.key == *key);
                    found.map(|s| &mut s.error)
                }
                ListProblem::NoFact(at) => self.slot(*at).map(|s| &mut s.fact.error),
                ListProblem::NoCause(at) => self.slot(*at).map(|s| &mut s.cause.error),
                ListProblem::NoMeasure(at) => self.slot(*at).map(|s| &mut s.measure.error),
                ListProblem::NoDue(at) | ListProblem::OddDue(at, _) => {
                    self.slot(*at).map(|s| &mut s.due.error)
                }
                _ => None,
            };
            if let Some(error) = input {
                *error = Some(words);
            }
        }
    }

    /// The slot of the n-th item.
    fn slot(&mut self, item: usize) -> Option<&mut Slot> {
        let slots = self.sections.iter_mut().flat_map(|s| &mut s.slots);
        slots.filter(|s| !s.empty()).nth(item)
    }
}

fn plain(value: &str) -> Input {
    Input {
        value: value.to_owned(),
        error: None,
    }
}

fn keys(of: &[Keyed]) -> Vec<String> {
    of.iter().map(|k| k.key.clone()).collect()
}

/// In the notice's order, foreign words left out.
fn chosen(sent: &[String], keys: &[String]) -> Vec<String> {
    let known = keys.iter().filter(|k| sent.contains(k));
    known.cloned().collect()
}

fn id_of(sent: &str, known: &ListContent) -> Option<MeasureId> {
    let id: MeasureId = sent.parse().ok()?;
    known.items.iter().any(|i| i.id == id).then_some(id)
}

fn text(input: &mut Input, label: &str, errors: &mut Vec<String>) -> String {
    match prose::optional(&input.value, TEXT) {
        Ok(kept) => kept.unwrap_or_default(),
        Err(why) => {
            let words = format!("{label}{why}");
            errors.push(words.clone());
            input.error = Some(words);
            String::new()
        }
    }
}

fn day(input: &mut Input, number: usize, errors: &mut Vec<String>) -> Option<Date> {
    if input.value.is_empty() {
        return None;
    }
    let day = input.value.parse().ok();
    if day.is_none() {
        let words = format!("第 {number} 条的完成时限读不懂。请按 2015-12-31 的样子填写。");
        errors.push(words.clone());
        input.error = Some(words);
    }
    day
}
