-- Tokens by which other systems read facts through /api/v1. A token is shown once and never
-- stored: a stolen database opens nothing. Rows stay, so that it can be told who was let in.
CREATE TABLE api_token (
    id         TEXT   NOT NULL PRIMARY KEY,
    -- Scope: this organisation with everything below it.
    org_id     TEXT   NOT NULL REFERENCES org (id),
    -- Which system it was made for.
    name       TEXT   NOT NULL,
    token_hash TEXT   NOT NULL,
    made_by    TEXT   NOT NULL,
    made_at    BIGINT NOT NULL,
    last_day   TEXT   NOT NULL,
    -- Both or neither.
    revoked_by TEXT,
    revoked_at BIGINT
);
CREATE UNIQUE INDEX api_token_token_hash ON api_token (token_hash);
CREATE INDEX api_token_org_id ON api_token (org_id);
