//! One member of the container: a 512-byte tar header, a body, zeros up to the next 512.
//!
//! Written here and not by a tar library: the format is a strict subset of V7 tar in which every
//! byte of a header follows from name, size and time (belenios-format.md §3). So a header is read
//! by writing it again and comparing all bytes; what a library would read tolerantly (ustar,
//! links, base-256 sizes, bits in the fill) never gets through.

use super::error::MemberFault;
use crate::hash::Digest;

/// Headers and bodies begin at multiples of this.
pub(super) const BLOCK: usize = 512;

/// The largest number in eleven octal digits.
pub(super) const LARGEST: u64 = 0o777_7777_7777;

/// The three forms of name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    Header,
    Data(Digest),
    Event(Digest),
}

/// All that a tar header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    pub name: Name,
    pub size: u64,
    pub time: u64,
}

impl Name {
    fn text(self) -> String {
        match self {
            Self::Header => "BELENIOS".to_owned(),
            Self::Data(digest) => format!("{digest}.data.json"),
            Self::Event(digest) => format!("{digest}.event.json"),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        if text == "BELENIOS" {
            return Some(Self::Header);
        }
        let (hash, kind) = text.split_once('.')?;
        let digest = Digest::from_hex(hash)?;
        match kind {
            "data.json" => Some(Self::Data(digest)),
            "event.json" => Some(Self::Event(digest)),
            _ => None,
        }
    }
}

impl Head {
    /// The 512 bytes; none if size or time need more than eleven octal digits.
    pub(super) fn encode(self) -> Option<[u8; BLOCK]> {
        if self.size > LARGEST || self.time > LARGEST {
            return None;
        }
        let mut block = [0; BLOCK];
        let mut put = |at: usize, text: &str| {
            block[at..at + text.len()].copy_from_slice(text.as_bytes());
        };
        put(0, &self.name.text());
        put(100, "0000644");
        put(108, "0000000");
        put(116, "0000000");
        put(124, &format!("{:011o}", self.size));
        put(136, &format!("{:011o}", self.time));
        put(148, "        ");
        put(156, "0");
        // the sum is taken with eight spaces in its own place
        let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
        block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        Some(block)
    }

