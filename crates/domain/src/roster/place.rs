//! Unit and branch of each row, with merged cells filled down.

use super::column::Column;
use super::fields::RowReader;
use super::numbering::sound;
use super::posts;
use super::table::Cell;
use super::text;
use crate::org::OrgKind;

/// The longest names of organisations on seals have about forty characters.
const LONGEST: usize = 80;

/// Where a person belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub unit: String,
    pub general_branch: Option<String>,
    pub branch: String,
}

impl Place {
    pub fn as_posts(&self) -> posts::Place<'_> {
        posts::Place {
            unit: &self.unit,
            general_branch: self.general_branch.as_deref(),
            branch: &self.branch,
        }
    }
}

/// What a cell says about an organisation.
enum Said {
    /// A name.
    Name(String),
    /// Nothing, or 同上: the value above reaches down to here.
    AsAbove,
    /// 无 or —: there is none.
    None,
}

/// Fills down within one sheet. Only 机关党组织 and 党支部 are ever filled; 党总支 follows its
/// branch.
#[derive(Debug, Default)]
pub(super) struct Places {
    unit: Above,
    branch: Above,
    general: Option<String>,
    told_no_branch_column: bool,
    /// A row said which unit it belongs to, or that was reported.
    unit_settled: bool,
    /// The last branch that was reported as standing below a branch.
    told_below: Option<String>,
}

/// The value above the current row in one column.
#[derive(Debug, Default)]
struct Above {
    value: Option<String>,
    /// The row directly above named it, rather than being filled itself.
    named: bool,
    /// Some value was typed twice in a row: then a blank is no merged cell but an omission.
    typed_each_row: bool,
}

impl Above {
    fn name(&mut self, value: &str) {
        let same = self.value.as_deref() == Some(value);
        self.typed_each_row |= same && self.named;
        self.value = Some(value.to_owned());
        self.named = true;
    }

    fn fill(&mut self, reader: &mut RowReader<'_>, column: Column) -> Option<String> {
        let value = self.value.clone()?;
        self.named = false;
        if self.typed_each_row {
            let quoted = text::quote(&value);
            reader.warn(column, format!("没有填写，按上一行的{quoted}计；请核对"));
        }
        Some(value)
    }
}

impl Places {
    /// The row's organisations; `None` after saying which is missing.
    pub fn of(&mut self, reader: &mut RowReader<'_>) -> Option<Place> {
        let has_unit = reader.sheet.heading.at(Column::Unit).is_some();
        let unit = if has_unit { self.unit(reader) } else { None };
        let branch_before = self.branch.value.clone();
        let branch = self.branch(reader, unit.as_deref())?;
        let branch = match &unit {
            Some(unit) => self.below(reader, unit, branch),
            None => branch,
        };
        let general_branch = self.general(reader, branch_before.as_deref() == Some(&branch));
        // Without a unit of its own a branch is directly attached. // docs/DOMAIN.md §1.1
        let unit = unit.unwrap_or_else(|| branch.clone());
        Some(Place {
            unit,
            general_branch,
            branch,
        })
    }

    /// `None` for a directly attached branch.
    fn unit(&mut self, reader: &mut RowReader<'_>) -> Option<String> {
        match said(reader, Column::Unit) {
            Said::Name(unit) => {
                if self.unit.value.as_deref() != Some(&unit) {
                    self.branch.value = None;
                    self.general = None;
                }
                self.unit.name(&unit);
                Some(unit)
            }
            Said::AsAbove => {
                let above = self.unit.fill(reader, Column::Unit);
                if above.is_none() && !std::mem::replace(&mut self.unit_settled, true) {
                    let reason = "没有填写，到下一个单位为止都按直属党支部计；如有上级机关党组织，请填上全称";
                    reader.warn(Column::Unit, reason);
                }
                above
            }
            Said::None => {
                self.unit_settled = true;
                self.unit.value = None;
                None
            }
        }
    }

    fn branch(&mut self, reader: &mut RowReader<'_>, unit: Option<&str>) -> Option<String> {
        let own = unit.filter(|unit| OrgKind::from_name(unit) == OrgKind::Branch);
        if reader.sheet.heading.at(Column::Branch).is_none() {
            if own.is_none() && !std::mem::replace(&mut self.told_no_branch_column, true) {
                reader.refuse(
                    Column::Branch,
                    "表里没有“党支部”一列；请加上这一列并填上每个人所在的党支部",
                );
            }
            return own.map(str::to_owned);
        }
        let said = said(reader, Column::Branch);
        if let Said::Name(branch) = said {
            self.branch.name(&branch);
            return Some(branch);
        }
        let above = matches!(said, Said::AsAbove)
            .then(|| self.branch.fill(reader, Column::Branch))
            .flatten();
        let branch = above.or_else(|| own.map(str::to_owned));
        if branch.is_none() {
            reader.refuse(Column::Branch, "没有党支部；请填上党支部全称");
        }
        branch
    }

    /// A unit that is a branch is its own only branch, however its name is written twice.
    fn below(&mut self, reader: &mut RowReader<'_>, unit: &str, branch: String) -> String {
        if branch == unit || OrgKind::from_name(unit) != OrgKind::Branch {
            return branch;
        }
        if sound(unit) == sound(&branch) {
            return unit.to_owned();
        }
        let told = self.told_below.as_ref() == Some(&branch);
        if !told {
            let (above, here) = (text::quote(unit), text::quote(&branch));
            reader.refuse(
                Column::Branch,
                format!("{above}本身是党支部，下面不能再有{here}；直属党支部请两列写成同一名称"),
            );
            self.told_below = Some(branch.clone());
        }
        branch
    }

    fn general(&mut self, reader: &mut RowReader<'_>, same_branch: bool) -> Option<String> {
        match said(reader, Column::GeneralBranch) {
            Said::Name(general) => self.general = Some(general),
            Said::AsAbove if same_branch => {}
            Said::AsAbove | Said::None => self.general = None,
        }
        self.general.clone()
    }
}

fn said(reader: &mut RowReader<'_>, column: Column) -> Said {
    let cell: &Cell = reader.cell(column);
    if cell.is_blank() {
        return Said::AsAbove;
    }
    let typed = cell.shown();
    let name = text::org_name(&typed);
    if matches!(name.as_str(), "同上" | "〃" | "″" | "\"" | "''" | "”") {
        return Said::AsAbove;
    }
    if text::says_nothing(&name) {
        return Said::None;
    }
    if name.chars().count() > LONGEST || name.chars().any(is_damaged) {
        let quoted = text::quote(&typed);
        reader.refuse(
            column,
            format!("{quoted}不像党组织名称（有乱码、网页代码或太长）；请填印章上的全称"),
        );
    }
    Said::Name(name)
}

fn is_damaged(c: char) -> bool {
    c.is_control() || matches!(c, '<' | '>' | '\u{fffd}' | '?' | '\u{e000}'..='\u{f8ff}')
}
