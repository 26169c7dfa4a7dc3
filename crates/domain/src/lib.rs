//! The notice's rules: pure types and functions over facts.
//!
//! No IO, no clock, no randomness: dates, times and ids come in as arguments.
//! Every rule cites the clause of 咸直工通〔2015〕14号 it implements (`// 通知 三、3`).

pub mod api_token;
pub mod appraisal;
pub mod assess;
pub mod ballot_box;
pub mod burden;
pub mod count;
pub mod day;
pub mod draw;
pub mod dues;
pub mod entry;
pub mod facts;
pub mod filing;
pub mod gates;
pub mod ids;
pub mod lists;
pub mod measure;
pub mod meeting;
pub mod member;
pub mod notice;
pub mod opinion;
pub mod org;
pub mod plan;
pub mod prose;
pub mod results;
pub mod roster;
pub mod scheme;
pub mod speech;
pub mod study;
pub mod supervision;
pub mod talk;
pub mod time;
