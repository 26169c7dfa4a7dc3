//! A small committee and a client, for tests: no sleeping, no files, no network.
//!
//! One unit 市水利局机关党委 with two branches, one directly attached branch 市委办公室党支部,
//! ten members each, every role with an account already signed in.

#![expect(
    clippy::missing_panics_doc,
    reason = "a test that cannot be set up should panic"
)]

mod client;
mod form;
mod people;
mod site;
mod sitting;

use std::sync::Arc;

use axum::Router;
use pingyi_domain::ids::{AccountId, CampaignId, MemberId, OrgId};
use pingyi_domain::notice::Notice;
use pingyi_domain::time::UnixTime;
use pingyi_storage::account::Account;
use pingyi_storage::campaign::{Campaign, CampaignStatus};
use pingyi_storage::{Db, Tx, campaign};

pub use client::{Client, Reply};
pub use site::Site;
pub use sitting::Sitting;

use crate::kernel::app::{App, Options};
use crate::kernel::clock::FixedClock;
use crate::kernel::random::SeededRandom;
use crate::kernel::secret::InstallKey;

/// 2015-09-15 10:00 in UTC+8: between the two deadlines of the 2015 notice.
pub const NOW: UnixTime = UnixTime(1_442_282_400);

/// The notice of 2019: four grades, the leading group on the ballot.
pub const NOTICE_2019: &str = include_str!("../../../../notices/national-2019.toml");

/// Key of the kit's installation.
pub const KEY: [u8; 32] = [7; 32];

/// The notice the kit's campaigns are made from.
pub const NOTICE: &str = include_str!("../../../../notices/xianning-2015-14.toml");

/// Who is signed in. Each is a different person with a different account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Who {
    /// Nobody.
    Visitor,
    /// 系统管理员.
    SystemAdmin,
    /// 安全管理员.
    SecurityAdmin,
    /// 审计管理员.
    AuditAdmin,
    /// 组织科.
    Clerk,
    /// A second person of the 组织科.
    Clerk2,
    /// 工委领导.
    Leader,
    /// Secretary of 市水利局机关党委.
    UnitSecretary,
    /// Clerk of 市水利局机关党委.
    UnitClerk,
    /// Secretary of the first branch.
    BranchSecretary,
    /// 组织委员 of the first branch.
    BranchCommittee,
    /// A member of the first branch without a post.
    Member,
    /// Secretary of the second branch.
    OtherSecretary,
    /// Secretary of the directly attached branch.
    AttachedSecretary,
    /// Deputy secretary of the directly attached branch.
    AttachedDeputy,
}

impl Who {
    /// Everybody, the visitor first.
    pub const ALL: [Self; 15] = [
        Self::Visitor,
        Self::SystemAdmin,
        Self::SecurityAdmin,
        Self::AuditAdmin,
        Self::Clerk,
        Self::Clerk2,
        Self::Leader,
        Self::UnitSecretary,
        Self::UnitClerk,
        Self::BranchSecretary,
        Self::BranchCommittee,
        Self::Member,
        Self::OtherSecretary,
        Self::AttachedSecretary,
        Self::AttachedDeputy,
    ];
}

/// The running site and the ids of what stands in it.
pub struct Kit {
    /// Shared state.
    pub app: App,
    /// Moves only when told to.
    pub clock: Arc<FixedClock>,
    /// The site.
    pub router: Router,
    /// 工委.
    pub root: OrgId,
    /// 市水利局机关党委.
    pub unit: OrgId,
    /// Its first branch.
    pub branch: OrgId,
    /// Its second branch.
    pub other: OrgId,
    /// 市委办公室党支部, directly attached.
    pub attached: OrgId,
    /// Accounts.
    pub accounts: Vec<(Who, Account)>,
}

impl Kit {
    /// The committee with its people, no campaign yet.
    pub async fn new() -> Self {
        Self::over(memory().await).await
    }

    /// As [`Kit::new`], in this empty database.
    pub async fn over(db: Db) -> Self {
        let kit = Self::empty_over(db);
        let mut tx = kit.app.db.begin().await.expect("begin");
        let kit = people::fill(kit, &mut tx).await;
        tx.commit().await.expect("commit");
        kit
    }

    /// A fresh installation: no account, no organisation.
    pub async fn empty() -> Self {
        Self::empty_over(memory().await)
    }

    fn empty_over(db: Db) -> Self {
        let clock = Arc::new(FixedClock::new(NOW));
        let app = app_over(db, &clock, 14);
        let router = crate::router(app.clone());
        let none = OrgId(uuid::Uuid::nil());
        Self {
            app,
            clock,
            router,
            root: none,
            unit: none,
            branch: none,
            other: none,
            attached: none,
            accounts: Vec::new(),
        }
    }

    /// The same people over the same facts, opened again: what a restart does.
    pub fn reopen(&mut self, db: Db) {
        // other random numbers than before: ids must not come again
        self.app = app_over(db, &self.clock, 15);
        self.router = crate::router(self.app.clone());
    }

    /// Issues the 2015 notice.
    pub async fn campaign(&self) -> CampaignId {
        self.campaign_of(NOTICE).await
    }

    /// Issues a notice.
    pub async fn campaign_of(&self, text: &str) -> CampaignId {
        let notice = Notice::parse(text).expect("a notice");
        let id: CampaignId = self.app.new_id();
        let mut tx = self.app.db.begin().await.expect("begin");
        let row = Campaign {
            id,
            slug: notice.slug.clone(),
            number: notice.number.clone(),
            title: notice.title.clone(),
            notice_toml: text.to_owned(),
            status: CampaignStatus::Issued,
            issued_at: Some(UnixTime(NOW.0 - 29 * 86_400)),
            issued_by: Some("周科长".into()),
        };
        campaign::insert(&mut tx, &row).await.expect("campaign");
        tx.commit().await.expect("commit");
        id
    }

    /// The account of one of the kit's people.
    pub fn account(&self, who: Who) -> AccountId {
        self.find(who).id
    }

    /// The member behind one of the kit's people.
    pub fn member(&self, who: Who) -> MemberId {
        self.find(who).member_id.expect("not on the roster")
    }

    fn find(&self, who: Who) -> &Account {
        let found = self.accounts.iter().find(|(w, _)| *w == who);
        &found.expect("no such person in the kit").1
    }

    /// A transaction for looking at, or preparing, what is stored.
    pub async fn begin(&self) -> Tx {
        self.app.db.begin().await.expect("begin")
    }

    /// A browser of `who`, signed in.
    pub async fn client(&self, who: Who) -> Client {
        let cookie = match who {
            Who::Visitor => None,
            _ => Some(client::sign_in(&self.app, self.find(who)).await),
        };
        Client::new(self.router.clone(), cookie).await
    }
}

fn app_over(db: Db, clock: &Arc<FixedClock>, seed: u64) -> App {
    App::new(
        db,
        Arc::<FixedClock>::clone(clock),
        Arc::new(SeededRandom::new(seed)),
        InstallKey::new(KEY),
        Options::default(),
    )
}

async fn memory() -> Db {
    Db::open("sqlite::memory:")
        .await
        .expect("in-memory database")
}
