-- What a branch does with its opinions. No table here holds a count of votes.

-- Who was told what the branch committee's opinion is. The opinion itself is not copied: it stands
-- in determination. // 通知 三、3
CREATE TABLE feedback (
    round_id     TEXT   NOT NULL,
    seq          BIGINT NOT NULL,
    told_on      TEXT   NOT NULL,
    teller       TEXT   NOT NULL,
    manner       TEXT   NOT NULL,
    entered_at   BIGINT NOT NULL,
    -- How and when the member said so; both or neither.
    ack_way      TEXT,
    ack_on       TEXT,
    -- The newest objection. NULL text with a day: destroyed after its term.
    objection    TEXT,
    objected_on  TEXT,
    handling     TEXT,
    handled_by   TEXT,
    handled_on   TEXT,
    outcome      TEXT,
    PRIMARY KEY (round_id, seq),
    FOREIGN KEY (round_id, seq) REFERENCES round_member (round_id, seq)
);

-- The first day of opinions is read for every branch of the overview.
CREATE INDEX determination_decided_on ON determination (round_id, decided_on);

-- 公示. The next one follows when the newest is over. // 通知 三、3
CREATE TABLE publicity (
    id               TEXT   NOT NULL PRIMARY KEY,
    campaign_id      TEXT   NOT NULL REFERENCES campaign (id),
    branch_id        TEXT   NOT NULL REFERENCES org (id),
    round_id         TEXT   NOT NULL REFERENCES round (id),
    no               BIGINT NOT NULL,
    state            TEXT   NOT NULL,
    scope            TEXT   NOT NULL,
    -- Words before the list, as typed.
    opening          TEXT   NOT NULL,
    -- Where objections go: office, telephone of the office.
    channel          TEXT   NOT NULL,
    from_on          TEXT   NOT NULL,
    to_on            TEXT   NOT NULL,
    drafted_by       TEXT   NOT NULL REFERENCES account (id),
    drafted_by_name  TEXT   NOT NULL,
    drafted_at       BIGINT NOT NULL,
    approved_by      TEXT   REFERENCES account (id),
    approved_by_name TEXT,
    approved_at      BIGINT,
    posted_at        BIGINT,
    ended_at         BIGINT,
    withdrawn_at     BIGINT,
    withdrawn_reason TEXT,
    -- JSON of the notice as approved: names and grades do not change under a posted paper.
    snapshot         TEXT
);
CREATE UNIQUE INDEX publicity_campaign_id_branch_id_no ON publicity (campaign_id, branch_id, no);

-- Objections that came during 公示. Who raised one is not asked.
CREATE TABLE publicity_objection (
    publicity_id TEXT   NOT NULL REFERENCES publicity (id),
    seq          BIGINT NOT NULL,
    received_on  TEXT   NOT NULL,
    -- NULL after its term.
    content      TEXT,
    handled_on   TEXT,
    handling     TEXT,
    handled_by   TEXT,
    PRIMARY KEY (publicity_id, seq)
);

-- Praise of the advanced. // 通知 三、3
CREATE TABLE commendation (
    round_id   TEXT   NOT NULL,
    seq        BIGINT NOT NULL,
    manner     TEXT   NOT NULL,
    reason     TEXT   NOT NULL,
    given_on   TEXT   NOT NULL,
    entered_at BIGINT NOT NULL,
    PRIMARY KEY (round_id, seq),
    FOREIGN KEY (round_id, seq) REFERENCES round_member (round_id, seq)
);

-- The branch praises nobody this time, and says why.
CREATE TABLE commendation_declined (
    round_id TEXT NOT NULL PRIMARY KEY REFERENCES round (id),
    reason   TEXT NOT NULL,
    noted_on TEXT NOT NULL
);

-- Help for the backward. // 通知 三、3
CREATE TABLE help_plan (
    round_id   TEXT   NOT NULL,
    seq        BIGINT NOT NULL,
    helper     TEXT   NOT NULL,
    -- NULL after its term.
    measures   TEXT,
    started_on TEXT   NOT NULL,
    entered_at BIGINT NOT NULL,
    PRIMARY KEY (round_id, seq),
    FOREIGN KEY (round_id, seq) REFERENCES round_member (round_id, seq)
);

CREATE TABLE help_note (
    round_id TEXT   NOT NULL,
    seq      BIGINT NOT NULL,
    no       BIGINT NOT NULL,
    noted_on TEXT   NOT NULL,
    content  TEXT,
    PRIMARY KEY (round_id, seq, no),
    FOREIGN KEY (round_id, seq) REFERENCES help_plan (round_id, seq)
);

-- Papers that are no longer kept: one person proposes, another confirms.
CREATE TABLE destruction (
    id               TEXT   NOT NULL PRIMARY KEY,
    campaign_id      TEXT   NOT NULL REFERENCES campaign (id),
    branch_id        TEXT   NOT NULL REFERENCES org (id),
    kind             TEXT   NOT NULL,
    state            TEXT   NOT NULL,
    -- How paper was destroyed, or why the texts go.
    remark           TEXT   NOT NULL,
    proposed_by      TEXT   NOT NULL REFERENCES account (id),
    proposed_by_name TEXT   NOT NULL,
    proposed_at      BIGINT NOT NULL,
    decided_by       TEXT   REFERENCES account (id),
    decided_by_name  TEXT,
    decided_at       BIGINT,
    -- Texts deleted, or sheets as counted.
    removed          BIGINT
);
CREATE INDEX destruction_campaign_id_branch_id ON destruction (campaign_id, branch_id);
