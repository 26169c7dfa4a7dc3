-- 目标责任制考评: the committee's scheme of a campaign. // 通知 四、4
CREATE TABLE assessment_scheme (
    campaign_id TEXT   NOT NULL PRIMARY KEY REFERENCES campaign (id),
    -- TOML, as the committee wrote it.
    content     TEXT   NOT NULL,
    -- 'draft', 'issued'
    state       TEXT   NOT NULL,
    saved_by    TEXT   NOT NULL,
    saved_at    BIGINT NOT NULL
);

-- One unit's sheet. There is no column for a sum: sums are added up when the sheet is shown, and
-- no query adds up or compares units.
CREATE TABLE assessment_sheet (
    campaign_id  TEXT   NOT NULL REFERENCES campaign (id),
    unit_id      TEXT   NOT NULL REFERENCES org (id),
    -- 'own', 'handed_in', 'checked'
    state        TEXT   NOT NULL,
    handed_by    TEXT,
    handed_at    BIGINT,
    -- What the committee says when it sends the sheet back; empty otherwise.
    returned_for TEXT   NOT NULL,
    checked_by   TEXT,
    checked_at   BIGINT,
    PRIMARY KEY (campaign_id, unit_id)
);

-- What was given on one item of the scheme. Points in tenths.
CREATE TABLE assessment_mark (
    campaign_id TEXT   NOT NULL,
    unit_id     TEXT   NOT NULL,
    item        TEXT   NOT NULL,
    own         BIGINT,
    note        TEXT   NOT NULL,
    deduction   BIGINT,
    reason      TEXT   NOT NULL,
    PRIMARY KEY (campaign_id, unit_id, item),
    FOREIGN KEY (campaign_id, unit_id) REFERENCES assessment_sheet (campaign_id, unit_id)
);
