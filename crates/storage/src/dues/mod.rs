//! Dues: who assesses, what is owed, what was paid, what was published. // 通知 四、4
//!
//! Incomes come here sealed and leave sealed; this crate has no key.

pub mod assessment;
pub mod clerk;
pub mod payment;
pub mod publication;
pub mod sums;

use pingyi_domain::dues::{Category, Fen, Month, Payer, PaymentKind};
use pingyi_domain::ids::{DuesAssessmentId, DuesPaymentId};

use crate::arg::Arg;
use crate::column::{Column, states, text};
use crate::row::Row;

states!(Category, Payer, PaymentKind);

text! {
    DuesAssessmentId: |id| id.to_string(), |text| text.parse().ok();
    DuesPaymentId: |id| id.to_string(), |text| text.parse().ok();
    Month: |month| month.to_string(), |text| text.parse().ok();
}

impl Column for Fen {
    fn to_arg(&self) -> Arg {
        Arg::Int(Some(self.0))
    }

    fn null() -> Arg {
        Arg::Int(None)
    }

    fn decode(row: &Row<'_>, name: &str) -> crate::Result<Option<Self>> {
        Ok(row.int(name)?.map(Self))
    }
}
