//! `word/document.xml`: the paper's blocks as paragraphs and tables.

use std::fmt::Write as _;

use super::parts::NAMESPACE;
use super::table;
use super::xml::{half_points, paragraph, point_twips, run, twips};
use crate::paper::{Block, Field, Layout, Paper, Paragraph, RedHead, Signer, Style};
use crate::text::width_em;

pub(super) fn document(paper: &Paper) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <w:document {NAMESPACE}><w:body>\n"
    );
    if let Some(head) = &paper.head {
        out.push_str(&red_head(head, paper.layout));
    }
    if let Some(label) = &paper.label {
        out.push_str(&paragraph("Label", "", &run("", label)));
    }
    out.push_str(&paragraph("Title", "", &run("", &paper.title)));
    for block in &paper.blocks {
        out.push_str(&render(block, paper.layout));
    }
    out.push_str(&section(paper));
    out.push_str("</w:body></w:document>");
    out
}

fn render(block: &Block, layout: Layout) -> String {
    match block {
        Block::Paragraph(content) => text(content, layout),
        // Word joins tables that touch and wants a paragraph after the last one.
        Block::Table(content) => table::ruled(content, layout) + &space(0.5),
        Block::Fields(content) => fields(content),
        Block::Signatures { per_row, signers } => {
            signatures((*per_row).max(1), signers, layout) + &space(0.5)
        }
        Block::Space(height) => space(*height),
        Block::Code(_) => String::new(),
        Block::PageBreak => paragraph("Flush", "", "<w:r><w:br w:type=\"page\"/></w:r>"),
    }
}

/// An empty line of exact height.
fn space(mm: f64) -> String {
    let line = format!(
        "<w:keepNext/><w:snapToGrid w:val=\"0\"/><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"{}\" w:lineRule=\"exact\"/>",
        twips(mm).max(20)
    );
    paragraph("Flush", &line, "")
}

fn text(content: &Paragraph, layout: Layout) -> String {
    let runs = run("<w:b/>", &content.lead) + &run("", &content.text);
    match content.style {
        Style::Body if content.keep => paragraph("Body", "<w:keepNext/>", &runs),
        Style::Body => paragraph("Body", "", &runs),
        Style::Flush => paragraph("Flush", "", &runs),
        Style::Heading1 => paragraph("Heading1", "", &runs),
        Style::Heading2 => paragraph("Heading2", "", &runs),
        Style::Centre => paragraph("Centre", "", &runs),
        Style::Note => paragraph("Note", "", &runs),
        Style::Right => {
            let right = point_twips(content.indent * layout.sizes().body);
            let indent =
                format!("<w:keepNext/><w:ind w:right=\"{right}\"/><w:jc w:val=\"right\"/>");
            paragraph("Flush", &indent, &runs)
        }
    }
}

fn fields(fields: &[Field]) -> String {
    let mut runs = String::new();
    for (index, field) in fields.iter().enumerate() {
        if index > 0 {
            runs.push_str(&run("", "　 "));
        }
        runs.push_str(&run("", &field.label));
        match &field.value {
            Some(value) => runs.push_str(&run("", value)),
            None => runs.push_str(&run("<w:u w:val=\"single\"/>", &"　".repeat(field.blank))),
        }
        runs.push_str(&run("", &field.unit));
    }
    paragraph("Fields", "", &runs)
}

/// A table without rules; the line to sign on is a tab with a drawn leader.
fn signatures(per_row: usize, signers: &[Signer], layout: Layout) -> String {
    let width = twips(layout.text_width() / f64::from(u32::try_from(per_row).unwrap_or(1)));
    let mut out = table::open(&vec![width; per_row], false);
    for row in signers.chunks(per_row) {
        out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        for column in 0..per_row {
            let runs = row.get(column).map_or_else(String::new, |signer| {
                run("", &format!("{}：{}", signer.role, signer.name)) + "<w:r><w:tab/></w:r>"
            });
            let tab = format!(
                "<w:tabs><w:tab w:val=\"right\" w:leader=\"underscore\" w:pos=\"{}\"/></w:tabs>",
                width - 300
            );
            let _ = write!(
                out,
                "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{}</w:tc>",
                paragraph("Signature", &tab, &runs)
            );
        }
        out.push_str("</w:tr>\n");
    }
    out.push_str("</w:tbl>\n");
    out
}

fn red_head(head: &RedHead, layout: Layout) -> String {
    const RED: &str = "<w:color w:val=\"D7000F\"/>";
    // One line of 156 mm, the largest type that fits.
    let size = (430.0 / width_em(&head.issuer_line).max(1.0)).min(48.0);
    let issuer = format!("{RED}<w:sz w:val=\"{}\"/>", half_points(size));
    let after_head = format!("<w:spacing w:before=\"{}\" w:after=\"1158\"/>", twips(35.0));
    let after_number = format!(
        "<w:spacing w:after=\"{}\"/><w:jc w:val=\"center\"/>",
        twips(3.0)
    );
    let star = "<w:color w:val=\"D7000F\"/><w:sz w:val=\"28\"/>";
    let star = paragraph("Tight", "<w:jc w:val=\"center\"/>", &run(star, "★"));
    paragraph("Issuer", &after_head, &run(&issuer, &head.issuer_line))
        + &paragraph("Flush", &after_number, &run("", &head.number))
        + &table::line_with_star(twips(layout.text_width()), &star)
        + &space(14.0)
}

fn section(paper: &Paper) -> String {
    let page = paper.layout.geometry();
    let orient = if page.width > page.height {
        " w:orient=\"landscape\""
    } else {
        ""
    };
    let grid = match paper.layout {
        // 22 lines on 225 mm.
        Layout::Official => "<w:docGrid w:type=\"lines\" w:linePitch=\"579\"/>",
        Layout::Form | Layout::Wide => "<w:docGrid w:linePitch=\"312\"/>",
    };
    // 7 mm below the type area; the foot line goes below the page number.
    let foot = match (paper.layout, paper.foot.is_some()) {
        (Layout::Official, false) => 22.0,
        (Layout::Official, true) => 17.0,
        _ => 10.0,
    };
    format!(
        "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId4\"/>\
         <w:footerReference w:type=\"even\" r:id=\"rId5\"/>\
         <w:pgSz w:w=\"{}\" w:h=\"{}\"{orient}/>\
         <w:pgMar w:top=\"{}\" w:right=\"{}\" w:bottom=\"{}\" w:left=\"{}\" \
         w:header=\"851\" w:footer=\"{}\" w:gutter=\"0\"/>{grid}</w:sectPr>",
        twips(page.width),
        twips(page.height),
        twips(page.top),
        twips(page.right),
        twips(page.bottom),
        twips(page.left),
        twips(foot)
    )
}
