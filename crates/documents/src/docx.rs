//! [`Paper`] to a Word package, written part by part so that the geometry of GB/T 9704 is exact.

mod body;
mod parts;
mod styles;
mod table;
mod xml;

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::DocumentError;
use crate::paper::Paper;

pub(crate) fn render(paper: &Paper) -> Result<Vec<u8>, DocumentError> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    // No time stamps: the same paper gives the same bytes.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    for (name, content) in [
        ("[Content_Types].xml", parts::CONTENT_TYPES.to_owned()),
        ("_rels/.rels", parts::PACKAGE_RELATIONS.to_owned()),
        ("docProps/core.xml", parts::core_properties(paper)),
        ("word/document.xml", body::document(paper)),
        (
            "word/_rels/document.xml.rels",
            parts::DOCUMENT_RELATIONS.to_owned(),
        ),
        ("word/styles.xml", styles::styles(paper.layout)),
        ("word/fontTable.xml", parts::font_table()),
        ("word/settings.xml", parts::settings(paper.layout)),
        ("word/footer1.xml", parts::footer(paper, parts::Side::Odd)),
        ("word/footer2.xml", parts::footer(paper, parts::Side::Even)),
    ] {
        package.start_file(name, options)?;
        package
            .write_all(content.as_bytes())
            .map_err(zip::result::ZipError::Io)?;
    }
    Ok(package.finish()?.into_inner())
}
