//! A measured figure beside its goal, and the stopwatch.

use std::error::Error;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use serde_json::json;

/// Figures, or why there are none.
pub type Measured = Result<Vec<Figure>, Box<dyn Error>>;

/// What was promised.
#[derive(Debug, Clone, Copy)]
pub enum Goal {
    /// Less than this.
    Below(f64),
    /// This or more.
    AtLeast(f64),
}

/// One figure.
#[derive(Debug, Clone)]
pub struct Figure {
    /// What was measured.
    pub name: String,
    /// How much.
    pub value: f64,
    /// What was promised; `None` for figures shown beside.
    pub goal: Option<Goal>,
    /// Of what.
    pub unit: &'static str,
}

impl Goal {
    /// How it is written.
    fn parts(self) -> (&'static str, f64) {
        match self {
            Self::Below(goal) => ("<", goal),
            Self::AtLeast(goal) => ("≥", goal),
        }
    }
}

impl Figure {
    /// A promised figure.
    pub fn new(name: &str, value: f64, goal: f64, unit: &'static str) -> Self {
        Self {
            name: name.to_owned(),
            value,
            goal: Some(Goal::Below(goal)),
            unit,
        }
    }

    /// A promised figure that should be large.
    pub fn at_least(name: &str, value: f64, goal: f64, unit: &'static str) -> Self {
        Self {
            goal: Some(Goal::AtLeast(goal)),
            ..Self::beside(name, value, unit)
        }
    }

    /// A figure shown beside.
    pub fn beside(name: &str, value: f64, unit: &'static str) -> Self {
        Self {
            name: name.to_owned(),
            value,
            goal: None,
            unit,
        }
    }

    /// Below 1 where the promise is kept.
    fn ratio(&self) -> Option<f64> {
        self.goal.map(|goal| match goal {
            Goal::Below(goal) => self.value / goal,
            Goal::AtLeast(goal) => goal / self.value,
        })
    }
}

/// Seconds of real time.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// From now on.
    #[expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// So far.
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }

    /// So far, in seconds.
    pub fn seconds(self) -> f64 {
        self.elapsed().as_secs_f64()
    }
}

/// The value below which `percent` of a hundred lie, in milliseconds.
pub fn percentile(times: &mut [Duration], percent: usize) -> f64 {
    times.sort_unstable();
    let at = (times.len() * percent).div_ceil(100).saturating_sub(1);
    times
        .get(at)
        .map_or(0.0, |time| time.as_secs_f64() * 1000.0)
}

/// A field of `/proc/…/status` in megabytes.
pub fn megabytes(process: &str, field: &str) -> Option<f64> {
    let text = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(field))?;
    let kilobytes = line
        .trim_start_matches(':')
        .trim()
        .trim_end_matches("kB")
        .trim();
    Some(kilobytes.parse::<f64>().ok()? / 1024.0)
}

/// Processor time of a process so far, all threads: what a busy machine does not change.
pub fn processor_seconds(process: &str) -> Option<f64> {
    /// Linux counts these fields in hundredths of a second.
    const TICKS: f64 = 100.0;
    let text = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The program's name may hold spaces; fields are counted from the bracket after it.
    let (_, fields) = text.rsplit_once(") ")?;
    let of_process = fields.split(' ').skip(11).take(2);
    let ticks: Vec<f64> = of_process.filter_map(|field| field.parse().ok()).collect();
    (ticks.len() == 2).then(|| ticks.iter().sum::<f64>() / TICKS)
}

/// For people: Chinese characters are two cells wide.
pub fn table(figures: &[Figure]) -> String {
    let cells = |text: &str| {
        text.chars()
            .map(|c| if c.is_ascii() { 1 } else { 2 })
            .sum::<usize>()
    };
    let widest = figures.iter().map(|f| cells(&f.name)).max().unwrap_or(0);
    let mut text = String::new();
    for figure in figures {
        let gap = " ".repeat(widest - cells(&figure.name));
        let value = format!("{:.1} {}", figure.value, figure.unit);
        let goal = match (figure.goal, figure.ratio()) {
            (Some(goal), Some(ratio)) => {
                let met = if ratio < 1.0 { "达到" } else { "未达到" };
                let (sign, goal) = goal.parts();
                format!(
                    "目标 {sign} {goal:.0} {}  比值 {ratio:.2}  {met}",
                    figure.unit
                )
            }
            _ => String::new(),
        };
        let _ = writeln!(text, "{}{gap}  {value:>12}  {goal}", figure.name);
    }
    text
}

/// For programs.
pub fn json(figures: &[Figure]) -> String {
    let rows = figures.iter().map(|f| {
        json!({
            "name": f.name, "value": f.value, "goal": f.goal.map(|goal| goal.parts().1), "unit": f.unit, "ratio": f.ratio(),
        })
    });
    serde_json::Value::from(rows.collect::<Vec<_>>()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_99th_percentile_of_a_hundred_is_the_second_largest() {
        let mut times: Vec<Duration> = (1..=100).rev().map(Duration::from_millis).collect();
        assert!((percentile(&mut times, 99) - 99.0).abs() < 1e-9);
        assert!((percentile(&mut times, 50) - 50.0).abs() < 1e-9);
    }

    #[test]
    fn a_missed_goal_is_said() {
        let text = table(&[Figure::new("导入", 3.0, 2.0, "秒")]);
        assert!(text.contains("比值 1.50  未达到"), "{text}");
        let text = table(&[Figure::at_least("投票", 160.0, 80.0, "张")]);
        assert!(text.contains("目标 ≥ 80 张  比值 0.50  达到"), "{text}");
    }
}
