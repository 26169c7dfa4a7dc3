//! Lists as lines: one item each, keys kept or made.

use crate::notice::Keyed;

/// One label a line.
pub fn labels<'a>(items: impl IntoIterator<Item = &'a str>) -> String {
    items.into_iter().collect::<Vec<_>>().join("\n")
}

/// `label：words` a line; the label alone where the words are the same.
pub fn named<'a>(items: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let line = |(label, words): (&str, &str)| {
        if label == words {
            label.to_owned()
        } else {
            format!("{label}：{words}")
        }
    };
    items.into_iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Labels with keys: those of `before` by label, new ones `{prefix}-1`, `{prefix}-2`…
pub fn read_labels(lines: &str, before: &[Keyed], prefix: &str) -> Vec<Keyed> {
    let mut taken: Vec<String> = before.iter().map(|k| k.key.clone()).collect();
    let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut made = Vec::new();
    for label in lines {
        let known = before.iter().find(|k| k.label == label);
        let key = match known {
            Some(known) => known.key.clone(),
            None => fresh(prefix, &mut taken),
        };
        made.push(Keyed {
            key,
            label: label.to_owned(),
        });
    }
    made
}

fn fresh(prefix: &str, taken: &mut Vec<String>) -> String {
    let key = (1..=taken.len() + 1)
        .map(|n| format!("{prefix}-{n}"))
        .find(|key| !taken.contains(key))
        .unwrap_or_default();
    taken.push(key.clone());
    key
}

/// As [`read_labels`], with the words after the colon; without one the label is the words.
pub fn read_named(lines: &str, before: &[Keyed], prefix: &str) -> Vec<(Keyed, String)> {
    let split = |line: &str| {
        let (label, words) = line.split_once(['：', ':']).unwrap_or((line, line));
        (label.trim().to_owned(), words.trim().to_owned())
    };
    let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty());
    let pairs: Vec<(String, String)> = lines.map(split).collect();
    let only = labels(pairs.iter().map(|(label, _)| label.as_str()));
    let keyed = read_labels(&only, before, prefix);
    let words = pairs.into_iter().filter(|(label, _)| !label.is_empty());
    keyed
        .into_iter()
        .zip(words.map(|(_, words)| words))
        .collect()
}
