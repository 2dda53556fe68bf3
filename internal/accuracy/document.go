package accuracy

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"kehoach/internal/synth"
)

// Document is one labelled document: Path is its file, or Bytes are its content where it was made.
type Document struct {
	Set   string // a name of Sets
	Name  string // of its row in the report
	Path  string
	Bytes []byte
	Label *Label
}

// Sets names the sets of documents, in the order of the report, with what they are.
var Sets = []struct{ Name, What string }{
	{"sample", "the sample documents, which are invented: three labelled whole, of the others the header"},
	{"real", "documents that authorities published, labelled by reading; they stand beside the project, where they stand at all"},
	{"made", "documents that a program made, with known answers: they show what got lost, not how well real ones are read"},
}

// Labelled lists the labelled documents of the project in root, then those of ../shared where they are there.
func Labelled(root string) ([]Document, error) {
	list, err := samples(filepath.Join(root, "corpus", "sample"))
	if err != nil {
		return nil, err
	}
	files, err := filepath.Glob(filepath.Join(Shared(root), "gold", "*.json"))
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		l, err := ReadLabel(f)
		if err != nil {
			return nil, err
		}
		list = append(list, Document{Set: "real", Name: stem(f), Path: filepath.Join(Shared(root), "data", l.Doc), Label: l})
	}
	return list, nil
}

// Shared is the folder beside the project that holds real documents with labels, and scorers.
func Shared(root string) string { return filepath.Join(root, "..", "shared") }

// samples lists the sample documents: those with a label file, and of the others the header, from expected.tsv.
func samples(dir string) ([]Document, error) {
	files, err := filepath.Glob(filepath.Join(dir, "labels", "*.json"))
	if err != nil {
		return nil, err
	}
	whole := map[string]*Label{}
	for _, f := range files {
		l, err := ReadLabel(f)
		if err != nil {
			return nil, err
		}
		whole[l.Doc] = l
	}
	b, err := os.ReadFile(filepath.Join(dir, "expected.tsv"))
	if err != nil {
		return nil, err
	}
	var columns []string
	var list []Document
	for i, line := range strings.Split(strings.TrimRight(string(b), "\n"), "\n") {
		cells := strings.Split(line, "\t")
		switch {
		case strings.HasPrefix(line, "#"):
			continue
		case columns == nil:
			columns = cells
			continue
		case len(cells) != len(columns):
			return nil, fmt.Errorf("expected.tsv:%d: %d cells, want %d", i+1, len(cells), len(columns))
		}
		row := map[string]string{}
		for c, name := range columns {
			row[name] = cells[c]
		}
		doc := Document{Set: "sample", Name: stem(row["file"]), Path: filepath.Join(dir, row["file"]), Label: whole[row["file"]]}
		if doc.Label == nil {
			doc.Label = headerOf(row)
		}
		list = append(list, doc)
	}
	return list, nil
}

// headerOf is the label of a document of which only the header was written down.
func headerOf(row map[string]string) *Label {
	l := &Label{Doc: row["file"], Number: row["number"], Symbol: row["symbol"], Type: row["type"], Issuer: row["issuer"], Province: row["province"],
		Place: row["place"], Issued: row["issued"], Title: row["title"], Inferred: strings.Fields(row["inferred"]),
		only: []string{"header", "period", "inferred"}}
	l.Signer.Name, l.Signer.Position, l.Signer.Authority = row["signer"], row["position"], row["authority"]
	if row["from"]+row["to"] != "" {
		l.Period = &struct{ From, To any }{row["from"], row["to"]}
	}
	return l
}

// ofMade is how many made documents are measured: one of each layout and damage about.
const ofMade = 120

// MadeDocuments are the made ones: each counts in the row of its kind, sound or damaged.
func MadeDocuments() []Document {
	m := synth.New(2027)
	var list []Document
	for i := range ofMade {
		d := m.Plan(i)
		name := "made, sound"
		if len(d.Damage) > 0 {
			name = "made, damaged"
		}
		list = append(list, Document{Set: "made", Name: name, Path: d.Name, Bytes: d.Bytes, Label: Made(d.Truth, d.Unscored)})
	}
	return list
}

func stem(path string) string {
	base := filepath.Base(path)
	return strings.TrimSuffix(base, filepath.Ext(base))
}
