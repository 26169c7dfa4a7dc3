//! One person at two meetings at once: warned of, never refused. // 通知 四、2

use jiff::civil::DateTime;

/// Meetings that begin less than this apart cannot both be attended.
pub const CLOSE_MINUTES: i64 = 120;

/// Somebody who is to attend a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Going {
    /// Who; equal for the same person.
    pub who: String,
    /// Where, in words.
    pub branch: String,
    /// When, once it is known.
    pub starts: Option<DateTime>,
}

/// Two meetings of one person too close to each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// Index of the earlier line.
    pub first: usize,
    /// Index of the later line.
    pub second: usize,
}

/// Every pair of lines in which the same person would have to be in two places.
pub fn clashes(list: &[Going]) -> Vec<Clash> {
    let mut found = Vec::new();
    for (first, one) in list.iter().enumerate() {
        for (second, other) in list.iter().enumerate().skip(first + 1) {
            let times = one.starts.zip(other.starts);
            if !one.who.is_empty()
                && one.who == other.who
                && times.is_some_and(|(a, b)| close(a, b))
            {
                found.push(Clash { first, second });
            }
        }
    }
    found
}

/// Whether one person cannot attend both.
pub(super) fn close(a: DateTime, b: DateTime) -> bool {
    let apart = a.duration_since(b).as_mins().abs();
    apart < CLOSE_MINUTES
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn going(who: &str, hour: Option<(i8, i8)>) -> Going {
        Going {
            who: who.into(),
            branch: "支部".into(),
            starts: hour.map(|(h, m)| date(2015, 9, 10).at(h, m, 0, 0)),
        }
    }

    #[test]
    fn the_same_person_within_two_hours_clashes() {
        let list = [
            going("甲", Some((9, 0))),
            going("乙", Some((9, 0))),
            going("甲", Some((10, 59))),
            going("甲", Some((11, 0))),
            going("甲", None),
            going("", Some((9, 0))),
            going("", Some((9, 0))),
        ];
        let pairs: Vec<_> = clashes(&list).iter().map(|c| (c.first, c.second)).collect();
        assert_eq!(pairs, [(0, 2), (2, 3)]);
    }
}
