-- Notices the 组织科 is drafting. Not rows of campaign: everything of a campaign may rely on an issued
-- notice that never changes, a draft changes with every save and may be thrown away.
CREATE TABLE notice_draft (
    -- Becomes the campaign's id when the draft is issued.
    id       TEXT   NOT NULL PRIMARY KEY,
    slug     TEXT   NOT NULL,
    number   TEXT   NOT NULL,
    title    TEXT   NOT NULL,
    -- The whole file as it was typed, comments included; it read without an error when saved.
    text     TEXT   NOT NULL,
    -- Saves so far: a form made from an older one is told so.
    version  BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    saved_by TEXT   NOT NULL
);
CREATE UNIQUE INDEX notice_draft_slug ON notice_draft (slug);
