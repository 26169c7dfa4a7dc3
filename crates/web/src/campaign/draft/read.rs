//! The fields of the form as a notice, or marks on what cannot be one.

use jiff::civil::Date;
use pingyi_domain::notice::draft::read_body;
use pingyi_domain::notice::{Cap, Notice, NoticeProblem, Requirement};
use pingyi_domain::prose;
use serde::de::DeserializeOwned;

use super::lists;
use super::pick::Pick;
use crate::kernel::form::FormState;

/// Longest body.
const BODY: usize = 30_000;
/// Most working days anything may take.
const DAYS: u32 = 60;

/// Lines of the head: field, label, longest.
const HEAD: &[(&str, &str, usize)] = &[
    ("number", "发文字号", 40),
    ("title", "标题", 100),
    ("addressee", "主送机关", 100),
    ("issuer_full", "发文机关全称", 60),
    ("issuer_short", "发文机关简称", 30),
    ("issuer_mark", "发文机关标志", 60),
    ("signature", "落款", 60),
    ("theme_title", "会议主题", 60),
    ("theme_content", "主要内容", 100),
];

/// The notice as typed; `None` when anything is marked.
pub(super) fn read(form: &mut FormState, picks: &mut [Pick], before: &Notice) -> Option<Notice> {
    let mut n = before.clone();
    head(form, &mut n);
    days(form, &mut n);
    match prose::text(form.value("body"), BODY) {
        Ok(text) => n.body = read_body(&text, &before.body),
        Err(why) => form.fail("body", format!("正文{why}")),
    }
    lists::read(form, &mut n);
    settings(form, &mut n);
    requirements(form, picks, &mut n);
    if form.is_ok()
        && let Some((place, problem)) = n.problem()
    {
        form.fail(field_of(place.table), problem.to_string());
    }
    form.is_ok().then_some(n)
}

/// Where on the form a contradiction is marked.
fn field_of(table: &'static str) -> &'static str {
    match table {
        "deadlines" => "plan",
        table => table,
    }
}

fn head(form: &mut FormState, n: &mut Notice) {
    for (name, label, most) in HEAD {
        match prose::line(form.value(name), *most) {
            Ok(text) => put(n, name, text),
            Err(why) => form.fail(name, format!("{label}{why}")),
        }
    }
}

fn put(n: &mut Notice, name: &str, text: String) {
    let field = match name {
        "number" => &mut n.number,
        "title" => &mut n.title,
        "addressee" => &mut n.addressee,
        "issuer_full" => &mut n.issuer.full,
        "issuer_short" => &mut n.issuer.short,
        "issuer_mark" => &mut n.issuer.mark,
        "signature" => &mut n.signature,
        "theme_title" => &mut n.theme.title,
        _ => &mut n.theme.content,
    };
    *field = text;
}

fn days(form: &mut FormState, n: &mut Notice) {
    let mut day = |name: &str, label: &str, put: &mut Date| match form.value(name).trim().parse() {
        Ok(day) => *put = day,
        Err(_) => form.fail(
            name,
            format!("{label}没有填写或不是日期。请按 2026-08-31 的样子填写。"),
        ),
    };
    day("date", "成文日期", &mut n.date);
    day("plan", "方案报送截止日期", &mut n.deadlines.plan);
    day("meeting", "会议完成截止日期", &mut n.deadlines.meeting);
    day("summary", "汇总报送截止日期", &mut n.deadlines.summary);
}

fn settings(form: &mut FormState, n: &mut Notice) {
    let s = &mut n.settings;
    s.probationary_graded = form.is("probationary_graded", "1");
    s.leading_group_ballot = form.is("leading_group", "1");
    if let Some(voters) = choice(form, "voters", "投票人") {
        s.voters = voters;
    }
    if let Some(scope) = choice(form, "publicity_scope", "公示范围") {
        s.publicity.scope = scope;
    }
    if let Some(days) = number(form, "feedback_days", "反馈时限") {
        s.feedback_working_days = days;
    }
    if let Some(days) = number(form, "publicity_days", "公示时间") {
        s.publicity.working_days = days;
    }
    s.cap = cap(form);
}

fn cap(form: &mut FormState) -> Option<Cap> {
    let typed = form.value("cap").trim().replace('／', "/");
    if typed.is_empty() {
        return None;
    }
    let denominator = choice(form, "cap_of", "比例的基数")?;
    let fraction = typed.parse().ok();
    if fraction.is_none() {
        let words = format!("“{typed}”不是比例。请写成 1/3 的样子；不设上限的留空。");
        form.fail("cap", words);
    }
    fraction.map(|fraction| Cap {
        fraction,
        denominator,
    })
}

fn choice<T: DeserializeOwned>(form: &mut FormState, name: &str, label: &str) -> Option<T> {
    let read = serde_json::from_value(form.value(name).into()).ok();
    if read.is_none() {
        form.fail(name, format!("{label}没有选择。请选一项。"));
    }
    read
}

fn number(form: &mut FormState, name: &str, label: &str) -> Option<u32> {
    let read = form.value(name).trim().parse().ok();
    let read = read.filter(|n| (1..=DAYS).contains(n));
    if read.is_none() {
        form.fail(name, format!("{label}请填 1 至 {DAYS} 个工作日。"));
    }
    read
}

/// The ticked ones, each cited where its words stand now.
fn requirements(form: &mut FormState, picks: &mut [Pick], n: &mut Notice) {
    let used: Vec<&Pick> = picks.iter().filter(|pick| pick.used(form)).collect();
    // Those that were there keep their order, which need not be ours.
    let (old, new): (Vec<&Pick>, Vec<&Pick>) = used.iter().partition(|p| p.before.is_some());
    let before = std::mem::take(&mut n.requirements);
    let kept = before
        .iter()
        .filter_map(|r| old.iter().find(|p| p.id == r.id));
    n.requirements = kept.map(|pick| cited(n, pick.read(form))).collect();
    for pick in new {
        let asked = cited(n, pick.read(form));
        n.add_requirement(asked);
    }
    if n.requirements.is_empty() {
        form.fail("use", "一项要求也没有选。请至少选一项。");
    }
    mark(form, picks, n);
}

/// Marks the requirements that do not quote the text, or have no usable name.
fn mark(form: &mut FormState, picks: &mut [Pick], n: &Notice) {
    for (place, problem) in n.requirement_problems() {
        let asked = &n.requirements[place.nth];
        let Some(pick) = picks.iter_mut().find(|pick| pick.id == asked.id) else {
            continue;
        };
        let words = words(asked, pick, &problem);
        pick.error = Some(words.clone());
        let part = if place.key == "title" { "t" } else { "w" };
        form.fail(&pick.field(part), words);
    }
}

fn cited(n: &Notice, mut asked: Requirement) -> Requirement {
    if let Some(clause) = n.clause_of(&asked.words, Some(&asked.clause)) {
        asked.clause = clause;
    }
    asked
}

fn words(asked: &Requirement, pick: &Pick, problem: &NoticeProblem) -> String {
    let title = &asked.title;
    match problem {
        NoticeProblem::WordsNotInText { words, .. } if words.is_empty() => {
            format!("要求“{title}”没有摘录原文。请从正文照抄一句；正文没有写的，先补进正文。")
        }
        NoticeProblem::WordsNotInText { words, .. } => {
            format!("要求“{title}”摘录的“{words}”在正文里找不到。请照正文抄，一句话不要跨两段。")
        }
        NoticeProblem::Empty(_) => {
            format!("要求“{}”没有写任务名称。请填写。", pick.offer.title)
        }
        other => other.to_string(),
    }
}
