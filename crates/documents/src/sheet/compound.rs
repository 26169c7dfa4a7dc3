//! Looks into the wrapping of old office files before the spreadsheet reader does.

use super::{Kind, SheetError};

/// The most cells a sheet of this format can have.
const MOST_CELLS: u64 = 65_536 * 256;

/// What the file is: old Word and PowerPoint files and encrypted packages are wrapped as .xls is.
pub(super) fn kind(bytes: &[u8]) -> Result<Kind, SheetError> {
    let names = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|window| window == wide)
    };
    if names("EncryptedPackage") {
        return Err(SheetError::Encrypted);
    }
    if names("Workbook") || names("Book") {
        if promises_too_many_cells(bytes) {
            return Err(SheetError::Corrupt);
        }
        return Ok(Kind::Xls);
    }
    if names("WordDocument") {
        return Err(SheetError::NotASheet("Word 文档"));
    }
    if names("PowerPoint Document") {
        return Err(SheetError::NotASheet("演示文稿"));
    }
    Err(SheetError::Corrupt)
}

/// The reader sets memory aside for all cells between the corners that a sheet's DIMENSIONS
/// record names, before it has seen one. // MS-XLS 2.4.90
fn promises_too_many_cells(bytes: &[u8]) -> bool {
    bytes.windows(18).any(|record| {
        let word = |at: usize| u64::from(u16::from_le_bytes([record[at], record[at + 1]]));
        let double = |at: usize| word(at) + (word(at + 2) << 16);
        let ((first, end), columns) = match record[..4] {
            [0x00, 0x02, 0x0e | 0x10, 0x00] => ((double(4), double(8)), word(14)),
            [0x00, 0x02, 0x0a, 0x00] => ((word(4), word(6)), word(10)),
            _ => return false,
        };
        let rows = end.saturating_sub(first) + 1;
        rows.saturating_mul(columns + 1) > MOST_CELLS * 2
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn promised_cells_must_fit_into_a_sheet() {
        let record = |length: u8, rest: &[u8]| [&[7, 0, 0x00, 0x02, length, 0x00], rest].concat();
        let honest = [0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0];
        assert!(!promises_too_many_cells(&record(14, &honest)));
        let lying = [0, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f, 0, 0, 0, 1, 0, 0];
        assert!(promises_too_many_cells(&record(14, &lying)));
        let old = [0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0];
        assert!(promises_too_many_cells(&record(10, &old)));
    }
}
