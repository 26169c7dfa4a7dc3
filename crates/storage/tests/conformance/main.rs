//! One suite, two engines: every test here runs against `SQLite` and, when `PINGYI_TEST_PG`
//! names a server (`scripts/pg-test.sh cargo test …`), against `PostgreSQL` too.

mod engines;
mod seed;

mod accounts;
mod chain;
mod people;
mod transactions;

use engines::conformance;

conformance! {
    accounts: [
        an_account_round_trips,
        a_login_is_unique,
        a_grant_is_given_once_and_withdrawn,
        a_code_is_used_once_and_not_after_its_time,
        a_session_expires_and_can_be_ended,
    ],
    chain: [
        a_row_is_chained_to_the_row_before,
        twenty_tasks_append_one_unbroken_chain,
        any_altered_field_is_found,
        a_deleted_row_is_found,
        swapped_rows_are_found,
        a_cut_off_end_is_found,
        the_log_is_listed_newest_first_by_filter,
    ],
    people: [
        an_organisation_round_trips,
        an_organisation_needs_its_superior,
        a_name_is_unique_below_its_superior,
        a_member_round_trips,
        a_member_with_nothing_optional_round_trips,
        an_identity_is_unique_among_active_members,
        one_who_left_is_off_the_list_but_on_record,
        posts_are_listed_highest_first,
        a_setting_is_set_and_changed,
    ],
    transactions: [
        a_dropped_transaction_leaves_nothing_not_even_its_log_row,
        a_reading_transaction_refuses_to_write,
        migrating_twice_changes_nothing,
        a_newer_database_is_refused,
        a_changed_migration_is_refused,
    ],
}
