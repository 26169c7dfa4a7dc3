//! The whole evening, its papers, and what happens when a round is given up.

use std::io::Cursor;

use pingyi_ballot::verify::{Policy, Verdict, verify};
use pingyi_domain::appraisal::RoundState;
use pingyi_domain::ballot_box::BoxState;
use pingyi_domain::meeting::MeetingState;
use pingyi_room::BackKind;
use pingyi_storage::audit::{self, Event, Filter, Page};
use pingyi_storage::official::{self, OfficialRole};
use pingyi_storage::{ballot, ballot_box, count};
use pingyi_web::testkit::Who;

use crate::evening::Evening;
use crate::room::Room;

// 通知 三、3: 现场测评
#[tokio::test]
async fn five_voters_go_from_keys_to_the_rounds_count() {
    let mut evening = Evening::open(5).await;
    assert_eq!(evening.room.state().await, RoundState::Open);
    assert_eq!(evening.vote(0, Some(0)).await.word(), "cast");
    assert_eq!(evening.vote(1, Some(1)).await.word(), "cast");
    assert_eq!(evening.vote(2, None).await.word(), "cast");
    // a change of mind, and the same ballot twice
    let bytes = evening.seal(1, &[Some(2); 10]).await;
    let replaced = evening.cast(&bytes).await;
    assert_eq!(replaced.word(), "replaced");
    let again = evening.cast(&bytes).await;
    assert_eq!(again.word(), "same");
    assert_eq!(again.json()["word"], replaced.json()["word"]);
    let back = evening.hand_back(3, BackKind::HandedBack).await;
    assert_eq!(back.word(), "handed_back");
    let shown = evening.projector().await;
    let numbers = ["present", "drawn", "cast", "handed_back", "spare", "out"];
    let numbers = numbers.map(|name| shown[name].as_u64().unwrap());
    assert_eq!(numbers, [5, 5, 3, 1, 2, 1]);
    assert_eq!(shown["state"], "open");
    let words: Vec<&str> = shown["words"]
        .as_array()
        .unwrap()
        .iter()
        .map(|word| word.as_str().unwrap())
        .collect();
    assert!(words.is_sorted() && words.len() == 3, "{words:?}");
    assert!(words.contains(&replaced.json()["word"].as_str().unwrap()));

    // one slip stays out: both scrutineers have to say so
    let reply = evening.close().await;
    assert_eq!(reply.status, 422);
    assert!(reply.says("还有 1 张票既没有投出也没有交回"));
    assert_eq!(evening.confirm(0, "有人提前离开").await.word(), "confirmed");
    let one = evening.room.step("/close", &[]).await;
    assert!(one.says("缺票须由两名监票人分别确认"));
    assert_eq!(evening.phone(1).await["other_confirmed"], true);
    assert_eq!(evening.confirm(1, "有人提前离开").await.word(), "confirmed");
    let reply = evening.room.step("/close", &[]).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    assert_eq!(evening.room.state().await, RoundState::Closed);
    assert_eq!(evening.room.stored().await.missing, Some(1));
    let late = evening.seal(4, &[Some(0); 10]).await;
    assert_eq!(evening.cast(&late).await.word(), "closed");

    // the first share opens nothing
    assert_eq!(evening.count(1).await.word(), "share");
    assert_eq!(evening.room.state().await, RoundState::Closed);
    let heard = evening.count(0).await;
    assert_eq!(heard.word(), "share", "{}", heard.text());
    counted(&evening).await;
    papers(&evening, &words).await;
}

/// 好 1, 一般 0, 差 1, 弃权 1 in every row.
async fn counted(evening: &Evening) {
    let room = &evening.room;
    let round = room.rounds().await.pop().unwrap();
    assert_eq!(round.state, RoundState::Counted);
    let mut tx = room.kit.begin().await;
    let sums = count::get(&mut tx, round.id).await.unwrap().unwrap();
    assert_eq!((sums.issued, sums.collected, sums.invalid), (5, 3, 0));
    assert_eq!(sums.rows.len(), 10);
    for row in &sums.rows {
        assert_eq!((row.marks.as_slice(), row.abstain), (&[1, 0, 1][..], 1));
    }
    drop(tx);
    let fields = [("signed_on", "2015-09-15"), ("signed", "1")];
    let reply = room.post(Who::BranchSecretary, "/sign", &fields).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
}

