//! Cross-checks: what a notice file must not contradict.

use std::collections::HashSet;

use super::lines::Place;
use super::{Notice, NoticeProblem, Requirement};

/// The longest task phrase that fits beside a mark on a telephone.
const TITLE_CHARS: usize = 20;

/// A contradiction and where it is.
type Found = (Place, NoticeProblem);

impl Notice {
    /// The first contradiction and where it is.
    pub fn problem(&self) -> Option<Found> {
        self.empty_problem()
            .or_else(|| self.control_problem())
            .or_else(|| self.grade_problem())
            .or_else(|| deadlines(self).map(|p| (place("deadlines", 0, ""), p)))
            .or_else(|| self.duplicate_problem())
            .or_else(|| self.requirement_problem())
    }

    fn empty_problem(&self) -> Option<Found> {
        let texts = [
            ("slug", self.slug.as_str()),
            ("number", &self.number),
            ("title", &self.title),
            ("signature", &self.signature),
            ("addressee", &self.addressee),
        ];
        let blank = texts.into_iter().find(|(_, text)| text.trim().is_empty());
        let blank = blank.map(|(key, _)| key);
        let lists = [
            ("body", self.body.len()),
            ("requirements", self.requirements.len()),
        ];
        let list = lists
            .into_iter()
            .find(|(_, len)| *len == 0)
            .map(|(key, _)| key);
        blank
            .or(list)
            .map(|key| (place("", 0, key), NoticeProblem::Empty(key)))
    }

    /// Papers and databases refuse what cannot be seen.
    fn control_problem(&self) -> Option<Found> {
        let hidden = |text: &str| text.chars().any(char::is_control);
        let head = [
            ("number", self.number.as_str()),
            ("title", &self.title),
            ("signature", &self.signature),
            ("addressee", &self.addressee),
        ];
        let top = head.into_iter().find(|(_, text)| hidden(text));
        let top = top.map(|(key, _)| place("", 0, key));
        let block = self.body.iter().position(|b| hidden(&b.text));
        let place = top.or_else(|| block.map(|nth| place("body", nth, "text")));
        place.map(|place| (place, NoticeProblem::Control))
    }

    fn grade_problem(&self) -> Option<Found> {
        let few = self.grades.len() < 2;
        few.then(|| {
            (
                place("grades", 0, "key"),
                NoticeProblem::TooFewGrades(self.grades.len()),
            )
        })
    }

    fn duplicate_problem(&self) -> Option<Found> {
        fn keys<'a, T>(list: &'a [T], key: impl Fn(&'a T) -> &'a str) -> Vec<&'a str> {
            list.iter().map(key).collect()
        }
        let lists = [
            ("grades", "key", keys(&self.grades, |x| &x.key)),
            ("grades", "label", keys(&self.grades, |x| &x.label)),
            ("gates", "key", keys(&self.gates, |x| &x.key)),
            ("categories", "key", keys(&self.categories, |x| &x.key)),
            ("study", "key", keys(&self.study, |x| &x.key)),
            ("benchmarks", "key", keys(&self.benchmarks, |x| &x.key)),
            ("aspects", "key", keys(&self.aspects, |x| &x.key)),
            ("views", "key", keys(&self.views, |x| &x.key)),
            ("requirements", "id", keys(&self.requirements, |x| &x.id)),
        ];
        lists.into_iter().find_map(|(list, field, keys)| {
            let nth = repeated(&keys)?;
            let key = keys[nth].to_owned();
            Some((
                place(list, nth, field),
                NoticeProblem::Duplicate { list, key },
            ))
        })
    }

    fn requirement_problem(&self) -> Option<Found> {
        let mut all = self.requirement_problems().into_iter();
        all.next()
    }

    /// Every requirement that does not quote the text, or has too long a title.
    pub fn requirement_problems(&self) -> Vec<(Place, NoticeProblem)> {
        let each = self.requirements.iter().enumerate();
        each.filter_map(|(nth, requirement)| {
            let (key, problem) = self.words_problem(requirement)?;
            Some((place("requirements", nth, key), problem))
        })
        .collect()
    }

    /// The words must stand in the paragraph the clause names, and the title must be short.
    fn words_problem(&self, asked: &Requirement) -> Option<(&'static str, NoticeProblem)> {
        let Requirement {
            clause,
            words,
            title,
            ..
        } = asked;
        if title.trim().is_empty() {
            return Some(("title", NoticeProblem::Empty("title")));
        }
        if title.chars().count() > TITLE_CHARS {
            return Some(("title", NoticeProblem::LongTitle(title.clone())));
        }
        let stands = !words.is_empty() && self.paragraphs(clause).any(|b| b.text.contains(words));
        (!stands).then(|| {
            let (clause, words) = (clause.to_string(), words.clone());
            ("words", NoticeProblem::WordsNotInText { clause, words })
        })
    }
}

fn place(table: &'static str, nth: usize, key: &'static str) -> Place {
    Place { table, nth, key }
}

/// The position of the first key that stood before.
fn repeated(keys: &[&str]) -> Option<usize> {
    let mut seen = HashSet::new();
    keys.iter().position(|key| !seen.insert(*key))
}

/// Deadlines must not run backwards: issue ≤ plan ≤ meeting ≤ summary.
pub(super) fn deadlines(notice: &Notice) -> Option<NoticeProblem> {
    let days = [
        ("发文日期", notice.date),
        ("方案报送", notice.deadlines.plan),
        ("会议召开", notice.deadlines.meeting),
        ("汇总报送", notice.deadlines.summary),
    ];
    days.windows(2).find_map(|pair| {
        let [(earlier, earlier_on), (later, later_on)] = *pair else {
            return None;
        };
        (later_on < earlier_on).then_some(NoticeProblem::Deadlines {
            earlier,
            earlier_on,
            later,
            later_on,
        })
    })
}
