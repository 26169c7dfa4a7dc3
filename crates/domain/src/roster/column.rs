//! Columns of a roster and the many names their headings have.

use std::fmt;

use super::text;

/// What a column means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Column {
    /// 姓名.
    Name,
    /// 机关党组织.
    Unit,
    /// 党总支.
    GeneralBranch,
    /// 党支部.
    Branch,
    /// 公民身份号码.
    IdNumber,
    /// 性别.
    Sex,
    /// 民族.
    Ethnicity,
    /// 出生日期.
    Born,
    /// 学历.
    Education,
    /// 入党时间.
    Joined,
    /// 转正时间.
    Confirmed,
    /// 人员类别.
    Standing,
    /// 党内职务.
    Post,
    /// 手机号码.
    Phone,
    /// 党员编号.
    Code,
    /// 是否离退休.
    Retired,
    /// 是否班子成员.
    UnitLeader,
    /// 备注.
    Note,
    /// 序号: counts rows and means nothing.
    Serial,
    /// 月党费缴纳基数: tells somebody's income; known in order to be left out.
    DuesBase,
}

/// Every column with its headings, the usual one first. Where two columns of a sheet mean the
/// same, the earlier name wins.
const HEADINGS: [(Column, &[&str]); 20] = [
    (Column::Name, &["姓名", "党员姓名", "名字", "党员名字"]),
    (
        Column::Unit,
        &[
            "机关党组织",
            "直属党组织",
            "直属机关党组织",
            "单位党组织",
            "所在机关党组织",
            "所属党组织",
            "上级党组织",
            "机关党委",
            "所在机关党委",
            "所属机关党委",
            "党委",
            "所在党委",
            "单位",
            "单位名称",
            "所在单位",
            "工作单位",
            "所属单位",
            "部门单位",
        ],
    ),
    (
        Column::GeneralBranch,
        &[
            "党总支",
            "总支",
            "所在党总支",
            "所属党总支",
            "党总支名称",
            "总支名称",
        ],
    ),
    (
        Column::Branch,
        &[
            "党支部",
            "所在党支部",
            "支部名称",
            "党支部名称",
            "所属党支部",
            "组织关系所在党支部",
            "组织关系所在支部",
            "所在支部",
            "所属支部",
            "支部",
            "党员所在党支部",
            "所在党组织",
            "所在党组织名称",
        ],
    ),
    (
        Column::IdNumber,
        &[
            "公民身份号码",
            "公民身份证号码",
            "公民身份证号",
            "居民身份证号码",
            "居民身份证号",
            "身份证号码",
            "身份证号",
            "身份证件号码",
            "身份证件号",
            "身份号码",
            "身份证编号",
            "身份证",
            "证件号码",
        ],
    ),
    (Column::Sex, &["性别"]),
    (Column::Ethnicity, &["民族", "族别"]),
    (
        Column::Born,
        &["出生日期", "出生年月", "出生年月日", "出生时间", "生日"],
    ),
    (
        Column::Education,
        &[
            "学历",
            "文化程度",
            "学历学位",
            "最高学历",
            "学历层次",
            "学历情况",
        ],
    ),
    (
        Column::Joined,
        &[
            "入党时间",
            "入党日期",
            "入党年月",
            "加入党组织日期",
            "加入党组织时间",
            "加入中国共产党时间",
            "加入中国共产党日期",
            "加入中共组织日期",
            "何时入党",
        ],
    ),
    (
        Column::Confirmed,
        &[
            "转正时间",
            "转正日期",
            "转正年月",
            "转为正式党员日期",
            "转为正式党员时间",
            "成为正式党员日期",
            "成为正式党员时间",
            "预备党员转正时间",
            "预备党员转正日期",
            "何时转正",
        ],
    ),
    (
        Column::Standing,
        &[
            "人员类别",
            "党员类别",
            "党员身份",
            "党员类型",
            "正式预备",
            "正式或预备",
        ],
    ),
    (
        Column::Post,
        &[
            "党内职务",
            "党内职务名称",
            "职务(党内)",
            "党务职务",
            "党组织职务",
            "党内任职",
            "支部职务",
            "党支部职务",
            "担任党内职务",
            "现任党内职务",
            "党员职务",
        ],
    ),
    (
        Column::Phone,
        &[
            "手机号码",
            "手机号",
            "手机",
            "移动电话",
            "联系手机",
            "联系电话",
            "联系方式",
            "电话号码",
            "电话",
        ],
    ),
    (
        Column::Code,
        &[
            "党员编号",
            "党员编码",
            "党员代码",
            "党员号",
            "党员证号",
            "党员识别码",
        ],
    ),
    (
        Column::Retired,
        &[
            "是否离退休",
            "离退休",
            "是否退休",
            "是否离退",
            "是否离退休党员",
            "离退休党员",
            "离退休情况",
        ],
    ),
    (
        Column::UnitLeader,
        &[
            "是否班子成员",
            "单位领导班子成员",
            "是否单位领导班子成员",
            "是否领导班子成员",
            "领导班子成员",
            "班子成员",
            "是否单位班子成员",
        ],
    ),
    (Column::Note, &["备注", "备注说明", "说明"]),
    (Column::Serial, &["序号", "编号", "序", "no", "no.", "行号"]),
    (
        Column::DuesBase,
        &[
            "月党费缴纳基数",
            "党费缴纳基数",
            "党费基数",
            "党费计算基数",
            "缴纳基数",
            "月缴纳党费",
            "月应缴党费",
            "月党费",
        ],
    ),
];

