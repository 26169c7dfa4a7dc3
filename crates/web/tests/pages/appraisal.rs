//! An appraisal on paper through the pages: list, ballots, two entries, signature, opinions.

use pingyi_domain::appraisal::{RoundState, Treatment};
use pingyi_domain::meeting::MeetingState;
use pingyi_storage::audit::Event;
use pingyi_storage::{campaign, count_entry, determination, meeting, official, round, subject};
use pingyi_web::testkit::{Reply, Sitting, Who};

/// A branch at its appraisal.
struct Room(Sitting);

impl std::ops::Deref for Room {
    type Target = Sitting;

    fn deref(&self) -> &Sitting {
        &self.0
    }
}

impl Room {
    async fn new(present: usize, state: MeetingState) -> Self {
        Self(Sitting::new(present, state).await)
    }

    /// The list stands: first member watches, second counts.
    async fn prepared(present: usize) -> Self {
        let room = Self::new(present, MeetingState::CriticismDone).await;
        let reply = room.prepare(&[]).await;
        assert_eq!(reply.status, 303, "{}", reply.text());
        room
    }

    /// Ballots in: as many as were present.
    async fn closed(present: usize) -> Self {
        let room = Self::prepared(present).await;
        let n = present.to_string();
        assert_eq!(room.open(&n).await.status, 303);
        assert_eq!(
            room.post(Who::BranchSecretary, "/close", &[("collected", &n)])
                .await
                .status,
            303
        );
        room
    }

    /// Both entries agree; everybody got `good` marks 好 and the rest 一般.
    async fn counted(present: usize, good: usize) -> Self {
        let room = Self::closed(present).await;
        for who in [Who::BranchSecretary, Who::BranchCommittee] {
            let reply = room.enter(who, good, &[]).await;
            assert_eq!(reply.status, 303, "{}", reply.text());
        }
        room
    }

    async fn signed(present: usize, good: usize) -> Self {
        let room = Self::counted(present, good).await;
        let fields = [("signed_on", "2015-09-15"), ("signed", "1")];
        let reply = room.post(Who::BranchSecretary, "/sign", &fields).await;
        assert_eq!(reply.status, 303, "{}", reply.text());
        room
    }

    async fn open(&self, issued: &str) -> Reply {
        let fields = [
            ("issued", issued),
            ("opened_on", "2015-09-15"),
            ("opened_at", "09:50"),
        ];
        self.post(Who::BranchSecretary, "/open", &fields).await
    }

    /// A sheet on which every row has `good` marks 好, the rest 一般.
    fn sheet(&self, good: usize) -> Vec<(String, String)> {
        let mut fields = vec![
            ("collected".to_owned(), self.present.to_string()),
            ("invalid".to_owned(), String::new()),
        ];
        for row in 0..self.members.len() {
            fields.push((format!("m_{row}_0"), good.to_string()));
            fields.push((format!("m_{row}_1"), (self.present - good).to_string()));
        }
        fields
    }

    async fn enter(&self, who: Who, good: usize, changes: &[(&str, &str)]) -> Reply {
        let mut fields = self.sheet(good);
        for (name, value) in changes {
            fields.retain(|(key, _)| key != name);
            fields.push(((*name).to_owned(), (*value).to_owned()));
        }
        self.post_owned(who, "/count", &fields).await
    }
}

// 通知 三、3: 专题组织生活会后
#[tokio::test]
async fn nothing_begins_before_the_criticism_is_over() {
    let room = Room::new(8, MeetingState::Open).await;
    assert!(
        room.get(Who::BranchSecretary, "")
            .await
            .says("批评与自我批评还没有结束")
    );
    let reply = room.prepare(&[]).await;
    assert_eq!(reply.status, 422);
    assert!(reply.says("批评与自我批评还没有结束"));
    assert!(room.rounds().await.is_empty());
}

