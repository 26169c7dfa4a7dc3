//! The Edwards curve −x² + y² = 1 + d·x²·y² on several points at a time.
//!
//! The formulas of Hisil, Wong, Carter and Dawson (2008) for a = −1; d is no square, so they hold
//! for every pair of points of the curve, those of small order and equal ones included.

use super::field::{self, Lanes, Limbs};

/// d = −121665/121666.
const D: Limbs = constant("a3785913ca4deb75abd841414d0a700098e879777940c78c73fe6f2bee6c0352");
/// A square root of −1.
const ROOT: Limbs = constant("b0a00e4a271beec478e42fad0618432fa7d7fb3d99004d2b0bdfc14f8024832b");

/// A number from its bytes in hex, lowest first.
const fn constant(hex: &str) -> Limbs {
    const fn digit(digit: u8) -> u8 {
        if digit < b'a' {
            digit - b'0'
        } else {
            digit - b'a' + 10
        }
    }
    let digits = hex.as_bytes();
    let mut bytes = [0; 32];
    let mut at = 0;
    while at < 32 {
        bytes[at] = digit(digits[2 * at]) << 4 | digit(digits[2 * at + 1]);
        at += 1;
    }
    field::from_bytes(&bytes)
}

/// One point per lane: x = X/Z, y = Y/Z, x·y = T/Z.
#[derive(Clone, Copy)]
pub(crate) struct Point<F> {
    pub(crate) x: F,
    pub(crate) y: F,
    pub(crate) z: F,
    pub(crate) t: F,
}

/// One point per lane ready to be added: Y + X, Y − X, 2Z, 2d·T.
#[derive(Clone, Copy)]
pub(crate) struct Addend<F> {
    pub(crate) sum: F,
    pub(crate) difference: F,
    pub(crate) z2: F,
    pub(crate) t2d: F,
}

/// The same with Z = 1.
#[derive(Clone, Copy)]
pub(crate) struct AffineAddend<F> {
    pub(crate) sum: F,
    pub(crate) difference: F,
    pub(crate) t2d: F,
}

/// One point outside the lanes.
pub(crate) type Single = [Limbs; 4];

/// The neutral point.
pub(crate) const IDENTITY: Single = [field::ZERO, field::ONE, field::ONE, field::ZERO];

/// One affine point ready to be added, outside the lanes.
pub(crate) type SingleAddend = [Limbs; 3];

/// The neutral point.
pub(crate) const IDENTITY_ADDEND: SingleAddend = [field::ONE, field::ONE, field::ZERO];

/// The neutral point in every lane.
#[inline(always)]
pub(crate) fn identity<L: Lanes<N>, const N: usize>(lanes: L) -> Point<L::Field> {
    load(lanes, [&IDENTITY; N])
}

/// One point per lane.
#[inline(always)]
pub(crate) fn load<L: Lanes<N>, const N: usize>(lanes: L, points: [&Single; N]) -> Point<L::Field> {
    Point {
        x: lanes.load(points.map(|point| &point[0])),
        y: lanes.load(points.map(|point| &point[1])),
        z: lanes.load(points.map(|point| &point[2])),
        t: lanes.load(points.map(|point| &point[3])),
    }
}

/// Back again.
#[inline(always)]
pub(crate) fn store<L: Lanes<N>, const N: usize>(lanes: L, point: &Point<L::Field>) -> [Single; N] {
    let coordinates = [&point.x, &point.y, &point.z, &point.t].map(|c| lanes.store(c));
    let mut points = [IDENTITY; N];
    for (lane, point) in points.iter_mut().enumerate() {
        *point = [0, 1, 2, 3].map(|coordinate: usize| coordinates[coordinate][lane]);
    }
    points
}

