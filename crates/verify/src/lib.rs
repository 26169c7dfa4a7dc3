//! Checks one ballot archive from end to end and tells people, or scripts, what was found.
//!
//! Used by the program `pingyi-verify` and by `pingyi verify`. All checking is done by crate
//! `ballot`; here are arguments, exit codes and words. Knows no database, network or notice.

mod abstained;
mod arguments;
mod clean;
mod code;
mod examine;
mod human;
mod json;
mod table;
mod text;

use std::io::Write;

pub use arguments::{Arguments, wrong_arguments};

/// How it ended; `pingyi verify` ends with the same code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Everything there holds; the count may not be finished yet.
    Holds,
    /// Something does not hold.
    Rejected,
    /// No archive, or it could not be read, or the arguments are wrong.
    Unreadable,
}

impl Exit {
    /// For the system.
    pub const fn code(self) -> u8 {
        match self {
            Self::Holds => 0,
            Self::Rejected => 1,
            Self::Unreadable => 2,
        }
    }
}

/// Checks the archive and writes what was found to `out`. Where that cannot be written, it says so
/// on `err`; a reader that went away (`… | head`) is no failure.
pub fn run(arguments: &Arguments, out: &mut dyn Write, err: &mut dyn Write) -> Exit {
    let examined = examine::examine(arguments);
    let said = if arguments.json {
        json::text(&examined)
    } else {
        human::text(&examined, arguments)
    };
    match out.write_all(said.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            // Where that fails too, nobody is left to be told.
            let _ = writeln!(err, "{}", text::not_written(&error));
            Exit::Unreadable
        }
        _ => examined.exit(),
    }
}
