//! What a browser would send: the fields of a page's form as they stand.

use super::Reply;

impl Reply {
    /// Names and values of the form that posts to `action`: nothing typed, nothing ticked.
    pub fn form(&self, action: &str) -> Vec<(String, String)> {
        let text = self.text();
        let mark = format!("action=\"{action}\"");
        let (_, rest) = text.split_once(&mark).expect("a form with this action");
        let form = rest.split("</form>").next().unwrap_or(rest);
        let mut found = Vec::new();
        let mut choosing: Option<Choosing> = None;
        for tag in form.split('<') {
            read(tag, &mut choosing, &mut found);
        }
        found.retain(|(name, _)| name != "csrf");
        found
    }
}

/// A list of choices being read: its name, and what is chosen so far.
struct Choosing {
    name: String,
    chosen: Option<String>,
    marked: bool,
}

fn read(tag: &str, choosing: &mut Option<Choosing>, found: &mut Vec<(String, String)>) {
    let name = || attribute(tag, "name");
    if tag.starts_with("input") {
        let is = |kind: &str| tag.contains(&format!("type=\"{kind}\""));
        let ticked = tag.contains(" checked");
        if let Some(name) = name().filter(|_| ticked || !(is("checkbox") || is("radio"))) {
            found.push((name, attribute(tag, "value").unwrap_or_default()));
        }
    } else if tag.starts_with("textarea") {
        let words = tag.split_once('>').map_or("", |(_, words)| words);
        found.extend(name().map(|name| (name, plain(words))));
    } else if tag.starts_with("select") {
        *choosing = name().map(|name| Choosing {
            name,
            chosen: None,
            marked: false,
        });
    } else if tag.starts_with("option") {
        if let Some(list) = choosing {
            let marked = tag.contains(" selected");
            if (marked && !list.marked) || list.chosen.is_none() {
                list.chosen = attribute(tag, "value");
                list.marked = marked;
            }
        }
    } else if tag.starts_with("/select")
        && let Some(list) = choosing.take()
    {
        found.push((list.name, list.chosen.unwrap_or_default()));
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next().map(plain)
}

/// Undoes the page's escaping.
fn plain(text: &str) -> String {
    let marks = [
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#38;", "&"),
    ];
    marks
        .iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}
