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

impl Cell {
    /// Whether a reader of the sheet would see nothing.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            Self::Number(_) => false,
        }
    }

    /// What a reader of the sheet sees; whole numbers without a decimal point.
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.trim().to_owned(),
            Self::Number(number) => number.to_string(),
        }
    }
}

/// One row with the number the spreadsheet program shows beside it (from 1).
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The program's own row number.
    pub number: u32,
    /// Cells from column A on.
    pub cells: Vec<Cell>,
}

impl Row {
    /// The cell in column `at` (from 0), blank beyond the row's end.
    pub fn cell(&self, at: usize) -> &Cell {
        self.cells.get(at).unwrap_or(&Cell::Empty)
    }

    /// Whether no cell shows anything.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(Cell::is_blank)
    }
}

/// One sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// Rows in order; wholly empty rows may be left out.
    pub rows: Vec<Row>,
}
