-- Problem lists and measures, each member's own. // 通知 二、3 and 三、4

CREATE TABLE problem_list (
    id              TEXT   NOT NULL PRIMARY KEY,
    campaign_id     TEXT   NOT NULL REFERENCES campaign (id),
    -- Where it was written: a member who changes branches leaves the list behind.
    branch_id       TEXT   NOT NULL REFERENCES org (id),
    member_id       TEXT   NOT NULL REFERENCES member (id),
    -- State and number of the newest version.
    state           TEXT   NOT NULL,
    version         BIGINT NOT NULL,
    -- Versions that stand before and after the meeting; a return clears its own.
    before_version  BIGINT,
    after_version   BIGINT,
    first_handed_on TEXT,
    -- What the standing version answers completely, so that branches are counted without reading.
    all_categories  BIGINT NOT NULL,
    all_benchmarks  BIGINT NOT NULL,
    all_aspects     BIGINT NOT NULL
);
CREATE UNIQUE INDEX problem_list_campaign_id_member_id ON problem_list (campaign_id, member_id);
CREATE INDEX problem_list_campaign_id_branch_id ON problem_list (campaign_id, branch_id);
CREATE INDEX problem_list_member_id ON problem_list (member_id);

CREATE TABLE problem_list_version (
    list_id       TEXT   NOT NULL REFERENCES problem_list (id),
    version       BIGINT NOT NULL,
    -- 'before' or 'after' the meeting
    stage         TEXT   NOT NULL,
    -- JSON of the items: read as a whole, never searched.
    content       TEXT   NOT NULL,
    saved_at      BIGINT NOT NULL,
    saved_by      TEXT   NOT NULL REFERENCES account (id),
    saved_by_name TEXT   NOT NULL,
    -- Typed by the branch for the member, and why; the author stays the member.
    proxy_reason  TEXT,
    handed_at     BIGINT,
    -- Handed in unchanged after the meeting.
    confirmed     BIGINT NOT NULL,
    returned_at   BIGINT,
    returned_by   TEXT   REFERENCES account (id),
    returned_name TEXT,
    comment       TEXT,
    PRIMARY KEY (list_id, version)
);

-- Made from the items of a list when it is handed in; what became of each.
CREATE TABLE measure (
    id            TEXT   NOT NULL PRIMARY KEY,
    list_id       TEXT   NOT NULL REFERENCES problem_list (id),
    campaign_id   TEXT   NOT NULL REFERENCES campaign (id),
    branch_id     TEXT   NOT NULL REFERENCES org (id),
    member_id     TEXT   NOT NULL REFERENCES member (id),
    seq           BIGINT NOT NULL,
    category      TEXT   NOT NULL,
    problem       TEXT   NOT NULL,
    words         TEXT   NOT NULL,
    due_on        TEXT   NOT NULL,
    state         TEXT   NOT NULL,
    evidence      TEXT,
    done_on       TEXT,
    claimed_at    BIGINT,
    claimed_by    TEXT   REFERENCES account (id),
    claimed_name  TEXT,
    decided_at    BIGINT,
    decided_by    TEXT   REFERENCES account (id),
    decided_name  TEXT,
    remark        TEXT
);
CREATE INDEX measure_campaign_id_branch_id ON measure (campaign_id, branch_id, due_on);
CREATE INDEX measure_member_id ON measure (member_id);
CREATE INDEX measure_list_id ON measure (list_id);
