//! An electronic round through the routes: scrutineers' phones, voters' phones, projector and
//! secretary are played with the crates that the browser's code is tested against.

#![expect(
    clippy::unwrap_used,
    reason = "tests say what happens from top to bottom, and a broken set-up should panic"
)]

mod evening;
mod flood;
mod group;
mod half;
mod quiet;
mod refusals;
mod room;
mod test_ballot;
mod whole;
