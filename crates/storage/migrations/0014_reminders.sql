-- Where a person wants to be reminded by e-mail: typed by the person, nobody else. The day of the
-- last digest keeps a second run on the same day from sending it again.
CREATE TABLE account_email (
    account_id  TEXT   NOT NULL PRIMARY KEY REFERENCES account (id),
    address     TEXT   NOT NULL,
    set_at      BIGINT NOT NULL,
    reminded_on TEXT
);
