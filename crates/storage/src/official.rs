//! Who watched and counted a round: 监票人, 计票人, 唱票人.

use pingyi_domain::ids::{MemberId, RoundId};

use crate::arg::args;
use crate::column::states;
use crate::row::record;
use crate::{Result, Tx};

/// What an official did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfficialRole {
    /// 监票人.
    Scrutineer,
    /// 计票人.
    Teller,
    /// 唱票人.
    Caller,
}

impl OfficialRole {
    /// The word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Scrutineer => "scrutineer",
            Self::Teller => "teller",
            Self::Caller => "caller",
        }
    }

    /// Reads what [`OfficialRole::as_str`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Scrutineer, Self::Teller, Self::Caller]
            .into_iter()
            .find(|role| role.as_str() == text)
    }
}

states!(OfficialRole);

/// An official of a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundOfficial {
    /// What they did.
    pub role: OfficialRole,
    /// Name, copied.
    pub name: String,
    /// Organisation by name, copied.
    pub org_name: String,
    /// The member; `None` for the superior's envoy.
    pub member_id: Option<MemberId>,
}

record!(RoundOfficial {
    role,
    name,
    org_name,
    member_id
});

/// A round's officials, as entered.
pub async fn list(tx: &mut Tx, round: RoundId) -> Result<Vec<RoundOfficial>> {
    tx.all(
        "SELECT role, name, org_name, member_id FROM round_official WHERE round_id = $1 \
         ORDER BY seq",
        args![round],
    )
    .await
}

/// Writes the whole list anew.
pub async fn set(tx: &mut Tx, round: RoundId, list: &[RoundOfficial]) -> Result<()> {
    tx.run(
        "DELETE FROM round_official WHERE round_id = $1",
        args![round],
    )
    .await?;
    for (seq, o) in (1_u32..).zip(list) {
        tx.run(
            "INSERT INTO round_official (round_id, seq, role, name, org_name, member_id) \
             VALUES ($1, $2, $3, $4, $5, $6)",
            args![round, seq, o.role, o.name, o.org_name, o.member_id],
        )
        .await?;
    }
    Ok(())
}
