//! A branch's meeting through the pages: opening, attendance, envoy, criticism, minutes, close.

use pingyi_domain::ids::{CampaignId, OrgId, PlanId};
use pingyi_domain::meeting::{Due, MeetingState, Presence};
use pingyi_domain::plan::{PlanContent, PlanState, PlannedMeeting};
use pingyi_storage::audit::Event;
use pingyi_storage::meeting::Meeting;
use pingyi_storage::plan::{Plan, PlanVersion};
use pingyi_storage::{attendance, meeting, observer, plan};
use pingyi_web::testkit::{Kit, NOW, Reply, Site, Who};

struct Stage(Site);

impl std::ops::Deref for Stage {
    type Target = Site;

    fn deref(&self) -> &Site {
        &self.0
    }
}

impl Stage {
    async fn new() -> Self {
        Self(Site::at("/meeting").await)
    }

    async fn with_plan() -> Self {
        let stage = Self::new().await;
        file_plan(&stage.kit, stage.campaign).await;
        stage
    }

    /// Opened on the filed plan by the branch secretary.
    async fn opened() -> Self {
        let stage = Self::with_plan().await;
        let reply = stage.post(Who::BranchSecretary, "/open", &OPENING).await;
        assert_eq!(reply.status, 303, "{}", reply.text());
        stage
    }

    async fn stored(&self) -> Option<Meeting> {
        let mut tx = self.kit.begin().await;
        meeting::find(&mut tx, self.campaign, self.kit.branch)
            .await
            .expect("as prepared")
    }

    /// Everybody present but the changes: `(index, fields with {} for the id)`.
    async fn attend(&self, changes: &[(usize, &[(&str, &str)])], more: &[(&str, &str)]) -> Reply {
        let mut fields: Vec<(String, String)> = Vec::new();
        for (at, id) in self.kit.members().await.iter().enumerate() {
            match changes.iter().find(|(index, _)| *index == at) {
                Some((_, own)) => fields.extend(
                    own.iter()
                        .map(|(key, value)| (format!("{key}_{id}"), (*value).to_owned())),
                ),
                None => fields.push((format!("s_{id}"), "present".into())),
            }
        }
        fields.extend(more.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())));
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(k, v)| (k.as_str(), v.as_str()))
            .collect();
        self.post(Who::BranchSecretary, "/attendance", &fields)
            .await
    }
}

const OPENING: [(&str, &str); 4] = [
    ("held_on", "2015-09-15"),
    ("began", "09:00"),
    ("place", "三楼会议室"),
    ("host", "王建国"),
];

async fn file_plan(kit: &Kit, campaign: CampaignId) {
    let id: PlanId = kit.app.new_id();
    let by = kit.account(Who::UnitClerk);
    let line = |branch: OrgId| PlannedMeeting {
        branch,
        starts: Some(jiff::civil::date(2015, 9, 15).at(14, 30, 0, 0)),
        place: "水利局二楼".into(),
    };
    let content = PlanContent {
        theme: "践行“三严三实”，争做“两为”干部".into(),
        meetings: vec![line(kit.branch), line(kit.other)],
        ..PlanContent::default()
    };
    let mut tx = kit.begin().await;
    let row = Plan {
        id,
        campaign_id: campaign,
        org_id: kit.unit,
        state: PlanState::Filed,
        version: 1,
        filed_version: Some(1),
        number: Some("备〔2015〕1号".into()),
    };
    plan::insert(&mut tx, &row).await.expect("as prepared");
    let version = PlanVersion {
        plan_id: id,
        version: 1,
        content,
        drafted_by: by,
        drafted_by_name: "党办小冯".into(),
        drafted_at: NOW,
        submitted_by: Some(by),
        submitted_by_name: Some("党办小冯".into()),
        submitted_at: Some(NOW),
        late: false,
        decision: Some(PlanState::Filed),
        opinion: None,
        reviewer: None,
        reviewer_name: None,
        decided_at: Some(NOW),
    };
    plan::insert_version(&mut tx, &version)
        .await
        .expect("as prepared");
    tx.commit().await.expect("as prepared");
}

