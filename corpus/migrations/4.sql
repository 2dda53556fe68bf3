-- Version 4: what people corrected, apart from what was read. Entries are added and never changed.

CREATE TABLE corrections (
  n     INTEGER PRIMARY KEY,
  id    TEXT NOT NULL UNIQUE,                              -- of its words: the same everywhere
  plan  INTEGER NOT NULL REFERENCES plans(n) ON DELETE CASCADE,
  at    TEXT NOT NULL,
  entry TEXT NOT NULL                                      -- the whole of it, as JSON (review.Correction)
) STRICT;
CREATE INDEX corrections_plan ON corrections(plan);

-- Which plan took the place of which.
CREATE INDEX journal_was ON journal(was) WHERE was <> '';
