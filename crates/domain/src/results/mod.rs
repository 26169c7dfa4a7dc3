//! What a branch does with its opinions: tells each member, publishes, uses, keeps and destroys.
//! // 通知 三、3
//!
//! Members and the public are told the opinion and never counts (docs/DOMAIN.md §3.5). Nothing
//! here stops the campaign; late feedback is shown as late.

mod feedback;
mod publicity;
mod retention;
mod scan;

pub use feedback::{Acknowledged, Feedback, FeedbackError, Handling, Manner, Objection, Outcome};
pub use publicity::{
    Approved, Draft, Ended, Posted, PublicityError, PublicityHead, PublicityState, PublicityStep,
    Withdrawn,
};
pub use retention::{
    Destruction, DestructionError, DestructionState, DestructionStep, Holding, Kind, held,
};
pub use scan::{Finding, Secret, scan};

#[cfg(test)]
mod tests;
