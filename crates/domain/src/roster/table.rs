//! A spreadsheet's cells as read from a file, before anyone says what they mean.

/// One cell. Dates arrive as the serial number the spreadsheet stores.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing there.
    Empty,
    /// Text as typed.
    Text(String),
    /// A number, or a date as a 1900-system serial.
    Number(f64),
}

/// One row with the number the spreadsheet program shows beside it (from 1).
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The program's own row number.
    pub number: u32,
    /// Cells from column A on.
    pub cells: Vec<Cell>,
}

/// One sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// Rows in order; wholly empty rows may be left out.
    pub rows: Vec<Row>,
}
