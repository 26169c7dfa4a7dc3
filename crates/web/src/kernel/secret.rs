//! The installation's key: identity numbers are kept only as a keyed hash made with it, and the
//! server's keys of ballot boxes only sealed under a key derived from it.
//!
//! It lives in its own file beside the database, so a stolen database cannot be searched by
//! trying all identity numbers.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// 256-bit key.
#[derive(Clone)]
pub struct InstallKey(Zeroizing<[u8; 32]>);

impl InstallKey {
    /// Takes the key's bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Keyed hash of an identity number, as stored.
    ///
    /// # Panics
    ///
    /// Never: HMAC takes keys of any length.
    pub fn hash_identity(&self, number: &str) -> String {
        hex::encode(
            self.derive(&format!("pingyi/identity/1:{number}"))
                .as_slice(),
        )
    }

    /// A key for one purpose only: nothing of another purpose follows from it.
    ///
    /// # Panics
    ///
    /// Never: HMAC takes keys of any length.
    pub fn derive(&self, purpose: &str) -> Zeroizing<[u8; 32]> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.as_slice())
            .expect("HMAC takes keys of any length");
        mac.update(purpose.as_bytes());
        Zeroizing::new(mac.finalize().into_bytes().into())
    }

    /// 128 bits in hex for an address that cannot be guessed and can be shown again.
    pub fn token(&self, purpose: &str) -> String {
        hex::encode(&self.derive(purpose)[..16])
    }
}

impl std::fmt::Debug for InstallKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InstallKey(…)")
    }
}

/// Hash under which a random token is stored: a stolen database opens no session.
pub fn token_hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_depends_on_the_key() {
        let (a, b) = (InstallKey::new([1; 32]), InstallKey::new([2; 32]));
        assert_ne!(a.hash_identity("x"), b.hash_identity("x"));
        assert_eq!(a.hash_identity("x").len(), 64);
    }
}
