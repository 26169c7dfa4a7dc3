//! [`Paper`] to Typst source to PDF.
//!
//! Texts go into the source as string literals only, so that no sign in them can become markup.

use std::fmt::{self, Write as _};

use pingyi_pdf::Fonts;

use crate::DocumentError;
use crate::grid::{Place, place};
use crate::paper::{
    Align, Block, Field, Geometry, Layout, Paper, Paragraph, Style, Table, TypeSizes,
};
use crate::text::width_em;

/// PDF/A demands a date in the file's properties; there is no clock here, so a date nobody takes for a real one.
const NO_DATE: (i16, i8, i8) = (2000, 1, 1);

const PRELUDE: &str = include_str!("prelude.typ");

pub(crate) fn render(paper: &Paper, fonts: &Fonts) -> Result<Vec<u8>, DocumentError> {
    let mut source = String::from(PRELUDE);
    // Writing to a string cannot fail; the error type is kept to stay honest without unwraps.
    write_paper(&mut source, paper).map_err(|error| DocumentError::Pdf(error.to_string()))?;
    Ok(fonts.compile(&source)?)
}

/// A Typst string literal.
struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_char('"')?;
        for character in self.0.chars() {
            match character {
                '"' => out.write_str("\\\"")?,
                '\\' => out.write_str("\\\\")?,
                '\n' => out.write_str("\\n")?,
                '\t' => out.write_str("\\t")?,
                '\r' => {}
                other => out.write_char(other)?,
            }
        }
        out.write_char('"')
    }
}

fn write_paper(out: &mut String, paper: &Paper) -> fmt::Result {
    let sizes = paper.layout.sizes();
    write_page(out, paper, sizes)?;
    if let Some(head) = &paper.head {
        // One line of 156 mm, the largest type that fits.
        let size = (430.0 / width_em(&head.issuer_line).max(1.0)).min(48.0);
        let (issuer, number) = (Quoted(&head.issuer_line), Quoted(&head.number));
        writeln!(out, "#red-head({issuer}, {size:.1}pt, {number})")?;
    }
    if let Some(label) = &paper.label {
        writeln!(out, "#label({})", Quoted(label))?;
    }
    // GB/T 9704: one empty line between title and addressee.
    let below = if paper.layout == Layout::Official {
        1.8
    } else {
        0.9
    } * sizes.title;
    writeln!(
        out,
        "#title({}pt, {below}pt, {})",
        sizes.title,
        Quoted(&paper.title)
    )?;
    for block in &paper.blocks {
        write_block(out, block, sizes)?;
    }
    Ok(())
}

fn write_page(out: &mut String, paper: &Paper, sizes: TypeSizes) -> fmt::Result {
    let Geometry {
        width,
        height,
        top,
        bottom,
        left,
        right,
    } = paper.layout.geometry();
    let leading = sizes.pitch - sizes.body;
    let (year, month, day) = paper
        .date
        .map_or(NO_DATE, |date| (date.year(), date.month(), date.day()));
    writeln!(
        out,
        "#set document(title: {}, date: datetime(year: {year}, month: {month}, day: {day}))",
        Quoted(&paper.title.replace('\n', ""))
    )?;
    writeln!(
        out,
        "#set text(lang: \"zh\", region: \"cn\", font: fang, size: {}pt, fallback: false, \
         top-edge: 0.88em, bottom-edge: -0.12em, cjk-latin-spacing: none)",
        sizes.body
    )?;
    writeln!(
        out,
        "#set par(leading: {leading}pt, spacing: {leading}pt, justify: true)"
    )?;
    writeln!(out, "#set block(spacing: {leading}pt)")?;
    writeln!(
        out,
        "#set page(width: {width}mm, height: {height}mm, footer-descent: 5mm, \
         margin: (top: {top}mm, bottom: {bottom}mm, left: {left}mm, right: {right}mm), \
         footer: {}({}))",
        if paper.layout == Layout::Official {
            "official-foot"
        } else {
            "form-foot"
        },
        Quoted(paper.foot.as_deref().unwrap_or_default())
    )
}

fn write_block(out: &mut String, block: &Block, sizes: TypeSizes) -> fmt::Result {
    match block {
        Block::Paragraph(paragraph) => write_paragraph(out, paragraph, sizes),
        Block::Table(table) => write_table(out, table, sizes),
        Block::Fields(fields) => write_fields(out, fields),
        Block::Signatures { per_row, signers } => {
            write!(out, "#signatures({}", (*per_row).max(1))?;
            for signer in signers {
                write!(
                    out,
                    ", ({}, {})",
                    Quoted(&signer.role),
                    Quoted(&signer.name)
                )?;
            }
            writeln!(out, ")")
        }
        Block::Space(height) => writeln!(out, "#v({height}mm)"),
        Block::PageBreak => writeln!(out, "#pagebreak(weak: true)"),
        Block::Code(rows) => {
            write!(out, "#code(")?;
            for row in rows {
                write!(out, "{}, ", Quoted(row))?;
            }
            writeln!(out, ")")
        }
    }
}

