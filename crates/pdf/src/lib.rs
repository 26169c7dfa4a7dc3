//! Typst source to PDF/A bytes. A crate of its own because Typst is slow to build.
//!
//! A compilation sees its one source text and the fonts, no files, no packages, no clock. What stands in the source
//! is the business of `pingyi-documents`.

mod fonts;
mod world;

pub use fonts::Fonts;

use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use world::SourceWorld;

/// Why a document could not be typeset.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PdfError {
    /// Characters that no font can draw.
    #[error("字库中没有这些字：{0}")]
    MissingGlyphs(String),
    /// The configured folder of fonts cannot be read.
    #[error("无法读取字体目录：{0}")]
    FontFolder(#[from] std::io::Error),
    /// Typst refused the source or the export.
    #[error("{0}")]
    Typesetting(String),
}

/// Compiles `source` with the embedded fonts.
pub fn compile(source: &str) -> Result<Vec<u8>, PdfError> {
    Fonts::embedded().compile(source)
}

impl Fonts {
    /// Compiles `source` with these fonts.
    pub fn compile(&self, source: &str) -> Result<Vec<u8>, PdfError> {
        let missing = self.missing(source);
        if !missing.is_empty() {
            return Err(PdfError::MissingGlyphs(missing));
        }
        let world = SourceWorld::new(self, source);
        let Warned { output, .. } = typst::compile::<PagedDocument>(&world);
        let written = output
            .and_then(|document| typst_pdf::pdf(&document, &options()?))
            .map_err(|errors| PdfError::Typesetting(describe(&errors)));
        // Typst remembers every intermediate result for the next compilation of the same document. There is none.
        typst::comemo::evict(0);
        written
    }
}

/// PDF/A-2u: for keeping, with searchable text.
fn options() -> Result<PdfOptions, typst::ecow::EcoVec<SourceDiagnostic>> {
    let standards = PdfStandards::new(&[PdfStandard::A_2u]).map_err(|hinted| {
        typst::ecow::eco_vec![SourceDiagnostic::error(
            typst::syntax::Span::detached(),
            hinted.message().clone()
        )]
    })?;
    Ok(PdfOptions {
        creator: Smart::Custom(Some("pingyi".into())),
        standards,
        ..PdfOptions::default()
    })
}

fn describe(errors: &[SourceDiagnostic]) -> String {
    let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    messages.join("; ")
}
