//! Addresses that cannot be guessed: 22 Base58 digits for the projector and each scrutineer.
//!
//! They follow from the installation's key and the box's random id, so that the secretary's page
//! can show their QR codes again; the database keeps only their hashes.

use pingyi_storage::ballot_box::BoxId;

use crate::kernel::secret::InstallKey;

const BASE58: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
/// 128.9 bits.
const DIGITS: usize = 22;

/// Whose address.
#[derive(Debug, Clone, Copy)]
pub(super) enum Whose {
    /// The projector's.
    Projector,
    /// A scrutineer's, from 1.
    Scrutineer(u32),
}

/// The token of an address.
pub(super) fn token(install: &InstallKey, id: BoxId, whose: Whose) -> String {
    let name = match whose {
        Whose::Projector => "projector".to_owned(),
        Whose::Scrutineer(slot) => format!("scrutineer/{slot}"),
    };
    let mut digits = String::with_capacity(DIGITS);
    for block in 0_u32.. {
        let bytes = install.derive(&format!("pingyi/token/1:{id}:{name}:{block}"));
        // 232 = 4 × 58: each digit equally likely
        let usable = bytes.iter().filter(|byte| **byte < 232);
        digits.extend(usable.map(|byte| char::from(BASE58[usize::from(byte % 58)])));
        if digits.len() >= DIGITS {
            break;
        }
    }
    digits.truncate(DIGITS);
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_has_its_own_token() {
        let install = InstallKey::new([5; 32]);
        let mut tokens = std::collections::HashSet::new();
        for id in 0..20 {
            let id = BoxId(uuid::Uuid::from_u128(id));
            for whose in [Whose::Projector, Whose::Scrutineer(1), Whose::Scrutineer(2)] {
                let made = token(&install, id, whose);
                assert_eq!(made.len(), 22);
                assert_eq!(made, token(&install, id, whose));
                tokens.insert(made);
            }
        }
        assert_eq!(tokens.len(), 60);
    }
}
