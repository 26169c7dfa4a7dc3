-- 二、1: study before the meeting.
CREATE TABLE study_session (
    id          TEXT   NOT NULL PRIMARY KEY,
    campaign_id TEXT   NOT NULL REFERENCES campaign (id),
    branch_id   TEXT   NOT NULL REFERENCES org (id),
    held_on     TEXT   NOT NULL,
    place       TEXT   NOT NULL,
    host        TEXT   NOT NULL,
    note        TEXT,
    -- When the record was made: records entered after the fact show it.
    entered_at  BIGINT NOT NULL
);
CREATE INDEX study_session_branch ON study_session (campaign_id, branch_id, held_on);

-- Keys of the notice's items.
CREATE TABLE study_item (
    session_id TEXT NOT NULL REFERENCES study_session (id),
    item       TEXT NOT NULL,
    PRIMARY KEY (session_id, item)
);

-- Everybody on the roster of that day; who is not here joined later.
CREATE TABLE study_attendance (
    session_id TEXT   NOT NULL REFERENCES study_session (id),
    member_id  TEXT   NOT NULL REFERENCES member (id),
    present    BIGINT NOT NULL,
    PRIMARY KEY (session_id, member_id)
);
-- Facts ask member by member.
CREATE INDEX study_attendance_member_id ON study_attendance (member_id, present, session_id);

-- 补学: what a member missed and studied afterwards.
CREATE TABLE study_makeup (
    campaign_id TEXT   NOT NULL REFERENCES campaign (id),
    member_id   TEXT   NOT NULL REFERENCES member (id),
    item        TEXT   NOT NULL,
    done_on     TEXT   NOT NULL,
    how         TEXT   NOT NULL,
    entered_at  BIGINT NOT NULL,
    PRIMARY KEY (campaign_id, member_id, item)
);
CREATE INDEX study_makeup_member_id ON study_makeup (member_id);

-- 二、2: occasions at which opinions were heard.
CREATE TABLE opinion_activity (
    id          TEXT   NOT NULL PRIMARY KEY,
    campaign_id TEXT   NOT NULL REFERENCES campaign (id),
    branch_id   TEXT   NOT NULL REFERENCES org (id),
    form        TEXT   NOT NULL,
    mode        TEXT   NOT NULL,
    source      TEXT   NOT NULL,
    held_on     TEXT   NOT NULL,
    place       TEXT   NOT NULL,
    convenor    TEXT   NOT NULL,
    heard       BIGINT,
    entered_at  BIGINT NOT NULL
);
CREATE INDEX opinion_activity_branch ON opinion_activity (campaign_id, branch_id, held_on);

-- An unsigned collection, one per activity. Written against somebody who has the file, its side
-- files, its free pages and every backup, and wants to know which opinion came when:
--
-- 1. While it runs, all its opinions lie in one value, `envelope`: sorted by random ids, filled up
--    to a round size and sealed under the key file beside the database, with a fresh nonce for
--    every opinion. There is no row per opinion whose place could tell its turn; two copies of the
--    file tell that opinions came in between, and neither which nor what they say.
-- 2. Only closing makes rows of them, all at once and in the order of their random ids.
-- 3. No column holds a time, an address or a giver; giving writes no row of the log. `received` is
--    a sum.
CREATE TABLE opinion_collection (
    activity_id TEXT   NOT NULL PRIMARY KEY REFERENCES opinion_activity (id),
    state       TEXT   NOT NULL,
    -- Hash of the token in the address people scan.
    token_hash  TEXT   NOT NULL,
    last_day    TEXT   NOT NULL,
    closed_on   TEXT,
    received    BIGINT NOT NULL,
    envelope    BYTEA  NOT NULL
);
CREATE UNIQUE INDEX opinion_collection_token_hash ON opinion_collection (token_hash);

-- What can be read. Ids are random (v4): sorting by them is a shuffle.
CREATE TABLE opinion (
    id            TEXT NOT NULL PRIMARY KEY,
    activity_id   TEXT NOT NULL REFERENCES opinion_activity (id),
    -- NULL: on the branch as a whole.
    about_id      TEXT REFERENCES member (id),
    text          TEXT NOT NULL,
    -- Key of the notice's categories.
    category      TEXT,
    handling      TEXT,
    handling_note TEXT
);
CREATE INDEX opinion_activity_id ON opinion (activity_id, handling);
CREATE INDEX opinion_about_id ON opinion (about_id);
