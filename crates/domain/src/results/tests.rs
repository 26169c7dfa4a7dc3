//! Feedback, publicity and retention: what follows, what is refused, and the secrecy scan.

use jiff::civil::{Date, date};
use uuid::Uuid;

use super::*;
use crate::ids::AccountId;
use crate::notice::{Notice, Retention, Term};

const TOLD: Date = date(2015, 9, 14);

fn told() -> Feedback {
    Feedback::told(TOLD, "王建国".into(), Manner::InPerson)
}

fn account(n: u128) -> AccountId {
    AccountId(Uuid::from_u128(n))
}

fn answer(on: Date) -> Handling {
    Handling {
        text: "经支委会复核".into(),
        by: "王建国".into(),
        on,
        outcome: Outcome::Upheld,
    }
}

#[test]
fn a_member_acknowledges_once_and_not_before_being_told() {
    let early = told().acknowledge(Acknowledged::Paper, date(2015, 9, 13));
    assert_eq!(early, Err(FeedbackError::BeforeTold));
    let signed = told().acknowledge(Acknowledged::Own, TOLD).unwrap();
    assert_eq!(signed.acknowledged, Some((Acknowledged::Own, TOLD)));
    let again = signed.acknowledge(Acknowledged::Paper, TOLD);
    assert_eq!(again, Err(FeedbackError::Twice));
}

#[test]
fn an_objection_is_answered_before_the_next_is_raised() {
    assert_eq!(told().handle(answer(TOLD)), Err(FeedbackError::NoObjection));
    let raised = told().object("不同意".into(), date(2015, 9, 15)).unwrap();
    assert!(raised.waits());
    let twice = raised.clone().object("再提".into(), date(2015, 9, 16));
    assert_eq!(twice, Err(FeedbackError::ObjectionOpen));
    let early = raised.clone().handle(answer(TOLD));
    assert_eq!(early, Err(FeedbackError::BeforeRaised));
    let answered = raised.handle(answer(date(2015, 9, 16))).unwrap();
    assert!(!answered.waits());
    assert!(
        answered
            .object("仍不同意".into(), date(2015, 9, 17))
            .is_ok()
    );
}

fn head(text: &str) -> PublicityHead {
    PublicityHead {
        drafter: account(1),
        from: TOLD,
        to: date(2015, 9, 18),
        findings: scan(text, &[]),
    }
}

#[test]
fn a_notice_is_approved_by_somebody_else_and_hangs_its_days() {
    let own = Draft(head("")).approve(account(1));
    assert_eq!(own, Err(PublicityError::OwnDraft));
    let approved = || Draft(head("")).approve(account(2)).unwrap();
    let to = date(2015, 9, 18);
    let early = approved().post(TOLD, to, date(2015, 9, 13));
    assert_eq!(early, Err(PublicityError::TooEarly));
    let backwards = approved().post(TOLD, date(2015, 9, 13), TOLD);
    assert_eq!(backwards, Err(PublicityError::Backwards));
    let posted = approved().post(TOLD, to, TOLD).unwrap();
    assert_eq!(posted.clone().end(to), Err(PublicityError::NotOver));
    assert!(posted.end(date(2015, 9, 19)).is_ok());
}

#[test]
fn what_the_examination_finds_stops_approval_with_its_place() {
    let found = Draft(head("各位党员：\n联系人电话１３９７１２３４５６７"));
    let refused = found.approve(account(2)).unwrap_err();
    let words = refused.to_string();
    assert!(
        words.contains("第 2 行") && words.contains("手机号码"),
        "{words}"
    );
    assert!(
        !words.contains("13971234567"),
        "the number is not repeated: {words}"
    );
}

#[test]
fn taking_back_needs_a_reason_and_only_what_is_not_over_is_taken_back() {
    for state in [
        PublicityState::Draft,
        PublicityState::Approved,
        PublicityState::Posted,
    ] {
        assert_eq!(state.withdraw(" "), Err(PublicityError::NoReason));
        assert!(state.withdraw("名单有误").is_ok());
    }
    assert!(PublicityState::Ended.withdraw("名单有误").is_err());
}

