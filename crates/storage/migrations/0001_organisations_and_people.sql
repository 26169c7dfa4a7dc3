-- Plain subset of SQL that SQLite, PostgreSQL and its descendants accept; migrations are append-only:
-- TEXT ids (UUID), TEXT dates 'YYYY-MM-DD', BIGINT numbers, Unix seconds and booleans (0/1).

CREATE TABLE meta (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE org (
    id        TEXT NOT NULL PRIMARY KEY,
    parent_id TEXT REFERENCES org (id),
    kind      TEXT NOT NULL,
    name      TEXT NOT NULL
);
CREATE UNIQUE INDEX org_parent_id_name ON org (parent_id, name);
-- One root: only the 工委 has no superior.
CREATE UNIQUE INDEX org_kind ON org (kind) WHERE parent_id IS NULL;

CREATE TABLE member (
    id          TEXT   NOT NULL PRIMARY KEY,
    branch_id   TEXT   NOT NULL REFERENCES org (id),
    name        TEXT   NOT NULL,
    sex         TEXT,
    ethnicity   TEXT,
    born        TEXT,
    education   TEXT,
    joined      TEXT,
    confirmed   TEXT,
    standing    TEXT   NOT NULL,
    retired     BIGINT NOT NULL,
    unit_leader BIGINT NOT NULL,
    phone       TEXT,
    code        TEXT,
    -- Keyed hash of the identity number; the number itself is never stored.
    id_hash     TEXT,
    id_last4    TEXT,
    status      TEXT   NOT NULL,
    left_at     BIGINT
);
CREATE INDEX member_branch_id ON member (status, branch_id, standing);
-- Somebody who left may come back as a new record, or turn up in another branch.
CREATE UNIQUE INDEX member_id_hash ON member (id_hash) WHERE status = 'active';

CREATE TABLE post (
    org_id    TEXT NOT NULL REFERENCES org (id),
    member_id TEXT NOT NULL REFERENCES member (id),
    kind      TEXT NOT NULL,
    title     TEXT NOT NULL,
    PRIMARY KEY (org_id, member_id, title)
);
CREATE INDEX post_member_id ON post (member_id);
CREATE INDEX post_kind ON post (kind, org_id, member_id);

CREATE TABLE import_batch (
    id           TEXT   NOT NULL PRIMARY KEY,
    file_name    TEXT   NOT NULL,
    content_hash TEXT   NOT NULL,
    at           BIGINT NOT NULL,
    by_name      TEXT   NOT NULL,
    counts       TEXT   NOT NULL
);
CREATE INDEX import_batch_at ON import_batch (at);
