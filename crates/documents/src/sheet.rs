//! Spreadsheet files into [`Table`]s, whatever program wrote them.

use pingyi_domain::roster::Table;
use thiserror::Error;

/// One sheet and its name; a csv file's name is the file's.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedTable {
    /// As on the sheet's tab.
    pub name: String,
    /// Its cells.
    pub table: Table,
}

/// Why a file cannot be read, and what to do now.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum SheetError {
    /// Nothing in it.
    #[error("文件是空的；请重新导出名册后再上传")]
    Empty,
}

/// Reads a spreadsheet by its contents; the name only serves csv and messages.
pub fn read(file_name: &str, bytes: &[u8]) -> Result<Vec<NamedTable>, SheetError> {
    let _ = (file_name, bytes);
    Err(SheetError::Empty)
}
