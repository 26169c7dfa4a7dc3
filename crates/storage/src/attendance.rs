//! Who was due at a meeting and who came.

use pingyi_domain::ids::MeetingId;
use pingyi_domain::meeting::{Attendance, Due, Presence, Role};

use crate::arg::{Arg, args};
use crate::column::{Column, bad_value};
use crate::row::{Record, Row};
use crate::{Result, Tx};

/// A meeting's list, in roster order.
pub async fn list(tx: &mut Tx, meeting: MeetingId) -> Result<Vec<Attendance>> {
    tx.all(
        "SELECT member_id, role, due, exclusion_reason, approver, excluded_on, presence, \
         absence_reason FROM attendance WHERE meeting_id = $1 ORDER BY member_id",
        args![meeting],
    )
    .await
}

/// Writes the whole list anew. Who is a unit leader is copied from the roster as it is now.
pub async fn set(tx: &mut Tx, meeting: MeetingId, list: &[Attendance]) -> Result<()> {
    tx.run(
        "DELETE FROM attendance WHERE meeting_id = $1",
        args![meeting],
    )
    .await?;
    for line in list {
        tx.run(
            "INSERT INTO attendance (meeting_id, member_id, role, due, exclusion_reason, \
             approver, excluded_on, presence, absence_reason, unit_leader) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, \
             COALESCE((SELECT unit_leader FROM member WHERE id = $2), 0))",
            columns(meeting, line),
        )
        .await?;
    }
    Ok(())
}

fn columns(meeting: MeetingId, line: &Attendance) -> Vec<Arg> {
    let role = match line.role {
        Role::Member => "member",
        Role::Observer => "observer",
    };
    let (mut exclusion, mut approver, mut on) = (None, None, None);
    if let Due::Excluded {
        reason,
        approver: who,
        on: day,
    } = &line.due
    {
        (exclusion, approver, on) = (Some(*reason), Some(who.clone()), Some(*day));
    }
    let (presence, absence) = match &line.presence {
        Presence::Present => ("present", None),
        Presence::LateAdded => ("late_added", None),
        Presence::Absent { reason } => ("absent", Some(reason.clone())),
    };
    let due = line.due == Due::Yes;
    args![
        meeting,
        line.member,
        role,
        due,
        exclusion,
        approver,
        on,
        presence,
        absence
    ]
    .into()
}

impl Record for Attendance {
    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            member: row.get("member_id")?,
            due: read_due(row)?,
            presence: read_presence(row)?,
            role: match String::get(row, "role")?.as_str() {
                "member" => Role::Member,
                "observer" => Role::Observer,
                word => return Err(bad_value("role", word)),
            },
        })
    }
}

fn read_due(row: &Row<'_>) -> Result<Due> {
    if row.get("due")? {
        return Ok(Due::Yes);
    }
    Ok(Due::Excluded {
        reason: row.get("exclusion_reason")?,
        approver: row.get("approver")?,
        on: row.get("excluded_on")?,
    })
}

fn read_presence(row: &Row<'_>) -> Result<Presence> {
    match String::get(row, "presence")?.as_str() {
        "present" => Ok(Presence::Present),
        "late_added" => Ok(Presence::LateAdded),
        "absent" => Ok(Presence::Absent {
            reason: row.get("absence_reason")?,
        }),
        word => Err(bad_value("presence", word)),
    }
}
