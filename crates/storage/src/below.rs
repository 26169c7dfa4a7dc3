//! An organisation and everything below it, as SQL.

/// `below!("$1")`: the ids of the organisation in that argument and of all below it. The tree is at
/// most 工委 → unit → 总支 → 支部 deep, so this ends two levels below a unit. UNION and not OR,
/// because PostgreSQL then expects few rows and walks the indexes.
macro_rules! below {
    ($org:literal) => {
        concat!(
            "(SELECT id FROM org WHERE id = ",
            $org,
            " UNION SELECT id FROM org WHERE parent_id = ",
            $org,
            " UNION SELECT low.id FROM org low JOIN org mid ON mid.id = low.parent_id \
             WHERE mid.parent_id = ",
            $org,
            ")"
        )
    };
}

pub(crate) use below;
