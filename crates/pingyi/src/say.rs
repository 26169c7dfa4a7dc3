//! Lines for the person at the terminal. A reader that went away (`… | head`) is no failure:
//! the work and its exit code stand.

use std::fmt::Arguments;
use std::io::Write as _;

/// Prints one line.
pub fn line(text: Arguments<'_>) {
    // Nobody is left to be told.
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// `println!` that survives a closed pipe.
macro_rules! say {
    () => { $crate::say::line(format_args!("")) };
    ($($text:tt)*) => { $crate::say::line(format_args!($($text)*)) };
}
pub(crate) use say;