#[tokio::test]
async fn the_page_is_prefilled_from_the_filed_plan() {
    let stage = Stage::with_plan().await;
    let page = stage.get(Who::BranchSecretary, "").await;
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(page.says("方案安排：2015年9月15日14:30"));
    assert!(page.says("value=\"水利局二楼\""));
    assert!(page.says("value=\"王建国\""), "the secretary is the host");
    assert!(
        !page.says("name=\"reason\""),
        "no reason is asked with a filed plan"
    );
}

#[tokio::test]
async fn readers_see_the_page_and_no_form() {
    let stage = Stage::opened().await;
    for who in [Who::UnitSecretary, Who::Clerk, Who::Leader] {
        let page = stage.get(who, "").await;
        assert_eq!(page.status, 200);
        assert!(
            !page.says("/meeting/envoy"),
            "{who:?} has no form to write in"
        );
    }
    for who in [
        Who::Member,
        Who::OtherSecretary,
        Who::AttachedSecretary,
        Who::AuditAdmin,
    ] {
        assert_eq!(stage.get(who, "").await.status, 403, "{who:?}");
    }
    for who in [
        Who::UnitSecretary,
        Who::Clerk,
        Who::OtherSecretary,
        Who::Member,
    ] {
        assert_eq!(stage.post(who, "/close", &[]).await.status, 403, "{who:?}");
    }
}

#[tokio::test]
async fn only_a_branch_has_a_meeting() {
    let stage = Stage::new().await;
    let path = format!("/c/{}/o/{}/meeting", stage.campaign, stage.kit.unit);
    assert_eq!(
        stage.kit.client(Who::Clerk).await.get(&path).await.status,
        404
    );
}

// 通知 二、4: the hard stop with its override
#[tokio::test]
async fn without_a_filed_plan_a_written_reason_opens_the_meeting() {
    let stage = Stage::new().await;
    let reply = stage.post(Who::BranchSecretary, "/open", &OPENING).await;
    assert_eq!(reply.status, 422);
    assert!(reply.says("工作方案还没有备案，不能开会"));
    assert!(reply.says("三楼会议室"), "what was typed stays");
    assert_eq!(stage.stored().await, None);
    let with = [&OPENING[..], &[("reason", "工委已口头同意先开")]].concat();
    let reply = stage.post(Who::BranchSecretary, "/open", &with).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    assert_eq!(stage.kit.audited(Event::MeetingOpened).await.len(), 1);
    let page = stage.get(Who::Clerk, "").await;
    assert!(page.says("方案未备案先行召开，原因：工委已口头同意先开"));
}

#[tokio::test]
async fn a_meeting_is_opened_once_and_not_for_another_day_to_come() {
    let stage = Stage::with_plan().await;
    let tomorrow = [
        ("held_on", "2015-09-16"),
        OPENING[1],
        OPENING[2],
        OPENING[3],
    ];
    let reply = stage.post(Who::BranchSecretary, "/open", &tomorrow).await;
    assert!(reply.says("日期在今天以后"), "{}", reply.text());
    assert_eq!(
        stage
            .post(Who::BranchCommittee, "/open", &OPENING)
            .await
            .status,
        303
    );
    let again = stage.post(Who::BranchSecretary, "/open", &OPENING).await;
    assert_eq!(again.status, 422);
    assert!(again.says("已经开始记录"));
}

#[tokio::test]
async fn a_record_made_afterwards_shows_its_day() {
    let stage = Stage::with_plan().await;
    let before = [
        ("held_on", "2015-09-10"),
        OPENING[1],
        OPENING[2],
        OPENING[3],
    ];
    stage.post(Who::BranchSecretary, "/open", &before).await;
    let page = stage.get(Who::BranchSecretary, "").await;
    assert!(page.says("2015年9月10日09:00"));
    assert!(page.says("2015年9月15日补录"));
}

