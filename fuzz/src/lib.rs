//! What the fuzz targets share: known answers, and edits that keep a text readable.
//!
//! Bytes turned over blindly hardly ever pass the JSON reader. So every target reads its input
//! in two ways: as the text itself, or (first byte [`EDITS`]) as a list of edits of a valid text.

use serde_json::Value;

/// First byte of an input that is a list of edits.
pub const EDITS: u8 = 0xff;

/// Texts that have a place of their own in one of the checks.
const SPECIAL: [&str; 10] = [
    "",
    "0",
    "1",
    // the orders of both groups, and one less
    "7237005577332262213973186563042994240857116359379907606001950938285454250989",
    "7237005577332262213973186563042994240857116359379907606001950938285454250988",
    "78571733251071885079927659812671450121821421258408794611510081919805623223441",
    // 1, a point of order 8, one of order 4, and 1 in its second spelling
    "0000000000000000000000000000000000000000000000000000000000000001",
    "7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd83d3d706a17c7",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffee",
];

/// The known answers for group `Ed25519`.
pub fn known() -> Value {
    let text = include_str!("../../crates/ballot/tests/data/vectors-ed25519.json");
    serde_json::from_str(text).expect("the known answers are JSON")
}

/// A text among the known answers.
pub fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

/// The text with the edits of `list` (seven bytes each) made to the strings between its quotes.
pub fn edited(base: &str, list: &[u8]) -> String {
    let mut pieces: Vec<String> = base.split('"').map(str::to_owned).collect();
    for edit in list.as_chunks::<7>().0 {
        if pieces.is_empty() {
            break;
        }
        let place = |at: usize| usize::from(u16::from_be_bytes([edit[at], edit[at + 1]]));
        let (first, second) = (place(1) % pieces.len(), place(3) % pieces.len());
        let other = pieces[second].clone();
        let piece = &mut pieces[first];
        let at = place(3) % (piece.len() + 1);
        let character = char::from(edit[6] & 0x7f);
        match edit[0] % 8 {
            0 => *piece = other,
            1 => pieces.swap(first, second),
            2 => SPECIAL[usize::from(edit[6]) % SPECIAL.len()].clone_into(piece),
            3 if piece.is_char_boundary(at) => piece.insert(at, character),
            4 if piece.is_char_boundary(at) && at < piece.len() => drop(piece.remove(at)),
            5 => drop(pieces.remove(first)),
            6 => pieces.insert(first, other),
            _ if piece.is_char_boundary(at) && piece.is_char_boundary(at + 1) => {
                // a digit stays a digit, so that the text stays readable
                let digit = char::from(b"0123456789abcdef"[usize::from(edit[6] % 16)]);
                piece.replace_range(at..at + 1, digit.encode_utf8(&mut [0; 4]));
            }
            _ => {}
        }
    }
    pieces.join("\"")
}

/// The input as a text: itself, or a valid text with edits.
pub fn input<'a>(bases: &[&'a str], data: &[u8]) -> Option<(&'a str, String)> {
    match data {
        [EDITS, which, list @ ..] => {
            let base = bases[usize::from(*which) % bases.len()];
            Some((base, edited(base, list)))
        }
        _ => Some(("", str::from_utf8(data).ok()?.to_owned())),
    }
}
