//! The strip at the top of a page that leads through several steps.

/// One step.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    /// Its name.
    pub label: &'static str,
    /// `done`, `now` or nothing: the style's words.
    pub class: &'static str,
}

/// Marks the first step that is not done as the present one.
pub(crate) fn strip(steps: &[(&'static str, bool)]) -> Vec<Step> {
    let mut open = false;
    let mark = |&(label, done): &(&'static str, bool)| {
        let class = match (done, open) {
            (true, _) => "done",
            (false, false) => "now",
            (false, true) => "",
        };
        open |= !done;
        Step { label, class }
    };
    steps.iter().map(mark).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_open_step_is_the_present_one() {
        let steps = strip(&[("甲", true), ("乙", false), ("丙", true), ("丁", false)]);
        let classes: Vec<_> = steps.iter().map(|s| s.class).collect();
        assert_eq!(classes, ["done", "now", "done", ""]);
    }
}
