package index

import (
	"fmt"
	"strconv"
	"strings"

	bleveindex "github.com/blevesearch/bleve_index_api"

	"kehoach/plan"
)

// The fields of the index. Those of columns.go stand beside them in the heads.
const (
	fieldID      = "_id"
	fieldWords   = "w" // a record's words
	fieldHeading = "h" // the words of its heading; the frequency is how many records stand below it, with itself
	fieldKind    = "k" // its kind
	fieldHead    = "1" // "1" in the first record of a plan
	fieldTitle   = "t" // in the head: title, number, issuer, province
	fieldLengths = "n" // in the head: the plan's share of the totals
	fieldSketch  = "s" // a record's passage
)

// document is one record as scorch takes it: its fields are analysed before it is handed over.
type document struct {
	id     string
	fields []bleveindex.Field
	size   int
}

func (d *document) ID() string                                      { return d.id }
func (d *document) Size() int                                       { return d.size }
func (d *document) VisitComposite(bleveindex.CompositeFieldVisitor) {}
func (d *document) HasComposite() bool                              { return false }
func (d *document) NumPlainTextBytes() uint64                       { return 0 }
func (d *document) StoredFieldsBytes() uint64                       { return 0 }
func (d *document) Indexed() bool                                   { return false }
func (d *document) VisitFields(visit bleveindex.FieldVisitor)       { each(d.fields, visit) }
func (d *document) AddIDField()                                     { d.fields = append(d.fields, idField(d.id)) }
func each(list []bleveindex.Field, visit bleveindex.FieldVisitor) {
	for _, f := range list {
		visit(f)
	}
}

// field is one analysed field.
type field struct {
	name    string
	value   []byte
	options bleveindex.FieldIndexingOptions
	length  int
	freqs   bleveindex.TokenFrequencies
}

func (f *field) Name() string                                          { return f.name }
func (f *field) Value() []byte                                         { return f.value }
func (f *field) ArrayPositions() []uint64                              { return nil }
func (f *field) EncodedFieldType() byte                                { return 't' }
func (f *field) Analyze()                                              {}
func (f *field) Options() bleveindex.FieldIndexingOptions              { return f.options }
func (f *field) AnalyzedLength() int                                   { return f.length }
func (f *field) AnalyzedTokenFrequencies() bleveindex.TokenFrequencies { return f.freqs }
func (f *field) NumPlainTextBytes() uint64                             { return 0 }

func idField(id string) *field {
	return &field{name: fieldID, value: []byte(id), options: bleveindex.IndexField | bleveindex.StoreField, length: 1,
		freqs: bleveindex.TokenFrequencies{id: frequency(1)}}
}

// keywords is a field of whole values; a column where it is to be read back by record.
func keywords(name string, column bool, values ...string) *field {
	f := &field{name: name, options: bleveindex.IndexField, length: len(values),
		freqs: make(bleveindex.TokenFrequencies, len(values))}
	if column {
		f.options |= bleveindex.DocValues
	}
	for _, v := range values {
		f.freqs[v] = frequency(1)
	}
	return f
}

// lengths are totals of words over records, by field, which the ranking needs for its means.
type lengths struct {
	Plans, Records int
	Words, Titles  int
}

func (l *lengths) add(m lengths, sign int) {
	l.Plans += sign * m.Plans
	l.Records += sign * m.Records
	l.Words += sign * m.Words
	l.Titles += sign * m.Titles
}

func (l lengths) String() string {
	return fmt.Sprintf("%d %d %d %d", l.Plans, l.Records, l.Words, l.Titles)
}

func parseLengths(s string) (l lengths, err error) {
	if s == "" {
		return l, nil
	}
	rest := s
	for _, n := range []*int{&l.Plans, &l.Records, &l.Words, &l.Titles} {
		var one string
		one, rest, _ = strings.Cut(rest, " ")
		if *n, err = strconv.Atoi(one); err != nil {
			return l, fmt.Errorf("index: %q are no lengths", s)
		}
	}
	return l, nil
}

// recordID is the key of a record; the records of a plan sort by their numbers.
func recordID(plan string, seq int) string {
	digits := strconv.Itoa(seq)
	return plan + "/" + strings.Repeat("0", max(0, 6-len(digits))) + digits
}

func splitID(id string) (plan string, seq int, err error) {
	at := strings.LastIndexByte(id, '/')
	if at < 0 {
		return "", 0, fmt.Errorf("index: %q is no record", id)
	}
	seq, err = strconv.Atoi(id[at+1:])
	return id[:at], seq, err
}

// documents analyses one plan.
func (a *analyzer) documents(p *plan.Plan, from Origin) []bleveindex.Document {
	records := Records(p)
	docs := make([]bleveindex.Document, len(records))
	total := lengths{Plans: 1, Records: len(records)}
	for i := range records {
		r := &records[i]
		a.reset()
		size := 0
		for _, s := range r.Spans {
			a.read(p.Text[s.Start:s.End])
			size += s.Len()
		}
		words := a.field(fieldWords)
		d := &document{id: recordID(p.ID, r.Seq), size: size, fields: make([]bleveindex.Field, 0, 4)}
		d.fields = append(d.fields, words, keywords(fieldKind, false, string(r.Kind)))
		total.Words += words.length
		if terms := sketchOf(r.PassageOf(p.Text)); len(terms) > 0 {
			d.fields = append(d.fields, keywords(fieldSketch, false, terms...))
		}
		if r.Heading != "" {
			a.reset()
			a.read(r.Heading)
			heading := a.field(fieldHeading)
			heading.options = bleveindex.IndexField
			for term := range heading.freqs {
				heading.freqs[term] = frequency(r.Below + 1)
			}
			d.fields = append(d.fields, heading)
		}
		docs[i] = d
	}
	head := docs[0].(*document)
	a.reset()
	for _, s := range records[0].words() {
		a.read(s)
	}
	title := a.field(fieldTitle)
	total.Titles = title.length
	records[0].Added = from.Run
	head.fields = append(head.fields, title, keywords(fieldHead, false, "1"), keywords(fieldLengths, true, total.String()))
	for _, c := range columns {
		if values := c.values(records[0].Head, from); len(values) > 0 {
			head.fields = append(head.fields, keywords(c.name, true, values...))
		}
	}
	return docs
}

// words is what of a plan is searched with each of its records.
func (h *Head) words() []string {
	return []string{h.Title, h.Number, h.Issuer.Name, h.Province.Name}
}
