//! Everything the log can say happened, in the past tense.

/// One list: name in the database and the words people read.
macro_rules! events {
    ($($name:ident $label:literal),+ $(,)?) => {
        /// What happened.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Event {
            $(#[doc = $label] $name,)+
        }

        impl Event {
            /// Every event, in the order of this list.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The word stored in the database.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name),)+
                }
            }

            /// As people read it.
            pub fn label(self) -> &'static str {
                match self {
                    $(Self::$name => $label,)+
                }
            }
        }
    };
}

events! {
    // the system and its people
    SetupDone "完成初始设置",
    RosterImported "导入党员名册",
    AccountCreated "建立账号",
    AccountActivated "启用账号",
    AccountLocked "锁定账号",
    AccountUnlocked "解锁账号",
    AccountDisabled "停用账号",
    GrantGiven "授予权限",
    GrantWithdrawn "收回权限",
    CodeIssued "发放启用码",
    PasswordChanged "修改密码",
    SignedIn "登录",
    SignedOut "退出",
    SignInFailed "登录失败",
    ReminderSent "邮件提醒待办",
    BackupMade "备份数据",
    ExportMade "导出数据",
    // the notice and the plan
    CampaignDrafted "拟定通知",
    DraftDeleted "删除通知草稿",
    CampaignIssued "印发通知",
    CampaignClosed "结束活动",
    ReceiptAcknowledged "签收通知",
    PlanDrafted "起草工作方案",
    PlanSubmitted "报送工作方案",
    PlanReturned "退回工作方案",
    PlanFiled "备案工作方案",
    PlanAmended "修订工作方案",
    // the meeting
    MeetingOpened "召开专题组织生活会",
    AttendanceRecorded "登记到会情况",
    MinutesSaved "保存会议记录",
    CriticismDone "完成批评与自我批评",
    MeetingClosed "结束会议",
    // the appraisal
    RoundPrepared "准备民主测评",
    RoundOpened "开始民主测评",
    RoundClosed "收票结束",
    RoundVoided "作废本轮测评",
    CountEntered "录入计票",
    CountRetyped "重录不一致项",
    CountAgreed "两人计票一致",
    CountReset "清除计票重录",
    RoundSigned "签字确认计票",
    OpinionsDetermined "确定评定意见",
    // the electronic box of a round; nothing here belongs to a single ballot or slip
    BoxCreated "建立电子票箱",
    BoxKeyMade "监票人生成钥匙",
    SlipsMade "制作票条",
    BallotTested "试投票并当众打开",
    BoxOpened "开始电子投票",
    BoxLastCall "宣布即将截止",
    BoxResumed "继续投票",
    MissingConfirmed "监票人确认缺票",
    BoxClosed "截止电子投票",
    ShareGiven "监票人计票",
    BoxCounted "电子票箱开出总数",
    // talks and what was said at the meeting
    TalksRecorded "登记谈心谈话",
    TalkChanged "补充谈心谈话内容",
    TalkConfirmed "确认谈心谈话",
    TalkWithdrawn "撤销谈心谈话登记",
    SpeechesSaved "登记自我批评发言",
    CriticismSaved "登记相互批评",
    PaperRecounted "更正收回的纸质测评表",
    CountsJoined "电子票与纸质票合计",
    // a person's papers are read by somebody else
    PapersRead "查阅个人材料",
    // results: feedback, 公示, use, keeping
    FeedbackGiven "反馈评议结果",
    FeedbackAcknowledged "签收评议反馈",
    ObjectionRaised "对评定意见提出异议",
    ObjectionHandled "答复异议",
    OpinionChanged "调整评定意见",
    PublicityDrafted "起草公示",
    PublicityApproved "批准公示",
    PublicityPosted "张贴公示",
    PublicityEnded "结束公示",
    PublicityWithdrawn "撤回公示",
    PublicityObjection "登记公示异议",
    CommendationNoted "记录表扬激励",
    HelpNoted "记录教育帮助",
    DestructionProposed "提出销毁材料",
    DestructionDecided "确认销毁材料",
    // problem lists and measures
    ListSaved "保存问题清单草稿",
    ListHandedIn "提交问题清单",
    ListReturned "退回问题清单",
    ListConfirmed "会后确认沿用整改措施",
    MeasureClaimed "报整改完成",
    MeasureVerified "核实销号",
    MeasureReturned "退回整改完成情况",
    // dues
    DuesClerkNamed "确定党费管理员",
    DuesAssessed "核定党费",
    DuesReceived "登记党费",
    DuesReversed "冲正党费登记",
    DuesPublished "公布党费收缴情况",
    DuesWithdrawn "撤回党费收缴情况公布",
    // study and opinions before the meeting
    StudyRecorded "记录会前学习",
    StudyRemoved "删除误录的学习",
    StudyMadeUp "记录补学",
    StudyMakeupRemoved "删除误录的补学",
    OpinionsHeard "记录征求意见活动",
    OpinionsTyped "录入征求到的意见",
    OpinionsCollected "发起不记名征求意见",
    OpinionsClosed "截止不记名征求意见",
    OpinionAnswered "答复意见",
    // the year's assessment
    SchemeSaved "保存考评方案",
    SchemeIssued "下发考评方案",
    SchemeReopened "收回考评方案",
    SelfScored "填写考评自查",
    SelfScoreHandedIn "报考评自查",
    SelfScoreReturned "退回考评自查",
    AssessmentNoted "记录考评扣分",
    AssessmentDone "完成考评",
    AssessmentReopened "重新考评",
    // other systems
    ApiTokenMade "发放接口口令",
    ApiTokenRevoked "停用接口口令",
    // what goes upward
    FilingDrafted "起草汇总表",
    FilingSubmitted "报送汇总表",
    FilingReturned "退回汇总表",
    FilingReceived "接收汇总表",
    // gates, envoys, supervision
    GatesDecided "四个不放过把关",
    GateReworked "补课",
    EnvoysAssigned "安排上级派员",
    TeamChanged "调整督导专班",
    DrawFrozen "公布抽查名单",
    DrawHeld "抽取抽查支部",
    CheckEntered "登记督导情况",
    CheckDemanded "提出整改要求",
    CheckReplied "回复督导意见",
    CheckClosed "办结督导意见",
    LeadersChanged "调整工委领导联系单位",
    LeaderVisited "登记工委领导参会",
    // coverage and the ledger
    BranchExcluded "支部不列入本次活动",
    BranchIncluded "支部恢复列入本次活动",
    LedgerLinkMade "开出台帐查看链接",
    LedgerLinkRevoked "收回台帐查看链接",
    LedgerOpened "用链接查看台帐",
    EmailChanged "设置邮件提醒",
}

impl Event {
    /// Reads what [`Event::as_str`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|event| event.as_str() == text)
    }
}
