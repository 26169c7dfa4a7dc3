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

/// Why the branch types a list for its author. // 通知 二、3
pub(crate) const LIST_PROXY: &str = "本人手写，支部集中录入";

/// Why a category has no problem.
pub(crate) const LIST_NONE: [&str; 4] = [
    "不在窗口岗位，征求意见中也没有反映。",
    "对照检查后没有发现，今后继续注意。",
    "按要求参加了支部各项活动。",
    "岗位不涉及，日常提醒自己不碰底线。",
];

/// Causes.
pub(crate) const LIST_CAUSES: [&str; 6] = [
    "理论学习抓得不紧，以干代学。",
    "宗旨意识有所淡化，换位思考不够。",
    "有畏难情绪，满足于完成任务。",
    "对自己要求不严，觉得是小事。",
    "坐在办公室多，到基层少。",
    "党性锻炼放松，老好人思想作怪。",
];

/// Problems with their measures, by category. // 通知 二、3
pub(crate) const LIST_PROBLEMS: [&[(&str, &str)]; 5] = [
    &[
        (
            "学习党章停留在通读，四条纪律说不完整。",
            "每周三下午集中学习半天，做好笔记，季度末在支部交流一次。",
        ),
        (
            "对同事私下议论单位决定没有及时提醒。",
            "发现不当议论当面提醒，有意见通过组织渠道反映。",
        ),
        (
            "今年有两次支部活动因业务冲突请假。",
            "提前调整业务安排，支部活动不再因可调整的工作请假。",
        ),
        (
            "外出学习没有按规定提前报备。",
            "学习请假报备规定，离开本市提前一天书面报备。",
        ),
    ],
    &[
        (
            "起草的通知偏长，同一事项今年发过三次。",
            "文件压到三页以内，能合并的合并，先征求基层意见再发。",
        ),
        (
            "下乡调研走马观花，多数当天往返。",
            "每季度蹲点两天，住村入户，带回问题清单。",
        ),
        (
            "办公室空调、电灯下班后几次没有关。",
            "下班前检查，纳入科室轮值。",
        ),
        (
            "陪同检查的人员安排偏多。",
            "陪同人员不超过两名，就餐按标准交费。",
        ),
    ],
    &[
        (
            "交办事项两次超过承诺时限。",
            "建立个人台帐，到期前两天自查，超期主动说明。",
        ),
        (
            "处理矛盾绕着走，把信访件转来转去。",
            "首接负责到底，本月内办结积压的两件。",
        ),
        (
            "调研报告引用旧数据，没有核对。",
            "数据逐项核对来源，报告附数据出处。",
        ),
        (
            "对科室同志的问题碍于情面不指出。",
            "每月谈心一次，有话讲在当面。",
        ),
        (
            "项目现场少去，凭报表掌握进度。",
            "每周到现场一次，记录发现的问题。",
        ),
    ],
    &[
        (
            "接群众电话语气急躁，被投诉一次。",
            "上门道歉，接电话先听完再答复，接受回访。",
        ),
        (
            "办事指南写得太专业，群众看不懂。",
            "本月改写五份指南，请两名群众先读。",
        ),
        (
            "中午错时值班有一次没人在岗。",
            "值班表上墙，换班须书面交接。",
        ),
        (
            "让一名企业办事员补材料跑了三趟。",
            "实行一次性告知，漏告由本人负责代办。",
        ),
    ],
    &[
        (
            "“香城义工·红色情怀”志愿服务今年只参加一次。",
            "每季度至少参加一次志愿服务。",
        ),
        (
            "结对的困难户半年没有走访。",
            "本月走访，每两个月一次，帮助联系务工岗位。",
        ),
        (
            "没有到社区报到服务。",
            "九月底前到社区报到，认领一个服务岗位。",
        ),
        ("支部征集微心愿没有认领。", "认领一个微心愿，年底前完成。"),
    ],
];

/// How somebody made up what was missed.
pub(crate) const MAKEUP: &str = "自学原文，向支部书记汇报学习体会";

/// What people said at a forum: on the branch, on its secretary, on a member. // 通知 二、2
pub(crate) const OPINIONS: [&str; 3] = [
    "窗口一次没讲清要带哪些材料，跑了两趟。",
    "到基层调研不够，有的要求不切合实际。",
    "电话里答复比较急，有时没听完就挂了。",
];

/// What is written without a name. // 通知 二、2
pub(crate) const UNSIGNED: [&str; 4] = [
    "支部学习多是念文件，结合本职工作的讨论少。",
    "希望支部委员多到窗口坐一坐，当面听听办事人的意见。",
    "有的同志上班时间打电话聊天，影响不好。",
    "材料能在网上传的，就不要再让人跑一趟。",
];

/// Why a list goes back to its author. // 通知 二、3
pub(crate) const LIST_BACK: &str =
    "有的问题写得太笼统，请写明是哪件事、错在哪里，整改措施要能检查，改好后再交。";

