use proptest::prelude::*;

use super::*;
use crate::vectors;

fn scalar<G: Group>(seed: [u8; 64]) -> Scalar<G> {
    Scalar::from_wide(&seed)
}

fn bytes64() -> impl Strategy<Value = [u8; 64]> {
    prop::collection::vec(any::<u8>(), 64).prop_map(|bytes| bytes.try_into().unwrap())
}

#[test]
fn multiples_of_the_generator_are_the_known_ones() {
    for known in vectors::ed25519()["group"]["multiples_of_generator"]
        .as_array()
        .unwrap()
    {
        let exponent = Scalar::<Ed25519>::from_decimal(known["k"].as_str().unwrap());
        // k = q and beyond are listed too; they are not canonical scalars
        let Ok(exponent) = exponent else { continue };
        let element = Element::generator_power(&exponent);
        assert_eq!(element.to_string(), known["element"].as_str().unwrap());
        let windows = Ed25519::generator_windows().power(&exponent.to_uint());
        assert_eq!(&windows, element.point());
    }
}

#[test]
fn the_group_law_is_the_known_one() {
    let known = &vectors::ed25519()["group"]["addition"];
    let element = |name: &str| Element::<Ed25519>::decode(known[name].as_str().unwrap()).unwrap();
    assert_eq!(element("a") * element("b"), element("a_times_b"));
    assert_eq!(element("a") * element("b").inverse(), element("a_over_b"));
}

#[test]
fn every_known_spelling_is_accepted_or_refused_for_its_reason() {
    let known = &vectors::ed25519()["group"]["decoding"];
    assert_eq!(known.as_array().unwrap().len(), 42);
    for case in known.as_array().unwrap() {
        let text = case["element"].as_str().unwrap();
        let strict = case["strict"].as_str().unwrap();
        let answer = match Element::<Ed25519>::decode(text) {
            Ok(element) => {
                assert_eq!(element.to_string(), text);
                "accept".to_owned()
            }
            Err(reason) => format!("reject: {reason}"),
        };
        // the vectors add in brackets what exactly is not canonical
        let expected = strict.split(" (").next().unwrap();
        assert_eq!(answer, expected, "{text}: {}", case["why"]);
    }
}

#[test]
fn the_small_subgroup_test_agrees_with_the_library_on_all_torsion() {
    use curve25519_dalek::constants::EIGHT_TORSION;
    let inside = Ed25519::generator_power(&U256::from(123_456_789_u64));
    for torsion in EIGHT_TORSION {
        for point in [torsion, torsion + inside] {
            assert_eq!(is_in_subgroup::<Ed25519>(&point), point.is_torsion_free());
        }
    }
}

#[test]
fn numbers_outside_the_subgroup_are_refused() {
    let generator = Belenios2048::encode(&Belenios2048::generator());
    assert!(Element::<Belenios2048>::decode(&generator).is_ok());
    assert!(Element::<Belenios2048>::decode("1").is_ok());
    let refused = |text: &str| Element::<Belenios2048>::decode(text).unwrap_err();
    assert_eq!(refused("2"), NotAnElement::OutsideSubgroup);
    for spelling in ["", "0", "01", "+1", " 1", "1 ", "-1", "1e3", "0x1"] {
        assert_eq!(refused(spelling), NotAnElement::Spelling, "{spelling:?}");
    }
    assert_eq!(refused(&"9".repeat(617)), NotAnElement::NotCanonical);
    assert_eq!(refused(&"9".repeat(618)), NotAnElement::Spelling);
    // p − 1 has order 2, p is 0, p + 1 is a second spelling of 1
    let p =
        crypto_bigint::modular::ConstMontyForm::<belenios2048::Belenios2048Modulus, 32>::MODULUS;
    let spell = |n: crypto_bigint::U2048| n.to_string_radix_vartime(10);
    let one = crypto_bigint::U2048::ONE;
    assert_eq!(
        refused(&spell(p.wrapping_sub(&one))),
        NotAnElement::OutsideSubgroup
    );
    assert_eq!(refused(&spell(*p.as_ref())), NotAnElement::NotCanonical);
    assert_eq!(
        refused(&spell(p.wrapping_add(&one))),
        NotAnElement::NotCanonical
    );
}

