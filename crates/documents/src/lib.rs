//! Papers that leave the house, and spreadsheets that come in.
//!
//! Every form is a typed input under [`forms`]; its `paper()` says once what stands on the paper, and [`render`]
//! writes that as PDF, Word or spreadsheet. Nothing here reads a clock, a file or a database.

pub mod forms;
pub mod paper;
pub mod sheet;

mod docx;
mod grid;
mod pdf;
mod text;
mod xlsx;

use paper::Paper;

pub use pingyi_pdf::Fonts;

/// File formats a paper can leave in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// PDF/A, for printing and keeping.
    Pdf,
    /// Word, for editing before it is filed.
    Docx,
    /// Spreadsheet, for copying figures elsewhere.
    Xlsx,
}

impl Format {
    /// All formats, in the order pages offer them.
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Docx, Self::Xlsx];

    /// File name extension without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
        }
    }

    /// Value of the `Content-Type` header.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// The format with this file name extension.
    pub fn from_extension(extension: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|format| format.extension() == extension)
    }
}

/// Why a paper could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DocumentError {
    /// Invisible control characters, which Word and spreadsheets reject or swallow.
    #[error("文中含有不可打印的控制字符（{code}），在“{near}”附近，请删去后重试")]
    ControlCharacter {
        /// `U+0007`.
        code: String,
        /// The text around it, without control characters.
        near: String,
    },
    /// Characters none of the fonts can draw.
    #[error("字库中没有这些字：{0}。请改用 Word 或表格格式，或由管理员配置含有这些字的字体")]
    MissingGlyphs(String),
    /// Typesetting failed for another reason, which is a defect of ours.
    #[error("排版失败：{0}")]
    Pdf(String),
    /// Writing the Word package failed.
    #[error("生成 Word 文件失败：{0}")]
    Docx(#[from] zip::result::ZipError),
    /// Writing the spreadsheet failed.
    #[error("生成表格文件失败：{0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
}

impl From<pingyi_pdf::PdfError> for DocumentError {
    fn from(error: pingyi_pdf::PdfError) -> Self {
        match error {
            pingyi_pdf::PdfError::MissingGlyphs(characters) => Self::MissingGlyphs(characters),
            other => Self::Pdf(other.to_string()),
        }
    }
}

/// Writes `paper` in `format` with the fonts in the program.
pub fn render(paper: &Paper, format: Format) -> Result<Vec<u8>, DocumentError> {
    render_with(paper, format, Fonts::embedded())
}

/// Writes `paper` in `format`; a PDF is set in the office's own `fonts`.
pub fn render_with(paper: &Paper, format: Format, fonts: &Fonts) -> Result<Vec<u8>, DocumentError> {
    text::refuse_control_characters(paper)?;
    match format {
        Format::Pdf => pdf::render(paper, fonts),
        Format::Docx => docx::render(paper),
        Format::Xlsx => xlsx::render(paper),
    }
}
