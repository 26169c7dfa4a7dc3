//! What a compilation gives and what it may not reach.

use pingyi_pdf::{PdfError, compile};

const DATE: &str = "#set document(date: datetime(year: 2015, month: 9, day: 30))\n";

#[test]
fn a_source_becomes_an_archival_pdf() {
    let bytes = compile(&format!(
        "{DATE}#set text(font: \"FandolFang R\")\n民主评议"
    ))
    .unwrap();
    assert!(bytes.starts_with(b"%PDF-1.7"));
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.contains("pdfaid:part>2<"), "no PDF/A mark");
}

#[test]
fn a_missing_glyph_is_an_error_that_names_it() {
    let error = compile(&format!("{DATE}王\u{F0000}")).unwrap_err();
    assert!(matches!(error, PdfError::MissingGlyphs(characters) if characters == "\u{F0000}"));
}

#[test]
fn files_and_packages_are_out_of_reach() {
    for reach in [
        "#read(\"/etc/passwd\")",
        "#include \"other.typ\"",
        "#import \"@preview/x:0.1.0\": *",
    ] {
        let error = compile(&format!("{DATE}{reach}")).unwrap_err();
        assert!(matches!(error, PdfError::Typesetting(_)), "{reach}");
    }
}

#[test]
fn mistakes_in_the_source_are_errors() {
    assert!(matches!(
        compile("#nothing-of-this-name"),
        Err(PdfError::Typesetting(_))
    ));
}
