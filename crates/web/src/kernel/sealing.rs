//! Bytes sealed while they lie in the database.
//!
//! The key follows from the installation's key, which is not in the database, and from a purpose
//! that names the row, so a text moved to another row or another installation does not open.
//! Does not hide how long a text is: callers whose lengths tell something fill them up.

use aes::Aes256;
use ccm::aead::{Aead, KeyInit};
use ccm::consts::{U12, U16};
use ccm::{Ccm, Nonce};
use zeroize::Zeroizing;

use super::random::Random;
use super::secret::InstallKey;

/// CCM with a nonce of 12 bytes takes up to 16 MiB.
type Cipher = Ccm<Aes256, U16, U12>;

/// Bytes of a nonce.
const NONCE: usize = 12;

/// Nonce and sealed bytes; `None` when there are too many of them.
pub fn seal(
    install: &InstallKey,
    purpose: &str,
    plain: &[u8],
    random: &dyn Random,
) -> Option<Vec<u8>> {
    let mut sealed = vec![0; NONCE];
    random.fill(&mut sealed);
    let nonce = Nonce::try_from(sealed.as_slice()).ok()?;
    sealed.extend(cipher(install, purpose).encrypt(&nonce, plain).ok()?);
    Some(sealed)
}

/// Opens what [`seal`] made; `None` with another key, another purpose or altered bytes.
pub fn open(install: &InstallKey, purpose: &str, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (head, data) = sealed.split_at_checked(NONCE)?;
    let nonce = Nonce::try_from(head).ok()?;
    let plain = cipher(install, purpose).decrypt(&nonce, data).ok()?;
    Some(Zeroizing::new(plain))
}

fn cipher(install: &InstallKey, purpose: &str) -> Cipher {
    Cipher::new((&*install.derive(purpose)).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::random::SeededRandom;

    #[test]
    fn sealed_bytes_open_only_whole_for_their_purpose_and_installation() {
        let random = SeededRandom::new(3);
        let (ours, other) = (InstallKey::new([1; 32]), InstallKey::new([2; 32]));
        let sealed = seal(&ours, "one", b"text", &random).unwrap();
        assert_eq!(**open(&ours, "one", &sealed).unwrap(), *b"text");
        assert_eq!(open(&ours, "two", &sealed), None);
        assert_eq!(open(&other, "one", &sealed), None);
        assert_eq!(open(&ours, "one", &sealed[1..]), None);
        assert_eq!(open(&ours, "one", b"short"), None);
        let again = seal(&ours, "one", b"text", &random).unwrap();
        assert_ne!(sealed, again, "equal texts do not look equal");
    }
}
