//! Those who hold the keys: their documents in the archive, and what must hold of them.
//!
//! A single trustee is needed for every count; of a Pedersen group, `threshold` members are.
//! How the keys come about is in [`deal`] and [`SecretKey`].
//! Source: Belenios specification 4.5–4.7.

mod certificate;
pub mod channel;
pub mod deal;
mod document;
mod secret;
mod set;
mod signed;

pub use certificate::{Certificate, CertificateMessage, Context};
pub use document::{Commitments, Document, KeyDocument, PedersenDocument};
pub use secret::{SecretKey, Seed};
pub use set::{Trustee, TrusteeFault, TrusteeSet};
pub use signed::SignedMessage;

#[cfg(test)]
mod tests;
