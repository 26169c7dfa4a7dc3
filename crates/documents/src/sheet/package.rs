//! Looks into a zip package before the spreadsheet reader does: is it a workbook, and does it
//! unpack to a reasonable size? Sizes in a zip's directory can lie, so parts are unpacked and counted.

use std::io::{self, Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::SheetError;

/// Unpacked bytes of all parts; rosters of 22,000 members stay below thirty million.
const MAX_UNPACKED: u64 = 400 * 1024 * 1024;
const MAX_PARTS: usize = 10_000;

/// Whether the package may be handed to the spreadsheet reader.
pub(super) fn check(bytes: &[u8]) -> Result<(), SheetError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| SheetError::Corrupt)?;
    if archive.len() > MAX_PARTS {
        return Err(SheetError::Bomb);
    }
    let names: Vec<String> = archive
        .file_names()
        .map(|name| name.unwrap_or_default().replace('\\', "/").to_lowercase())
        .collect();
    kind(&names)?;
    let mut left = MAX_UNPACKED;
    // Pictures and other media are never unpacked later.
    let parts = names.iter().enumerate().filter(|(_, name)| is_xml(name));
    for (at, _) in parts {
        let part = archive.by_index(at).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => SheetError::Encrypted,
            _ => SheetError::Corrupt,
        })?;
        left = left
            .checked_sub(unpacked(part, left)?)
            .ok_or(SheetError::Bomb)?;
    }
    Ok(())
}

/// Unpacks a part without keeping it, at most one byte more than `left`; returns its size.
fn unpacked(part: impl Read, left: u64) -> Result<u64, SheetError> {
    let mut part = part.take(left + 1);
    let mut start = Vec::new();
    part.by_ref()
        .take(4096)
        .read_to_end(&mut start)
        .map_err(|_| SheetError::Corrupt)?;
    let rest = io::copy(&mut part, &mut io::sink()).map_err(|_| SheetError::Corrupt)?;
    let size = u64::try_from(start.len()).map_err(|_| SheetError::Bomb)? + rest;
    if promises_too_many_strings(&start, size) {
        return Err(SheetError::Corrupt);
    }
    Ok(size)
}

fn is_xml(name: &str) -> bool {
    let name = name.to_lowercase();
    [".xml", ".rels", ".vml"]
        .iter()
        .any(|end| name.ends_with(end))
}

/// What the package is, by its parts.
fn kind(names: &[String]) -> Result<(), SheetError> {
    let has = |part: &str| names.iter().any(|name| name.starts_with(part));
    if names.iter().any(|name| name.ends_with("workbook.xml")) {
        return Ok(());
    }
    Err(if has("word/") {
        SheetError::NotASheet("Word 文档")
    } else if has("ppt/") {
        SheetError::NotASheet("演示文稿")
    } else if has("xl/workbook.bin") {
        SheetError::OtherFormat(" .xlsb ")
    } else if has("content.xml") {
        SheetError::OtherFormat(" OpenDocument ")
    } else if has("index/") {
        SheetError::OtherFormat(" Numbers ")
    } else {
        SheetError::NotASheet("压缩包")
    })
}

/// The reader sets memory aside for `uniqueCount` strings before it has seen one; each takes at
/// least the five bytes of `<si/>`.
fn promises_too_many_strings(start: &[u8], size: u64) -> bool {
    let text = String::from_utf8_lossy(start);
    let Some(root) = root_element(&text) else {
        // Thousands of bytes before the root are nothing an office program writes.
        return size > 4096;
    };
    let name = root.split([' ', '\t', '\r', '\n', '/']).next();
    // Some programs write prefixes: `<x:sst`.
    let local = name.and_then(|name| name.rsplit(':').next());
    if local != Some("sst") {
        return false;
    }
    let Some(count) = root.split("uniqueCount").nth(1) else {
        return false;
    };
    let digits: String = count
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    digits
        .parse::<u64>()
        .map_or(!digits.is_empty(), |count| count > size / 5 + 1)
}

/// What stands between the brackets of the first element.
fn root_element(text: &str) -> Option<&str> {
    let mut elements = text.split('<').skip(1);
    let root = elements.find(|element| !element.starts_with(['?', '!']))?;
    root.split_once('>').map(|(inside, _)| inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unpacking_stops_just_above_the_limit() {
        let endless = b"<a>".chain(io::repeat(b' '));
        assert_eq!(unpacked(endless, 10_000), Ok(10_001));
        assert_eq!(unpacked(&b"<a/>"[..], 10_000), Ok(4));
    }

    #[test]
    fn promised_strings_are_compared_with_the_size() {
        let honest = br#"<?xml version="1.0"?><sst count="3" uniqueCount="2"><si/><si/></sst>"#;
        assert!(!promises_too_many_strings(honest, 68));
        for lying in [
            &br#"<sst uniqueCount="4000000000"></sst>"#[..],
            br#"<x:sst xmlns:x="u" uniqueCount = '99999999999999999999999'>"#,
        ] {
            assert!(promises_too_many_strings(lying, 60));
        }
        assert!(promises_too_many_strings(&[b' '; 4096], 5_000));
        for other in [
            &b"<worksheet/>"[..],
            b"<w>:sst uniqueCount=\"9999\"",
            b"",
            b"<x:sst>",
        ] {
            assert!(!promises_too_many_strings(other, 12));
        }
    }
}
