//! Skeleton.
pub mod sheet;
