-- That a year's collection was made known to the branch. One that was wrong is taken back with a
-- reason and stays on record; the corrected one follows as the next number. // 通知 四、4
CREATE TABLE dues_posting (
    branch_id    TEXT   NOT NULL REFERENCES org (id),
    year         BIGINT NOT NULL,
    -- From 1.
    no           BIGINT NOT NULL,
    state        TEXT   NOT NULL,
    published_by TEXT   NOT NULL,
    published_at BIGINT NOT NULL,
    withdrawn_by TEXT,
    withdrawn_at BIGINT,
    reason       TEXT,
    -- The table as members saw it last, kept when it is taken back.
    shown        TEXT,
    PRIMARY KEY (branch_id, year, no)
);
-- The table of 0011 holds one row per year and so cannot hold a second one: its rows move here.
INSERT INTO dues_posting (branch_id, year, no, state, published_by, published_at)
SELECT branch_id, year, 1, 'published', published_by, published_at FROM dues_publication;
DROP TABLE dues_publication;
