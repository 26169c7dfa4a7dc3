CREATE TABLE account (
    id                  TEXT   NOT NULL PRIMARY KEY,
    login               TEXT   NOT NULL,
    display_name        TEXT   NOT NULL,
    member_id           TEXT   REFERENCES member (id),
    -- NULL until the printed one-time code has been used.
    password_hash       TEXT,
    password_changed_at BIGINT,
    failed_count        BIGINT NOT NULL,
    locked_until        BIGINT,
    status              TEXT   NOT NULL,
    created_at          BIGINT NOT NULL
);
CREATE UNIQUE INDEX account_login ON account (login);
CREATE UNIQUE INDEX account_member_id ON account (member_id);

CREATE TABLE account_grant (
    account_id TEXT   NOT NULL REFERENCES account (id),
    role       TEXT   NOT NULL,
    org_id     TEXT   REFERENCES org (id),
    given_at   BIGINT NOT NULL
);
-- Two indexes, because NULL differs from NULL in a unique index.
CREATE UNIQUE INDEX account_grant_account_id_role ON account_grant (account_id, role) WHERE org_id IS NULL;
CREATE UNIQUE INDEX account_grant_account_id_role_org_id ON account_grant (account_id, role, org_id) WHERE org_id IS NOT NULL;

CREATE TABLE activation (
    code_hash  TEXT   NOT NULL PRIMARY KEY,
    account_id TEXT   NOT NULL REFERENCES account (id),
    expires_at BIGINT NOT NULL,
    used_at    BIGINT
);
CREATE INDEX activation_account_id ON activation (account_id);

CREATE TABLE session (
    token_hash TEXT   NOT NULL PRIMARY KEY,
    account_id TEXT   NOT NULL REFERENCES account (id),
    csrf       TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX session_account_id ON session (account_id);
CREATE INDEX session_expires_at ON session (expires_at);

-- No foreign keys: a row of the log outlives whatever it speaks of.
CREATE TABLE audit (
    seq         BIGINT NOT NULL PRIMARY KEY,
    at          BIGINT NOT NULL,
    account_id  TEXT,
    actor_name  TEXT   NOT NULL,
    actor_post  TEXT   NOT NULL,
    event       TEXT   NOT NULL,
    object_kind TEXT   NOT NULL,
    object_id   TEXT   NOT NULL,
    detail      TEXT   NOT NULL,
    prev_hash   TEXT   NOT NULL,
    hash        TEXT   NOT NULL
);
CREATE INDEX audit_object_id ON audit (object_id, seq);
CREATE INDEX audit_account_id ON audit (account_id, seq);
CREATE INDEX audit_event ON audit (event, seq);

-- One row: the end of the chain. Writers lock it first, so the chain cannot fork.
CREATE TABLE audit_head (
    id   BIGINT NOT NULL PRIMARY KEY,
    seq  BIGINT NOT NULL,
    hash TEXT   NOT NULL
);
INSERT INTO audit_head (id, seq, hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
