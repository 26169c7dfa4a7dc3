//! Finds the line of a notice file that a cross-check speaks of.

/// Where a problem is: the nth table of a list, and a key in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// Name of the table or list of tables; empty for the top.
    pub table: &'static str,
    /// Which of the list's tables, from 0.
    pub nth: usize,
    /// The key in that table.
    pub key: &'static str,
}

/// The line (from 1) of a key; the table's own line when the key is not there; 1 when neither is.
pub(super) fn find(text: &str, place: &Place) -> usize {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let list = format!("[[{}]]", place.table);
    let table = format!("[{}]", place.table);
    let start = if place.table.is_empty() {
        Some(0)
    } else {
        let starts = (0..lines.len()).filter(|&at| lines[at] == list || lines[at] == table);
        starts.clone().nth(place.nth)
    };
    let Some(start) = start else {
        return top_key(&lines, place.table);
    };
    let key_at = (start + 1..lines.len())
        .take_while(|&at| !lines[at].starts_with('['))
        .find(|&at| is_key(lines[at], place.key));
    key_at.unwrap_or(start) + 1
}

fn top_key(lines: &[&str], key: &str) -> usize {
    lines
        .iter()
        .position(|line| is_key(line, key))
        .map_or(1, |at| at + 1)
}

fn is_key(line: &str, key: &str) -> bool {
    line.strip_prefix(key)
        .is_some_and(|rest| rest.trim_start().starts_with('='))
}
