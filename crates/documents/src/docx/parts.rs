//! The parts of the package beside the text: styles, fonts, settings, feet.

use std::fmt::Write as _;

use super::xml::{escaped, field, paragraph, run, twips};
use crate::paper::{Layout, Paper};

pub(super) const NAMESPACE: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

pub(super) const CONTENT_TYPES: &str = include_str!("content_types.xml");
pub(super) const PACKAGE_RELATIONS: &str = include_str!("package_relations.xml");
pub(super) const DOCUMENT_RELATIONS: &str = include_str!("document_relations.xml");

pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

pub(super) const FANG: &str = "仿宋_GB2312";
pub(super) const KAI: &str = "楷体_GB2312";
pub(super) const HEI: &str = "黑体";
pub(super) const TITLE: &str = "方正小标宋简体";
pub(super) const SONG: &str = "宋体";

pub(super) fn core_properties(paper: &Paper) -> String {
    let created = paper.date.map_or_else(String::new, |date| {
        format!("<dcterms:created xsi:type=\"dcterms:W3CDTF\">{date}T00:00:00Z</dcterms:created>")
    });
    format!(
        "{HEAD}<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <dc:title>{}</dc:title>{created}</cp:coreProperties>",
        escaped(&paper.title.replace('\n', ""))
    )
}

/// Fonts by the names offices know; the second name is what stands in for a missing one.
pub(super) fn font_table() -> String {
    let mut out = format!("{HEAD}<w:fonts {NAMESPACE}>");
    for (name, instead) in [
        (FANG, "仿宋,FangSong,FandolFang R"),
        (KAI, "楷体,KaiTi,FandolKai"),
        (HEI, "SimHei,Noto Sans CJK SC"),
        (TITLE, "方正小标宋_GBK,小标宋,宋体,Noto Serif CJK SC"),
        (SONG, "SimSun,Noto Serif CJK SC"),
    ] {
        let _ = write!(
            out,
            "<w:font w:name=\"{name}\"><w:altName w:val=\"{instead}\"/><w:charset w:val=\"86\"/>\
             <w:family w:val=\"auto\"/><w:pitch w:val=\"variable\"/></w:font>"
        );
    }
    out.push_str("</w:fonts>");
    out
}

pub(super) fn settings(layout: Layout) -> String {
    // Odd page numbers at the right, even ones at the left: only in the official layout.
    let sides = if layout == Layout::Official {
        "<w:evenAndOddHeaders/>"
    } else {
        ""
    };
    format!(
        "{HEAD}<w:settings {NAMESPACE}>{sides}<w:characterSpacingControl w:val=\"compressPunctuation\"/>\
         <w:compat><w:compatSetting w:name=\"compatibilityMode\" \
         w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>"
    )
}

/// Which pages a foot is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Odd,
    Even,
}

pub(super) fn footer(paper: &Paper, side: Side) -> String {
    let foot = paper.foot.as_deref().unwrap_or_default();
    let content = if paper.layout == Layout::Official {
        let place = if side == Side::Odd { "right" } else { "left" };
        let properties =
            format!("<w:ind w:left=\"280\" w:right=\"280\"/><w:jc w:val=\"{place}\"/>");
        let number = run("", "— ") + &field("PAGE") + &run("", " —");
        let line = if foot.is_empty() {
            String::new()
        } else {
            paragraph("Foot", "<w:jc w:val=\"center\"/>", &run("", foot))
        };
        paragraph("PageNumber", &properties, &number) + &line
    } else {
        let end = twips(paper.layout.text_width());
        let tab = format!("<w:tabs><w:tab w:val=\"right\" w:pos=\"{end}\"/></w:tabs>");
        let pages = run("", "第") + &field("PAGE") + &run("", "页　共") + &field("NUMPAGES");
        paragraph(
            "Foot",
            &tab,
            &(run("", foot) + "<w:r><w:tab/></w:r>" + &pages + &run("", "页")),
        )
    };
    format!("{HEAD}<w:ftr {NAMESPACE}>{content}</w:ftr>")
}
