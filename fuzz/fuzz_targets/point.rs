//! An accepted text is the one spelling of an element of the subgroup; for the curve, each is accepted.

#![no_main]

use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsPoint};
use curve25519_dalek::traits::IsIdentity;
use libfuzzer_sys::fuzz_target;
use pingyi_ballot::group::{Belenios2048, Ed25519, Element, Group, Scalar};

/// Accepted: spelled back the same, and of prime order by the other, constant-time power.
fn look_at<G: Group>(text: &str) {
    let Ok(element) = Element::<G>::decode(text) else {
        return;
    };
    assert_eq!(element.to_string(), text);
    let minus_one = -Scalar::<G>::ONE;
    assert_eq!(element.pow(&minus_one) * element, Element::identity());
}

/// By the curve library alone: canonical, and without a part of small order.
fn is_element(bytes: [u8; 32]) -> bool {
    let point = CompressedEdwardsY(bytes).decompress();
    point.is_some_and(|point: EdwardsPoint| {
        point.compress().0 == bytes && (point.is_torsion_free() || point.is_identity())
    })
}

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = str::from_utf8(data) {
        look_at::<Ed25519>(text);
        look_at::<Belenios2048>(text);
    }
    if let Ok(mut bytes) = <[u8; 32]>::try_from(data) {
        let expected = is_element(bytes);
        bytes.reverse();
        let text = hex::encode(bytes);
        look_at::<Ed25519>(&text);
        assert_eq!(
            Element::<Ed25519>::decode(&text).is_ok(),
            expected,
            "{text}"
        );
    }
});
