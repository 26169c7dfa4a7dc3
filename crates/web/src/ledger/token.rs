//! The token in a link's address: cannot be guessed, and can be shown again to who made it.
//!
//! It follows from the installation's key and the link's id; the database keeps its hash only.

use uuid::Uuid;

use crate::kernel::app::App;
use crate::kernel::error::PageError;
use crate::kernel::secret::{InstallKey, token_hash};
use crate::room::Invite;

/// The token of a link.
pub(super) fn token(install: &InstallKey, id: Uuid) -> String {
    install.token(&format!("pingyi/ledger/token/1:{id}"))
}

/// Hash of the token of a link.
pub fn hash(install: &InstallKey, id: Uuid) -> String {
    token_hash(&token(install, id))
}

/// The address with its QR code.
pub(super) fn invite(app: &App, id: Uuid) -> Result<Invite, PageError> {
    Invite::of(format!("{}/t/{}", app.options.address, token(&app.key, id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_link_and_installation_has_its_own_token() {
        let (one, other) = (InstallKey::new([1; 32]), InstallKey::new([2; 32]));
        let id = Uuid::from_u128;
        assert_eq!(token(&one, id(1)).len(), 32);
        assert_eq!(token(&one, id(1)), token(&one, id(1)));
        assert_ne!(token(&one, id(1)), token(&one, id(2)));
        assert_ne!(token(&one, id(1)), token(&other, id(1)));
    }
}
