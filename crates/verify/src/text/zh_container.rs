//! Chinese for file, container and chain.

use pingyi_ballot::archive::{
    ArchiveError, EventFault, EventKind, HeaderFault, MemberFault, NotArchive, OutOfOrder,
    PartFault, Slot,
};

use super::Said;
use super::zh::{event, json};
use crate::clean::shown;
use crate::examine::NoArchive;

const CHANGED: &str = "文件在保存或传送中损坏，或被改动过；请勿采用其中的计票结果，\
    重新取得原件并核对书面记录上的校验码，仍有问题的，联系监票人。";
const CUT: &str = "文件没有写完或没有传完；请重新取得完整的文件再检查，\
    原件也是如此的，联系保管档案的人恢复。";

pub fn fault(error: &ArchiveError) -> Said {
    let (element, wrong, advice) = match error {
        ArchiveError::Io(error) => (
            "文件".to_owned(),
            format!("没能读完（{}）。", why(error)),
            "请检查磁盘后重新检查。",
        ),
        ArchiveError::NotAnArchive { reason } => {
            ("文件开头".to_owned(), not_archive(reason), CHANGED)
        }
        ArchiveError::Torn { at, found, height } => (
            format!("文件末尾（从第 {at} 字节起）"),
            torn(*found, *height),
            CUT,
        ),
        ArchiveError::Member { offset, reason } => {
            (format!("文件第 {offset} 字节处"), member(reason), CHANGED)
        }
        ArchiveError::Event { height, reason } => (event(*height), of_event(reason), CHANGED),
        ArchiveError::Poisoned => (
            "文件".to_owned(),
            "前一次写入没有成功。".to_owned(),
            "请重新启动程序后再检查。",
        ),
    };
    Said {
        element,
        wrong,
        advice: advice.to_owned(),
    }
}

pub fn no_archive(reason: &NoArchive) -> String {
    match reason {
        NoArchive::Io(error) => format!("文件打不开，{}；请检查路径和权限后再试。", why(error)),
        NoArchive::Folder => "这是一个文件夹；请指明其中的 .bel 文件。".to_owned(),
        NoArchive::NotAFile => "这不是普通文件，不能反复读取；请先存成文件再检查。".to_owned(),
        NoArchive::Empty => {
            "文件是空的，没有传完或没有写入内容；请重新取得完整的投票档案。".to_owned()
        }
        NoArchive::Other(reason) => {
            let wrong = not_archive(reason);
            let wrong = wrong.trim_end_matches('。');
            format!("{wrong}，不是可以检查的投票档案；请确认选对了文件，或重新取得原件。")
        }
    }
}

/// The system's reason, for the middle of a sentence.
pub fn why(error: &std::io::Error) -> String {
    use std::io::ErrorKind as K;
    let known = match error.kind() {
        K::NotFound => "没有这个文件",
        K::PermissionDenied => "没有权限",
        K::NotADirectory => "路径中有一段是文件",
        K::IsADirectory => "这是一个文件夹",
        K::StorageFull | K::QuotaExceeded => "磁盘已满",
        K::UnexpectedEof => "文件在检查时变短了",
        // the system has more reasons than there are words for
        _ => return format!("系统提示：{error}"),
    };
    known.to_owned()
}

fn torn(found: u64, height: Option<u64>) -> String {
    match height {
        Some(height) => format!(
            "{}之后的内容不完整，文件在第 {found} 字节处中断。",
            event(height)
        ),
        None => format!("第一个事件还不完整，文件在第 {found} 字节处中断。"),
    }
}

