// Package extract reads a file of any known format into a plan, in three steps: a reader makes blocks of the
// bytes, the blocks' words are normalised, and structure understands them.
//
//	data, err := extract.File("kh-45.txt")
//	p, err := extract.Read(ctx, "kh-45.txt", data)
//	fmt.Println(p.Number, p.Issuer.Name, len(p.Sections))
//
// What a file is, its content tells, never its name. Formats lists the readers; a new format is one row there.
// A document that was read is never refused: what is odd about it stands in its Problems.
package extract

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"kehoach/extract/structure"
	"kehoach/extract/text"
	"kehoach/normalize"
	"kehoach/plan"
)

// Version is the version of the readers; it is raised when the same bytes may give other words.
const Version = "1"

// The errors of reading. Each comes wrapped with the file's name and a reason in words.
var (
	ErrUnreadable = errors.New("cannot be read")
	ErrEncrypted  = errors.New("is encrypted")
	ErrLimit      = errors.New("is beyond a limit")
)

// Format is one kind of file: how its content shows it, and who reads it.
type Format struct {
	Name      string // as Source.Format
	MediaType string
	Sniff     func(data []byte) bool
	Read      func(data []byte) (*plan.Document, error)
	Tools     map[string]string // libraries that shape what is read, with their versions
}

// Formats lists the formats in the order in which content is tried against them.
var Formats = []Format{
	{Name: "text", MediaType: "text/plain", Sniff: func([]byte) bool { return true }, Read: text.Read},
}

// Read reads one document. path only names it. Its errors are ErrUnreadable, ErrEncrypted, ErrLimit or the
// context's.
func Read(ctx context.Context, path string, data []byte) (*plan.Plan, error) {
	doc, err := Document(ctx, path, data)
	if err != nil {
		return nil, err
	}
	return structure.Parse(doc), nil
}

// Document reads the blocks of one document, normalised: the words that structure sees.
func Document(ctx context.Context, path string, data []byte) (*plan.Document, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	for _, f := range Formats {
		if !f.Sniff(data) {
			continue
		}
		doc, err := f.Read(data)
		if err != nil {
			return nil, fmt.Errorf("extract: %s: %w: %w", path, ErrUnreadable, err)
		}
		sum := sha256.Sum256(data)
		doc.Source.Path = path
		doc.Source.SHA256 = hex.EncodeToString(sum[:])
		doc.Source.Bytes = int64(len(data))
		doc.Source.Format, doc.Source.MediaType = f.Name, f.MediaType
		for i := range doc.Blocks {
			b := &doc.Blocks[i]
			b.Text = normalize.Text(b.Text)
			for j := range b.Cells {
				b.Cells[j] = normalize.Text(b.Cells[j])
			}
		}
		return doc, ctx.Err()
	}
	return nil, unreadable(path, "its format is not known")
}

// code is the problem that stands for an error of reading.
func code(err error) string {
	switch {
	case errors.Is(err, ErrEncrypted):
		return plan.Encrypted
	case errors.Is(err, ErrLimit):
		return plan.LimitExceeded
	}
	return plan.Unreadable
}