impl Column {
    /// Its usual heading, for messages about a column the file lacks.
    pub fn label(self) -> &'static str {
        HEADINGS
            .iter()
            .find(|(column, _)| *column == self)
            .and_then(|(_, names)| names.first())
            .copied()
            .unwrap_or_default()
    }

    /// What a heading means, and how far down its list of names it stands.
    ///
    /// Line breaks, spaces, full-width forms, asterisks, numbering and bracketed units do not count.
    pub fn recognise(heading: &str) -> Option<(Self, usize)> {
        let plain = text::heading(heading);
        let find = |wanted: &str| {
            HEADINGS.iter().find_map(|(column, names)| {
                let rank = names.iter().position(|name| *name == wanted)?;
                Some((*column, rank))
            })
        };
        find(&plain)
            .or_else(|| find(&text::without_brackets(&plain)))
            .or_else(|| {
                plain
                    .contains("党费")
                    .then_some((Self::DuesBase, usize::MAX))
            })
    }

    fn bit(self) -> u32 {
        1 << (self as u32)
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

/// Which columns a sheet has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ColumnSet(u32);

impl ColumnSet {
    /// Adds one.
    #[must_use]
    pub fn with(self, column: Column) -> Self {
        Self(self.0 | column.bit())
    }

    /// Whether the sheet has it.
    pub fn has(self, column: Column) -> bool {
        self.0 & column.bit() != 0
    }
}

impl FromIterator<Column> for ColumnSet {
    fn from_iter<I: IntoIterator<Item = Column>>(columns: I) -> Self {
        columns.into_iter().fold(Self::default(), Self::with)
    }
}

/// A heading that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatchedColumn {
    /// The sheet's name.
    pub sheet: String,
    /// What it means.
    pub column: Column,
    /// The heading as in the file, on one line.
    pub heading: String,
    /// Column from 0 (0 is A).
    pub position: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_by_meaning() {
        for (heading, column) in [
            ("姓名", Column::Name),
            ("* 姓  名", Column::Name),
            ("党员\n姓名", Column::Name),
            ("组织关系所在\r\n党支部", Column::Branch),
            ("所属党支部（全称）", Column::Branch),
            ("机关党组织", Column::Unit),
            ("身份证件号码(18位)", Column::IdNumber),
            ("出生年月", Column::Born),
            ("转为正式党员日期", Column::Confirmed),
            ("加入党组织日期※", Column::Joined),
            ("职务（党内）", Column::Post),
            ("３.手机号码：", Column::Phone),
            ("单位领导班子成员", Column::UnitLeader),
            ("月党费缴纳基数(元)", Column::DuesBase),
            ("是否离退休[必填]", Column::Retired),
        ] {
            assert_eq!(
                Column::recognise(heading).map(|m| m.0),
                Some(column),
                "{heading}"
            );
        }
        for heading in ["", "籍贯", "职务", "家庭住址", "姓名拼音"] {
            assert_eq!(Column::recognise(heading), None, "{heading}");
        }
    }

    #[test]
    fn no_heading_means_two_things() {
        let mut all: Vec<&str> = HEADINGS
            .iter()
            .flat_map(|(_, names)| *names)
            .copied()
            .collect();
        all.sort_unstable();
        let count = all.len();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn sets_remember_their_columns() {
        let set: ColumnSet = [Column::Name, Column::DuesBase].into_iter().collect();
        assert!(set.has(Column::DuesBase) && !set.has(Column::Post));
    }
}
