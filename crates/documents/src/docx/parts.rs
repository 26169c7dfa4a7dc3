//! The parts of the package beside the text: styles, fonts, settings, feet.

use std::fmt::Write as _;

use super::xml::{escaped, field, half_points, paragraph, point_twips, run, twips};
use crate::paper::{Layout, Paper};

pub(super) const NAMESPACE: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

pub(super) const CONTENT_TYPES: &str = include_str!("content_types.xml");
pub(super) const PACKAGE_RELATIONS: &str = include_str!("package_relations.xml");
pub(super) const DOCUMENT_RELATIONS: &str = include_str!("document_relations.xml");

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

const FANG: &str = "仿宋_GB2312";
const KAI: &str = "楷体_GB2312";
const HEI: &str = "黑体";
const TITLE: &str = "方正小标宋简体";
const SONG: &str = "宋体";

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

pub(super) fn styles(layout: Layout) -> String {
    let sizes = layout.sizes();
    // The grid of the official layout is computed for Word's 16 pt.
    let body = if layout == Layout::Official {
        16.0
    } else {
        sizes.body
    };
    let pitch = format!(
        "<w:spacing w:line=\"{}\" w:lineRule=\"exact\"/>",
        point_twips(sizes.pitch)
    );
    let loose = |factor: f64, size: f64| {
        format!(
            "<w:spacing w:line=\"{}\" w:lineRule=\"exact\"/>",
            point_twips(factor * size)
        )
    };
    let indent = format!(
        "<w:ind w:firstLineChars=\"200\" w:firstLine=\"{}\"/>",
        point_twips(2.0 * body)
    );
    let after_title = format!(
        "<w:spacing w:before=\"0\" w:after=\"{}\" w:line=\"{}\" w:lineRule=\"exact\"/><w:jc w:val=\"center\"/>",
        if layout == Layout::Official { 579 } else { 160 },
        point_twips(1.45 * sizes.title)
    );
    let centred = "<w:jc w:val=\"center\"/>";
    let off_grid = "<w:snapToGrid w:val=\"0\"/>";
    let mut out = format!(
        "{HEAD}<w:styles {NAMESPACE}><w:docDefaults><w:rPrDefault><w:rPr>{}<w:sz w:val=\"{}\"/>\
         <w:lang w:val=\"zh-CN\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault></w:docDefaults>",
        fonts(FANG),
        half_points(body)
    );
    let keep = "<w:keepNext/>";
    for (id, name, paragraph, font, size) in [
        (
            "Normal",
            "Normal",
            format!("{pitch}<w:jc w:val=\"both\"/>"),
            FANG,
            body,
        ),
        ("Body", "正文缩进", indent.clone(), FANG, body),
        ("Flush", "正文顶格", String::new(), FANG, body),
        (
            "Fields",
            "表头栏",
            "<w:jc w:val=\"left\"/>".into(),
            FANG,
            body,
        ),
        (
            "Signature",
            "签名栏",
            format!("{}<w:jc w:val=\"left\"/>", loose(2.0, body)),
            FANG,
            body,
        ),
        (
            "Issuer",
            "发文机关标志",
            format!("<w:spacing w:line=\"240\" w:lineRule=\"auto\"/>{centred}"),
            TITLE,
            body,
        ),
        (
            "Title",
            "Title",
            format!("{off_grid}{after_title}"),
            TITLE,
            sizes.title,
        ),
        (
            "Heading1",
            "heading 1",
            format!("{keep}{indent}<w:outlineLvl w:val=\"0\"/>"),
            HEI,
            body,
        ),
        (
            "Heading2",
            "heading 2",
            format!("{keep}{indent}<w:outlineLvl w:val=\"1\"/>"),
            KAI,
            body,
        ),
        ("Centre", "居中", centred.into(), KAI, body),
        (
            "Label",
            "附件标识",
            "<w:jc w:val=\"left\"/>".into(),
            HEI,
            body,
        ),
        (
            "Note",
            "表注",
            format!("{off_grid}{}", loose(1.5, sizes.note)),
            FANG,
            sizes.note,
        ),
        (
            "TableHead",
            "表格标题",
            format!("{off_grid}{}{centred}", loose(1.3, sizes.table)),
            HEI,
            sizes.table,
        ),
        (
            "TableText",
            "表格文字",
            format!("{off_grid}{}", loose(1.3, sizes.table)),
            FANG,
            sizes.table,
        ),
        (
            "Tight",
            "红线",
            format!("{off_grid}<w:spacing w:line=\"280\" w:lineRule=\"exact\"/>"),
            FANG,
            10.5,
        ),
        (
            "PageNumber",
            "页码",
            "<w:spacing w:line=\"240\" w:lineRule=\"auto\"/>".into(),
            SONG,
            14.0,
        ),
        (
            "Foot",
            "页脚",
            format!("{off_grid}<w:spacing w:line=\"240\" w:lineRule=\"auto\"/>"),
            FANG,
            9.0,
        ),
    ] {
        out.push_str(&style(id, name, &paragraph, font, size));
    }
    out.push_str("</w:styles>");
    out
}

fn style(id: &str, name: &str, paragraph: &str, font: &str, size: f64) -> String {
    let (kind, based) = if id == "Normal" {
        (" w:default=\"1\"", "")
    } else {
        ("", "<w:basedOn w:val=\"Normal\"/>")
    };
    format!(
        "<w:style w:type=\"paragraph\"{kind} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{based}<w:qFormat/>\
         <w:pPr>{paragraph}</w:pPr><w:rPr>{}<w:sz w:val=\"{}\"/></w:rPr></w:style>\n",
        fonts(font),
        half_points(size)
    )
}

fn fonts(name: &str) -> String {
    format!(
        "<w:rFonts w:ascii=\"{name}\" w:hAnsi=\"{name}\" w:eastAsia=\"{name}\" w:cs=\"{name}\"/>"
    )
}
