//! A scheme as its file says it, read with the lines of what is wrong.

use serde::Deserialize;
use toml::Spanned;

use super::{Evidence, Item, Points, Scheme, SchemeError, SchemeProblem};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: Spanned<String>,
    #[serde(default)]
    items: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    key: Spanned<String>,
    project: Spanned<String>,
    goal: Spanned<String>,
    standard: Spanned<String>,
    #[serde(default)]
    points: Option<Spanned<String>>,
    #[serde(default)]
    explain: String,
    #[serde(default)]
    method: String,
    #[serde(default)]
    evidence: Vec<Spanned<String>>,
}

pub(super) fn parse(text: &str) -> Result<Scheme, SchemeError> {
    let file: File = toml::from_str(text).map_err(|error| SchemeError {
        line: error.span().map_or(1, |span| line(text, span.start)),
        problem: SchemeProblem::Syntax(error.message().to_owned()),
    })?;
    filled(text, "title", &file.title)?;
    if file.items.is_empty() {
        return Err(at(text, 0, SchemeProblem::NoItems));
    }
    let mut items: Vec<Item> = Vec::new();
    for row in file.items {
        let here = row.key.span().start;
        let item = item(text, row)?;
        if items.iter().any(|other| other.key == item.key) {
            return Err(at(text, here, SchemeProblem::Duplicate(item.key)));
        }
        items.push(item);
    }
    let title = file.title.into_inner();
    Ok(Scheme { title, items })
}

fn item(text: &str, row: Row) -> Result<Item, SchemeError> {
    for (name, value) in [
        ("key", &row.key),
        ("project", &row.project),
        ("goal", &row.goal),
        ("standard", &row.standard),
    ] {
        filled(text, name, value)?;
    }
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let key = row.key.get_ref();
    if key.len() > 40 || !key.bytes().all(plain) {
        let problem = SchemeProblem::Key(key.clone());
        return Err(at(text, row.key.span().start, problem));
    }
    let points = row.points.as_ref().map_or(Ok(None), |typed| {
        Points::parse(typed.get_ref()).map_err(|why| {
            let text_typed = typed.get_ref().clone();
            let problem = SchemeProblem::Points {
                text: text_typed,
                why,
            };
            at(text, typed.span().start, problem)
        })
    })?;
    let evidence = row.evidence.iter().map(|word| {
        Evidence::parse(word.get_ref()).ok_or_else(|| {
            let problem = SchemeProblem::Evidence(word.get_ref().clone());
            at(text, word.span().start, problem)
        })
    });
    Ok(Item {
        evidence: evidence.collect::<Result<_, _>>()?,
        key: row.key.into_inner(),
        project: row.project.into_inner(),
        goal: row.goal.into_inner(),
        standard: row.standard.into_inner(),
        points,
        explain: row.explain,
        method: row.method,
    })
}

fn filled(text: &str, name: &'static str, value: &Spanned<String>) -> Result<(), SchemeError> {
    if value.get_ref().trim().is_empty() {
        return Err(at(text, value.span().start, SchemeProblem::Empty(name)));
    }
    Ok(())
}

fn at(text: &str, start: usize, problem: SchemeProblem) -> SchemeError {
    let line = line(text, start);
    SchemeError { line, problem }
}

/// The line (from 1) of a byte.
fn line(text: &str, start: usize) -> usize {
    let before = text.as_bytes().iter().take(start);
    before.filter(|byte| **byte == b'\n').count() + 1
}

/// The same text with other points, item by item; comments and order stay. `None` where an item
/// could not be found as written, which the caller tells.
pub fn set_points(text: &str, points: &[Option<Points>]) -> Option<String> {
    let mut out: Vec<String> = Vec::new();
    // Of the item at hand: its number, and whether its points were written.
    let mut item: Option<(usize, bool)> = None;
    let mut next = 0;
    let written = |nth: usize| {
        let value = points.get(nth).copied().flatten();
        format!(
            "points = \"{}\"",
            value.map_or_else(String::new, |p| p.to_string())
        )
    };
    for one in text.lines() {
        if one.trim() == "[[items]]" {
            close(&mut out, item.take(), &written);
            item = Some((next, false));
            next += 1;
        } else if let Some((nth, done)) = &mut item
            && is_points(one)
        {
            out.push(written(*nth));
            *done = true;
            continue;
        }
        out.push(one.to_owned());
    }
    close(&mut out, item, &written);
    let out = out.join("\n") + "\n";
    let read = Scheme::parse(&out).ok()?;
    let same = read
        .items
        .iter()
        .map(|i| i.points)
        .eq(points.iter().copied());
    same.then_some(out)
}

/// An item that had no line for points gets one at its end.
fn close(out: &mut Vec<String>, item: Option<(usize, bool)>, written: &impl Fn(usize) -> String) {
    if let Some((nth, false)) = item {
        let blank = out.iter().rev().take_while(|l| l.trim().is_empty()).count();
        out.insert(out.len() - blank, written(nth));
    }
}

fn is_points(line: &str) -> bool {
    let rest = line.trim_start().strip_prefix("points");
    rest.is_some_and(|rest| rest.trim_start().starts_with('='))
}
