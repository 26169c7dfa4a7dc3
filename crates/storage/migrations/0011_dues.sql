-- Dues belong to members and months, not to a campaign. Amounts are in 分.

-- Who assesses and sees incomes in a branch: one of its committee, named by the secretary.
CREATE TABLE dues_clerk (
    branch_id TEXT   NOT NULL PRIMARY KEY REFERENCES org (id),
    member_id TEXT   NOT NULL REFERENCES member (id),
    named_by  TEXT   NOT NULL,
    named_at  BIGINT NOT NULL
);

-- What a member owes each month from from_month up to, not including, until_month. A row is never
-- changed but for until_month, when the next one begins; a corrected row ends where it began.
CREATE TABLE dues_assessment (
    id          TEXT   NOT NULL PRIMARY KEY,
    member_id   TEXT   NOT NULL REFERENCES member (id),
    from_month  TEXT   NOT NULL,
    until_month TEXT   NOT NULL,
    category    TEXT   NOT NULL,
    -- Income sealed under the installation's key, which is not in the database.
    base_sealed TEXT,
    amount      BIGINT NOT NULL,
    -- Less or none for hardship: which committee approved, and when.
    relief_by   TEXT,
    relief_on   TEXT,
    entered_by  TEXT   NOT NULL,
    entered_at  BIGINT NOT NULL
);
CREATE INDEX dues_assessment_member_id ON dues_assessment (member_id, from_month, until_month, amount);

-- The money book. Rows are never changed or deleted: a mistake is taken back by a second row with
-- the opposite amount.
CREATE TABLE dues_payment (
    id         TEXT   NOT NULL PRIMARY KEY,
    -- Where it was paid; a member may have moved since.
    branch_id  TEXT   NOT NULL REFERENCES org (id),
    member_id  TEXT   NOT NULL REFERENCES member (id),
    -- 'monthly', or 'large' for a one-off that goes up whole.
    kind       TEXT   NOT NULL,
    paid_on    TEXT   NOT NULL,
    payer      TEXT   NOT NULL,
    payer_name TEXT,
    amount     BIGINT NOT NULL,
    receiver   TEXT   NOT NULL,
    -- Number or page of the receipt (党费证).
    receipt    TEXT,
    -- Day the branch agreed to paying by the quarter.
    consent_on TEXT,
    -- Short profile that goes up with a large one.
    profile    TEXT,
    -- The row this one takes back, and why.
    reverses   TEXT   REFERENCES dues_payment (id),
    reason     TEXT,
    entered_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX dues_payment_reverses ON dues_payment (reverses);
CREATE INDEX dues_payment_branch_id ON dues_payment (branch_id, paid_on);
CREATE INDEX dues_payment_member_id ON dues_payment (member_id);

-- Which months a payment is for; opposite amounts where it was taken back.
CREATE TABLE dues_month (
    payment_id TEXT   NOT NULL REFERENCES dues_payment (id),
    member_id  TEXT   NOT NULL REFERENCES member (id),
    month      TEXT   NOT NULL,
    amount     BIGINT NOT NULL,
    PRIMARY KEY (payment_id, month)
);
-- Sums by member and month are read from this index alone.
CREATE INDEX dues_month_sums ON dues_month (member_id, month, amount);

-- That the year's collection was made known to the branch.
CREATE TABLE dues_publication (
    branch_id    TEXT   NOT NULL REFERENCES org (id),
    year         BIGINT NOT NULL,
    published_by TEXT   NOT NULL,
    published_at BIGINT NOT NULL,
    PRIMARY KEY (branch_id, year)
);
