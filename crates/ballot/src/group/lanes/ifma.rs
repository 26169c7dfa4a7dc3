//! Eight lanes by the 52-bit multiply-add of AVX-512 (IFMA).
//!
//! Five limbs of 51 bits, one register each. Loosely reduced here means: limbs below 2^51 + 2^45
//! (results stay below 2^51 + 2^14); the instructions take the low 52 bits of a limb.

use std::arch::x86_64::{
    __m512i, _mm512_add_epi64, _mm512_and_si512, _mm512_madd52hi_epu64, _mm512_madd52lo_epu64,
    _mm512_mask_mov_epi64, _mm512_set1_epi64, _mm512_setzero_si512, _mm512_slli_epi64,
    _mm512_srli_epi64, _mm512_sub_epi64,
};

use fearless_simd::prelude::*;
use fearless_simd::{Avx512, kernel, u64x8};

use super::field::{Lanes, Limbs, transposed};

/// Eight values, limb by limb.
pub(crate) type Wide = [__m512i; 5];

const MASK: i64 = (1 << 51) - 1;
/// 2p in limbs: more than any loosely reduced limb, so that a + 2p − b never goes below 0.
const TWO_P: [i64; 5] = [
    (1 << 52) - 38,
    (1 << 52) - 2,
    (1 << 52) - 2,
    (1 << 52) - 2,
    (1 << 52) - 2,
];

kernel!(
    /// 19·x for x < 2^59.
    #[inline(always)]
    fn times_19(_token: Avx512, x: __m512i) -> __m512i {
        let three = _mm512_add_epi64(x, _mm512_slli_epi64::<1>(x));
        _mm512_add_epi64(three, _mm512_slli_epi64::<4>(x))
    }
);

kernel!(
    /// Moves what is above 51 bits one limb up. All limbs given here are below 2^60.3: the overflow
    /// is below 2^9.3, 19 times that below 2^14.
    #[inline(always)]
    fn carry(_token: Avx512, x: Wide) -> Wide {
        let mask = _mm512_set1_epi64(MASK);
        let mut rest = [_mm512_setzero_si512(); 5];
        let mut over = _mm512_setzero_si512();
        for (rest, limb) in rest.iter_mut().zip(x) {
            *rest = _mm512_add_epi64(_mm512_and_si512(limb, mask), over);
            over = _mm512_srli_epi64::<51>(limb);
        }
        // 2^255 = 19
        rest[0] = _mm512_madd52lo_epu64(rest[0], over, _mm512_set1_epi64(19));
        rest
    }
);

kernel!(
    /// Columns of a product, weight 2^(51·k), below 15·2^52: folded at 2^255 = 19 they stay below
    /// 20·15·2^52 < 2^60.3.
    #[inline(always)]
    fn fold(token: Avx512, columns: [__m512i; 10]) -> Wide {
        let mut sums = [_mm512_setzero_si512(); 5];
        for (k, sum) in sums.iter_mut().enumerate() {
            *sum = _mm512_add_epi64(columns[k], times_19(token, columns[k + 5]));
        }
        carry(token, sums)
    }
);

kernel!(
    /// Low halves have weight 2^(51·k), high halves 2^(51·k + 52): twice the weight of the next
    /// column. At most five of each below 2^52 meet, so a column is below 5·2^52 + 2·5·2^52.
    #[inline(always)]
    fn mul(token: Avx512, a: Wide, b: Wide) -> Wide {
        let zero = _mm512_setzero_si512();
        let (mut low, mut high) = ([zero; 10], [zero; 10]);
        for (i, &a) in a.iter().enumerate() {
            for (j, &b) in b.iter().enumerate() {
                low[i + j] = _mm512_madd52lo_epu64(low[i + j], a, b);
                high[i + j + 1] = _mm512_madd52hi_epu64(high[i + j + 1], a, b);
            }
        }
        for (low, high) in low.iter_mut().zip(high) {
            *low = _mm512_add_epi64(*low, _mm512_slli_epi64::<1>(high));
        }
        fold(token, low)
    }
);

