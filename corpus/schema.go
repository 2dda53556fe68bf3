package corpus

import (
	"database/sql"
	_ "embed"
	"fmt"
)

//go:embed schema.sql
var schema1 string

// migrations lists the steps from one version of the catalogue to the next; the first makes an empty one. A step
// that was released is never changed: a new one is added.
var migrations = []string{
	schema1,
}

// applicationID marks a catalogue as ours among SQLite files ("kehc").
const applicationID = 0x6b656863

// migrate brings the catalogue to the newest version, each step in a transaction of its own.
func migrate(db *sql.DB) error {
	version, err := schemaVersion(db)
	if err != nil {
		return err
	}
	for ; version < len(migrations); version++ {
		tx, err := db.Begin()
		if err != nil {
			return err
		}
		_, err = tx.Exec(fmt.Sprintf("%s; PRAGMA application_id = %d; PRAGMA user_version = %d",
			migrations[version], applicationID, version+1))
		if err != nil {
			tx.Rollback()
			return fmt.Errorf("to version %d: %w", version+1, err)
		}
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	return nil
}

// checkSchema refuses a catalogue that a reader would misread.
func checkSchema(db *sql.DB) error {
	version, err := schemaVersion(db)
	if err == nil && version < len(migrations) {
		err = fmt.Errorf("the catalogue has version %d, this program reads %d: run ingest once to bring it up to date",
			version, len(migrations))
		if version == 0 {
			err = ErrNoCorpus // created, and killed before its tables were
		}
	}
	return err
}

func schemaVersion(db *sql.DB) (int, error) {
	var id, version int
	if err := db.QueryRow("PRAGMA application_id").Scan(&id); err != nil {
		return 0, err
	}
	if err := db.QueryRow("PRAGMA user_version").Scan(&version); err != nil {
		return 0, err
	}
	switch {
	case id != applicationID && version != 0:
		return 0, fmt.Errorf("%s is not a catalogue of kehoach", catalogueName)
	case version > len(migrations):
		return 0, fmt.Errorf("the catalogue has version %d, newer than this program's %d", version, len(migrations))
	}
	return version, nil
}