    /// What a header says, if all its bytes are what they must be.
    pub(super) fn decode(block: &[u8; BLOCK]) -> Result<Self, MemberFault> {
        if *block == [0; BLOCK] {
            return Err(MemberFault::ZeroBlock);
        }
        if block[257..].starts_with(b"ustar") {
            return Err(MemberFault::Ustar);
        }
        let name = name(&block[..100])?;
        let size = octal(&block[124..135]).ok_or(MemberFault::Size)?;
        let time = octal(&block[136..147]).ok_or(MemberFault::Time)?;
        let head = Self { name, size, time };
        // eleven octal digits were read, so the header can be written again
        let again = head.encode().ok_or(MemberFault::Size)?;
        if *block == again {
            return Ok(head);
        }
        let differs = block
            .iter()
            .zip(again)
            .position(|(found, expected)| *found != expected);
        Err(MemberFault::Header {
            byte: differs.unwrap_or_default(),
        })
    }
}

fn name(field: &[u8]) -> Result<Name, MemberFault> {
    let text = field.split(|byte| *byte == 0).next().unwrap_or(field);
    let name = str::from_utf8(text).ok().and_then(Name::parse);
    name.ok_or_else(|| MemberFault::Name {
        found: String::from_utf8_lossy(text).into_owned(),
    })
}

fn octal(digits: &[u8]) -> Option<u64> {
    let digit = |byte: &u8| byte.checked_sub(b'0').filter(|value| *value < 8);
    digits
        .iter()
        .try_fold(0, |number, byte| Some(number * 8 + u64::from(digit(byte)?)))
}

/// Number of zeros after a body of this size; nothing if it is a multiple of 512.
pub(super) const fn fill(size: u64) -> u64 {
    (BLOCK as u64 - size % BLOCK as u64) % BLOCK as u64
}

/// Whether the fill after a body is as it must be.
pub(super) fn is_fill(bytes: &[u8]) -> bool {
    [0; BLOCK].starts_with(bytes)
}

/// Adds a whole member; says false, and adds nothing, if it does not fit the container.
pub(super) fn push(out: &mut Vec<u8>, name: Name, body: &[u8], time: u64) -> bool {
    let size = body.len() as u64;
    let Some(block) = (Head { name, size, time }).encode() else {
        return false;
    };
    out.extend_from_slice(&block);
    out.extend_from_slice(body);
    out.resize(out.len().next_multiple_of(BLOCK), 0);
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head() -> Head {
        Head {
            name: Name::Data(Digest::of(b"")),
            size: 0o17,
            time: 1_795_431_321,
        }
    }

    #[test]
    fn a_header_is_laid_out_as_the_format_says() {
        let block = head().encode().unwrap();
        assert_eq!(
            &block[..74],
            format!("{}.data.json", Digest::of(b"")).as_bytes()
        );
        assert_eq!(&block[74..100], [0; 26]);
        assert_eq!(&block[100..124], b"0000644\x000000000\x000000000\x00");
        assert_eq!(&block[124..148], b"00000000017\x0015301015631\x00");
        assert_eq!(&block[154..157], b"\0 0");
        assert!(block[157..].iter().all(|byte| *byte == 0));
        let others = block
            .iter()
            .enumerate()
            .filter(|(at, _)| !(148..156).contains(at));
        let sum = others.map(|(_, byte)| u64::from(*byte)).sum::<u64>() + 8 * 32;
        assert_eq!(octal(&block[148..154]), Some(sum));
        assert_eq!(Head::decode(&block), Ok(head()));
    }

    #[test]
    fn every_single_changed_bit_of_a_header_is_noticed() {
        let block = head().encode().unwrap();
        for byte in 0..BLOCK {
            for bit in 0..8 {
                let mut changed = block;
                changed[byte] ^= 1 << bit;
                assert!(Head::decode(&changed).is_err(), "bit {bit} of byte {byte}");
            }
        }
    }

    #[test]
    fn other_forms_of_tar_are_refused_even_with_a_right_checksum() {
        let change = |at: usize, text: &[u8]| {
            let mut block = head().encode().unwrap();
            block[at..at + text.len()].copy_from_slice(text);
            block[148..156].fill(b' ');
            let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
            block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
            Head::decode(&block)
        };
        assert_eq!(change(257, b"ustar\x0000"), Err(MemberFault::Ustar));
        assert_eq!(change(257, b"ustar  \0"), Err(MemberFault::Ustar));
        assert_eq!(change(124, b"\x80"), Err(MemberFault::Size));
        assert_eq!(change(124, b"          7"), Err(MemberFault::Size));
        assert_eq!(change(136, b"-"), Err(MemberFault::Time));
        assert!(matches!(change(0, b"../"), Err(MemberFault::Name { .. })));
        assert!(matches!(change(0, b"\xff"), Err(MemberFault::Name { .. })));
        // another mode, a link, a link's target, junk in the fill: the sum differs or the byte does
        for (at, text) in [
            (100, b"0000755"),
            (156, b"2\0\0\0\0\0\0"),
            (157, b"/target"),
        ] {
            assert!(
                matches!(change(at, text), Err(MemberFault::Header { .. })),
                "byte {at}"
            );
        }
        assert!(matches!(change(511, b"x"), Err(MemberFault::Header { .. })));
        assert_eq!(Head::decode(&[0; BLOCK]), Err(MemberFault::ZeroBlock));
    }

    #[test]
    fn only_three_forms_of_name_exist() {
        let hash = Digest::of(b"");
        for name in [Name::Header, Name::Data(hash), Name::Event(hash)] {
            assert_eq!(Name::parse(&name.text()), Some(name));
        }
        let upper = format!("{}.data.json", hash.to_hex().to_uppercase());
        let longer = format!("{hash}.data.json.gz");
        for text in ["", "belenios", "BELENIOS.", "x.data.json", &upper, &longer] {
            assert_eq!(Name::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_body_is_filled_up_to_a_whole_block() {
        for (size, expected) in [(0, 0), (1, 511), (511, 1), (512, 0), (513, 511)] {
            assert_eq!(fill(size), expected);
            let mut out = Vec::new();
            let body = vec![b'x'; usize::try_from(size).unwrap()];
            assert!(push(&mut out, Name::Header, &body, 0));
            assert_eq!(out.len() as u64, 512 + size + expected);
        }
    }

    #[test]
    fn what_needs_more_than_eleven_digits_is_not_written() {
        assert!(
            Head {
                size: LARGEST,
                time: LARGEST,
                ..head()
            }
            .encode()
            .is_some()
        );
        assert!(
            Head {
                size: LARGEST + 1,
                ..head()
            }
            .encode()
            .is_none()
        );
        assert!(
            Head {
                time: LARGEST + 1,
                ..head()
            }
            .encode()
            .is_none()
        );
    }
}
