//! The next free 备案号 of a campaign: `咸直工组备〔2015〕3号` after `咸直工通〔2015〕14号` of
//! 2015. The year is the notice's date's: the number may carry another by mistake.

/// Longest 备案号.
pub const CHARS: usize = 40;

/// The next in order, after the largest used with the same words.
pub fn next<'a>(notice_number: &str, year: i16, used: impl Iterator<Item = &'a str>) -> String {
    let head = office(notice_number);
    let start = format!("{head}组备〔{year}〕");
    let largest = used
        .filter_map(|number| {
            number
                .strip_prefix(&start)?
                .strip_suffix('号')?
                .parse::<u32>()
                .ok()
        })
        .max();
    format!("{start}{}号", largest.unwrap_or(0).saturating_add(1))
}

/// 机关代字 without the kind of paper.
fn office(number: &str) -> &str {
    let (head, _) = number.split_once('〔').unwrap_or(("", number));
    head.trim_end_matches(['通', '发', '函', '字'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_go_on_from_the_largest_of_their_kind() {
        let of = "咸直工通〔2015〕14号";
        assert_eq!(next(of, 2015, [].into_iter()), "咸直工组备〔2015〕1号");
        let used = [
            "咸直工组备〔2015〕2号",
            "咸直工组备〔2015〕9号",
            "手写7号",
            "咸直工组备〔2014〕30号",
        ];
        assert_eq!(next(of, 2015, used.into_iter()), "咸直工组备〔2015〕10号");
        assert_eq!(next(of, 2016, used.into_iter()), "咸直工组备〔2016〕1号");
    }

    #[test]
    fn a_number_of_another_shape_still_gives_one() {
        assert_eq!(next("", 2015, [].into_iter()), "组备〔2015〕1号");
        assert_eq!(
            next("示直工发〔2020〕1号", 2020, [].into_iter()),
            "示直工组备〔2020〕1号"
        );
    }
}
