//! The server's key of a box, sealed while it lies in the database.
//!
//! The key it is sealed under follows from the installation's key, which is not in the database,
//! and from the box. It is unsealed only to count a closed box.

use pingyi_ballot::trustee::SecretKey;
use pingyi_room::Group;
use pingyi_storage::ballot_box::BoxId;

use crate::kernel::random::Random;
use crate::kernel::sealing;
use crate::kernel::secret::InstallKey;

/// The sealed text is not of this box, or of another installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("服务器保管的那把钥匙打不开：密钥文件与数据库不是一套。请把原来的密钥文件放回后重试。")]
pub struct NotOurs;

/// Hex of nonce and sealed digits.
pub(super) fn seal(
    install: &InstallKey,
    id: BoxId,
    key: &SecretKey<Group>,
    random: &dyn Random,
) -> Result<String, NotOurs> {
    let digits = key.to_decimal();
    let sealed = sealing::seal(install, &purpose(id), digits.as_bytes(), random).ok_or(NotOurs)?;
    Ok(hex::encode(sealed))
}

/// Opens what [`seal`] made.
pub(super) fn unseal(
    install: &InstallKey,
    id: BoxId,
    sealed: &str,
) -> Result<SecretKey<Group>, NotOurs> {
    let sealed = hex::decode(sealed).map_err(|_| NotOurs)?;
    let digits = sealing::open(install, &purpose(id), &sealed).ok_or(NotOurs)?;
    let digits = std::str::from_utf8(&digits).map_err(|_| NotOurs)?;
    SecretKey::from_decimal(digits).map_err(|_| NotOurs)
}

fn purpose(id: BoxId) -> String {
    format!("pingyi/box/1:{id}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::random::{CryptoSource, SeededRandom};

    #[test]
    fn a_sealed_key_opens_only_for_its_box_and_its_installation() {
        let random = SeededRandom::new(3);
        let (install, other) = (InstallKey::new([1; 32]), InstallKey::new([2; 32]));
        let (id, next) = (
            BoxId(uuid::Uuid::from_u128(1)),
            BoxId(uuid::Uuid::from_u128(2)),
        );
        let key = SecretKey::<Group>::random(&mut CryptoSource(&random));
        let sealed = seal(&install, id, &key, &random).unwrap();
        assert!(!sealed.contains(&*hex::encode(key.to_decimal().as_bytes())));
        let opened = unseal(&install, id, &sealed).unwrap();
        assert_eq!(opened.public(), key.public());
        assert_eq!(unseal(&install, next, &sealed).unwrap_err(), NotOurs);
        assert_eq!(unseal(&other, id, &sealed).unwrap_err(), NotOurs);
        assert_eq!(unseal(&install, id, &sealed[2..]).unwrap_err(), NotOurs);
        assert_eq!(unseal(&install, id, "00").unwrap_err(), NotOurs);
    }
}
