//! The organisations a roster names.

use super::person::Person;

/// One branch and where it belongs.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OrgPath {
    /// Unit organisation; the same as `branch` for a directly attached branch.
    pub unit: String,
    /// 党总支 in between.
    pub general_branch: Option<String>,
    /// Branch.
    pub branch: String,
    /// Its members.
    pub people: usize,
}

/// The distinct branches of a roster in file order, units in the order of their first branch.
pub fn org_plan(people: &[Person]) -> Vec<OrgPath> {
    let mut paths: Vec<OrgPath> = Vec::new();
    let mut known: std::collections::HashMap<(&str, Option<&str>, &str), usize> =
        std::collections::HashMap::new();
    for person in people {
        let general = person.general_branch.as_deref();
        let at = *known
            .entry((&person.unit, general, &person.branch))
            .or_insert_with(|| {
                paths.push(OrgPath {
                    unit: person.unit.clone(),
                    general_branch: person.general_branch.clone(),
                    branch: person.branch.clone(),
                    people: 0,
                });
                paths.len() - 1
            });
        paths[at].people += 1;
    }
    paths
}
