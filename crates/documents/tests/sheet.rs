//! Files of every kind, as spreadsheets and as something else.

use std::io::{Cursor, Write};

use pingyi_documents::sheet::{NamedTable, SheetError, read};
use pingyi_domain::roster::Cell;
use rust_xlsxwriter::Workbook;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const MESSY_XLSX: &[u8] = include_bytes!("../../../fixtures/roster-messy.xlsx");
const MESSY_XLS: &[u8] = include_bytes!("../../../fixtures/roster-messy.xls");

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default())
            .expect("in memory");
        zip.write_all(text.as_bytes()).expect("in memory");
    }
    zip.finish().expect("in memory").into_inner()
}

/// A workbook written by hand: what no office program would write.
fn workbook(properties: &str, sheet: &str, strings: &str) -> Vec<u8> {
    const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let book = format!(
        r#"<workbook xmlns:r="{RELATIONS}"><workbookPr {properties}/><sheets><sheet name="名册" sheetId="1" r:id="rId1"/></sheets></workbook>"#
    );
    let relations = format!(
        r#"<Relationships><Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
    );
    let root = format!(
        r#"<Relationships><Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
    );
    let styles = r#"<styleSheet><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;
    package(&[
        ("_rels/.rels", &root),
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", &relations),
        ("xl/styles.xml", styles),
        ("xl/sharedStrings.xml", strings),
        (
            "xl/worksheets/sheet1.xml",
            &format!("<worksheet>{sheet}</worksheet>"),
        ),
    ])
}

fn hand_written(properties: &str, sheet: &str) -> Result<Vec<NamedTable>, SheetError> {
    read("手写.xlsx", &workbook(properties, sheet, "<sst></sst>"))
}

fn written(fill: impl FnOnce(&mut Workbook)) -> Result<Vec<NamedTable>, SheetError> {
    let mut book = Workbook::new();
    fill(&mut book);
    read("名册.xlsx", &book.save_to_buffer().expect("in memory"))
}

fn rows(tables: &[NamedTable]) -> Vec<(u32, Vec<Cell>)> {
    let rows = tables.iter().flat_map(|named| &named.table.rows);
    rows.map(|row| (row.number, row.cells.clone())).collect()
}

#[test]
fn row_numbers_are_the_programs_own() {
    let tables = written(|book| {
        let sheet = book.add_worksheet();
        sheet.write(4, 2, "张三").unwrap();
        sheet.write(9, 0, 7.0).unwrap();
    })
    .unwrap();
    let text = Cell::Text("张三".into());
    assert_eq!(
        rows(&tables),
        [
            (5, vec![Cell::Empty, Cell::Empty, text]),
            (10, vec![Cell::Number(7.0)])
        ]
    );
}