#[tokio::test]
async fn every_step_has_its_permission() {
    let room = Room::counted(8, 8).await;
    for who in [Who::UnitClerk, Who::Clerk, Who::Leader] {
        assert_eq!(room.get(who, "").await.status, 200, "{who:?}");
        for rest in [
            "/prepare",
            "/open",
            "/close",
            "/void",
            "/sign",
            "/opinions",
            "/officials",
        ] {
            assert_eq!(
                room.post(who, rest, &[]).await.status,
                403,
                "{who:?} {rest}"
            );
        }
    }
    for who in [
        Who::Member,
        Who::OtherSecretary,
        Who::AttachedSecretary,
        Who::SystemAdmin,
    ] {
        assert_eq!(room.get(who, "").await.status, 403, "{who:?}");
        assert_eq!(room.get(who, "/count").await.status, 403, "{who:?}");
        assert_eq!(
            room.get(who, "/count-sheet/pdf").await.status,
            403,
            "{who:?}"
        );
    }
    // Units may lend a hand with typing; the committee may not.
    assert_eq!(room.post(Who::Clerk, "/count", &[]).await.status, 403);
    assert_eq!(room.post(Who::UnitClerk, "/count", &[]).await.status, 422);
}

#[tokio::test]
async fn everybody_is_appraised_by_default_the_absent_too() {
    let room = Room::new(8, MeetingState::CriticismDone).await;
    let form = room.get(Who::BranchSecretary, "/prepare").await.text();
    assert_eq!(form.matches("value=\"graded\" checked").count(), 10);
    assert_eq!(form.matches("今天缺席").count(), 2);
    let choices = form.split("name=\"scrutineer_1\"").nth(1).unwrap();
    let choices = choices.split("</select>").next().unwrap();
    assert_eq!(
        choices.matches("<option").count(),
        10,
        "none, the envoy, eight present"
    );
    let reply = room
        .prepare(&[(3, "not_appraised", ""), (9, "ungraded", "")])
        .await;
    assert_eq!(reply.status, 422);
    assert!(reply.says("参评名单有 2 行要改正") && reply.says("不参评的，请写明原因"));
    let reply = room
        .prepare(&[(3, "not_appraised", "组织关系正在转出")])
        .await;
    assert_eq!(reply.status, 303);
    let mut tx = room.kit.begin().await;
    let id = first_round(&room, &mut tx).await;
    let list = subject::list(&mut tx, id).await.unwrap();
    assert_eq!(
        list.iter()
            .filter(|m| m.subject.treatment == Treatment::Graded)
            .count(),
        9
    );
    assert_eq!(list[0].post_title, "书记");
    assert_eq!(official::list(&mut tx, id).await.unwrap().len(), 2);
    drop(tx);
    let page = room.get(Who::BranchSecretary, "").await;
    assert!(page.says("请打印 8 份") && page.says("刘洋（不参评：组织关系正在转出）"));
}

async fn first_round(room: &Room, tx: &mut pingyi_storage::Tx) -> pingyi_domain::ids::RoundId {
    let held = meeting::find(tx, room.campaign, room.kit.branch)
        .await
        .expect("as prepared")
        .expect("as prepared");
    round::list(tx, held.id).await.expect("as prepared")[0].id
}

#[tokio::test]
async fn nobody_watches_and_counts_at_once() {
    let room = Room::new(8, MeetingState::CriticismDone).await;
    let id = room.members[0].to_string();
    let mut fields: Vec<(String, String)> = room
        .members
        .iter()
        .map(|m| (format!("t_{m}"), "graded".to_owned()))
        .collect();
    let none = room
        .post_owned(Who::BranchSecretary, "/prepare", &fields)
        .await;
    assert!(none.says("没有监票人"), "{}", none.text());
    fields.push(("scrutineer_1".into(), id.clone()));
    fields.push(("teller_1".into(), id));
    let both = room
        .post_owned(Who::BranchSecretary, "/prepare", &fields)
        .await;
    assert!(both.says("同一人不能既监票又计票"));
    fields.pop();
    fields.push(("teller_1".into(), room.members[9].to_string()));
    let away = room
        .post_owned(Who::BranchSecretary, "/prepare", &fields)
        .await;
    assert!(away.says("计票人须从到会党员和上级派员中选择"));
    assert!(room.rounds().await.is_empty());
}

