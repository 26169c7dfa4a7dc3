//! What the reader of a roster is told: problems that stop an import or ask for a look,
//! and the rows that are no members.

use std::fmt;

/// Whether a problem stops the whole import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Severity {
    /// Nothing is imported until this is put right.
    Refuse,
    /// Imported as described; somebody should look.
    Warn,
}

/// One problem, where it is and what to do now.
///
/// Prints as `第 3 行 「性别」: reason`, with the sheet in front when several were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The sheet's name, when more than one sheet was read.
    pub sheet: Option<String>,
    /// The spreadsheet program's row number.
    pub row: u32,
    /// The column's heading as in the file.
    pub column: String,
    /// What is wrong and what to do, in Chinese. Never more of an identity number than its end.
    pub reason: String,
    /// Whether it stops the import.
    pub severity: Severity,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(sheet) = &self.sheet {
            write!(f, "工作表“{sheet}” ")?;
        }
        write!(f, "第 {} 行 「{}」: {}", self.row, self.column, self.reason)
    }
}

/// Why rows were passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SkipReason {
    /// Nothing in it.
    Blank,
    /// Title or other lines above the heading.
    Title,
    /// The heading again, at the top of a printed page.
    RepeatedHeading,
    /// 小计, 合计, 总计.
    Total,
    /// 填表人, 审核人, 填表时间 …
    Signature,
    /// A line with nothing personal in it.
    Remark,
    /// A whole sheet without a heading.
    Sheet,
}

impl SkipReason {
    /// As the report of an import says it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Blank => "空行",
            Self::Title => "标题行",
            Self::RepeatedHeading => "重复的表头",
            Self::Total => "合计行",
            Self::Signature => "落款行",
            Self::Remark => "说明行",
            Self::Sheet => "没有表头的工作表",
        }
    }
}

/// Rows in succession that were passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The sheet's name.
    pub sheet: String,
    /// The first of them.
    pub row: u32,
    /// How many.
    pub rows: u32,
    /// Why.
    pub why: SkipReason,
}
