-- Branches that are not due to meet (merged, all members abroad …): decided by the 组织科 with a
-- reason, an approver and a day, and shown beside the coverage. // 通知 四、3
CREATE TABLE branch_exclusion (
    campaign_id TEXT   NOT NULL REFERENCES campaign (id),
    branch_id   TEXT   NOT NULL REFERENCES org (id),
    reason      TEXT   NOT NULL,
    approver    TEXT   NOT NULL,
    approved_on TEXT   NOT NULL,
    by_name     TEXT   NOT NULL,
    at          BIGINT NOT NULL,
    PRIMARY KEY (campaign_id, branch_id)
);

-- Links that open a branch's 台帐 without login, for one check. The address holds a token that
-- follows from the installation's key and the id; here stands only its hash. // 通知 四、4
CREATE TABLE ledger_link (
    id          TEXT   NOT NULL PRIMARY KEY,
    campaign_id TEXT   NOT NULL REFERENCES campaign (id),
    branch_id   TEXT   NOT NULL REFERENCES org (id),
    token_hash  TEXT   NOT NULL,
    -- For whom it was made, in the maker's words.
    purpose     TEXT   NOT NULL,
    made_by     TEXT   NOT NULL,
    made_at     BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    revoked_at  BIGINT,
    openings    BIGINT NOT NULL
);
CREATE UNIQUE INDEX ledger_link_token_hash ON ledger_link (token_hash);
CREATE INDEX ledger_link_branch ON ledger_link (campaign_id, branch_id, made_at);
