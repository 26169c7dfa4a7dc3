//! Tables in WordprocessingML.

use std::fmt::Write as _;

use super::xml::{paragraph, run, twips};
use crate::grid::{Place, place};
use crate::paper::{Align, Layout, Table};

/// A table with ruled lines whose header is repeated on every page.
pub(super) fn ruled(table: &Table, layout: Layout) -> String {
    if table.columns.is_empty() {
        return String::new();
    }
    let widths = widths(table, layout);
    let mut out = open(&widths, true);
    let body = table.body();
    for row in place(&table.header, widths.len()) {
        let properties =
            "<w:cantSplit/><w:trHeight w:val=\"400\" w:hRule=\"atLeast\"/><w:tblHeader/>";
        push_row(&mut out, properties, &row, |place| {
            cell(table, &widths, place, "TableHead")
        });
    }
    let properties = format!(
        "<w:cantSplit/><w:trHeight w:val=\"{}\" w:hRule=\"atLeast\"/>",
        twips(table.row_height)
    );
    for row in place(&body, widths.len()) {
        push_row(&mut out, &properties, &row, |place| {
            cell(table, &widths, place, "TableText")
        });
    }
    out.push_str("</w:tbl>\n");
    out
}

fn widths(table: &Table, layout: Layout) -> Vec<i64> {
    let sum: f64 = table.columns.iter().map(|column| column.width).sum();
    let share = layout.text_width() / sum.max(f64::MIN_POSITIVE);
    table
        .columns
        .iter()
        .map(|column| twips(column.width * share))
        .collect()
}

/// The start of a table of these column widths.
pub(super) fn open(widths: &[i64], ruled: bool) -> String {
    let mut borders = String::new();
    if ruled {
        borders.push_str("<w:tblBorders>");
        for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
            let _ = write!(
                borders,
                "<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>"
            );
        }
        borders.push_str("</w:tblBorders>");
    }
    let margin = if ruled { 40 } else { 0 };
    let mut out = format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/>{borders}\
         <w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"{margin}\" w:type=\"dxa\"/>\
         <w:right w:w=\"{margin}\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>",
        widths.iter().sum::<i64>()
    );
    for width in widths {
        let _ = write!(out, "<w:gridCol w:w=\"{width}\"/>");
    }
    out.push_str("</w:tblGrid>\n");
    out
}

fn push_row(
    out: &mut String,
    properties: &str,
    row: &[Place<'_>],
    cell: impl Fn(&Place<'_>) -> String,
) {
    let _ = write!(out, "<w:tr><w:trPr>{properties}</w:trPr>");
    for place in row {
        out.push_str(&cell(place));
    }
    out.push_str("</w:tr>\n");
}

fn cell(table: &Table, widths: &[i64], place: &Place<'_>, style: &str) -> String {
    let width: i64 = widths.iter().skip(place.column).take(place.columns).sum();
    let merge = match (place.cell, place.rows) {
        (Some(_), 1) => "",
        (Some(_), _) => "<w:vMerge w:val=\"restart\"/>",
        (None, _) => "<w:vMerge/>",
    };
    let content = place.cell.map_or_else(String::new, |cell| {
        run(
            if cell.strong { "<w:b/>" } else { "" },
            &cell.content.to_text(),
        )
    });
    let column = table.columns.get(place.column).map(|column| column.align);
    let align = place.cell.and_then(|cell| cell.align).or(column);
    let left = style == "TableText" && align == Some(Align::Left);
    let jc = if left {
        "<w:jc w:val=\"left\"/>"
    } else {
        "<w:jc w:val=\"center\"/>"
    };
    format!(
        "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/><w:gridSpan w:val=\"{}\"/>{merge}\
         <w:vAlign w:val=\"center\"/></w:tcPr>{}</w:tc>",
        place.columns,
        paragraph(style, jc, &content)
    )
}

/// The red line of a Party document with the star in its middle: two low rows, the line between them, the star
/// across both.
pub(super) fn line_with_star(width: i64, star: &str) -> String {
    let side = (width - 560) / 2;
    let widths = [side, 560, side];
    let mut out = open(&widths, false);
    let empty = paragraph("Tight", "", "");
    for (border, merge, middle) in [
        ("bottom", "<w:vMerge w:val=\"restart\"/>", star),
        ("top", "<w:vMerge/>", empty.as_str()),
    ] {
        let edge = format!(
            "<w:tcBorders><w:{border} w:val=\"single\" w:sz=\"12\" w:space=\"0\" w:color=\"D7000F\"/></w:tcBorders>"
        );
        let cell = |width: i64, properties: &str, content: &str| {
            format!(
                "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{properties}\
                 <w:vAlign w:val=\"center\"/></w:tcPr>{content}</w:tc>"
            )
        };
        let _ = write!(
            out,
            "<w:tr><w:trPr><w:trHeight w:val=\"160\" w:hRule=\"exact\"/></w:trPr>{}{}{}</w:tr>",
            cell(side, &edge, &empty),
            cell(560, merge, middle),
            cell(side, &edge, &empty)
        );
    }
    out.push_str("</w:tbl>\n");
    out
}
