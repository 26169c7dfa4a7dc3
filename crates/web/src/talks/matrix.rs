//! Persons × those with a post: who has talked with whom, and where a talk is missing.

use pingyi_domain::ids::MemberId;
use pingyi_domain::talk::Need;

use super::load::Ground;

/// One line of the matrix.
pub(super) struct Row {
    /// Name.
    pub name: String,
    /// 党内职务.
    pub post: String,
    /// One cell per column.
    pub cells: Vec<Cell>,
    /// Nothing is missing with this person.
    pub done: bool,
    /// Not due at the meeting.
    pub out: bool,
}

/// One person with one of those with a post.
pub(super) struct Cell {
    /// Column's name, for narrow screens.
    pub column: String,
    /// Days, `—` for oneself, nothing where none is asked.
    pub text: String,
    /// The notice asks for this talk and it is not held.
    pub missing: bool,
}

/// The whole table.
pub(super) struct Matrix {
    /// Names of those with a post.
    pub columns: Vec<String>,
    /// Everybody, in roster order.
    pub rows: Vec<Row>,
}

impl Matrix {
    pub fn of(ground: &Ground) -> Self {
        let leading: Vec<MemberId> = ground
            .due()
            .iter()
            .filter(|p| p.post.is_some())
            .map(|p| p.member)
            .collect();
        let (_, open) = ground.needs();
        let rows = ground.people.iter().map(|person| {
            let id = person.member.id;
            Row {
                name: person.member.name.clone(),
                post: person.post.clone(),
                cells: leading
                    .iter()
                    .map(|&l| cell(ground, &open, id, l))
                    .collect(),
                done: !open.iter().any(|need| concerns(need, id)),
                out: ground.out.contains(&id),
            }
        });
        Self {
            rows: rows.collect(),
            columns: leading.iter().map(|&l| ground.name(l).to_owned()).collect(),
        }
    }
}

fn concerns(need: &Need, id: MemberId) -> bool {
    match need {
        Need::Both(pair) => pair.members().contains(&id),
        Need::One(member) => *member == id,
    }
}

fn cell(ground: &Ground, open: &[Need], person: MemberId, leading: MemberId) -> Cell {
    let with = |id| ground.talks.iter().filter(move |t| t.party(id).is_some());
    let mut days: Vec<String> = with(person)
        .filter(|t| t.party(leading).is_some())
        .map(|t| format!("{}月{}日", t.held_on.month(), t.held_on.day()))
        .collect();
    days.reverse();
    let asked = open.iter().any(|need| {
        matches!(need, Need::Both(_)) && concerns(need, person) && concerns(need, leading)
    });
    let own = person == leading;
    Cell {
        column: ground.name(leading).to_owned(),
        text: if own { "—".into() } else { days.join("、") },
        missing: asked && !own,
    }
}
