//! The steps of a filing as both kinds share them: draft, hand in, return, receive.
//!
//! The rules are `pingyi_domain::filing`'s; here they meet storage and the log. // 通知 四、4

use jiff::civil::Date;
use pingyi_domain::filing::{
    Draft, FilingError, FilingHead, FilingKind, FilingState, FilingStep, Readiness, Returned,
    Submitted,
};
use pingyi_domain::ids::{CampaignId, FilingId, OrgId};
use pingyi_storage::audit::{self, Event, Object};
use pingyi_storage::filing::{Filing, FilingVersion};
use pingyi_storage::{Tx, filing};
use serde_json::json;

use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};

/// A filing with its versions, newest first.
pub(crate) struct Filed {
    /// The filing.
    pub filing: Filing,
    /// Newest first.
    pub versions: Vec<FilingVersion>,
}

impl Filed {
    /// The newest version.
    pub fn newest(&self) -> Option<&FilingVersion> {
        self.versions.first()
    }

    /// One version, for its papers; only what was handed in has any.
    pub fn handed_in(&self, version: u32) -> Option<&FilingVersion> {
        self.versions
            .iter()
            .find(|v| v.version == version && v.submitted_at.is_some())
    }
}

/// An organisation's filing of a kind.
pub(crate) async fn find(
    tx: &mut Tx,
    campaign: CampaignId,
    org: OrgId,
    kind: FilingKind,
) -> Result<Option<Filed>, PageError> {
    let Some(found) = filing::find(tx, campaign, org, kind).await? else {
        return Ok(None);
    };
    let versions = filing::list_versions(tx, found.id).await?;
    Ok(Some(Filed {
        filing: found,
        versions,
    }))
}

/// What a person may write: everything else is computed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Input {
    /// 填表人.
    pub filler: String,
    /// 联系电话.
    pub contact: String,
    /// The unit's own words; empty for a branch.
    pub report: String,
}

/// Saves a draft: the first one, the open one, or the next after a return.
pub(crate) async fn save(
    ctx: &Ctx,
    tx: &mut Tx,
    key: (CampaignId, OrgId, FilingKind),
    input: Input,
) -> Result<(Filing, FilingVersion), PageError> {
    let (mut row, is_new) = match find(tx, key.0, key.1, key.2).await? {
        Some(found) => next_draft(found)?,
        None => (first(ctx.app.new_id(), key), true),
    };
    row.1.filler = input.filler;
    row.1.contact = input.contact;
    row.1.report_text = input.report;
    match (is_new, row.1.version) {
        (true, 1) => {
            filing::insert(tx, &row.0).await?;
            filing::insert_version(tx, &row.1).await?;
        }
        (true, _) => {
            filing::update(tx, &row.0).await?;
            filing::insert_version(tx, &row.1).await?;
        }
        (false, _) => filing::update_version(tx, &row.1).await?,
    }
    let detail = json!({ "kind": row.0.kind.as_str(), "version": row.1.version });
    tx.audit(
        &ctx.actor(),
        ctx.now,
        Event::FilingDrafted,
        Object::Filing(row.0.id),
        detail,
    )
    .await?;
    Ok(row)
}

fn first(
    id: FilingId,
    (campaign_id, org_id, kind): (CampaignId, OrgId, FilingKind),
) -> (Filing, FilingVersion) {
    let state = FilingState::Draft;
    (
        Filing {
            id,
            campaign_id,
            org_id,
            kind,
            state,
            version: 1,
        },
        blank(id, 1),
    )
}

fn blank(filing_id: FilingId, version: u32) -> FilingVersion {
    FilingVersion {
        filing_id,
        version,
        snapshot: "{}".into(),
        report_text: String::new(),
        filler: String::new(),
        contact: String::new(),
        chain_head: String::new(),
        submitted_by: None,
        submitted_by_name: None,
        submitted_at: None,
        late: false,
        decision: None,
        opinion: None,
        decided_by: None,
        decided_by_name: None,
        decided_at: None,
    }
}

/// The open draft, or the next version after a return; nothing else may be changed.
fn next_draft(found: Filed) -> Result<((Filing, FilingVersion), bool), PageError> {
    let head = head(&found.filing);
    let mut filing = found.filing;
    match filing.state {
        FilingState::Draft => {
            let version = found
                .versions
                .into_iter()
                .next()
                .ok_or(PageError::NotFound)?;
            Ok(((filing, version), false))
        }
        FilingState::Returned => {
            let last = found.versions.first().ok_or(PageError::NotFound)?;
            let returned = Returned {
                head,
                by: last.decided_by.ok_or(PageError::NotFound)?,
                opinion: last.opinion.clone().unwrap_or_default(),
                at: last.decided_at.ok_or(PageError::NotFound)?,
            };
            let draft = returned.revise().map_err(PageError::refused)?;
            filing.state = FilingState::Draft;
            filing.version = draft.head.version;
            let version = blank(filing.id, draft.head.version);
            Ok(((filing, version), true))
        }
        state => {
            state
                .advance(FilingStep::Revise)
                .map_err(PageError::refused)?;
            Err(PageError::refused(
                "材料已经报送，不能修改。需要修改时，请接收单位先退回。",
            ))
        }
    }
}

