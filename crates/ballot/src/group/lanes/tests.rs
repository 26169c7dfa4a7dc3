//! Everything here is compared with curve25519-dalek or with crypto-bigint.

use std::sync::OnceLock;

use curve25519_dalek::constants::EIGHT_TORSION;
use proptest::prelude::*;

use super::super::Scalar;
use super::super::work::Term;
use super::*;

/// The tables of one election key; making them costs more than a test.
fn key() -> &'static FixedWindows<Ed25519> {
    static KEY: OnceLock<FixedWindows<Ed25519>> = OnceLock::new();
    KEY.get_or_init(|| FixedWindows::new(&point(987_654_321, 0)))
}

/// Runs a body on every kind of lanes that this machine has.
macro_rules! on_all_lanes {
    ($lanes:ident => $body:expr) => {
        #[cfg(target_arch = "x86_64")]
        {
            let level = fearless_simd::Level::new();
            if let Some($lanes) = level.as_avx512() {
                $body;
            }
            if let Some($lanes) = level.as_avx2() {
                $body;
            }
        }
    };
}

mod arithmetic;

/// A point of the curve: a power of g times a point of small order.
fn point(seed: u32, torsion: usize) -> EdwardsPoint {
    Ed25519::generator_power(&U256::from(seed)) + EIGHT_TORSION[torsion]
}

fn lane_points<L: Lanes<N>, const N: usize>(
    lanes: L,
    points: &[EdwardsPoint; N],
) -> point::Point<L::Field> {
    let bytes = points.map(|point| point.compress().to_bytes());
    point::decompress(lanes, bytes.each_ref())
}

fn sums_agree<L: Lanes<N>, const N: usize>(lanes: L, a: [EdwardsPoint; N], b: [EdwardsPoint; N]) {
    let (in_a, in_b) = (lane_points(lanes, &a), lane_points(lanes, &b));
    let sum = point::add(lanes, &in_a, &point::addend(lanes, &in_b));
    let twice = point::double::<L, N, true>(lanes, &in_a);
    // the fourth coordinate shows in a further sum only
    let more = point::add(lanes, &twice, &point::addend(lanes, &sum));
    let found = point::compress(lanes, &[in_a, sum, twice, more]);
    for lane in 0..N {
        let (a, b) = (a[lane], b[lane]);
        let expected = [a, a + b, a + a, a + a + a + b];
        for (found, expected) in found.iter().zip(expected) {
            assert_eq!(found[lane], expected.compress().to_bytes());
        }
        let neutral = point::is_identity(lanes, &sum)[lane];
        assert_eq!(neutral, a + b == Ed25519::identity());
    }
}

/// All pairs of these points, in all lanes.
fn all_sums_agree<L: Lanes<N>, const N: usize>(lanes: L, points: &[EdwardsPoint]) {
    let pairs: Vec<_> = points
        .iter()
        .flat_map(|a| points.iter().map(move |b| (*a, *b)))
        .collect();
    for chunk in pairs.chunks(N) {
        let pair = |lane: usize| chunk[lane.min(chunk.len() - 1)];
        sums_agree::<L, N>(
            lanes,
            std::array::from_fn(|lane| pair(lane).0),
            std::array::from_fn(|lane| pair(lane).1),
        );
    }
}

#[test]
fn sums_and_doubles_of_small_mixed_and_equal_points_are_dalek_s() {
    let mut points = Vec::new();
    for (torsion, stray) in EIGHT_TORSION.iter().enumerate() {
        points.extend([*stray, point(5, torsion), -point(5, torsion)]);
    }
    on_all_lanes!(lanes => all_sums_agree(lanes, &points));
}

fn edge_scalar() -> impl Strategy<Value = Scalar<Ed25519>> {
    prop_oneof![
        Just(Scalar::ZERO),
        Just(Scalar::ONE),
        Just(-Scalar::ONE),
        // runs of digits at their bounds: 7, 8 and 9 of 16; 63, 64 and 65 of 128
        (7_u8..=9).prop_map(|digit| Scalar::from_wide(&[digit * 17; 64])),
        Just(Scalar::from_uint(&(U256::MAX >> 4))),
        any::<[[u8; 32]; 2]>().prop_map(|bytes| {
            let mut wide = [0; 64];
            wide.copy_from_slice(bytes.as_flattened());
            Scalar::from_wide(&wide)
        }),
    ]
}