#[test]
fn numbers_of_persons_are_found_however_they_are_written() {
    let secret = |text: &str| scan(text, &[]).first().map(|f| f.secret);
    for identity in [
        "11010519491231002X",
        "440524188001010014",
        "１１０１０５１９４９１２３１００２Ｘ",
        "身份证110105 19491231 002x止",
        "110105491231002",
    ] {
        assert_eq!(secret(identity), Some(Secret::Identity), "{identity}");
    }
    for mobile in [
        "13971234567",
        "139-7123-4567",
        "+86 139 7123 4567",
        "139 7123 4567",
    ] {
        assert_eq!(secret(mobile), Some(Secret::Mobile), "{mobile}");
    }
    for votes in [
        "赞成12票",
        "得 十二 票",
        "好票率90%",
        "全票通过",
        "占百分之九十",
        "12 张票",
    ] {
        assert_eq!(secret(votes), Some(Secret::Votes), "{votes}");
    }
}

#[test]
fn days_offices_and_numbers_of_papers_are_no_secret() {
    for plain in [
        "公示期2015年9月14日至2015年9月18日",
        "根据咸直工通〔2015〕14号要求",
        "如有异议请向机关党委反映，电话0715-8126000",
        "参加评议的党员共25名，采取无记名投票方式测评",
        "2015.09.14-2015.09.18",
    ] {
        assert_eq!(scan(plain, &["王建国".into()]), [], "{plain}");
    }
}

#[test]
fn who_voted_how_is_found_by_the_members_names() {
    let names = ["王建国".to_owned(), "李秀英".to_owned()];
    let found = scan("党员王建国投了反对", &names);
    assert_eq!(found[0].secret, Secret::Rater);
    assert_eq!(scan("支部书记王建国主持评议", &names), []);
}

#[test]
fn terms_end_with_their_last_year_and_ballots_with_the_publicity() {
    let issued = date(2015, 8, 17);
    let years = |today| held(Term::Years(10), issued, true, today);
    assert_eq!(
        years(date(2025, 12, 31)),
        Holding::Until(date(2025, 12, 31))
    );
    assert_eq!(years(date(2026, 1, 1)), Holding::Over);
    let ballots = |settled| held(Term::AfterPublicity, issued, settled, issued);
    assert_eq!(ballots(false), Holding::UntilPublicity);
    assert_eq!(ballots(true), Holding::Over);
    assert_eq!(
        held(Term::Permanent, issued, true, Date::MAX),
        Holding::Permanent
    );
}

#[test]
fn destroying_takes_two_people_and_a_term_that_is_over() {
    let sheets = |holding| Destruction::propose(Kind::Sheets, holding, account(1));
    assert!(matches!(
        sheets(Holding::UntilPublicity),
        Err(DestructionError::Held(_))
    ));
    let proposed = sheets(Holding::Over).unwrap();
    let own = proposed.decide(DestructionStep::Confirm, account(1));
    assert_eq!(own, Err(DestructionError::SamePerson));
    assert_eq!(
        proposed.decide(DestructionStep::Confirm, account(2)),
        Ok(DestructionState::Done)
    );
    let never = Destruction::propose(Kind::Filings, Holding::Over, account(1));
    assert!(matches!(never, Err(DestructionError::Held(_))));
}

#[test]
fn a_notice_may_set_its_own_terms() {
    let text = include_str!("../../../../notices/xianning-2015-14.toml");
    let own = text.replace(
        "[settings.publicity]",
        "[settings.retention]\npersonal = \"5 years\"\n\n[settings.publicity]",
    );
    let notice = Notice::parse(&own).unwrap();
    assert_eq!(notice.settings.retention.personal, Term::Years(5));
    assert_eq!(notice.settings.retention.filings, Term::Permanent);
    assert_eq!(Kind::Talks.term(&notice.settings.retention), Term::Years(5));
    assert_eq!(
        Notice::parse(text).unwrap().settings.retention,
        Retention::default()
    );
    assert!(Notice::parse(&own.replace("5 years", "soon")).is_err());
}
