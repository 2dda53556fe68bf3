-- Version 5: what the steps before the last one gave, so that a change of the last one alone need not repeat them. All of it is
-- derived, and may be removed.

-- What a reader made of a file, packed (reading.go); of copies as well.
CREATE TABLE readings (
  sha256 TEXT NOT NULL UNIQUE,
  plan   INTEGER NOT NULL REFERENCES plans(n) ON DELETE CASCADE,
  stage  TEXT NOT NULL,                                    -- the versions of all that shapes it
  bytes  INTEGER NOT NULL,                                 -- length of body
  body   BLOB NOT NULL
) STRICT;
CREATE INDEX readings_plan ON readings(plan);
CREATE INDEX readings_bytes ON readings(bytes);

-- The recognised pages that a plan was read from, by their keys in pages/. The key '' stands for pages that are not known:
-- those of a plan that was read before they were written down.
CREATE TABLE pages (
  plan INTEGER NOT NULL REFERENCES plans(n) ON DELETE CASCADE,
  key  TEXT NOT NULL,
  PRIMARY KEY (key, plan)
) STRICT, WITHOUT ROWID;
CREATE INDEX pages_plan ON pages(plan);
INSERT INTO pages (plan, key) SELECT n, '' FROM plans;
