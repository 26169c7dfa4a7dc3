//! Who is appraised: one line of the form that makes a round's list. // 通知 四、3: 民主评议党员全覆盖

use pingyi_domain::appraisal::{Subject, Treatment, UngradedReason};
use pingyi_domain::ids::MemberId;
use pingyi_domain::member::Standing;
use pingyi_domain::notice::Settings;
use pingyi_storage::subject::RoundMember;

use crate::kernel::form::Fields;
use crate::meeting::load::Person;

/// A member's line, as typed.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub id: MemberId,
    pub name: String,
    pub standing: Standing,
    pub post: String,
    /// Absent today: appraised all the same.
    pub absent: bool,
    /// `graded`, `ungraded` or `not_appraised`.
    pub choice: String,
    pub reason: String,
    pub error: Option<&'static str>,
}

impl Line {
    /// A line by the notice's settings, or as stored.
    pub fn stored(person: &Person, stored: Option<&Treatment>, settings: &Settings) -> Self {
        let by_setting = Treatment::of(person.member.standing, settings);
        let (choice, reason) = match stored.unwrap_or(&by_setting) {
            Treatment::Graded => ("graded", ""),
            Treatment::Ungraded { why } => ("ungraded", why.label()),
            Treatment::NotAppraised { why } => ("not_appraised", why.as_str()),
        };
        Self {
            choice: choice.into(),
            reason: reason.into(),
            ..Self::blank(person)
        }
    }

    /// A line as sent.
    pub fn typed(person: &Person, fields: &Fields) -> Self {
        let id = person.member.id;
        let field = |key: &str| fields.get(&format!("{key}_{id}")).to_owned();
        Self {
            choice: field("t"),
            reason: field("r"),
            ..Self::blank(person)
        }
    }

    fn blank(person: &Person) -> Self {
        Self {
            id: person.member.id,
            name: person.member.name.clone(),
            standing: person.member.standing,
            post: person.post.clone(),
            absent: false,
            choice: String::new(),
            reason: String::new(),
            error: None,
        }
    }

    /// What it means, or what is missing.
    pub fn treatment(&self, settings: &Settings) -> Result<Treatment, &'static str> {
        let by_setting = Treatment::of(self.standing, settings);
        let probationary = UngradedReason::Probationary;
        match self.choice.as_str() {
            "graded" => Ok(Treatment::Graded),
            "ungraded" if self.reason.is_empty() || self.reason == probationary.label() => {
                match by_setting {
                    Treatment::Graded => Err("不定等次的，请写明原因。"),
                    other => Ok(other),
                }
            }
            "ungraded" => Ok(Treatment::Ungraded {
                why: UngradedReason::Other {
                    words: self.reason.clone(),
                },
            }),
            "not_appraised" if self.reason.is_empty() => Err("不参评的，请写明原因。"),
            "not_appraised" => Ok(Treatment::NotAppraised {
                why: self.reason.clone(),
            }),
            _ => Err("没有收到这一行，名册可能刚有变动。请刷新页面后重新确定。"),
        }
    }

    /// The line as the round keeps it.
    pub fn frozen(&self, seq: u32, treatment: Treatment) -> RoundMember {
        RoundMember {
            seq,
            subject: Subject {
                member: self.id,
                treatment,
            },
            name: self.name.clone(),
            standing: self.standing,
            post_title: self.post.clone(),
        }
    }
}
