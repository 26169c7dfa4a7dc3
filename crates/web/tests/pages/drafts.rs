//! A notice of one's own: begun from a sample, changed by form and as text, previewed, issued.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up should panic"
)]

use jiff::civil::date;
use pingyi_domain::notice::{Notice, Rule};
use pingyi_storage::audit::{self, Event, Filter, Page};
use pingyi_storage::notice_draft::{self, NoticeDraft};
use pingyi_storage::{campaign, receipt};
use pingyi_web::testkit::{Client, Kit, Reply, Who};

type Fields = Vec<(String, String)>;

struct Desk {
    kit: Kit,
    clerk: Client,
    /// `/drafts/{id}`.
    path: String,
}

impl Desk {
    /// A draft begun from one of the program's notices.
    async fn new(sample: &str) -> Self {
        let kit = Kit::new().await;
        let clerk = kit.client(Who::Clerk).await;
        let begun = clerk.post(&format!("/notices/{sample}/draft"), &[]).await;
        assert_eq!(begun.status, 303, "{}", begun.text());
        let path = begun.location().trim_end_matches("/edit").to_owned();
        Self { kit, clerk, path }
    }

    async fn stored(&self) -> NoticeDraft {
        let mut tx = self.kit.begin().await;
        notice_draft::list(&mut tx).await.unwrap().remove(0)
    }

    async fn notice(&self) -> Notice {
        Notice::parse(&self.stored().await.text).unwrap()
    }

    fn at(&self, rest: &str) -> String {
        format!("{}{rest}", self.path)
    }

    /// The form as it stands.
    async fn form(&self) -> Fields {
        let page = self.clerk.get(&self.at("/edit")).await;
        assert_eq!(page.status, 200, "{}", page.text());
        page.form(&self.at("/edit"))
    }

    /// The form with some fields typed over.
    async fn save(&self, typed: &[(&str, &str)]) -> Reply {
        send(
            &self.clerk,
            &self.at("/edit"),
            over(self.form().await, typed),
        )
        .await
    }

    /// The text with something replaced.
    async fn retype(&self, from: &str, to: &str) -> Reply {
        let page = self.clerk.get(&self.at("/text")).await;
        let mut fields = page.form(&self.at("/text"));
        for (name, value) in &mut fields {
            if name == "text" {
                assert!(value.contains(from), "{from}");
                *value = value.replacen(from, to, 1).replace('\n', "\r\n");
            }
        }
        send(&self.clerk, &self.at("/text"), fields).await
    }

    async fn events(&self, event: Event) -> usize {
        let filter = Filter {
            event: Some(event),
            ..Filter::default()
        };
        let page = Page {
            offset: 0,
            limit: 99,
        };
        let mut tx = self.kit.begin().await;
        audit::list(&mut tx, &filter, page).await.unwrap().len()
    }
}

