//! Criticism and self-criticism through the pages: entered whole, counted, drafted into minutes.

#![expect(
    clippy::unwrap_used,
    reason = "tests say what happens from top to bottom, and a broken set-up should panic"
)]

use jiff::civil::date;
use pingyi_domain::ids::{ListId, MeetingId, MemberId};
use pingyi_domain::lists::{self, Item, ListContent, ListState};
use pingyi_domain::meeting::{Attendance, Basis, Due, FirstToSpeak, MeetingState, Presence, Role};
use pingyi_storage::audit::Event;
use pingyi_storage::criticism::{self, Criticism};
use pingyi_storage::problem_list::{ListVersion, ProblemList};
use pingyi_storage::speech::{self, Speech};
use pingyi_storage::{attendance, meeting, member, problem_list};
use pingyi_web::testkit::{Kit, NOW, Reply, Site, Who};

/// A branch of ten whose meeting is open; the tenth member is absent.
struct Stage {
    site: Site,
    id: MeetingId,
    members: Vec<MemberId>,
}

impl std::ops::Deref for Stage {
    type Target = Site;

    fn deref(&self) -> &Site {
        &self.site
    }
}

const SECRETARY: Who = Who::BranchSecretary;

impl Stage {
    async fn new() -> Self {
        let site = Site::at("").await;
        let members = site.kit.members().await;
        let mut row = site.meeting(MeetingState::Open, date(2015, 9, 15));
        row.basis = Some(Basis::Override {
            by: site.kit.account(SECRETARY),
            reason: "试".into(),
        });
        let mut tx = site.kit.begin().await;
        meeting::insert(&mut tx, &row).await.unwrap();
        tx.commit().await.unwrap();
        Self {
            id: row.id,
            site,
            members,
        }
    }

    async fn attended() -> Self {
        let stage = Self::new().await;
        let line = |(at, &member): (usize, &MemberId)| Attendance {
            member,
            due: Due::Yes,
            presence: if at == 9 {
                Presence::Absent {
                    reason: "出差".into(),
                }
            } else {
                Presence::Present
            },
            role: Role::Member,
        };
        let list: Vec<Attendance> = stage.members.iter().enumerate().map(line).collect();
        let mut tx = stage.kit.begin().await;
        attendance::set(&mut tx, stage.id, &list).await.unwrap();
        tx.commit().await.unwrap();
        stage
    }

    /// Fields named by place on the roster: `t:0` becomes `t_{id of the first}`; values too.
    async fn post(&self, rest: &str, fields: &[(&str, &str)]) -> Reply {
        let id = |at: &str| self.members[at.parse::<usize>().unwrap()].to_string();
        let named = |text: &str| match text.split_once(':') {
            Some((head, at)) => match at.split_once('_') {
                Some((at, line)) => format!("{head}_{}_{line}", id(at)),
                None => format!("{head}_{}", id(at)),
            },
            None => text.to_owned(),
        };
        let value = |text: &str| text.strip_prefix('#').map_or_else(|| text.to_owned(), id);
        let fields: Vec<(String, String)> =
            fields.iter().map(|(k, v)| (named(k), value(v))).collect();
        let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (&**k, &**v)).collect();
        self.site.post(SECRETARY, rest, &fields).await
    }

    async fn said(&self) -> (Vec<Speech>, Vec<Criticism>) {
        let mut tx = self.kit.begin().await;
        (
            speech::list(&mut tx, self.id).await.unwrap(),
            criticism::list(&mut tx, self.id).await.unwrap(),
        )
    }

    async fn first(&self) -> Option<FirstToSpeak> {
        let mut tx = self.kit.begin().await;
        meeting::get(&mut tx, self.id).await.unwrap().unwrap().first
    }
}

