//! The findings as a short page: what was voted on, what was checked, what fails, the result.

use pingyi_ballot::hash::Digest;
use pingyi_ballot::verify::{Fault, Verdict};

use crate::Arguments;
use crate::clean::shown;
use crate::examine::{Checked, Examined};
use crate::table;
use crate::text::{self, Faults, Language, Reach, labels};

/// Everything that is printed, with its line ends.
pub fn text(examined: &Examined, arguments: &Arguments) -> String {
    let languages: &[Language] = if arguments.english {
        &[Language::English]
    } else {
        &[Language::Chinese, Language::English]
    };
    let pages: Vec<String> = languages
        .iter()
        .map(|&language| {
            let lines = match examined {
                Examined::Not(reason) => {
                    let file = shown(&arguments.file.display().to_string());
                    vec![
                        text::unreadable(&file, language),
                        text::no_archive(reason, language),
                    ]
                }
                Examined::Checked(checked) if arguments.quiet => vec![verdict(checked, language)],
                Examined::Checked(checked) => page(checked, language, language == languages[0]),
            };
            lines.join("\n") + "\n"
        })
        .collect();
    pages.join(if arguments.quiet { "" } else { "\n" })
}

fn verdict(checked: &Checked, language: Language) -> String {
    let report = &checked.report;
    let faults = Faults {
        number: report.faults.len(),
        more: more(&report.faults),
    };
    text::verdict(report.verdict(), report.stage, faults, language)
}

/// `whole`: with the parts that say the same in every language.
fn page(checked: &Checked, language: Language, whole: bool) -> Vec<String> {
    let mut lines = vec![verdict(checked, language)];
    lines.extend(faults(checked, language));
    if whole {
        lines.extend(election(checked, language));
    }
    lines.extend(held(checked, language));
    if whole {
        lines.extend(result(checked, language));
        lines.extend(hashes(checked, language));
    }
    lines
}

fn faults(checked: &Checked, language: Language) -> Vec<String> {
    let faults = &checked.report.faults;
    let mut lines = Vec::new();
    for (fault, number) in faults.iter().zip(1..) {
        let said = text::fault(fault, language);
        lines.push(String::new());
        lines.push(text::heading(number, &said.element, language));
        lines.push(format!("  {}", said.wrong));
        lines.push(format!("  {}", said.advice));
    }
    if more(faults) {
        lines.push(String::new());
        lines.push(text::more_ballots(language).to_owned());
    }
    lines
}

/// Whether there may be more faulty ballots than are listed: the verifier lists so many.
fn more(faults: &[Fault]) -> bool {
    bad_ballots(faults) >= 100
}

fn bad_ballots(faults: &[Fault]) -> usize {
    let ballots = faults
        .iter()
        .filter(|fault| matches!(fault, Fault::Ballot { .. }));
    ballots.count()
}

fn election(checked: &Checked, language: Language) -> Vec<String> {
    let Some(summary) = &checked.report.summary else {
        return Vec::new();
    };
    let labels = labels(language);
    vec![
        String::new(),
        labels.line(labels.election, &shown(&summary.name)),
        labels.line(labels.uuid, &summary.uuid),
        labels.line(labels.fingerprint, &summary.fingerprint.to_string()),
        labels.line(labels.group, summary.group),
    ]
}

fn held(checked: &Checked, language: Language) -> Vec<String> {
    let report = &checked.report;
    let mut lines = vec![String::new(), labels(language).checked.to_owned()];
    let container = text::container(report.events, report.bytes, reach(checked), language);
    lines.push(format!("  {container}"));
    let bad = bad_ballots(&report.faults);
    for held in &report.checked {
        lines.push(format!("  {}", text::held(held, bad, language)));
    }
    lines
}

fn reach(checked: &Checked) -> Reach {
    let report = &checked.report;
    let mut faults = report.faults.iter();
    if faults.any(|fault| matches!(fault, Fault::Archive(_))) {
        Reach::Broken
    } else if report.bytes < checked.bytes {
        Reach::Stopped
    } else {
        Reach::Whole
    }
}

fn result(checked: &Checked, language: Language) -> Vec<String> {
    // numbers are shown only where everything holds
    if checked.report.verdict() != Verdict::Accepted {
        return Vec::new();
    }
    let heading = labels(language).result.to_owned();
    let table = table::lines(checked, language);
    [String::new(), heading].into_iter().chain(table).collect()
}

fn hashes(checked: &Checked, language: Language) -> Vec<String> {
    let labels = labels(language);
    let mut lines = vec![String::new()];
    // of a chain that was not read to its end it would be another one than is printed
    let head = checked
        .report
        .head
        .filter(|_| reach(checked) == Reach::Whole);
    if let Some(head) = head {
        lines.push(labels.line(labels.head_short, &short(head)));
        lines.push(labels.line(labels.head, &head.to_hex()));
    }
    lines.push(labels.line(labels.sha256, &checked.sha256));
    lines
}

/// Sixteen digits in fours, to be compared by eye with the printed form.
fn short(head: Digest) -> String {
    let hex = head.to_hex();
    let fours = [&hex[..4], &hex[4..8], &hex[8..12], &hex[12..16]];
    fours.join(" ")
}
