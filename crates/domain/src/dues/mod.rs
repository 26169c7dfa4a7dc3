//! 党费: rates, assessment, payment, arrears. // 通知 四、4; 中组发〔2008〕3号
//!
//! Amounts follow from rates kept as data (`rates/`), the base on its whole amount. Nothing here
//! decides about a person: long arrears are shown to the branch, which must verify the reasons.
//! Wages are never deducted and no target amount exists. // art. 14

mod account;
mod assessment;
mod category;
mod fen;
mod month;
mod payment;
mod publication;
mod rates;

pub use account::{Account, Arrears, Line, Span};
pub use assessment::{Basis, BasisProblem, Change, Current, FromProblem, Relief};
pub use category::Category;
pub use fen::{Fen, FenProblem};
pub use month::{Month, NotAMonth, months_text};
pub use payment::{Offer, PayProblem, PayWarning, Payer, PaymentKind, Recorded, Reversed};
pub use publication::{PublicationError, PublicationState, PublicationStep, Published, TakenBack};
pub use rates::{Asks, BaseChange, Cap, Limits, Rates, RatesError, Rounding};

#[cfg(test)]
mod tests;
