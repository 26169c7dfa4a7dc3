-- Heart-to-heart talks before the meeting. What was said is read by the two parties and the
-- branch committee; everybody else is told that there was a talk, and when. // 通知 二、2
CREATE TABLE talk (
    id              TEXT   NOT NULL PRIMARY KEY,
    campaign_id     TEXT   NOT NULL REFERENCES campaign (id),
    branch_id       TEXT   NOT NULL REFERENCES org (id),
    held_on         TEXT   NOT NULL,
    place           TEXT,
    -- 肯定成绩, 指出问题, 自我批评.
    achievement     TEXT,
    problem         TEXT,
    self_criticism  TEXT,
    -- A matter not settled on the spot; without a day it is still open.
    matter          TEXT,
    settled_on      TEXT,
    -- Who typed it: one of the two, or the branch for both.
    entered_by      TEXT   NOT NULL REFERENCES account (id),
    entered_by_name TEXT   NOT NULL,
    -- Talks entered after the fact show it.
    entered_at      BIGINT NOT NULL
);
CREATE INDEX talk_campaign_id_branch_id ON talk (campaign_id, branch_id, held_on);

-- Two rows per talk. The other party is copied into each, so that counting pairs does not join
-- the table with itself.
CREATE TABLE talk_party (
    talk_id      TEXT   NOT NULL REFERENCES talk (id),
    member_id    TEXT   NOT NULL REFERENCES member (id),
    other_id     TEXT   NOT NULL REFERENCES member (id),
    initiator    BIGINT NOT NULL,
    -- How and when this party stood by the record; NULL: not yet.
    confirmation TEXT,
    confirmed_on TEXT,
    PRIMARY KEY (talk_id, member_id)
);
CREATE INDEX talk_party_member_id_other_id ON talk_party (member_id, other_id);

-- Self-criticism at the meeting, in the order of speaking. // 通知 三、1
CREATE TABLE speech (
    meeting_id TEXT   NOT NULL REFERENCES meeting (id),
    member_id  TEXT   NOT NULL REFERENCES member (id),
    seq        BIGINT NOT NULL,
    words      TEXT   NOT NULL,
    -- Handed in in writing by somebody who was not there; who read it out, where known.
    written    BIGINT NOT NULL,
    reader_id  TEXT   REFERENCES member (id),
    PRIMARY KEY (meeting_id, member_id)
);
CREATE UNIQUE INDEX speech_meeting_id_seq ON speech (meeting_id, seq);

-- Roots looked for in the notice's views; which views there are is the notice's business.
CREATE TABLE speech_view (
    meeting_id TEXT   NOT NULL,
    member_id  TEXT   NOT NULL,
    view_key   TEXT   NOT NULL,
    words      TEXT   NOT NULL,
    PRIMARY KEY (meeting_id, member_id, view_key),
    FOREIGN KEY (meeting_id, member_id) REFERENCES speech (meeting_id, member_id)
);

-- Criticism of one another at the meeting. Whether the two had talked before is not stored:
-- their talks say so. // 通知 三、2
CREATE TABLE criticism (
    meeting_id TEXT   NOT NULL REFERENCES meeting (id),
    seq        BIGINT NOT NULL,
    from_id    TEXT   NOT NULL REFERENCES member (id),
    to_id      TEXT   NOT NULL REFERENCES member (id),
    words      TEXT   NOT NULL,
    answer     TEXT,
    PRIMARY KEY (meeting_id, seq)
);
CREATE UNIQUE INDEX criticism_meeting_id_to_id_from_id ON criticism (meeting_id, to_id, from_id);
