package extract

import (
	"context"
	"errors"
	"fmt"
	"os"

	"kehoach/extract/mail"
	"kehoach/plan"
)

// Attachment is a file that a message carries.
type Attachment = mail.Attachment

// pagePicture is the size in bytes of the smallest picture that may be of a page; what is smaller decorates.
const pagePicture = 64 << 10

// Attachments gives the files that the message at path carries, where one at least is a document: each of them is a
// source of its own then, and the message only carries them. It gives none where the file is no message, and where the
// message's own words are all there is.
func Attachments(path string) []Attachment {
	f, err := os.Open(path)
	if err != nil {
		return nil // whoever reads it says why it cannot be read
	}
	var head [1024]byte
	n, _ := f.Read(head[:])
	f.Close()
	if !mail.IsMessage(head[:n]) {
		return nil
	}
	data, err := File(path)
	if err != nil {
		return nil
	}
	return attachments(data)
}

// attachments is Attachments of a message's bytes.
func attachments(data []byte) []Attachment {
	var out []Attachment
	documents := 0
	for _, a := range mail.Attachments(data) {
		f, err := format(a.Name, a.Data)
		if err == nil && f.Picture && len(a.Data) < pagePicture {
			continue
		}
		if err == nil {
			documents++
		}
		out = append(out, a)
	}
	if documents == 0 {
		return nil
	}
	return out
}

// attached reads a message by itself: the first of its documents that can be read, nil where it carries none. What
// became of the others is told as problems.
func (r *Reader) attached(ctx context.Context, data []byte) (*plan.Document, []plan.Problem) {
	var first *plan.Document
	var problems []plan.Problem
	others := 0
	for _, a := range attachments(data) {
		f, err := format(a.Name, a.Data)
		if err != nil || f.Carries || ctx.Err() != nil {
			continue
		}
		if first != nil {
			others++
			continue
		}
		if first, err = r.blocks(ctx, f, a.Data); errors.Is(err, ErrNoChild) {
			return nil, nil
		} else if err != nil {
			problems = append(problems, plan.Problem{Code: code(err), Message: "of the message, " + a.Name + " " + err.Error()})
		}
	}
	if others > 0 {
		problems = append(problems, plan.Problem{Code: plan.TruncatedSource,
			Message: fmt.Sprintf("the message carries %d more documents; ingest reads each", others)})
	}
	return first, problems
}