/// One affine addend per lane.
#[inline(always)]
pub(crate) fn load_affine<L: Lanes<N>, const N: usize>(
    lanes: L,
    points: [&SingleAddend; N],
) -> AffineAddend<L::Field> {
    AffineAddend {
        sum: lanes.load(points.map(|point| &point[0])),
        difference: lanes.load(points.map(|point| &point[1])),
        t2d: lanes.load(points.map(|point| &point[2])),
    }
}

/// `a` where true, else `b`.
#[inline(always)]
pub(crate) fn select<L: Lanes<N>, const N: usize>(
    lanes: L,
    mask: L::Mask,
    a: &Point<L::Field>,
    b: &Point<L::Field>,
) -> Point<L::Field> {
    Point {
        x: lanes.select(mask, &a.x, &b.x),
        y: lanes.select(mask, &a.y, &b.y),
        z: lanes.select(mask, &a.z, &b.z),
        t: lanes.select(mask, &a.t, &b.t),
    }
}

/// 2·point; `t` is left stale unless asked for, doubling does not read it.
#[inline(always)]
pub(crate) fn double<L: Lanes<N>, const N: usize, const WITH_T: bool>(
    lanes: L,
    point: &Point<L::Field>,
) -> Point<L::Field> {
    // dbl-2008-hwcd with all four coordinates negated, which is the same point
    let a = lanes.square(&point.x);
    let b = lanes.square(&point.y);
    let c = lanes.square(&point.z);
    let square = lanes.square(&lanes.add(&point.x, &point.y));
    let h = lanes.add(&a, &b);
    let e = lanes.sub(&square, &h);
    let g = lanes.sub(&b, &a);
    let f = lanes.sub(&lanes.add(&c, &c), &g);
    Point {
        x: lanes.mul(&e, &f),
        y: lanes.mul(&g, &h),
        z: lanes.mul(&f, &g),
        t: if WITH_T { lanes.mul(&e, &h) } else { point.t },
    }
}

/// Prepares points to be added.
#[inline(always)]
pub(crate) fn addend<L: Lanes<N>, const N: usize>(
    lanes: L,
    point: &Point<L::Field>,
) -> Addend<L::Field> {
    let d = lanes.splat(&D);
    Addend {
        sum: lanes.add(&point.y, &point.x),
        difference: lanes.sub(&point.y, &point.x),
        z2: lanes.add(&point.z, &point.z),
        t2d: lanes.mul(&lanes.add(&point.t, &point.t), &d),
    }
}

/// a + b.
#[inline(always)]
pub(crate) fn add<L: Lanes<N>, const N: usize>(
    lanes: L,
    a: &Point<L::Field>,
    b: &Addend<L::Field>,
) -> Point<L::Field> {
    let doubled = lanes.mul(&a.z, &b.z2);
    finish(lanes, a, [&b.sum, &b.difference, &b.t2d], &doubled)
}

/// a + b.
#[inline(always)]
pub(crate) fn add_affine<L: Lanes<N>, const N: usize>(
    lanes: L,
    a: &Point<L::Field>,
    b: &AffineAddend<L::Field>,
) -> Point<L::Field> {
    let doubled = lanes.add(&a.z, &a.z);
    finish(lanes, a, [&b.sum, &b.difference, &b.t2d], &doubled)
}

/// add-2008-hwcd-3 from D = 2·Z1·Z2 on.
#[inline(always)]
fn finish<L: Lanes<N>, const N: usize>(
    lanes: L,
    point: &Point<L::Field>,
    [sum, difference, t2d]: [&L::Field; 3],
    d: &L::Field,
) -> Point<L::Field> {
    let a = lanes.mul(&lanes.sub(&point.y, &point.x), difference);
    let b = lanes.mul(&lanes.add(&point.y, &point.x), sum);
    let c = lanes.mul(&point.t, t2d);
    let e = lanes.sub(&b, &a);
    let f = lanes.sub(d, &c);
    let g = lanes.add(d, &c);
    let h = lanes.add(&b, &a);
    Point {
        x: lanes.mul(&e, &f),
        y: lanes.mul(&g, &h),
        z: lanes.mul(&f, &g),
        t: lanes.mul(&e, &h),
    }
}

