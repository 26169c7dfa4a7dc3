//! A member's income, sealed while it lies in the database.
//!
//! The key follows from the installation's key, which is not in the database, and from the
//! member, so a row moved to another member does not open. Every text has the same length.

use pingyi_domain::dues::Fen;
use pingyi_domain::ids::MemberId;

use crate::kernel::error::PageError;
use crate::kernel::random::Random;
use crate::kernel::sealing;
use crate::kernel::secret::InstallKey;

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
    let amount = base.0.to_be_bytes();
    let sealed = sealing::seal(install, &purpose(member), &amount, random).ok_or(NotOurs)?;
    Ok(hex::encode(sealed))
}

/// Opens what [`seal`] made.
pub(super) fn unseal(install: &InstallKey, member: MemberId, sealed: &str) -> Result<Fen, NotOurs> {
    let sealed = hex::decode(sealed).map_err(|_| NotOurs)?;
    let plain = sealing::open(install, &purpose(member), &sealed).ok_or(NotOurs)?;
    let amount = <[u8; 8]>::try_from(plain.as_slice()).map_err(|_| NotOurs)?;
    Ok(Fen(i64::from_be_bytes(amount)))
}

fn purpose(member: MemberId) -> String {
    format!("pingyi/dues/1:{member}")
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