#[tokio::test]
async fn speeches_wait_for_the_meeting_and_its_list() {
    let kit = Kit::new().await;
    let campaign = kit.campaign().await;
    let path = format!("/c/{campaign}/o/{}/speeches", kit.branch);
    let page = kit.client(SECRETARY).await.get(&path).await;
    assert!(page.status == 200 && page.says("会议还没有开始"));
    let stage = Stage::new().await;
    assert!(
        stage
            .get(SECRETARY, "/speeches")
            .await
            .says("还没有登记到会情况")
    );
    let form = stage.get(SECRETARY, "/speeches/self").await;
    assert!(form.status == 422 && form.says("还没有登记到会情况"));
}

#[tokio::test]
async fn self_criticism_is_saved_whole_in_the_order_of_speaking() {
    let stage = Stage::attended().await;
    let form = stage.get(SECRETARY, "/speeches/self").await;
    assert!(
        form.says("王建国") && form.says("缺席，书面发言"),
        "{}",
        form.text()
    );
    let fields = [
        ("n:0", "1"),
        ("t:0", "深入基层不够"),
        ("v_world:0", "宗旨意识淡化"),
        ("n:2", "3"),
        ("t:2", "学习抓得不紧"),
        ("n:1", "2"),
        ("t:1", "工作方法简单"),
        ("t:9", "纪律观念不强"),
        ("r:9", "#1"),
    ];
    let reply = stage.post("/speeches/self", &fields).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    let (speeches, _) = stage.said().await;
    let order: Vec<MemberId> = speeches.iter().map(|s| s.member).collect();
    let m = &stage.members;
    assert_eq!(order, [m[0], m[1], m[2], m[9]]);
    assert_eq!(speeches[0].views, [("world".into(), "宗旨意识淡化".into())]);
    assert!(!speeches[0].written && speeches[3].written);
    assert_eq!(speeches[3].reader, Some(m[1]));
    assert_eq!(stage.first().await, Some(FirstToSpeak::Secretary));
    assert_eq!(stage.kit.audited(Event::SpeechesSaved).await.len(), 1);
    let home = stage.get(SECRETARY, "").await;
    assert!(
        home.says("应到 10 人，还有 6 人没有自我批评记录"),
        "{}",
        home.text()
    );
    assert!(home.says("4 人作了自我批评，3 人没有剖析思想根源"));
}

#[tokio::test]
async fn a_wrong_line_refuses_all_and_keeps_what_was_typed() {
    let stage = Stage::attended().await;
    for (wrong, words) in [
        (
            vec![("t:0", "甲"), ("n:0", "2"), ("t:1", "乙"), ("n:1", "2")],
            "都排在第 2 个发言",
        ),
        (vec![("t:0", "甲"), ("n:0", "第一")], "发言顺序请写数字"),
        (
            vec![("t:0", "甲"), ("n:0", "1"), ("v_life:3", "享乐")],
            "没有写自我批评要点",
        ),
        (
            vec![("t:0", "甲"), ("t:9", "乙"), ("r:9", "#9")],
            "应是另一名到会党员",
        ),
        (
            vec![("n:1", "1"), ("t:1", "乙"), ("n:0", "2"), ("t:0", "甲")],
            "不是支部书记",
        ),
    ] {
        let reply = stage.post("/speeches/self", &wrong).await;
        assert_eq!(reply.status, 422, "{words}");
        assert!(reply.says(words) && reply.says(">甲</textarea>"), "{words}");
    }
    assert_eq!(stage.said().await.0, []);
    assert_eq!(stage.first().await, None);
}

#[tokio::test]
async fn the_first_to_speak_is_one_fact_for_both_pages() {
    let stage = Stage::attended().await;
    let fields = [
        ("n:1", "1"),
        ("t:1", "乙"),
        ("n:0", "2"),
        ("t:0", "甲"),
        ("first_reason", "书记主持会议，委员先发言"),
    ];
    assert_eq!(stage.post("/speeches/self", &fields).await.status, 303);
    let page = stage.get(SECRETARY, "/meeting").await;
    assert!(page.says("李秀英（原因：书记主持会议，委员先发言）"));
    assert!(!page.says("name=\"first\""), "asked once only");
    // The meeting's page cannot say something else.
    let reply = stage
        .post("/meeting/criticism", &[("first", "secretary")])
        .await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    assert!(matches!(
        stage.first().await,
        Some(FirstToSpeak::Other { .. })
    ));
    // Put right in the order: both pages follow.
    let right = [("n:0", "1"), ("t:0", "甲"), ("n:1", "2"), ("t:1", "乙")];
    assert_eq!(stage.post("/speeches/self", &right).await.status, 303);
    assert_eq!(stage.first().await, Some(FirstToSpeak::Secretary));
}

