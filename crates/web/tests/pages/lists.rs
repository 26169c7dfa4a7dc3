//! Problem lists and measures through the pages: written, handed in, returned, confirmed after
//! the meeting, carried out, ticked off by somebody else. // 通知 二、3 and 三、4

#![expect(
    clippy::unwrap_used,
    reason = "a test crate: clippy exempts only functions marked as tests, not what they call"
)]

use jiff::civil::date;
use pingyi_domain::lists::{ListState, Stage};
use pingyi_domain::measure::MeasureState;
use pingyi_domain::meeting::MeetingState;
use pingyi_storage::audit::Event;
use pingyi_storage::measure::Measure;
use pingyi_storage::problem_list::ProblemList;
use pingyi_storage::{measure, problem_list};
use pingyi_web::testkit::{Reply, Site, Who};

struct Lists(Site);

impl std::ops::Deref for Lists {
    type Target = Site;

    fn deref(&self) -> &Site {
        &self.0
    }
}

type Form = Vec<(String, String)>;

const CATEGORIES: [&str; 5] = [
    "discipline",
    "provisions",
    "strictness",
    "four-difficulties",
    "service",
];

/// One problem in the first category, a reason for none in the others.
fn full(fact: &str) -> Form {
    let mut form: Form = [
        ("slots", "1"),
        ("cat-0", "discipline"),
        ("fact-0", fact),
        ("cause-0", "以干代学"),
        ("measure-0", "每周三下午集中学习半天"),
        ("due-0", "2015-10-31"),
        ("bench-0", "party-rules"),
        ("aspect-0", "work"),
    ]
    .map(|(k, v)| (k.to_owned(), v.to_owned()))
    .into();
    for key in &CATEGORIES[1..] {
        form.push((format!("none-{key}"), "不在窗口岗位".into()));
    }
    form
}

fn with(mut form: Form, changes: &[(&str, &str)]) -> Form {
    for (key, value) in changes {
        form.retain(|(k, _)| k != key);
        form.push(((*key).to_owned(), (*value).to_owned()));
    }
    form
}

impl Lists {
    async fn new() -> Self {
        Self(Site::at("").await)
    }

    async fn post(&self, who: Who, rest: &str, form: &Form) -> Reply {
        let fields: Vec<(&str, &str)> =
            form.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        self.0.post(who, rest, &fields).await
    }

    /// What the page has seen, as its hidden field says.
    async fn seen(&self, who: Who, page: &str) -> String {
        let text = self.get(who, page).await.text();
        let (_, rest) = text.split_once("name=\"seen\" value=\"").unwrap();
        rest.split_once('"').unwrap().0.to_owned()
    }

    async fn send(&self, who: Who, form: Form, what: &str) -> Reply {
        let seen = self.seen(who, "/lists/mine?edit=1").await;
        let form = with(form, &[("do", what), ("seen", &seen)]);
        self.post(who, "/lists/mine", &form).await
    }

    async fn handed_in(&self, who: Who) {
        let reply = self.send(who, full("学习党章不够深入"), "hand-in").await;
        assert_eq!(reply.status, 303, "{}", reply.text());
    }

    async fn list(&self, who: Who) -> ProblemList {
        let mut tx = self.kit.begin().await;
        let found = problem_list::find(&mut tx, self.campaign, self.kit.member(who)).await;
        found.unwrap().unwrap()
    }

    async fn measures(&self, who: Who) -> Vec<Measure> {
        let mut tx = self.kit.begin().await;
        measure::list_of_member(&mut tx, self.campaign, self.kit.member(who))
            .await
            .unwrap()
    }

    /// The criticism part of the branch's meeting is over.
    async fn met(&self) {
        self.hold(MeetingState::CriticismDone, date(2015, 9, 15))
            .await;
    }

    async fn audited(&self, event: Event) -> Vec<String> {
        let rows = self.kit.audited(event).await;
        rows.iter().map(|row| format!("{row:?}")).collect()
    }
}