fn write_paragraph(out: &mut String, paragraph: &Paragraph, sizes: TypeSizes) -> fmt::Result {
    let (lead, text) = (Quoted(&paragraph.lead), Quoted(&paragraph.text));
    match paragraph.style {
        Style::Body if paragraph.keep => writeln!(out, "#kept(paragraph({lead}, {text}))"),
        Style::Body => writeln!(out, "#paragraph({lead}, {text})"),
        Style::Flush => writeln!(out, "#flush-left({lead}, {text})"),
        Style::Heading1 => writeln!(out, "#heading-1({text})"),
        Style::Heading2 => writeln!(out, "#heading-2({text})"),
        Style::Centre => writeln!(out, "#centre({text})"),
        Style::Right => writeln!(out, "#right-edge({}, {text})", paragraph.indent),
        Style::Note => writeln!(out, "#note({}pt, {text})", sizes.note),
    }
}

fn write_fields(out: &mut String, fields: &[Field]) -> fmt::Result {
    write!(out, "#fields(")?;
    for field in fields {
        write!(out, "field({}, ", Quoted(&field.label))?;
        match &field.value {
            Some(value) => write!(out, "text({})", Quoted(value))?,
            None => write!(out, "blank({})", field.blank)?,
        }
        write!(out, ", {}), ", Quoted(&field.unit))?;
    }
    writeln!(out, ")")
}

fn write_table(out: &mut String, table: &Table, sizes: TypeSizes) -> fmt::Result {
    if table.columns.is_empty() {
        return Ok(());
    }
    write!(out, "#ruled({}pt, (", sizes.table)?;
    for column in &table.columns {
        write!(out, "{}fr, ", column.width)?;
    }
    write!(out, "), (")?;
    for cell in place(&table.header, table.columns.len()).iter().flatten() {
        if let Some(header) = cell.cell {
            let words = header.content.to_text();
            write!(
                out,
                "head-cell({}, {}, {}), ",
                cell.columns,
                cell.rows,
                Quoted(&words)
            )?;
        }
    }
    writeln!(out, "), (")?;
    for row in place(&table.body(), table.columns.len()) {
        write_row(out, table, &row)?;
    }
    writeln!(out, "))")
}

fn write_row(out: &mut String, table: &Table, row: &[Place<'_>]) -> fmt::Result {
    // Rows asked to be lower than a line with its usual air get less of it.
    let air = if table.row_height < 6.4 { 1.2 } else { 3.0 };
    for place in row {
        let Some(cell) = place.cell else { continue };
        let column = table.columns.get(place.column).map(|column| column.align);
        let align = if cell.align.or(column) == Some(Align::Left) {
            "left"
        } else {
            "center"
        };
        let post = if place.column == 0 {
            table.row_height
        } else {
            0.0
        };
        write!(
            out,
            "cell({}, {}, {align}, {}, {air}pt, {post}mm, {}), ",
            place.columns,
            place.rows,
            cell.strong,
            Quoted(&cell.content.to_text())
        )?;
    }
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::BallotSheet;

    /// The source with the contents of its string literals taken out.
    fn skeleton(source: &str) -> String {
        let mut out = String::new();
        let mut signs = source.chars();
        let mut inside = false;
        while let Some(sign) = signs.next() {
            match sign {
                '\\' if inside => {
                    signs.next();
                }
                '"' => {
                    inside = !inside;
                    out.push('"');
                }
                other if !inside => out.push(other),
                _ => {}
            }
        }
        out
    }

    fn source(member: &str) -> String {
        let mut form = BallotSheet::sample();
        form.members = vec![member.to_owned()];
        form.unit = member.to_owned();
        let mut out = String::new();
        write_paper(&mut out, &form.paper()).unwrap();
        out
    }

    #[test]
    fn no_text_leaves_its_string_literal() {
        for hostile in [
            "\"",
            "\\",
            "\\\"",
            "\"); #panic(\"",
            "\n#x",
            "\r",
            "\t",
            "\\u{41}",
            "#",
            "*/",
        ] {
            assert_eq!(
                skeleton(&source(hostile)),
                skeleton(&source("王")),
                "{hostile:?}"
            );
        }
    }
}
