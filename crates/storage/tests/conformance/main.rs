//! One suite, two engines: every test here runs against `SQLite` and, when `PINGYI_TEST_PG`
//! names a server (`scripts/pg-test.sh cargo test …`), against `PostgreSQL` too.

#![expect(
    clippy::unwrap_used,
    reason = "a test crate: clippy exempts only functions marked as tests, not what they call"
)]

mod box_seed;
mod campaign_seed;
mod engines;
mod seed;

mod accounts;
mod api_tokens;
mod assessment;
mod ballots;
mod chain;
mod coverage;
mod design_size;
mod destruction;
mod drafts;
mod dues;
mod gates;
mod imports;
mod lists;
mod meetings;
mod opinions;
mod overview;
mod papers;
mod people;
mod results;
mod search;
mod secrecy_of_files;
mod secrecy_of_servers;
mod speeches;
mod study;
mod talks;
mod transactions;
mod upkeep;
mod voting;

use engines::conformance;

conformance! {
    accounts: [
        an_account_round_trips,
        a_login_is_unique,
        a_grant_is_given_once_and_withdrawn,
        a_code_is_used_once_and_not_after_its_time,
        a_session_expires_and_can_be_ended,
    ],
    api_tokens: [
        a_token_is_found_by_its_hash_and_listed_by_its_scope,
        a_token_is_revoked_once,
    ],
    drafts: [
        a_draft_round_trips_and_can_be_thrown_away,
        drafts_stand_last_saved_first_and_have_their_own_names,
    ],
    assessment: [
        a_scheme_is_written_anew_and_a_sheet_keeps_its_marks,
        checked_sheets_are_counted_for_the_committee,
    ],
    dues: [
        a_dues_clerk_is_replaced_by_the_next,
        an_assessment_ends_where_the_next_begins,
        a_payment_round_trips_and_is_taken_back_once,
        a_year_is_published_again_only_under_the_next_number,
        dues_are_told_by_month_and_branch,
        the_sums_of_a_unit_are_of_its_branches_alone,
    ],
    ballots: [
        a_box_round_trips_step_by_step,
        sheets_and_sums_are_kept_each_at_its_time,
        a_slip_of_a_test_ballot_votes_no_more_and_only_before_voting,
        a_round_has_one_box_and_the_next_round_its_own,
        a_box_is_found_by_its_round_and_by_its_projector,
        a_step_that_does_not_follow_is_refused,
        slips_are_made_once,
        a_key_document_is_written_once,
        the_ballot_is_fixed_only_when_all_keys_are_there,
        a_share_is_written_once_and_only_of_a_closed_box,
        a_word_on_missing_slips_can_be_taken_back,
        an_archive_only_grows,
        the_doctor_finds_what_cannot_be_in_a_box,
        the_doctor_finds_an_archive_that_is_not_the_one_kept,
        the_doctor_finds_a_ballot_without_its_slip,
    ],
    voting: [
        a_ballot_is_cast_replaced_and_repeated,
        a_repeat_is_answered_after_the_close_but_not_after_a_void,
        what_the_box_does_not_take_is_answered,
        the_last_call_takes_ballots_and_the_close_ends_it,
        a_ballot_has_a_size_and_a_word_code_of_its_own,
        a_slip_comes_back_unless_it_was_used,
        a_room_of_150_votes,
        of_two_ballots_at_once_the_later_counts,
        no_ballot_comes_in_after_the_close,
        a_void_keeps_everything,
        casting_leaves_the_log_and_the_kept_ledger_alone,
        a_backup_in_mid_vote_opens_like_the_original,
    ],
    secrecy_of_files: [
        another_order_of_casting_leaves_the_same_file,
        settling_clears_the_log_and_its_index,
        what_is_deleted_is_gone_from_the_file,
    ],
    secrecy_of_servers: [
        rows_on_a_server_do_not_tell_the_order,
        settling_clears_old_versions_on_a_server,
        settling_changes_no_ballot,
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
    gates: [
        a_gate_stands_where_its_newest_turn_left_it,
        an_envoy_is_assigned_changed_and_taken_back,
        a_draw_is_frozen_and_held_once,
        a_check_round_trips_and_moves_only_from_where_it_was,
        the_committees_own_work_is_counted,
    ],
    coverage: [
        an_excluded_branch_is_told_and_can_come_back,
        exclusions_come_with_reason_approver_and_day,
        links_of_a_branch_are_listed_and_found_by_their_hash,
        a_link_counts_openings_and_is_revoked_once,
        an_address_is_set_changed_marked_and_taken_out,
        secretaries_below_an_organisation_are_found_once_each,
    ],
    imports: [
        an_import_is_applied_as_a_whole,
        a_refused_row_refuses_the_import,
        people_are_listed_with_unit_branch_and_posts,
    ],
    lists: [
        a_list_round_trips_with_its_versions,
        a_member_has_one_list_for_a_notice,
        measures_follow_the_list_and_keep_what_was_reported,
        a_measure_is_decided_once,
        lists_and_measures_are_counted_by_branch,
        what_earlier_campaigns_left_open_is_told,
    ],
    meetings: [
        a_meeting_round_trips_step_by_step,
        a_branch_meets_once_for_a_notice,
        attendance_and_observers_round_trip,
        a_round_round_trips_and_the_newest_not_void_counts,
        the_list_the_count_and_the_opinions_round_trip,
        opinions_only_on_listed_members,
        second_teller_must_differ_from_first,
        there_is_no_third_teller,
    ],
    talks: [
        a_talk_round_trips_with_its_parties,
        a_talk_waits_until_the_other_party_confirms,
        a_withdrawn_talk_is_gone_with_its_parties,
        talks_are_counted_as_the_rules_count_them,
        open_matters_are_counted,
    ],
    speeches: [
        speeches_round_trip_in_the_order_of_speaking,
        criticisms_round_trip_and_two_people_have_one_line,
        what_was_said_is_counted_by_who_was_expected,
    ],
    overview: [
        both_engines_tell_the_same_facts,
        a_unit_is_told_as_in_the_whole,
        a_directly_attached_branch_is_its_own_unit,
        attendance_is_summed_as_the_rules_sum_it,
        a_branch_is_told_in_full,
        what_is_not_there_is_told_as_not_there,
        handing_in_again_keeps_the_first_day,
        a_kept_ledger_is_read_again_after_a_change,
    ],
    destruction: [
        every_private_text_of_a_branch_is_erased,
        destroyed_words_are_nowhere_in_the_file,
    ],
    results: [
        feedback_round_trips_with_its_answer,
        a_member_finds_the_own_result_only,
        an_opinion_is_changed_alone,
        a_public_notice_round_trips_and_the_newest_is_told,
        an_objection_to_a_notice_is_answered_once,
        praise_and_help_round_trip,
        results_are_told_to_the_rules,
        destroyed_texts_are_gone_and_days_stay,
        a_destruction_is_decided_once,
        results_are_listed_for_the_provincial_system,
    ],
    papers: [
        a_campaign_round_trips,
        a_notice_is_acknowledged_once,
        a_plan_round_trips_with_its_versions,
        a_unit_has_one_plan,
        a_plan_number_is_given_once,
        a_filing_round_trips_with_its_versions,
        an_organisation_has_one_filing_of_a_kind,
        an_import_is_on_record,
    ],
    study: [
        a_session_round_trips_and_can_be_taken_out,
        a_member_is_behind_until_made_up_or_excluded,
        a_session_after_the_meeting_does_not_count,
    ],
    opinions: [
        activities_and_opinions_are_told_as_counts,
        an_envelope_is_passed_on_one_by_one_and_opened_once,
        another_order_of_giving_leaves_the_same_file,
    ],
    upkeep: [
        a_backup_opens_like_the_original,
        the_doctor_finds_what_was_tampered_with,
        the_doctor_finds_rows_without_a_parent,
        what_cannot_be_opened_says_why,
        an_in_memory_database_works_like_a_file,
        a_new_file_and_its_side_files_are_private,
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
