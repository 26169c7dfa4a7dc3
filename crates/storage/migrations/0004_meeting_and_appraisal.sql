CREATE TABLE meeting (
    id                   TEXT   NOT NULL PRIMARY KEY,
    campaign_id          TEXT   NOT NULL REFERENCES campaign (id),
    branch_id            TEXT   NOT NULL REFERENCES org (id),
    state                TEXT   NOT NULL,
    -- Opened on a filed plan, or by somebody's decision with a reason.
    plan_id              TEXT   REFERENCES plan (id),
    plan_version         BIGINT,
    override_by          TEXT   REFERENCES account (id),
    override_reason      TEXT,
    held_on              TEXT,
    started_at           TEXT,
    place                TEXT   NOT NULL,
    host                 TEXT   NOT NULL,
    recorder             TEXT   NOT NULL,
    -- 'secretary' or 'other'; who, and why not the secretary.
    first_speaker        TEXT,
    first_speaker_id     TEXT   REFERENCES member (id),
    first_speaker_name   TEXT,
    first_speaker_reason TEXT,
    envoy_name           TEXT,
    envoy_org            TEXT   REFERENCES org (id),
    envoy_org_name       TEXT,
    envoy_comment        TEXT,
    -- JSON object of the minutes' parts.
    minutes              TEXT,
    opened_at            BIGINT,
    criticism_done_at    BIGINT,
    closed_at            BIGINT,
    -- When the record was made: records entered after the fact show it.
    entered_at           BIGINT NOT NULL
);
CREATE UNIQUE INDEX meeting_campaign_id_branch_id ON meeting (campaign_id, branch_id);

CREATE TABLE attendance (
    meeting_id       TEXT   NOT NULL REFERENCES meeting (id),
    member_id        TEXT   NOT NULL REFERENCES member (id),
    role             TEXT   NOT NULL,
    due              BIGINT NOT NULL,
    exclusion_reason TEXT,
    approver         TEXT,
    excluded_on      TEXT,
    presence         TEXT   NOT NULL,
    absence_reason   TEXT,
    -- Copied from the member: who was a unit leader on that day.
    unit_leader      BIGINT NOT NULL,
    PRIMARY KEY (meeting_id, member_id)
);
-- The overview's figures are read from this index alone.
CREATE INDEX attendance_figures ON attendance (meeting_id, role, due, presence, unit_leader, absence_reason);

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
    voided_at   BIGINT,
    -- Voters in the room when the ballots went out.
    present     BIGINT,
    issued      BIGINT,
    collected   BIGINT,
    invalid     BIGINT,
    settings    TEXT   NOT NULL,
    opened_at   BIGINT,
    closed_at   BIGINT,
    signed_on   TEXT
);
CREATE UNIQUE INDEX round_meeting_id_no ON round (meeting_id, no);

-- Every member of the branch, those not appraised with the reason. Names, standing and post are
-- copied: the sheet stays as it was printed.
CREATE TABLE round_member (
    round_id   TEXT   NOT NULL REFERENCES round (id),
    seq        BIGINT NOT NULL,
    member_id  TEXT   NOT NULL REFERENCES member (id),
    name       TEXT   NOT NULL,
    standing   TEXT   NOT NULL,
    post_title TEXT   NOT NULL,
    -- 'graded', 'ungraded', 'not_appraised'
    treatment  TEXT   NOT NULL,
    -- NULL for 'ungraded' means: probationary, by the campaign's setting.
    reason     TEXT,
    PRIMARY KEY (round_id, seq)
);
CREATE UNIQUE INDEX round_member_round_id_member_id ON round_member (round_id, member_id);
CREATE INDEX round_member_treatment ON round_member (round_id, treatment);

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
    -- JSON array: number of marks per grade, best first.
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
CREATE INDEX determination_grade ON determination (round_id, grade);
