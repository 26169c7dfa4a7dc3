//! Comma separated text, in the encodings and variants that office programs write.

use encoding_rs::{Encoding, GB18030, UTF_8};
use pingyi_domain::roster::{Cell, Row, Table};

use super::{MAX_CELLS, MAX_COLUMNS, MAX_ROWS, NamedTable, SheetError};

/// Nobody writes more lines into a cell of a roster.
const MAX_LINES_IN_CELL: usize = 30;

/// Reads a csv file. Its rows are numbered as a spreadsheet program would on opening it.
pub(super) fn read(file_name: &str, bytes: &[u8]) -> Result<NamedTable, SheetError> {
    let text = decode(bytes)?;
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    Ok(NamedTable {
        name: name.to_owned(),
        table: table(name, &text)?,
    })
}

/// A mark at the start decides; without one valid UTF-8 is UTF-8 and the rest GB18030, the
/// encoding in which Chinese office programs save csv.
fn decode(bytes: &[u8]) -> Result<String, SheetError> {
    let text = if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        encoding
            .decode_without_bom_handling(&bytes[mark..])
            .0
            .into_owned()
    } else {
        let (utf8, damaged) = UTF_8.decode_without_bom_handling(bytes);
        if damaged && !is_mostly_right(&utf8) {
            GB18030.decode_without_bom_handling(bytes).0.into_owned()
        } else {
            utf8.into_owned()
        }
    };
    if text.contains('\0') {
        return Err(SheetError::NotASheet("别的格式的文件"));
    }
    Ok(text)
}

/// Chinese text in GB18030 read as UTF-8 loses nearly every character; a few broken bytes in
/// UTF-8 lose a few.
fn is_mostly_right(text: &str) -> bool {
    let lost = text.chars().filter(|&c| c == '\u{fffd}').count();
    let read = text.chars().filter(|c| !c.is_ascii()).count() - lost;
    read > lost * 2
}

fn table(name: &str, text: &str) -> Result<Table, SheetError> {
    let mut text = text.replace("\r\n", "\n").replace('\r', "\n");
    let named = take_delimiter_line(&mut text);
    let delimiter = named.unwrap_or_else(|| delimiter(&text));
    // So that every record ends in a line break, which the numbering counts on.
    text.push('\n');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut table = Table::default();
    let mut budget = MAX_CELLS;
    let mut broken_lines = 0_u64;
    while reader
        .read_record(&mut record)
        .map_err(|_| SheetError::Corrupt)?
    {
        // The reader drops blank lines, but a spreadsheet gives them a row; line breaks inside
        // quotation marks it does not.
        broken_lines += line_breaks_inside(&record)?;
        let lines_before_end = reader.position().line().saturating_sub(1);
        let number = lines_before_end.saturating_sub(broken_lines);
        let cells: Vec<Cell> = record.iter().map(cell).collect();
        let filled = cells.iter().rposition(|cell| !cell.is_blank());
        let Some(last) = filled else { continue };
        if last >= MAX_COLUMNS {
            return Err(SheetError::TooManyColumns(name.to_owned()));
        }
        if table.rows.len() >= MAX_ROWS {
            return Err(SheetError::TooManyRows(name.to_owned()));
        }
        budget = budget.checked_sub(last + 1).ok_or(SheetError::Bomb)?;
        table.rows.push(Row {
            number: u32::try_from(number).map_err(|_| SheetError::Corrupt)?,
            cells: cells.into_iter().take(last + 1).collect(),
        });
    }
    if broken_lines > 0 && text.matches('"').count() % 2 == 1 {
        return Err(SheetError::Quotes);
    }
    Ok(table)
}

/// A quotation mark without its partner swallows the rows up to the next one: those people must
/// not be lost in silence.
fn line_breaks_inside(record: &csv::StringRecord) -> Result<u64, SheetError> {
    let mut inside = 0;
    for field in record {
        let breaks = field.matches('\n').count();
        if breaks > MAX_LINES_IN_CELL {
            return Err(SheetError::Quotes);
        }
        inside += breaks;
    }
    u64::try_from(inside).map_err(|_| SheetError::Corrupt)
}

