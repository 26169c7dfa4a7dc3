//! Ballots changed and signed again, from the published formulas and not by the product's own
//! signer, so that only what was changed is wrong.

use pingyi_ballot::ballot::{SealedBallot, Signature, WrittenBallot};
use pingyi_ballot::credential::VotingCode;
use pingyi_ballot::group::{Element, Group, Scalar};
use pingyi_ballot::hash::{Digest, Fingerprint};
use pingyi_ballot::json;
use pingyi_ballot::proof::Proof;

pub fn sealed(bytes: Vec<u8>) -> SealedBallot {
    let tracker = Fingerprint::of(&bytes);
    SealedBallot { bytes, tracker }
}

pub fn written<G: Group>(ballot: &SealedBallot) -> WrittenBallot<G> {
    json::read_canonical(&ballot.bytes).unwrap()
}

/// Changes a ballot and leaves its signature.
pub fn changed<G: Group>(
    ballot: &SealedBallot,
    change: impl FnOnce(&mut WrittenBallot<G>),
) -> SealedBallot {
    let mut written = written(ballot);
    change(&mut written);
    sealed(json::to_bytes(&written))
}

/// Changes a ballot and signs it again.
pub fn resigned<G: Group>(
    ballot: &SealedBallot,
    code: &VotingCode,
    change: impl FnOnce(&mut WrittenBallot<G>),
) -> SealedBallot {
    let mut written: WrittenBallot<G> = written(ballot);
    let uuid = written.election_uuid.clone();
    change(&mut written);
    written.signature = sign(&written, &exponent(&uuid, code));
    sealed(json::to_bytes(&written))
}

/// docs/BALLOT.md §5.
fn exponent<G: Group>(uuid: &str, code: &VotingCode) -> Scalar<G> {
    let mut wide = [0; 64];
    for (index, half) in wide.as_chunks_mut::<32>().0.iter_mut().enumerate() {
        let text = format!("derive_credential|{uuid}|{index}|{}", code.reveal());
        *half = *Digest::of(text.as_bytes()).as_bytes();
    }
    Scalar::from_wide(&wide)
}

/// docs/BALLOT.md §6: of the ballot without its signature.
fn sign<G: Group>(ballot: &WrittenBallot<G>, exponent: &Scalar<G>) -> Signature<G> {
    let text = json::to_text(ballot);
    let (unsigned, _) = text.split_once(r#","signature":"#).unwrap();
    let hash = Fingerprint::of(format!("{unsigned}}}").as_bytes());
    let random = Scalar::<G>::random(&mut crate::rng(99));
    let commitment = Element::<G>::generator_power(&random);
    let hashed = Digest::of(format!("sig|{hash}|{commitment}").as_bytes());
    let challenge = Scalar::from_digest(&hashed);
    let proof = Proof {
        challenge,
        response: random - *exponent * challenge,
    };
    Signature { hash, proof }
}

/// A proof that does not hold any more.
pub fn spoil<G: Group>(proof: &mut Proof<G>) {
    proof.response = proof.response + Scalar::ONE;
}
