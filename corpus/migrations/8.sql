-- Version 8: which plan stood where a plan stands now, found without reading the whole journal.

CREATE INDEX journal_became ON journal(plan) WHERE was <> '';
