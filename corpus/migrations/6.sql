-- Version 6: what filters ask of plans and no other table holds.

-- Values of a plan, of which it may have several: format, problem and area (lĩnh vực); the key is folded.
CREATE TABLE facets (
  plan INTEGER NOT NULL REFERENCES plans(n) ON DELETE CASCADE,
  name TEXT NOT NULL,
  key  TEXT NOT NULL,
  PRIMARY KEY (plan, name, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX facets_key ON facets(name, key);
