//! A sealed message that was changed does not open; one that opens gives what was sealed.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use pingyi_ballot::group::Ed25519;
use pingyi_ballot::json;
use pingyi_ballot::trustee::channel::Sealed;
use pingyi_ballot::trustee::deal::{Certificates, inputs_for};
use pingyi_ballot::trustee::{Context, Seed};
use pingyi_fuzz::input;
use rand::SeedableRng;
use rand::rngs::StdRng;

struct Member {
    certificates: Certificates<Ed25519>,
    seed: Seed,
    sealed: String,
    public: String,
}

static MEMBER: LazyLock<Member> = LazyLock::new(|| {
    let rng = &mut StdRng::seed_from_u64(1);
    let seeds: Vec<Seed> = (0..2).map(|_| Seed::random(rng)).collect();
    let context = |index| Context {
        group: "Ed25519".to_owned(),
        size: 2,
        threshold: 2,
        index,
    };
    let signed: Vec<_> = seeds
        .iter()
        .zip(1..)
        .map(|(seed, index)| seed.certificate(context(index), rng))
        .collect();
    let certificates = Certificates::check(&signed, 2).expect("our own certificates");
    let deals: Vec<_> = seeds
        .iter()
        .map(|seed| certificates.deal(seed, rng).expect("a member deals"))
        .collect();
    let inputs = inputs_for(&deals, 1).expect("a share");
    let output = certificates
        .finish(&seeds[0], &inputs, rng)
        .expect("the shares hold");
    Member {
        sealed: json::to_text(&output.private_key),
        public: output.public_key.public_key.to_string(),
        seed: seeds[0].clone(),
        certificates,
    }
});

fuzz_target!(|data: &[u8]| {
    let Some((_, text)) = input(&[&MEMBER.sealed], data) else {
        return;
    };
    let Ok(sealed) = json::read::<Sealed<Ed25519>>(text.as_bytes()) else {
        return;
    };
    if let Ok(share) = MEMBER.certificates.reopen(&MEMBER.seed, &sealed) {
        assert_eq!(
            json::to_text(&sealed),
            MEMBER.sealed,
            "a changed message opens"
        );
        assert_eq!(share.public().to_string(), MEMBER.public);
    } else {
        assert_ne!(text, MEMBER.sealed, "refused without an edit");
    }
});
