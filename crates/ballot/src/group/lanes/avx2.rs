//! Four lanes, by the 32-bit products of AVX2.
//!
//! Ten limbs of 26 and 25 bits in turn: limb k has weight 2^⌈25.5·k⌉. Loosely reduced here means:
//! limbs below 2^26 + 2^18 and 2^25 + 2^18, so that 19 times a limb still has 32 bits.

use std::arch::x86_64::{
    __m256i, _mm256_add_epi64, _mm256_and_si256, _mm256_blendv_epi8, _mm256_mul_epu32,
    _mm256_set1_epi64x, _mm256_setzero_si256, _mm256_slli_epi64, _mm256_srli_epi64,
    _mm256_sub_epi64,
};

use fearless_simd::prelude::*;
use fearless_simd::{Avx2, kernel, u64x4};

use super::field::{Lanes, Limbs, transposed};

/// Four values, limb by limb.
pub(crate) type Wide = [__m256i; 10];

/// What stays in the limbs with an even and an odd number.
const MASKS: [i64; 2] = [(1 << 26) - 1, (1 << 25) - 1];
/// 2p in the limbs with an even and an odd number; the lowest limb has 36 less. All are more than
/// any loosely reduced limb, so that a + 2p − b never goes below 0.
const TWO_P: [i64; 2] = [(1 << 27) - 2, (1 << 26) - 2];

kernel!(
    #[inline(always)]
    fn vector(token: Avx2, lanes: [u64; 4]) -> __m256i {
        u64x4::from_slice(token, &lanes).into()
    }
);

kernel!(
    #[inline(always)]
    fn sum(_token: Avx2, a: __m256i, b: __m256i) -> __m256i {
        _mm256_add_epi64(a, b)
    }
);

kernel!(
    /// sum + a·b for a and b below 2^32.
    #[inline(always)]
    fn product(_token: Avx2, sum: __m256i, a: __m256i, b: __m256i) -> __m256i {
        _mm256_add_epi64(sum, _mm256_mul_epu32(a, b))
    }
);

kernel!(
    /// 19·x for x < 2^59.
    #[inline(always)]
    fn times_19(_token: Avx2, x: __m256i) -> __m256i {
        let three = _mm256_add_epi64(x, _mm256_slli_epi64::<1>(x));
        _mm256_add_epi64(three, _mm256_slli_epi64::<4>(x))
    }
);

kernel!(
    /// Moves what a limb has too much to the next one; 2^255 = 19.
    #[inline(always)]
    fn carry(token: Avx2, x: Wide) -> Wide {
        let masks = [_mm256_set1_epi64x(MASKS[0]), _mm256_set1_epi64x(MASKS[1])];
        let mut rest = [_mm256_setzero_si256(); 10];
        let mut over = times_19(token, _mm256_srli_epi64::<25>(x[9]));
        for (k, (rest, limb)) in rest.iter_mut().zip(x).enumerate() {
            *rest = _mm256_add_epi64(_mm256_and_si256(limb, masks[k % 2]), over);
            over = if k % 2 == 0 {
                _mm256_srli_epi64::<26>(limb)
            } else {
                _mm256_srli_epi64::<25>(limb)
            };
        }
        rest
    }
);

/// Column k of a product: Σ a_i·b_j over i + j = k, and 19 times that over i + j = k + 10. Two odd
/// limbs meet half a bit too low: their product counts twice.
macro_rules! column {
    ($lanes:ident, $k:literal, $a:ident, $twice_a:ident, $b:ident, $b_19:ident) => {{
        let mut sum = vector($lanes, [0; 4]);
        for i in 0..10 {
            let j = (10 + $k - i) % 10;
            let a = if i % 2 == 1 && j % 2 == 1 {
                $twice_a[i]
            } else {
                $a[i]
            };
            let b = if i > $k { $b_19[j] } else { $b[j] };
            sum = product($lanes, sum, a, b);
        }
        sum
    }};
}