#[tokio::test]
async fn part_of_the_speeches_does_not_say_who_was_first() {
    let stage = Stage::attended().await;
    assert_eq!(
        stage
            .post("/speeches/self", &[("n:3", "4"), ("t:3", "丙")])
            .await
            .status,
        303
    );
    assert_eq!(stage.first().await, None);
    let page = stage.get(SECRETARY, "/meeting").await;
    assert!(page.says("name=\"first\""));
}

#[tokio::test]
async fn criticism_is_saved_whole_between_people_in_the_room() {
    let stage = Stage::attended().await;
    let lines = [
        ("lines:1", "2"),
        ("f:1_0", "#0"),
        ("c:1_0", "工作抓得不紧"),
        ("a:1_0", "接受"),
        ("f:1_1", "#2"),
        ("c:1_1", "沟通不够"),
        ("lines:0", "1"),
        ("f:0_0", "#1"),
        ("c:0_0", "下基层少"),
    ];
    let reply = stage.post("/speeches/mutual", &lines).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    assert_eq!(stage.said().await.1.len(), 3);
    let page = stage.get(SECRETARY, "/speeches").await;
    assert!(page.says("<b>2 / 9</b>") && page.says("3 条批评，两人会前没有谈话记录"));
    assert!(
        page.says("书记还没有提过批评意见的：张伟、刘洋"),
        "{}",
        page.text()
    );
    for (wrong, words) in [
        (
            vec![("lines:1", "1"), ("f:1_0", "#1"), ("c:1_0", "自己")],
            "对自己的批评请登记在自我批评里",
        ),
        (
            vec![("lines:1", "1"), ("f:1_0", "#9"), ("c:1_0", "缺席的")],
            "都应是到会党员",
        ),
        (vec![("lines:1", "1"), ("f:1_0", "#0")], "没有写批评意见"),
        (
            vec![("lines:1", "1"), ("c:1_0", "没有名字")],
            "没有选择批评人",
        ),
        (
            vec![
                ("lines:1", "2"),
                ("f:1_0", "#0"),
                ("c:1_0", "一"),
                ("f:1_1", "#0"),
                ("c:1_1", "二"),
            ],
            "写了两行",
        ),
    ] {
        let reply = stage.post("/speeches/mutual", &wrong).await;
        assert_eq!(reply.status, 422, "{words}");
        assert!(reply.says(words), "{words}: {}", reply.text());
    }
    assert_eq!(stage.said().await.1.len(), 3, "nothing half-saved");
}

#[tokio::test]
async fn a_talk_before_the_meeting_makes_a_criticism_exchanged() {
    let stage = Stage::attended().await;
    let one = stage.members[0].to_string();
    let with = format!("w_{}", stage.members[1]);
    let talk = [
        ("one", one.as_str()),
        ("held_on", "2015-09-10"),
        (with.as_str(), "1"),
    ];
    let client = stage.kit.client(SECRETARY).await;
    assert_eq!(
        client
            .post(&format!("{}/talks", stage.base), &talk)
            .await
            .status,
        303
    );
    let lines = [("lines:1", "1"), ("f:1_0", "#0"), ("c:1_0", "工作抓得不紧")];
    stage.post("/speeches/mutual", &lines).await;
    let form = stage.get(SECRETARY, "/speeches/mutual").await;
    assert!(form.says("会前谈过（2015年9月10日）"));
    assert!(
        !stage
            .get(SECRETARY, "/speeches")
            .await
            .says("会前没有谈话记录")
    );
}