async fn papers(evening: &Evening, words: &[&str]) {
    let room = &evening.room;
    let file = room.get(Who::BranchSecretary, "/box/archive").await;
    assert_eq!(file.status, 200);
    let mut quiet = |_| ();
    let report = verify(Cursor::new(&file.bytes), Policy::default(), &mut quiet).unwrap();
    assert_eq!(report.verdict(), Verdict::Accepted, "{:?}", report.faults);
    let shown = evening.projector().await;
    let codes = room.get(Who::BranchSecretary, "/box/codes").await;
    assert!(codes.says(shown["archive"].as_str().unwrap()));
    assert!(words.iter().all(|word| codes.says(word)));
    assert!(room.page().await.says("看测评结果，签字"));
}

#[tokio::test]
async fn nobody_needs_to_confirm_when_every_slip_is_accounted_for() {
    let mut evening = Evening::open(3).await;
    for slip in 0..3 {
        assert_eq!(evening.vote(slip, Some(0)).await.word(), "cast");
    }
    assert_eq!(evening.confirm(0, "没有缺票").await.word(), "nothing_out");
    assert_eq!(evening.close().await.status, 303);
    for phone in 0..2 {
        assert_eq!(evening.count(phone).await.word(), "share");
    }
    assert_eq!(evening.room.state().await, RoundState::Counted);
}

#[tokio::test]
async fn the_countdown_runs_to_its_end_and_can_be_taken_back() {
    let mut evening = Evening::open(3).await;
    assert_eq!(evening.room.step("/close", &[]).await.status, 422);
    assert_eq!(evening.last_call().await.status, 303);
    assert_eq!(evening.vote(0, None).await.word(), "cast");
    let shown = evening.projector().await;
    let end = shown["closing"].as_i64().unwrap();
    assert_eq!(end, evening.room.kit.app.now().0 + 60);
    let early = evening.room.step("/close", &[]).await;
    assert!(early.says("倒计时还有 60 秒"));
    assert_eq!(evening.room.step("/resume", &[]).await.status, 303);
    assert!(evening.projector().await["closing"].is_null());
}

#[tokio::test]
async fn voting_begins_only_when_spares_are_put_aside() {
    let mut evening = Evening::ready(Room::prepared(4).await).await;
    let reply = evening.room.step("/open", &[]).await;
    assert_eq!(reply.status, 422);
    assert!(reply.says("请先把备用票条当众逐张交回"));
    assert_eq!(evening.vote(0, None).await.word(), "not_open");
    for spare in [4, 5] {
        evening.hand_back(spare, BackKind::Spare).await;
    }
    assert_eq!(evening.room.step("/open", &[]).await.status, 303);
}

#[tokio::test]
async fn a_void_keeps_the_box_and_the_next_round_has_its_own() {
    let mut evening = Evening::open(3).await;
    let bytes = evening.seal(0, &[Some(1); 10]).await;
    assert_eq!(evening.cast(&bytes).await.word(), "cast");
    let old = evening.room.stored().await;
    let fields = [("void_reason", "监票人手机丢失")];
    let reply = evening.room.step("/void", &fields).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    let mut tx = evening.room.kit.begin().await;
    let kept = ballot_box::get(&mut tx, old.id).await.unwrap().unwrap();
    assert_eq!(kept.state, BoxState::Voided);
    assert_eq!(kept.void_reason.as_deref(), Some("监票人手机丢失"));
    assert_eq!(ballot::count(&mut tx, old.id).await.unwrap(), 1);
    drop(tx);
    assert_eq!(evening.cast(&bytes).await.word(), "closed");
    assert_eq!(evening.room.state().await, RoundState::Voided);
    assert_eq!(evening.room.prepare(&[]).await.status, 303);
    let next = Evening::created(evening.room).await;
    assert_ne!(next.id, old.id.to_string());
    assert_ne!(next.uuid.as_str(), old.uuid);
}

