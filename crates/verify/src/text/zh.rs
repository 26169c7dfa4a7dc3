//! Chinese, for everybody: what does not hold, where, and what to do now.

use pingyi_ballot::archive::Stage;
use pingyi_ballot::ballot::{BallotFault, Place};
use pingyi_ballot::election::ElectionFault;
use pingyi_ballot::group::NotAnElement;
use pingyi_ballot::json::JsonFault;
use pingyi_ballot::tally::{CountFault, ShareFault};
use pingyi_ballot::trustee::TrusteeFault;
use pingyi_ballot::verify::{
    BallotReason, Checked, CredentialFault, Fault, ResultReason, ShareReason, TallyReason, Verdict,
};

use super::{Faults, Labels, Said, zh_container};
use crate::clean::shown;

pub const LABELS: Labels = Labels {
    colon: "：",
    election: "投票",
    uuid: "投票编号",
    fingerprint: "题面校验码",
    group: "算法",
    checked: "已检查：",
    result: "结果（票数）：",
    head_short: "档案校验码（短）",
    head: "档案校验码",
    sha256: "整个文件的 SHA-256 校验码",
};

pub fn verdict(verdict: Verdict, stage: Stage, faults: Faults) -> String {
    match verdict {
        Verdict::Accepted => "结论：通过。选票、汇总和结果全部相符。".to_owned(),
        Verdict::NotFinished => {
            let stage = self::stage(stage);
            format!("结论：未完（{stage}）。到目前为止的内容全部正确，还没有计票结果。")
        }
        Verdict::Rejected => {
            let Faults { number, more } = faults;
            let some = if more { "至少" } else { "" };
            format!("结论：不通过。发现{some} {number} 处问题，请勿采用本次计票结果。")
        }
    }
}

/// How far it has come.
const fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Empty => "尚未开始",
        Stage::Setup => "正在投票",
        Stage::Closed => "已截止",
        Stage::Tallied => "已汇总",
        Stage::Decrypting => "正在开启",
        Stage::Finished => "已有结果",
    }
}

pub fn held(held: &Checked, bad: usize) -> String {
    match held {
        Checked::Trustees { owners } => format!("监票人密钥：{owners} 份，均有效"),
        Checked::Credentials { count } => format!("名单：{count} 人，写法正确，没有重复"),
        Checked::Ballots { read, counted } if bad > 0 => {
            format!("选票：共 {read} 张，可以计入 {counted} 张，有问题的见上")
        }
        Checked::Ballots { read, counted } => {
            let replaced = read.saturating_sub(*counted);
            format!("选票：共 {read} 张，计入 {counted} 张，被本人重投替换 {replaced} 张")
        }
        Checked::Tally => "汇总：与全部计入的选票相符".to_owned(),
        Checked::Shares { count } => format!("开启份额：{count} 份，均有效"),
        Checked::Result => "结果：与汇总和开启份额相符".to_owned(),
    }
}

pub fn fault(fault: &Fault) -> Said {
    let said = |element: String, wrong: String, advice: &str| Said {
        element,
        wrong,
        advice: advice.to_owned(),
    };
    match fault {
        Fault::Archive(error) => zh_container::fault(error),
        Fault::Election(fault) => said("投票题面".to_owned(), election(fault), SETUP),
        Fault::Trustees(fault) => said("监票人密钥".to_owned(), trustees(fault), SETUP),
        Fault::ElectionKey => said(
            "投票题面".to_owned(),
            "题面使用的密钥不是由各监票人的密钥合成的。".to_owned(),
            "选票可能被名单以外的人开启；请勿采用本次计票结果，联系组织投票的党支部和监票人。",
        ),
        Fault::Credentials(fault) => said("名单".to_owned(), credentials(fault), SETUP),
        Fault::Ballot {
            tracker,
            height,
            reason,
        } => said(
            format!("选票（查票码 {tracker}，{}）", event(*height)),
            ballot(reason),
            "这张选票不应当在票箱里；请勿采用本次计票结果，凭查票码与监票人一起查明它的来源。",
        ),
        Fault::Tally { height, reason } => said(
            format!("汇总（{}）", event(*height)),
            tally(reason),
            "可能漏计、多计或改动了选票；请勿采用本次计票结果，请监票人重新汇总并开启。",
        ),
        Fault::Share {
            owner,
            height,
            reason,
        } => said(
            format!("第 {owner} 号监票人的开启份额（{}）", event(*height)),
            share(reason),
            "用它开启会得出错误的票数；请勿采用本次计票结果，请监票人重新提交开启份额。",
        ),
        Fault::Result { height, reason } => said(
            format!("结果（{}）", event(*height)),
            result(reason),
            "公布的票数不可靠；请勿采用本次计票结果，请监票人重新开启并公布。",
        ),
    }
}