fn form(fields: &[(&str, &str)]) -> Form {
    with(Form::new(), fields)
}

#[tokio::test]
async fn a_member_hands_in_and_the_measure_follows() {
    let site = Lists::new().await;
    site.handed_in(Who::Member).await;
    let list = site.list(Who::Member).await;
    assert_eq!(
        (list.state, list.before_version),
        (ListState::HandedIn, Some(1))
    );
    assert!(list.all_categories && !list.all_benchmarks && !list.all_aspects);
    let measures = site.measures(Who::Member).await;
    assert_eq!(measures.len(), 1);
    assert_eq!(measures[0].words, "每周三下午集中学习半天");
    assert_eq!(measures[0].due_on, date(2015, 10, 31));
    let page = site.get(Who::Member, "/lists/mine").await;
    assert!(page.says("以干代学") && page.says("没有一条联系到个人“思想”实际"));
    assert_eq!(site.audited(Event::ListHandedIn).await.len(), 1);
}

#[tokio::test]
async fn an_incomplete_draft_is_kept_and_not_handed_in() {
    let site = Lists::new().await;
    let half = form(&[
        ("slots", "1"),
        ("cat-0", "service"),
        ("fact-0", "很少参加志愿服务"),
    ]);
    let saved = site.send(Who::Member, half.clone(), "save").await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    assert!(
        site.get(Who::Member, "/lists/mine")
            .await
            .says("很少参加志愿服务")
    );
    let refused = site.send(Who::Member, half, "hand-in").await;
    assert_eq!(refused.status, 422);
    for words in [
        "第 1 条没有写原因",
        "没有写整改措施",
        "没有写完成时限",
        "“整治“四难””还没有写",
    ] {
        assert!(refused.says(words) || words.contains('“'), "{words}");
    }
    assert!(
        refused.says("很少参加志愿服务"),
        "what was typed is still there"
    );
    assert_eq!(site.list(Who::Member).await.state, ListState::Draft);
    assert!(site.measures(Who::Member).await.is_empty());
}

#[tokio::test]
async fn a_list_without_any_problem_is_refused() {
    let site = Lists::new().await;
    let none: Form = CATEGORIES
        .iter()
        .map(|key| (format!("none-{key}"), "没有".to_owned()))
        .collect();
    let reply = site.send(Who::Member, none, "hand-in").await;
    assert_eq!(reply.status, 422);
    assert!(reply.says("整份清单没有列出一个问题"));
}

#[tokio::test]
async fn hostile_and_rare_texts_are_refused_or_shown_as_typed() {
    let site = Lists::new().await;
    let bad = with(full("看不见\u{7}的字符"), &[("due-0", "十月底")]);
    let reply = site.send(Who::Member, bad, "save").await;
    assert_eq!(reply.status, 422);
    assert!(reply.says("看不见的控制字符") && reply.says("完成时限读不懂"));
    let long = "长".repeat(1001);
    assert_eq!(
        site.send(Who::Member, full(&long), "save").await.status,
        422
    );
    let rare = "<script>alert(1)</script>𠮷䶮·阿依古丽";
    let kept = site.send(Who::Member, full(rare), "hand-in").await;
    assert_eq!(kept.status, 303);
    let page = site.get(Who::Member, "/lists/mine").await;
    assert!(page.says("𠮷䶮·阿依古丽") && !page.says("<script>alert"));
}

