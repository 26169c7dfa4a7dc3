//! Spreadsheet files into [`Table`]s, whatever program wrote them.
//!
//! A file is judged by its contents, not its name. Row numbers are those the spreadsheet program
//! shows. What the cells mean is for `pingyi_domain::roster` to say.

mod compound;
mod csv;
mod package;
mod workbook;

use pingyi_domain::roster::Table;
use thiserror::Error;

/// Larger files are no rosters: 22,000 members fill about two megabytes.
const MAX_BYTES: usize = 64 * 1024 * 1024;
/// Rows with something in them, per sheet.
const MAX_ROWS: usize = 200_000;
/// Columns with something in them.
const MAX_COLUMNS: usize = 200;
/// Cells of all sheets together; bounds the memory of a hostile file.
const MAX_CELLS: usize = 5_000_000;

/// One sheet and its name; a csv file's name is the file's.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedTable {
    /// As on the sheet's tab.
    pub name: String,
    /// Its cells.
    pub table: Table,
}

/// Why a file cannot be read, and what to do now.
#[derive(Debug, Clone, Error, PartialEq, Eq)]
pub enum SheetError {
    /// Nothing in it.
    #[error("文件里没有内容；请确认选对了文件，填好名册后再上传")]
    Empty,
    /// More than 64 MB.
    #[error("文件超过 64 MB；请删去图片和多余的工作表，只留名册后再上传")]
    TooBig,
    /// Protected by a password.
    #[error("文件设了打开密码；请在表格软件里取消密码，另存后再上传")]
    Encrypted,
    /// A spreadsheet's wrapping with something broken inside.
    #[error("文件已损坏，无法读取；请用表格软件打开原文件，另存为 .xlsx 后再上传")]
    Corrupt,
    /// .docx, .doc, .pdf …
    #[error("这是{0}，不是表格；请把名册做成 .xlsx 或 .csv 后再上传")]
    NotASheet(&'static str),
    /// A spreadsheet, but of a kind we do not read.
    #[error("这是{0}格式的表格；请用 WPS 或 Excel 打开，另存为 .xlsx 后再上传")]
    OtherFormat(&'static str),
    /// A csv file in which a cell's quotation mark never closes.
    #[error(
        "文件里的英文双引号不成对，会有整行被吞掉；请用 WPS 或 Excel 打开核对，另存为 .xlsx 后再上传"
    )]
    Quotes,
    /// What is to be read stands on hidden sheets only.
    #[error("有内容的工作表“{0}”是隐藏的；请取消隐藏，保存后再上传")]
    Hidden(String),
    /// More than 200,000 filled rows.
    #[error("工作表“{0}”超过 20 万行；请只留名册，分成几个文件上传")]
    TooManyRows(String),
    /// Something beyond the 200th column.
    #[error("工作表“{0}”超过 200 列；请删去名册右侧多余的列后再上传")]
    TooManyColumns(String),
    /// Small as a file, huge when unpacked.
    #[error("文件解压后过大，不像名册；请新建一个表格，把名册粘贴进去后再上传")]
    Bomb,
}

/// Reads a spreadsheet: .xlsx, .xlsm, .xls, .et, or csv in UTF-8, UTF-16 or GB18030.
///
/// Hidden sheets are left out, as are sheets without contents.
pub fn read(file_name: &str, bytes: &[u8]) -> Result<Vec<NamedTable>, SheetError> {
    if bytes.is_empty() {
        return Err(SheetError::Empty);
    }
    if bytes.len() > MAX_BYTES {
        return Err(SheetError::TooBig);
    }
    let tables = match Kind::of(bytes)? {
        Kind::Xlsx => {
            package::check(bytes)?;
            workbook::read_xlsx(bytes)?
        }
        Kind::Xls => workbook::read_xls(bytes)?,
        Kind::Text => vec![csv::read(file_name, bytes)?],
    };
    if tables.iter().all(|named| named.table.rows.is_empty()) {
        return Err(SheetError::Empty);
    }
    Ok(tables)
}

enum Kind {
    Xlsx,
    Xls,
    Text,
}

impl Kind {
    /// By the first bytes: people rename files, and office systems save web pages as .xls.
    fn of(bytes: &[u8]) -> Result<Self, SheetError> {
        const COMPOUND: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
        if bytes.starts_with(b"PK") {
            return Ok(Self::Xlsx);
        }
        if bytes.starts_with(&COMPOUND) {
            return compound::kind(bytes);
        }
        for (start, name) in [
            (&b"%PDF"[..], "PDF 文件"),
            (b"{\\rtf", "Word 文档"),
            (b"\x89PNG", "图片"),
            (b"\xff\xd8\xff", "图片"),
            (b"Rar!", "压缩包"),
            (b"7z\xbc\xaf", "压缩包"),
        ] {
            if bytes.starts_with(start) {
                return Err(SheetError::NotASheet(name));
            }
        }
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        if text.trim_ascii_start().starts_with(b"<") {
            return Err(SheetError::OtherFormat("网页"));
        }
        Ok(Self::Text)
    }
}