#[tokio::test]
async fn without_a_reason_the_page_of_the_box_says_so_and_stands_still() {
    let evening = Evening::created(Room::prepared(3).await).await;
    let reply = evening.room.step("/void", &[("void_reason", " ")]).await;
    assert_eq!(reply.status, 422);
    assert!(reply.says("<h1>电子投票</h1>") && reply.says("第 2 步"));
    assert!(reply.says("<details open><summary>作废本轮"));
    assert!(!reply.says("http-equiv=\"refresh\""), "it stands still");
    let waiting = evening.room.get(Who::BranchSecretary, "/box").await;
    assert!(waiting.says("http-equiv=\"refresh\"") && waiting.says("box?void=1"));
    let typing = evening.room.get(Who::BranchSecretary, "/box?void=1").await;
    assert!(!typing.says("http-equiv=\"refresh\"") && typing.says("name=\"void_reason\""));
    assert_eq!(evening.room.state().await, RoundState::Prepared);
}

#[tokio::test]
async fn giving_the_round_up_on_its_page_gives_the_box_up_too() {
    let evening = Evening::keyed(Room::prepared(3).await).await;
    let id = evening.room.stored().await.id;
    let fields = [("void_reason", "改用纸质")];
    let reply = evening.room.post(Who::BranchSecretary, "/void", &fields);
    assert_eq!(reply.await.status, 303);
    let mut tx = evening.room.kit.begin().await;
    let state = ballot_box::state(&mut tx, id).await.unwrap();
    assert_eq!(state, Some(BoxState::Voided));
}

#[tokio::test]
async fn a_round_is_held_on_paper_or_electronically_never_both() {
    let evening = Evening::created(Room::prepared(5).await).await;
    let fields = [
        ("issued", "5"),
        ("opened_on", "2015-09-15"),
        ("opened_at", "09:50"),
    ];
    let room = &evening.room;
    let reply = room.post(Who::BranchSecretary, "/open", &fields).await;
    assert!(reply.says("本轮用电子投票"), "{}", reply.text());
    assert!(room.prepare(&[]).await.says("本轮用电子投票"));
    let second = room.step("/create", &[("scrutineer_1", "envoy")]).await;
    assert!(second.says("本轮已经有电子票箱"));

    let paper = Room::prepared(5).await;
    assert_eq!(
        paper
            .post(Who::BranchSecretary, "/open", &fields)
            .await
            .status,
        303
    );
    let first = paper.members[0].to_string();
    let two = [("scrutineer_1", first.as_str()), ("scrutineer_2", "envoy")];
    let reply = paper.step("/create", &two).await;
    assert!(reply.says("一轮只用一种方式"));
}

#[tokio::test]
async fn no_box_before_the_criticism_is_over_and_two_people_watch_it() {
    let room = Room::met(5, MeetingState::Open).await;
    assert_eq!(room.page().await.status, 422);
    let room = Room::prepared(5).await;
    for second in ["", "nobody", "envoy"] {
        let fields = [("scrutineer_1", "envoy"), ("scrutineer_2", second)];
        let reply = room.step("/create", &fields).await;
        assert_eq!(reply.status, 422, "{second}");
    }
    assert!(room.page().await.says("第 1 步"));
    let teller = room.members[1].to_string();
    let fields = [("scrutineer_1", "envoy"), ("scrutineer_2", teller.as_str())];
    let reply = room.step("/create", &fields).await;
    assert_eq!(reply.status, 422);
    assert!(reply.says("同一人不能既监票又计票"), "{}", reply.text());
    assert!(
        room.get(Who::BranchSecretary, "")
            .await
            .says("改用电子投票")
    );
}

