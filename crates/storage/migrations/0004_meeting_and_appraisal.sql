CREATE TABLE meeting (
    id                         TEXT   NOT NULL PRIMARY KEY,
    campaign_id                TEXT   NOT NULL REFERENCES campaign (id),
    branch_id                  TEXT   NOT NULL REFERENCES org (id),
    state                      TEXT   NOT NULL,
    -- Why it was opened without a filed plan.
    override_reason            TEXT,
    held_on                    TEXT,
    started_at                 TEXT,
    place                      TEXT   NOT NULL,
    host                       TEXT   NOT NULL,
    recorder                   TEXT   NOT NULL,
    first_speaker              TEXT,
    first_speaker_is_secretary BIGINT NOT NULL,
    first_speaker_reason       TEXT,
    envoy_name                 TEXT,
    envoy_org                  TEXT,
    envoy_comment              TEXT,
    -- JSON object of the minutes' parts.
    minutes                    TEXT,
    entered_at                 BIGINT NOT NULL
);
CREATE UNIQUE INDEX meeting_campaign_id_branch_id ON meeting (campaign_id, branch_id);

CREATE TABLE attendance (
    meeting_id       TEXT   NOT NULL REFERENCES meeting (id),
    member_id        TEXT   NOT NULL REFERENCES member (id),
    due              BIGINT NOT NULL,
    exclusion_reason TEXT,
    approver         TEXT,
    excluded_on      TEXT,
    presence         TEXT,
    absence_reason   TEXT,
    PRIMARY KEY (meeting_id, member_id)
);

CREATE TABLE observer (
    meeting_id TEXT   NOT NULL REFERENCES meeting (id),
    seq        BIGINT NOT NULL,
    name       TEXT   NOT NULL,
    capacity   TEXT   NOT NULL,
    PRIMARY KEY (meeting_id, seq)
);

CREATE TABLE round (
    id          TEXT   NOT NULL PRIMARY KEY,
    meeting_id  TEXT   NOT NULL REFERENCES meeting (id),
    no          BIGINT NOT NULL,
    state       TEXT   NOT NULL,
    void_reason TEXT,
    issued      BIGINT,
    collected   BIGINT,
    invalid     BIGINT,
    settings    TEXT   NOT NULL,
    opened_at   BIGINT,
    closed_at   BIGINT,
    signed_on   TEXT
);
CREATE UNIQUE INDEX round_meeting_id_no ON round (meeting_id, no);

-- Names, standing and post are copied: the sheet stays as it was printed.
CREATE TABLE round_member (
    round_id   TEXT   NOT NULL REFERENCES round (id),
    seq        BIGINT NOT NULL,
    member_id  TEXT   NOT NULL REFERENCES member (id),
    name       TEXT   NOT NULL,
    standing   TEXT   NOT NULL,
    post_title TEXT   NOT NULL,
    PRIMARY KEY (round_id, seq)
);
CREATE UNIQUE INDEX round_member_round_id_member_id ON round_member (round_id, member_id);

CREATE TABLE round_excluded (
    round_id  TEXT NOT NULL REFERENCES round (id),
    member_id TEXT NOT NULL REFERENCES member (id),
    reason    TEXT NOT NULL,
    PRIMARY KEY (round_id, member_id)
);

-- Sums as typed by two people; no row of this schema holds a single sheet.
CREATE TABLE count_entry (
    round_id   TEXT   NOT NULL REFERENCES round (id),
    slot       BIGINT NOT NULL CHECK (slot IN (1, 2)),
    account_id TEXT   NOT NULL REFERENCES account (id),
    by_name    TEXT   NOT NULL,
    content    TEXT   NOT NULL,
    entered_at BIGINT NOT NULL,
    PRIMARY KEY (round_id, slot)
);
-- The second teller is somebody else.
CREATE UNIQUE INDEX count_entry_round_id_account_id ON count_entry (round_id, account_id);

-- Agreed sums per member. // 通知 三、3
CREATE TABLE round_mark (
    round_id TEXT   NOT NULL,
    seq      BIGINT NOT NULL,
    -- JSON object: grade key to number of marks.
    marks    TEXT   NOT NULL,
    abstain  BIGINT NOT NULL,
    void     BIGINT NOT NULL,
    PRIMARY KEY (round_id, seq),
    FOREIGN KEY (round_id, seq) REFERENCES round_member (round_id, seq)
);

CREATE TABLE round_official (
    round_id  TEXT   NOT NULL REFERENCES round (id),
    seq       BIGINT NOT NULL,
    role      TEXT   NOT NULL,
    name      TEXT   NOT NULL,
    org_name  TEXT   NOT NULL,
    member_id TEXT   REFERENCES member (id),
    PRIMARY KEY (round_id, seq)
);

CREATE TABLE determination (
    round_id        TEXT   NOT NULL,
    seq             BIGINT NOT NULL,
    -- NULL is 不定等次, with its reason.
    grade           TEXT,
    ungraded_reason TEXT,
    note            TEXT   NOT NULL,
    decided_on      TEXT   NOT NULL,
    PRIMARY KEY (round_id, seq),
    FOREIGN KEY (round_id, seq) REFERENCES round_member (round_id, seq)
);