const SETUP: &str =
    "投票在开始之前就没有正确设置；请勿采用本次计票结果，联系组织投票的党支部和监票人。";

/// Heights count from 0, people from 1.
pub fn event(height: u64) -> String {
    format!("第 {} 个事件", height.saturating_add(1))
}

pub fn json(fault: &JsonFault) -> String {
    match fault {
        JsonFault::Shape { line, column, .. } => {
            format!("内容的格式不对（第 {line} 行第 {column} 列）。")
        }
        JsonFault::NotCanonical => "内容没有用规定的唯一写法。".to_owned(),
    }
}

fn cell(row: usize, column: usize) -> String {
    format!("第 {} 题第 {} 栏", row + 1, column + 1)
}

fn election(fault: &ElectionFault) -> String {
    match fault {
        ElectionFault::Json(fault) => json(fault),
        ElectionFault::Version(version) => format!("版本 {version} 不认识。"),
        ElectionFault::Group(name) => format!("算法“{}”不认识。", shown(name)),
        ElectionFault::Questions(number) => format!("题目有 {number} 道，数量不在允许范围内。"),
        ElectionFault::Question(row) => format!("第 {} 题的选项或限选数不成立。", row + 1),
    }
}

fn trustees(fault: &TrusteeFault) -> String {
    match fault {
        TrusteeFault::Json(fault) => json(fault),
        TrusteeFault::Number(number) => format!("监票人有 {number} 名，数量不在允许范围内。"),
        TrusteeFault::Possession(owner) => {
            format!("第 {owner} 号监票人没有证明自己掌握这份密钥。")
        }
        TrusteeFault::Sizes(owner) => {
            format!("从第 {owner} 号监票人开始的一组，人数或最少开启人数对不上。")
        }
        TrusteeFault::Certificate(owner) => {
            format!("第 {owner} 号监票人的身份文件不成立，或不属于这个位置。")
        }
        TrusteeFault::Commitments(owner) => format!("第 {owner} 号监票人的密钥材料不成立。"),
        TrusteeFault::Signature(owner) => format!("第 {owner} 号监票人的签名不成立或缺少。"),
        TrusteeFault::Key(owner) => format!("第 {owner} 号监票人的密钥与各人的密钥材料不符。"),
    }
}

fn credentials(fault: &CredentialFault) -> String {
    match fault {
        CredentialFault::Json(fault) => json(fault),
        CredentialFault::Element { entry, reason } => {
            let reason = match reason {
                NotAnElement::Spelling => "写法不对",
                NotAnElement::NotCanonical => "没有用规定的唯一写法",
                NotAnElement::NotAPoint | NotAnElement::OutsideSubgroup => "不是有效的数值",
            };
            format!("第 {} 项{reason}。", entry + 1)
        }
        CredentialFault::Repeated { entry } => format!("第 {} 项与前面的重复。", entry + 1),
        CredentialFault::Weight { entry } => {
            format!("第 {} 项规定一票计多次，本次投票应当一人一票。", entry + 1)
        }
        CredentialFault::BadWeight { entry } => format!("第 {} 项的计票次数不成立。", entry + 1),
    }
}

