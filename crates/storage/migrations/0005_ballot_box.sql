-- The electronic ballot box. No column of these tables holds a voter, a time of a ballot, a counter,
-- an address or a session; ids are random. What follows is written against an attacker who has the
-- file, its side files, its free pages and every backup, and wants the order of casting.
--
-- 1. A row for every slip is made before voting begins, in the order of the public credentials, and
--    filled to the size of the largest ballot. Casting overwrites it in place: SQLite rewrites a
--    record of equal size on the same pages, so rowids, pages and free space say nothing, and two
--    boxes with the same ballots are equal to the byte whatever the order of casting, changed votes
--    included.
-- 2. No index has an entry that casting writes. In a leaf of an SQLite index, entries lie in the
--    order of their insertion, though their keys are sorted. So `code` is unique by a look before
--    each cast, not by an index.
-- 3. PostgreSQL never overwrites. There a cast rewrites every row of its box in one statement, which
--    gives all of them one xmin and no order that follows the casts.
-- 4. Until the box is settled (src/settle.rs) the order stands in the write-ahead log and, on
--    PostgreSQL, in the numbers of out-of-line values. Nothing durable can avoid that.

CREATE TABLE ballot_box (
    -- Random (v4), as every id here.
    id             TEXT   NOT NULL PRIMARY KEY,
    round_id       TEXT   NOT NULL REFERENCES round (id),
    state          TEXT   NOT NULL,
    -- The election's name within its own papers (Base58).
    uuid           TEXT   NOT NULL,
    -- Hash of the token in the projector's address.
    projector_hash TEXT   NOT NULL,
    -- Sealed by the caller; useless without the key file beside the database.
    server_key     TEXT   NOT NULL,
    -- Three texts exactly as they are hashed, each written once.
    election       TEXT,
    trustees       TEXT,
    credentials    TEXT,
    -- Slips made, spares included, and bytes of the largest ballot.
    made           BIGINT,
    room           BIGINT,
    -- Slips that stayed out at closing, and why.
    missing        BIGINT,
    missing_reason TEXT,
    -- Of the box, never of a ballot.
    opened_at      BIGINT,
    closed_at      BIGINT,
    void_reason    TEXT,
    voided_at      BIGINT
);
-- After a void the next round has its own box.
CREATE UNIQUE INDEX ballot_box_round_id ON ballot_box (round_id);
CREATE UNIQUE INDEX ballot_box_uuid ON ballot_box (uuid);
CREATE UNIQUE INDEX ballot_box_projector_hash ON ballot_box (projector_hash);

-- The scrutineers' keys: public documents only, no private key.
CREATE TABLE ballot_box_key (
    box_id         TEXT   NOT NULL REFERENCES ballot_box (id),
    slot           BIGINT NOT NULL CHECK (slot >= 1),
    -- Copied; NULL for the superior's envoy, who need not be on the roster.
    name           TEXT   NOT NULL,
    member_id      TEXT   REFERENCES member (id),
    -- Hash of the token in the address that this scrutineer scans.
    token_hash     TEXT   NOT NULL,
    document       TEXT,
    share          TEXT,
    -- Says that the missing slips stay missing, and why.
    missing_reason TEXT,
    PRIMARY KEY (box_id, slot)
);
CREATE UNIQUE INDEX ballot_box_key_token_hash ON ballot_box_key (token_hash);
-- Two scrutineers are two people.
CREATE UNIQUE INDEX ballot_box_key_box_id_member_id ON ballot_box_key (box_id, member_id);

-- One row per public credential. Nobody knows who drew it.
CREATE TABLE slip (
    box_id     TEXT NOT NULL REFERENCES ballot_box (id),
    credential TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('out', 'spare', 'handed_back')),
    PRIMARY KEY (box_id, credential)
);

-- One row per slip from the beginning; see 1 to 3 above. All columns keep their size, and `content`
-- stands last, so that counting reads no ballot.
CREATE TABLE ballot (
    box_id     TEXT   NOT NULL,
    credential TEXT   NOT NULL,
    is_cast    BIGINT NOT NULL CHECK (is_cast IN (0, 1)),
    -- The two-part word code and the full tracker, filled up with spaces.
    code       TEXT   NOT NULL,
    tracker    TEXT   NOT NULL,
    -- Length, ballot, and filler that does not compress (src/padded.rs).
    content    BYTEA  NOT NULL,
    PRIMARY KEY (box_id, credential),
    FOREIGN KEY (box_id, credential) REFERENCES slip (box_id, credential)
);

-- Written when the box closes, and longer when it is counted.
CREATE TABLE ballot_archive (
    box_id TEXT  NOT NULL PRIMARY KEY REFERENCES ballot_box (id),
    bytes  BYTEA NOT NULL,
    -- SHA-256 of `bytes`, as printed on the form.
    sha256 TEXT  NOT NULL
);
