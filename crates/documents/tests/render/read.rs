//! Reading back what was written.

use std::io::{Cursor, Read as _};

use calamine::{Data, Reader as _, Xlsx};
use pingyi_documents::paper::Paper;
use pingyi_documents::{Format, render};

/// All text of a Word file's body, with line breaks as `\n`; fails when a part is no well-formed XML.
pub fn docx_text(paper: &Paper) -> String {
    let bytes = render(paper, Format::Docx).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut body = String::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().to_string();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        let tree =
            roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        if name == "word/document.xml" {
            body = words(&tree);
        }
    }
    body
}

fn words(tree: &roxmltree::Document<'_>) -> String {
    let mut out = String::new();
    for node in tree.descendants() {
        match node.tag_name().name() {
            "t" => out.push_str(node.text().unwrap_or_default()),
            "br" => out.push('\n'),
            "tab" if node.parent().is_some_and(|parent| parent.has_tag_name("r")) => out.push('\t'),
            _ => {}
        }
        if node.tag_name().name() == "p" {
            out.push('|');
        }
    }
    out
}

/// Cells of a spreadsheet, row by row.
pub fn xlsx_cells(paper: &Paper) -> Vec<Vec<Data>> {
    let bytes = render(paper, Format::Xlsx).unwrap();
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

/// Pages of a PDF.
pub fn pdf_pages(paper: &Paper) -> usize {
    let bytes = render(paper, Format::Pdf).unwrap();
    assert!(bytes.starts_with(b"%PDF-1."), "no PDF");
    let text = String::from_utf8_lossy(&bytes);
    let counts = text
        .match_indices("/Type/Pages")
        .chain(text.match_indices("/Type /Pages"));
    counts
        .map(|(at, _)| count_after(&text[at..]))
        .max()
        .expect("a page tree")
}

fn count_after(page_tree: &str) -> usize {
    let (_, rest) = page_tree.split_once("/Count ").expect("a page count");
    rest.chars()
        .take_while(char::is_ascii_digit)
        .collect::<String>()
        .parse()
        .unwrap()
}