fn head(filing: &Filing) -> FilingHead {
    FilingHead {
        id: filing.id,
        kind: filing.kind,
        org: filing.org_id,
        version: filing.version,
    }
}

/// Hands the open draft in, with the figures it was made from.
pub(crate) async fn submit(
    ctx: &Ctx,
    tx: &mut Tx,
    (mut filing, mut version): (Filing, FilingVersion),
    snapshot: String,
    deadline: Date,
    ready: &Readiness,
) -> Result<(), PageError> {
    let draft = Draft {
        head: head(&filing),
    };
    let by = ctx.user()?;
    let sent = draft
        .submit(by.account, ctx.now, deadline, ready)
        .map_err(PageError::refused)?;
    filing.state = FilingState::Submitted;
    version.snapshot = snapshot;
    version.chain_head = audit::head(tx).await?.short();
    version.submitted_by = Some(sent.by);
    version.submitted_by_name = Some(by.name.clone());
    version.submitted_at = Some(sent.at);
    version.late = sent.late;
    filing::update(tx, &filing).await?;
    filing::update_version(tx, &version).await?;
    let detail =
        json!({ "kind": filing.kind.as_str(), "version": version.version, "late": version.late });
    tx.audit(
        &ctx.actor(),
        ctx.now,
        Event::FilingSubmitted,
        Object::Filing(filing.id),
        detail,
    )
    .await?;
    Ok(())
}

/// What a rule has against a decision, for the form it was made on.
pub(crate) type Decided = Result<&'static str, FilingError>;

/// Receives or returns what was handed in. The answer is the key of the sentence to show, or
/// what to put right on the form.
///
/// The form names the version it was looking at: a newer one is not decided unseen.
pub(crate) async fn decide(
    ctx: &Ctx,
    tx: &mut Tx,
    found: Filed,
    fields: &Fields,
) -> Result<Decided, PageError> {
    let Filed {
        mut filing,
        versions,
    } = found;
    let mut version = versions.into_iter().next().ok_or(PageError::NotFound)?;
    if fields.get("version") != version.version.to_string() {
        return Err(PageError::refused(
            "材料已有新的变化，刚才的办理没有保存。请刷新后看过最新一稿再办理。",
        ));
    }
    let (state, event, done) = match verdict(ctx, &filing, &mut version, fields)? {
        Ok(verdict) => verdict,
        Err(reason) => return Ok(Err(reason)),
    };
    filing.state = state;
    version.decision = Some(state);
    version.decided_by = Some(ctx.user()?.account);
    version.decided_by_name = Some(ctx.user()?.name.clone());
    version.decided_at = Some(ctx.now);
    filing::update(tx, &filing).await?;
    filing::update_version(tx, &version).await?;
    let detail = json!({ "kind": filing.kind.as_str(), "version": version.version });
    tx.audit(
        &ctx.actor(),
        ctx.now,
        event,
        Object::Filing(filing.id),
        detail,
    )
    .await?;
    Ok(Ok(done))
}

/// Marks the form of a decision that was refused; what does not concern a field stands on top.
pub(crate) fn refused(form: &mut FormState, reason: &FilingError) {
    let name = match reason {
        FilingError::NoOpinion => "opinion",
        _ => "",
    };
    form.fail(name, reason.to_string());
}

/// What a decision makes of a filing: its state, the row for the log, the sentence to show.
type Verdict = (FilingState, Event, &'static str);

/// What the rules make of the receiver's choice; the opinion goes into the version.
fn verdict(
    ctx: &Ctx,
    filing: &Filing,
    version: &mut FilingVersion,
    fields: &Fields,
) -> Result<Result<Verdict, FilingError>, PageError> {
    let back = fields.get("act") == "return";
    let step = if back {
        FilingStep::Return
    } else {
        FilingStep::Receive
    };
    let state = filing.state.advance(step).map_err(PageError::refused)?;
    let sent = Submitted {
        head: head(filing),
        by: version.submitted_by.ok_or(PageError::NotFound)?,
        at: version.submitted_at.ok_or(PageError::NotFound)?,
        late: version.late,
    };
    let by = ctx.user()?.account;
    if back {
        let returned = sent.return_with(by, fields.get("opinion"), ctx.now);
        return Ok(returned.map(|back| {
            version.opinion = Some(back.opinion);
            (state, Event::FilingReturned, "filing-returned")
        }));
    }
    Ok(sent.receive(by, ctx.now).map(|_| {
        version.opinion = fields.some("opinion");
        (state, Event::FilingReceived, "filing-received")
    }))
}