#[test]
fn dates_arrive_as_1900_serials_from_both_systems() {
    let sheet = r#"<sheetData><row r="1"><c r="A1" s="1"><v>35977</v></c><c r="B1" s="1"><v>19980701</v></c><c r="C1" s="1"><v>1998.07</v></c></row></sheetData>"#;
    let modern = rows(&hand_written("", sheet).unwrap());
    assert_eq!(modern[0].1[0], Cell::Number(35_977.0));
    assert_eq!(modern[0].1[1], Cell::Number(19_980_701.0));
    let old_mac = sheet.replace("35977", "34515");
    let old_mac = rows(&hand_written(r#"date1904="1""#, &old_mac).unwrap());
    assert_eq!(old_mac[0].1[0], Cell::Number(35_977.0));
}

#[test]
fn a_lying_dimension_and_missing_addresses_do_no_harm() {
    let sheet = r#"<dimension ref="A1:XFD1048576"/><sheetData><row><c t="inlineStr"><is><t>姓名</t></is></c><c><v>3</v></c></row><row r="3"><c r="B3" t="b"><v>1</v></c></row></sheetData>"#;
    let found = rows(&hand_written("", sheet).unwrap());
    assert_eq!(
        found[0],
        (1, vec![Cell::Text("姓名".into()), Cell::Number(3.0)])
    );
    assert_eq!(found[1], (3, vec![Cell::Empty, Cell::Text("是".into())]));
}

#[test]
fn hidden_sheets_are_left_out_and_named_when_they_are_all_there_is() {
    let tables = written(|book| {
        book.add_worksheet().write(0, 0, "看得见").unwrap();
        book.add_worksheet()
            .set_hidden(true)
            .write(0, 0, "字典")
            .unwrap();
        book.add_worksheet()
            .set_very_hidden(true)
            .write(0, 0, "旧版")
            .unwrap();
        book.add_worksheet();
    })
    .unwrap();
    assert_eq!(tables.len(), 1);
    let only_hidden = written(|book| {
        book.add_worksheet();
        let sheet = book.add_worksheet().set_very_hidden(true);
        sheet.set_name("党员").unwrap().write(0, 0, "张三").unwrap();
    });
    assert_eq!(only_hidden, Err(SheetError::Hidden("党员".into())));
}

#[test]
fn empty_files_say_so() {
    assert_eq!(read("名册.xlsx", b""), Err(SheetError::Empty));
    assert_eq!(
        read("名册.csv", b"\xef\xbb\xbf\r\n,,\r\n"),
        Err(SheetError::Empty)
    );
    let blank = written(|book| {
        book.add_worksheet();
    });
    assert_eq!(blank, Err(SheetError::Empty));
}

#[test]
fn other_files_are_called_by_their_name() {
    let old = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], &[0; 512], &wide].concat()
    };
    for (bytes, error) in [
        (
            package(&[("word/document.xml", "<d/>")]),
            SheetError::NotASheet("Word 文档"),
        ),
        (
            package(&[("ppt/presentation.xml", "<d/>")]),
            SheetError::NotASheet("演示文稿"),
        ),
        (
            package(&[("照片.jpg", "")]),
            SheetError::NotASheet("压缩包"),
        ),
        (
            package(&[("content.xml", "<d/>")]),
            SheetError::OtherFormat(" OpenDocument "),
        ),
        (
            package(&[("xl/workbook.bin", "")]),
            SheetError::OtherFormat(" .xlsb "),
        ),
        (b"%PDF-1.7".to_vec(), SheetError::NotASheet("PDF 文件")),
        (b"\n<html><table>".to_vec(), SheetError::OtherFormat("网页")),
        (old("WordDocument"), SheetError::NotASheet("Word 文档")),
        (old("EncryptedPackage"), SheetError::Encrypted),
        (old("Workbook"), SheetError::Corrupt),
        (old("x"), SheetError::Corrupt),
        (b"PK\x03\x04nothing".to_vec(), SheetError::Corrupt),
        (
            b"\0\0\0\0".to_vec(),
            SheetError::NotASheet("别的格式的文件"),
        ),
    ] {
        let found = read("名册.xlsx", &bytes);
        assert_eq!(found, Err(error.clone()));
        assert!(error.to_string().contains('；'), "{error} says what to do");
    }
}

#[test]
fn sizes_are_limited() {
    let wide = written(|book| {
        book.add_worksheet().write(0, 200, "远").unwrap();
    });
    assert_eq!(wide, Err(SheetError::TooManyColumns("Sheet1".into())));
    let tall = "<row><c><v>1</v></c></row>".repeat(200_001);
    assert_eq!(
        hand_written("", &format!("<sheetData>{tall}</sheetData>")),
        Err(SheetError::TooManyRows("名册".into()))
    );
    let tall = "1\n".repeat(200_001);
    assert_eq!(
        read("a.csv", tall.as_bytes()),
        Err(SheetError::TooManyRows("a".into()))
    );
    let huge = vec![b'1'; 64 * 1024 * 1024 + 1];
    assert_eq!(read("a.csv", &huge), Err(SheetError::TooBig));
}

#[test]
fn promised_strings_must_fit_into_the_file() {
    let strings = r#"<sst uniqueCount="99999999999999"><si><t>a</t></si></sst>"#;
    let book = workbook("", "<sheetData/>", strings);
    assert_eq!(read("名册.xlsx", &book), Err(SheetError::Corrupt));
}

#[test]
fn damaged_files_are_refused_without_a_panic() {
    for file in [MESSY_XLSX, MESSY_XLS] {
        for cut in (0..file.len()).step_by(file.len() / 40) {
            let _ = read("名册.xlsx", &file[..cut]);
        }
        // A fixed walk through the file, one wrong byte at a time.
        for step in 0..120 {
            let mut damaged = file.to_vec();
            let at = (step * 7_919) % damaged.len();
            damaged[at] ^= 0x5a;
            let _ = read("名册.xlsx", &damaged);
        }
    }
}