#[tokio::test]
async fn in_a_small_room_the_envoy_is_suggested_and_counts_stay_inside() {
    let room = Room::new(3, MeetingState::CriticismDone).await;
    let form = room.get(Who::BranchSecretary, "/prepare").await;
    assert!(form.says("value=\"envoy\" selected"));
    room.prepare(&[]).await;
    let page = room.get(Who::BranchSecretary, "").await;
    assert!(page.says("可投票人数 3，少于 4") && page.says("只告知支部评定意见，不告知票数"));
}

#[tokio::test]
async fn no_more_ballots_than_voters() {
    let room = Room::prepared(8).await;
    let page = room.get(Who::BranchSecretary, "").await;
    assert!(
        page.says("name=\"issued\" inputmode=\"numeric\" value=\"8\""),
        "prefilled"
    );
    let reply = room.open("9").await;
    assert_eq!(reply.status, 422);
    assert!(reply.says("发出票 9 张，在场可投票 8 人"));
    assert_eq!(room.open("０").await.status, 422);
    assert_eq!(
        room.open("７").await.status,
        303,
        "digits of an input method"
    );
    assert_eq!(room.rounds().await[0].issued, Some(7));
    assert_eq!(
        room.open("8").await.status,
        303,
        "corrected while ballots are out"
    );
    let list = room.prepare(&[]).await;
    assert!(list.says("参评名单不再改动"), "{}", list.text());
    let path = format!(
        "/c/{}/o/{}/meeting/attendance",
        room.campaign, room.kit.branch
    );
    let locked = room.kit.client(Who::BranchSecretary).await.get(&path).await;
    assert!(locked.says("到会情况不再改动"));
}

// docs/DOMAIN.md §2.5 invariant 3
#[tokio::test]
async fn more_collected_than_issued_voids_the_round_and_a_new_one_follows() {
    let room = Room::prepared(8).await;
    room.open("8").await;
    let typed = room
        .post(Who::BranchSecretary, "/close", &[("collected", "9")])
        .await;
    assert_eq!(typed.status, 422, "one look before a round is thrown away");
    assert!(typed.says("收回票 9 张，多于发出票 8 张") && typed.says("name=\"confirm\""));
    assert_eq!(room.state().await, RoundState::Open);
    let fields = [("collected", "9"), ("confirm", "1")];
    assert_eq!(
        room.post(Who::BranchSecretary, "/close", &fields)
            .await
            .status,
        303
    );
    assert_eq!(room.state().await, RoundState::Voided);
    assert_eq!(room.kit.details(Event::RoundVoided).await.len(), 1);
    let page = room.get(Who::Clerk, "").await;
    assert!(page.says("第 1 轮已作废：收回票9张，多于发出票8张"));
    assert_eq!(room.prepare(&[]).await.status, 303);
    let rounds = room.rounds().await;
    let states: Vec<_> = rounds.iter().map(|r| (r.no, r.state)).collect();
    assert_eq!(states, [(1, RoundState::Voided), (2, RoundState::Prepared)]);
    assert!(room.get(Who::BranchSecretary, "").await.says("第 2 轮"));
}

#[tokio::test]
async fn a_round_is_voided_by_hand_with_a_reason_until_it_is_signed() {
    let room = Room::counted(8, 8).await;
    let none = room
        .post(Who::BranchSecretary, "/void", &[("void_reason", " ")])
        .await;
    assert!(none.says("没有写明原因"));
    assert_eq!(room.state().await, RoundState::Counted);
    let room = Room::signed(8, 8).await;
    let late = room
        .post(Who::BranchSecretary, "/void", &[("void_reason", "想重来")])
        .await;
    assert_eq!(late.status, 422);
    assert_eq!(room.state().await, RoundState::Signed);
}

#[tokio::test]
async fn the_second_person_is_somebody_else_and_sees_nothing_of_the_first() {
    let room = Room::closed(8).await;
    assert_eq!(
        room.enter(Who::BranchSecretary, 7, &[]).await.location(),
        format!("{}/count", room.base)
    );
    assert!(
        room.get(Who::BranchSecretary, "/count")
            .await
            .says("您已录入第一遍")
    );
    let again = room.enter(Who::BranchSecretary, 7, &[]).await;
    assert!(again.says("第二遍须由另一人录入"), "{}", again.text());
    let sheet = room.get(Who::BranchCommittee, "/count").await.text();
    assert!(sheet.contains("王建国已录入第一遍"));
    assert!(!sheet.contains("value=\"7\"") && !sheet.contains("value=\"1\" inputmode"));
    assert!(!room.get(Who::BranchCommittee, "").await.says("测评结果"));
    assert_eq!(room.enter(Who::UnitClerk, 7, &[]).await.status, 303);
    assert_eq!(room.state().await, RoundState::Counted);
    assert_eq!(room.kit.details(Event::CountAgreed).await.len(), 1);
    let page = room.get(Who::BranchCommittee, "").await;
    assert!(
        page.says("7<span class=\"share\">（87.5%）</span>") && page.says("测评结果"),
        "{}",
        page.text()
    );
}