fn over(mut fields: Fields, typed: &[(&str, &str)]) -> Fields {
    for (name, value) in typed {
        fields.retain(|(key, _)| key != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    fields
}

fn without(fields: &mut Fields, name: &str, value: &str) {
    let before = fields.len();
    fields.retain(|(key, held)| key != name || held != value);
    assert_eq!(fields.len() + 1, before, "{name}={value} was there");
}

async fn send(client: &Client, path: &str, fields: Fields) -> Reply {
    let fields: Vec<_> = fields
        .iter()
        .map(|(k, v)| (k.as_str(), v.as_str()))
        .collect();
    client.post(path, &fields).await
}

const SAMPLE: &str = "xianning-2015-14";

#[tokio::test]
async fn a_form_saved_untouched_changes_nothing() {
    for sample in [SAMPLE, "national-2019"] {
        let desk = Desk::new(sample).await;
        let before = desk.stored().await;
        assert!(
            before.text.contains("# "),
            "the sample's comments are there"
        );
        let saved = desk.save(&[]).await;
        assert_eq!(saved.status, 303, "{sample}: {}", saved.text());
        assert_eq!(desk.stored().await, before, "{sample}");
    }
}

#[tokio::test]
async fn a_clerk_makes_a_notice_of_his_own_and_issues_it() {
    let desk = Desk::new("national-2019").await;
    let body = Notice::parse(pingyi_web::testkit::NOTICE_2019).unwrap();
    let body = pingyi_domain::notice::draft::body_lines(&body.body).replace(
        "优秀、合格、基本合格、不合格四个等次",
        "好、较好、一般三个等次",
    ) + "\n五、党费\n党费收缴情况要在会上报告。";
    let mut fields = over(
        desk.form().await,
        &[
            ("number", "示直工发〔2015〕9号"),
            ("title", "关于召开组织生活会的通知"),
            ("date", "2015-09-14"),
            ("theme_title", "对党忠诚"),
            ("plan", "2015-09-25"),
            ("meeting", "2015-10-20"),
            ("summary", "2015-10-30"),
            ("grades", "好\n较好\n一般"),
            ("categories", "理想信念：理想信念方面的差距\n廉洁自律"),
            ("body", &body),
            ("cap", ""),
            (
                "w_appraisal-counted",
                "以好、较好、一般三个等次无记名填写测评表",
            ),
            ("w_dues-collected", "党费收缴情况要在会上报告"),
        ],
    );
    without(&mut fields, "use", "last-measures-reported");
    fields.push(("use".into(), "dues-collected".into()));
    let saved = send(&desk.clerk, &desk.at("/edit"), fields).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    assert_eq!(saved.location(), desk.path);
    let notice = desk.notice().await;
    let labels: Vec<_> = notice.grades.iter().map(|g| g.label.as_str()).collect();
    assert_eq!(labels, ["好", "较好", "一般"]);
    assert_eq!(
        notice.categories[0].key, "thinking",
        "the key stays with its words"
    );
    assert_eq!(notice.categories.len(), 2);
    assert_eq!(notice.settings.cap, None);
    assert!(notice.requirement(Rule::LastMeasuresReported).is_none());
    let dues = notice.requirement(Rule::DuesCollected).unwrap();
    assert_eq!(dues.clause.as_str(), "五", "found from its words");
    assert_eq!(notice.deadlines.plan, date(2015, 9, 25));
    let preview = desk.clerk.get(&desk.path).await;
    assert!(preview.says("对党忠诚") && preview.says("关于召开组织生活会的通知"));
    assert!(preview.says("好、较好、一般；不设比例上限"));
    assert!(preview.says("约填写") && preview.says("按月收缴党费"));
    issue(&desk).await;
}

/// Issues the draft: the campaign has the draft's id, the draft is gone.
async fn issue(desk: &Desk) {
    let path = desk.at("/issue");
    let page = desk.clerk.get(&path).await;
    let sheet = over(page.form(&path), &[("sure", "1")]);
    let issued = send(&desk.clerk, &path, sheet).await;
    assert_eq!(issued.status, 303, "{}", issued.text());
    let id = desk.path.trim_start_matches("/drafts/");
    assert_eq!(issued.location(), format!("/c/{id}/notice"));
    stored(desk, id).await;
    assert_eq!(desk.clerk.get(&desk.path).await.status, 404);
    let unit = desk.kit.client(Who::UnitSecretary).await;
    let notice = unit.get(&format!("/c/{id}/notice")).await;
    assert!(notice.says("党费收缴情况要在会上报告") && notice.says("示直工发〔2015〕9号"));
    assert_eq!(desk.events(Event::CampaignIssued).await, 1);
    assert_eq!(desk.events(Event::CampaignDrafted).await, 2);
}

/// The campaign holds the draft's text and the draft is gone; nobody has signed for it yet.
async fn stored(desk: &Desk, id: &str) {
    let mut tx = desk.kit.begin().await;
    let row = campaign::get(&mut tx, id.parse().unwrap()).await.unwrap();
    let stored = Notice::parse(&row.unwrap().notice_toml).unwrap();
    assert_eq!(stored.number, "示直工发〔2015〕9号");
    assert!(notice_draft::list(&mut tx).await.unwrap().is_empty());
    let signed = receipt::list(&mut tx, id.parse().unwrap()).await.unwrap();
    assert!(signed.is_empty());
}

#[tokio::test]
async fn a_draft_is_nobodys_business_but_the_committees() {
    let desk = Desk::new(SAMPLE).await;
    let leader = desk.kit.client(Who::Leader).await;
    assert_eq!(leader.get(&desk.path).await.status, 200);
    assert!(leader.get("/notices").await.says("草稿"));
    assert_eq!(leader.get(&desk.at("/edit")).await.status, 403);
    assert_eq!(leader.get(&desk.at("/issue")).await.status, 403);
    for who in [Who::UnitSecretary, Who::BranchSecretary, Who::SystemAdmin] {
        let other = desk.kit.client(who).await;
        assert_eq!(other.get(&desk.path).await.status, 403, "{who:?}");
        let begun = other.post(&format!("/notices/{SAMPLE}/draft"), &[]).await;
        assert_eq!(begun.status, 403, "{who:?}");
    }
    assert_eq!(desk.events(Event::CampaignDrafted).await, 1);
    // a draft is no campaign
    let unit = desk.kit.client(Who::UnitSecretary).await;
    let id = desk.path.trim_start_matches("/drafts/");
    assert_eq!(unit.get(&format!("/c/{id}/notice")).await.status, 404);
    assert!(desk.clerk.get("/receipts").await.says("还没有印发通知"));
}

#[tokio::test]
async fn what_is_wrong_is_marked_and_nothing_is_saved() {
    let desk = Desk::new(SAMPLE).await;
    let before = desk.stored().await;
    for (name, value, says) in [
        ("number", " ", "发文字号没有填写"),
        ("date", "八月", "成文日期没有填写或不是日期"),
        ("meeting", "2015-08-01", "早于方案报送"),
        ("grades", "好", "至少要有两个"),
        ("grades", "好\n差\n好", "第 3 行“好”写了两次"),
        ("cap", "一半", "“一半”不是比例"),
        ("cap", "3/2", "“3/2”不是比例"),
        ("feedback_days", "五", "反馈时限请填 1 至 60 个工作日"),
        ("voters", "谁都行", "投票人没有选择"),
        ("body", "", "正文没有填写"),
        ("t_meeting-held", "", "没有写任务名称"),
        (
            "w_meeting-held",
            "正文里没有的话",
            "摘录的“正文里没有的话”在正文里找不到",
        ),
        ("w_meeting-held", "", "要求“召开专题组织生活会”没有摘录原文"),
    ] {
        let refused = desk.save(&[(name, value), ("title", "改过的标题")]).await;
        assert_eq!(refused.status, 422, "{name}={value}");
        assert!(refused.says(says), "{name}={value}: {}", refused.text());
        assert!(refused.says("改过的标题"), "what was typed stays");
    }
    assert_eq!(desk.stored().await, before);
    assert_eq!(desk.events(Event::CampaignDrafted).await, 1);
}

#[tokio::test]
async fn a_notice_that_asks_nothing_is_refused() {
    let desk = Desk::new(SAMPLE).await;
    let mut fields = desk.form().await;
    fields.retain(|(name, _)| name != "use");
    let refused = send(&desk.clerk, &desk.at("/edit"), fields).await;
    assert_eq!(refused.status, 422);
    assert!(refused.says("一项要求也没有选"), "{}", refused.text());
}

#[tokio::test]
async fn text_and_form_are_the_same_draft() {
    let desk = Desk::new(SAMPLE).await;
    let kept = desk
        .retype("percent_places = 1", "percent_places = 2 # 两位")
        .await;
    assert_eq!(kept.status, 303, "{}", kept.text());
    assert!(desk.stored().await.text.contains("# 两位"), "comments stay");
    let saved = desk.save(&[("title", "另一个标题")]).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let notice = desk.notice().await;
    assert_eq!(notice.title, "另一个标题");
    assert_eq!(
        notice.settings.percent_places, 2,
        "what the form has no field for stays"
    );
    let page = desk.clerk.get(&desk.at("/text")).await;
    assert!(page.says("另一个标题"));
}

#[tokio::test]
async fn a_wrong_line_of_the_text_is_named_with_its_reason() {
    let desk = Desk::new(SAMPLE).await;
    let before = desk.stored().await;
    let line = |word: &str| before.text.lines().position(|l| l.contains(word)).unwrap() + 1;
    for (from, to, says) in [
        ("voters = ", "voter = ", "没有“voter”这一项"),
        (
            "rule = \"quorum-met\"",
            "rule = \"quorum\"",
            "没有“quorum”这条规则",
        ),
        (
            "words = \"民主评议党员全覆盖\"",
            "words = \"民主评议全覆盖\"",
            "不是通知第“四、3a”条的原文",
        ),
        (
            "slug = \"xianning-2015-14-2\"",
            "slug = \"xianning-2015-14\"",
            "已是另一份通知的简称",
        ),
        (
            "slug = \"xianning-2015-14-2\"",
            "slug = \"../etc\"",
            "只能用小写英文字母",
        ),
    ] {
        let refused = desk.retype(from, to).await;
        assert_eq!(refused.status, 422, "{to}");
        assert!(refused.says(says), "{to}: {}", refused.text());
        let at = format!("第 {} 行", line(from));
        assert!(refused.says(&at), "{to}: {at}");
        let value = to.replace('"', "&#34;");
        assert!(refused.says(&value), "what was typed stays");
    }
    assert_eq!(desk.stored().await, before);
}

#[tokio::test]
async fn two_people_at_one_draft_are_told_of_each_other() {
    let desk = Desk::new(SAMPLE).await;
    let second = desk.kit.client(Who::Clerk2).await;
    let early = desk.form().await;
    let saved = desk.save(&[("title", "周科长的标题")]).await;
    assert_eq!(saved.status, 303);
    let typed = over(early, &[("title", "吴科员的标题")]);
    let told = send(&second, &desk.at("/edit"), typed).await;
    assert_eq!(told.status, 422);
    assert!(
        told.says("最近由周科长于") && told.says("吴科员的标题"),
        "{}",
        told.text()
    );
    assert_eq!(desk.notice().await.title, "周科长的标题");
    let again = send(&second, &desk.at("/edit"), told.form(&desk.at("/edit"))).await;
    assert_eq!(again.status, 303, "{}", again.text());
    assert_eq!(desk.notice().await.title, "吴科员的标题");
    assert_eq!(desk.stored().await.saved_by, "吴科员");
}

#[tokio::test]
async fn loose_ends_are_shown_and_stop_nothing() {
    let desk = Desk::new(SAMPLE).await;
    let saved = desk
        .save(&[("grades", "好\n较好\n差"), ("leading_group", "1")])
        .await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let preview = desk.clerk.get(&desk.path).await;
    assert!(preview.says("正文没有写到等次“较好”"), "{}", preview.text());
    assert!(preview.says("测评表设了支部班子一行"));
    assert_eq!(desk.clerk.get(&desk.at("/issue")).await.status, 200);
}

#[tokio::test]
async fn too_much_to_fill_in_warns_and_still_may_be_issued() {
    let desk = Desk::new(SAMPLE).await;
    let kept = desk
        .retype(
            "[settings.quorum]",
            "[settings.burden]\nbranch_minutes = 5\n\n[settings.quorum]",
        )
        .await;
    assert_eq!(kept.status, 303, "{}", kept.text());
    let preview = desk.clerk.get(&desk.path).await;
    assert!(
        preview.says("超过了设定的 5 分钟") && preview.says("仍可印发"),
        "{}",
        preview.text()
    );
    assert_eq!(desk.clerk.get(&desk.at("/issue")).await.status, 200);
}

#[tokio::test]
async fn a_draft_is_deleted_only_when_that_is_confirmed() {
    let desk = Desk::new(SAMPLE).await;
    let unsure = desk.clerk.post(&desk.at("/delete"), &[]).await;
    assert_eq!(unsure.status, 422);
    assert!(unsure.says("没有删除"));
    let gone = desk.clerk.post(&desk.at("/delete"), &[("sure", "1")]).await;
    assert_eq!(gone.location(), "/notices");
    assert_eq!(desk.clerk.get(&desk.at("/edit")).await.status, 404);
    assert_eq!(desk.events(Event::DraftDeleted).await, 1);
}

#[tokio::test]
async fn last_years_notice_is_a_sample_too_and_every_draft_has_its_own_name() {
    let kit = Kit::new().await;
    let id = kit.campaign().await;
    let clerk = kit.client(Who::Clerk).await;
    for _ in 0..2 {
        let begun = clerk.post(&format!("/c/{id}/notice/draft"), &[]).await;
        assert_eq!(begun.status, 303, "{}", begun.text());
        let page = clerk.get(begun.location()).await;
        assert!(page.says("咸直工通〔2015〕14号"));
    }
    let mut tx = kit.begin().await;
    let mut slugs: Vec<_> = notice_draft::list(&mut tx)
        .await
        .unwrap()
        .into_iter()
        .map(|d| d.slug)
        .collect();
    drop(tx);
    slugs.sort();
    assert_eq!(slugs, ["xianning-2015-14-2", "xianning-2015-14-3"]);
    let stranger = kit.client(Who::UnitSecretary).await;
    let refused = stranger.post(&format!("/c/{id}/notice/draft"), &[]).await;
    assert_eq!(refused.status, 403);
}

impl Desk {
    /// Uploads a file over the draft as it stands now.
    async fn upload(&self, bytes: &[u8]) -> Reply {
        let version = self.stored().await.version.to_string();
        let edge = "----pingyi-test";
        let mut body = format!(
            "--{edge}\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{}\r\n--{edge}\r\n\
             Content-Disposition: form-data; name=\"version\"\r\n\r\n{version}\r\n--{edge}\r\n\
             Content-Disposition: form-data; name=\"file\"; filename=\"通知.toml\"\r\n\r\n",
            self.clerk.csrf
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(format!("\r\n--{edge}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={edge}");
        self.clerk.post_raw(&self.at("/file"), &kind, body).await
    }
}

#[tokio::test]
async fn a_file_is_uploaded_over_the_draft_whole_or_not_at_all() {
    let desk = Desk::new(SAMPLE).await;
    let before = desk.stored().await;
    assert!(desk.clerk.get(&desk.at("/text")).await.says("上传通知文件"));
    let wrong = before.text.replacen("voters = ", "voter = ", 1);
    let at = wrong.lines().position(|l| l.contains("voter = ")).unwrap() + 1;
    let refused = desk.upload(wrong.as_bytes()).await;
    assert_eq!(refused.status, 422);
    assert!(refused.says(&format!("第 {at} 行")) && refused.says("没有“voter”这一项"));
    assert!(refused.says("voter = "), "what was sent stands in the form");
    for (bytes, says) in [
        (&b""[..], "没有选择文件"),
        (&b"\xb1\xea\xcc\xe2"[..], "不是 UTF-8"),
        (&b"title = "[..], "第 1 行"),
    ] {
        let refused = desk.upload(bytes).await;
        assert_eq!(refused.status, 422, "{says}");
        assert!(refused.says(says), "{}", refused.text());
    }
    let large = desk.upload(&vec![b'#'; 450 * 1024]).await;
    assert_eq!(large.status, 422);
    assert!(large.says("文件太大"), "{}", large.text());
    assert_eq!(desk.stored().await, before, "nothing half-saved");
    let better = before
        .text
        .replacen("[settings]", "# 本地约定\n[settings]", 1);
    let bytes = [b"\xef\xbb\xbf", better.replace('\n', "\r\n").as_bytes()].concat();
    let kept = desk.upload(&bytes).await;
    assert_eq!(kept.location(), desk.path, "{}", kept.text());
    assert_eq!(desk.stored().await.text, better);
}

#[tokio::test]
async fn saving_by_form_keeps_the_comments_of_the_text() {
    let desk = Desk::new(SAMPLE).await;
    let comments = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| line.starts_with('#'));
        lines.map(str::to_owned).collect()
    };
    let before = desk.stored().await.text;
    let saved = desk
        .save(&[("title", "另一个标题"), ("feedback_days", "7")])
        .await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let after = desk.stored().await.text;
    assert_eq!(comments(&after), comments(&before));
    let fresh = after.lines().filter(|l| !before.lines().any(|b| b == *l));
    assert_eq!(fresh.count(), 2, "{after}");
}
