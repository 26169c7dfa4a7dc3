//! Words that made-up people write: plain office Chinese, nothing about anybody real.

/// 会议方式 of a plan.
pub(crate) const MANNERS: [&str; 3] = [
    "以党支部为单位集中召开，会前组织学习、征求意见、谈心谈话，会上逐人开展批评与自我批评，会后现场进行民主评议。",
    "各党支部分别召开专题组织生活会。先通报会前准备情况，再由支部书记带头作对照检查，随后逐人开展批评，最后无记名投票测评。",
    "以支部为单位召开，人数较多的支部可先分党小组开展批评与自我批评，再集中进行民主评议党员。",
];

/// 参加人员 of a plan.
pub(crate) const PARTICIPANTS: [&str; 2] = [
    "支部全体党员；班子成员以普通党员身份参加所在支部会议；上级党组织派员到会指导。",
    "全体正式党员和预备党员。离退休党员可视身体情况参加。机关党委派员参加并点评。",
];

/// 相关要求 of a plan.
pub(crate) const REQUIREMENTS: [&str; 2] = [
    "会前认真列出问题清单和整改措施；会上敢于揭短亮丑，不走过场；会后5个工作日内反馈评议结果并公示，及时报送汇总表。",
    "支部书记是直接责任人，要带头开展自我批评。因故不能到会的须履行请假手续并提交书面材料。会议记录和测评票妥善保管。",
];

/// Where branches meet.
pub(crate) const PLACES: [&str; 8] = [
    "三楼会议室",
    "机关党员活动室",
    "二楼小会议室",
    "五楼多功能厅",
    "单位党员之家",
    "四楼会议室",
    "一楼学习室",
    "机关礼堂东侧会议室",
];

/// Why the 组织科 sends a plan back.
pub(crate) const PLAN_OPINIONS: [&str; 3] = [
    "请补充上级派员参加会议的安排，并核对离退休支部的会议地点后重新报送。",
    "相关要求部分过于笼统，请结合本单位实际写明征求意见和谈心谈话的时间安排。",
    "请写明班子成员以普通党员身份参加所在支部会议的安排。",
];

/// What the 组织科 writes when it files a plan.
pub(crate) const PLAN_FILED: [&str; 3] = [
    "同意备案。",
    "内容完整，同意备案。",
    "同意备案，请按计划时间召开。",
];

/// Why a meeting opened without a filed plan.
pub(crate) const NO_PLAN: &str =
    "方案已报送待备案，支部多名党员下周起驻村，经机关党委同意先行召开。";

/// What envoys comment. // 通知 四、2
pub(crate) const COMMENTS: [&str; 6] = [
    "会前准备充分，支部书记带头作用好，批评意见比较具体。希望把整改措施落到每个人、每件事。",
    "自我批评能联系岗位实际，但部分同志原因分析不够深，会后要继续补充完善问题清单。",
    "会议程序规范，相互批评坦诚。建议围绕服务群众再列几项看得见的整改措施。",
    "开得严肃认真，达到了团结的目的。请支部盯住“门难进、脸难看”问题持续改进。",
    "党员发言准备认真，辣味还可以更足一些。会后请及时反馈评议结果。",
    "总体是一次成功的组织生活会。希望班子成员继续以普通党员身份带头整改。",
];

/// Why the secretary did not speak first. // 通知 三、1
pub(crate) const NOT_FIRST: &str = "支部书记因公出差请假，由副书记主持并带头作自我批评。";

/// Why somebody due was absent.
pub(crate) const ABSENCES: [&str; 6] = [
    "因公出差，已提交书面发言",
    "住院治疗，已请假",
    "驻村工作，已请假",
    "参加上级培训，已请假",
    "值班，已请假",
    "家中有事，已请假",
];

/// Why a count is thrown away: more ballots in than out.
pub(crate) fn void_reason(collected: u32, issued: u32) -> String {
    format!("收回票 {collected} 张，多于发出票 {issued} 张，当场宣布本轮无效，重新发票。")
}

/// Remarks beside an opinion.
pub(crate) const REMARKS: [&str; 5] = [
    "",
    "",
    "",
    "全年参加志愿服务6次，支部委员会研究确定",
    "结合平时表现研究确定",
];

/// Why a unit sends a branch's 汇总表 back.
pub(crate) const SUMMARY_OPINIONS: [&str; 2] = [
    "未参评党员的备注过于简单，请补充批准时间后重新报送。",
    "缺席人员原因与签到表不一致，请核对后重新报送。",
];

/// Why the 组织科 sends a unit's papers back.
pub(crate) const UNIT_OPINIONS: [&str; 2] = [
    "总结材料缺少存在问题和下一步打算部分，请补充后重新报送。",
    "请在总结中写明未参评党员的情况和补课安排。",
];

/// The unit's own words in its 总结材料, by the report's parts; figures are the program's.
pub(crate) fn report() -> String {
    serde_json::json!({
        "arrange": "收到通知后，单位党组织专题研究部署，明确第一责任人和直接责任人，逐个支部安排时间、地点和到会指导人员。",
        "prepare": "会前组织集中学习两次，面对面、背靠背征求意见，支部书记、副书记、委员与党员普遍谈心，党员自己动手列出问题清单和整改措施。",
        "meeting": "会上支部书记带头开展自我批评，党员逐人对照检查、相互批评，气氛严肃坦诚；会后现场测评，支部委员会结合平时表现研究确定评定意见。",
        "rectify": "党员对照批评意见完善整改措施，支部逐条登记、逐月检查；对未能参加的党员安排补课。",
        "problems": "少数党员原因分析不够深，个别支部批评意见不够具体。下一步督促逐条落实整改，按月收缴党费。",
    })
    .to_string()
}

/// 自我批评要点.
pub(crate) const SELF_CRITICISM: &str = "支部书记首先作对照检查，随后全体到会党员逐一作自我批评，围绕理论学习、服务群众、纪律规矩查摆问题，从世界观、人生观、价值观上剖析原因。";
/// 相互批评.
pub(crate) const MUTUAL_CRITICISM: &str = "到会党员之间开展相互批评，主要集中在工作主动性不强、深入基层不够、沟通协调方式简单等方面，被批评的同志逐一表态接受。";
/// 表态.
pub(crate) const PLEDGES: &str =
    "支部书记代表支部表态：照单全收意见建议，一周内完善整改措施并公示。";

/// What a unit adds to a plan that came back.
pub(crate) const ADDED: &str =
    "班子成员以普通党员身份参加所在支部会议，机关党委逐个支部派员到会点评。";

/// What a unit adds to a plan in force.
pub(crate) const ADDED_GUESTS: &str = "视情邀请入党积极分子和服务对象代表列席。";

/// 会议议程.
pub(crate) const AGENDA: &str = "一、通报会前准备和征求意见情况；二、逐人开展自我批评和相互批评；三、上级派员点评；四、现场民主评议党员；五、支部书记总结表态。";