// docs/DOMAIN.md §2.5 invariant 2
#[tokio::test]
async fn a_row_that_does_not_add_up_is_refused_with_the_whole_sheet() {
    let room = Room::closed(8).await;
    let reply = room.enter(Who::BranchSecretary, 7, &[("m_3_0", "6")]).await;
    assert_eq!(reply.status, 422);
    assert!(
        reply.says("第 4 行 刘洋：该行合计 7，应为有效票 8"),
        "{}",
        reply.text()
    );
    assert!(
        reply.says("name=\"m_3_0\" value=\"6\""),
        "what was typed stays"
    );
    let reply = room
        .enter(Who::BranchSecretary, 7, &[("collected", "7")])
        .await;
    assert!(reply.says("收票时登记收回 8 张，这里填了 7 张"));
    let reply = room
        .enter(Who::BranchSecretary, 7, &[("m_0_0", "七")])
        .await;
    assert!(reply.says("请填数字"));
    let reply = room
        .enter(Who::BranchSecretary, 7, &[("invalid", "9")])
        .await;
    assert!(reply.says("无效票 9 张，多于收回票 8 张"));
    let mut tx = room.kit.begin().await;
    let id = first_round(&room, &mut tx).await;
    assert!(
        count_entry::list(&mut tx, id).await.unwrap().is_empty(),
        "nothing half-saved"
    );
}

#[tokio::test]
async fn differing_boxes_are_named_without_values_and_retyped_by_their_owner() {
    let room = Room::closed(8).await;
    room.enter(Who::BranchSecretary, 7, &[]).await;
    let other = [("m_3_0", "5"), ("m_3_1", "3")];
    let reply = room.enter(Who::BranchCommittee, 7, &other).await;
    assert_eq!(reply.location(), format!("{}/count", room.base));
    let page = room.get(Who::BranchSecretary, "/count").await.text();
    assert!(page.contains("有 2 处不一致") && page.contains("第 4 行 刘洋“好”"));
    for value in ["\"7\"", "\"5\"", "\"3\""] {
        assert!(
            !page.contains(&format!("value={value}")),
            "no value is shown"
        );
    }
    let looker = room.get(Who::UnitClerk, "/count").await;
    assert!(looker.says("由他们各自核对") && !looker.says("name=\"m_3_0\""));
    let stranger = room.post(Who::UnitClerk, "/count/retype", &other).await;
    assert!(stranger.says("不是您录入的"), "{}", stranger.text());
    let sum = room
        .post(
            Who::BranchCommittee,
            "/count/retype",
            &[("m_3_0", "7"), ("m_3_1", "3")],
        )
        .await;
    assert_eq!(sum.status, 422);
    assert!(sum.says("该行合计 10，应为有效票 8"));
    // the first to check is told that it is the other's turn, and the other still has the boxes
    let still = [("m_3_0", "6"), ("m_3_1", "2")];
    let reply = room
        .post(Who::BranchCommittee, "/count/retype", &still)
        .await;
    assert!(
        reply.location_full().contains("count-retyped"),
        "{}",
        reply.location_full()
    );
    let page = room.get(Who::BranchCommittee, "/count").await;
    assert!(
        page.says("等待另一人核对") && page.says("已核对") && !page.says("有 2 处不一致"),
        "{}",
        page.text()
    );
    assert!(
        room.get(Who::BranchSecretary, "/count")
            .await
            .says("有 2 处不一致")
    );
    let right = [("m_3_0", "7"), ("m_3_1", "1")];
    let reply = room
        .post(Who::BranchCommittee, "/count/retype", &right)
        .await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    assert_eq!(room.state().await, RoundState::Counted);
    let log = room.kit.details(Event::CountRetyped).await;
    assert!(
        log[0].contains("第 4 行") && !log[0].contains(":7"),
        "{}",
        log[0]
    );
}

