package plan

import _ "embed"

// JSONSchema is the JSON Schema (2020-12) of what `kehoach parse --json` writes, one document a line.
//
//go:embed plan.schema.json
var JSONSchema []byte
