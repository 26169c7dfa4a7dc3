//! Texts typed into a form: kept to the character, or marked at their field with its label.

use pingyi_domain::prose::{self, ProseProblem};

use super::form::FormState;

/// A line that must be there; `label` heads the message.
pub fn line(form: &mut FormState, name: &str, label: &str) -> Option<String> {
    let read = prose::line(form.value(name), prose::LINE);
    kept(form, name, label, read)
}

/// A text of several lines that must be there.
pub fn text(form: &mut FormState, name: &str, label: &str, most: usize) -> Option<String> {
    let read = prose::text(form.value(name), most);
    kept(form, name, label, read)
}

/// A text that may be left empty; `None` after a mark.
pub fn optional(
    form: &mut FormState,
    name: &str,
    label: &str,
    most: usize,
) -> Option<Option<String>> {
    let read = prose::optional(form.value(name), most);
    kept(form, name, label, read)
}

/// The message follows the label without a mark between: 地点没有填写。
fn kept<T>(
    form: &mut FormState,
    name: &str,
    label: &str,
    read: Result<T, ProseProblem>,
) -> Option<T> {
    read.map_err(|why| form.fail(name, format!("{label}{why}")))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_kept_is_marked_with_the_label_of_its_field() {
        let mut form = FormState::default()
            .with("place", " 三楼 ")
            .with("who", "一\n二")
            .with("why", "长".repeat(21));
        assert_eq!(line(&mut form, "place", "地点").as_deref(), Some("三楼"));
        assert_eq!(optional(&mut form, "note", "备注", 20), Some(None));
        assert!(form.is_ok());
        assert_eq!(line(&mut form, "nothing", "姓名"), None);
        assert_eq!(form.error("nothing"), Some("姓名没有填写。"));
        assert_eq!(line(&mut form, "who", "反馈人"), None);
        assert_eq!(form.error("who"), Some("反馈人只能写一行。"));
        assert_eq!(text(&mut form, "why", "事由", 20), None);
        assert!(form.error("why").unwrap().starts_with("事由有 21 个字"));
    }
}
