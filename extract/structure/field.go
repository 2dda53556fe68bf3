package structure

import (
	_ "embed"
	"strings"

	"kehoach/internal/tsv"
)

//go:embed tables/fields.tsv
var fieldsTSV string

// field is what a labelled line or a column of a table holds.
type field string

const (
	noField      field = ""
	leadField    field = "lead"
	supportField field = "support"
	timeField    field = "time"
	outputField  field = "output"
	moneyField   field = "funding"
	taskField    field = "task"
	ordinalField field = "ordinal"
	otherField   field = "other"
)

// fieldNames leads from a folded label to its field.
var fieldNames = func() map[string]field {
	m := map[string]field{}
	for _, r := range tsv.MustParse("fields.tsv", fieldsTSV, "field", "words").Rows {
		m[r[1]] = field(r[0])
	}
	return m
}()

// maxFieldName is the longest label of a line, in folded bytes.
const maxFieldName = 48

// labelled reads a line such as "- Cơ quan chủ trì: Sở Y tế": its field and the words of its value. A bullet or
// a label before it does not matter.
func labelled(l *line) (f field, value words, ok bool) {
	f, colon, ok := lineLabel(l)
	if !ok || f == taskField || f == ordinalField {
		return noField, words{}, false
	}
	return f, l.words(colon+1, len(l.fold)).trim("*_"), true
}

// lineLabel is the field of the label that opens a line, and where its colon stands.
func lineLabel(l *line) (f field, colon int, ok bool) {
	if l.isRow() {
		return noField, 0, false
	}
	colon = strings.IndexByte(l.fold[:min(len(l.fold), maxFieldName+12)], ':')
	if colon < 4 {
		return noField, 0, false
	}
	from := 0
	if mark, rest := bulletMark(l.text); mark != 0 {
		from = foldLen(l.text[:rest])
	} else if labels := readLabel(l.text, l.fold); len(labels) > 0 {
		from = foldLen(l.text[:labels[0].rest])
	}
	if from >= colon {
		return noField, 0, false
	}
	f = labelField(strings.Trim(l.fold[from:colon], " *_."))
	return f, colon, f != noField
}
