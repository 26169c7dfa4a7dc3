//! The verifiable secret ballot of 通知 三、3, by the published Belenios specification.
//!
//! Homomorphic questions only: encrypt, prove, sign, add up, open the sums, verify.
//! Pure: readers, writers and randomness come in as arguments. It knows neither the notice,
//! nor storage, nor HTTP.

pub mod archive;
pub mod hash;
