//! Small pieces of WordprocessingML.

/// Twentieths of a point, the unit of Word's lengths.
pub(super) fn twips(mm: f64) -> i64 {
    rounded(mm * 1440.0 / 25.4)
}

/// Points in twentieths.
pub(super) fn point_twips(points: f64) -> i64 {
    rounded(points * 20.0)
}

/// Points in halves, the unit of Word's type sizes.
pub(super) fn half_points(points: f64) -> i64 {
    rounded(points * 2.0)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "lengths on a page are far below the limit"
)]
fn rounded(value: f64) -> i64 {
    value.round() as i64
}

/// Text with the signs XML reserves written as entities.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            other => out.push(other),
        }
    }
    out
}

/// A run of text with run properties; line breaks and tabs become Word's.
pub(super) fn run(properties: &str, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let mut out = format!("<w:r><w:rPr>{properties}</w:rPr>");
    for (index, line) in text.replace('\r', "").split('\n').enumerate() {
        if index > 0 {
            out.push_str("<w:br/>");
        }
        for (index, piece) in line.split('\t').enumerate() {
            if index > 0 {
                out.push_str("<w:tab/>");
            }
            out.push_str("<w:t xml:space=\"preserve\">");
            out.push_str(&escaped(piece));
            out.push_str("</w:t>");
        }
    }
    out.push_str("</w:r>");
    out
}

/// A paragraph in a style, with further paragraph properties and runs.
pub(super) fn paragraph(style: &str, properties: &str, runs: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{properties}</w:pPr>{runs}</w:p>\n")
}

/// A complex field such as the page number: WPS drops the short form.
pub(super) fn field(instruction: &str) -> String {
    format!(
        "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>\
         <w:r><w:instrText xml:space=\"preserve\"> {instruction} </w:instrText></w:r>\
         <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r>\
         <w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
    )
}
