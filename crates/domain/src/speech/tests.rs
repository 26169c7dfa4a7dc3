use uuid::Uuid;

use super::*;
use crate::ids::MeasureId;
use crate::lists::{Item, ListContent};

fn id(n: u128) -> MemberId {
    MemberId(Uuid::from_u128(n))
}

#[test]
fn numbers_give_the_order_and_the_others_follow_as_listed() {
    let typed = [
        (id(1), None),
        (id(2), Some(2)),
        (id(3), Some(1)),
        (id(4), None),
    ];
    assert_eq!(order(&typed), Ok(vec![id(3), id(2), id(1), id(4)]));
    assert_eq!(order(&[]), Ok(vec![]));
    let twice = [(id(1), Some(2)), (id(2), Some(2))];
    assert_eq!(order(&twice), Err(SpeechError::SamePlace(2)));
}

#[test]
fn who_spoke_first_follows_from_the_order() {
    let lead = Some(id(2));
    assert_eq!(first_to_speak(&[], lead, ""), None);
    assert_eq!(
        first_to_speak(&[id(2), id(1)], lead, "不用"),
        Some(FirstToSpeak::Secretary)
    );
    let other = FirstToSpeak::Other {
        member: id(1),
        reason: "书记出差".into(),
    };
    assert_eq!(
        first_to_speak(&[id(1)], lead, " 书记出差 "),
        Some(other.clone())
    );
    // A branch whose secretary's post is vacant has no secretary to speak first.
    assert_eq!(first_to_speak(&[id(1)], None, "书记出差"), Some(other));
}

#[test]
fn criticism_is_face_to_face_between_two_people_once() {
    let said = |from, to| Said {
        from: id(from),
        to: id(to),
    };
    let present = [id(1), id(2), id(3)];
    assert_eq!(
        check(&[said(1, 2), said(2, 1), said(1, 3)], &present),
        Ok(())
    );
    let refused = [
        (vec![said(1, 2), said(1, 1)], 1, SpeechError::Oneself),
        (vec![said(9, 1)], 0, SpeechError::NotPresent),
        (vec![said(1, 9)], 0, SpeechError::NotPresent),
        (
            vec![said(1, 2), said(3, 2), said(1, 2)],
            2,
            SpeechError::Twice,
        ),
    ];
    for (said, at, why) in refused {
        assert_eq!(check(&said, &present), Err((at, why)));
    }
}

#[test]
fn a_draft_says_who_spoke_how_and_about_what() {
    let speeches = [
        DraftSpeech {
            name: "王建国".into(),
            text: "深入基层不够\n联系群众少。".into(),
            views: vec![("世界观".into(), "宗旨意识淡化。".into())],
            written: None,
        },
        DraftSpeech {
            name: "李秀英".into(),
            text: "学习不深".into(),
            views: vec![],
            written: Some(Some("张伟".into())),
        },
    ];
    assert_eq!(
        self_criticism(&speeches),
        "共2名党员作自我批评，其中1名为书面发言。\n\
         1．王建国：深入基层不够 联系群众少。思想根源：世界观方面，宗旨意识淡化。\n\
         2．李秀英（书面发言，张伟代读）：学习不深。"
    );
    assert_eq!(self_criticism(&[]), "");
}

#[test]
fn a_draft_gathers_criticism_by_the_one_criticised() {
    let said = |from: &str, to: &str, answer: Option<&str>| DraftCriticism {
        from: from.into(),
        to: to.into(),
        text: "推进工作抓得不紧。".into(),
        answer: answer.map(str::to_owned),
    };
    let all = [
        said("李秀英", "王建国", Some("接受。")),
        said("王建国", "李秀英", None),
        said("张伟", "王建国", None),
    ];
    assert_eq!(
        mutual_criticism(&all),
        "党员之间开展相互批评，共提出意见3条，涉及2名党员。\n\
         1．对王建国：李秀英提出，推进工作抓得不紧（王建国：接受）；张伟提出，推进工作抓得不紧。\n\
         2．对李秀英：王建国提出，推进工作抓得不紧。"
    );
    assert_eq!(mutual_criticism(&[]), "");
}

#[test]
fn a_self_criticism_starts_from_the_members_own_list() {
    let item = |fact: &str, cause: &str| Item {
        id: MeasureId(Uuid::from_u128(1)),
        category: "discipline".into(),
        aspects: Vec::new(),
        benchmarks: Vec::new(),
        fact: fact.into(),
        cause: cause.into(),
        measure: "每周学习半天".into(),
        due: None,
    };
    let list = |items| ListContent {
        items,
        none: Vec::new(),
    };
    assert_eq!(from_list(&list(Vec::new())), "");
    let two = list(vec![
        item("学习不深。", "抓得不紧。"),
        item("下乡走马观花", ""),
    ]);
    assert_eq!(from_list(&two), "学习不深，原因是抓得不紧。下乡走马观花。");
    let long = list(vec![
        item(&"长".repeat(1_500), ""),
        item(&"长".repeat(1_500), ""),
    ]);
    assert_eq!(
        from_list(&long).chars().count(),
        1_501,
        "what does not fit stays out"
    );
}
