//! Powers of several bases at a time, each to several exponents of its own (Yao's method).
//!
//! The sixteenth powers of the bases are computed once for all exponents. Each exponent collects
//! them in one bucket per value of a digit, lane by lane, and the buckets are then combined.

use super::digits::Signed;
use super::field::Lanes;
use super::point::{self, Addend, Point};

/// Digits are −7..=8.
const BUCKETS: usize = 8;

/// What the bases are raised to: one exponent per lane.
pub(crate) type Exponents<const N: usize> = [Signed; N];

/// Bases, each raised to its exponents; and, if asked for, all of them to one more.
pub(crate) struct Powers<F> {
    pub(crate) own: Vec<Point<F>>,
    pub(crate) common: Option<Point<F>>,
}

/// The digits of one place: which lanes add to which bucket.
struct Place<M> {
    negative: M,
    buckets: [M; BUCKETS],
}

impl<M: Copy> Place<M> {
    #[inline(always)]
    fn of<L: Lanes<N, Mask = M>, const N: usize>(
        lanes: L,
        exponents: &Exponents<N>,
        place: usize,
    ) -> Self {
        let digits = exponents.each_ref().map(|digits| digits[place]);
        let mut buckets = [lanes.mask([false; N]); BUCKETS];
        for (mask, value) in buckets.iter_mut().zip(1_u8..) {
            *mask = lanes.mask(digits.map(|digit| digit.unsigned_abs() == value));
        }
        Self {
            negative: lanes.mask(digits.map(|digit| digit < 0)),
            buckets,
        }
    }
}

/// The current power of the bases, ready to be added or taken away.
struct Current<F> {
    plus: Addend<F>,
    minus: F,
}

impl<F: Copy> Current<F> {
    #[inline(always)]
    fn of<L: Lanes<N, Field = F>, const N: usize>(lanes: L, point: &Point<F>) -> Self {
        let plus = point::addend(lanes, point);
        let zero = lanes.splat(&super::field::ZERO);
        Self {
            minus: lanes.sub(&zero, &plus.t2d),
            plus,
        }
    }

    /// The inverse where true.
    #[inline(always)]
    fn signed<L: Lanes<N, Field = F>, const N: usize>(
        &self,
        lanes: L,
        negative: L::Mask,
    ) -> Addend<F> {
        let Addend {
            sum, difference, ..
        } = &self.plus;
        Addend {
            sum: lanes.select(negative, difference, sum),
            difference: lanes.select(negative, sum, difference),
            z2: self.plus.z2,
            t2d: lanes.select(negative, &self.minus, &self.plus.t2d),
        }
    }
}

/// Buckets of one exponent, by digit from 1.
type Buckets<F> = [Point<F>; BUCKETS];

/// Raises the bases; `common` is an exponent for all of them.
pub(crate) fn powers<L: Lanes<N>, const N: usize>(
    lanes: L,
    bases: &Point<L::Field>,
    exponents: &[Exponents<N>],
    common: Option<&Signed>,
) -> Powers<L::Field> {
    let empty = [point::identity(lanes); BUCKETS];
    let mut own = vec![empty; exponents.len()];
    let mut shared = empty;
    let mut power = *bases;
    for place in 0..super::digits::PLACES {
        if place > 0 {
            sixteenth_power(lanes, &mut power);
        }
        let current = current(lanes, &power);
        for (buckets, exponents) in own.iter_mut().zip(exponents) {
            put(lanes, buckets, &current, exponents, place);
        }
        if let Some(digits) = common {
            put_all(lanes, &mut shared, &current, digits[place]);
        }
    }
    Powers {
        own: own.iter().map(|buckets| combine(lanes, buckets)).collect(),
        common: common.map(|_| combine(lanes, &shared)),
    }
}

#[inline(never)]
fn current<L: Lanes<N>, const N: usize>(lanes: L, power: &Point<L::Field>) -> Current<L::Field> {
    lanes.together(
        #[inline(always)]
        || Current::of(lanes, power),
    )
}

#[inline(never)]
fn sixteenth_power<L: Lanes<N>, const N: usize>(lanes: L, power: &mut Point<L::Field>) {
    lanes.together(
        #[inline(always)]
        || {
            for _ in 0..3 {
                *power = point::double::<L, N, false>(lanes, power);
            }
            *power = point::double::<L, N, true>(lanes, power);
        },
    );
}

/// Adds the current power, in each lane to the bucket of its own digit.
#[inline(never)]
fn put<L: Lanes<N>, const N: usize>(
    lanes: L,
    buckets: &mut Buckets<L::Field>,
    current: &Current<L::Field>,
    exponents: &Exponents<N>,
    place: usize,
) {
    lanes.together(
        #[inline(always)]
        || {
            let Place {
                negative,
                buckets: masks,
            } = Place::of(lanes, exponents, place);
            // lanes whose digit is 0 work on the first bucket's value and store it nowhere
            let mut chosen = buckets[0];
            for (bucket, &mask) in buckets.iter().zip(&masks).skip(1) {
                chosen = point::select(lanes, mask, bucket, &chosen);
            }
            let sum = point::add(lanes, &chosen, &current.signed(lanes, negative));
            for (bucket, &mask) in buckets.iter_mut().zip(&masks) {
                *bucket = point::select(lanes, mask, &sum, bucket);
            }
        },
    );
}

/// Adds the current power to the same bucket in all lanes.
#[inline(never)]
fn put_all<L: Lanes<N>, const N: usize>(
    lanes: L,
    buckets: &mut Buckets<L::Field>,
    current: &Current<L::Field>,
    digit: i8,
) {
    let Some(index) = usize::from(digit.unsigned_abs()).checked_sub(1) else {
        return;
    };
    lanes.together(
        #[inline(always)]
        || {
            let addend = current.signed(lanes, lanes.mask([digit < 0; N]));
            buckets[index] = point::add(lanes, &buckets[index], &addend);
        },
    );
}

/// Π bucket_d^d, by running products from the highest digit down.
#[inline(never)]
fn combine<L: Lanes<N>, const N: usize>(lanes: L, buckets: &Buckets<L::Field>) -> Point<L::Field> {
    lanes.together(
        #[inline(always)]
        || {
            let mut running = buckets[BUCKETS - 1];
            let mut total = running;
            for bucket in buckets[..BUCKETS - 1].iter().rev() {
                running = point::add(lanes, &running, &point::addend(lanes, bucket));
                total = point::add(lanes, &total, &point::addend(lanes, &running));
            }
            total
        },
    )
}