#[tokio::test]
async fn a_draft_is_read_by_nobody_else_and_a_list_only_by_its_reviewer() {
    let site = Lists::new().await;
    let member = site.kit.member(Who::Member);
    let path = format!("/lists/{member}");
    site.send(Who::Member, full("还在写的草稿"), "save").await;
    let early = site.get(Who::BranchSecretary, &path).await;
    assert!(early.status == 422 && !early.says("还在写的草稿"));
    let proxy = site
        .get(Who::BranchSecretary, &format!("{path}/edit"))
        .await;
    assert!(proxy.status == 422 && !proxy.says("还在写的草稿"));
    site.handed_in(Who::Member).await;
    for who in [
        Who::BranchCommittee,
        Who::UnitSecretary,
        Who::Clerk,
        Who::OtherSecretary,
    ] {
        let reply = site.get(who, &path).await;
        assert!(!reply.says("以干代学"), "{who:?}");
        assert_ne!(reply.status, 200, "{who:?}");
    }
    assert!(site.audited(Event::PapersRead).await.is_empty());
    assert!(site.get(Who::BranchSecretary, &path).await.says("以干代学"));
    let read = site.audited(Event::PapersRead).await;
    assert_eq!(read.len(), 1);
    assert!(!read[0].contains("以干代学"));
}

#[tokio::test]
async fn levels_above_see_counts_and_no_names() {
    let site = Lists::new().await;
    site.handed_in(Who::Member).await;
    for who in [Who::UnitSecretary, Who::Clerk, Who::Leader] {
        let page = site.get(who, "/lists").await;
        assert!(page.status == 200 && page.says("已交"), "{who:?}");
        assert!(!page.says("各人清单") && !page.says("杨帆"), "{who:?}");
        let measures = site.get(who, "/measures").await;
        assert!(
            measures.status == 200 && !measures.says("每周三下午"),
            "{who:?}"
        );
    }
    assert!(site.get(Who::BranchSecretary, "/lists").await.says("杨帆"));
    let other = site.get(Who::BranchCommittee, "/lists").await;
    assert!(other.says("各人清单"));
}

#[tokio::test]
async fn a_returned_list_is_rewritten_as_the_next_version() {
    let site = Lists::new().await;
    site.handed_in(Who::Member).await;
    let path = format!("/lists/{}/return", site.kit.member(Who::Member));
    let silent = site
        .post(Who::BranchSecretary, &path, &form(&[("comment", " ")]))
        .await;
    assert!(silent.status == 422 && silent.says("退回要写明意见"));
    let words = form(&[("comment", "原因再写深一点")]);
    assert_eq!(
        site.post(Who::BranchCommittee, &path, &words).await.status,
        422
    );
    assert_eq!(
        site.post(Who::BranchSecretary, &path, &words).await.status,
        303
    );
    let list = site.list(Who::Member).await;
    assert_eq!(
        (list.state, list.before_version),
        (ListState::Returned, None)
    );
    assert!(site.get(Who::Member, "/me").await.status == 404);
    let client = site.kit.client(Who::Member).await;
    let me = client.get("/me").await;
    assert!(me.says("原因再写深一点") && me.says("按意见修改"));
    site.handed_in(Who::Member).await;
    let list = site.list(Who::Member).await;
    assert_eq!((list.version, list.before_version), (2, Some(2)));
    let mut tx = site.kit.begin().await;
    let versions = problem_list::list_versions(&mut tx, list.id).await.unwrap();
    assert_eq!(versions.len(), 2, "the returned one is kept");
}

#[tokio::test]
async fn the_secretarys_own_list_goes_to_a_committee_member() {
    let site = Lists::new().await;
    site.handed_in(Who::BranchSecretary).await;
    let member = site.kit.member(Who::BranchSecretary);
    let words = form(&[("comment", "好")]);
    let path = format!("/lists/{member}/return");
    let own = site.post(Who::BranchSecretary, &path, &words).await;
    assert!(own.status == 422 && own.says("不能由您本人"));
    let page = format!("/lists/{member}");
    assert_eq!(site.get(Who::BranchCommittee, &page).await.status, 200);
    assert_eq!(
        site.post(Who::BranchCommittee, &path, &words).await.status,
        303
    );
}

