//! A branch's dues through the pages: clerk, assessment, collection, arrears, taking back, year.

use pingyi_domain::dues::{Fen, Month};
use pingyi_domain::ids::MemberId;
use pingyi_storage::audit::Event;
use pingyi_storage::dues::{assessment, payment, sums};
use pingyi_storage::member;
use pingyi_web::testkit::{Reply, Site, Who};

struct Stage(Site);

impl std::ops::Deref for Stage {
    type Target = Site;

    fn deref(&self) -> &Site {
        &self.0
    }
}

const SEPTEMBER: Month = Month::new(2015, 9);
const AUGUST: Month = Month::new(2015, 8);

impl Stage {
    async fn new() -> Self {
        Self(Site::at("").await)
    }

    /// The 组织委员 is clerk; two members are assessed at 5000 yuan from August on.
    async fn assessed() -> Self {
        let stage = Self::new().await;
        stage.name_clerk(Who::BranchCommittee).await;
        for member in [Who::Member, Who::BranchSecretary] {
            let reply = stage.assess(stage.kit.member(member), &WAGE).await;
            assert_eq!(reply.status, 303, "{}", reply.text());
        }
        stage
    }

    async fn name_clerk(&self, who: Who) {
        let id = self.kit.member(who).to_string();
        let reply = self
            .post(Who::BranchSecretary, "/dues/clerk", &[("clerk", &id)])
            .await;
        assert_eq!(reply.status, 303, "{}", reply.text());
    }

    async fn assess(&self, member: MemberId, fields: &[(&str, &str)]) -> Reply {
        let path = format!("/dues/rate/{member}");
        self.post(Who::BranchCommittee, &path, fields).await
    }

    async fn collect(&self, amount: &str) -> Reply {
        let id = self.kit.member(Who::Member);
        let (tick, sum) = (format!("p_{id}"), format!("a_{id}"));
        let fields = [
            ("month", "2015-09"),
            ("paid_on", "2015-09-14"),
            (tick.as_str(), "1"),
            (sum.as_str(), amount),
        ];
        self.post(Who::BranchSecretary, "/dues/collect", &fields)
            .await
    }

    async fn paid(&self) -> Vec<(Month, Fen)> {
        let mut tx = self.kit.begin().await;
        let sums = sums::of_members(&mut tx, self.kit.branch, Month::new(2015, 1), Month::END)
            .await
            .expect("as prepared");
        sums.into_iter().map(|s| (s.month, s.paid)).collect()
    }
}

const WAGE: [(&str, &str); 3] = [
    ("category", "wage"),
    ("base", "4321.09"),
    ("from", "2015-08"),
];

#[tokio::test]
async fn only_the_secretary_names_a_clerk_and_only_from_the_committee() {
    let stage = Stage::new().await;
    let plain = stage.kit.member(Who::Member).to_string();
    let reply = stage
        .post(Who::BranchSecretary, "/dues/clerk", &[("clerk", &plain)])
        .await;
    assert_eq!(reply.status, 422);
    assert!(reply.says("从本支部书记、副书记和委员中确定"));
    let post = stage.kit.member(Who::BranchCommittee).to_string();
    let reply = stage
        .post(Who::BranchCommittee, "/dues/clerk", &[("clerk", &post)])
        .await;
    assert_eq!(reply.status, 403);
    stage.name_clerk(Who::BranchCommittee).await;
    assert!(
        stage
            .get(Who::BranchSecretary, "/dues")
            .await
            .says("党费管理员")
    );
    assert_eq!(stage.kit.details(Event::DuesClerkNamed).await.len(), 1);
}

#[tokio::test]
async fn an_income_is_seen_by_its_owner_and_the_clerk_and_by_nobody_else() {
    let stage = Stage::assessed().await;
    let rate = format!("/dues/rate/{}", stage.kit.member(Who::Member));
    assert!(stage.get(Who::BranchCommittee, &rate).await.says("4321.09"));
    assert!(stage.get(Who::Member, "/dues/mine").await.says("4321.09"));
    let refused = stage.get(Who::BranchSecretary, &rate).await;
    assert_eq!(refused.status, 422);
    assert!(refused.says("只有本人和党费管理员能看"));
    for who in Who::ALL {
        let own = [Who::Member, Who::BranchSecretary, Who::BranchCommittee];
        for rest in [
            "/dues",
            "/dues/register",
            "/dues/year",
            "/dues/collect",
            "/unit-dues",
        ] {
            assert!(
                !stage.get(who, rest).await.says("4321.09"),
                "{who:?} {rest}"
            );
        }
        if !own.contains(&who) {
            assert!(
                !stage.get(who, "/dues/mine").await.says("4321.09"),
                "{who:?}"
            );
            assert!(!stage.get(who, &rate).await.says("4321.09"), "{who:?}");
        }
    }
}

