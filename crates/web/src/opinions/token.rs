//! The address of a collection: cannot be guessed, and can be shown again.
//!
//! It follows from the installation's key and the activity's id; the database keeps its hash only.

use pingyi_domain::ids::ActivityId;

use crate::kernel::app::App;
use crate::kernel::error::PageError;
use crate::kernel::secret::{InstallKey, token_hash};
use crate::room::Invite;

/// The token of a collection's address.
pub(super) fn token(install: &InstallKey, id: ActivityId) -> String {
    install.token(&format!("pingyi/opinions/token/1:{id}"))
}

/// Hash of the token in a collection's address.
pub fn hash(install: &InstallKey, id: ActivityId) -> String {
    token_hash(&token(install, id))
}

/// The address with its QR code.
pub(super) fn invite(app: &App, id: ActivityId) -> Result<Invite, PageError> {
    Invite::of(format!("{}/y/{}", app.options.address, token(&app.key, id)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn every_collection_and_installation_has_its_own_address() {
        let (one, other) = (InstallKey::new([1; 32]), InstallKey::new([2; 32]));
        let id = |n| ActivityId(Uuid::from_u128(n));
        assert_eq!(token(&one, id(1)).len(), 32);
        assert_eq!(token(&one, id(1)), token(&one, id(1)));
        assert_ne!(token(&one, id(1)), token(&one, id(2)));
        assert_ne!(token(&one, id(1)), token(&other, id(1)));
    }
}
