//! Samples: what is on the paper arrives in every format.

use calamine::Data;
use pingyi_documents::forms::{BallotSheet, CountSheet, SignInSheet, TallySummary};

use crate::forms::samples;
use crate::read::{docx_text, pdf_pages, xlsx_cells};

#[test]
fn every_sample_is_written_in_every_format() {
    for (name, paper) in samples() {
        let title = paper.title.clone();
        assert!(docx_text(&paper).contains(&title), "{name}");
        let cells = xlsx_cells(&paper);
        assert!(
            cells
                .iter()
                .flatten()
                .any(|cell| *cell == Data::String(title.clone())),
            "{name}"
        );
        assert!((1..=2).contains(&pdf_pages(&paper)), "{name}");
    }
}

#[test]
fn figures_are_numbers_in_a_spreadsheet_and_texts_are_texts() {
    let mut form = TallySummary::sample();
    form.rows[0].remark = "3-4".into();
    form.rows[0].opinion = "=1+1".into();
    let cells = xlsx_cells(&form.paper());
    let row = cells
        .iter()
        .find(|row| row.contains(&Data::String("丁小满".into())))
        .unwrap();
    assert!(row.contains(&Data::Float(5.0)), "{row:?}");
    assert!(row.contains(&Data::String("83.3".into())), "{row:?}");
    assert!(row.contains(&Data::String("3-4".into())), "{row:?}");
    assert!(row.contains(&Data::String("=1+1".into())), "{row:?}");
}

#[test]
fn grouped_headings_stand_over_their_columns() {
    let cells = xlsx_cells(&TallySummary::sample().paper());
    let first = cells
        .iter()
        .position(|row| row.contains(&Data::String("好".into())))
        .unwrap();
    let column = cells[first]
        .iter()
        .position(|cell| *cell == Data::String("好".into()))
        .unwrap();
    assert_eq!(cells[first + 1][column], Data::String("票数".into()));
    assert_eq!(cells[first + 1][column + 1], Data::String("%".into()));
}

#[test]
fn grades_are_data() {
    let grades: Vec<String> = ["优秀", "合格", "基本合格", "不合格"]
        .map(str::to_owned)
        .to_vec();
    let ballot = BallotSheet {
        grades: grades.clone(),
        ..BallotSheet::sample()
    };
    let text = docx_text(&ballot.paper());
    assert!(text.contains("优秀") && text.contains("基本合格") && !text.contains("一般"));
    // Counts for three of four grades: the fourth stays blank and nothing moves into its place.
    let count = CountSheet {
        grades,
        ..CountSheet::sample()
    };
    let cells = xlsx_cells(&count.paper());
    let row = cells
        .iter()
        .find(|row| row.contains(&Data::String("丁小满".into())))
        .unwrap();
    let last: Vec<&Data> = row.iter().filter(|cell| **cell != Data::Empty).collect();
    assert_eq!(last.last(), Some(&&Data::Float(6.0)), "{row:?}");
}

#[test]
fn a_sign_in_sheet_has_its_parts() {
    let text = docx_text(&SignInSheet::sample().paper());
    for part in ["上级派员", "列席人员", "周启航", "签到"] {
        assert!(text.contains(part), "{part}");
    }
}

#[test]
fn the_same_paper_gives_the_same_bytes() {
    use pingyi_documents::{Format, render};
    let paper = BallotSheet::sample().paper();
    for format in Format::ALL {
        assert_eq!(
            render(&paper, format).unwrap(),
            render(&paper, format).unwrap(),
            "{format:?}"
        );
    }
}

#[test]
fn an_electronic_round_prints_the_hash_of_its_archive_in_groups() {
    let sha256 = "0123456789abcdef".repeat(4);
    let line = "电子票箱存档 SHA-256：01234567 89abcdef 01234567 89abcdef";
    let count = CountSheet {
        archive: Some(sha256.clone()),
        ..CountSheet::sample()
    };
    let annex = TallySummary {
        archive: Some(sha256),
        group: Some("优秀5票（100%）".into()),
        ..TallySummary::sample()
    };
    assert!(docx_text(&count.paper()).contains(line));
    let text = docx_text(&annex.paper());
    assert!(
        text.contains(line) && text.contains("优秀5票（100%）"),
        "{text}"
    );
    assert!(!docx_text(&CountSheet::sample().paper()).contains("SHA-256"));
    assert_eq!(
        (pdf_pages(&count.paper()), pdf_pages(&annex.paper())),
        (1, 1)
    );
}
