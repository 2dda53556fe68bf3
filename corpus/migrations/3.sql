-- Version 3: which documents are one, which are versions of one, and which are nearly the same.

ALTER TABLE plans ADD COLUMN number_key TEXT NOT NULL DEFAULT '';   -- the number, folded
ALTER TABLE plans ADD COLUMN identity TEXT NOT NULL DEFAULT '';     -- number, issuer and date, folded; '' where one is missing
ALTER TABLE plans ADD COLUMN text_key INTEGER NOT NULL DEFAULT 0;   -- a hash of the syllables; 0 where there are none
ALTER TABLE plans ADD COLUMN state TEXT NOT NULL DEFAULT '';        -- draft, signed, corrected
CREATE INDEX plans_number ON plans(number_key) WHERE number_key <> '';
CREATE INDEX plans_identity ON plans(identity) WHERE identity <> '';
CREATE INDEX plans_text ON plans(text_key);

-- Other bytes in which a plan came: another format of it, or another scan.
CREATE TABLE copies (
  sha256 TEXT PRIMARY KEY,
  plan   INTEGER NOT NULL REFERENCES plans(n) ON DELETE CASCADE,
  bytes  INTEGER NOT NULL,
  made   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX copies_plan ON copies(plan);

-- Of each plan the smallest hashes of its shingles (signature.go).
CREATE TABLE signatures (
  plan    INTEGER PRIMARY KEY REFERENCES plans(n) ON DELETE CASCADE,
  minimum BLOB NOT NULL
) STRICT;
