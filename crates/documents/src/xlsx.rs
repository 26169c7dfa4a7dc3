//! [`Paper`] to a spreadsheet with one sheet.
//!
//! The columns are those of the tables; where a paper has several tables, their column edges are laid over each
//! other. Everything that is not a table stands in merged rows across all columns.

mod book;
mod columns;

use rust_xlsxwriter::{Format, FormatAlign, Workbook};

use crate::DocumentError;
use crate::grid::place;
use crate::paper::{Align, Block, Cell, Content, Field, Layout, Paper, Style, Table};
use crate::text::lines;

use book::{Look, Sheet};
use columns::Edges;

pub(crate) fn render(paper: &Paper) -> Result<Vec<u8>, DocumentError> {
    let edges = Edges::of(paper);
    let mut book = Workbook::new();
    // Column widths count in digits of this font, which every Chinese office machine has.
    book.set_default_format(
        &Format::new().set_font_name("宋体").set_font_size(11),
        18,
        72,
    )?;
    book.set_properties(&book::properties(paper));
    let mut sheet = Sheet::new(book.add_worksheet(), paper, &edges)?;
    let sizes = paper.layout.sizes();
    if let Some(head) = &paper.head {
        let issuer = Look::words(book::TITLE, 26.0, FormatAlign::Center).red();
        sheet.line(&head.issuer_line, &issuer)?;
        sheet.line(
            &head.number,
            &Look::words(book::FANG, sizes.body, FormatAlign::Center).underlined_red(),
        )?;
    }
    if let Some(label) = &paper.label {
        sheet.line(
            label,
            &Look::words(book::HEI, sizes.table, FormatAlign::Left),
        )?;
    }
    sheet.line(
        &paper.title,
        &Look::words(book::TITLE, sizes.title, FormatAlign::Center),
    )?;
    sheet.gap(6.0)?;
    for block in &paper.blocks {
        render_block(&mut sheet, block, paper.layout, &edges)?;
    }
    sheet.finish()?;
    Ok(book.save_to_buffer()?)
}

fn render_block(
    sheet: &mut Sheet<'_>,
    block: &Block,
    layout: Layout,
    edges: &Edges,
) -> Result<(), DocumentError> {
    let size = layout.sizes().table;
    match block {
        Block::Paragraph(paragraph) => {
            let text = format!("{}{}", paragraph.lead, paragraph.text);
            match paragraph.style {
                // Spaces at the front indent the first line only, as on paper.
                Style::Body => sheet.line(&format!("　　{text}"), &words(book::FANG, size)),
                Style::Heading1 => sheet.line(&format!("　　{text}"), &words(book::HEI, size)),
                Style::Heading2 => sheet.line(&format!("　　{text}"), &words(book::KAI, size)),
                Style::Flush => sheet.line(&text, &words(book::FANG, size)),
                Style::Note => sheet.line(&text, &words(book::FANG, layout.sizes().note)),
                Style::Centre => {
                    sheet.line(&text, &Look::words(book::KAI, size, FormatAlign::Center))
                }
                Style::Right => {
                    sheet.line(&text, &Look::words(book::FANG, size, FormatAlign::Right))
                }
            }
        }
        Block::Table(table) => render_table(sheet, table, layout, edges),
        Block::Fields(fields) => {
            let all: Vec<String> = fields.iter().map(field).collect();
            sheet.line(&all.join("　　"), &words(book::FANG, size))
        }
        Block::Signatures { per_row, signers } => {
            for row in signers.chunks((*per_row).max(1)) {
                let all: Vec<String> = row
                    .iter()
                    .map(|signer| format!("{}：{}____________", signer.role, signer.name))
                    .collect();
                sheet.gap(4.0)?;
                sheet.line(&all.join("　　"), &words(book::FANG, size))?;
            }
            Ok(())
        }
        Block::Code(_) => Ok(()),
        Block::Space(height) => sheet.gap(height * 72.0 / 25.4),
        Block::PageBreak => {
            sheet.page_break();
            Ok(())
        }
    }
}

fn words(font: &'static str, size: f64) -> Look {
    Look::words(font, size, FormatAlign::Left)
}

fn field(field: &Field) -> String {
    let value = field
        .value
        .clone()
        .unwrap_or_else(|| "__".repeat(field.blank));
    format!("{}{value}{}", field.label, field.unit)
}

fn render_table(
    sheet: &mut Sheet<'_>,
    table: &Table,
    layout: Layout,
    edges: &Edges,
) -> Result<(), DocumentError> {
    let size = layout.sizes().table;
    let first = sheet.row();
    let title = |_: (&Cell, Align)| Look::cell(book::HEI, size, Align::Centre);
    rows(sheet, table, &table.header, 6.0, edges, title)?;
    sheet.repeat_on_every_page(first)?;
    let body = table.body();
    rows(
        sheet,
        table,
        &body,
        table.row_height,
        edges,
        |(cell, align)| {
            Look::cell(
                if cell.strong { book::HEI } else { book::FANG },
                size,
                align,
            )
        },
    )
}

fn rows(
    sheet: &mut Sheet<'_>,
    table: &Table,
    rows: &[Vec<Cell>],
    least_height: f64,
    edges: &Edges,
    look: impl Fn((&Cell, Align)) -> Look,
) -> Result<(), DocumentError> {
    let spans = edges.spans(table);
    for row in place(rows, table.columns.len()) {
        let mut height = least_height * 72.0 / 25.4;
        for place in row {
            let Some(cell) = place.cell else { continue };
            let left = spans[place.column].0;
            let right = spans[place.column + place.columns - 1].1;
            let look = look((
                cell,
                cell.align.unwrap_or(table.columns[place.column].align),
            ));
            let text = cell.content.to_text();
            let room = edges.characters(left, right, look.size);
            if place.rows == 1 {
                height = height.max(look.height(lines(&text, room)));
            }
            match &cell.content {
                Content::Number(number) => sheet.number(left, right, place.rows, *number, &look)?,
                Content::Text(text) => sheet.text(left, right, place.rows, text, &look)?,
            }
        }
        sheet.end_row(height)?;
    }
    Ok(())
}
