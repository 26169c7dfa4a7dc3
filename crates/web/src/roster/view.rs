//! The preview in words: the tree with counts, who comes, changes, moves and leaves.

use pingyi_domain::roster::{Change, Person, SkipReason, org_plan};

use super::import::{Incoming, Preview, Scope, Summary};

/// Names shown of a long list; the rest is counted.
const SHOWN: usize = 300;

/// Everything the preview shows.
pub struct PreviewView {
    pub file_name: String,
    pub acceptable: bool,
    pub refusals: Vec<String>,
    pub warnings: Vec<String>,
    pub columns: Vec<String>,
    pub ignored: Vec<String>,
    pub skipped: Vec<String>,
    pub people: usize,
    pub branches: usize,
    pub units: Vec<UnitLine>,
    pub summary: Summary,
    pub new_orgs: usize,
    pub added: Shown,
    pub changed: Shown,
    pub moved: Shown,
    pub left: Shown,
    pub renames: Vec<(String, String)>,
    pub empty_branches: Vec<String>,
    pub unnamed_units: Vec<String>,
    pub whole: bool,
    pub many_leave: bool,
    pub concerned: usize,
    pub stored: usize,
    pub scope: &'static str,
    pub mark: String,
}

/// A list cut to a readable length.
#[derive(Default)]
pub struct Shown {
    pub lines: Vec<(String, String)>,
    pub more: usize,
}

impl Shown {
    fn of(lines: impl ExactSizeIterator<Item = (String, String)>) -> Self {
        let more = lines.len().saturating_sub(SHOWN);
        Self {
            lines: lines.take(SHOWN).collect(),
            more,
        }
    }
}

/// A unit of the list.
pub struct UnitLine {
    pub name: String,
    pub people: usize,
    pub new: bool,
    pub branches: Vec<BranchLine>,
}

/// A branch of the list.
pub struct BranchLine {
    pub name: String,
    pub general: String,
    pub people: usize,
    pub new: bool,
}

impl PreviewView {
    pub fn of(incoming: &Incoming, preview: &Preview) -> Self {
        let reading = &incoming.reading;
        let units = units(incoming, preview);
        let branches = units.iter().map(|unit| unit.branches.len()).sum();
        let new_orgs = count_new(&units);
        let c = &preview.comparison;
        let person = |at: usize| &incoming.people[at].person;
        Self {
            file_name: incoming.file_name.clone(),
            acceptable: incoming.acceptable,
            refusals: reading.refusals().map(ToString::to_string).collect(),
            warnings: reading.warnings().map(ToString::to_string).collect(),
            columns: columns(incoming),
            ignored: reading.ignored.clone(),
            skipped: skipped(incoming),
            people: incoming.people.len(),
            branches,
            summary: preview.summary(new_orgs),
            new_orgs,
            added: Shown::of(
                c.added
                    .iter()
                    .map(|&at| (person(at).name.clone(), at_home(person(at)))),
            ),
            changed: Shown::of(
                c.changed
                    .iter()
                    .map(|one| (person(one.incoming).name.clone(), words(&one.changes))),
            ),
            moved: Shown::of(c.moved.iter().map(|one| {
                (
                    person(one.incoming).name.clone(),
                    format!("{} → {}", one.from.1, one.to.1),
                )
            })),
            left: left(preview),
            renames: preview
                .renames
                .iter()
                .map(|rename| (rename.old.clone(), rename.org.name.clone()))
                .collect(),
            empty_branches: emptied(incoming, preview),
            unnamed_units: preview.unnamed_units.clone(),
            whole: preview.scope == Scope::Whole,
            many_leave: preview.many_leave(),
            concerned: preview.concerned,
            stored: preview.stored.len(),
            scope: preview.scope.as_str(),
            mark: preview.mark.clone(),
            units,
        }
    }
}

fn units(incoming: &Incoming, preview: &Preview) -> Vec<UnitLine> {
    let people: Vec<Person> = incoming
        .people
        .iter()
        .map(|new| new.person.clone())
        .collect();
    let mut units: Vec<UnitLine> = Vec::new();
    for path in org_plan(&people) {
        let branch = BranchLine {
            new: !stores(preview, &path.unit, &path.branch),
            name: path.branch,
            general: path.general_branch.unwrap_or_default(),
            people: path.people,
        };
        match units.iter_mut().find(|unit| unit.name == path.unit) {
            Some(unit) => {
                unit.people += branch.people;
                unit.branches.push(branch);
            }
            None => units.push(UnitLine {
                people: branch.people,
                new: !preview.tree.units().any(|org| org.name == path.unit),
                name: path.unit,
                branches: vec![branch],
            }),
        }
    }
    units
}