#[tokio::test]
async fn only_the_branchs_officers_open_the_box_page() {
    let evening = Evening::created(Room::prepared(5).await).await;
    for who in [
        Who::Member,
        Who::OtherSecretary,
        Who::Clerk,
        Who::Leader,
        Who::SystemAdmin,
    ] {
        for rest in ["", "/slips", "/archive", "/codes"] {
            let reply = evening.room.get(who, &format!("/box{rest}")).await;
            assert_eq!(reply.status, 403, "{who:?} {rest}");
        }
        for rest in ["/create", "/open", "/last-call", "/close", "/void"] {
            let reply = evening.room.post(who, &format!("/box{rest}"), &[]).await;
            assert_eq!(reply.status, 403, "{who:?} {rest}");
        }
    }
    assert_eq!(evening.room.page().await.status, 200);
}

#[tokio::test]
async fn the_log_tells_the_steps_of_the_box_and_not_one_ballot_or_slip() {
    let mut evening = Evening::open(3).await;
    let before = audited(&evening).await;
    for slip in 0..2 {
        evening.vote(slip, Some(0)).await;
    }
    evening.hand_back(2, BackKind::HandedBack).await;
    assert_eq!(audited(&evening).await, before);
    let of_box = |(event, _): &(String, String)| Event::parse(event).filter(|e| BOX.contains(e));
    let steps: Vec<Event> = before.iter().rev().filter_map(of_box).collect();
    let [created, key, slips, opened, ..] = BOX;
    assert_eq!(steps, [created, key, key, slips, opened]);
    let credentials = evening.credentials();
    let named = |(_, row): &(String, String)| credentials.iter().any(|c| row.contains(c.as_str()));
    assert!(!before.iter().any(named));
    evening.close().await;
    for phone in 0..2 {
        evening.count(phone).await;
    }
    let all = audited(&evening).await;
    let steps: Vec<Event> = all.iter().rev().filter_map(of_box).skip(5).collect();
    let [.., last_call, closed, share, counted] = BOX;
    assert_eq!(steps, [last_call, closed, share, share, counted]);
    // what the paper way logs is logged of paper only
    for word in ["RoundOpened", "RoundClosed", "CountEntered", "CountAgreed"] {
        assert!(!all.iter().any(|(event, _)| event == word), "{word}");
    }
}

const BOX: [Event; 8] = [
    Event::BoxCreated,
    Event::BoxKeyMade,
    Event::SlipsMade,
    Event::BoxOpened,
    Event::BoxLastCall,
    Event::BoxClosed,
    Event::ShareGiven,
    Event::BoxCounted,
];

#[tokio::test]
async fn the_shared_device_is_opened_as_one_that_forgets_each_voter() {
    let evening = Evening::open(3).await;
    let page = evening.room.page().await.text();
    let link = page.split("href=\"/b/").nth(1).unwrap();
    let link = format!("/b/{}", link.split('"').next().unwrap());
    let booth = evening.room.ask(&link).await.text();
    assert!(booth.contains("data-kiosk=\"yes\""), "{link}");
}

#[tokio::test]
async fn the_steps_of_an_electronic_round_name_the_scrutineers() {
    let evening = Evening::created(Room::prepared(5).await).await;
    let page = evening.room.get(Who::BranchSecretary, "").await;
    assert!(page.says("监票人计票") && !page.says("两人录入"));
    let round = evening.room.rounds().await.pop().unwrap().id;
    let mut tx = evening.room.kit.begin().await;
    let named = official::list(&mut tx, round).await.unwrap();
    let watching = named.iter().filter(|o| o.role == OfficialRole::Scrutineer);
    assert_eq!(watching.count(), 2, "{named:?}");
    assert!(named.iter().any(|o| o.role == OfficialRole::Teller));
}

async fn audited(evening: &Evening) -> Vec<(String, String)> {
    let mut tx = evening.room.kit.begin().await;
    let all = Page {
        offset: 0,
        limit: 999,
    };
    let rows = audit::list(&mut tx, &Filter::default(), all).await.unwrap();
    rows.into_iter()
        .map(|row| (row.event, row.detail))
        .collect()
}
