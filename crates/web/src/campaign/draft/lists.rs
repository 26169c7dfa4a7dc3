//! The lists of a notice as text areas: one item a line.

use pingyi_domain::notice::draft::{labels, named, read_labels, read_named};
use pingyi_domain::notice::{Attachment, Category, Gate, Grade, Keyed, Notice};
use pingyi_domain::prose;

use crate::kernel::form::FormState;

/// Longest list, all lines together.
const MOST: usize = 5_000;

/// One list on the page: name of the field, label, what it is for.
pub(super) type Field = (&'static str, &'static str, &'static str);

/// 评议.
pub(super) const GRADING: &[Field] = &[
    (
        "grades",
        "评议等次",
        "由好到差，每行一个，至少两个；测评表照这里印",
    ),
    ("ballot_basis", "测评依据", "每行一项，印在测评表上"),
];
/// 会前.
pub(super) const BEFORE: &[Field] = &[
    ("study", "学习内容", "每行一项"),
    (
        "categories",
        "问题清单类别",
        "每行一类；简称与通知原话不同的，写成“简称：通知原话”",
    ),
    ("benchmarks", "对照方面", "每行一项；不要求的留空"),
    ("aspects", "联系实际方面", "每行一项；不要求的留空"),
    (
        "views",
        "剖析方面",
        "如世界观、人生观、价值观；不要求的留空",
    ),
    (
        "gates",
        "把关项",
        "每行一关，写成“简称：通知原话”；不要求的留空",
    ),
    ("principles", "会议原则", "每行一项；没有的留空"),
];
/// 附件.
pub(super) const ANNEXES: &[Field] = &[("attachments", "附件标题", "每行一个，按附件序号排列")];

/// All lists as they stand.
pub(super) fn fill(form: FormState, n: &Notice) -> FormState {
    let keyed = |list: &[Keyed]| labels(list.iter().map(|k| k.label.as_str()));
    let words = |list: &[String]| labels(list.iter().map(String::as_str));
    let pair = |label, words| (label, words);
    form.with("grades", labels(n.grades.iter().map(|g| g.label.as_str())))
        .with("ballot_basis", words(&n.ballot_basis))
        .with("study", keyed(&n.study))
        .with(
            "categories",
            named(
                n.categories
                    .iter()
                    .map(|c| pair(c.label.as_str(), c.words.as_str())),
            ),
        )
        .with("benchmarks", keyed(&n.benchmarks))
        .with("aspects", keyed(&n.aspects))
        .with("views", keyed(&n.views))
        .with(
            "gates",
            named(
                n.gates
                    .iter()
                    .map(|g| pair(g.label.as_str(), g.words.as_str())),
            ),
        )
        .with("principles", words(&n.principles))
        .with(
            "attachments",
            labels(n.attachments.iter().map(|a| a.title.as_str())),
        )
}

/// Puts what was typed into the notice.
pub(super) fn read(form: &mut FormState, n: &mut Notice) {
    for (name, label, _) in GRADING.iter().chain(BEFORE).chain(ANNEXES) {
        if let Some(text) = lines(form, name, label) {
            put(n, name, &text);
        }
    }
    if n.grades.len() < 2 {
        form.fail("grades", "评议等次至少要有两个，由好到差，每行一个。");
    }
}

/// The lines of one list without repetition; `None` once a mark was made.
fn lines(form: &mut FormState, name: &str, label: &str) -> Option<String> {
    let typed = form.value(name).trim().to_owned();
    if typed.is_empty() {
        return Some(typed);
    }
    let text = match prose::text(&typed, MOST) {
        Ok(text) => text,
        Err(why) => {
            form.fail(name, format!("{label}{why}"));
            return None;
        }
    };
    let heads = text.lines().map(|line| line.split(['：', ':']).next());
    let heads: Vec<&str> = heads.flatten().map(str::trim).collect();
    let twice =
        (1..heads.len()).find(|&at| !heads[at].is_empty() && heads[..at].contains(&heads[at]));
    if let Some(at) = twice {
        form.fail(
            name,
            format!("{label}第 {} 行“{}”写了两次。", at + 1, heads[at]),
        );
        return None;
    }
    Some(text)
}

fn put(n: &mut Notice, name: &str, text: &str) {
    let plain = || text.lines().map(|line| line.trim().to_owned());
    let plain = || plain().filter(|line| !line.is_empty()).collect::<Vec<_>>();
    match name {
        "grades" => n.grades = grades(text, &n.grades),
        "ballot_basis" => n.ballot_basis = plain(),
        "study" => n.study = read_labels(text, &n.study, "study"),
        "categories" => n.categories = categories(text, &n.categories),
        "benchmarks" => n.benchmarks = read_labels(text, &n.benchmarks, "benchmark"),
        "aspects" => n.aspects = read_labels(text, &n.aspects, "aspect"),
        "views" => n.views = read_labels(text, &n.views, "view"),
        "gates" => n.gates = gates(text, &n.gates),
        "principles" => n.principles = plain(),
        _ => n.attachments = attachments(plain()),
    }
}

fn keyed(key: &str, label: &str) -> Keyed {
    Keyed {
        key: key.to_owned(),
        label: label.to_owned(),
    }
}

fn grades(text: &str, before: &[Grade]) -> Vec<Grade> {
    let before: Vec<_> = before.iter().map(|g| keyed(&g.key, &g.label)).collect();
    let read = read_labels(text, &before, "grade").into_iter();
    read.map(|Keyed { key, label }| Grade { key, label })
        .collect()
}

fn categories(text: &str, before: &[Category]) -> Vec<Category> {
    let before: Vec<_> = before.iter().map(|c| keyed(&c.key, &c.label)).collect();
    let read = read_named(text, &before, "category").into_iter();
    read.map(|(Keyed { key, label }, words)| Category { key, label, words })
        .collect()
}

fn gates(text: &str, before: &[Gate]) -> Vec<Gate> {
    let before: Vec<_> = before.iter().map(|g| keyed(&g.key, &g.label)).collect();
    let read = read_named(text, &before, "gate").into_iter();
    read.map(|(Keyed { key, label }, words)| Gate { key, label, words })
        .collect()
}

fn attachments(titles: Vec<String>) -> Vec<Attachment> {
    let numbered = (1..).zip(titles);
    numbered
        .map(|(number, title)| Attachment { number, title })
        .collect()
}