kernel!(
    /// As `mul`, each pair of different limbs computed once and doubled.
    #[inline(always)]
    fn square(token: Avx512, a: Wide) -> Wide {
        let zero = _mm512_setzero_si512();
        let (mut low, mut high) = ([zero; 10], [zero; 10]);
        for i in 0..5 {
            for j in i + 1..5 {
                low[i + j] = _mm512_madd52lo_epu64(low[i + j], a[i], a[j]);
                high[i + j + 1] = _mm512_madd52hi_epu64(high[i + j + 1], a[i], a[j]);
            }
        }
        for k in 0..10 {
            low[k] = _mm512_slli_epi64::<1>(low[k]);
            high[k] = _mm512_slli_epi64::<1>(high[k]);
        }
        for (i, &a) in a.iter().enumerate() {
            low[2 * i] = _mm512_madd52lo_epu64(low[2 * i], a, a);
            high[2 * i + 1] = _mm512_madd52hi_epu64(high[2 * i + 1], a, a);
        }
        for (low, high) in low.iter_mut().zip(high) {
            *low = _mm512_add_epi64(*low, _mm512_slli_epi64::<1>(high));
        }
        fold(token, low)
    }
);

kernel!(
    #[inline(always)]
    fn add(token: Avx512, a: Wide, b: Wide) -> Wide {
        let mut sum = a;
        for (sum, b) in sum.iter_mut().zip(b) {
            *sum = _mm512_add_epi64(*sum, b);
        }
        carry(token, sum)
    }
);

kernel!(
    #[inline(always)]
    fn sub(token: Avx512, a: Wide, b: Wide) -> Wide {
        let mut rest = a;
        for (k, rest) in rest.iter_mut().enumerate() {
            let up = _mm512_add_epi64(*rest, _mm512_set1_epi64(TWO_P[k]));
            *rest = _mm512_sub_epi64(up, b[k]);
        }
        carry(token, rest)
    }
);

kernel!(
    #[inline(always)]
    fn select(_token: Avx512, mask: u8, a: Wide, b: Wide) -> Wide {
        let mut chosen = b;
        for (chosen, a) in chosen.iter_mut().zip(a) {
            *chosen = _mm512_mask_mov_epi64(*chosen, mask, a);
        }
        chosen
    }
);

kernel!(
    #[inline(always)]
    fn load(token: Avx512, rows: [[u64; 8]; 5]) -> Wide {
        let mut wide = [_mm512_setzero_si512(); 5];
        for (wide, row) in wide.iter_mut().zip(rows) {
            *wide = u64x8::from_slice(token, &row).into();
        }
        wide
    }
);

kernel!(
    #[inline(always)]
    fn store(token: Avx512, wide: Wide) -> [[u64; 8]; 5] {
        let mut rows = [[0; 8]; 5];
        for (row, wide) in rows.iter_mut().zip(wide) {
            let vector: u64x8<Avx512> = wide.simd_into(token);
            vector.store_slice(row);
        }
        rows
    }
);

impl Lanes<8> for Avx512 {
    type Field = Wide;
    type Mask = u8;

    #[inline(always)]
    fn together<R>(self, work: impl FnOnce() -> R) -> R {
        self.vectorize(work)
    }

    #[inline(always)]
    fn load(self, values: [&Limbs; 8]) -> Wide {
        load(self, transposed(values))
    }

    #[inline(always)]
    fn store(self, field: &Wide) -> [Limbs; 8] {
        transposed(store(self, *field).each_ref())
    }

    #[inline(always)]
    fn mask(self, truths: [bool; 8]) -> u8 {
        let mut mask = 0;
        for (lane, truth) in truths.into_iter().enumerate() {
            mask |= u8::from(truth) << lane;
        }
        mask
    }

    #[inline(always)]
    fn select(self, mask: u8, a: &Wide, b: &Wide) -> Wide {
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
        mul(self, *a, *b)
    }

    #[inline(always)]
    fn square(self, a: &Wide) -> Wide {
        square(self, *a)
    }
}
