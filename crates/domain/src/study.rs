//! Study before the meeting: what is still to be studied, and until when a record may change.
//!
//! The items are data of the notice. Who attended is stored per session; nothing is ticked twice.
// 通知 二、1

use std::collections::HashSet;

use jiff::civil::Date;

use crate::notice::Keyed;
use crate::time::UnixTime;

/// The items of the notice that are not in `done`, in the notice's order: gaps of a branch, when
/// `done` are the items of its sessions; gaps of a member, when they are what this member
/// attended or made up.
pub fn missing<'n, T: AsRef<str>>(catalogue: &'n [Keyed], done: &[T]) -> Vec<&'n Keyed> {
    let done: HashSet<&str> = done.iter().map(AsRef::as_ref).collect();
    catalogue
        .iter()
        .filter(|item| !done.contains(item.key.as_str()))
        .collect()
}

/// Whether a session's record may still be changed: what was written before the meeting stays as
/// it was once the meeting is held; what is entered afterwards (补录) may be put right.
pub fn changeable(entered: UnixTime, held: Option<Date>) -> bool {
    held.is_none_or(|held| entered.date() > held)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn item(key: &str) -> Keyed {
        Keyed {
            key: key.into(),
            label: key.into(),
        }
    }

    #[test]
    fn what_is_missing_keeps_the_order_of_the_notice() {
        let all = [item("a"), item("b"), item("c")];
        let keys = |done: &[&str]| -> Vec<String> {
            missing(&all, done).iter().map(|i| i.key.clone()).collect()
        };
        assert_eq!(keys(&[]), ["a", "b", "c"]);
        assert_eq!(keys(&["b", "x"]), ["a", "c"]);
        assert!(keys(&["c", "b", "a"]).is_empty());
    }

    #[test]
    fn a_record_stands_once_the_meeting_is_held() {
        // 2015-09-15 in UTC+8
        let entered = UnixTime(1_442_282_400);
        assert!(changeable(entered, None));
        assert!(!changeable(entered, Some(date(2015, 9, 15))));
        assert!(!changeable(entered, Some(date(2015, 9, 20))));
        assert!(changeable(entered, Some(date(2015, 9, 10))));
    }
}
