//! What the pages of a branch's dues know before they ask any rule.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use pingyi_domain::dues::{Account, Arrears, Category, Current, Fen, Month, Span};
use pingyi_domain::ids::{CampaignId, MemberId, OrgId};
use pingyi_storage::Tx;
use pingyi_storage::dues::assessment::{self, Assessment};
use pingyi_storage::dues::clerk::{self, DuesClerk};
use pingyi_storage::dues::sums;

use super::RATES;
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::meeting::load::{self, Person, Scene};

/// A branch's dues: members, what they owe, what they paid.
pub(super) struct Desk {
    pub scene: Scene,
    pub people: Vec<Person>,
    pub clerk: Option<DuesClerk>,
    pub today: Date,
    /// First month looked at: last January a year ago.
    pub first: Month,
    /// Last month that can be paid today.
    pub last: Month,
    assessed: HashMap<MemberId, Vec<Assessment>>,
    paid: HashMap<MemberId, BTreeMap<Month, Fen>>,
}

impl Desk {
    /// Everything about the branch of an address.
    pub async fn load(ctx: &Ctx, tx: &mut Tx, at: (CampaignId, OrgId)) -> Result<Self, PageError> {
        let scene = load::scene(&ctx.app, tx, at).await?;
        let today = ctx.now.date();
        let now = Month::of(today);
        let first = Month::new(now.year() - 1, 1);
        let last = now.plus(RATES.limits.prepay_months - 1);
        let branch = scene.branch.id;
        let people = load::roster(tx, branch).await?;
        let mut assessed: HashMap<MemberId, Vec<Assessment>> = HashMap::new();
        for row in assessment::list_of_branch(tx, branch).await? {
            assessed.entry(row.member_id).or_default().push(row);
        }
        let mut paid: HashMap<MemberId, BTreeMap<Month, Fen>> = HashMap::new();
        for row in sums::of_members(tx, branch, first, last).await? {
            paid.entry(row.member_id)
                .or_default()
                .insert(row.month, row.paid);
        }
        let clerk = clerk::get(tx, branch).await?;
        Ok(Self {
            scene,
            people,
            clerk,
            today,
            first,
            last,
            assessed,
            paid,
        })
    }

    /// A member of this branch; not found for anybody else.
    pub fn person(&self, member: MemberId) -> Result<&Person, PageError> {
        self.people
            .iter()
            .find(|p| p.member.id == member)
            .ok_or(PageError::NotFound)
    }

    /// A member's months.
    pub fn account(&self, member: MemberId) -> Account {
        let none = BTreeMap::new();
        let paid = self.paid.get(&member).unwrap_or(&none);
        Account::new(&self.spans(member), paid, self.first, self.last)
    }

    fn spans(&self, member: MemberId) -> Vec<Span> {
        let rows = self.assessed.get(&member);
        rows.into_iter().flatten().map(span).collect()
    }

    /// The assessment with the last word on a member.
    pub fn newest(&self, member: MemberId) -> Option<&Assessment> {
        self.assessed.get(&member)?.last()
    }

    /// What holds this month, else what will.
    pub fn now(&self, member: MemberId) -> Option<&Assessment> {
        let month = Month::of(self.today);
        let rows = self.assessed.get(&member)?;
        let holds = |a: &&Assessment| span(a).covers(month);
        rows.iter().find(holds).or_else(|| rows.last())
    }

    /// Months that are over and not paid.
    pub fn arrears(&self, member: MemberId) -> Option<Arrears> {
        self.account(member).arrears(self.over())
    }

    /// The last month that is over.
    pub fn over(&self) -> Month {
        Month::of(self.today).plus(-1)
    }

    /// Whether the one who asks is the branch's dues clerk.
    pub fn is_clerk(&self, ctx: &Ctx) -> bool {
        let member = ctx.user.as_ref().and_then(|u| u.member);
        let clerk = self.clerk.as_ref().map(|c| c.member_id);
        member.is_some() && member == clerk
    }

    /// The clerk's name, while on the branch's committee.
    pub fn clerk_name(&self) -> Option<&str> {
        let clerk = self.clerk.as_ref()?;
        let person = self
            .people
            .iter()
            .find(|p| p.member.id == clerk.member_id)?;
        person.kind.map(|_| person.member.name.as_str())
    }
}

/// The months an assessment speaks of.
pub(super) fn span(row: &Assessment) -> Span {
    Span {
        from: row.from_month,
        until: row.until_month,
        amount: row.amount,
    }
}

/// An assessment as the rules know it.
pub(super) fn current(row: &Assessment) -> Current {
    Current {
        from: row.from_month,
        category: row.category,
        relieved: row.relief_by.is_some(),
    }
}

/// `按月领取工资`, `离退休，批准免交`.
pub(super) fn kind_text(row: &Assessment) -> String {
    let label = label(row.category);
    match (&row.relief_by, row.amount.is_zero()) {
        (Some(_), true) => format!("{label}，批准免交"),
        (Some(_), false) => format!("{label}，批准少交"),
        (None, _) => label.to_owned(),
    }
}

/// As forms name a category.
pub(super) fn label(category: Category) -> &'static str {
    RATES.label(category)
}
