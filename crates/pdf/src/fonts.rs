//! The fonts a document may use, and which characters they can draw.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;
use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

use crate::PdfError;

/// Fonts in the program itself; `fonts/README.md` says where they come from.
const EMBEDDED: [&[u8]; 5] = [
    include_bytes!("../fonts/FandolFang-Regular.otf"),
    include_bytes!("../fonts/FandolKai-Regular.otf"),
    include_bytes!("../fonts/NotoSansCJKsc-Bold.otf"),
    include_bytes!("../fonts/NotoSerifCJKsc-Bold.otf"),
    include_bytes!("../fonts/NotoSerifCJKsc-Regular.otf"),
];

static ONLY_EMBEDDED: LazyLock<Fonts> = LazyLock::new(|| Fonts::of(embedded().collect()));

/// A set of fonts, loaded once and shared by all compilations.
pub struct Fonts {
    fonts: Vec<Font>,
    book: LazyHash<FontBook>,
    drawable: HashSet<u32>,
}

impl Fonts {
    /// The fonts in the program.
    pub fn embedded() -> &'static Self {
        &ONLY_EMBEDDED
    }

    /// The office's own fonts from a folder, in front of the embedded ones. Files that are no fonts are passed over.
    pub fn with_folder(folder: &Path) -> Result<Self, PdfError> {
        let mut fonts = Vec::new();
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            let extension = path.extension().map(|text| text.to_ascii_lowercase());
            if extension.is_some_and(|text| text == "ttf" || text == "otf" || text == "ttc") {
                fonts.extend(Font::iter(Bytes::new(std::fs::read(&path)?)));
            }
        }
        fonts.extend(embedded());
        Ok(Self::of(fonts))
    }

    fn of(fonts: Vec<Font>) -> Self {
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        let drawable = fonts
            .iter()
            .flat_map(|font| font.info().coverage.iter())
            .collect();
        Self {
            fonts,
            book,
            drawable,
        }
    }

    /// Characters of `text` that none of the fonts can draw, each once; empty if there are none.
    pub fn missing(&self, text: &str) -> String {
        let used: BTreeSet<char> = text
            .chars()
            .filter(|character| !character.is_control())
            .collect();
        used.into_iter()
            .filter(|character| !self.drawable.contains(&u32::from(*character)))
            .collect()
    }

    pub(crate) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    pub(crate) fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }
}

fn embedded() -> impl Iterator<Item = Font> {
    EMBEDDED
        .into_iter()
        .flat_map(|data| Font::iter(Bytes::new(data)))
}
