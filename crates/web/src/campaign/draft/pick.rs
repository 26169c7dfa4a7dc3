//! The requirements of the form: the closed set, each asked or not.

use pingyi_domain::burden::{self, Table};
use pingyi_domain::notice::draft::{Offer, Stage, offers};
use pingyi_domain::notice::{By, Notice, Requirement, Severity};

use crate::kernel::form::FormState;

/// One rule on the form.
#[derive(Debug, Clone)]
pub(super) struct Pick {
    /// The requirement's id.
    pub id: String,
    /// What it usually is.
    pub offer: Offer,
    /// As it stands in the draft.
    pub before: Option<Requirement>,
    /// Entries it would ask, all kinds of people together.
    pub cost: String,
    /// What is wrong with it.
    pub error: Option<String>,
}

/// Every rule: those the draft asks, and the others unticked, in the order of the work.
pub(super) fn picks(notice: &Notice) -> Vec<Pick> {
    offers()
        .iter()
        .flat_map(|offer| of(notice, offer))
        .collect()
}

fn of(notice: &Notice, offer: &Offer) -> Vec<Pick> {
    let pick = |id: String, before: Option<&Requirement>| Pick {
        id,
        offer: *offer,
        before: before.cloned(),
        cost: cost(notice, offer),
        error: None,
    };
    let asked = notice.requirements.iter().filter(|r| r.rule == offer.rule);
    let asked: Vec<_> = asked.map(|r| pick(r.id.clone(), Some(r))).collect();
    if asked.is_empty() {
        vec![pick(free_id(notice, offer.rule.as_str()), None)]
    } else {
        asked
    }
}

/// The rule's word, unless another requirement is called so.
fn free_id(notice: &Notice, word: &str) -> String {
    let taken = notice.requirements.iter().any(|r| r.id == word);
    if taken {
        format!("{word}-new")
    } else {
        word.to_owned()
    }
}

fn cost(notice: &Notice, offer: &Offer) -> String {
    let load = burden::cost(notice, Table::shipped(), offer.rule);
    match load.entries {
        0 => "由系统自动得出".into(),
        entries => format!("约填 {entries} 项"),
    }
}

impl Pick {
    /// The name of one of its fields.
    pub fn field(&self, part: &str) -> String {
        format!("{part}_{}", self.id)
    }

    /// Its fields as they stand in the draft.
    pub fn fill(&self, form: FormState) -> FormState {
        let (offer, before) = (&self.offer, self.before.as_ref());
        let by = before.map_or(offer.by, |r| r.by);
        let severity = before.map_or(offer.severity, |r| r.severity);
        let form = form
            .with(
                &self.field("t"),
                before.map_or(offer.title, |r| r.title.as_str()),
            )
            .with(&self.field("w"), before.map_or("", |r| r.words.as_str()))
            .with(&self.field("b"), String::from(by))
            .with(&self.field("s"), severity_word(severity));
        if before.is_some() {
            form.with("use", self.id.as_str())
        } else {
            form
        }
    }

    /// What was typed, for the notice; the clause is found later, in the new text.
    pub fn read(&self, form: &FormState) -> Requirement {
        let (offer, before) = (&self.offer, self.before.as_ref());
        let text = |part| form.value(&self.field(part)).trim().to_owned();
        let typed_by = By::try_from(text("b"));
        let severity = match text("s").as_str() {
            "stop" => Severity::Stop,
            _ => Severity::Warn,
        };
        Requirement {
            id: self.id.clone(),
            clause: before.map_or_else(first_clause, |r| r.clause.clone()),
            words: text("w"),
            title: text("t"),
            owes: before.map_or(offer.owes, |r| r.owes),
            by: typed_by.unwrap_or(offer.by),
            severity,
            rule: offer.rule,
        }
    }

    /// Asked, as the form stands.
    pub fn used(&self, form: &FormState) -> bool {
        form.holds("use", &self.id)
    }

    /// The clause its words stand in now; empty for one not asked yet.
    pub fn clause(&self) -> String {
        let clause = self.before.as_ref().map(|r| r.clause.paragraph());
        clause.map_or_else(String::new, |c| c.to_string())
    }

    /// Who owes it.
    pub fn owes(&self) -> &'static str {
        self.before
            .as_ref()
            .map_or(self.offer.owes, |r| r.owes)
            .label()
    }

    /// The days it may be due on, with words.
    pub fn days(&self) -> Vec<(String, String)> {
        let words = |by: By| match by {
            By::Plan => "方案报送截止".to_owned(),
            By::Meeting => "会议完成截止（会前准备的，开会以前）".into(),
            By::Summary => "汇总报送截止".into(),
            By::None => "不设期限".into(),
            By::On(day) => day.to_string(),
        };
        let own = self.before.as_ref().map(|r| r.by);
        let own = own.filter(|by| matches!(by, By::On(_)));
        let all = [By::Plan, By::Meeting, By::Summary, By::None];
        let all = all.into_iter().chain(own);
        all.map(|by| (String::from(by), words(by))).collect()
    }
}

fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Stop => "stop",
        Severity::Warn => "warn",
    }
}

/// Stands until the words are found in the text.
fn first_clause() -> pingyi_domain::notice::Clause {
    pingyi_domain::notice::Clause::preface()
}

/// The stages with their picks, for the page.
pub(super) fn by_stage(picks: &[Pick]) -> Vec<(&'static str, Vec<&Pick>)> {
    let of = |stage: Stage| picks.iter().filter(move |p| p.offer.stage == stage);
    Stage::ALL
        .into_iter()
        .map(|stage| (stage.label(), of(stage).collect()))
        .collect()
}