#[tokio::test]
async fn the_clerks_reading_of_an_income_is_logged_and_ones_own_is_not() {
    let stage = Stage::assessed().await;
    let before = stage.kit.details(Event::PapersRead).await.len();
    stage.get(Who::Member, "/dues/mine").await;
    assert_eq!(stage.kit.details(Event::PapersRead).await.len(), before);
    let rate = format!("/dues/rate/{}", stage.kit.member(Who::Member));
    stage.get(Who::BranchCommittee, &rate).await;
    assert_eq!(stage.kit.details(Event::PapersRead).await.len(), before + 1);
}

#[tokio::test]
async fn the_database_holds_no_income_and_the_log_no_amount() {
    let stage = Stage::assessed().await;
    stage.collect("43.21").await;
    let mut tx = stage.kit.begin().await;
    let rows = assessment::list_of_branch(&mut tx, stage.kit.branch)
        .await
        .unwrap();
    let sealed: Vec<&String> = rows.iter().filter_map(|a| a.base_sealed.as_ref()).collect();
    assert_eq!(sealed.len(), 2);
    assert_ne!(sealed[0], sealed[1], "equal incomes do not look equal");
    // 432109 as text, and its eight bytes as hex.
    for text in &sealed {
        assert!(
            !text.contains("432109") && !text.contains("0000000000069"),
            "{text}"
        );
    }
    drop(tx);
    for event in [Event::DuesAssessed, Event::DuesReceived] {
        for detail in stage.kit.details(event).await {
            assert!(!detail.contains("43"), "{detail}");
        }
    }
}

#[tokio::test]
async fn a_row_moved_to_another_member_does_not_open() {
    let stage = Stage::assessed().await;
    let mut tx = stage.kit.begin().await;
    let one = stage.kit.member(Who::Member);
    let other = stage.kit.member(Who::BranchSecretary);
    let mut row = assessment::list_of_member(&mut tx, other)
        .await
        .unwrap()
        .remove(0);
    row.id = stage.kit.app.new_id();
    row.member_id = one;
    assessment::insert(&mut tx, &row).await.unwrap();
    tx.commit().await.unwrap();
    let page = stage.get(Who::Member, "/dues/mine").await;
    assert_eq!(page.status, 422);
    assert!(page.says("打不开"), "{}", page.text());
}

#[tokio::test]
async fn the_amount_follows_from_the_rates() {
    let stage = Stage::assessed().await;
    assert!(stage.get(Who::Member, "/dues/mine").await.says("43.21 元"));
    let member = stage.kit.member(Who::BranchCommittee);
    let retired = [
        ("category", "retired"),
        ("base", "5000.01"),
        ("from", "2015-01"),
    ];
    stage.assess(member, &retired).await;
    assert!(
        stage
            .get(Who::BranchCommittee, "/dues/mine")
            .await
            .says("50.00 元")
    );
}

