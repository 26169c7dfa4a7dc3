//! Voting codes: what is printed on a slip, and the key pair that follows from it.
//!
//! The 3.0 form (22 digits of Base58, written 5-6-5-6) is made and read, the 2.0 form
//! (14 digits and a check digit, written in threes) is read only.
//! The code is a secret. Deriving its key is constant time in it; drawing, typing and checking its
//! digits is not, and happens on the device that prints or reads the slip.
//! Source: Belenios specification 4.8.

use pbkdf2::pbkdf2_hmac;
use rand_core::CryptoRng;
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::base58;
use crate::election::Uuid;
use crate::group::{Element, Group, Scalar};
use crate::hash::Digest;
use crate::proof::Proof;

/// Digits of a code of the 3.0 form.
const DIGITS: usize = 22;
/// How they are grouped.
const GROUPS: [usize; 4] = [5, 6, 5, 6];
/// Digits of a code of the 2.0 form, with its check digit.
const OLD_DIGITS: usize = 15;
/// Rounds of key derivation of the 2.0 form.
const OLD_ROUNDS: u32 = 1000;
/// The value and the check digit of the 2.0 form add up to a multiple of this.
const OLD_MODULUS: u32 = 53;

/// A voting code in its written form, with dashes.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct VotingCode(String);

/// Why a text is no voting code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAVotingCode {
    /// Neither 22 nor 15 digits.
    #[error("not 22 or 15 digits")]
    Length,
    /// A character that Base58 does not have: 0, O, I, l and all but letters and digits.
    #[error("a character that voting codes do not have")]
    Character,
    /// Dashes at the wrong places.
    #[error("dashes at the wrong places")]
    Dashes,
    /// The check digit of the 2.0 form does not fit: mistyped.
    #[error("the check digit does not fit")]
    CheckDigit,
}

impl VotingCode {
    /// A new code of the 3.0 form: 128.9 bits of randomness.
    pub fn random(rng: &mut impl CryptoRng) -> Self {
        let digits = Zeroizing::new(base58::random(DIGITS, rng));
        Self(grouped(&digits, &GROUPS))
    }

    /// The code that a secret hash stands for: digits from SHA-256(hash ‖ j), j = 0, 1, ….
    pub fn from_hash(hash: &Digest) -> Self {
        let blocks = (0..=u8::MAX).flat_map(|round| {
            let input = Zeroizing::new([hash.as_bytes().as_slice(), &[round]].concat());
            *Digest::of(&input).as_bytes()
        });
        let digits = Zeroizing::new(base58::from_bytes(DIGITS, blocks));
        Self(grouped(&digits, &GROUPS))
    }

    /// Reads a typed code, with or without its dashes. Upper and lower case differ.
    pub fn parse(text: &str) -> Result<Self, NotAVotingCode> {
        let digits = Zeroizing::new(text.chars().filter(|&c| c != '-').collect::<String>());
        if !digits.chars().all(base58::is_digit) {
            return Err(NotAVotingCode::Character);
        }
        let written = match digits.len() {
            DIGITS => grouped(&digits, &GROUPS),
            OLD_DIGITS if old_check_fits(&digits) => grouped(&digits, &[3; 5]),
            OLD_DIGITS => return Err(NotAVotingCode::CheckDigit),
            _ => return Err(NotAVotingCode::Length),
        };
        let code = Self(written);
        if text.contains('-') && text != code.0 {
            return Err(NotAVotingCode::Dashes);
        }
        Ok(code)
    }

    /// The written form; it is the vote's key, so it goes on paper only.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The signing key. The dashes are part of what is hashed.
    pub fn secret<G: Group>(&self, uuid: &Uuid) -> CredentialKey<G> {
        if self.0.len() == OLD_DIGITS + 4 {
            CredentialKey(self.old_exponent(uuid))
        } else {
            CredentialKey(self.exponent(uuid))
        }
    }

    /// Two hashes in a row make 512 bits, so that the exponent is uniform.
    fn exponent<G: Group>(&self, uuid: &Uuid) -> Scalar<G> {
        let mut wide = Zeroizing::new([0_u8; 64]);
        for (index, half) in wide.as_chunks_mut::<32>().0.iter_mut().enumerate() {
            let text = Zeroizing::new(format!("derive_credential|{uuid}|{index}|{}", self.0));
            *half = *Digest::of(text.as_bytes()).as_bytes();
        }
        Scalar::from_wide(&wide)
    }

    fn old_exponent<G: Group>(&self, uuid: &Uuid) -> Scalar<G> {
        let mut wide = Zeroizing::new([0_u8; 64]);
        let low = &mut wide[32..];
        pbkdf2_hmac::<Sha256>(self.0.as_bytes(), uuid.as_str().as_bytes(), OLD_ROUNDS, low);
        Scalar::from_wide(&wide)
    }
}

/// Shows that there is a code, not which.
impl std::fmt::Debug for VotingCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("VotingCode(…)")
    }
}

fn grouped(digits: &str, groups: &[usize]) -> String {
    let mut written = String::with_capacity(digits.len() + groups.len());
    let mut rest = digits;
    for &group in groups {
        let (head, tail) = rest.split_at(group);
        if !written.is_empty() {
            written.push('-');
        }
        written.push_str(head);
        rest = tail;
    }
    written
}

