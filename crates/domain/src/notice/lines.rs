//! Finds the line of a notice file that a cross-check speaks of.

/// Where a problem is: the nth table of a list, and a key in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
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
    if place.table.is_empty() {
        let key_at = lines.iter().position(|line| is_key(line, place.key));
        return key_at.map_or(1, |at| at + 1);
    }
    let heads = [format!("[[{}]]", place.table), format!("[{}]", place.table)];
    let mut starts = (0..lines.len()).filter(|&at| heads.iter().any(|head| lines[at] == head));
    let Some(start) = starts.nth(place.nth) else {
        return inline(&lines, place.table, place.nth);
    };
    let key_at = (start + 1..lines.len())
        .take_while(|&at| !lines[at].starts_with('['))
        .find(|&at| is_key(lines[at], place.key));
    key_at.unwrap_or(start) + 1
}

/// The nth inline table of a list written `name = [`, one table on a line.
fn inline(lines: &[&str], name: &str, nth: usize) -> usize {
    let Some(start) = lines.iter().position(|line| is_key(line, name)) else {
        return 1;
    };
    let tables = (start + 1..lines.len()).take_while(|&at| lines[at] != "]");
    let mut tables = tables.filter(|&at| lines[at].starts_with('{'));
    tables.nth(nth).unwrap_or(start) + 1
}

fn is_key(line: &str, key: &str) -> bool {
    line.strip_prefix(key)
        .is_some_and(|rest| rest.trim_start().starts_with('='))
}