#[tokio::test]
async fn the_minutes_are_drafted_from_the_entries_and_edited_words_stay() {
    let stage = Stage::attended().await;
    stage
        .post("/speeches/self", &[("n:0", "1"), ("t:0", "深入基层不够")])
        .await;
    let lines = [("lines:1", "1"), ("f:1_0", "#0"), ("c:1_0", "工作抓得不紧")];
    stage.post("/speeches/mutual", &lines).await;
    let plain = stage.get(SECRETARY, "/meeting").await;
    assert!(plain.says("从发言登记生成草稿") && !plain.says("1．王建国：深入基层不够"));
    let drafted = stage.get(SECRETARY, "/meeting?draft=speeches").await;
    assert!(drafted.says("共1名党员作自我批评。\n1．王建国：深入基层不够。"));
    assert!(drafted.says("1．对李秀英：王建国提出，工作抓得不紧。"));
    let kept = [
        ("held_on", "2015-09-15"),
        ("began", "09:00"),
        ("place", "三楼"),
        ("host", "王建国"),
        ("self_criticism", "记录人自己写的话"),
    ];
    assert_eq!(stage.post("/meeting/minutes", &kept).await.status, 303);
    let again = stage.get(SECRETARY, "/meeting?draft=speeches").await;
    assert!(again.says("记录人自己写的话") && !again.says("1．王建国：深入基层不够"));
    assert!(again.says("1．对李秀英"));
}

#[tokio::test]
async fn words_are_for_the_branch_committee_and_those_concerned() {
    let stage = Stage::attended().await;
    stage
        .post(
            "/speeches/self",
            &[("n:0", "1"), ("t:0", "甲的话"), ("t:5", "杨帆的话")],
        )
        .await;
    let lines = [("lines:5", "1"), ("f:5_0", "#0"), ("c:5_0", "给杨帆的意见")];
    stage.post("/speeches/mutual", &lines).await;
    for who in [Who::UnitSecretary, Who::Clerk, Who::Leader] {
        let page = stage.get(who, "/speeches").await;
        assert!(page.says("<b>2 / 10</b>"), "{who:?} {}", page.text());
        assert!(!page.says("甲的话") && !page.says("杨帆"), "{who:?}");
        assert_eq!(stage.get(who, "/speeches/self").await.status, 403);
    }
    assert_eq!(stage.kit.audited(Event::PapersRead).await.len(), 0);
    assert!(stage.get(SECRETARY, "/speeches/self").await.says("甲的话"));
    assert_eq!(stage.kit.audited(Event::PapersRead).await.len(), 1);
    // The sixth member reads what concerns them, and nothing else.
    let own = stage.get(Who::Member, "/speeches/own").await;
    assert!(own.says("杨帆的话") && own.says("给杨帆的意见") && !own.says("甲的话"));
    assert_eq!(stage.get(Who::Member, "/speeches/mutual").await.status, 403);
    let mine = stage.kit.client(Who::Member).await.get("/me").await;
    assert!(mine.says("给杨帆的意见") && mine.says("/speeches/own"));
    assert!(!mine.says("甲的话"));
}

