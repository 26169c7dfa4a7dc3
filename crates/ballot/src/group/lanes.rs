//! What checking one ballot computes in the group `Ed25519`, on several bases at a time.
//!
//! Verification only: it is not constant time and never meets a secret. Own arithmetic, because
//! checking shares work between powers as no call of curve25519-dalek does, and its vector
//! instructions serve whole multiplications only (goal and figures: benches/ballot.rs).
//! dalek remains the reference: [`work::evaluate`] does the same with it, the tests compare them,
//! and machines without the instructions use it.
#![expect(
    clippy::inline_always,
    reason = "what is not inlined into `Lanes::together` is compiled without the instructions"
)]
#![expect(
    clippy::many_single_char_names,
    reason = "the formulas keep the letters of their sources"
)]
#![cfg_attr(
    not(target_arch = "x86_64"),
    expect(dead_code, reason = "only this machine's instructions are known here")
)]

#[cfg(target_arch = "x86_64")]
mod avx2;
mod chain;
mod digits;
mod field;
#[cfg(target_arch = "x86_64")]
mod ifma;
mod point;
mod table;

use crypto_bigint::U256;
use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsPoint};

use self::chain::Exponents;
use self::digits::{NOTHING, Signed, signed};
use self::point::{IDENTITY, Single};
use super::ed25519::spell;
use super::work::{self, Base, Outside, Spelled, Work};
use super::{Ed25519, FixedWindows, Group};

pub(crate) use field::Lanes;
pub(crate) use table::Table;

/// Computes the same as [`work::evaluate`].
pub(crate) fn evaluate(
    y: &FixedWindows<Ed25519>,
    work: &Work<Ed25519>,
) -> Result<Spelled, Outside> {
    #[cfg(target_arch = "x86_64")]
    {
        let level = fearless_simd::Level::new();
        if let Some(lanes) = level.as_avx512() {
            return evaluate_on(lanes, y, work);
        }
        if let Some(lanes) = level.as_avx2() {
            return evaluate_on(lanes, y, work);
        }
    }
    work::evaluate(y, work)
}

fn evaluate_on<L: Lanes<N>, const N: usize>(
    lanes: L,
    y: &FixedWindows<Ed25519>,
    work: &Work<Ed25519>,
) -> Result<Spelled, Outside> {
    let values = work::values(&work.bases);
    let bytes: Vec<[u8; 32]> = EdwardsPoint::compress_batch_alloc(&values)
        .iter()
        .map(CompressedEdwardsY::to_bytes)
        .collect();
    let powers = variable_powers(lanes, work, &bytes)?;
    let terms = finish(lanes, y, work, &powers);
    let products = work.bases.iter().zip(&bytes);
    Ok(Spelled {
        products: products
            .filter(|(base, _)| matches!(base, Base::Product(_)))
            .map(|(_, bytes)| spell(bytes))
            .collect(),
        terms: terms.iter().map(spell).collect(),
    })
}

/// base^power of every term, after the subgroup test of every written base.
fn variable_powers<L: Lanes<N>, const N: usize>(
    lanes: L,
    work: &Work<Ed25519>,
    bytes: &[[u8; 32]],
) -> Result<Vec<Single>, Outside> {
    let uses = work::terms_by_base(work);
    let mut order: Vec<usize> = (0..bytes.len()).collect();
    // lanes that do the same go together
    order.sort_by_key(|&base| (is_written(work, base), uses[base].len()));
    let group_order = signed(&group_order());
    let mut powers = vec![IDENTITY; work.terms.len()];
    let mut outside: Option<usize> = None;
    for bases in order.chunks(N) {
        let points = point::decompress(lanes, filled(bases, |base| &bytes[base]));
        let test = bases.iter().any(|&base| is_written(work, base));
        let exponents = exponents(work, &uses, bases);
        let found = chain::powers(lanes, &points, &exponents, test.then_some(&group_order));
        if let Some(common) = &found.common {
            let inside = point::is_identity(lanes, common);
            let strays = bases.iter().zip(inside).filter(|(_, inside)| !inside);
            let written = strays
                .map(|(&base, _)| base)
                .filter(|&base| is_written(work, base));
            outside = outside.into_iter().chain(written).min();
        }
        for (nth, found) in found.own.iter().enumerate() {
            for (&base, power) in bases.iter().zip(point::store(lanes, found)) {
                if let Some(&term) = uses[base].get(nth) {
                    powers[term] = power;
                }
            }
        }
    }
    outside.map_or(Ok(powers), |base| Err(Outside(base)))
}

/// One value per lane; lanes without an index of their own repeat the last one.
fn filled<T, const N: usize>(indices: &[usize], value: impl Fn(usize) -> T) -> [T; N] {
    std::array::from_fn(|lane| value(indices[lane.min(indices.len() - 1)]))
}

/// The nth exponents of these bases, for each n that one of them has.
fn exponents<const N: usize>(
    work: &Work<Ed25519>,
    uses: &[Vec<usize>],
    bases: &[usize],
) -> Vec<Exponents<N>> {
    let most = bases.iter().map(|&base| uses[base].len()).max();
    let digits = |base: usize, nth: usize| -> Signed {
        let term = uses[base].get(nth);
        term.map_or(NOTHING, |&term| signed(&work.terms[term].power.to_uint()))
    };
    (0..most.unwrap_or(0))
        .map(|nth| filled(bases, |base| digits(base, nth)))
        .collect()
}

fn is_written(work: &Work<Ed25519>, base: usize) -> bool {
    matches!(work.bases[base], Base::Written(_))
}

fn group_order() -> U256 {
    use crypto_bigint::modular::ConstMontyParams;
    *<Ed25519 as Group>::Order::PARAMS.modulus().as_ref()
}

/// Multiplies the powers by their fixed parts and gives their compressed bytes.
fn finish<L: Lanes<N>, const N: usize>(
    lanes: L,
    y: &FixedWindows<Ed25519>,
    work: &Work<Ed25519>,
    powers: &[Single],
) -> Vec<[u8; 32]> {
    let exponents: Vec<[U256; 2]> = work
        .terms
        .iter()
        .map(|term| [term.of_g.to_uint(), term.of_y.to_uint()])
        .collect();
    let is_zero = |exponent: &U256| *exponent == U256::ZERO;
    let mut order: Vec<usize> = (0..powers.len()).collect();
    order.sort_by_key(|&term| exponents[term].each_ref().map(is_zero));
    let tables = [Ed25519::generator_windows(), y].map(|windows| windows.lanes(lanes));
    let mut sums = Vec::with_capacity(powers.len().div_ceil(N));
    for terms in order.chunks(N) {
        let mut sum = point::load(lanes, filled(terms, |term| &powers[term]));
        for (which, table) in tables.iter().enumerate() {
            let own: [U256; N] = filled(terms, |term| exponents[term][which]);
            if !own.iter().all(is_zero) {
                table.add_power(lanes, &mut sum, &own);
            }
        }
        sums.push(sum);
    }
    let compressed = point::compress(lanes, &sums);
    let mut bytes = vec![[0; 32]; powers.len()];
    for (&term, compressed) in order.iter().zip(compressed.iter().flatten()) {
        bytes[term] = *compressed;
    }
    bytes
}

#[cfg(test)]
mod tests;
