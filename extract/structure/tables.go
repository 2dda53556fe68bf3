package structure

import (
	"embed"

	"kehoach/internal/tsv"
)

//go:embed tables/*.tsv
var tableFiles embed.FS

// Tables names the state of this room's tables: another one may read the same bytes otherwise.
func Tables() string { return tsv.Digest(tableFiles) }