fn stores(preview: &Preview, unit: &str, branch: &str) -> bool {
    let Some(unit) = preview.tree.units().find(|org| org.name == unit) else {
        return false;
    };
    preview
        .tree
        .branches_of(unit.id)
        .iter()
        .any(|org| org.name == branch)
}

fn count_new(units: &[UnitLine]) -> usize {
    let new_units = units.iter().filter(|unit| unit.new).count();
    let own = |unit: &UnitLine, branch: &BranchLine| branch.new && branch.name != unit.name;
    let branches = units
        .iter()
        .flat_map(|unit| unit.branches.iter().filter(move |b| own(unit, b)));
    new_units + branches.count()
}

fn columns(incoming: &Incoming) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    for found in &incoming.reading.columns {
        let label = found.column.label();
        let text = if found.heading == label {
            found.heading.clone()
        } else {
            format!("{}（作为“{label}”）", found.heading)
        };
        if !seen.contains(&text) {
            seen.push(text);
        }
    }
    seen
}

fn skipped(incoming: &Incoming) -> Vec<String> {
    const ALL: [SkipReason; 7] = [
        SkipReason::Title,
        SkipReason::RepeatedHeading,
        SkipReason::Total,
        SkipReason::Signature,
        SkipReason::Remark,
        SkipReason::Blank,
        SkipReason::Sheet,
    ];
    let reading = &incoming.reading;
    let line = |why: SkipReason| {
        let mut of_kind = reading.skipped.iter().filter(|s| s.why == why);
        let first = of_kind.next()?;
        Some(format!(
            "{} {} 行（第 {} 行起）",
            why.label(),
            reading.skipped_rows(why),
            first.row
        ))
    };
    ALL.into_iter().filter_map(line).collect()
}

fn left(preview: &Preview) -> Shown {
    Shown::of(
        preview
            .comparison
            .left
            .iter()
            .map(|id| match preview.stored(*id) {
                Some(old) => (old.name.clone(), home(&old.unit, &old.branch)),
                None => (String::new(), String::new()),
            }),
    )
}

/// Stored branches that nobody would belong to any more.
fn emptied(incoming: &Incoming, preview: &Preview) -> Vec<String> {
    let c = &preview.comparison;
    let goes = |id| c.left.contains(&id) || c.moved.iter().any(|moved| moved.id == id);
    let mut branches: Vec<(&str, &str)> = Vec::new();
    if c.left.is_empty() && c.moved.is_empty() {
        return Vec::new();
    }
    for old in &preview.stored {
        let here = (old.unit.as_str(), old.branch.as_str());
        if !branches.contains(&here) {
            branches.push(here);
        }
    }
    let stays = |here: &(&str, &str)| {
        let filled = incoming.people.iter().map(|new| &new.person);
        filled
            .into_iter()
            .any(|p| (p.unit.as_str(), p.branch.as_str()) == *here)
            || preview
                .stored
                .iter()
                .any(|old| (old.unit.as_str(), old.branch.as_str()) == *here && !goes(old.id))
    };
    branches
        .into_iter()
        .filter(|here| !stays(here) && !renamed(preview, here))
        .map(|(unit, branch)| home(unit, branch))
        .collect()
}

/// What has a new name is not empty.
fn renamed(preview: &Preview, (unit, branch): &(&str, &str)) -> bool {
    preview
        .renames
        .iter()
        .any(|rename| rename.old == *unit || rename.old == *branch)
}

fn at_home(person: &Person) -> String {
    home(&person.unit, &person.branch)
}

fn home(unit: &str, branch: &str) -> String {
    if unit == branch {
        branch.to_owned()
    } else {
        format!("{unit} {branch}")
    }
}

/// `学历：大专 → 本科`. A telephone number is no news to anybody but its owner.
fn words(changes: &[Change]) -> String {
    let word = |change: &Change| {
        let none = |text: &str| {
            if text.is_empty() {
                "无".to_owned()
            } else {
                text.to_owned()
            }
        };
        match change.label {
            label if label.contains("手机") || label.contains("电话") => {
                format!("{label}有改动")
            }
            label if label.contains("身份") => {
                format!(
                    "{label}末四位 {} → {}",
                    none(&change.old),
                    none(&change.new)
                )
            }
            label => format!("{label}：{} → {}", none(&change.old), none(&change.new)),
        }
    };
    changes.iter().map(word).collect::<Vec<_>>().join("；")
}
