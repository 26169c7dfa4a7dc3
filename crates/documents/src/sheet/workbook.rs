//! Workbooks: .xlsx cell by cell, .xls as a whole.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{
    Data, DataRef, ExcelDateTime, Reader, Sheet, SheetType, SheetVisible, Xls, XlsError, Xlsx,
    XlsxError, open_workbook_from_rs,
};
use jiff::civil::{Date, date};
use pingyi_domain::roster::{Cell, Row, Table};

use super::{MAX_CELLS, MAX_COLUMNS, MAX_ROWS, NamedTable, SheetError};

/// Reads .xlsx and .xlsm.
pub(super) fn read_xlsx(bytes: &[u8]) -> Result<Vec<NamedTable>, SheetError> {
    guarded(|| {
        let mut book: Xlsx<_> =
            open_workbook_from_rs(Cursor::new(bytes)).map_err(|e| xlsx_error(&e))?;
        let sheets = book.sheets_metadata().to_vec();
        read_sheets(&sheets, |name, cells| {
            let mut reader = book
                .worksheet_cells_reader(name)
                .map_err(|e| xlsx_error(&e))?;
            while let Some(cell) = reader.next_cell().map_err(|e| xlsx_error(&e))? {
                cells.put(cell.get_position(), shared(cell.get_value()))?;
            }
            Ok(())
        })
    })
}

/// Reads .xls, as old Excel and today's WPS (.et) write it.
pub(super) fn read_xls(bytes: &[u8]) -> Result<Vec<NamedTable>, SheetError> {
    guarded(|| {
        let mut book: Xls<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(|e| match e {
            XlsError::Password => SheetError::Encrypted,
            _ => SheetError::Corrupt,
        })?;
        let sheets = book.sheets_metadata().to_vec();
        read_sheets(&sheets, |name, cells| {
            let range = book
                .worksheet_range(name)
                .map_err(|_| SheetError::Corrupt)?;
            let (top, left) = range.start().unwrap_or_default();
            for (row, column, value) in range.used_cells() {
                let row = u32::try_from(row).map_err(|_| SheetError::Corrupt)?;
                let column = u32::try_from(column).map_err(|_| SheetError::Corrupt)?;
                cells.put((top + row, left + column), owned(value))?;
            }
            Ok(())
        })
    })
}

/// The reader of damaged files must not take the server down: what it panics over is corrupt.
fn guarded(
    read: impl FnOnce() -> Result<Vec<NamedTable>, SheetError>,
) -> Result<Vec<NamedTable>, SheetError> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(SheetError::Corrupt))
}

fn xlsx_error(error: &XlsxError) -> SheetError {
    match error {
        XlsxError::Password => SheetError::Encrypted,
        _ => SheetError::Corrupt,
    }
}

/// Visible sheets with contents. Hidden ones hold lists for drop-downs and old versions: they
/// are read only to say that the roster stands there.
fn read_sheets(
    sheets: &[Sheet],
    mut fill: impl FnMut(&str, &mut Cells) -> Result<(), SheetError>,
) -> Result<Vec<NamedTable>, SheetError> {
    let mut tables = Vec::new();
    let mut hidden = None;
    let mut budget = MAX_CELLS;
    let is_table = |sheet: &&Sheet| matches!(sheet.typ, SheetType::WorkSheet);
    for sheet in sheets.iter().filter(is_table) {
        let is_hidden = sheet.visible != SheetVisible::Visible;
        if is_hidden && hidden.is_some() {
            continue;
        }
        let mut cells = Cells::new(&sheet.name, budget);
        fill(&sheet.name, &mut cells)?;
        budget = cells.budget;
        let table = cells.into_table();
        if table.rows.is_empty() {
            continue;
        }
        if is_hidden {
            hidden = Some(sheet.name.clone());
        } else {
            tables.push(NamedTable {
                name: sheet.name.clone(),
                table,
            });
        }
    }
    match hidden {
        Some(name) if tables.is_empty() => Err(SheetError::Hidden(name)),
        _ => Ok(tables),
    }
}

