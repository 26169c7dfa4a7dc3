//! A box for the round: its random name, the server's key, two scrutineers. // docs/SECRECY.md §1

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_ballot::election::Uuid;
use pingyi_ballot::json;
use pingyi_ballot::trustee::SecretKey;
use pingyi_domain::appraisal::RoundState;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_room::Group;
use pingyi_storage::audit::Event;
use pingyi_storage::ballot_box::{self, BoxId, NewBox};
use pingyi_storage::ballot_key::{self, Scrutineer};
use pingyi_storage::official::{self, OfficialRole, RoundOfficial};

use super::page;
use super::scrutineer::{Done, log};
use super::seal::{NotOurs, seal};
use super::token::{Whose, token};
use crate::appraisal::load::Current;
use crate::appraisal::officials;
use crate::appraisal::sitting::{Sitting, sitting};
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, redirect_done};
use crate::kernel::random::{CryptoSource, Random, unordered_id};
use crate::kernel::secret::{InstallKey, token_hash};

/// The two fields of the form, by slot.
pub(super) const FIELDS: [(&str, u32); 2] = [("scrutineer_1", 1), ("scrutineer_2", 2)];

/// Makes the box.
pub async fn submit(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let sitting = sitting(&ctx.app, &mut tx, at).await?;
    may_create(&sitting)?;
    let id = BoxId(unordered_id(ctx.app.random.as_ref()));
    let mut form = FormState::of(&fields);
    let Some(watching) = watching(&sitting, &mut form)? else {
        let answer = page::answer(&ctx, tx, sitting, form).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
    };
    let rng = &mut CryptoSource(ctx.app.random.as_ref());
    let uuid = Uuid::random(rng);
    let key = SecretKey::<Group>::random(rng);
    let document = json::to_text(&key.document(None, rng));
    let server = (&key, document.as_str());
    let secrets = box_secrets(&ctx.app.key, id, server, ctx.app.random.as_ref());
    let secrets = secrets.map_err(PageError::internal)?;
    let now = sitting.round()?;
    let chosen = scrutineers(&secrets, &watching);
    let new = NewBox {
        id,
        round_id: now.round.id,
        uuid: uuid.as_str(),
        projector_hash: &secrets.projector_hash,
        server_key: &secrets.server_key,
    };
    ballot_box::insert(&mut tx, new).await?;
    ballot_key::set(&mut tx, id, &chosen).await?;
    official::set(&mut tx, now.round.id, &with_tellers(now, watching)).await?;
    let names: Vec<&String> = chosen.iter().map(|one| &one.name).collect();
    let row = Done {
        actor: &ctx.actor(),
        now: ctx.now,
        event: Event::BoxCreated,
        detail: serde_json::json!({ "scrutineers": names }),
    };
    log(&mut tx, &sitting, row).await?;
    tx.commit().await?;
    redirect_done(&sitting.path("/box"), "box-created")
}

/// Only for a prepared round, after the criticism, with attendance taken. // 通知 三、3
fn may_create(sitting: &Sitting) -> Result<(), PageError> {
    sitting.ready()?;
    let now = sitting.round()?;
    if sitting.ballot_box.is_some() {
        return Err(PageError::refused("本轮已经有电子票箱，不用再建。"));
    }
    if now.round.state != RoundState::Prepared {
        return Err(PageError::refused(
            "本轮已经发了纸质测评表，一轮只用一种方式。要用电子投票，请先作废本轮，重新确定名单。",
        ));
    }
    if sitting.voters() == 0 {
        return Err(PageError::refused("没有到会可投票的党员，不能建立票箱。"));
    }
    Ok(())
}

/// What is kept of a new box's secrets.
#[derive(Debug)]
pub struct BoxSecrets {
    /// Hash of the token in the projector's address.
    pub projector_hash: String,
    /// Hashes of those in the scrutineers' addresses, by slot.
    pub scrutineer_hashes: Vec<String>,
    /// The server's key, sealed, and under it the document that shows its public side.
    pub server_key: String,
}

/// The secrets of a box under the installation's key. `server`: its key with the public side.
pub fn box_secrets(
    install: &InstallKey,
    id: BoxId,
    (key, document): (&SecretKey<Group>, &str),
    random: &dyn Random,
) -> Result<BoxSecrets, NotOurs> {
    let sealed = seal(install, id, key, random)?;
    let hash = |whose| token_hash(&token(install, id, whose));
    let slots = FIELDS.iter().map(|(_, slot)| Whose::Scrutineer(*slot));
    Ok(BoxSecrets {
        projector_hash: hash(Whose::Projector),
        scrutineer_hashes: slots.map(hash).collect(),
        server_key: format!("{sealed}\n{document}"),
    })
}

/// Two different people, present or the envoy, neither of whom counts. // 通知 三、3
fn watching(
    sitting: &Sitting,
    form: &mut FormState,
) -> Result<Option<Vec<RoundOfficial>>, PageError> {
    let mut chosen: Vec<RoundOfficial> = Vec::new();
    for (field, slot) in FIELDS {
        let value = form.value(field).to_owned();
        let person = officials::person(sitting, OfficialRole::Scrutineer, &value);
        let Some(person) = person else {
            form.fail(
                field,
                format!("请选择第 {slot} 名监票人，从到会党员和上级派员中选。"),
            );
            continue;
        };
        if chosen.contains(&person) {
            form.fail(field, "两名监票人须是两个人。请改选一名。");
        }
        chosen.push(person);
    }
    let now = sitting.round()?;
    if form.is_ok()
        && let Err(why) = officials::check(&with_tellers(now, chosen.clone()))
    {
        form.fail("scrutineer_1", why.to_string());
    }
    Ok(form.is_ok().then_some(chosen))
}

/// Who watches the box watches the round: both are named on the count sheet, beside its tellers.
fn with_tellers(now: &Current, watching: Vec<RoundOfficial>) -> Vec<RoundOfficial> {
    let others = now.officials.iter();
    let others = others.filter(|one| one.role != OfficialRole::Scrutineer);
    watching.into_iter().chain(others.cloned()).collect()
}

fn scrutineers(secrets: &BoxSecrets, watching: &[RoundOfficial]) -> Vec<Scrutineer> {
    let hashes = secrets.scrutineer_hashes.iter();
    let named = hashes.zip(watching).map(|(hash, person)| Scrutineer {
        name: person.name.clone(),
        member_id: person.member_id,
        token_hash: hash.clone(),
    });
    named.collect()
}
