//! A member's income, sealed while it lies in the database.
//!
//! The key follows from the installation's key, which is not in the database, and from the
//! member, so a row moved to another member does not open. Every text has the same length.

use aes::Aes256;
use ccm::aead::{Aead, KeyInit, Payload};
use ccm::consts::{U13, U16};
use ccm::{Ccm, Nonce};
use pingyi_domain::dues::Fen;
use pingyi_domain::ids::MemberId;

use crate::kernel::error::PageError;
use crate::kernel::random::Random;
use crate::kernel::secret::InstallKey;

type Cipher = Ccm<Aes256, U16, U13>;

/// Bytes of a nonce.
const NONCE: usize = 13;

/// The sealed text is of another member or of another installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("计算基数打不开：密钥文件与数据库不是一套。请把原来的密钥文件放回后重试。")]
pub struct NotOurs;

impl From<NotOurs> for PageError {
    fn from(error: NotOurs) -> Self {
        Self::refused(error)
    }
}

/// Hex of nonce and sealed amount.
pub fn seal(
    install: &InstallKey,
    member: MemberId,
    base: Fen,
    random: &dyn Random,
) -> Result<String, NotOurs> {
    let mut sealed = vec![0; NONCE];
    random.fill(&mut sealed);
    let aad = member.to_string();
    let payload = Payload {
        msg: &base.0.to_be_bytes(),
        aad: aad.as_bytes(),
    };
    let data = cipher(install, member)
        .encrypt(&nonce(&sealed)?, payload)
        .map_err(|_| NotOurs)?;
    sealed.extend(data);
    Ok(hex::encode(sealed))
}

/// Opens what [`seal`] made.
pub(super) fn unseal(install: &InstallKey, member: MemberId, sealed: &str) -> Result<Fen, NotOurs> {
    let bytes = hex::decode(sealed).map_err(|_| NotOurs)?;
    let (head, msg) = bytes.split_at_checked(NONCE).ok_or(NotOurs)?;
    let aad = member.to_string();
    let payload = Payload {
        msg,
        aad: aad.as_bytes(),
    };
    let plain = cipher(install, member)
        .decrypt(&nonce(head)?, payload)
        .map_err(|_| NotOurs)?;
    let amount: [u8; 8] = plain.try_into().map_err(|_| NotOurs)?;
    Ok(Fen(i64::from_be_bytes(amount)))
}

fn cipher(install: &InstallKey, member: MemberId) -> Cipher {
    let key = install.derive(&format!("pingyi/dues/1:{member}"));
    Cipher::new((&*key).into())
}

fn nonce(bytes: &[u8]) -> Result<Nonce<U13>, NotOurs> {
    Nonce::try_from(bytes).map_err(|_| NotOurs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::random::SeededRandom;

    #[test]
    fn a_sealed_income_opens_only_for_its_member_and_its_installation() {
        let random = SeededRandom::new(3);
        let (install, other) = (InstallKey::new([1; 32]), InstallKey::new([2; 32]));
        let [one, two] = [1, 2].map(|n| MemberId(uuid::Uuid::from_u128(n)));
        let sealed = seal(&install, one, Fen(512_345), &random).unwrap();
        assert_eq!(unseal(&install, one, &sealed), Ok(Fen(512_345)));
        assert_eq!(unseal(&install, two, &sealed), Err(NotOurs));
        assert_eq!(unseal(&other, one, &sealed), Err(NotOurs));
        assert_eq!(unseal(&install, one, &sealed[2..]), Err(NotOurs));
        assert_eq!(unseal(&install, one, "zz"), Err(NotOurs));
        let again = seal(&install, one, Fen(512_345), &random).unwrap();
        assert_ne!(sealed, again, "equal incomes do not look equal");
        let small = seal(&install, one, Fen(1), &random).unwrap();
        assert_eq!(small.len(), sealed.len(), "nor do small ones look small");
    }
}