#[tokio::test]
async fn a_list_typed_by_the_branch_needs_its_reason_and_says_so() {
    let site = Lists::new().await;
    let members = {
        let mut tx = site.kit.begin().await;
        pingyi_storage::member::list(&mut tx, site.kit.branch)
            .await
            .unwrap()
    };
    let path = format!("/lists/{}/edit", members[8].id);
    let typed = with(full("学习不够"), &[("do", "hand-in"), ("seen", "")]);
    let silent = site.post(Who::BranchSecretary, &path, &typed).await;
    assert!(silent.status == 422 && silent.says("代录原因没有填写"));
    let typed = with(typed, &[("reason", "住院，本人口述")]);
    let reply = site.post(Who::BranchSecretary, &path, &typed).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    let page = site
        .get(Who::BranchSecretary, &format!("/lists/{}", members[8].id))
        .await;
    assert!(page.says("代录，原因：住院，本人口述"));
    let elsewhere = format!(
        "/c/{}/o/{}/lists/{}/edit",
        site.campaign, site.kit.other, members[8].id
    );
    let other = site
        .kit
        .client(Who::OtherSecretary)
        .await
        .get(&elsewhere)
        .await;
    assert_eq!(other.status, 404, "a member of another branch");
}

#[tokio::test]
async fn two_windows_do_not_overwrite_each_other_unseen() {
    let site = Lists::new().await;
    let first = with(full("第一个窗口"), &[("do", "save"), ("seen", "")]);
    assert_eq!(
        site.post(Who::Member, "/lists/mine", &first).await.status,
        303
    );
    let second = with(full("第二个窗口"), &[("do", "save"), ("seen", "")]);
    let reply = site.post(Who::Member, "/lists/mine", &second).await;
    assert!(reply.status == 422 && reply.says("也保存过这份清单") && reply.says("第二个窗口"));
}

#[tokio::test]
async fn after_the_criticism_a_list_is_confirmed_or_amended() {
    let site = Lists::new().await;
    site.handed_in(Who::Member).await;
    let early = site
        .post(Who::Member, "/lists/mine/confirm", &Form::new())
        .await;
    assert!(early.status == 422 && early.says("批评环节还没有结束"));
    site.met().await;
    assert!(site.get(Who::Member, "/lists/mine").await.says("确认沿用"));
    let done = site
        .post(Who::Member, "/lists/mine/confirm", &Form::new())
        .await;
    assert_eq!(done.status, 303);
    let list = site.list(Who::Member).await;
    assert_eq!(
        (list.before_version, list.after_version),
        (Some(1), Some(2))
    );
    site.handed_in(Who::BranchCommittee).await;
    let seen = site.seen(Who::BranchCommittee, "/lists/mine?edit=1").await;
    let again = with(
        full("会上大家提出：学习不能联系实际"),
        &[("do", "hand-in"), ("seen", &seen)],
    );
    assert_eq!(
        site.post(Who::BranchCommittee, "/lists/mine", &again)
            .await
            .status,
        303
    );
    let list = site.list(Who::BranchCommittee).await;
    assert_eq!(list.after_version, Some(2));
    let mut tx = site.kit.begin().await;
    let version = problem_list::get_version(&mut tx, list.id, 2)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(version.stage, Stage::After);
}

#[tokio::test]
async fn the_branch_enters_for_those_who_do_not_sign_in_that_their_measures_stand() {
    let site = Lists::new().await;
    site.handed_in(Who::Member).await;
    let member = site.kit.member(Who::Member).to_string();
    let ticked = form(&[("member", &member), ("reason", "逐人宣读，本人同意")]);
    let early = site
        .post(Who::BranchSecretary, "/lists/keep", &ticked)
        .await;
    assert!(early.status == 422 && early.says("批评环节还没有结束"));
    site.met().await;
    let shown = site.get(Who::BranchSecretary, "/lists/keep").await;
    assert!(shown.says(&member));
    let bare = site
        .post(
            Who::BranchSecretary,
            "/lists/keep",
            &form(&[("reason", "问过")]),
        )
        .await;
    assert_eq!(bare.status, 422);
    assert!(bare.says("还没有勾选"));
    let other = site.post(Who::Member, "/lists/keep", &ticked).await;
    assert_eq!(other.status, 403);
    let saved = site
        .post(Who::BranchSecretary, "/lists/keep", &ticked)
        .await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    assert_eq!(site.list(Who::Member).await.after_version, Some(2));
    assert_eq!(site.audited(Event::ListConfirmed).await.len(), 1);
    let again = site.get(Who::BranchSecretary, "/lists/keep").await;
    assert!(again.says("没有等待会后确认的清单"));
}

