//! From a comparison to rows: members as they will be, their posts, who left.

use std::collections::HashMap;

use pingyi_domain::ids::{MemberId, OrgId};
use pingyi_domain::member::{Member, Post};
use pingyi_domain::org::Org;
use pingyi_domain::roster::{Column, IncomingPerson, PostLevel, PostText};
use pingyi_storage::roster::Changes;

use super::comparing::Preview;
use super::places::{Place, Places};
use super::{ById, Incoming, Work};
use crate::kernel::app::App;

pub(super) fn work(app: &App, incoming: &Incoming, preview: &Preview, members: &[Member]) -> Work {
    let mut places = Places::new(app, &preview.tree, &incoming.people);
    let by_id: ById<'_> = members.iter().map(|member| (member.id, member)).collect();
    let mut changes = Changes {
        left: preview.comparison.left.clone(),
        ..Changes::default()
    };
    let places_of: Vec<Place> = incoming
        .people
        .iter()
        .map(|new| places.of(&new.person))
        .collect();
    for &at in &preview.comparison.added {
        let id: MemberId = app.new_id();
        let new = &incoming.people[at];
        changes.added.push(fresh(id, places_of[at].branch, new));
        changes.posts.extend(posts(id, places_of[at], new));
    }
    for (id, at) in touched(preview) {
        let (Some(old), new) = (by_id.get(&id), &incoming.people[at]) else {
            continue;
        };
        changes.updated.push(merged(old, places_of[at].branch, new));
        if new.person.given.has(Column::Post) {
            changes.posts_of.push(id);
            changes.posts.extend(posts(id, places_of[at], new));
        } else if old.branch != places_of[at].branch {
            // The list does not say; a post in a branch ends with membership in it.
            changes.posts_of.push(id);
            changes
                .posts
                .extend(kept_posts(preview, id, places_of[at].unit, new));
        }
    }
    changes.orgs = places.new;
    // New names first: who also moves in the tree carries the new name there.
    let mut placed: Vec<Org> = preview
        .renames
        .iter()
        .map(|rename| rename.org.clone())
        .collect();
    placed.append(&mut places.placed);
    Work { changes, placed }
}

fn touched(preview: &Preview) -> impl Iterator<Item = (MemberId, usize)> {
    let changed = preview
        .comparison
        .changed
        .iter()
        .map(|c| (c.id, c.incoming));
    changed.chain(preview.comparison.moved.iter().map(|m| (m.id, m.incoming)))
}

fn fresh(id: MemberId, branch: OrgId, new: &IncomingPerson) -> Member {
    let p = &new.person;
    Member {
        id,
        branch,
        name: p.name.clone(),
        sex: p.sex,
        ethnicity: p.ethnicity.clone(),
        born: p.born,
        education: p.education.clone(),
        joined: p.joined,
        confirmed: p.confirmed,
        standing: p.standing,
        retired: p.retired,
        unit_leader: p.unit_leader,
        phone: p.phone.clone(),
        code: p.code.clone(),
        id_hash: new.id_hash.clone(),
        id_last4: last4(new),
    }
}

/// Blank cells and columns the list lacks leave what is stored.
fn merged(old: &Member, branch: OrgId, new: &IncomingPerson) -> Member {
    let p = &new.person;
    let or = |new: &Option<String>, old: &Option<String>| new.clone().or_else(|| old.clone());
    let said = |column, new, old| if p.given.has(column) { new } else { old };
    Member {
        id: old.id,
        branch,
        name: p.name.clone(),
        sex: p.sex.or(old.sex),
        ethnicity: or(&p.ethnicity, &old.ethnicity),
        born: p.born.or(old.born),
        education: or(&p.education, &old.education),
        joined: p.joined.or(old.joined),
        confirmed: p.confirmed.or(old.confirmed),
        standing: if p.given.has(Column::Standing) {
            p.standing
        } else {
            old.standing
        },
        retired: said(Column::Retired, p.retired, old.retired),
        unit_leader: said(Column::UnitLeader, p.unit_leader, old.unit_leader),
        phone: or(&p.phone, &old.phone),
        code: or(&p.code, &old.code),
        id_hash: or(&new.id_hash, &old.id_hash),
        id_last4: or(&last4(new), &old.id_last4),
    }
}

fn last4(new: &IncomingPerson) -> Option<String> {
    new.person
        .id_number
        .as_ref()
        .map(|id| id.last4().to_owned())
}

/// Posts in the unit go on when somebody changes branches inside it.
fn kept_posts(preview: &Preview, id: MemberId, unit: OrgId, new: &IncomingPerson) -> Vec<Post> {
    let Some(old) = preview.stored(id).filter(|old| old.unit == new.person.unit) else {
        return Vec::new();
    };
    let of_unit = old
        .posts
        .iter()
        .filter(|text| text.level == PostLevel::Unit);
    let post = |text: &PostText| Post {
        org: unit,
        member: id,
        kind: text.kind,
        title: text.title.clone(),
    };
    of_unit.map(post).collect()
}

fn posts(member: MemberId, place: Place, new: &IncomingPerson) -> Vec<Post> {
    let mut once: HashMap<(OrgId, &str), Post> = HashMap::new();
    for text in &new.person.posts {
        let org = match text.level {
            PostLevel::Branch => place.branch,
            PostLevel::GeneralBranch => place.general.unwrap_or(place.unit),
            PostLevel::Unit => place.unit,
        };
        let post = Post {
            org,
            member,
            kind: text.kind,
            title: text.title.clone(),
        };
        once.entry((org, &text.title)).or_insert(post);
    }
    let mut posts: Vec<Post> = once.into_values().collect();
    posts.sort_by_key(|post| (post.kind, post.org));
    posts
}
