//! Elements known to lie in the subgroup, and points read but not yet checked.

use std::borrow::Cow;
use std::fmt;
use std::iter::Product;
use std::ops::Mul;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{Group, NotAnElement, Scalar, is_in_subgroup};

/// An element of the subgroup of prime order.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Element<G: Group>(G::Point);

impl<G: Group> Element<G> {
    /// g.
    pub fn generator() -> Self {
        Self(G::generator())
    }

    /// 1.
    pub fn identity() -> Self {
        Self(G::identity())
    }

    /// g^x. Constant time.
    pub fn generator_power(exponent: &Scalar<G>) -> Self {
        Self(G::generator_power(&exponent.to_uint()))
    }

    /// self^x. Constant time.
    #[must_use]
    pub fn pow(&self, exponent: &Scalar<G>) -> Self {
        Self(G::power(&self.0, &exponent.to_uint()))
    }

    /// 1/self.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self(G::invert(&self.0))
    }

    /// Reads an element strictly: canonical spelling, in the subgroup. Not constant time.
    pub fn decode(text: &str) -> Result<Self, NotAnElement> {
        let point = G::decode(text)?;
        if is_in_subgroup::<G>(&point) {
            Ok(Self(point))
        } else {
            Err(NotAnElement::OutsideSubgroup)
        }
    }

    /// The point.
    pub(crate) const fn point(&self) -> &G::Point {
        &self.0
    }

    /// A point whose membership was shown by other means.
    pub(crate) const fn from_checked(point: G::Point) -> Self {
        Self(point)
    }
}

impl<G: Group> Mul for Element<G> {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self(G::operate(&self.0, &other.0))
    }
}

impl<G: Group> Product for Element<G> {
    fn product<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::identity(), |product, next| product * next)
    }
}

impl<G: Group> fmt::Display for Element<G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&G::encode(&self.0))
    }
}

impl<G: Group> fmt::Debug for Element<G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<G: Group> Serialize for Element<G> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&G::encode(&self.0))
    }
}

impl<'de, G: Group> Deserialize<'de> for Element<G> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        Self::decode(&text).map_err(de::Error::custom)
    }
}

/// A point in its canonical spelling whose membership in the subgroup is still to be shown.
///
/// Ballots are read as these: their verification computes powers of each point anyway and gets the
/// subgroup test for a few additions more.
#[derive(Clone)]
pub struct Unchecked<G: Group> {
    pub(crate) text: String,
    pub(crate) point: G::Point,
}

impl<G: Group> Unchecked<G> {
    /// Reads a point strictly, without the subgroup test.
    pub fn decode(text: Cow<'_, str>) -> Result<Self, NotAnElement> {
        let point = G::decode(&text)?;
        Ok(Self {
            text: text.into_owned(),
            point,
        })
    }

    /// The spelling it was read from, which is the only one.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl<G: Group> From<Element<G>> for Unchecked<G> {
    fn from(element: Element<G>) -> Self {
        Self {
            text: element.to_string(),
            point: element.0,
        }
    }
}

impl<G: Group> fmt::Debug for Unchecked<G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<G: Group> Serialize for Unchecked<G> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de, G: Group> Deserialize<'de> for Unchecked<G> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        Self::decode(text).map_err(de::Error::custom)
    }
}