fn term() -> impl Strategy<Value = (prop::sample::Index, [Scalar<Ed25519>; 3])> {
    let scalars = [edge_scalar(), edge_scalar(), edge_scalar()];
    (any::<prop::sample::Index>(), scalars)
}

/// A base: written with this seed and torsion, or a product of these earlier ones.
fn base() -> impl Strategy<Value = (Option<(u32, usize)>, Vec<prop::sample::Index>)> {
    let torsion = prop_oneof![9 => Just(0_usize), 1 => 0_usize..8];
    let written = prop::option::weighted(0.7, (0_u32..5, torsion));
    (
        written,
        prop::collection::vec(any::<prop::sample::Index>(), 0..4),
    )
}

fn work() -> impl Strategy<Value = Work<Ed25519>> {
    let bases = prop::collection::vec(base(), 1..20);
    (bases, prop::collection::vec(term(), 0..30)).prop_map(|(bases, terms)| {
        let mut work = Work::new();
        for (index, (written, factors)) in bases.into_iter().enumerate() {
            let factors = factors.iter().filter(|_| index > 0);
            work.base(match written {
                Some((seed, torsion)) => Base::Written(point(seed, torsion)),
                None => Base::Product(factors.map(|factor| factor.index(index)).collect()),
            });
        }
        for (base, [power, of_g, of_y]) in terms {
            work.term(Term {
                base: base.index(work.bases.len()),
                power,
                of_g,
                of_y,
            });
        }
        work
    })
}

/// The same work with every point of the subgroup only.
fn without_strays(mut work: Work<Ed25519>) -> Work<Ed25519> {
    for base in &mut work.bases {
        if let Base::Written(point) = base
            && !point.is_torsion_free()
        {
            *point = point.mul_by_cofactor();
        }
    }
    work
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn the_lanes_compute_what_the_plain_way_computes(work in work()) {
        let y = key();
        let clean = without_strays(work.clone());
        let expected = work::evaluate(y, &clean);
        prop_assert!(expected.is_ok());
        on_all_lanes!(lanes => prop_assert_eq!(&evaluate_on(lanes, y, &clean), &expected));
        // and the same first stray, if there is one
        let expected = work::evaluate(y, &work);
        on_all_lanes!(lanes => prop_assert_eq!(&evaluate_on(lanes, y, &work), &expected));
    }

    #[test]
    fn signed_digits_add_up_to_the_exponent(scalar in edge_scalar(), bits in 2_usize..=8) {
        let exponent = scalar.to_uint();
        let digits: Vec<i16> = digits::signed_windows(&exponent, bits).collect();
        let step = Scalar::<Ed25519>::from(1_u32 << bits);
        let sum = digits.iter().rev().fold(Scalar::ZERO, |sum, &digit| {
            sum * step + Scalar::from(i64::from(digit))
        });
        prop_assert_eq!(sum, scalar);
        let half = 1 << (bits - 1);
        prop_assert!(digits.iter().all(|digit| (1 - half..=half).contains(digit)));
        let sum = signed(&exponent).iter().rev().fold(Scalar::ZERO, |sum, &digit| {
            sum * Scalar::from(16_u32) + Scalar::from(i64::from(digit))
        });
        prop_assert_eq!(sum, scalar);
    }
}

#[test]
fn every_point_of_small_or_mixed_order_is_outside_and_the_first_is_named() {
    let y = key();
    for (torsion, stray) in EIGHT_TORSION.iter().enumerate() {
        for stray in [*stray, point(77, torsion)] {
            let mut work = Work::<Ed25519>::new();
            for seed in 0..11 {
                work.base(Base::Written(point(seed, 0)));
            }
            work.base(Base::Written(stray));
            work.base(Base::Written(point(3, 0)));
            work.base(Base::Written(stray));
            let inside = stray.is_torsion_free();
            let expected = if inside { None } else { Some(Outside(11)) };
            on_all_lanes!(lanes => assert_eq!(evaluate_on(lanes, y, &work).err(), expected));
            assert_eq!(work::evaluate(y, &work).err(), expected);
        }
    }
}

#[test]
fn nothing_to_do_gives_nothing() {
    let y = key();
    let work = Work::<Ed25519>::new();
    on_all_lanes!(lanes => {
        let spelled = evaluate_on(lanes, y, &work).unwrap();
        assert_eq!((spelled.products.len(), spelled.terms.len()), (0, 0));
    });
}