#[tokio::test]
async fn a_copied_list_is_hinted_without_the_colleagues_name() {
    let site = Lists::new().await;
    let text = "学习党章党规不够深入系统，有时以干代学，满足于完成工作任务，联系实际不够";
    for who in [Who::BranchCommittee, Who::Member] {
        assert_eq!(site.send(who, full(text), "hand-in").await.status, 303);
    }
    let own = site.get(Who::Member, "/lists/mine").await;
    assert!(own.says("与支部内另一份清单相近") && !own.says("李秀英"));
    let path = format!("/lists/{}", site.kit.member(Who::Member));
    assert!(
        site.get(Who::BranchSecretary, &path)
            .await
            .says("与李秀英的清单相近")
    );
}

#[tokio::test]
async fn a_measure_is_reported_by_its_owner_and_ticked_off_by_another() {
    let site = Lists::new().await;
    site.handed_in(Who::BranchSecretary).await;
    let id = site.measures(Who::BranchSecretary).await[0].id;
    let claim = format!("/measures/{id}/claim");
    let report = form(&[("evidence", "已集中学习三次<b>"), ("done_on", "2015-09-14")]);
    let future = with(report.clone(), &[("done_on", "2015-09-16")]);
    let refused = site.post(Who::BranchSecretary, &claim, &future).await;
    assert!(
        refused.status == 422
            && refused.says("今天以后")
            && refused.says("已集中学习三次&#60;b&#62;")
    );
    assert_eq!(site.post(Who::Member, &claim, &report).await.status, 404);
    assert_eq!(
        site.post(Who::BranchSecretary, &claim, &report)
            .await
            .status,
        303
    );
    let verify = format!("/measures/{id}/verify");
    let own = site.post(Who::BranchSecretary, &verify, &Form::new()).await;
    assert!(own.status == 422 && own.says("不能由您本人"));
    let unit = site.post(Who::UnitSecretary, &verify, &Form::new()).await;
    assert_eq!(unit.status, 422, "the branch has another officer");
    let back = format!("/measures/{id}/return");
    let silent = site
        .post(Who::BranchCommittee, &back, &form(&[("remark", "")]))
        .await;
    assert!(silent.status == 422 && silent.says("还差什么"));
    let words = form(&[("remark", "请写明学了什么")]);
    assert_eq!(
        site.post(Who::BranchCommittee, &back, &words).await.status,
        303
    );
    assert!(
        site.get(Who::BranchSecretary, "/measures")
            .await
            .says("请写明学了什么")
    );
    assert_eq!(
        site.post(Who::BranchSecretary, &claim, &report)
            .await
            .status,
        303
    );
    assert_eq!(
        site.post(Who::BranchCommittee, &verify, &Form::new())
            .await
            .status,
        303
    );
    let done = &site.measures(Who::BranchSecretary).await[0];
    assert_eq!(done.state, MeasureState::Verified);
    assert_eq!(done.decided_name.as_deref(), Some("李秀英"));
    let again = site.post(Who::BranchCommittee, &verify, &Form::new()).await;
    assert!(again.status == 422 && again.says("已销号"));
}

