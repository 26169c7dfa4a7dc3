//! How this crate draws a state machine: states, steps and one table of edges.
//!
//! The table is the only place that knows what follows what: storage and pages ask it through
//! `advance`, and the typed objects of each module ask it too. No data, no rules beyond the edges.

use std::fmt;

/// A step that the table does not have: what was tried, why not, and what is possible now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IllegalStep {
    /// What kind of thing it is: 工作方案, 测评 …
    pub object: &'static str,
    /// Label of the state it is in.
    pub from: &'static str,
    /// Label of the refused step.
    pub step: &'static str,
    /// Labels of the steps possible in that state.
    pub possible: Vec<&'static str>,
}

impl fmt::Display for IllegalStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            object, from, step, ..
        } = self;
        write!(f, "{object}现在是“{from}”，不能{step}。")?;
        if self.possible.is_empty() {
            write!(f, "这是最后一步，不再变动。")
        } else {
            write!(f, "现在可以：{}。", self.possible.join("、"))
        }
    }
}

impl std::error::Error for IllegalStep {}

/// Declares a closed enum whose variants have a stored word and a Chinese label.
macro_rules! words {
    (
        $(#[$doc:meta])*
        pub enum $name:ident {
            $($(#[$vdoc:meta])* $variant:ident = $word:literal, $label:literal;)+
        }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive(serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// Every value, in the order drawn.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word stored in the database.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Reads what `as_str` wrote.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|v| v.as_str() == text)
            }

            /// As screens and papers print it.
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }
        }
    };
}

/// Gives a state enum its table of edges and the questions asked of it.
macro_rules! edges {
    ($object:literal, $state:ident, $step:ident: $($from:ident --$by:ident--> $to:ident,)+) => {
        impl $state {
            /// Every legal edge: from, step, to. The single source of truth.
            pub const EDGES: &'static [(Self, $step, Self)] =
                &[$((Self::$from, $step::$by, Self::$to)),+];

            /// The state after a step.
            pub fn advance(
                self,
                step: $step,
            ) -> Result<Self, $crate::appraisal::machine::IllegalStep> {
                Self::EDGES
                    .iter()
                    .find(|(from, by, _)| *from == self && *by == step)
                    .map(|(_, _, to)| *to)
                    .ok_or_else(|| $crate::appraisal::machine::IllegalStep {
                        object: $object,
                        from: self.label(),
                        step: step.label(),
                        possible: self.steps().map($step::label).collect(),
                    })
            }

            /// Whether a step is possible now.
            pub fn may(self, step: $step) -> bool {
                self.steps().any(|by| by == step)
            }

            /// The steps possible now, in the order drawn.
            pub fn steps(self) -> impl Iterator<Item = $step> {
                Self::EDGES
                    .iter()
                    .filter(move |(from, _, _)| *from == self)
                    .map(|(_, by, _)| *by)
            }
        }
    };
}

pub(crate) use {edges, words};

#[cfg(test)]
mod tests;
