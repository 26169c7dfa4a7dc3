//! Writing a notice into an older text of it: only values that differ change, comments stay.
//!
//! The result always reads back as the notice: where this way does not lead there, the notice is
//! written whole, without comments.

use toml::Value;
use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike};

use super::Notice;

impl Notice {
    /// As [`Notice::to_toml`], with the comments and the order of `text`.
    pub fn to_toml_over(&self, text: &str) -> Result<String, toml::ser::Error> {
        let whole = self.to_toml()?;
        let merged = merged(text, &whole);
        let same = |text: &String| Self::parse(text).is_ok_and(|read| read == *self);
        Ok(merged.filter(same).unwrap_or(whole))
    }
}

fn merged(text: &str, whole: &str) -> Option<String> {
    let before = Notice::parse(text).ok()?.to_toml().ok()?;
    let before: toml::Table = toml::from_str(&before).ok()?;
    let after: toml::Table = toml::from_str(whole).ok()?;
    let mut document: DocumentMut = text.parse().ok()?;
    table(document.as_table_mut(), &before, &after);
    Some(document.to_string())
}

/// What the text leaves out because it is the default stays left out.
fn table(text: &mut dyn TableLike, before: &toml::Table, after: &toml::Table) {
    for gone in before.keys().filter(|key| !after.contains_key(*key)) {
        text.remove(gone);
    }
    for (key, new) in after {
        let old = before.get(key);
        if old == Some(new) {
            continue;
        }
        match (text.get_mut(key), old) {
            (Some(item), Some(old)) => change(item, old, new),
            _ => {
                text.insert(key, item_of(new));
            }
        }
    }
}

fn change(item: &mut Item, old: &Value, new: &Value) {
    match (item, old, new) {
        (Item::ArrayOfTables(all), Value::Array(old), Value::Array(new)) => tables(all, old, new),
        (Item::Table(text), Value::Table(old), Value::Table(new)) => table(text, old, new),
        (Item::Value(text), old, new) => *text = changed(text, old, new),
        (item, _, new) => *item = item_of(new),
    }
}

/// A value with the space and the comment around it.
fn changed(text: &toml_edit::Value, old: &Value, new: &Value) -> toml_edit::Value {
    let mut made = text.clone();
    match (&mut made, old, new) {
        (toml_edit::Value::Array(all), Value::Array(old), Value::Array(new)) => {
            values(all, old, new);
        }
        (toml_edit::Value::InlineTable(text), Value::Table(old), Value::Table(new)) => {
            table(text, old, new);
        }
        (made, _, new) => {
            let around = made.decor().clone();
            *made = value_of(new);
            *made.decor_mut() = around;
        }
    }
    made
}

fn values(all: &mut toml_edit::Array, old: &[Value], new: &[Value]) {
    let kept: Vec<toml_edit::Value> = all.iter().cloned().collect();
    let around = kept.last().map(|last| last.decor().clone());
    all.clear();
    for (new, place) in new.iter().zip(origins(old, new)) {
        let known = place.and_then(|at| kept.get(at).zip(old.get(at)));
        let mut made = known.map_or_else(|| value_of(new), |(text, old)| changed(text, old, new));
        if let (None, Some(around)) = (known, &around) {
            *made.decor_mut() = around.clone();
        }
        all.push_formatted(made);
    }
}

fn tables(all: &mut ArrayOfTables, old: &[Value], new: &[Value]) {
    let kept: Vec<Table> = all.iter().cloned().collect();
    let origins = origins(old, new);
    // Where the kept ones stand in the text, for them in their new order.
    let mut places: Vec<usize> = origins.iter().flatten().copied().collect();
    places.sort_unstable();
    let mut places = places.into_iter().map(|at| kept.get(at)?.position());
    all.clear();
    for (new, origin) in new.iter().zip(origins) {
        let known = origin.and_then(|at| kept.get(at).zip(old.get(at)));
        let mut made = Table::new();
        let empty = toml::Table::new();
        let mut before = &empty;
        if let Some((text, old)) = known {
            made = text.clone();
            made.set_position(places.next().flatten());
            before = old.as_table().unwrap_or(&empty);
        }
        table(&mut made, before, new.as_table().unwrap_or(&empty));
        all.push(made);
    }
}