#[tokio::test]
async fn everybody_is_present_by_default_and_only_exceptions_are_touched() {
    let stage = Stage::opened().await;
    let form = stage.get(Who::BranchSecretary, "/attendance").await;
    assert_eq!(form.text().matches("value=\"present\" checked").count(), 10);
    // 通知 四、2: among the others, with a mark and no place of its own
    assert_eq!(form.text().matches("以普通党员身份参加</span>").count(), 1);
    let absent: &[(&str, &str)] = &[("s", "absent"), ("r", "因公出差")];
    let excluded: &[(&str, &str)] = &[
        ("s", "excluded"),
        ("x", "abroad"),
        ("p", "李书记"),
        ("d", "2015-09-01"),
    ];
    let observers = [
        ("observer_name", "郑可心"),
        ("observer_capacity", "入党积极分子"),
        ("observer_name", ""),
        ("observer_capacity", ""),
    ];
    let reply = stage
        .attend(&[(3, absent), (4, excluded)], &observers)
        .await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    let page = stage.get(Who::UnitSecretary, "").await.text();
    for figure in [
        "<b>9</b><span>应到",
        "<b>8</b><span>实到",
        "<b>1</b><span>缺席",
        "<b>1</b><span>列席",
    ] {
        assert!(page.contains(figure), "{figure}");
    }
    assert!(page.contains("刘洋（因公出差）"));
    let mut tx = stage.kit.begin().await;
    let held = meeting::find(&mut tx, stage.campaign, stage.kit.branch)
        .await
        .unwrap()
        .unwrap();
    let list = attendance::list(&mut tx, held.id).await.unwrap();
    assert_eq!(list.len(), 10);
    assert!(matches!(list[4].due, Due::Excluded { .. }));
    assert_eq!(
        list[3].presence,
        Presence::Absent {
            reason: "因公出差".into()
        }
    );
    assert_eq!(observer::list(&mut tx, held.id).await.unwrap().len(), 1);
    drop(tx);
    assert_eq!(stage.kit.audited(Event::AttendanceRecorded).await.len(), 1);
    let form = stage.get(Who::BranchSecretary, "/attendance").await;
    assert!(form.says("因公出差") && form.says("李书记") && form.says("2015-09-01"));
}

#[tokio::test]
async fn a_line_without_its_reason_refuses_the_whole_list() {
    let stage = Stage::opened().await;
    let absent: &[(&str, &str)] = &[("s", "absent"), ("r", "")];
    let excluded: &[(&str, &str)] = &[("s", "excluded"), ("x", "abroad"), ("p", "李书记")];
    let reply = stage.attend(&[(3, absent), (4, excluded)], &[]).await;
    assert_eq!(reply.status, 422);
    assert!(reply.says("有 2 行要改正"));
    assert!(reply.says("请写明缺席原因") && reply.says("请填写批准日期"));
    assert!(reply.says("value=\"李书记\""), "what was typed stays");
    assert!(stage.get(Who::BranchSecretary, "").await.says("还没有登记"));
    assert_eq!(stage.kit.audited(Event::AttendanceRecorded).await.len(), 0);
    let missing: &[(&str, &str)] = &[];
    let reply = stage.attend(&[(3, missing)], &[]).await;
    assert!(reply.says("名册可能刚有变动"));
}

#[tokio::test]
async fn too_few_members_warn_and_do_not_stop() {
    let stage = Stage::opened().await;
    let absent: &[(&str, &str)] = &[("s", "absent"), ("r", "住院")];
    let changes: Vec<_> = (0..6).map(|at| (at, absent)).collect();
    assert_eq!(stage.attend(&changes, &[]).await.status, 303);
    let page = stage.get(Who::BranchSecretary, "").await;
    assert!(
        page.says("实到 4 人，应到 10 人，没有超过1/2"),
        "{}",
        page.text()
    );
    let done = stage
        .post(
            Who::BranchSecretary,
            "/criticism",
            &[("first", "secretary")],
        )
        .await;
    assert_eq!(done.status, 303);
}

// 通知 四、2
#[tokio::test]
async fn the_envoy_comes_from_above() {
    let stage = Stage::opened().await;
    let page = stage.get(Who::BranchSecretary, "").await.text();
    let choices = page
        .split("name=\"envoy_org\"")
        .nth(1)
        .unwrap()
        .split("</select>")
        .next()
        .unwrap();
    assert_eq!(
        choices.matches("<option").count(),
        2,
        "the unit and the 工委: {choices}"
    );
    let (own, unit) = (stage.kit.branch.to_string(), stage.kit.unit.to_string());
    let from = |org| {
        [
            ("envoy_name", "周启航"),
            ("envoy_org", org),
            ("envoy_comment", "措施要具体"),
        ]
    };
    let reply = stage
        .post(Who::BranchSecretary, "/envoy", &from(own.as_str()))
        .await;
    assert_eq!(reply.status, 422);
    assert!(reply.says("派员来自本支部"));
    let reply = stage
        .post(Who::BranchSecretary, "/envoy", &from(unit.as_str()))
        .await;
    assert_eq!(reply.status, 303);
    let held = stage.stored().await.unwrap();
    assert_eq!(held.envoy.unwrap().comment, "措施要具体");
    assert_eq!(held.envoy_org_name.as_deref(), Some("市水利局机关党委"));
    assert!(stage.get(Who::Clerk, "").await.says("措施要具体"));
}