#[tokio::test]
async fn what_cannot_be_assessed_is_refused_with_what_was_typed() {
    let stage = Stage::assessed().await;
    let member = stage.kit.member(Who::Member);
    let cases: [(&[(&str, &str)], &str); 6] = [
        (
            &[("category", "wage"), ("base", "五千"), ("from", "2016-01")],
            "不是金额",
        ),
        (
            &[("category", "wage"), ("base", "5000"), ("from", "2015-10")],
            "收入变动从次年1月起",
        ),
        (
            &[("category", "farmer"), ("chosen", "2"), ("from", "2015-09")],
            "0.20元至1.00元",
        ),
        (&[("category", "boss"), ("from", "2015-09")], "没有选择"),
        (
            &[
                ("category", "wage"),
                ("base", "5000"),
                ("from", "2015-09"),
                ("relief", "1"),
                ("relief_amount", "0"),
            ],
            "批准的党委没有填写",
        ),
        (
            &[
                ("category", "wage"),
                ("base", "5000"),
                ("from", "2015-09"),
                ("relief", "1"),
                ("relief_amount", "50"),
                ("relief_by", "机关党委"),
                ("relief_on", "2015-09-01"),
            ],
            "不是少交",
        ),
    ];
    for (fields, words) in cases {
        let reply = stage.assess(member, fields).await;
        assert_eq!(reply.status, 422, "{words}");
        assert!(reply.says(words), "{words}: {}", reply.text());
    }
    let kept = stage.assess(member, cases[0].0).await;
    assert!(kept.says("value=\"五千\""));
    let mut tx = stage.kit.begin().await;
    assert_eq!(
        assessment::list_of_member(&mut tx, member)
            .await
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn relief_takes_effect_at_once_and_none_is_asked_for() {
    let stage = Stage::assessed().await;
    let exempt = [
        ("category", "wage"),
        ("base", "4321.09"),
        ("from", "2015-09"),
        ("relief", "1"),
        ("relief_amount", "0"),
        ("relief_by", "市水利局机关党委"),
        ("relief_on", "2015-09-01"),
    ];
    let reply = stage.assess(stage.kit.member(Who::Member), &exempt).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    let page = stage.get(Who::Member, "/dues/mine").await;
    assert!(page.says("批准免交") && page.says("市水利局机关党委2015年9月1日批准"));
}

#[tokio::test]
async fn a_months_collection_is_one_form_with_amounts_filled_in() {
    let stage = Stage::assessed().await;
    let page = stage.get(Who::BranchSecretary, "/dues/collect").await;
    assert!(page.says("value=\"43.21\""));
    assert!(!page.says(" checked"), "nobody is ticked unless asked for");
    let all = stage
        .get(Who::BranchSecretary, "/dues/collect?month=2015-09&all=1")
        .await;
    assert_eq!(
        all.text().matches(" checked").count(),
        2,
        "both that are assessed"
    );
    assert_eq!(stage.collect("43.21").await.status, 303);
    assert_eq!(stage.paid().await, [(SEPTEMBER, Fen(4_321))]);
    assert!(
        stage
            .get(Who::BranchSecretary, "/dues/register")
            .await
            .says("2015年9月14日")
    );
    assert_eq!(stage.kit.details(Event::DuesReceived).await.len(), 1);
}

#[tokio::test]
async fn a_wrong_row_stops_the_whole_collection_and_is_named() {
    let stage = Stage::assessed().await;
    let (good, bad) = (
        stage.kit.member(Who::Member),
        stage.kit.member(Who::BranchSecretary),
    );
    let names = [
        format!("p_{good}"),
        format!("a_{good}"),
        format!("p_{bad}"),
        format!("a_{bad}"),
    ];
    let fields = [
        ("month", "2015-09"),
        ("paid_on", "2015-09-14"),
        (names[0].as_str(), "1"),
        (names[1].as_str(), "43.21"),
        (names[2].as_str(), "1"),
        (names[3].as_str(), "4321分"),
    ];
    let reply = stage
        .post(Who::BranchSecretary, "/dues/collect", &fields)
        .await;
    assert_eq!(reply.status, 422);
    assert!(
        reply.says("：金额不是金额") && reply.says("value=\"4321分\""),
        "{}",
        reply.text()
    );
    assert_eq!(stage.paid().await, [], "nothing is half-saved");
}

#[tokio::test]
async fn a_month_is_not_collected_twice_nor_from_the_unassessed() {
    let stage = Stage::assessed().await;
    stage.collect("43.21").await;
    let again = stage.collect("43.21").await;
    assert_eq!(again.status, 422);
    assert!(again.says("已经交清"));
    let id = stage.kit.member(Who::BranchCommittee);
    let (tick, sum) = (format!("p_{id}"), format!("a_{id}"));
    let fields = [
        ("month", "2015-09"),
        ("paid_on", "2015-09-14"),
        (&*tick, "1"),
        (&*sum, "5"),
    ];
    let reply = stage
        .post(Who::BranchSecretary, "/dues/collect", &fields)
        .await;
    assert!(reply.says("还没有核定应交金额"), "{}", reply.text());
    let none = [("month", "2015-09"), ("paid_on", "2015-09-14")];
    let reply = stage
        .post(Who::BranchSecretary, "/dues/collect", &none)
        .await;
    assert!(reply.says("没有勾选任何人"));
    let future = [
        ("month", "2015-09"),
        ("paid_on", "2015-09-16"),
        (&*tick, "1"),
        (&*sum, "5"),
    ];
    let reply = stage
        .post(Who::BranchSecretary, "/dues/collect", &future)
        .await;
    assert!(reply.says("日期在今天以后"));
    assert_eq!(stage.paid().await.len(), 1);
}

#[tokio::test]
async fn one_payment_covers_months_back_and_the_quarter_ahead_with_consent() {
    let stage = Stage::assessed().await;
    let path = format!("/dues/pay/{}", stage.kit.member(Who::Member));
    let page = stage.get(Who::BranchSecretary, &path).await;
    assert!(
        page.says("value=\"2015-11\"") && !page.says("value=\"2015-12\""),
        "a quarter"
    );
    let months = [
        ("m", "2015-08"),
        ("a_2015-08", "43.21"),
        ("m", "2015-09"),
        ("a_2015-09", "50"),
        ("m", "2015-10"),
        ("a_2015-10", "43.21"),
        ("paid_on", "2015-09-14"),
        ("payer", "relative"),
    ];
    let reply = stage.post(Who::BranchSecretary, &path, &months).await;
    assert!(reply.says("代交人姓名没有填写"));
    let named = [&months[..], &[("payer_name", "李梅")]].concat();
    let reply = stage.post(Who::BranchSecretary, &path, &named).await;
    assert!(reply.says("要经支部同意按季交纳"), "{}", reply.text());
    assert!(reply.says("value=\"李梅\""), "what was typed is kept");
    let agreed = [&named[..], &[("consent_on", "2015-09-01")]].concat();
    let reply = stage.post(Who::BranchSecretary, &path, &agreed).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    let october = Month::new(2015, 10);
    let paid = [
        (AUGUST, Fen(4_321)),
        (SEPTEMBER, Fen(5_000)),
        (october, Fen(4_321)),
    ];
    assert_eq!(stage.paid().await, paid, "more than due is voluntary");
    let register = stage.get(Who::BranchCommittee, "/dues/register").await;
    assert!(register.says("亲属代交（李梅）") && register.says("136.42"));
    let page = stage.get(Who::BranchSecretary, &path).await;
    assert!(
        page.says("value=\"2015-09-01\""),
        "consent is not asked for again"
    );
}

#[tokio::test]
async fn a_large_one_off_goes_up_whole_and_pays_no_month() {
    let stage = Stage::assessed().await;
    let id = stage.kit.member(Who::Member);
    let pay = format!("/dues/pay/{id}");
    let much = [
        ("m", "2015-09"),
        ("a_2015-09", "2000"),
        ("paid_on", "2015-09-14"),
    ];
    let reply = stage.post(Who::BranchSecretary, &pay, &much).await;
    assert!(reply.says("请登记为大额党费"));
    let large = format!("/dues/large/{id}");
    let small = [
        ("large_amount", "999.99"),
        ("paid_on", "2015-09-14"),
        ("profile", "孙七"),
    ];
    let reply = stage.post(Who::BranchSecretary, &large, &small).await;
    assert!(reply.says("不作大额党费登记"));
    let whole = [
        ("large_amount", "1000"),
        ("paid_on", "2015-09-14"),
        ("profile", "为灾区群众"),
    ];
    let reply = stage.post(Who::BranchSecretary, &large, &whole).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    assert!(
        stage
            .get(Who::BranchSecretary, "/dues/register")
            .await
            .says("全额上缴。为灾区群众")
    );
    assert_eq!(stage.paid().await, []);
}

#[tokio::test]
async fn a_wrong_entry_is_taken_back_by_a_second_one() {
    let stage = Stage::assessed().await;
    stage.collect("43.21").await;
    let mut tx = stage.kit.begin().await;
    let paid = payment::list_of_member(&mut tx, stage.kit.member(Who::Member))
        .await
        .unwrap();
    drop(tx);
    let id = paid[0].id.to_string();
    let reverse = async |who, reason: &str| {
        let fields = [("payment", id.as_str()), ("reason", reason)];
        stage.post(who, "/dues/reverse", &fields).await
    };
    assert!(
        reverse(Who::BranchSecretary, "")
            .await
            .says("冲正原因没有填写")
    );
    let foreign = format!("/c/{}/o/{}/dues/reverse", stage.campaign, stage.kit.other);
    let other = stage.kit.client(Who::OtherSecretary).await;
    let fields = [("payment", id.as_str()), ("reason", "x")];
    assert_eq!(
        other.post(&foreign, &fields).await.status,
        404,
        "not of that branch"
    );
    assert_eq!(reverse(Who::BranchCommittee, "登记错人").await.status, 303);
    assert_eq!(stage.paid().await, [(SEPTEMBER, Fen::ZERO)]);
    assert!(
        reverse(Who::BranchSecretary, "再来")
            .await
            .says("已经冲正过")
    );
    let page = stage.get(Who::BranchSecretary, "/dues/register").await;
    assert!(page.says("冲正原因：登记错人") && page.says("-43.21") && page.says("已冲正"));
    assert_eq!(
        stage.collect("43.21").await.status,
        303,
        "and can be entered again"
    );
    assert_eq!(stage.kit.details(Event::DuesReversed).await.len(), 1);
}

#[tokio::test]
async fn arrears_are_shown_to_the_committee_alone_and_decide_nothing() {
    let stage = Stage::assessed().await;
    let member = stage.kit.member(Who::BranchCommittee);
    let long = [("category", "student"), ("from", "2015-01")];
    assert_eq!(stage.assess(member, &long).await.status, 303);
    let page = stage.get(Who::BranchSecretary, "/dues").await;
    assert!(page.says("往月未交清（3）"), "{}", page.text());
    assert!(page.says("连续 8 个月") && page.says("不作任何认定"));
    for who in [Who::UnitSecretary, Who::UnitClerk, Who::Clerk, Who::Leader] {
        let page = stage.get(who, "/dues").await;
        assert_eq!(page.status, 200, "{who:?}");
        assert!(
            !page.says("未交清的月份") && !page.says("/dues/pay/"),
            "{who:?}"
        );
    }
    for who in [Who::Member, Who::OtherSecretary, Who::AttachedSecretary] {
        assert_eq!(stage.get(who, "/dues").await.status, 403, "{who:?}");
    }
    let mut tx = stage.kit.begin().await;
    let now = member::get(&mut tx, member).await.unwrap().unwrap();
    assert_eq!(now.branch, stage.kit.branch, "nobody is struck off");
}

#[tokio::test]
async fn a_member_reads_the_year_once_it_is_published() {
    let stage = Stage::assessed().await;
    stage.collect("43.21").await;
    let before = stage.get(Who::Member, "/dues/year").await;
    assert!(before.says("还没有公布") && !before.says("43.21"));
    assert_eq!(stage.get(Who::Member, "/dues/year/pdf").await.status, 422);
    assert_eq!(
        stage
            .post(Who::Member, "/dues/year", &[("year", "2015")])
            .await
            .status,
        403
    );
    let year = [("year", "2015")];
    assert_eq!(
        stage
            .post(Who::BranchSecretary, "/dues/year", &year)
            .await
            .status,
        303
    );
    assert_eq!(
        stage
            .post(Who::BranchSecretary, "/dues/year", &year)
            .await
            .status,
        422
    );
    let after = stage.get(Who::Member, "/dues/year").await;
    assert!(after.says("43.21") && after.says("2015年9月15日由"));
    for format in ["pdf", "docx", "xlsx"] {
        let rest = format!("/dues/year/{format}?year=2015");
        assert_eq!(stage.get(Who::Member, &rest).await.status, 200, "{format}");
    }
    assert_eq!(
        stage.get(Who::OtherSecretary, "/dues/year").await.status,
        403
    );
}

#[tokio::test]
async fn a_publication_is_taken_back_with_a_reason_and_a_corrected_one_follows() {
    let stage = Stage::assessed().await;
    stage.collect("43.21").await;
    let year = [("year", "2015")];
    let who = Who::BranchSecretary;
    let early = stage.post(who, "/dues/year/withdraw", &year).await;
    assert_eq!(early.status, 422, "nothing is published yet");
    assert_eq!(stage.post(who, "/dues/year", &year).await.status, 303);
    let long = "长".repeat(101);
    for typed in [" ", long.as_str()] {
        let fields = [("year", "2015"), ("reason", typed)];
        let bare = stage.post(who, "/dues/year/withdraw", &fields).await;
        assert_eq!(bare.status, 422);
        assert!(bare.says("撤回原因") && bare.says("2015年度党费收缴情况</h1>"));
        assert!(bare.says("<details open>") && bare.says(typed));
    }
    let fields = [("year", "2015"), ("reason", "漏登了两笔8月份党费")];
    let member = stage.post(Who::Member, "/dues/year/withdraw", &fields);
    assert_eq!(member.await.status, 403);
    let back = stage.post(who, "/dues/year/withdraw", &fields).await;
    assert_eq!(back.status, 303, "{}", back.text());
    let again = stage.post(who, "/dues/year/withdraw", &fields).await;
    assert_eq!(again.status, 422, "taken back once");
    let page = stage.get(Who::Member, "/dues/year").await;
    assert!(page.says("已撤回") && page.says("漏登了两笔8月份党费"));
    assert!(!page.says("43.21"), "{}", page.text());
    assert_eq!(stage.post(who, "/dues/year", &year).await.status, 303);
    let now = stage.get(Who::Member, "/dues/year").await;
    assert!(now.says("43.21") && now.says("已撤回"), "{}", now.text());
    let old = stage.get(Who::Member, "/dues/year?year=2015&no=1").await;
    assert!(old.says("43.21"), "as members saw it");
    assert!(old.says("不再作数") && old.says("漏登了两笔8月份党费"));
    let sheet = "/dues/year/xlsx?year=2015&no=1";
    let sheet = stage.get(Who::Member, sheet).await;
    let cells = pingyi_documents::sheet::read("a.xlsx", &sheet.bytes).expect("a sheet");
    let cells = format!("{cells:?}");
    assert!(cells.contains("（已撤回）") && cells.contains("漏登了两笔8月份党费"));
    let none = stage.get(Who::Member, "/dues/year?year=2015&no=3").await;
    assert_eq!(none.status, 404);
    assert_eq!(stage.kit.audited(Event::DuesWithdrawn).await.len(), 1);
}

#[tokio::test]
async fn a_unit_reads_sums_by_branch_and_no_name() {
    let stage = Stage::assessed().await;
    stage.collect("43.21").await;
    let client = stage.kit.client(Who::UnitClerk).await;
    let unit = format!("/c/{}/o/{}/unit-dues", stage.campaign, stage.kit.unit);
    let page = client.get(&unit).await;
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(page.says("86.42"), "two owe August");
    assert!(page.says("43.21"), "one paid September");
    let name = member_name(&stage).await;
    assert!(!page.says(&name));
    for format in ["pdf", "docx", "xlsx"] {
        assert_eq!(client.get(&format!("{unit}/{format}")).await.status, 200);
    }
    let register = stage
        .get(Who::BranchSecretary, "/dues/register/xlsx?year=2015")
        .await;
    assert_eq!(register.status, 200);
    assert_eq!(
        stage
            .get(Who::UnitClerk, "/dues/register/xlsx")
            .await
            .status,
        403
    );
}

async fn member_name(stage: &Stage) -> String {
    let mut tx = stage.kit.begin().await;
    let id = stage.kit.member(Who::Member);
    member::get(&mut tx, id)
        .await
        .expect("as prepared")
        .expect("on the roster")
        .name
}

#[tokio::test]
async fn somebody_of_another_branch_is_told_so() {
    let stage = Stage::assessed().await;
    let other = format!("/c/{}/o/{}/dues/mine", stage.campaign, stage.kit.other);
    let page = stage
        .kit
        .client(Who::OtherSecretary)
        .await
        .get(&other)
        .await;
    assert_eq!(page.status, 200);
    assert!(page.says("还没有核定您的应交金额"));
    assert_eq!(
        stage.kit.client(Who::Member).await.get(&other).await.status,
        403
    );
}

#[tokio::test]
async fn what_is_still_missing_names_the_months_paid_and_unpaid() {
    let stage = Stage::assessed().await;
    let page = stage.get(Who::BranchSecretary, "").await;
    assert!(
        page.says("按月收缴党费") && page.says("应交 10 人次，还有 10 人次"),
        "{}",
        page.text()
    );
}