kernel!(
    /// The largest column, 0, is below (1.01 + 4·19·1.01 + 5·2·19·1.03/4)·2^52 < 2^59, column 9
    /// below 2^54.4. The first carry leaves limbs below 2^33.7, the second adds to masked limbs
    /// less than 2^8.7, and 19 times that, below 2^13, to limb 0.
    #[inline(always)]
    fn mul(lanes: Avx2, a: &Wide, b: &Wide) -> Wide {
        let (zero, nineteen) = (vector(lanes, [0; 4]), vector(lanes, [19; 4]));
        let (mut twice_a, mut b_19) = (*a, *b);
        for (twice, b) in twice_a.iter_mut().zip(&mut b_19) {
            *twice = sum(lanes, *twice, *twice);
            *b = product(lanes, zero, *b, nineteen);
        }
        let columns = [
            column!(lanes, 0, a, twice_a, b, b_19),
            column!(lanes, 1, a, twice_a, b, b_19),
            column!(lanes, 2, a, twice_a, b, b_19),
            column!(lanes, 3, a, twice_a, b, b_19),
            column!(lanes, 4, a, twice_a, b, b_19),
            column!(lanes, 5, a, twice_a, b, b_19),
            column!(lanes, 6, a, twice_a, b, b_19),
            column!(lanes, 7, a, twice_a, b, b_19),
            column!(lanes, 8, a, twice_a, b, b_19),
            column!(lanes, 9, a, twice_a, b, b_19),
        ];
        carry(lanes, carry(lanes, columns))
    }
);

/// Sum of products.
macro_rules! products {
    ($lanes:ident: $($a:ident[$i:literal] * $b:ident[$j:literal]),+) => {{
        let mut sum = vector($lanes, [0; 4]);
        $(sum = product($lanes, sum, $a[$i], $b[$j]);)+
        sum
    }};
}

kernel!(
    /// As `mul`, each pair of different limbs computed once and doubled: `d` is doubled, `n` 19
    /// times, `m` 38 times `a`. `m` is used with odd limbs only: below 38·2^25.02 < 2^30.3.
    #[inline(always)]
    fn square(lanes: Avx2, a: &Wide) -> Wide {
        let (zero, nineteen) = (vector(lanes, [0; 4]), vector(lanes, [19; 4]));
        let (mut d, mut n, mut m) = (*a, *a, *a);
        for k in 0..10 {
            d[k] = sum(lanes, a[k], a[k]);
            n[k] = product(lanes, zero, a[k], nineteen);
            m[k] = sum(lanes, n[k], n[k]);
        }
        let columns = [
            products!(lanes: a[0] * a[0], d[1] * m[9], d[2] * n[8], d[3] * m[7], d[4] * n[6], a[5] * m[5]),
            products!(lanes: d[0] * a[1], d[2] * n[9], d[3] * n[8], d[4] * n[7], d[5] * n[6]),
            products!(lanes: d[0] * a[2], a[1] * d[1], d[3] * m[9], d[4] * n[8], d[5] * m[7], a[6] * n[6]),
            products!(lanes: d[0] * a[3], d[1] * a[2], d[4] * n[9], d[5] * n[8], d[6] * n[7]),
            products!(lanes: d[0] * a[4], d[1] * d[3], a[2] * a[2], d[5] * m[9], d[6] * n[8], a[7] * m[7]),
            products!(lanes: d[0] * a[5], d[1] * a[4], d[2] * a[3], d[6] * n[9], d[7] * n[8]),
            products!(lanes: d[0] * a[6], d[1] * d[5], d[2] * a[4], a[3] * d[3], d[7] * m[9], a[8] * n[8]),
            products!(lanes: d[0] * a[7], d[1] * a[6], d[2] * a[5], d[3] * a[4], d[8] * n[9]),
            products!(lanes: d[0] * a[8], d[1] * d[7], d[2] * a[6], d[3] * d[5], a[4] * a[4], a[9] * m[9]),
            products!(lanes: d[0] * a[9], d[1] * a[8], d[2] * a[7], d[3] * a[6], d[4] * a[5]),
        ];
        carry(lanes, carry(lanes, columns))
    }
);

