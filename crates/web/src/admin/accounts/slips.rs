//! One-time codes and the slips they are printed on. A code is shown once and kept only as a
//! hash; a new one ends the one before.

use askama::Template;
use pingyi_domain::time::{UnixTime, chinese_date};
use pingyi_storage::account::{Account, AccountStatus};
use pingyi_storage::activation::{self, Activation};
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::{Tx, account, session};
use qrcode::QrCode;
use qrcode::render::svg;

use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::html::{Answer, page};
use crate::kernel::random::{normal_code, printed_code};
use crate::kernel::secret::token_hash;

/// Days a code stays good: long enough to reach everybody of a unit by hand.
const DAYS: i64 = 14;

#[derive(Template)]
#[template(path = "admin/slips.html")]
struct SlipsPage {
    frame: Frame,
    slips: Vec<Slip>,
    address: String,
    until: String,
    back: String,
}

/// One slip.
pub struct Slip {
    pub name: String,
    pub post: String,
    pub login: String,
    pub code: String,
    /// The address with the code, as inline SVG.
    pub qr: String,
}

/// Makes a code for an account. A disabled one comes back into use with it.
pub async fn issue(
    ctx: &Ctx,
    tx: &mut Tx,
    owner: &mut Account,
    post: &str,
) -> Result<Slip, PageError> {
    if owner.status == AccountStatus::Disabled {
        owner.status = AccountStatus::Invited;
        owner.password_hash = None;
        account::update(tx, owner).await?;
        session::delete_of_account(tx, owner.id).await?;
    }
    let code = printed_code(ctx.app.random.as_ref());
    let row = Activation {
        account_id: owner.id,
        code_hash: token_hash(&normal_code(&code)),
        expires_at: UnixTime(ctx.now.0 + DAYS * 86_400),
        used_at: None,
    };
    activation::insert(tx, &row).await?;
    let object = Object::Account(owner.id);
    let detail = serde_json::json!({ "login": owner.login, "name": owner.display_name });
    tx.audit(&ctx.actor(), ctx.now, Event::CodeIssued, object, detail)
        .await?;
    Ok(Slip {
        name: owner.display_name.clone(),
        post: post.to_owned(),
        login: owner.login.clone(),
        qr: qr(&format!("{}/activate?code={code}", ctx.app.options.address))?,
        code,
    })
}

fn qr(text: &str) -> Result<String, PageError> {
    let code = QrCode::new(text.as_bytes()).map_err(PageError::internal)?;
    let image = code
        .render::<svg::Color<'_>>()
        .min_dimensions(120, 120)
        .quiet_zone(true)
        .build();
    // The XML head has no place inside a page.
    let start = image.find("<svg").unwrap_or(0);
    Ok(image[start..].to_owned())
}

/// The page to print; the codes are never shown again.
pub async fn answer(ctx: &Ctx, tx: &mut Tx, slips: Vec<Slip>, back: String) -> Answer {
    let frame = ctx.frame(tx, "启用码纸条").await?;
    page(&SlipsPage {
        frame,
        slips,
        address: ctx.app.options.address.clone(),
        until: chinese_date(UnixTime(ctx.now.0 + DAYS * 86_400).date()),
        back,
    })
}
