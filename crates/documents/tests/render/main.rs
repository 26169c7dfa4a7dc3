//! Every form in every format, with ordinary and awkward data, read back with other people's readers.

mod awkward;
mod forms;
mod read;
mod samples;
