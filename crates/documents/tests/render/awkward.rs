//! Empty and long tables, long names, rare characters, and text that tries to be markup.

use calamine::Data;
use pingyi_documents::forms::{BallotSheet, CountSheet, Listing, ListingColumn};
use pingyi_documents::{DocumentError, Format, render};

use crate::forms::with_rows;
use crate::read::{docx_text, pdf_pages, xlsx_cells};

/// Signs that mean something to Typst, XML or a spreadsheet.
const HOSTILE: &str = "#panic() *粗* _斜_ $x$ <b>&amp;</b> \"引\" '号' \\反斜 `码` @引用 //注 [括] {号} ~ ]] --> =1+1";

#[test]
fn an_empty_table_says_so() {
    for (name, paper) in with_rows(0, "") {
        let text = docx_text(&paper);
        // The roll-up keeps its row of sums.
        let has_rows = matches!(name, "notice" | "record" | "rollup");
        assert_eq!(text.contains("（无）"), !has_rows, "{name}");
        assert_eq!(
            xlsx_cells(&paper)
                .iter()
                .flatten()
                .any(|cell| *cell == Data::String("（无）".into())),
            !has_rows,
            "{name}"
        );
        assert!(pdf_pages(&paper) <= 2, "{name}");
    }
}

#[test]
fn one_row_and_many_rows_arrive_complete() {
    for rows in [1, 150] {
        for (name, paper) in with_rows(rows, "测试员") {
            assert_eq!(docx_text(&paper).matches("测试员").count(), rows, "{name}");
            let found = xlsx_cells(&paper)
                .iter()
                .flatten()
                .filter(|cell| matches!(cell, Data::String(text) if text.contains("测试员")))
                .count();
            assert_eq!(found, rows, "{name}");
            assert_eq!(pdf_pages(&paper) > 2, rows > 1, "{name}");
        }
    }
}

#[test]
fn a_name_of_thirty_characters_fits_everywhere() {
    let long = "阿卜杜热合曼·麦麦提艾力·吐尔逊江·努尔艾合买提江·阿布都拉";
    assert!(long.chars().count() >= 30);
    for (name, paper) in with_rows(3, long) {
        assert!(docx_text(&paper).contains(long), "{name}");
        assert!(pdf_pages(&paper) <= 2, "{name}");
    }
}

#[test]
fn signs_of_markup_stay_signs() {
    let hostile = format!("{HOSTILE}\n第二行");
    for (name, paper) in with_rows(2, &hostile) {
        assert!(docx_text(&paper).contains(&hostile), "{name}");
        let found = xlsx_cells(&paper)
            .iter()
            .flatten()
            .any(|cell| matches!(cell, Data::String(text) if text.contains(&hostile)));
        assert!(found, "{name}");
        assert!(pdf_pages(&paper) <= 2, "{name}");
    }
}

/// A ballot is one sheet to hand round, and a count's signatures stand under its figures.
#[test]
fn an_ordinary_branch_fits_one_page() {
    for rows in [16, 20, 24, 28] {
        let sheet = BallotSheet {
            unit: "中共某某市住房公积金管理中心机关委员会".into(),
            members: (1..=rows).map(|n| format!("党员{n}")).collect(),
            notes: vec!["字".repeat(70), "字".repeat(70), "字".repeat(30)],
            ..BallotSheet::sample()
        };
        assert_eq!(pdf_pages(&sheet.paper()), 1, "ballot of {rows}");
    }
    for rows in [17, 20, 25] {
        let sample = CountSheet::sample();
        let three = || vec!["周启航".to_owned(), "刘喆".into(), "孙㛃".into()];
        let sheet = CountSheet {
            rows: sample.rows.iter().cycle().take(rows).cloned().collect(),
            scrutineers: three(),
            tellers: three(),
            ..sample
        };
        assert_eq!(pdf_pages(&sheet.paper()), 1, "count of {rows}");
    }
}

#[test]
fn rare_characters_of_names_are_drawn() {
    for (name, paper) in with_rows(1, "𠮷䶮喆玥㛃㼆镕堃𬭎鿍") {
        assert!(docx_text(&paper).contains("𠮷䶮喆玥㛃㼆镕堃𬭎鿍"), "{name}");
        assert!(pdf_pages(&paper) >= 1, "{name}");
    }
}

#[test]
fn a_character_without_glyph_is_named_and_not_printed_as_a_box() {
    // Private use: every font that has it means something else by it.
    let members = vec!["王\u{E123}明".to_owned(), "李\u{1F600}".to_owned()];
    let paper = BallotSheet {
        members,
        ..BallotSheet::sample()
    }
    .paper();
    match render(&paper, Format::Pdf) {
        Err(DocumentError::MissingGlyphs(characters)) => {
            assert_eq!(characters, "\u{E123}\u{1F600}");
        }
        other => panic!("{other:?}"),
    }
    assert!(docx_text(&paper).contains("王\u{E123}明"));
}

#[test]
fn control_characters_are_refused_in_every_format() {
    let members = vec!["王小\u{7}明".to_owned()];
    let paper = BallotSheet {
        members,
        ..BallotSheet::sample()
    }
    .paper();
    for format in Format::ALL {
        let error = render(&paper, format).unwrap_err();
        let DocumentError::ControlCharacter { code, near } = error else {
            panic!("{error:?}")
        };
        assert_eq!((code.as_str(), near.as_str()), ("U+0007", "王小明"));
    }
}

#[test]
fn a_listing_without_columns_or_with_ragged_rows_is_still_a_paper() {
    let mut form = Listing::sample();
    form.columns = vec![
        ListingColumn::short("甲", 5.0),
        ListingColumn::short("乙", 5.0),
    ];
    form.rows = vec![
        vec!["只有一格".into()],
        vec!["一".into(), "二".into(), "多出来的".into()],
    ];
    let text = docx_text(&form.paper());
    assert!(text.contains("只有一格") && !text.contains("多出来的"));
    form.columns.clear();
    assert_eq!(pdf_pages(&form.paper()), 1);
    assert!(!xlsx_cells(&form.paper()).is_empty());
}