/// Reads points that are known to be on the curve, each in its one spelling (RFC 8032).
pub(crate) fn decompress<L: Lanes<N>, const N: usize>(
    lanes: L,
    bytes: [&[u8; 32]; N],
) -> Point<L::Field> {
    let one = lanes.splat(&field::ONE);
    let ys = bytes.map(field::from_bytes);
    let y = lanes.load(ys.each_ref());
    let y_squared = lanes.square(&y);
    let numerator = lanes.sub(&y_squared, &one);
    let denominator = lanes.add(&lanes.mul(&y_squared, &lanes.splat(&D)), &one);
    let x = square_root(lanes, &numerator, &denominator);
    // of the two roots the one whose lowest bit is the sign bit
    let odd = lanes.store(&x).map(|x| field::to_bytes(&x)[0] & 1);
    let mut other = [false; N];
    for ((other, odd), bytes) in other.iter_mut().zip(odd).zip(bytes) {
        *other = odd != bytes[31] >> 7;
    }
    let minus = lanes.sub(&lanes.splat(&field::ZERO), &x);
    let x = lanes.select(lanes.mask(other), &minus, &x);
    Point {
        x,
        y,
        z: one,
        t: lanes.mul(&x, &y),
    }
}

/// A root of u/v, which is a square (RFC 8032 §5.1.3).
fn square_root<L: Lanes<N>, const N: usize>(lanes: L, u: &L::Field, v: &L::Field) -> L::Field {
    let v3 = lanes.mul(&lanes.square(v), v);
    let v7 = lanes.mul(&lanes.square(&v3), v);
    let power = lanes.root_power(&lanes.mul(u, &v7));
    let root = lanes.mul(&lanes.mul(u, &v3), &power);
    let check = lanes.sub(&lanes.mul(&lanes.square(&root), v), u);
    let wrong = lanes
        .store(&check)
        .map(|rest| field::to_bytes(&rest) != [0; 32]);
    let other = lanes.mul(&root, &lanes.splat(&ROOT));
    lanes.select(lanes.mask(wrong), &other, &root)
}

/// Which lanes hold the neutral point.
pub(crate) fn is_identity<L: Lanes<N>, const N: usize>(
    lanes: L,
    point: &Point<L::Field>,
) -> [bool; N] {
    let is_zero = |field: &L::Field| lanes.store(field).map(|x| field::to_bytes(&x) == [0; 32]);
    let x = is_zero(&point.x);
    let difference = is_zero(&lanes.sub(&point.y, &point.z));
    std::array::from_fn(|lane| x[lane] && difference[lane])
}

/// The compressed bytes (RFC 8032) of all points, by one inversion.
pub(crate) fn compress<L: Lanes<N>, const N: usize>(
    lanes: L,
    points: &[Point<L::Field>],
) -> Vec<[[u8; 32]; N]> {
    // products of all z before this one; no z is 0
    let mut product = lanes.splat(&field::ONE);
    let mut before = Vec::with_capacity(points.len());
    for point in points {
        before.push(product);
        product = lanes.mul(&product, &point.z);
    }
    let mut inverse = lanes.invert(&product);
    let mut bytes = vec![[[0; 32]; N]; points.len()];
    for ((point, before), bytes) in points.iter().zip(before).zip(&mut bytes).rev() {
        let z = lanes.mul(&inverse, &before);
        inverse = lanes.mul(&inverse, &point.z);
        let x = lanes.store(&lanes.mul(&point.x, &z));
        let y = lanes.store(&lanes.mul(&point.y, &z));
        for (bytes, (x, y)) in bytes.iter_mut().zip(x.iter().zip(&y)) {
            *bytes = field::to_bytes(y);
            bytes[31] |= field::to_bytes(x)[0] << 7;
        }
    }
    bytes
}
