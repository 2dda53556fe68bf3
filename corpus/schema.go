package corpus

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"

	"kehoach/internal/fault"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migration is one step from a version of the catalogue to the next.
type migration struct {
	name string                 // what it brings
	fill func(tx *sql.Tx) error // fills what the SQL made and SQL alone cannot fill; nil where there is nothing
}

// migrations lists the steps in order; the SQL of the n-th, from 1, is migrations/n.sql. A step that was released is never
// changed: a new one is added at the end, with its file and a catalogue of the new version in testdata
// (go test ./corpus -run TestMigrations -update). Every table is STRICT.
var migrations = []migration{
	{name: "sources, plans and their rows"},
	{name: "journals of runs"},
	{name: "versions and near duplicates", fill: fillIdentity},
	{name: "corrections by people"},
	{name: "what the readers gave"},
	{name: "formats, problems and areas", fill: fillFacets},
	{name: "cards", fill: refill},
	{name: "which plan stood where another stands"},
}

// applicationID marks a catalogue as ours among SQLite files ("kehc").
const applicationID = 0x6b656863

// migrate brings the catalogue to the newest version, each step in a transaction of its own. A step may make a table
// anew, so foreign keys rest meanwhile and are checked before the step is committed.
func migrate(db *sql.DB) error {
	version, err := schemaVersion(db)
	if err != nil || version == len(migrations) {
		return err
	}
	conn, err := db.Conn(context.Background())
	if err != nil {
		return err
	}
	defer conn.Close()
	for ; version < len(migrations); version++ {
		if err := step(conn, version+1); err != nil {
			return fmt.Errorf("to version %d (%s): %w", version+1, migrations[version].name, err)
		}
	}
	return nil
}

// step takes the catalogue to version n from the one before.
func step(conn *sql.Conn, n int) (err error) {
	ctx := context.Background()
	text, err := migrationFiles.ReadFile(fmt.Sprintf("migrations/%d.sql", n))
	if err != nil {
		return err
	}
	if _, err := conn.ExecContext(ctx, "PRAGMA foreign_keys = OFF"); err != nil {
		return err
	}
	defer func() {
		_, on := conn.ExecContext(ctx, "PRAGMA foreign_keys = ON")
		err = errors.Join(err, on)
	}()
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.Exec(string(text)); err != nil {
		return err
	}
	if fill := migrations[n-1].fill; fill != nil {
		if err := fill(tx); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, n)); err != nil {
		return err
	}
	if err := foreignKeys(tx); err != nil {
		return err
	}
	return fault.Do(fault.Migrate, tx.Commit)
}

// foreignKeys fails where a row points to one that is not there.
func foreignKeys(db interface {
	Query(string, ...any) (*sql.Rows, error)
}) error {
	rows, err := db.Query("PRAGMA foreign_key_check")
	if err != nil {
		return err
	}
	defer rows.Close()
	if rows.Next() {
		var table, parent string
		var row, key sql.NullInt64
		if err := rows.Scan(&table, &row, &parent, &key); err != nil {
			return err
		}
		return fmt.Errorf("row %d of %s names a row of %s that is not there", row.Int64, table, parent)
	}
	return rows.Err()
}

// checkSchema refuses a catalogue that a reader would misread.
func checkSchema(db *sql.DB) error {
	version, err := schemaVersion(db)
	if err == nil && version < len(migrations) {
		err = fmt.Errorf("%w: it has %d, this program reads %d: run ingest once to bring it up to date",
			ErrOld, version, len(migrations))
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
