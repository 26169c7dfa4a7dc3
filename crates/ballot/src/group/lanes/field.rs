//! Arithmetic mod p = 2^255 − 19 on several values at a time, whatever the instructions are.
//!
//! [`Lanes`] is what an instruction set brings; powers, inverses and bytes are built from it here.
//! Not constant time in its uses: public values only.

/// One value outside the lanes: five limbs of 51 bits, each below 2^51 + 2^45.
pub(crate) type Limbs = [u64; 5];

const MASK: u64 = (1 << 51) - 1;

/// N values mod p at a time. Every field value given or returned is loosely reduced, as each
/// implementation defines for itself, so that results are always fit to be arguments.
pub(crate) trait Lanes<const N: usize>: Copy {
    /// N values.
    type Field: Copy;
    /// N truths.
    type Mask: Copy;

    /// Runs this with the instructions switched on; everything inside must be inlined.
    fn together<R>(self, work: impl FnOnce() -> R) -> R;
    /// One value per lane.
    fn load(self, values: [&Limbs; N]) -> Self::Field;
    /// Back again.
    fn store(self, field: &Self::Field) -> [Limbs; N];
    /// One truth per lane.
    fn mask(self, truths: [bool; N]) -> Self::Mask;
    /// `a` where true, else `b`.
    fn select(self, mask: Self::Mask, a: &Self::Field, b: &Self::Field) -> Self::Field;
    /// a + b.
    fn add(self, a: &Self::Field, b: &Self::Field) -> Self::Field;
    /// a − b.
    fn sub(self, a: &Self::Field, b: &Self::Field) -> Self::Field;
    /// a·b.
    fn mul(self, a: &Self::Field, b: &Self::Field) -> Self::Field;
    /// a².
    fn square(self, a: &Self::Field) -> Self::Field;

    /// The same value in every lane.
    #[inline(always)]
    fn splat(self, value: &Limbs) -> Self::Field {
        self.load([value; N])
    }

    /// a^(2^count).
    #[inline(always)]
    fn squarings(self, a: &Self::Field, count: u32) -> Self::Field {
        let mut power = *a;
        for _ in 0..count {
            power = self.square(&power);
        }
        power
    }

    /// a^(2^bits)·b: the bits of b's exponent written after those of a's.
    #[inline(always)]
    fn append(self, a: &Self::Field, b: &Self::Field, bits: u32) -> Self::Field {
        self.mul(&self.squarings(a, bits), b)
    }

    /// a^(2^250 − 1) and a^11, from which both long exponents are made.
    fn long_power(self, a: &Self::Field) -> (Self::Field, Self::Field) {
        self.together(
            #[inline(always)]
            || {
                // bits_n is a^(2^n − 1): n ones in a row
                let a9 = self.mul(a, &self.squarings(a, 3));
                let a11 = self.mul(&a9, &self.square(a));
                let bits_5 = self.mul(&a9, &self.square(&a11));
                let bits_10 = self.append(&bits_5, &bits_5, 5);
                let bits_20 = self.append(&bits_10, &bits_10, 10);
                let bits_40 = self.append(&bits_20, &bits_20, 20);
                let bits_50 = self.append(&bits_40, &bits_10, 10);
                let bits_100 = self.append(&bits_50, &bits_50, 50);
                let bits_200 = self.append(&bits_100, &bits_100, 100);
                (self.append(&bits_200, &bits_50, 50), a11)
            },
        )
    }

    /// 1/a = a^(p − 2), and 0 for 0.
    #[inline(always)]
    fn invert(self, a: &Self::Field) -> Self::Field {
        // p − 2 = 2^5·(2^250 − 1) + 11
        let (long, a11) = self.long_power(a);
        self.mul(&self.squarings(&long, 5), &a11)
    }

    /// a^((p − 5)/8).
    #[inline(always)]
    fn root_power(self, a: &Self::Field) -> Self::Field {
        // (p − 5)/8 = 2^2·(2^250 − 1) + 1
        let (long, _) = self.long_power(a);
        self.mul(&self.squarings(&long, 2), a)
    }
}

/// Limbs by value as values by limb, or the other way round.
#[inline(always)]
pub(crate) fn transposed<const ROWS: usize, const COLUMNS: usize>(
    rows: [&[u64; COLUMNS]; ROWS],
) -> [[u64; ROWS]; COLUMNS] {
    let mut columns = [[0; ROWS]; COLUMNS];
    for (row, values) in rows.iter().enumerate() {
        for (column, value) in columns.iter_mut().zip(values.iter()) {
            column[row] = *value;
        }
    }
    columns
}

/// The integer in 32 little-endian bytes, the highest bit left out.
pub(crate) const fn from_bytes(bytes: &[u8; 32]) -> Limbs {
    let mut limbs = [0; 5];
    let mut bit = 0;
    while bit < 255 {
        let value = (bytes[bit / 8] >> (bit % 8)) & 1;
        limbs[bit / 51] |= (value as u64) << (bit % 51);
        bit += 1;
    }
    limbs
}

/// The integer below p.
pub(crate) fn to_bytes(limbs: &Limbs) -> [u8; 32] {
    // the first carry leaves at most 38 too much in limb 0, the second nothing
    let twice = carry(&carry(limbs));
    // adding 19 reaches 2^255 exactly if the value is p or more; then 2^255 is what must go
    let mut plus = twice;
    plus[0] += 19;
    let (plus, over) = carry_up(&plus);
    let (rest, _) = carry_up(&twice);
    pack(if over == 0 { &rest } else { &plus })
}

/// Carries once around; 2^255 = 19.
fn carry(limbs: &Limbs) -> Limbs {
    let (mut rest, over) = carry_up(limbs);
    rest[0] += 19 * over;
    rest
}

/// Carries upwards and gives what goes beyond 2^255.
fn carry_up(limbs: &Limbs) -> (Limbs, u64) {
    let mut over = 0;
    let rest = limbs.map(|limb| {
        let sum = limb + over;
        over = sum >> 51;
        sum & MASK
    });
    (rest, over)
}

fn pack(limbs: &Limbs) -> [u8; 32] {
    let [a, b, c, d, e] = *limbs;
    let words = [
        a | b << 51,
        b >> 13 | c << 38,
        c >> 26 | d << 25,
        d >> 39 | e << 12,
    ];
    let mut bytes = [0; 32];
    for (chunk, word) in bytes.as_chunks_mut::<8>().0.iter_mut().zip(words) {
        *chunk = word.to_le_bytes();
    }
    bytes
}

/// 0 in limbs.
pub(crate) const ZERO: Limbs = [0; 5];
/// 1 in limbs.
pub(crate) const ONE: Limbs = [1, 0, 0, 0, 0];