#[tokio::test]
async fn who_reports_for_a_member_does_not_tick_it_off() {
    let site = Lists::new().await;
    site.handed_in(Who::Member).await;
    let id = site.measures(Who::Member).await[0].id;
    let report = form(&[("evidence", "已学习"), ("done_on", "2015-09-14")]);
    let claim = format!("/measures/{id}/claim");
    assert_eq!(
        site.post(Who::BranchSecretary, &claim, &report)
            .await
            .status,
        303
    );
    let verify = format!("/measures/{id}/verify");
    let same = site.post(Who::BranchSecretary, &verify, &Form::new()).await;
    assert!(same.status == 422 && same.says("代报"));
    assert_eq!(
        site.post(Who::BranchCommittee, &verify, &Form::new())
            .await
            .status,
        303
    );
}

#[tokio::test]
async fn a_member_sees_his_own_measures_and_nobody_elses() {
    let site = Lists::new().await;
    site.handed_in(Who::Member).await;
    let other = with(full("别人的问题"), &[("measure-0", "别人的措施")]);
    site.send(Who::BranchCommittee, other, "hand-in").await;
    let page = site.get(Who::Member, "/measures").await;
    assert!(page.says("每周三下午") && !page.says("别人的措施"));
    assert!(
        site.get(Who::BranchSecretary, "/measures")
            .await
            .says("别人的措施")
    );
    let papers = site.get(Who::BranchSecretary, "/measures/table/xlsx").await;
    assert_eq!(papers.status, 200);
    let own = site.get(Who::Member, "/lists/mine/paper/docx").await;
    assert_eq!(own.status, 200);
    let sheet = |who: Who| format!("/measures/of/{}/docx", site.kit.member(who));
    let (mine, theirs) = (sheet(Who::Member), sheet(Who::BranchCommittee));
    assert!(page.says(mine.trim_end_matches("docx")));
    for (who, sheet, status) in [
        (Who::Member, &mine, 200),
        (Who::BranchSecretary, &mine, 200),
        (Who::Member, &theirs, 404),
    ] {
        assert_eq!(site.get(who, sheet).await.status, status, "{who:?}");
    }
}

#[tokio::test]
async fn a_member_lands_on_his_own_page_with_what_he_still_owes() {
    let site = Lists::new().await;
    let client = site.kit.client(Who::Member).await;
    let home = client.get("/").await;
    assert_eq!((home.status.as_u16(), home.location()), (303, "/me"));
    assert!(client.get("/me").await.says("撰写问题清单和整改措施"));
    site.handed_in(Who::Member).await;
    let me = client.get("/me").await;
    assert!(me.says("1 条整改措施待落实") && !me.says("撰写问题清单"));
    site.met().await;
    assert!(client.get("/me").await.says("确认沿用整改措施"));
    assert_ne!(
        site.kit
            .client(Who::BranchSecretary)
            .await
            .get("/")
            .await
            .location(),
        "/me"
    );
    assert_eq!(
        site.kit.client(Who::Clerk).await.get("/me").await.status,
        403
    );
}

#[tokio::test]
async fn every_member_of_a_branch_can_be_given_a_slip() {
    let site = Lists::new().await;
    let members = {
        let mut tx = site.kit.begin().await;
        pingyi_storage::member::list(&mut tx, site.kit.branch)
            .await
            .unwrap()
    };
    let path = format!("/admin/accounts/branches/{}", site.kit.branch);
    let client = site.kit.client(Who::SecurityAdmin).await;
    let page = client.get(&path).await;
    assert!(page.says("吴倩") && page.says("没有账号"));
    let (last, elsewhere) = (
        members[9].id.to_string(),
        site.kit.member(Who::OtherSecretary).to_string(),
    );
    let slips = client
        .post(&path, &[("member", &last), ("member", &elsewhere)])
        .await;
    assert!(
        slips.says("吴倩") && !slips.says("王建国二"),
        "only of this branch"
    );
    assert_eq!(
        site.kit.client(Who::Clerk).await.get(&path).await.status,
        403
    );
}