/// Good words in a talk. // 通知 二、2: 既要肯定成绩
pub(crate) const TALK_PRAISE: [&str; 4] = [
    "工作踏实，承担任务不推诿。",
    "业务熟练，乐于帮助新同志。",
    "对待服务对象有耐心。",
    "参加支部活动积极。",
];

/// What one says to another, in a talk or at the meeting. // 通知 二、2 and 三、2
pub(crate) const POINTS: [&str; 10] = [
    "安排工作时说明不够，同志们有时不清楚完成时限。",
    "遇到难办的事容易急躁，沟通方式简单。",
    "学习停留在完成任务，联系岗位实际不够。",
    "下基层次数不多，对一线困难了解不深。",
    "推进工作主动性不强，习惯等上级布置。",
    "对同志们的缺点碍于情面，当面提醒少。",
    "材料修改不够细致，数据两次核对不一致。",
    "会上发言少，有意见不愿意当面讲。",
    "窗口高峰时段支援不及时。",
    "分管工作之外的事关心不够，协作意识还要加强。",
];

/// What is answered.
pub(crate) const ANSWERS: [&str; 4] = [
    "意见中肯，接受，马上改。",
    "接受批评，列入整改措施。",
    "说得对，今后注意方式方法。",
    "诚恳接受，请同志们监督。",
];

/// What talks leave open. // 通知 二、2: 把矛盾和问题解决在专题组织生活会前
pub(crate) const TALK_MATTERS: [&str; 3] = [
    "两个科室的值班安排意见不一致",
    "上次考核结果没有当面反馈",
    "窗口轮岗时间没有提前商量",
];

/// 公示's and feedback's words. // 通知 三、3
pub(crate) const OBJECTION: &str = "本人认为全年值守工作没有被充分考虑，请支部委员会复核。";
pub(crate) const OBJECTION_ANSWER: &str =
    "支部委员会查阅值班记录并听取科室意见，研究后维持原评定意见，已与本人当面说明。";
pub(crate) const PUBLIC_OBJECTION: &str = "有同志询问未参评党员的情况。";
pub(crate) const PUBLIC_ANSWER: &str =
    "已说明：未参评党员经批准不参加本次评议，原因在汇总表中注明。";
pub(crate) const PRAISES: [&str; 3] = ["支部大会表扬", "口头表扬", "推荐为优秀共产党员人选"];
pub(crate) const PRAISE_REASONS: [&str; 3] = [
    "评定意见为“好”，全年工作实绩突出",
    "带头参加志愿服务，群众评价好",
    "窗口服务全年无投诉",
];
pub(crate) const NO_PRAISE: &str = "支部委员会研究，待年终一并表扬";
pub(crate) const HELP: &str = "支部书记结对帮助，每半月谈一次，督促按时参加学习和支部活动。";
pub(crate) const HELP_NOTE: &str = "第一次谈话已进行，本人认识到差距，制定了学习计划。";

/// Why a unit sends a gate back, and what the branch made up for, by gate. // 通知 四、3
pub(crate) const GATE_BACK: [(&str, &str, &str); 4] = [
    (
        "awareness",
        "两名党员没有参加会前学习，也没有补学。",
        "已组织补学并交流学习体会。",
    ),
    (
        "focus",
        "问题清单大多写“学习不够”，没有具体事例。",
        "逐人对照五个方面重写，每条都有具体事例。",
    ),
    (
        "depth",
        "原因只谈客观条件，没有从世界观、人生观、价值观上找。",
        "召开支部党员大会补课，逐人补充原因剖析。",
    ),
    (
        "measures",
        "整改措施没有完成时限。",
        "逐条明确了措施、时限，已张榜。",
    ),
];

/// What the supervision team asks, finds and hears. // 通知 四、4
pub(crate) const CHECK_QUESTION: &str = "会前学习和谈心谈话是怎样组织的，请举一个例子。";
pub(crate) const CHECK_ANSWER: &str = "集中学习两次，缺席的已补学；书记、委员与党员普遍谈了一次。";
pub(crate) const CHECK_FINE: [&str; 3] = [
    "学习、征求意见、谈心谈话记录齐全，与党员询问情况一致。",
    "问题清单比较具体，整改措施有时限。",
    "会议安排落实，上级派员已明确。",
];
pub(crate) const CHECK_FOUND: [(&str, &str); 3] = [
    (
        "个别党员问题清单写得笼统，没有联系岗位。",
        "三个工作日内组织补充完善，支部书记逐人审阅。",
    ),
    (
        "谈心谈话有两对没有记录。",
        "补谈并如实登记，不得以记录代替谈话。",
    ),
    (
        "缺席学习的党员没有补学。",
        "会前完成补学，补学情况记入台帐。",
    ),
];
pub(crate) const CHECK_REPLY: &str = "已督促支部整改到位，台帐已更新，请复核。";
pub(crate) const CHECK_CLOSED: &str = "整改属实，予以办结。";
