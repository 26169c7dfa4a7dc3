//! The detail of a log row in the words of the office.

use pingyi_domain::org::OrgTree;
use serde_json::Value;

use crate::kernel::access::Role;

/// Names of details; one that is missing here is shown as stored.
const NAMES: &[(&str, &str)] = &[
    ("added", "新增"),
    ("branch", "支部"),
    ("changed", "变更"),
    ("clerk", "组织科登录名"),
    ("committee", "工委"),
    ("counts", "人数"),
    ("fields", "不一致项"),
    ("file", "文件"),
    ("kind", "种类"),
    ("late", "逾期"),
    ("left", "离开"),
    ("login", "登录名"),
    ("moved", "换支部"),
    ("name", "姓名"),
    ("org", "范围"),
    ("orgs", "新建党组织"),
    ("papers", "材料"),
    ("reason", "原因"),
    ("role", "职责"),
    ("round", "轮次"),
    ("rows", "条数"),
    ("unchanged", "不变"),
    ("unit", "单位"),
    ("version", "稿次"),
    ("what", "内容"),
    ("written", "填写"),
];

/// `职责：直属党组织工作人员；范围：市水利局机关党委`.
pub fn detail(json: &str, tree: &OrgTree) -> String {
    match serde_json::from_str(json) {
        Ok(Value::Object(map)) => {
            let parts = map.iter().filter(|(_, value)| !value.is_null());
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

fn word(name: &str, value: &Value, tree: &OrgTree) -> String {
    match value {
        Value::String(text) if name == "role" => {
            Role::parse(text).map_or_else(|| text.clone(), |role| role.label().to_owned())
        }
        Value::String(text) => {
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
    }
}
