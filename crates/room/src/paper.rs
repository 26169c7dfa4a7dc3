//! What stands on the electronic ballot: one row per appraised member, the notice's grades.

use pingyi_ballot::election::Question;

/// A ballot before it has a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BallotPaper {
    /// Title, e.g. of the campaign.
    pub title: String,
    /// Branch and day, for whoever reads the archive later.
    pub description: String,
    /// Labels of the grades, best first.
    pub grades: Vec<String>,
    /// What each row asks about, in the ballot's order.
    pub rows: Vec<String>,
}

impl BallotPaper {
    /// One question per row: at most one grade; none is 弃权 and is not marked as such. // 通知 三、3
    pub fn questions(&self) -> Vec<Question> {
        let question = |row: &String| Question {
            answers: self.grades.clone(),
            blank: None,
            min: 0,
            max: 1,
            question: row.clone(),
        };
        self.rows.iter().map(question).collect()
    }
}