/// Cells put in any order, within limits.
struct Cells<'a> {
    sheet: &'a str,
    rows: BTreeMap<u32, Vec<Cell>>,
    budget: usize,
}

impl<'a> Cells<'a> {
    fn new(sheet: &'a str, budget: usize) -> Self {
        Self {
            sheet,
            rows: BTreeMap::new(),
            budget,
        }
    }

    /// Blank cells are nothing, however far out their formatting reaches.
    fn put(&mut self, (row, column): (u32, u32), cell: Cell) -> Result<(), SheetError> {
        if cell.is_blank() {
            return Ok(());
        }
        let column = usize::try_from(column).map_err(|_| SheetError::Corrupt)?;
        if column >= MAX_COLUMNS {
            return Err(SheetError::TooManyColumns(self.sheet.to_owned()));
        }
        let cells = self.rows.entry(row).or_default();
        let wider = (column + 1).saturating_sub(cells.len());
        self.budget = self.budget.checked_sub(wider).ok_or(SheetError::Bomb)?;
        cells.resize(cells.len() + wider, Cell::Empty);
        cells[column] = cell;
        if self.rows.len() > MAX_ROWS {
            return Err(SheetError::TooManyRows(self.sheet.to_owned()));
        }
        Ok(())
    }

    fn into_table(self) -> Table {
        let rows = self.rows.into_iter();
        Table {
            rows: rows
                .map(|(at, cells)| Row {
                    number: at.saturating_add(1),
                    cells,
                })
                .collect(),
        }
    }
}

fn shared(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::SharedString(text) => words(text),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::Int(number) => integer(*number),
        DataRef::DateTime(when) => Cell::Number(serial(when)),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            words(text)
        }
        DataRef::Bool(yes) => yes_or_no(*yes),
        DataRef::Error(error) => Cell::Text(error.to_string()),
    }
}

fn owned(value: &Data) -> Cell {
    match value {
        Data::Empty => Cell::Empty,
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => words(text),
        Data::Float(number) => Cell::Number(*number),
        Data::Int(number) => integer(*number),
        Data::DateTime(when) => Cell::Number(serial(when)),
        Data::Bool(yes) => yes_or_no(*yes),
        Data::Error(error) => Cell::Text(error.to_string()),
    }
}

/// Spreadsheets write control characters inside text as `_x000D_`.
fn words(text: &str) -> Cell {
    if !text.contains("_x00") {
        return Cell::Text(text.to_owned());
    }
    Cell::Text(
        text.replace("_x000D_", "\r")
            .replace("_x000A_", "\n")
            .replace("_x0009_", "\t"),
    )
}

fn yes_or_no(yes: bool) -> Cell {
    Cell::Text(if yes { "是" } else { "否" }.to_owned())
}

/// Beyond fifteen digits the last ones are lost; the domain says so about any such number.
fn integer(number: i64) -> Cell {
    number.to_string().parse().map_or(Cell::Empty, Cell::Number)
}

/// The serial in the 1900 system. Numbers that only wear a date's format, such as 19980701,
/// stay what they are.
fn serial(when: &ExcelDateTime) -> f64 {
    const EPOCH: Date = date(1899, 12, 30);
    let raw = when.as_f64();
    if when.is_duration() || !(0.0..100_000.0).contains(&raw) {
        return raw;
    }
    let (year, month, day, ..) = when.to_ymd_hms_milli();
    let parts = (i16::try_from(year), i8::try_from(month), i8::try_from(day));
    let (Ok(year), Ok(month), Ok(day)) = parts else {
        return raw;
    };
    let days = Date::new(year, month, day)
        .ok()
        .and_then(|day| (day - EPOCH).get_days().into());
    days.map_or(raw, |days| f64::from(days) + raw.fract())
}