#[tokio::test]
async fn starting_over_needs_a_reason_and_forgets_both() {
    let room = Room::closed(8).await;
    room.enter(Who::BranchSecretary, 7, &[]).await;
    let none = room.post(Who::BranchCommittee, "/count/reset", &[]).await;
    assert!(none.says("重新录入要写明原因"));
    let fields = [("reset_reason", "第一遍看错了表")];
    assert_eq!(
        room.post(Who::BranchCommittee, "/count/reset", &fields)
            .await
            .status,
        303
    );
    assert!(room.kit.details(Event::CountReset).await[0].contains("第一遍看错了表"));
    let right = room
        .post(Who::BranchSecretary, "/close", &[("collected", "7")])
        .await;
    assert_eq!(
        right.status, 303,
        "the number collected may be corrected while nothing is typed"
    );
    assert_eq!(room.rounds().await[0].collected, Some(7));
}

#[tokio::test]
async fn signing_needs_a_day_and_the_signed_paper() {
    let room = Room::counted(8, 8).await;
    let page = room.get(Who::BranchSecretary, "").await;
    assert!(page.says("请监票人王建国、计票人李秀英签字"));
    let reply = room
        .post(
            Who::BranchSecretary,
            "/sign",
            &[("signed_on", "2015-09-15")],
        )
        .await;
    assert!(reply.says("再勾选确认"));
    let late = [("signed_on", "2015-09-16"), ("signed", "1")];
    assert!(
        room.post(Who::BranchSecretary, "/sign", &late)
            .await
            .says("在今天以后")
    );
    let early = [("signed_on", "2015-09-14"), ("signed", "1")];
    assert!(
        room.post(Who::BranchSecretary, "/sign", &early)
            .await
            .says("早于投票日期")
    );
    let right = [("signed_on", "2015-09-15"), ("signed", "1")];
    assert_eq!(
        room.post(Who::BranchSecretary, "/sign", &right)
            .await
            .status,
        303
    );
    assert_eq!(room.state().await, RoundState::Signed);
    assert_eq!(room.kit.details(Event::RoundSigned).await.len(), 1);
}

#[tokio::test]
async fn officials_may_change_until_the_sheet_is_signed() {
    let room = Room::counted(8, 8).await;
    let other = room.members[4].to_string();
    let fields = [("scrutineer_1", "envoy"), ("teller_1", other.as_str())];
    assert_eq!(
        room.post(Who::BranchSecretary, "/officials", &fields)
            .await
            .status,
        303
    );
    assert!(
        room.get(Who::BranchSecretary, "")
            .await
            .says("请监票人周启航、计票人陈静签字")
    );
    let room = Room::signed(8, 8).await;
    assert_eq!(
        room.post(Who::BranchSecretary, "/officials", &fields)
            .await
            .status,
        422
    );
}

