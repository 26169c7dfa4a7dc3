//! The powers that checking one ballot needs, collected first and computed together.
//!
//! Public values only: nothing here is constant time. A group may bring its own way to compute
//! them; [`evaluate`] is the plain one, and every other must agree with it.

use super::{Digits, FixedWindows, Group, Scalar, order_digits, powers};

/// A base of variable powers.
#[derive(Debug, Clone)]
pub enum Base<G: Group> {
    /// A point as read; it must turn out to lie in the subgroup.
    Written(G::Point),
    /// The product of these earlier bases.
    Product(Vec<usize>),
}

/// base^power · g^of_g · y^of_y.
#[derive(Debug, Clone)]
pub struct Term<G: Group> {
    /// Index of the base.
    pub base: usize,
    /// Exponent of the base.
    pub power: Scalar<G>,
    /// Exponent of g.
    pub of_g: Scalar<G>,
    /// Exponent of the election key.
    pub of_y: Scalar<G>,
}

/// All that one ballot needs.
#[derive(Debug, Clone)]
pub struct Work<G: Group> {
    /// Bases; a product names earlier ones.
    pub bases: Vec<Base<G>>,
    /// Terms.
    pub terms: Vec<Term<G>>,
}

/// The results in their one spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelled {
    /// Of the bases that are products, in their order.
    pub products: Vec<String>,
    /// Of the terms, in their order.
    pub terms: Vec<String>,
}

/// The first written base found outside the subgroup, by index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outside(pub usize);

impl<G: Group> Work<G> {
    /// Nothing yet.
    pub(crate) const fn new() -> Self {
        Self {
            bases: Vec::new(),
            terms: Vec::new(),
        }
    }

    /// Adds a base and gives its index.
    pub(crate) fn base(&mut self, base: Base<G>) -> usize {
        self.bases.push(base);
        self.bases.len() - 1
    }

    /// Adds a term and gives its index.
    pub(crate) fn term(&mut self, term: Term<G>) -> usize {
        self.terms.push(term);
        self.terms.len() - 1
    }
}

/// Base after base: its powers share their squarings, and so does the subgroup test.
pub(crate) fn evaluate<G: Group>(y: &FixedWindows<G>, work: &Work<G>) -> Result<Spelled, Outside> {
    let bases = values(&work.bases);
    let mut products = Vec::new();
    let mut terms = vec![G::identity(); work.terms.len()];
    let by_base = terms_by_base(work);
    for (index, base) in work.bases.iter().enumerate() {
        let uses = &by_base[index];
        let mut exponents: Vec<Digits> = uses
            .iter()
            .map(|&term| Digits::of(&work.terms[term].power.to_uint(), G::SIGNED_DIGITS))
            .collect();
        match base {
            Base::Written(_) => exponents.push(order_digits::<G>()),
            Base::Product(_) => products.push(bases[index]),
        }
        let found = powers::<G>(&bases[index], &exponents);
        if matches!(base, Base::Written(_)) && found.last() != Some(&G::identity()) {
            return Err(Outside(index));
        }
        for (&term, power) in uses.iter().zip(&found) {
            terms[term] = G::operate(power, &fixed_part(y, &work.terms[term]));
        }
    }
    let count = products.len();
    products.append(&mut terms);
    let mut spelled = G::encode_all(&products);
    Ok(Spelled {
        terms: spelled.split_off(count),
        products: spelled,
    })
}

/// The value of every base.
pub(super) fn values<G: Group>(bases: &[Base<G>]) -> Vec<G::Point> {
    let mut values: Vec<G::Point> = Vec::with_capacity(bases.len());
    for base in bases {
        let value = match base {
            Base::Written(point) => *point,
            Base::Product(factors) => factors
                .iter()
                .map(|&factor| values[factor])
                .reduce(|a, b| G::operate(&a, &b))
                .unwrap_or_else(G::identity),
        };
        values.push(value);
    }
    values
}

/// The terms of every base.
pub(super) fn terms_by_base<G: Group>(work: &Work<G>) -> Vec<Vec<usize>> {
    let mut by_base = vec![Vec::new(); work.bases.len()];
    for (index, term) in work.terms.iter().enumerate() {
        by_base[term.base].push(index);
    }
    by_base
}

/// g^of_g · y^of_y.
fn fixed_part<G: Group>(y: &FixedWindows<G>, term: &Term<G>) -> G::Point {
    G::operate(
        &G::generator_windows().power(&term.of_g.to_uint()),
        &y.power(&term.of_y.to_uint()),
    )
}
