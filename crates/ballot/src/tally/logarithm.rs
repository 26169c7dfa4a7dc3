//! Small discrete logarithms: from g^v back to v, for v up to the number of ballots.
//!
//! Baby steps in a table, giant steps through the rest: about 2·√bound multiplications.

use std::collections::HashMap;

use crate::group::{Element, Group};

/// A table for values up to a bound.
pub struct SmallLogarithms<G: Group> {
    /// g^i for i below the step, by spelling.
    small: HashMap<String, u64>,
    step: u64,
    bound: u64,
    /// g^(−step).
    giant: Element<G>,
}

impl<G: Group> SmallLogarithms<G> {
    /// For values 0..=bound.
    pub fn up_to(bound: u64) -> Self {
        let step = bound.isqrt() + 1;
        let powers: Vec<G::Point> = (0..step)
            .scan(Element::<G>::identity(), |power, _| {
                let current = *power;
                *power = current * Element::generator();
                Some(*current.point())
            })
            .collect();
        let last = powers.last().copied().unwrap_or_else(G::identity);
        let giant = Element::<G>::from_checked(last) * Element::generator();
        Self {
            small: G::encode_all(&powers).into_iter().zip(0..).collect(),
            step,
            bound,
            giant: giant.inverse(),
        }
    }

    /// The v with g^v = element, if there is one within the bound.
    pub fn of(&self, element: &Element<G>) -> Option<u64> {
        let mut rest = *element;
        for round in 0..=self.bound / self.step {
            if let Some(low) = self.small.get(&rest.to_string()) {
                let value = round * self.step + low;
                return (value <= self.bound).then_some(value);
            }
            rest = rest * self.giant;
        }
        None
    }
}

impl<G: Group> std::fmt::Debug for SmallLogarithms<G> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SmallLogarithms(0..={})", self.bound)
    }
}
