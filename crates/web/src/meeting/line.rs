//! One line of the attendance form: what stands on it and what it means.

use pingyi_domain::ids::MemberId;
use pingyi_domain::meeting::{Attendance, Due, ExclusionReason, Presence, Role};
use pingyi_domain::member::Standing;

use super::load::Person;
use super::when;
use crate::kernel::form::Fields;

/// A member's line, as typed.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// Who.
    pub id: MemberId,
    /// Name.
    pub name: String,
    /// Full or probationary.
    pub standing: Standing,
    /// 党内职务 in the branch.
    pub post: String,
    /// Unit leader: an ordinary member here. // 通知 四、2
    pub leader: bool,
    /// `present`, `absent` or `excluded`.
    pub status: String,
    /// Why absent.
    pub reason: String,
    /// Why not due: a word of the closed list.
    pub exclusion: String,
    /// Who approved that.
    pub approver: String,
    /// When.
    pub on: String,
    /// Not due, and came all the same.
    pub came: bool,
    /// What is wrong with the line.
    pub error: Option<&'static str>,
}

impl Line {
    /// A line as stored; everybody is present unless something else is known.
    pub fn stored(person: &Person, stored: Option<&Attendance>) -> Self {
        let mut line = Self::blank(person);
        let Some(stored) = stored else { return line };
        if let Presence::Absent { reason } = &stored.presence {
            "absent".clone_into(&mut line.status);
            reason.clone_into(&mut line.reason);
        }
        if let Due::Excluded {
            reason,
            approver,
            on,
        } = &stored.due
        {
            line.came = line.status == "present";
            "excluded".clone_into(&mut line.status);
            reason.as_str().clone_into(&mut line.exclusion);
            approver.clone_into(&mut line.approver);
            line.on = on.to_string();
        }
        line
    }

    /// A line as sent.
    pub fn typed(person: &Person, fields: &Fields) -> Self {
        let id = person.member.id;
        let field = |key: &str| fields.get(&format!("{key}_{id}")).to_owned();
        Self {
            status: field("s"),
            reason: field("r"),
            exclusion: field("x"),
            approver: field("p"),
            on: field("d"),
            came: fields.has(&format!("c_{id}")),
            ..Self::blank(person)
        }
    }

    fn blank(person: &Person) -> Self {
        Self {
            id: person.member.id,
            name: person.member.name.clone(),
            standing: person.member.standing,
            post: person.post.clone(),
            leader: person.member.unit_leader,
            status: "present".into(),
            reason: String::new(),
            exclusion: String::new(),
            approver: String::new(),
            on: String::new(),
            came: false,
            error: None,
        }
    }

    /// What it means, or what is missing.
    pub fn attendance(&self) -> Result<Attendance, &'static str> {
        let (due, presence) = match self.status.as_str() {
            "present" => (Due::Yes, Presence::Present),
            "absent" if self.reason.is_empty() => return Err("请写明缺席原因。"),
            "absent" => (
                Due::Yes,
                Presence::Absent {
                    reason: self.reason.clone(),
                },
            ),
            "excluded" => (self.excluded()?, self.presence_of_excluded()),
            _ => return Err("没有收到这一行，名册可能刚有变动。请刷新页面后重新登记。"),
        };
        Ok(Attendance {
            member: self.id,
            due,
            presence,
            role: Role::Member,
        })
    }

    fn excluded(&self) -> Result<Due, &'static str> {
        let reason = ExclusionReason::parse(&self.exclusion);
        let reason = reason.ok_or("不列入应到的，请选择原因。")?;
        if self.approver.is_empty() {
            return Err("不列入应到的，请填写批准人。");
        }
        let on = when::day(&self.on).ok_or("不列入应到的，请填写批准日期。")?;
        Ok(Due::Excluded {
            reason,
            approver: self.approver.clone(),
            on,
        })
    }

    fn presence_of_excluded(&self) -> Presence {
        if self.came {
            Presence::Present
        } else {
            Presence::Absent {
                reason: String::new(),
            }
        }
    }
}
