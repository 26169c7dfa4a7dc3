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
    faces: Vec<Font>,
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
            let extension = path.extension().map(std::ffi::OsStr::to_ascii_lowercase);
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
            faces: fonts,
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
        self.faces.get(index).cloned()
    }
}

fn embedded() -> impl Iterator<Item = Font> {
    EMBEDDED
        .into_iter()
        .flat_map(|data| Font::iter(Bytes::new(data)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All families in `prelude.typ` of pingyi-documents end with these two. What the others draw, they must draw
    /// too, or a character could pass the check and then be missing from the family chosen for it.
    #[test]
    fn the_last_two_families_draw_everything() {
        let fonts = Fonts::embedded();
        let last: HashSet<u32> = fonts
            .faces
            .iter()
            .filter(|font| ["FandolFang R", "Pingyi Song"].contains(&font.info().family.as_str()))
            .flat_map(|font| font.info().coverage.iter())
            .collect();
        let only_elsewhere: String = fonts
            .drawable
            .difference(&last)
            .filter_map(|code| char::from_u32(*code))
            .collect();
        assert_eq!(only_elsewhere, "");
    }

    #[test]
    fn common_and_rare_characters_can_be_drawn() {
        assert_eq!(
            Fonts::embedded().missing("一般〔2015〕★√□—“”·①㎡ABC𠮷䶮喆玥㛃㼆鿍"),
            ""
        );
        let basic: String = ('\u{4E00}'..='\u{9FA5}')
            .chain('\u{3400}'..='\u{4DB5}')
            .collect();
        assert_eq!(Fonts::embedded().missing(&basic), "");
    }

    #[test]
    fn missing_characters_are_named_once() {
        assert_eq!(
            Fonts::embedded().missing("王\u{E000}小\u{E000}明\n"),
            "\u{E000}"
        );
    }

    #[test]
    fn a_folder_with_other_files_adds_nothing_and_a_missing_folder_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("readme.txt"), "x").unwrap();
        std::fs::write(folder.path().join("broken.ttf"), "x").unwrap();
        let fonts = Fonts::with_folder(folder.path()).unwrap();
        assert_eq!(fonts.faces.len(), EMBEDDED.len());
        assert!(Fonts::with_folder(&folder.path().join("none")).is_err());
    }
}