impl Stage {
    /// The list of a member of the branch, handed in before the meeting.
    async fn listed(&self, at: usize, fact: &str) {
        let id: ListId = self.kit.app.new_id();
        let mut tx = self.kit.begin().await;
        let held = meeting::get(&mut tx, self.id).await.unwrap().unwrap();
        let list = ProblemList {
            id,
            campaign_id: held.campaign_id,
            branch_id: self.kit.branch,
            member_id: self.members[at],
            state: ListState::HandedIn,
            version: 1,
            before_version: Some(1),
            after_version: None,
            first_handed_on: Some(date(2015, 9, 8)),
            all_categories: true,
            all_benchmarks: true,
            all_aspects: true,
        };
        let item = Item {
            id: self.kit.app.new_id(),
            category: "discipline".into(),
            aspects: Vec::new(),
            benchmarks: Vec::new(),
            fact: fact.into(),
            cause: "抓得不紧".into(),
            measure: "每周学习".into(),
            due: None,
        };
        let version = ListVersion {
            list_id: id,
            version: 1,
            stage: lists::Stage::Before,
            content: ListContent {
                items: vec![item],
                none: Vec::new(),
            },
            saved_at: NOW,
            saved_by: self.kit.account(SECRETARY),
            saved_by_name: "王建国".into(),
            proxy_reason: None,
            handed_at: Some(NOW),
            confirmed: false,
            returned_at: None,
            returned_by: None,
            returned_name: None,
            comment: None,
        };
        problem_list::insert(&mut tx, &list).await.unwrap();
        problem_list::insert_version(&mut tx, &version)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn self_criticism_starts_from_the_lists_of_those_present_until_it_is_saved() {
    let stage = Stage::attended().await;
    stage.listed(0, "学习停留在表面").await;
    stage.listed(9, "缺席者的问题").await;
    let page = stage.get(SECRETARY, "/speeches/self").await;
    assert!(
        page.says("学习停留在表面，原因是抓得不紧。"),
        "{}",
        page.text()
    );
    assert!(page.says("还没有保存"));
    assert!(
        !page.says("缺席者的问题"),
        "nobody who was absent is given words"
    );
    assert_eq!(stage.kit.audited(Event::PapersRead).await.len(), 1);
    assert_eq!(stage.said().await.0.len(), 0, "nothing is saved by looking");
    let fields = [
        ("n:1", "1"),
        ("t:1", "我说的"),
        ("first_reason", "书记后讲"),
    ];
    let saved = stage.post("/speeches/self", &fields).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let page = stage.get(SECRETARY, "/speeches/self").await;
    assert!(!page.says("学习停留在表面"), "an emptied line stays empty");
}

#[tokio::test]
async fn a_large_branch_is_entered_a_page_at_a_time() {
    let mut stage = Stage::new().await;
    let mut tx = stage.kit.begin().await;
    let known = member::get(&mut tx, stage.members[9])
        .await
        .unwrap()
        .unwrap();
    for n in 0..25 {
        let more = pingyi_domain::member::Member {
            id: stage.kit.app.new_id(),
            name: format!("新党员{n}"),
            code: None,
            id_hash: None,
            ..known.clone()
        };
        member::insert(&mut tx, &more).await.unwrap();
        stage.members.push(more.id);
    }
    let line = |&member: &MemberId| Attendance {
        member,
        due: Due::Yes,
        presence: Presence::Present,
        role: Role::Member,
    };
    let list: Vec<Attendance> = stage.members.iter().map(line).collect();
    attendance::set(&mut tx, stage.id, &list).await.unwrap();
    tx.commit().await.unwrap();
    let first = stage.get(SECRETARY, "/speeches/self").await;
    let second = stage.get(SECRETARY, "/speeches/self?page=2").await;
    let on = |page: &Reply| {
        let shown = |m: &&MemberId| page.says(&format!("name=\"t_{m}\""));
        let found = stage.members.iter().enumerate().filter(|(_, m)| shown(m));
        found.map(|(at, _)| at.to_string()).collect::<Vec<_>>()
    };
    let (one, two) = (on(&first), on(&second));
    assert_eq!((one.len(), two.len()), (30, 5));
    for (page, who) in [("1", &one), ("2", &two)] {
        let texts: Vec<String> = who.iter().map(|at| format!("t:{at}")).collect();
        let mut fields: Vec<(&str, &str)> = texts.iter().map(|t| (t.as_str(), "说了")).collect();
        fields.extend([("page", page), ("first_reason", "书记后讲")]);
        let saved = stage.post("/speeches/self", &fields).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
    }
    assert_eq!(
        stage.said().await.0.len(),
        35,
        "the second page keeps the first"
    );
    // Emptying a page leaves the other.
    let emptied = [("page", "2"), ("first_reason", "书记后讲")];
    assert_eq!(stage.post("/speeches/self", &emptied).await.status, 303);
    assert_eq!(stage.said().await.0.len(), 30);
}