/// Excel's own first line `sep=;` names the delimiter and is no row.
fn take_delimiter_line(text: &mut String) -> Option<u8> {
    let (first, rest) = text.split_once('\n')?;
    let delimiter = *first.trim().strip_prefix("sep=")?.as_bytes().first()?;
    *text = rest.to_owned();
    Some(delimiter)
}

/// The most frequent candidate among the first lines.
fn delimiter(text: &str) -> u8 {
    let start: String = text.lines().take(50).collect();
    let count = |delimiter: u8| start.bytes().filter(|&b| b == delimiter).count();
    // The last of equals wins: the comma.
    *b";\t,"
        .iter()
        .max_by_key(|&&delimiter| count(delimiter))
        .unwrap_or(&b',')
}

/// `="421299…"` is how exports keep a spreadsheet from taking digits for a number.
fn cell(field: &str) -> Cell {
    let plain = field.trim();
    let plain = plain
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(plain);
    if plain.is_empty() {
        Cell::Empty
    } else {
        Cell::Text(plain.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u32, Vec<String>)> {
        let table = table("名册", text).unwrap();
        let shown = |row: &Row| row.cells.iter().map(Cell::shown).collect();
        table
            .rows
            .iter()
            .map(|row| (row.number, shown(row)))
            .collect()
    }

    fn numbers(text: &str) -> Vec<u32> {
        rows(text).into_iter().map(|(number, _)| number).collect()
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_shows_them() {
        assert_eq!(numbers("a,b\nc,d\ne,f"), [1, 2, 3]);
        assert_eq!(numbers("\n\na,b\n\n,\nc,d\n"), [3, 6]);
        assert_eq!(numbers("a,\"x\ny\nz\"\nb,c\n\nd,e"), [1, 2, 4]);
        assert_eq!(numbers("\n\"x\ny\",1\n\n\"p\nq\",2"), [2, 4]);
        assert_eq!(numbers("a\r\n\"b\r\nc\"\r\nd\re"), [1, 2, 3, 4]);
    }

    #[test]
    fn a_quotation_mark_without_partner_is_not_passed_over() {
        let lone = "姓名,备注\n张三,\"缺\n李四,\n王五,";
        assert_eq!(table("名册", lone), Err(SheetError::Quotes));
        let far = format!("姓名,备注\n张三,\"缺\n{}李四,\"缺\n", "王五,\n".repeat(40));
        assert_eq!(table("名册", &far), Err(SheetError::Quotes));
        // An inch sign inside a cell opens nothing.
        assert_eq!(numbers("姓名,备注\n张三,5\"屏\n李四,"), [1, 2, 3]);
    }

    #[test]
    fn delimiters_are_found() {
        assert_eq!(rows("姓名\t性别\n张三\t男")[1].1, ["张三", "男"]);
        assert_eq!(rows("姓名;性别\n张三;男")[1].1, ["张三", "男"]);
        assert_eq!(
            rows("sep=;\n姓名;性别,别\n")[0],
            (1, vec!["姓名".into(), "性别,别".into()])
        );
    }

    #[test]
    fn protected_digits_lose_their_protection() {
        assert_eq!(rows("=\"42\",\"=\"\"43\"\"\"")[0].1, ["42", "43"]);
    }

    #[test]
    fn encodings_are_told_apart() {
        let text = "姓名,支部\n𠮷䶮·买,一支部";
        let mut utf16 = vec![0xff, 0xfe];
        utf16.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        let (chinese, _, lossy) = GB18030.encode(text);
        assert!(!lossy);
        let with_mark = [b"\xef\xbb\xbf", text.as_bytes()].concat();
        for bytes in [text.as_bytes(), &with_mark, &utf16, &chinese] {
            assert_eq!(decode(bytes).as_deref(), Ok(text));
        }
        // One broken byte in UTF-8 does not turn the whole file into nonsense.
        let broken = [text.as_bytes(), b"\xff", "李四".as_bytes()].concat();
        assert!(decode(&broken).unwrap().contains("姓名"));
    }
}
