//! Rosters as people really keep them, read into members and posts.

mod table;

pub use table::{Cell, Row, Table};
