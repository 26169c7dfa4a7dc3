CREATE TABLE campaign (
    id          TEXT   NOT NULL PRIMARY KEY,
    slug        TEXT   NOT NULL,
    number      TEXT   NOT NULL,
    title       TEXT   NOT NULL,
    -- The whole notice, as it was when issued.
    notice_toml TEXT   NOT NULL,
    status      TEXT   NOT NULL,
    issued_at   BIGINT,
    issued_by   TEXT
);
CREATE UNIQUE INDEX campaign_slug ON campaign (slug);

CREATE TABLE receipt (
    campaign_id     TEXT   NOT NULL REFERENCES campaign (id),
    org_id          TEXT   NOT NULL REFERENCES org (id),
    acknowledged_at BIGINT NOT NULL,
    by_name         TEXT   NOT NULL
);
CREATE UNIQUE INDEX receipt_campaign_id_org_id ON receipt (campaign_id, org_id);

CREATE TABLE plan (
    id            TEXT   NOT NULL PRIMARY KEY,
    campaign_id   TEXT   NOT NULL REFERENCES campaign (id),
    org_id        TEXT   NOT NULL REFERENCES org (id),
    -- State and number of the newest version; the filed version stays in force beside it.
    state         TEXT   NOT NULL,
    version       BIGINT NOT NULL,
    filed_version BIGINT,
    number        TEXT
);
CREATE UNIQUE INDEX plan_campaign_id_org_id ON plan (campaign_id, org_id);
CREATE UNIQUE INDEX plan_campaign_id_number ON plan (campaign_id, number);

-- Accounts tell people apart (nobody reviews their own plan); names are copied so that they survive.
CREATE TABLE plan_version (
    plan_id           TEXT   NOT NULL REFERENCES plan (id),
    version           BIGINT NOT NULL,
    content           TEXT   NOT NULL,
    drafted_by        TEXT   NOT NULL REFERENCES account (id),
    drafted_by_name   TEXT   NOT NULL,
    drafted_at        BIGINT NOT NULL,
    submitted_by      TEXT   REFERENCES account (id),
    submitted_by_name TEXT,
    submitted_at      BIGINT,
    late              BIGINT NOT NULL,
    decision          TEXT,
    opinion           TEXT,
    reviewer          TEXT   REFERENCES account (id),
    reviewer_name     TEXT,
    decided_at        BIGINT,
    PRIMARY KEY (plan_id, version)
);

-- The meetings of a version's content, as columns for the overview.
CREATE TABLE plan_session (
    plan_id   TEXT   NOT NULL,
    version   BIGINT NOT NULL,
    branch_id TEXT   NOT NULL REFERENCES org (id),
    -- Local wall-clock time 'YYYY-MM-DDTHH:MM:SS'.
    starts_at TEXT,
    place     TEXT   NOT NULL,
    PRIMARY KEY (plan_id, version, branch_id),
    FOREIGN KEY (plan_id, version) REFERENCES plan_version (plan_id, version)
);

CREATE TABLE filing (
    id          TEXT   NOT NULL PRIMARY KEY,
    campaign_id TEXT   NOT NULL REFERENCES campaign (id),
    org_id      TEXT   NOT NULL REFERENCES org (id),
    kind        TEXT   NOT NULL,
    state       TEXT   NOT NULL,
    version     BIGINT NOT NULL
);
CREATE UNIQUE INDEX filing_campaign_id_org_id_kind ON filing (campaign_id, org_id, kind);

CREATE TABLE filing_version (
    filing_id         TEXT   NOT NULL REFERENCES filing (id),
    version           BIGINT NOT NULL,
    -- Everything the form was made from, as it was then.
    snapshot          TEXT   NOT NULL,
    report_text       TEXT   NOT NULL,
    filler            TEXT   NOT NULL,
    contact           TEXT   NOT NULL,
    -- End of the audit chain when the form was made, as printed on it.
    chain_head        TEXT   NOT NULL,
    submitted_by      TEXT   REFERENCES account (id),
    submitted_by_name TEXT,
    submitted_at      BIGINT,
    late              BIGINT NOT NULL,
    decision          TEXT,
    opinion           TEXT,
    decided_by        TEXT   REFERENCES account (id),
    decided_by_name   TEXT,
    decided_at        BIGINT,
    PRIMARY KEY (filing_id, version)
);
