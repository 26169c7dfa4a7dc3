//! The result as columns of numbers under the answers, one table for questions with equal answers.

use pingyi_ballot::election::Question;
use unicode_width::UnicodeWidthStr as _;

use crate::abstained::{abstained, counted};
use crate::clean::shown;
use crate::examine::Checked;
use crate::text::Language;

/// One question, ready to be shown.
struct Line<'a> {
    number: usize,
    question: &'a Question,
    numbers: Vec<u64>,
    headings: Vec<String>,
}

/// The lines, indented; none without a result.
pub fn lines(checked: &Checked, language: Language) -> Vec<String> {
    let report = &checked.report;
    let (Some(summary), Some(result)) = (&report.summary, &report.result) else {
        return Vec::new();
    };
    let counted = counted(report);
    let questions = summary.questions.iter().zip(&result.result).zip(1..);
    let rows: Vec<Line<'_>> = questions
        .map(|((question, row), number)| {
            let abstained = abstained(question, row, counted, checked.weights);
            Line {
                number,
                question,
                numbers: row.iter().copied().chain(abstained).collect(),
                headings: headings(question, abstained.is_some(), language),
            }
        })
        .collect();
    let mut lines = Vec::new();
    for table in rows.chunk_by(|one, next| one.headings == next.headings) {
        lines.extend(draw(table));
    }
    lines
}

fn headings(question: &Question, abstained: bool, language: Language) -> Vec<String> {
    let word = crate::text::abstained(language).to_owned();
    let blank = question.has_blank().then(|| word.clone());
    let answers = question.answers.iter().map(|answer| shown(answer));
    let left = abstained.then_some(word);
    blank.into_iter().chain(answers).chain(left).collect()
}

fn draw(table: &[Line<'_>]) -> Vec<String> {
    let Some(first) = table.first() else {
        return Vec::new();
    };
    let widths: Vec<usize> = (0..first.headings.len())
        .map(|column| {
            let numbers = table
                .iter()
                .map(|line| line.numbers[column].to_string().len());
            let widest = numbers.max().unwrap_or(0);
            widest.max(first.headings[column].width()).max(4)
        })
        .collect();
    let heading = row("", &first.headings, &widths, "");
    let lines = table.iter().map(|line| {
        let numbers: Vec<String> = line.numbers.iter().map(ToString::to_string).collect();
        let name = shown(&line.question.question);
        row(&line.number.to_string(), &numbers, &widths, &name)
    });
    std::iter::once(heading).chain(lines).collect()
}

fn row(number: &str, cells: &[String], widths: &[usize], name: &str) -> String {
    let mut line = format!("  {number:>4}");
    for (cell, width) in cells.iter().zip(widths) {
        // the formatter counts characters, a terminal counts cells
        let fill = width.saturating_sub(cell.width());
        line.push_str(&" ".repeat(fill + 2));
        line.push_str(cell);
    }
    if !name.is_empty() {
        line.push_str("  ");
        line.push_str(name);
    }
    line
}
