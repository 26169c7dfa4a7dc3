//! The minutes' parts on criticism, drafted from what was entered. Edited texts stay as they are.

use pingyi_domain::speech::{DraftCriticism, DraftSpeech, mutual_criticism, self_criticism};
use pingyi_storage::meeting::Meeting;
use pingyi_storage::{Tx, criticism, speech};

use super::floor::Floor;
use crate::kernel::error::PageError;
use crate::meeting::load::Scene;

/// 自我批评要点 and 相互批评要点.
#[derive(Debug, Clone, Default)]
pub(crate) struct Drafts {
    /// 自我批评要点.
    pub self_criticism: String,
    /// 相互批评要点.
    pub mutual_criticism: String,
}

/// Whether anything was entered that a draft could be made from.
pub(crate) async fn possible(tx: &mut Tx, held: &Meeting) -> Result<bool, PageError> {
    Ok(!speech::list(tx, held.id).await?.is_empty()
        || !criticism::list(tx, held.id).await?.is_empty())
}

/// Drafts both parts.
pub(crate) async fn of(tx: &mut Tx, scene: &Scene, held: &Meeting) -> Result<Drafts, PageError> {
    let floor = Floor::of(tx, scene.clone(), held.clone()).await?;
    let views = &scene.campaign.notice.views;
    let label = |key: &str| {
        let found = views.iter().find(|v| v.key == key);
        found.map_or_else(|| key.to_owned(), |v| v.label.clone())
    };
    let name = |id| floor.name(id).to_owned();
    let spoken = floor.speeches.iter().map(|s| DraftSpeech {
        name: name(s.member),
        text: s.words.clone(),
        // In the order of the notice.
        views: views
            .iter()
            .filter_map(|v| s.views.iter().find(|(key, _)| *key == v.key))
            .map(|(key, words)| (label(key), words.clone()))
            .collect(),
        written: s.written.then(|| s.reader.map(name)),
    });
    let said = floor.criticisms.iter().map(|c| DraftCriticism {
        from: name(c.from),
        to: name(c.to),
        text: c.words.clone(),
        answer: c.answer.clone(),
    });
    Ok(Drafts {
        self_criticism: self_criticism(&spoken.collect::<Vec<_>>()),
        mutual_criticism: mutual_criticism(&said.collect::<Vec<_>>()),
    })
}
