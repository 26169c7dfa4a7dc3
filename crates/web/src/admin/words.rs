//! The detail of a log row in the words of the office.

use pingyi_domain::filing::FilingKind;
use pingyi_domain::org::OrgTree;
use serde_json::Value;

use crate::kernel::access::Role;

/// Names of details; one that is missing here is shown as stored.
const NAMES: &[(&str, &str)] = &[
    ("absent", "缺席"),
    ("added", "新增"),
    ("branch", "支部"),
    ("cap_reason", "超出比例的原因"),
    ("changed", "变更"),
    ("clerk", "组织科登录名"),
    ("collected", "收回票"),
    ("commented", "已点评"),
    ("committee", "工委"),
    ("counts", "人数"),
    ("due", "应到"),
    ("envoy", "上级派员"),
    ("excluded", "不列入应到"),
    ("fields", "不一致项"),
    ("file", "文件"),
    ("first_speaker", "第一个作自我批评"),
    ("from", "派出组织"),
    ("held_on", "召开日期"),
    ("issued", "发出票"),
    ("kind", "种类"),
    ("late", "逾期"),
    ("left", "离开"),
    ("listed", "参评名单人数"),
    ("login", "登录名"),
    ("matters", "事项数"),
    ("meeting", "会议截止"),
    ("members", "评定人数"),
    ("moved", "换支部"),
    ("name", "姓名"),
    ("not_graded", "不定等次"),
    ("number", "字号"),
    ("observers", "列席"),
    ("officials", "监票人和计票人"),
    ("on", "签字日期"),
    ("opinion", "意见"),
    ("org", "范围"),
    ("orgs", "新建党组织"),
    ("papers", "材料"),
    ("plan", "方案截止"),
    ("present", "实到"),
    ("reason", "原因"),
    ("role", "职责"),
    ("round", "轮次"),
    ("rows", "条数"),
    ("signed_by", "签字人"),
    ("summary", "汇总截止"),
    ("typed_by", "录入人"),
    ("unchanged", "不变"),
    ("unit", "单位"),
    ("units", "主送单位数"),
    ("version", "稿次"),
    ("voters", "有表决权到会人数"),
    ("what", "内容"),
    ("without_plan", "方案未备案先开会的原因"),
    ("written", "填写"),
];

/// `职责：直属党组织工作人员；范围：市水利局机关党委`.
pub fn detail(json: &str, tree: &OrgTree) -> String {
    match serde_json::from_str(json) {
        Ok(Value::Object(map)) => {
            let parts = map.iter().filter(|(_, value)| !is_empty(value));
            let parts =
                parts.map(|(name, value)| format!("{}：{}", label(name), word(name, value, tree)));
            parts.collect::<Vec<_>>().join("；")
        }
        _ => json.to_owned(),
    }
}

fn label(name: &str) -> &str {
    NAMES
        .iter()
        .find(|(key, _)| *key == name)
        .map_or(name, |(_, label)| label)
}

/// Nothing was recorded under this name.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(all) => all.is_empty(),
        _ => false,
    }
}

/// The label of a stored word; any other text is shown as it is.
fn stored(name: &str, text: &str) -> Option<&'static str> {
    match name {
        "role" => Role::parse(text).map(Role::label),
        "kind" => FilingKind::parse(text).map(FilingKind::label),
        "papers" if text == "annex2" => Some("全部支部的测评汇总表"),
        _ => None,
    }
}

fn word(name: &str, value: &Value, tree: &OrgTree) -> String {
    match value {
        Value::String(text) => {
            if let Some(label) = stored(name, text) {
                return label.to_owned();
            }
            let org = text.parse().ok().and_then(|id| tree.get(id));
            org.map_or_else(|| text.clone(), |org| org.name.clone())
        }
        Value::Bool(yes) => if *yes { "是" } else { "否" }.to_owned(),
        Value::Array(all) => all
            .iter()
            .map(|one| word(name, one, tree))
            .collect::<Vec<_>>()
            .join("、"),
        Value::Object(map) => {
            let parts = map
                .iter()
                .map(|(key, one)| format!("{} {}", label(key), word(key, one, tree)));
            parts.collect::<Vec<_>>().join("，")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pingyi_domain::ids::OrgId;
    use pingyi_domain::org::{Org, OrgKind};

    #[test]
    fn details_are_readable() {
        let id = OrgId(uuid::Uuid::from_u128(7));
        let unit = Org {
            id,
            parent: None,
            kind: OrgKind::Branch,
            name: "市委办公室党支部".into(),
        };
        let tree = OrgTree::new(vec![unit]);
        let json = format!(r#"{{"org":"{id}","role":"unit_clerk","late":true,"x":null}}"#);
        assert_eq!(
            detail(&json, &tree),
            "逾期：是；范围：市委办公室党支部；职责：直属党组织工作人员"
        );
        assert_eq!(
            detail(r#"{"counts":{"added":3,"left":1}}"#, &tree),
            "人数：新增 3，离开 1"
        );
        assert_eq!(detail("{}", &tree), "");
        assert_eq!(
            detail(
                r#"{"kind":"unit_summary","cap_reason":"","not_graded":[],"voters":8,"odd":"x"}"#,
                &tree
            ),
            "种类：单位总结材料和测评汇总表；odd：x；有表决权到会人数：8"
        );
    }
}