kernel!(
    /// Below 2^27.1 before the carry, which then leaves at most 3 (57 in limb 0) above the masks.
    #[inline(always)]
    fn add(token: Avx2, a: Wide, b: Wide) -> Wide {
        let mut sum = a;
        for (sum, b) in sum.iter_mut().zip(b) {
            *sum = _mm256_add_epi64(*sum, b);
        }
        carry(token, sum)
    }
);

kernel!(
    /// Below 2^27.6 before the carry.
    #[inline(always)]
    fn sub(token: Avx2, a: Wide, b: Wide) -> Wide {
        let mut rest = a;
        for (k, rest) in rest.iter_mut().enumerate() {
            let two_p = TWO_P[k % 2] - if k == 0 { 36 } else { 0 };
            let up = _mm256_add_epi64(*rest, _mm256_set1_epi64x(two_p));
            *rest = _mm256_sub_epi64(up, b[k]);
        }
        carry(token, rest)
    }
);

kernel!(
    #[inline(always)]
    fn select(_token: Avx2, mask: __m256i, a: Wide, b: Wide) -> Wide {
        let mut chosen = b;
        for (chosen, a) in chosen.iter_mut().zip(a) {
            *chosen = _mm256_blendv_epi8(*chosen, a, mask);
        }
        chosen
    }
);

kernel!(
    /// A limb of 51 bits (below 2^52) gives one of 26 and one of at most 26.
    #[inline(always)]
    fn load(token: Avx2, rows: [[u64; 4]; 5]) -> Wide {
        let mask = _mm256_set1_epi64x(MASKS[0]);
        let mut half = [_mm256_setzero_si256(); 10];
        for (pair, row) in half.as_chunks_mut::<2>().0.iter_mut().zip(rows) {
            let limb = vector(token, row);
            *pair = [_mm256_and_si256(limb, mask), _mm256_srli_epi64::<26>(limb)];
        }
        // the odd limbs may have a bit too much
        carry(token, half)
    }
);

kernel!(
    /// Below 2^26 + 2^18 + 2^26·(2^25 + 2^18) < 2^52.
    #[inline(always)]
    fn store(token: Avx2, half: Wide) -> [[u64; 4]; 5] {
        let mut rows = [[0; 4]; 5];
        for (row, [low, high]) in rows.iter_mut().zip(half.as_chunks::<2>().0) {
            let limb = _mm256_add_epi64(*low, _mm256_slli_epi64::<26>(*high));
            let vector: u64x4<Avx2> = limb.simd_into(token);
            vector.store_slice(row);
        }
        rows
    }
);

impl Lanes<4> for Avx2 {
    type Field = Wide;
    type Mask = __m256i;

    #[inline(always)]
    fn together<R>(self, work: impl FnOnce() -> R) -> R {
        self.vectorize(work)
    }

    #[inline(always)]
    fn load(self, values: [&Limbs; 4]) -> Wide {
        load(self, transposed(values))
    }

    #[inline(always)]
    fn store(self, field: &Wide) -> [Limbs; 4] {
        transposed(store(self, *field).each_ref())
    }

    #[inline(always)]
    fn mask(self, truths: [bool; 4]) -> __m256i {
        vector(self, truths.map(|truth| if truth { u64::MAX } else { 0 }))
    }

    #[inline(always)]
    fn select(self, mask: __m256i, a: &Wide, b: &Wide) -> Wide {
        select(self, mask, *a, *b)
    }

    #[inline(always)]
    fn add(self, a: &Wide, b: &Wide) -> Wide {
        add(self, *a, *b)
    }

    #[inline(always)]
    fn sub(self, a: &Wide, b: &Wide) -> Wide {
        sub(self, *a, *b)
    }

    #[inline(always)]
    fn mul(self, a: &Wide, b: &Wide) -> Wide {
        mul(self, a, b)
    }

    #[inline(always)]
    fn square(self, a: &Wide) -> Wide {
        square(self, a)
    }
}