/// (value of the first 14 digits + check digit) mod 53 = 0.
fn old_check_fits(digits: &str) -> bool {
    let (value, check) = digits.split_at(OLD_DIGITS - 1);
    let step = |sum: u32, digit: char| (sum * 58 + base58::value(digit)) % OLD_MODULUS;
    let value = value.chars().fold(0, step);
    let check = check.chars().fold(0, |_, digit| base58::value(digit));
    (value + check) % OLD_MODULUS == 0
}

/// The secret exponent of a voting code; it signs the ballot.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct CredentialKey<G: Group>(Scalar<G>);

impl<G: Group> CredentialKey<G> {
    /// g^secret: what the server and the archive know of the voter. Constant time.
    pub fn public(&self) -> Element<G> {
        Element::generator_power(&self.0)
    }

    /// Says something as the holder of the code, outside the ballot. Constant time in the key.
    /// `prefix` must begin otherwise than any of the format's own.
    pub fn state(&self, prefix: &str, rng: &mut impl CryptoRng) -> Proof<G> {
        Proof::of_knowledge(&self.0, prefix, rng)
    }

    pub(crate) const fn exponent(&self) -> &Scalar<G> {
        &self.0
    }
}

/// Whether the holder of this credential said this.
pub fn is_stated_by<G: Group>(public: &Element<G>, statement: &Proof<G>, prefix: &str) -> bool {
    statement.shows_knowledge(public, prefix)
}

impl<G: Group> std::fmt::Debug for CredentialKey<G> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CredentialKey(…)")
    }
}

/// The public credentials in the order the tools write them, which follows neither voters nor slips.
pub fn listed<G: Group>(credentials: &[Element<G>]) -> Vec<String> {
    let mut texts: Vec<String> = credentials.iter().map(ToString::to_string).collect();
    texts.sort_by(|a, b| G::listing_order(a, b));
    texts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::group::{Belenios2048, Ed25519};
    use crate::vectors;

    fn public(group_is_ed25519: bool, uuid: &str, code: &str) -> String {
        let code = VotingCode::parse(code).unwrap();
        let uuid = Uuid::parse(uuid).unwrap();
        if group_is_ed25519 {
            code.secret::<Ed25519>(&uuid).public().to_string()
        } else {
            code.secret::<Belenios2048>(&uuid).public().to_string()
        }
    }

    #[test]
    fn known_codes_of_both_forms_give_their_public_credentials() {
        let known = vectors::ed25519();
        let old = &known["credential_2_0_format"];
        for case in known["credentials"].as_array().unwrap().iter().chain([old]) {
            let text = |name: &str| case[name].as_str().unwrap();
            assert_eq!(public(true, text("uuid"), text("private")), text("public"));
        }
    }

    #[test]
    fn the_known_code_of_tool_2_0_gives_its_key() {
        let code = VotingCode::parse("EKh-Mw8-PNk-qz2-GG6").unwrap();
        let key = code.secret::<Belenios2048>(&Uuid::parse("5nWzkvMDq3hyuE").unwrap());
        assert_eq!(
            key.exponent().to_decimal(),
            "30719743488972464729653849561773815388367483769609626782429774532793187095653"
        );
        assert_eq!(
            Digest::of(key.public().to_string().as_bytes()).to_hex(),
            "3da9f5c11f9aba1131d0c0bdb844116acd63477e5e8d3ac89a2ad50f150f1305"
        );
    }

    #[test]
    fn codes_are_read_with_and_without_dashes() {
        let written = "MvQxQ-ceM7Df-vDjU7-1SvygE";
        let code = VotingCode::parse(written).unwrap();
        assert_eq!(code.reveal(), written);
        assert_eq!(VotingCode::parse(&written.replace('-', "")), Ok(code));
    }

    #[test]
    fn mistyped_codes_are_refused_with_the_reason() {
        let reason = |text: &str| VotingCode::parse(text).unwrap_err();
        assert_eq!(reason("MvQxQ-ceM7Df-vDjU7-1Svyg"), NotAVotingCode::Length);
        assert_eq!(
            reason("MvQxQ-ceM7Df-vDjU7-1Svyg0"),
            NotAVotingCode::Character
        );
        assert_eq!(reason("MvQxQceM-7Df-vDjU7-1SvygE"), NotAVotingCode::Dashes);
        assert_eq!(reason("EKh-Mw8-PNk-qz2-GG7"), NotAVotingCode::CheckDigit);
        assert_eq!(reason(""), NotAVotingCode::Length);
        assert_eq!(reason("评议"), NotAVotingCode::Character);
    }

    #[test]
    fn new_codes_read_back_and_differ() {
        let mut rng = crate::test_rng(1);
        let codes: Vec<VotingCode> = (0..50).map(|_| VotingCode::random(&mut rng)).collect();
        for (index, code) in codes.iter().enumerate() {
            assert_eq!(VotingCode::parse(code.reveal()).as_ref(), Ok(code));
            assert!(!codes[..index].contains(code));
        }
    }

    #[test]
    fn nothing_of_a_code_is_shown_in_logs() {
        let code = VotingCode::random(&mut crate::test_rng(2));
        assert_eq!(format!("{code:?}"), "VotingCode(…)");
    }
}