#[tokio::test]
async fn the_branch_decides_and_the_machine_only_hints() {
    let room = Room::signed(8, 6).await;
    let form = room.get(Who::BranchSecretary, "/opinions").await.text();
    assert_eq!(
        form.matches("selected").count(),
        0,
        "nothing is preselected"
    );
    assert!(form.contains("好 6　一般 2　差 0"));
    let today = [("decided_on", "2015-09-15"), ("fill", "1")];
    let filled = room.post(Who::BranchSecretary, "/opinions", &today).await;
    assert_eq!(filled.status, 200);
    assert_eq!(filled.text().matches("value=\"good\" selected").count(), 10);
    assert_eq!(
        room.state().await,
        RoundState::Signed,
        "filling in is not saving"
    );
    let reply = room
        .post(Who::BranchSecretary, "/opinions", &today[..1])
        .await;
    assert_eq!(reply.status, 422);
    assert!(reply.says("王建国：还没有评定意见"));
    let mut fields: Vec<(String, String)> = vec![("decided_on".into(), "2015-09-15".into())];
    fields.extend((1..=9).map(|seq| (format!("g_{seq}"), "good".to_owned())));
    fields.push(("g_10".into(), "-".into()));
    let reply = room
        .post_owned(Who::BranchSecretary, "/opinions", &fields)
        .await;
    assert!(reply.says("吴倩：不定等次的，请写明原因"));
    fields.push(("r_10".into(), "预备期，暂不定等次".into()));
    fields[2].1 = "fair".into();
    let reply = room
        .post_owned(Who::BranchSecretary, "/opinions", &fields)
        .await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    assert_eq!(room.state().await, RoundState::Determined);
    let mut tx = room.kit.begin().await;
    let id = first_round(&room, &mut tx).await;
    let list = determination::list(&mut tx, id).await.unwrap();
    assert_eq!(list[1].grade.as_deref(), Some("fair"), "against the hint");
    assert_eq!(
        (list[9].grade.as_deref(), list[9].ungraded_reason.is_some()),
        (None, true)
    );
    drop(tx);
    let page = room.get(Who::UnitSecretary, "").await;
    assert!(page.says("评议已完成") && page.says("不定等次（预备期，暂不定等次）"));
}

#[tokio::test]
async fn more_of_the_best_grade_than_the_cap_needs_a_reason() {
    let room = Room::new(8, MeetingState::CriticismDone).await;
    let mut tx = room.kit.begin().await;
    let mut row = campaign::get(&mut tx, room.campaign)
        .await
        .unwrap()
        .unwrap();
    let cap =
        "[settings.cap]\nfraction = \"1/3\"\ndenominator = \"full-members\"\n\n[settings.quorum]";
    row.notice_toml = row.notice_toml.replacen("[settings.quorum]", cap, 1);
    campaign::update(&mut tx, &row).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(room.prepare(&[]).await.status, 303);
    room.open("8").await;
    room.post(Who::BranchSecretary, "/close", &[("collected", "8")])
        .await;
    room.enter(Who::BranchSecretary, 8, &[]).await;
    room.enter(Who::UnitClerk, 8, &[]).await;
    let sign = [("signed_on", "2015-09-15"), ("signed", "1")];
    assert_eq!(
        room.post(Who::BranchSecretary, "/sign", &sign).await.status,
        303
    );
    let mut fields: Vec<(String, String)> = vec![("decided_on".into(), "2015-09-15".into())];
    fields.extend((1..=10).map(|seq| (format!("g_{seq}"), "good".to_owned())));
    let reply = room
        .post_owned(Who::BranchSecretary, "/opinions", &fields)
        .await;
    assert_eq!(reply.status, 422);
    assert!(
        reply.says("“好”10 名，超过上限 3 名（基数 9 人）"),
        "{}",
        reply.text()
    );
    fields.push(("cap_reason".into(), "全员参加抗洪".into()));
    let reply = room
        .post_owned(Who::BranchSecretary, "/opinions", &fields)
        .await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    assert!(room.kit.details(Event::OpinionsDetermined).await[0].contains("全员参加抗洪"));
}

#[tokio::test]
async fn a_tie_gives_no_hint() {
    let room = Room::signed(8, 4).await;
    let today = [("decided_on", "2015-09-15"), ("fill", "1")];
    let filled = room.post(Who::BranchSecretary, "/opinions", &today).await;
    assert_eq!(filled.text().matches("selected").count(), 0);
    assert!(filled.says("由支部研究"));
}

#[tokio::test]
async fn papers_of_the_round() {
    let room = Room::prepared(8).await;
    for rest in [
        "/ballot/pdf",
        "/ballot/docx",
        "/ballot/xlsx",
        "/worksheet/pdf",
    ] {
        let reply = room.get(Who::BranchSecretary, rest).await;
        assert_eq!(reply.status, 200, "{rest}: {}", reply.text());
        assert!(reply.bytes.len() > 2000);
    }
    assert_eq!(
        room.get(Who::BranchSecretary, "/count-sheet/pdf")
            .await
            .status,
        422
    );
    let room = Room::counted(8, 8).await;
    let reply = room.get(Who::BranchSecretary, "/count-sheet/pdf").await;
    assert!(reply.bytes.starts_with(b"%PDF"));
}
