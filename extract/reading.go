package extract

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/gob"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"

	"kehoach/extract/ocr"
	"kehoach/extract/structure"
	"kehoach/normalize"
	"kehoach/plan"
)

// Reading is what was made of one file before structure understands it: its blocks, normalised and mended, and what was
// repaired in their words. It can be packed and kept, so that a change of structure alone need not read the file again:
//
//	r, err := reader.Blocks(ctx, path, data)
//	packed := r.Pack()
//	p := r.Plan()
//	…
//	r, err = extract.Unpack(path, packed)
//	p = r.Plan() // the same plan
type Reading struct {
	Document *plan.Document
	Repairs  *normalize.Report
}

// Blocks reads one document as Read does, but for the structure.
func (r *Reader) Blocks(ctx context.Context, path string, data []byte) (*Reading, error) {
	doc, repairs, err := r.read(ctx, path, data)
	if err != nil {
		return nil, err
	}
	return &Reading{doc, repairs}, nil
}

// Plan understands the blocks.
func (r *Reading) Plan() *plan.Plan {
	p := structure.Parse(r.Document)
	p.Problems = append(p.Problems, r.Repairs.Problems(p.Text)...)
	return p
}

// Plain reports whether the file's reader takes its words as they stand, so that it is read again for what it would cost to keep
// and to unpack the reading.
func (r *Reading) Plain() bool {
	for i := range Formats {
		if Formats[i].Name == r.Document.Source.Format {
			return Formats[i].Plain
		}
	}
	return false
}

// Pack gives the reading as bytes, nil where another try may read more: programs were missing.
func (r *Reading) Pack() []byte {
	for _, p := range r.Document.Problems {
		if p.Code == plan.OCRMissing {
			return nil
		}
	}
	var b bytes.Buffer
	if gob.NewEncoder(&b).Encode(r) != nil {
		return nil
	}
	return b.Bytes()
}

// Unpack gives the reading of a file, whose path it may be under by now, from its bytes.
func Unpack(path string, packed []byte) (*Reading, error) {
	r := new(Reading)
	if err := gob.NewDecoder(bytes.NewReader(packed)).Decode(r); err != nil || r.Document == nil || r.Repairs == nil {
		return nil, fmt.Errorf("extract: %s: what was kept of it cannot be unpacked: %v", path, err)
	}
	r.Document.Source.Path = path
	return r, nil
}

// Stages names the versions of all that shapes a reading: of a document whose words the file holds, and of one that was
// recognised, on which the programs that recognise have a part.
type Stages struct{ Read, Recognised string }

// CurrentStages are the stages of this program and of the programs that are installed.
func CurrentStages() Stages {
	s := Stages{Read: Version + "/" + normalize.Tables()}
	h := sha256.New()
	tools := Recognisers()
	for _, name := range slices.Sorted(maps.Keys(tools)) {
		fmt.Fprintln(h, name, tools[name])
	}
	s.Recognised = s.Read + "/" + ocr.Version + "/" + hex.EncodeToString(h.Sum(nil)[:4])
	return s
}

// Of is the stage of a reading.
func (s Stages) Of(r *Reading) string {
	if r.Document.Source.OCR {
		return s.Recognised
	}
	return s.Read
}
