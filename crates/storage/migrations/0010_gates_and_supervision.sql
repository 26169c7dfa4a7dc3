-- 四个不放过: one row per turn; the newest turn of a gate says where it stands, the older ones
-- why it took so long. // 通知 四、3
CREATE TABLE gate_turn (
    campaign_id TEXT   NOT NULL REFERENCES campaign (id),
    branch_id   TEXT   NOT NULL REFERENCES org (id),
    -- The notice's key of the gate.
    gate        TEXT   NOT NULL,
    seq         BIGINT NOT NULL,
    -- 'passed', 'returned', 'reworked'
    state       TEXT   NOT NULL,
    words       TEXT   NOT NULL,
    -- Whom a return concerns, when it is one member and not the branch.
    member_id   TEXT   REFERENCES member (id),
    by_name     TEXT   NOT NULL,
    at          BIGINT NOT NULL,
    PRIMARY KEY (campaign_id, branch_id, gate, seq)
);

-- Whom the superior will send to a branch's meeting; who came stands in the meeting. // 通知 四、2
CREATE TABLE envoy_plan (
    campaign_id TEXT   NOT NULL REFERENCES campaign (id),
    branch_id   TEXT   NOT NULL REFERENCES org (id),
    -- Name and post are copied; the member is known when chosen from the posts.
    name        TEXT   NOT NULL,
    post        TEXT   NOT NULL,
    member_id   TEXT   REFERENCES member (id),
    -- The superior that sends.
    org_id      TEXT   NOT NULL REFERENCES org (id),
    by_name     TEXT   NOT NULL,
    at          BIGINT NOT NULL,
    PRIMARY KEY (campaign_id, branch_id)
);

-- The supervision team (专班). Who left stays: checks of the past name them. // 通知 四、4
CREATE TABLE supervisor (
    id          TEXT   NOT NULL PRIMARY KEY,
    campaign_id TEXT   NOT NULL REFERENCES campaign (id),
    name        TEXT   NOT NULL,
    post        TEXT   NOT NULL,
    -- Nobody checks the own unit; NULL is the 工委 or somebody from outside.
    unit_id     TEXT   REFERENCES org (id),
    active      BIGINT NOT NULL
);
CREATE UNIQUE INDEX supervisor_campaign_id_name ON supervisor (campaign_id, name, unit_id);

-- A draw: the list as frozen, its hash as read out, the seed as called afterwards. docs/DRAW.md
CREATE TABLE draw (
    id          TEXT   NOT NULL PRIMARY KEY,
    campaign_id TEXT   NOT NULL REFERENCES campaign (id),
    list_text   TEXT   NOT NULL,
    list_hash   TEXT   NOT NULL,
    frozen_by   TEXT   NOT NULL,
    frozen_at   BIGINT NOT NULL,
    seed        TEXT,
    drawn_by    TEXT,
    drawn_at    BIGINT
);
CREATE INDEX draw_campaign_id ON draw (campaign_id);

-- Which branch each line of the list is; names on the list may change later.
CREATE TABLE draw_line (
    draw_id   TEXT   NOT NULL REFERENCES draw (id),
    seq       BIGINT NOT NULL,
    branch_id TEXT   NOT NULL REFERENCES org (id),
    drawn     BIGINT NOT NULL,
    PRIMARY KEY (draw_id, seq)
);

CREATE TABLE spot_check (
    id          TEXT   NOT NULL PRIMARY KEY,
    campaign_id TEXT   NOT NULL REFERENCES campaign (id),
    branch_id   TEXT   NOT NULL REFERENCES org (id),
    mode        TEXT   NOT NULL,
    state       TEXT   NOT NULL,
    checked_on  TEXT   NOT NULL,
    -- The draw that chose the branch, if one did.
    draw_id     TEXT   REFERENCES draw (id),
    -- JSON array of pairs: question, answer.
    answers     TEXT   NOT NULL,
    finding     TEXT   NOT NULL,
    demand      TEXT   NOT NULL,
    due_on      TEXT,
    reply       TEXT   NOT NULL,
    replied_by  TEXT,
    replied_at  BIGINT,
    closing     TEXT   NOT NULL,
    closed_by   TEXT,
    closed_at   BIGINT,
    entered_by  TEXT   NOT NULL,
    entered_at  BIGINT NOT NULL
);
CREATE INDEX spot_check_campaign_id_branch_id ON spot_check (campaign_id, branch_id);

CREATE TABLE spot_checker (
    check_id      TEXT NOT NULL REFERENCES spot_check (id),
    supervisor_id TEXT NOT NULL REFERENCES supervisor (id),
    PRIMARY KEY (check_id, supervisor_id)
);

-- 工委领导班子成员, the units they are linked to, the meetings they attended. // 通知 四、4
CREATE TABLE leader (
    id          TEXT NOT NULL PRIMARY KEY,
    campaign_id TEXT NOT NULL REFERENCES campaign (id),
    name        TEXT NOT NULL,
    post        TEXT NOT NULL
);
CREATE UNIQUE INDEX leader_campaign_id_name ON leader (campaign_id, name);

CREATE TABLE leader_unit (
    leader_id TEXT NOT NULL REFERENCES leader (id),
    unit_id   TEXT NOT NULL REFERENCES org (id),
    PRIMARY KEY (leader_id, unit_id)
);

CREATE TABLE leader_visit (
    leader_id  TEXT   NOT NULL REFERENCES leader (id),
    branch_id  TEXT   NOT NULL REFERENCES org (id),
    visited_on TEXT   NOT NULL,
    entered_by TEXT   NOT NULL,
    entered_at BIGINT NOT NULL,
    PRIMARY KEY (leader_id, branch_id)
);