#[test]
fn scalars_have_one_spelling() {
    for text in [
        "",
        "00",
        "01",
        "+1",
        "-1",
        " 1",
        "1 ",
        "1_0",
        "a",
        &"9".repeat(78),
    ] {
        assert_eq!(
            Scalar::<Ed25519>::from_decimal(text),
            Err(NotAScalar),
            "{text:?}"
        );
    }
    let group = &vectors::ed25519()["group"];
    let order = group["q"].as_str().unwrap();
    assert_eq!(Scalar::<Ed25519>::from_decimal(order), Err(NotAScalar));
    let last = (-Scalar::<Ed25519>::ONE).to_decimal();
    assert_eq!(
        Scalar::<Ed25519>::from_decimal(&last).map(Scalar::to_decimal),
        Ok(last)
    );
}

#[test]
fn listing_orders_are_by_value() {
    assert_eq!(Belenios2048::listing_order("9", "10"), Ordering::Less);
    // the last pair of digits is the lowest byte and decides first
    assert_eq!(Ed25519::listing_order("ff01", "0002"), Ordering::Less);
}

fn laws<G: Group>(a: [u8; 64], b: [u8; 64]) {
    let (x, y) = (scalar::<G>(a), scalar::<G>(b));
    let (gx, gy) = (
        Element::<G>::generator_power(&x),
        Element::<G>::generator_power(&y),
    );
    assert_eq!(gx * gy, Element::generator_power(&(x + y)));
    assert_eq!(gx.pow(&y), gy.pow(&x));
    assert_eq!(gx * gx.inverse(), Element::identity());
    assert_eq!(Element::<G>::decode(&gx.to_string()), Ok(gx));
    assert_eq!(Scalar::<G>::from_decimal(&x.to_decimal()), Ok(x));
    let table = G::table(gx.point());
    let cut = |x: Scalar<G>| Digits::of(&x.to_uint(), G::SIGNED_DIGITS);
    let fast = powers::<G>(gx.point(), &[cut(x), cut(y)]);
    for (exponent, fast) in [x, y].into_iter().zip(fast) {
        let slow = gx.pow(&exponent);
        assert_eq!(&fast, slow.point());
        assert_eq!(&G::table_power(&table, &exponent.to_uint()), slow.point());
        let windows = FixedWindows::<G>::new(gx.point());
        assert_eq!(&windows.power(&exponent.to_uint()), slow.point());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn every_way_to_a_power_agrees(a in bytes64(), b in bytes64()) {
        laws::<Ed25519>(a, b);
        laws::<Belenios2048>(a, b);
    }

    #[test]
    fn scalars_divide(a in bytes64()) {
        let x = scalar::<Ed25519>(a);
        if let Some(inverse) = x.invert() {
            prop_assert_eq!(x * inverse, Scalar::ONE);
        }
        prop_assert_eq!(Scalar::<Ed25519>::ZERO.invert(), None);
    }

    #[test]
    fn the_cheap_subgroup_test_equals_the_full_one(a in bytes64(), torsion in 0_usize..8) {
        use curve25519_dalek::constants::EIGHT_TORSION;
        let point = Ed25519::generator_power(&scalar::<Ed25519>(a).to_uint());
        let point = point + EIGHT_TORSION[torsion];
        prop_assert_eq!(is_in_subgroup::<Ed25519>(&point), point.is_torsion_free());
    }
}

#[test]
fn edge_exponents_agree_on_every_way() {
    let order_minus = |n: u32| -Scalar::<Ed25519>::from(n);
    for x in [0_u32, 1, 2, 3, 4, 5, 7, 8, 63, 64, 65].map(Scalar::from) {
        check_edge(x);
    }
    for n in 1..10 {
        check_edge(order_minus(n));
    }
}

fn check_edge(x: Scalar<Ed25519>) {
    let slow = Element::<Ed25519>::generator_power(&x);
    let digits = Digits::of(&x.to_uint(), true);
    assert_eq!(
        &powers::<Ed25519>(&Ed25519::generator(), &[digits])[0],
        slow.point()
    );
    assert_eq!(
        &Ed25519::generator_windows().power(&x.to_uint()),
        slow.point()
    );
}
