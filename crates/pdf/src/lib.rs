//! Typst, kept apart because it is slow to build.

/// Why a document could not be typeset.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PdfError {
    /// Characters that no font can draw.
    #[error("字库中没有这些字：{0}")]
    MissingGlyphs(String),
    /// Typst refused the source or the export.
    #[error("{0}")]
    Typesetting(String),
}
