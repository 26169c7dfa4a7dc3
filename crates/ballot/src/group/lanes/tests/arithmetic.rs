//! The arithmetic mod p against crypto-bigint, at the bounds of the limbs.

use crypto_bigint::modular::ConstMontyForm;
use crypto_bigint::{U256, const_monty_params};
use proptest::prelude::*;

use super::super::field::{Lanes, Limbs, from_bytes, to_bytes};

const_monty_params!(
    FieldModulus,
    U256,
    "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed",
    "p = 2^255 − 19."
);

type Reference = ConstMontyForm<FieldModulus, { U256::LIMBS }>;

/// The largest limb outside the lanes.
const LARGEST: u64 = (1 << 51) + (1 << 45) - 1;

fn reference(limbs: &Limbs) -> Reference {
    let step = Reference::new(&(U256::ONE << 51));
    limbs.iter().rev().fold(Reference::ZERO, |sum, &limb| {
        sum * step + Reference::new(&U256::from(limb))
    })
}

fn bytes(value: Reference) -> [u8; 32] {
    value.retrieve().to_le_bytes().into()
}

/// Limbs at and around every bound, and any others.
fn limbs() -> impl Strategy<Value = Limbs> {
    let one = (1 << 51) - 1;
    let limb = prop_oneof![
        Just(0),
        Just(1),
        Just(one),
        Just(one + 1),
        Just(LARGEST),
        0..=LARGEST,
    ];
    let any = prop::array::uniform5(limb);
    let near_p = (0_u64..40).prop_map(move |low| [one - 20 - 18 + low, one, one, one, one]);
    prop_oneof![4 => any, 1 => near_p, 1 => Just([LARGEST; 5])].boxed()
}

fn agrees<L: Lanes<N>, const N: usize>(lanes: L, a: &[Limbs], b: &[Limbs]) {
    let (in_a, in_b): ([&Limbs; N], [&Limbs; N]) = (
        std::array::from_fn(|i| &a[i]),
        std::array::from_fn(|i| &b[i]),
    );
    let (in_a, in_b) = (lanes.load(in_a), lanes.load(in_b));
    let results = [
        in_a,
        lanes.add(&in_a, &in_b),
        lanes.sub(&in_a, &in_b),
        lanes.mul(&in_a, &in_b),
        lanes.square(&in_a),
        lanes.invert(&in_a),
    ];
    let mask = lanes.mask(std::array::from_fn(|lane| lane % 3 == 1));
    let chosen = lanes.store(&lanes.select(mask, &in_a, &in_b));
    let results = results.map(|result| lanes.store(&result));
    for lane in 0..N {
        let (a, b) = (reference(&a[lane]), reference(&b[lane]));
        let inverse = Option::from(a.invert()).unwrap_or(Reference::ZERO);
        let expected = [a, a + b, a - b, a * b, a * a, inverse];
        for (result, expected) in results.iter().zip(expected) {
            assert!(result[lane].iter().all(|limb| *limb <= LARGEST));
            assert_eq!(to_bytes(&result[lane]), bytes(expected));
        }
        let expected = if lane % 3 == 1 { a } else { b };
        assert_eq!(to_bytes(&chosen[lane]), bytes(expected));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn results_are_those_of_whole_numbers(
        a in prop::collection::vec(limbs(), 8),
        b in prop::collection::vec(limbs(), 8),
    ) {
        on_all_lanes!(lanes => agrees(lanes, &a, &b));
    }

    #[test]
    fn bytes_are_canonical_and_come_back(a in limbs()) {
        let spelled = to_bytes(&a);
        prop_assert_eq!(spelled, bytes(reference(&a)));
        prop_assert_eq!(to_bytes(&from_bytes(&spelled)), spelled);
    }
}

/// Limbs inside the lanes reach bounds that no loaded value reaches.
#[test]
#[cfg(target_arch = "x86_64")]
fn the_ten_limbs_of_avx2_have_room_at_their_bounds() {
    use fearless_simd::prelude::*;
    use fearless_simd::u64x4;
    let Some(lanes) = fearless_simd::Level::new().as_avx2() else {
        return;
    };
    let bounds = [(1_u64 << 26) + (1 << 18) - 1, (1 << 25) + (1 << 18) - 1];
    let wide = |pair: [u64; 2]| -> super::super::avx2::Wide {
        std::array::from_fn(|k| u64x4::splat(lanes, pair[k % 2]).into())
    };
    let value = |pair: [u64; 2]| reference(&[pair[0] + (pair[1] << 26); 5]);
    for (a, b) in [(bounds, bounds), (bounds, [0; 2]), ([0; 2], bounds)] {
        let (in_a, in_b) = (wide(a), wide(b));
        let results = [
            lanes.mul(&in_a, &in_b),
            lanes.square(&in_a),
            lanes.add(&in_a, &in_b),
            lanes.sub(&in_a, &in_b),
        ];
        let (a, b) = (value(a), value(b));
        for (result, expected) in results.iter().zip([a * b, a * a, a + b, a - b]) {
            for limbs in lanes.store(result) {
                assert_eq!(to_bytes(&limbs), bytes(expected));
            }
            for (k, limb) in result.iter().enumerate() {
                let limb: u64x4<_> = (*limb).simd_into(lanes);
                let four: [u64; 4] = limb.into();
                assert!(four.iter().all(|limb| *limb <= bounds[k % 2]));
            }
        }
    }
}