fn ballot(reason: &BallotReason) -> String {
    match reason {
        BallotReason::NotEligible => "投票人不在名单上。".to_owned(),
        BallotReason::Repeated { first } => {
            format!(
                "与{}的选票一字不差，是同一张选票又放了一次。",
                event(*first)
            )
        }
        BallotReason::Itself(fault) => match fault {
            BallotFault::Json(fault) => json(fault),
            BallotFault::OtherElection => "这是另一次投票的选票。".to_owned(),
            BallotFault::OtherFingerprint => "这张选票所对的题面与本次的不同。".to_owned(),
            BallotFault::Rows { found, expected } => {
                format!("有 {found} 题，应有 {expected} 题。")
            }
            BallotFault::Shape { row } => format!("第 {} 题的栏数与题面不符。", row + 1),
            BallotFault::OutsideGroup(place) => format!("{}含有无效的数值。", self::place(*place)),
            BallotFault::Proof(place) => format!("{}的校验不成立。", self::place(*place)),
            BallotFault::SignedOther => "签名所签的不是这张选票的内容。".to_owned(),
        },
    }
}

fn place(place: Place) -> String {
    match place {
        Place::Credential => "投票人代号".to_owned(),
        Place::Choice { row, column } => format!("{}的内容", cell(row, column)),
        Place::Individual { row, column } => format!("{}“选或不选”", cell(row, column)),
        Place::Overall { row } => format!("第 {} 题“限选数”", row + 1),
        Place::Blank { row } => format!("第 {} 题“弃权即不选其他”", row + 1),
        Place::Signature => "签名".to_owned(),
    }
}

fn tally(reason: &TallyReason) -> String {
    match reason {
        TallyReason::Json(fault) => json(fault),
        TallyReason::Shape => "汇总的题数或栏数与题面不符。".to_owned(),
        TallyReason::Differs { row, column } => {
            format!("{}与选票加起来的不符。", cell(*row, *column))
        }
        TallyReason::Ballots { found, expected } => {
            format!("写的是计入 {found} 张，应为 {expected} 张。")
        }
        TallyReason::Weight { found, expected } => {
            format!("写的是共计 {found} 票，应为 {expected} 票。")
        }
    }
}

fn share(reason: &ShareReason) -> String {
    match reason {
        ShareReason::NoSuchOwner => "没有这个编号的监票人。".to_owned(),
        ShareReason::Repeated => "这名监票人的份额已经有了一份。".to_owned(),
        ShareReason::Json(fault) => json(fault),
        ShareReason::Itself(ShareFault::Shape) => "份额的题数或栏数与汇总不符。".to_owned(),
        ShareReason::Itself(ShareFault::Proof { row, column }) => {
            format!(
                "{}不是用这名监票人的密钥对本次汇总做出的。",
                cell(*row, *column)
            )
        }
    }
}

fn result(reason: &ResultReason) -> String {
    match reason {
        ResultReason::Json(fault) => json(fault),
        ResultReason::Count(CountFault::Missing(owner)) => {
            format!("缺少第 {owner} 号监票人的开启份额。")
        }
        ResultReason::Count(CountFault::TooFew {
            first,
            found,
            needed,
        }) => {
            format!(
                "从第 {first} 号监票人开始的一组，至少要 {needed} 份开启份额，只有 {found} 份。"
            )
        }
        ResultReason::Count(CountFault::TooLarge { row, column }) => {
            format!("{}开启得到的票数超过选票总数。", cell(*row, *column))
        }
        ResultReason::Shape => "结果的题数或栏数与题面不符。".to_owned(),
        ResultReason::Differs {
            row,
            column,
            found,
            expected,
        } => format!(
            "{}写的是 {found} 票，开启得到 {expected} 票。",
            cell(*row, *column)
        ),
    }
}
