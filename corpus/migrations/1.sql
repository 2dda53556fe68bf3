-- Version 1. Times are RFC 3339 in UTC, file times nanoseconds since 1970; *_key columns are folded (normalize.Fold).

CREATE TABLE runs (
  id          INTEGER PRIMARY KEY,
  started     TEXT NOT NULL,
  finished    TEXT NOT NULL DEFAULT '',   -- '' while it runs, and for ever where it was killed
  version     TEXT NOT NULL,
  added       INTEGER NOT NULL DEFAULT 0,
  changed     INTEGER NOT NULL DEFAULT 0,
  unchanged   INTEGER NOT NULL DEFAULT 0,
  duplicate   INTEGER NOT NULL DEFAULT 0,
  quarantined INTEGER NOT NULL DEFAULT 0,
  bytes       INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE plans (
  n            INTEGER PRIMARY KEY,
  id           TEXT NOT NULL UNIQUE,
  sha256       TEXT NOT NULL UNIQUE,
  run          INTEGER NOT NULL REFERENCES runs(id), -- that added it
  current      INTEGER NOT NULL,                     -- 1 while a source still holds it, else it is superseded
  number       TEXT NOT NULL,
  type         TEXT NOT NULL,
  types_key    TEXT NOT NULL,                        -- folded codes, its own and those attached, between blanks
  issued       TEXT NOT NULL,
  level        TEXT NOT NULL,
  issuer_id    TEXT NOT NULL,
  issuer_key   TEXT NOT NULL,
  province_id  TEXT NOT NULL,
  province_key TEXT NOT NULL,
  today_id     TEXT NOT NULL,
  today_key    TEXT NOT NULL,
  title        TEXT NOT NULL
) STRICT;

CREATE TABLE bodies (
  plan INTEGER PRIMARY KEY REFERENCES plans(n) ON DELETE CASCADE,
  json BLOB NOT NULL                                 -- the whole plan, zstd
) STRICT;

CREATE TABLE sources (
  n        INTEGER PRIMARY KEY,
  path     TEXT NOT NULL UNIQUE,                     -- absolute; of a member: archive.zip!/member
  size     INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL,
  ctime_ns INTEGER NOT NULL,
  inode    INTEGER NOT NULL,
  sha256   TEXT NOT NULL,                            -- '' where the bytes could not be had
  plan     INTEGER REFERENCES plans(n),              -- the last version that could be read
  status   TEXT NOT NULL CHECK (status IN ('ok', 'quarantined', 'archive')),
  reason   TEXT NOT NULL,
  version  TEXT NOT NULL,                            -- of the program that read it
  run      INTEGER NOT NULL REFERENCES runs(id)      -- that wrote this row
) STRICT;
CREATE INDEX sources_plan ON sources(plan) WHERE plan IS NOT NULL;
CREATE INDEX sources_unread ON sources(path) WHERE status = 'quarantined';

CREATE TABLE sections (
  plan    INTEGER NOT NULL REFERENCES plans(n) ON DELETE CASCADE,
  n       INTEGER NOT NULL,
  path    TEXT NOT NULL,                             -- labels joined by '/'
  kind    TEXT NOT NULL,
  heading TEXT NOT NULL,
  start   INTEGER NOT NULL,
  stop    INTEGER NOT NULL,
  PRIMARY KEY (plan, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE assignments (
  plan       INTEGER NOT NULL REFERENCES plans(n) ON DELETE CASCADE,
  n          INTEGER NOT NULL,
  role       TEXT NOT NULL,
  agency     TEXT NOT NULL,
  agency_id  TEXT NOT NULL,
  agency_key TEXT NOT NULL,
  section    INTEGER,
  start      INTEGER NOT NULL,
  stop       INTEGER NOT NULL,
  PRIMARY KEY (plan, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX assignments_agency ON assignments(agency_id, role);

CREATE TABLE citations (
  plan       INTEGER NOT NULL REFERENCES plans(n) ON DELETE CASCADE,
  n          INTEGER NOT NULL,
  role       TEXT NOT NULL,
  number     TEXT NOT NULL,
  number_key TEXT NOT NULL,
  date       TEXT NOT NULL,
  section    INTEGER,
  start      INTEGER NOT NULL,
  stop       INTEGER NOT NULL,
  PRIMARY KEY (plan, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX citations_number ON citations(number_key, role) WHERE number_key <> '';

CREATE TABLE deadlines (
  plan      INTEGER NOT NULL REFERENCES plans(n) ON DELETE CASCADE,
  n         INTEGER NOT NULL,
  date      TEXT NOT NULL,
  month_day TEXT NOT NULL,
  recurs    TEXT NOT NULL,
  section   INTEGER,
  start     INTEGER NOT NULL,
  stop      INTEGER NOT NULL,
  PRIMARY KEY (plan, n)
) STRICT, WITHOUT ROWID;

-- Plans of which the index has not acknowledged the present state.
CREATE TABLE pending (
  plan INTEGER PRIMARY KEY REFERENCES plans(n) ON DELETE CASCADE
) STRICT;
