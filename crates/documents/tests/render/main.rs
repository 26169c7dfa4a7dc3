//! Every form in every format, with ordinary and awkward data, read back with other people's readers.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod awkward;
mod forms;
mod read;
mod samples;