fn not_archive(reason: &NotArchive) -> String {
    match reason {
        NotArchive::Cut => "文件太短，开头就不完整。".to_owned(),
        NotArchive::Member(reason) => format!("文件开头不对：{}", member(reason)),
        NotArchive::OtherFirst => "文件开头没有投票档案的标记。".to_owned(),
        NotArchive::Header(fault) => match fault {
            HeaderFault::Json(fault) => format!("文件开头的说明不对：{}", json(fault)),
            HeaderFault::TimestampIsNumber => "文件开头的时间写成了数字，应为文字。".to_owned(),
            HeaderFault::Version(version) => format!("档案版本 {version} 不认识。"),
            HeaderFault::Time { .. } => "文件开头的两处时间不一致。".to_owned(),
            HeaderFault::TimestampTooLarge(_) => "文件开头的时间超出范围。".to_owned(),
        },
    }
}

fn member(reason: &MemberFault) -> String {
    match reason {
        MemberFault::ZeroBlock => "有一段空白，档案里不应当有。".to_owned(),
        MemberFault::Ustar => "这一段是另一种打包格式，文件可能被重新打包过。".to_owned(),
        MemberFault::Name { found } => format!("名称“{}”不是档案里会有的。", shown(found)),
        MemberFault::Size => "长度的写法不对。".to_owned(),
        MemberFault::Time => "时间的写法不对。".to_owned(),
        MemberFault::OtherTime { .. } => "时间与整份档案的不一致。".to_owned(),
        MemberFault::Header { byte } => format!("这一段开头的第 {} 个字节不对。", byte + 1),
        MemberFault::TooLarge { size, limit } => {
            format!("写明长 {size} 字节，超过上限 {limit} 字节。")
        }
        MemberFault::Padding => "内容之后的填充不是空白。".to_owned(),
        MemberFault::Hash { .. } => "内容与它的校验码不符。".to_owned(),
        MemberFault::SecondHeader => "档案开头的标记出现了第二次。".to_owned(),
        MemberFault::OutOfPlace { .. } => "这里多出一段内容。".to_owned(),
        MemberFault::NotData => "这里应当是一段内容，却不是。".to_owned(),
        MemberFault::Missing => "这里应当有一段内容，文件却已结束。".to_owned(),
    }
}

fn of_event(reason: &EventFault) -> String {
    match reason {
        EventFault::Json(fault) => json(fault),
        EventFault::Shuffle => "记的是打乱选票，这种投票里不会有这一步。".to_owned(),
        EventFault::UnknownType { found } => format!("类型“{}”不认识。", shown(found)),
        EventFault::Parent { .. } => "没有接在前一个事件之后，链条断了。".to_owned(),
        EventFault::Height { found, .. } => {
            format!("自称是{}，位置不对。", event(*found))
        }
        EventFault::Order(OutOfOrder { kind, .. }) => {
            format!("{}不能出现在这个位置，顺序不对。", name(*kind))
        }
        EventFault::Data {
            kind,
            expected,
            found,
        } => format!("{}应带 {expected} 段内容，实际有 {found} 段。", name(*kind)),
        EventFault::Payload { .. } => "所指的不是它前面的那段内容。".to_owned(),
        EventFault::Part {
            slot: of,
            reason: PartFault::Json(fault),
        } => format!("{}：{}", slot(*of), json(fault)),
        EventFault::Part {
            slot: of,
            reason: PartFault::Link { slot: to, .. },
        } => format!("{}所指的{}不是它前面的那段。", slot(*of), slot(*to)),
    }
}

const fn name(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Setup => "“设置”",
        EventKind::Ballot => "“投票”",
        EventKind::EndBallots => "“截止”",
        EventKind::EncryptedTally => "“汇总”",
        EventKind::PartialDecryption => "“开启”",
        EventKind::Result => "“结果”",
    }
}

const fn slot(slot: Slot) -> &'static str {
    match slot {
        Slot::Election => "投票题面",
        Slot::Trustees => "监票人密钥",
        Slot::Credentials => "名单",
        Slot::SetupData => "设置清单",
        Slot::Ballot => "选票",
        Slot::EncryptedTally => "汇总",
        Slot::SizedTally => "汇总清单",
        Slot::PartialDecryption => "开启份额",
        Slot::Owned => "份额清单",
        Slot::Result => "结果",
    }
}
