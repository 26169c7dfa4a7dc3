//! `word/styles.xml`: every paragraph has a named style, so that an office can change all of a kind at once.

use super::parts::{FANG, HEAD, HEI, KAI, NAMESPACE, SONG, TITLE};
use super::xml::{half_points, point_twips};
use crate::paper::Layout;

const CENTRED: &str = "<w:jc w:val=\"center\"/>";
const LEFT: &str = "<w:jc w:val=\"left\"/>";
const OFF_GRID: &str = "<w:snapToGrid w:val=\"0\"/>";
const SINGLE: &str = "<w:spacing w:line=\"240\" w:lineRule=\"auto\"/>";

/// 3号 is 16 pt in Word, and 28 such characters are wider than 156 mm: each gives up a quarter of a point. The grid's
/// own `charSpace` would do the same, but LibreOffice then gives every character two places.
const CLOSER: &str = "<w:spacing w:val=\"-5\"/>";

struct Style {
    id: &'static str,
    name: &'static str,
    paragraph: String,
    font: &'static str,
    size: f64,
}

pub(super) fn styles(layout: Layout) -> String {
    let body = body_size(layout);
    let mut out = format!(
        "{HEAD}<w:styles {NAMESPACE}><w:docDefaults><w:rPrDefault><w:rPr>{}<w:sz w:val=\"{}\"/>\
         <w:lang w:val=\"zh-CN\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault></w:docDefaults>",
        fonts(FANG),
        half_points(body)
    );
    let all = text_styles(layout)
        .into_iter()
        .chain(form_styles(layout))
        .chain(page_styles());
    for style in all {
        out.push_str(&written(&style, layout));
    }
    out.push_str("</w:styles>");
    out
}

fn body_size(layout: Layout) -> f64 {
    if layout == Layout::Official {
        16.0
    } else {
        layout.sizes().body
    }
}

fn text_styles(layout: Layout) -> Vec<Style> {
    let sizes = layout.sizes();
    let body = body_size(layout);
    // No automatic gaps between figures and Chinese characters: they break the 28 characters of a line.
    let normal = format!(
        "<w:autoSpaceDE w:val=\"0\"/><w:autoSpaceDN w:val=\"0\"/>{}<w:jc w:val=\"both\"/>",
        exact(sizes.pitch)
    );
    let indent = format!(
        "<w:ind w:firstLineChars=\"200\" w:firstLine=\"{}\"/>",
        point_twips(2.0 * body)
    );
    let title = format!(
        "{OFF_GRID}<w:spacing w:before=\"0\" w:after=\"{}\" w:line=\"{}\" \
         w:lineRule=\"exact\"/>{CENTRED}",
        if layout == Layout::Official { 579 } else { 120 },
        point_twips(1.45 * sizes.title)
    );
    let heading = |level| format!("<w:keepNext/>{indent}<w:outlineLvl w:val=\"{level}\"/>");
    let style = |id, name, paragraph: String, font| Style {
        id,
        name,
        paragraph,
        font,
        size: body,
    };
    vec![
        style("Normal", "Normal", normal, FANG),
        style("Body", "正文缩进", indent.clone(), FANG),
        style("Flush", "正文顶格", String::new(), FANG),
        style("Heading1", "heading 1", heading(0), HEI),
        style("Heading2", "heading 2", heading(1), KAI),
        style("Centre", "居中", CENTRED.into(), KAI),
        style("Label", "附件标识", LEFT.into(), HEI),
        style(
            "Issuer",
            "发文机关标志",
            format!("{SINGLE}{CENTRED}"),
            TITLE,
        ),
        Style {
            size: sizes.title,
            ..style("Title", "Title", title, TITLE)
        },
    ]
}

fn form_styles(layout: Layout) -> Vec<Style> {
    let sizes = layout.sizes();
    let body = body_size(layout);
    let line = |factor: f64, size: f64| format!("{OFF_GRID}{}", exact(factor * size));
    let style = |id, name, paragraph: String, font, size| Style {
        id,
        name,
        paragraph,
        font,
        size,
    };
    let fields = format!("<w:spacing w:after=\"60\"/>{LEFT}");
    let signature = format!("{}{LEFT}", exact(2.0 * body));
    vec![
        style("Fields", "表头栏", fields, FANG, body),
        style("Signature", "签名栏", signature, FANG, body),
        style(
            "TableHead",
            "表格标题",
            line(1.3, sizes.table) + CENTRED,
            HEI,
            sizes.table,
        ),
        style(
            "TableText",
            "表格文字",
            line(1.3, sizes.table),
            FANG,
            sizes.table,
        ),
        style("Note", "表注", line(1.5, sizes.note), FANG, sizes.note),
    ]
}

fn page_styles() -> Vec<Style> {
    let style = |id, name, paragraph: String, font, size| Style {
        id,
        name,
        paragraph,
        font,
        size,
    };
    vec![
        style(
            "Tight",
            "红线",
            format!("{OFF_GRID}{}", exact(14.0)),
            FANG,
            10.5,
        ),
        style("PageNumber", "页码", SINGLE.into(), SONG, 14.0),
        style("Foot", "页脚", format!("{OFF_GRID}{SINGLE}"), FANG, 9.0),
    ]
}

fn exact(points: f64) -> String {
    format!(
        "<w:spacing w:line=\"{}\" w:lineRule=\"exact\"/>",
        point_twips(points)
    )
}

fn written(style: &Style, layout: Layout) -> String {
    let Style {
        id,
        name,
        paragraph,
        font,
        size,
    } = style;
    let (kind, based) = if *id == "Normal" {
        (" w:default=\"1\"", "")
    } else {
        ("", "<w:basedOn w:val=\"Normal\"/>")
    };
    let of_text = matches!(*id, "Body" | "Flush" | "Heading1" | "Heading2");
    let closer = if layout == Layout::Official && of_text {
        CLOSER
    } else {
        ""
    };
    format!(
        "<w:style w:type=\"paragraph\"{kind} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{based}\
         <w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{}{closer}<w:sz w:val=\"{}\"/></w:rPr>\
         </w:style>\n",
        fonts(font),
        half_points(*size)
    )
}

fn fonts(name: &str) -> String {
    format!(
        "<w:rFonts w:ascii=\"{name}\" w:hAnsi=\"{name}\" w:eastAsia=\"{name}\" w:cs=\"{name}\"/>"
    )
}