// 通知 三、1
#[tokio::test]
async fn the_secretary_speaks_first_or_there_is_a_reason() {
    let stage = Stage::opened().await;
    let other = stage.kit.members().await[1].to_string();
    let fields = [("first", other.as_str()), ("first_reason", "")];
    let reply = stage
        .post(Who::BranchSecretary, "/criticism", &fields)
        .await;
    assert_eq!(reply.status, 422);
    assert!(reply.says("第一个作自我批评的不是支部书记"));
    assert_eq!(stage.stored().await.unwrap().state, MeetingState::Open);
    let fields = [("first", other.as_str()), ("first_reason", "书记住院")];
    assert_eq!(
        stage
            .post(Who::BranchSecretary, "/criticism", &fields)
            .await
            .status,
        303
    );
    let held = stage.stored().await.unwrap();
    assert_eq!(held.state, MeetingState::CriticismDone);
    assert_eq!(held.first_speaker_name.as_deref(), Some("李秀英"));
    let again = stage
        .post(Who::BranchSecretary, "/criticism", &fields)
        .await;
    assert!(again.says("不能结束批评环节"), "{}", again.text());
    assert_eq!(stage.kit.audited(Event::CriticismDone).await.len(), 1);
}

#[tokio::test]
async fn a_meeting_closes_after_the_criticism_and_its_record_stays_open() {
    let stage = Stage::opened().await;
    assert_eq!(
        stage.post(Who::BranchSecretary, "/close", &[]).await.status,
        422
    );
    stage
        .post(
            Who::BranchSecretary,
            "/criticism",
            &[("first", "secretary")],
        )
        .await;
    assert!(
        stage
            .get(Who::BranchSecretary, "")
            .await
            .says("还没有开展现场评议")
    );
    assert_eq!(
        stage.post(Who::BranchSecretary, "/close", &[]).await.status,
        303
    );
    assert_eq!(stage.stored().await.unwrap().state, MeetingState::Closed);
    let mut record = [&OPENING[..], &[("recorder", "李秀英"), ("ended", "08:00")]].concat();
    record.push(("self_criticism", "王建国：深入基层不够。"));
    let reply = stage.post(Who::BranchCommittee, "/minutes", &record).await;
    assert!(reply.says("结束时间早于开始时间") && reply.says("深入基层不够"));
    record[5].1 = "11:40";
    assert_eq!(
        stage
            .post(Who::BranchCommittee, "/minutes", &record)
            .await
            .status,
        303
    );
    let page = stage.get(Who::Clerk, "").await;
    assert!(page.says("王建国：深入基层不够。") && page.says("2015年9月15日09:00至11:40"));
}

#[tokio::test]
async fn papers_before_and_after() {
    let stage = Stage::with_plan().await;
    for format in ["pdf", "docx", "xlsx"] {
        let reply = stage
            .get(Who::BranchSecretary, &format!("/sign-in/{format}"))
            .await;
        assert_eq!(reply.status, 200, "{format}: {}", reply.text());
        assert!(reply.bytes.len() > 2000);
    }
    assert_eq!(
        stage.get(Who::BranchSecretary, "/record/pdf").await.status,
        422
    );
    assert_eq!(
        stage.get(Who::BranchSecretary, "/sign-in/exe").await.status,
        404
    );
    stage.post(Who::BranchSecretary, "/open", &OPENING).await;
    stage.attend(&[], &[]).await;
    let reply = stage.get(Who::Clerk, "/record/pdf").await;
    assert_eq!(reply.status, 200);
    assert!(reply.bytes.starts_with(b"%PDF"));
    assert_eq!(stage.get(Who::Member, "/record/pdf").await.status, 403);
}
