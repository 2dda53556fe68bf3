-- Version 2: what a run was, and what became of each file.

ALTER TABLE runs ADD COLUMN kind TEXT NOT NULL DEFAULT 'ingest';  -- ingest, forget, repair, restore
ALTER TABLE runs ADD COLUMN tools TEXT NOT NULL DEFAULT '{}';     -- versions of what reads, by name, as JSON
ALTER TABLE runs ADD COLUMN given TEXT NOT NULL DEFAULT '[]';     -- the paths that it was given, as JSON
ALTER TABLE runs ADD COLUMN renewed INTEGER NOT NULL DEFAULT 0;   -- read again because the program reads otherwise now
ALTER TABLE runs ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN forgotten INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN failed TEXT NOT NULL DEFAULT '';      -- why it ended early
ALTER TABLE runs ADD COLUMN seen BLOB NOT NULL DEFAULT x'';       -- the numbers of the sources that it met, a roaring bitmap

ALTER TABLE plans ADD COLUMN bytes INTEGER NOT NULL DEFAULT -1;   -- of its original; -1 where not known
ALTER TABLE plans ADD COLUMN made TEXT NOT NULL DEFAULT '';       -- by which version of what reads; '' where not known

ALTER TABLE sources ADD COLUMN gone INTEGER REFERENCES runs(id);  -- the run that did not find it any more
ALTER TABLE sources ADD COLUMN portal TEXT NOT NULL DEFAULT '';   -- what a crawl's manifest says of it, as JSON

-- What became of each file of a run. A file that was met and is not named here was unchanged.
CREATE TABLE journal (
  run     INTEGER NOT NULL REFERENCES runs(id),
  n       INTEGER NOT NULL,
  path    TEXT NOT NULL,
  outcome TEXT NOT NULL,
  plan    TEXT NOT NULL,                             -- its id, which may be forgotten since; '' for none
  was     TEXT NOT NULL,                             -- the id of the plan that the path held before, '' for none
  reason  TEXT NOT NULL,
  PRIMARY KEY (run, n)
) STRICT, WITHOUT ROWID;

-- How a plan differs in structure from the one that stood in its place.
CREATE TABLE differences (
  run    INTEGER NOT NULL REFERENCES runs(id),
  n      INTEGER NOT NULL,                           -- of the line of the journal
  field  TEXT NOT NULL,
  gained INTEGER NOT NULL,                           -- values that are new
  lost   INTEGER NOT NULL,
  before TEXT NOT NULL,                              -- of a field with one value
  after  TEXT NOT NULL,
  PRIMARY KEY (run, n, field)
) STRICT, WITHOUT ROWID;

-- Documents that were removed for good: they are not taken in again.
CREATE TABLE forgotten (
  sha256 TEXT PRIMARY KEY,
  run    INTEGER NOT NULL REFERENCES runs(id)
) STRICT, WITHOUT ROWID;