/// Which of the old elements each new one was: the one of its name, else an equal one, else one
/// nobody claims, in order.
fn origins(old: &[Value], new: &[Value]) -> Vec<Option<usize>> {
    let mut used = vec![false; old.len()];
    let mut claim = |new: &Value| {
        let at = (0..old.len()).find(|at| !used[*at] && same(&old[*at], new))?;
        used[at] = true;
        Some(at)
    };
    let mut found: Vec<Option<usize>> = new.iter().map(&mut claim).collect();
    let mut free = (0..old.len()).filter(|at| !used[*at]);
    for place in found.iter_mut().filter(|place| place.is_none()) {
        *place = free.next();
    }
    found
}

fn same(old: &Value, new: &Value) -> bool {
    let name = |value: &Value| value.get("id").or_else(|| value.get("key")).cloned();
    match (name(old), name(new)) {
        (Some(old), Some(new)) => old == new,
        _ => old == new,
    }
}

fn item_of(value: &Value) -> Item {
    match value {
        Value::Table(table) => Item::Table(filled(Table::new(), table)),
        Value::Array(all) if !all.is_empty() && all.iter().all(Value::is_table) => {
            let tables = all.iter().filter_map(Value::as_table);
            let tables = tables.map(|table| filled(Table::new(), table));
            Item::ArrayOfTables(tables.collect())
        }
        plain => Item::Value(value_of(plain)),
    }
}

fn filled<T: TableLike>(mut made: T, table: &toml::Table) -> T {
    for (key, value) in table {
        made.insert(key, item_of(value));
    }
    made
}

fn value_of(value: &Value) -> toml_edit::Value {
    match value {
        Value::String(text) => text.as_str().into(),
        Value::Integer(number) => (*number).into(),
        Value::Float(number) => (*number).into(),
        Value::Boolean(yes) => (*yes).into(),
        // Notices write their days as text.
        Value::Datetime(at) => at.to_string().into(),
        Value::Array(all) => toml_edit::Value::Array(all.iter().map(value_of).collect()),
        Value::Table(table) => {
            let mut made = InlineTable::new();
            for (key, value) in table {
                made.insert(key, value_of(value));
            }
            toml_edit::Value::InlineTable(made)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTICES: [&str; 2] = [
        include_str!("../../../../notices/xianning-2015-14.toml"),
        include_str!("../../../../notices/national-2019.toml"),
    ];

    fn comments(text: &str) -> Vec<&str> {
        let lines = text.lines().map(str::trim);
        lines.filter(|line| line.starts_with('#')).collect()
    }

    /// Writes a changed notice into its text: what differs, line by line.
    fn lines(text: &str, change: impl Fn(&mut Notice)) -> (String, usize) {
        let mut notice = Notice::parse(text).unwrap();
        change(&mut notice);
        let made = notice.to_toml_over(text).unwrap();
        assert_eq!(Notice::parse(&made).unwrap(), notice);
        let before: Vec<&str> = text.lines().collect();
        let fresh = made.lines().filter(|line| !before.contains(line)).count();
        (made, fresh)
    }

    #[test]
    fn only_the_values_that_changed_change_and_every_comment_stays() {
        for text in NOTICES {
            let (same, fresh) = lines(text, |_| ());
            assert_eq!((same.as_str(), fresh), (text, 0), "nothing changed");
            let (made, fresh) = lines(text, |n| {
                n.title = "另一个标题".into();
                n.deadlines.summary = n.deadlines.summary.tomorrow().unwrap();
                n.settings.feedback_working_days = 7;
                n.theme.content = "严守纪律".into();
            });
            assert_eq!(comments(&made), comments(text));
            assert!(fresh <= 4, "{fresh} lines differ");
        }
    }

    #[test]
    fn entries_of_lists_come_go_and_change_places_among_their_comments() {
        let (made, _) = lines(NOTICES[0], |n| {
            n.grades.swap(0, 1);
            n.study.remove(1);
            n.requirements.swap(0, 2);
            n.requirements.remove(4);
            n.principles.push("公道正派".into());
        });
        let lost = comments(NOTICES[0]).len() - comments(&made).len();
        assert!(lost <= 1, "{lost} comments went with what they stood over");
        let again = Notice::parse(&made).unwrap();
        let back = again.to_toml_over(NOTICES[0]).unwrap();
        assert_eq!(back, made, "the same change gives the same text");
    }

    #[test]
    fn what_cannot_be_read_is_written_whole() {
        let notice = Notice::parse(NOTICES[0]).unwrap();
        let whole = notice.to_toml().unwrap();
        assert_eq!(notice.to_toml_over("nonsense = ").unwrap(), whole);
    }
}
