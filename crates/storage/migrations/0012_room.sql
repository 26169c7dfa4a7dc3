-- What the electronic room needed after its first evenings.

-- Voters without a telephone may take a paper sheet beside the slips of the others: how many sheets
-- went out and came back. NULL: nobody took paper. Like all numbers here, of the box and never of a
-- person.
ALTER TABLE ballot_box ADD COLUMN paper           BIGINT;
ALTER TABLE ballot_box ADD COLUMN paper_collected BIGINT;
-- The opened sums as they stand in the archive (JSON), kept until the paper sheets are counted too.
ALTER TABLE ballot_box ADD COLUMN sums            TEXT;
-- Slips given up for a public test ballot before voting, and what the last of them said (JSON);
-- cleared when voting begins. A test ballot is nobody's vote.
ALTER TABLE ballot_box ADD COLUMN tested          BIGINT NOT NULL DEFAULT 0;
ALTER TABLE ballot_box ADD COLUMN test            TEXT;

-- The ballot's last line, where a notice also asks about the branch's leading group (支部班子). Not a
-- row of round_mark: those are members', and sums over members leave this one out.
CREATE TABLE round_group_mark (
    round_id TEXT   NOT NULL PRIMARY KEY REFERENCES round (id),
    -- JSON array: number of marks per grade, best first.
    marks    TEXT   NOT NULL,
    abstain  BIGINT NOT NULL,
    void     BIGINT NOT NULL
);
