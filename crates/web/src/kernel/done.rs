//! The sentence shown after a change. Keys travel in the address, words never do.

/// The sentence for a key.
pub fn text(key: &str) -> Option<&'static str> {
    TEXTS.iter().find(|(k, _)| *k == key).map(|(_, text)| *text)
}

const TEXTS: &[(&str, &str)] = &[
    ("signed-in", "已登录。"),
    ("saved", "已保存。"),
    ("password", "新密码已生效，下次请用新密码登录。"),
    ("activated", "账号已启用，请登录。"),
    ("signed-out", "已退出。"),
    ("setup", "准备工作完成，可以开始使用。"),
    (
        "setup-next",
        "工委已建立，您现在是组织科。最后一步：导入党员名册。",
    ),
    ("imported", "名册已导入。"),
    ("imported-same", "名册与已存的完全一致，没有改动。"),
    ("issued", "通知已印发，各直属党组织登录后即可签收。"),
    ("acknowledged", "已签收。"),
    ("plan-saved", "方案草稿已保存。"),
    ("plan-submitted", "方案已报送工委组织科。"),
    ("plan-returned", "已退回，对方登录后可以看到退回意见。"),
    ("plan-filed", "已备案。"),
    ("plan-amended", "已建立新的一稿，备案前原方案继续有效。"),
    ("meeting-opened", "会议已开始记录。"),
    ("attendance", "到会情况已保存。"),
    ("envoy", "上级派员和点评已保存。"),
    ("minutes", "会议记录已保存。"),
    (
        "criticism-done",
        "批评与自我批评环节已结束，可以开展现场评议。",
    ),
    ("meeting-closed", "会议已结束。"),
    ("round-prepared", "测评名单已确定，可以打印测评表。"),
    ("round-opened", "已开始投票，请发放测评表。"),
    ("round-closed", "投票已结束，请两人分别录入计票结果。"),
    ("round-voided", "本轮已作废并留存，可以重新组织投票。"),
    ("count-entered", "第一遍已录入，请另一人录入第二遍。"),
    ("count-differs", "两遍录入不一致，请按清单逐项核对票面。"),
    ("count-retyped", "您的核对已保存，等待另一人核对。"),
    ("count-agreed", "两遍录入一致，计票完成。"),
    ("count-reset", "已清空，请重新录入。"),
    ("signed", "计票结果已签字确认。"),
    ("determined", "支部评定意见已保存。"),
    ("filing-saved", "材料草稿已保存。"),
    ("filing-submitted", "已报送。"),
    ("filing-returned", "已退回，对方登录后可以看到退回意见。"),
    ("filing-received", "已接收。"),
    ("code-issued", "启用码已生成，请打印后当面交给本人。"),
    ("unlocked", "账号已解锁。"),
    ("disabled", "账号已停用。"),
    ("granted", "职责已增加。"),
    ("withdrawn", "职责已撤销。"),
    ("checked", "检查已完成，结果见下。"),
    ("backup", "备份已完成。"),
];
