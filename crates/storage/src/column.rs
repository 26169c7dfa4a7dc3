//! How Rust values stand in columns: ids, dates and states as TEXT, numbers, times and booleans
//! as BIGINT, files and ballots as BYTEA.

use jiff::civil::{Date, DateTime};
use pingyi_domain::appraisal::RoundState;
use pingyi_domain::ballot_box::BoxState;
use pingyi_domain::count::Count;
use pingyi_domain::dues::PublicationState;
use pingyi_domain::filing::{FilingKind, FilingState};
use pingyi_domain::gates::GateState;
use pingyi_domain::ids::{
    AccountId, CampaignId, FilingId, ListId, MeasureId, MeetingId, MemberId, OrgId, PlanId,
    RoundId, TalkId,
};
use pingyi_domain::ids::{CheckId, DrawId, LeaderId, SupervisorId};
use pingyi_domain::lists::{ListContent, ListState, Stage};
use pingyi_domain::measure::MeasureState;
use pingyi_domain::meeting::{ExclusionReason, MeetingState};
use pingyi_domain::member::{PostKind, Sex, Standing};
use pingyi_domain::org::OrgKind;
use pingyi_domain::plan::{PlanContent, PlanState};
use pingyi_domain::supervision::{CheckMode, CheckState};
use pingyi_domain::talk::Confirmation;
use pingyi_domain::time::UnixTime;
use uuid::Uuid;

use crate::arg::Arg;
use crate::ballot_box::BoxId;
use crate::row::Row;
use crate::slip::SlipState;
use crate::{Result, StorageError};

/// A value that a column can hold.
pub trait Column: Sized {
    /// As bound to a query.
    fn to_arg(&self) -> Arg;

    /// A NULL of this kind.
    fn null() -> Arg;

    /// The value, or `None` for NULL.
    fn decode(row: &Row<'_>, name: &str) -> Result<Option<Self>>;

    /// The value; NULL is an error.
    fn get(row: &Row<'_>, name: &str) -> Result<Self> {
        Self::decode(row, name)?.ok_or_else(|| bad_value(name, "NULL"))
    }
}

pub(crate) fn bad_value(column: &str, value: impl Into<String>) -> StorageError {
    StorageError::BadValue {
        column: column.to_owned(),
        value: value.into(),
    }
}

impl<T: Column> Column for Option<T> {
    fn to_arg(&self) -> Arg {
        self.as_ref().map_or_else(T::null, T::to_arg)
    }

    fn null() -> Arg {
        T::null()
    }

    fn decode(row: &Row<'_>, name: &str) -> Result<Option<Self>> {
        T::decode(row, name).map(Some)
    }
}

impl<T: Column> Column for &T {
    fn to_arg(&self) -> Arg {
        (*self).to_arg()
    }

    fn null() -> Arg {
        T::null()
    }

    fn decode(_: &Row<'_>, name: &str) -> Result<Option<Self>> {
        Err(bad_value(name, "a reference cannot be read"))
    }
}

impl Column for &str {
    fn to_arg(&self) -> Arg {
        Arg::Text(Some((*self).to_owned()))
    }

    fn null() -> Arg {
        Arg::Text(None)
    }

    fn decode(_: &Row<'_>, name: &str) -> Result<Option<Self>> {
        Err(bad_value(name, "a reference cannot be read"))
    }
}

/// Columns kept as text: how to write and how to read.
macro_rules! text {
    ($($kind:ty: $write:expr, $read:expr;)+) => {$(
        impl $crate::column::Column for $kind {
            fn to_arg(&self) -> $crate::arg::Arg {
                let write: fn(&$kind) -> String = $write;
                $crate::arg::Arg::Text(Some(write(self)))
            }

            fn null() -> $crate::arg::Arg {
                $crate::arg::Arg::Text(None)
            }

            fn decode(row: &$crate::row::Row<'_>, name: &str) -> $crate::Result<Option<Self>> {
                let read: fn(&str) -> Option<$kind> = $read;
                row.text(name)?
                    .map(|text| read(text).ok_or_else(|| $crate::column::bad_value(name, text)))
                    .transpose()
            }
        }
    )+};
}

/// Whole-number columns: how to write and how to read.
macro_rules! int {
    ($($kind:ty: $write:expr, $read:expr;)+) => {$(
        impl Column for $kind {
            fn to_arg(&self) -> Arg {
                let write: fn(&$kind) -> i64 = $write;
                Arg::Int(Some(write(self)))
            }

            fn null() -> Arg {
                Arg::Int(None)
            }

            fn decode(row: &Row<'_>, name: &str) -> Result<Option<Self>> {
                let read: fn(i64) -> Option<$kind> = $read;
                row.int(name)?
                    .map(|int| read(int).ok_or_else(|| bad_value(name, int.to_string())))
                    .transpose()
            }
        }
    )+};
}

impl Column for Vec<u8> {
    fn to_arg(&self) -> Arg {
        Arg::Bytes(Some(self.clone()))
    }

    fn null() -> Arg {
        Arg::Bytes(None)
    }

    fn decode(row: &Row<'_>, name: &str) -> Result<Option<Self>> {
        Ok(row.bytes(name)?.map(<[u8]>::to_vec))
    }
}

/// Values kept as JSON text. What cannot be written becomes NULL, which the table refuses.
macro_rules! json {
    ($($kind:ty),+ $(,)?) => {$(
        impl Column for $kind {
            fn to_arg(&self) -> Arg {
                Arg::Text(serde_json::to_string(self).ok())
            }

            fn null() -> Arg {
                Arg::Text(None)
            }

            fn decode(row: &Row<'_>, name: &str) -> Result<Option<Self>> {
                row.text(name)?
                    .map(|text| {
                        serde_json::from_str(text).map_err(|_| bad_value(name, text))
                    })
                    .transpose()
            }
        }
    )+};
}

/// Typed ids.
macro_rules! ids {
    ($($kind:ident),+) => {
        $crate::column::text! {$(
            $kind: |id| id.to_string(), |text| text.parse().ok();
        )+}
    };
}

/// States: domain enums with `as_str` and `parse`.
macro_rules! states {
    ($($kind:ident),+ $(,)?) => {
        $crate::column::text! {$(
            $kind: |state| state.as_str().to_owned(), $kind::parse;
        )+}
    };
}

ids!(
    OrgId, MemberId, AccountId, CampaignId, PlanId, MeetingId, RoundId, FilingId, ListId,
    MeasureId, TalkId, BoxId, Uuid, Date, DateTime
);

states!(
    OrgKind,
    Standing,
    Sex,
    PostKind,
    PlanState,
    MeetingState,
    ExclusionReason,
    RoundState,
    BoxState,
    SlipState,
    FilingKind,
    FilingState,
    ListState,
    Stage,
    MeasureState,
    Confirmation,
);

// gates and supervision
ids!(DrawId, CheckId, SupervisorId, LeaderId);
states!(GateState, CheckMode, CheckState);

// dues
states!(PublicationState);

json!(PlanContent, Count, ListContent, Vec<u32>);

text! {
    String: |text| text.clone(), |text| Some(text.to_owned());
}

int! {
    i64: |int| *int, Some;
    u32: |int| i64::from(*int), |int| u32::try_from(int).ok();
    bool: |yes| i64::from(*yes), |int| match int { 0 => Some(false), 1 => Some(true), _ => None };
    UnixTime: |time| time.0, |int| Some(UnixTime(int));
}

pub(crate) use {ids, states, text};
