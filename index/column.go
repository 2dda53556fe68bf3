package index

import (
	"strconv"
	"strings"
	"sync"

	segment "github.com/blevesearch/scorch_segment_api/v2"

	"kehoach/authority"
	"kehoach/normalize"
)

// Origin is what the corpus knows of a plan and the plan itself does not say.
type Origin struct {
	Run     int64    // the run that added it
	Sources []string // every path that it was found at; where there is none, Source.Path of the plan counts
}

// column is a value, or several, that every plan has once. A value is a key, and behind a tab the name that people
// read, where that is another.
type column struct {
	name   string
	values func(h *Head, from Origin) []string
}

// The names of the columns.
const (
	colIssued   = "c.issued"
	colAdded    = "c.added" // zero-padded, so that it sorts
	colSource   = "c.source"
	colProvince = "c.province"
	colToday    = "c.today"
	colYear     = "c.year"
	colType     = "c.type"
	colLead     = "c.lead"
	colSupport  = "c.support"
	colProgram  = "c.program"
	colIssuer   = "c.issuer"
	colLevel    = "c.level"
	colDue      = "c.due"
	colNumber   = "c.number"
	colRegion   = "c.region"
	colFormat   = "c.format"
	colProblem  = "c.problem"
	colArea     = "c.area"
)

// columns lists them all; a facet or a filter on a new thing is one row here and one there.
var columns = []column{
	{colIssued, func(h *Head, _ Origin) []string { return some(h.Issued) }},
	{colAdded, func(h *Head, from Origin) []string {
		if from.Run <= 0 {
			return nil
		}
		return some(padded(from.Run))
	}},
	{colSource, func(h *Head, from Origin) []string {
		if len(from.Sources) > 0 {
			return from.Sources
		}
		return some(h.Source)
	}},
	{colProvince, func(h *Head, _ Origin) []string { return named(h.Province.ID, h.Province.Name) }},
	{colToday, func(h *Head, _ Origin) []string { return named(h.Province.Today.ID, h.Province.Today.Name) }},
	{colYear, func(h *Head, _ Origin) []string { return some(h.Year) }},
	{colType, func(h *Head, _ Origin) []string {
		var list []string
		for _, t := range h.Types {
			list = append(list, named(t.Code, t.Name)...)
		}
		return list
	}},
	{colLead, func(h *Head, _ Origin) []string { return bodies(h.Lead) }},
	{colSupport, func(h *Head, _ Origin) []string { return bodies(h.Support) }},
	{colProgram, func(h *Head, _ Origin) []string { return h.Programs }},
	{colIssuer, func(h *Head, _ Origin) []string { return named(h.Issuer.ID, h.Issuer.Name) }},
	{colLevel, func(h *Head, _ Origin) []string { return some(string(h.Issuer.Level)) }},
	{colDue, func(h *Head, _ Origin) []string { return h.Due }},
	{colNumber, func(h *Head, _ Origin) []string { return some(h.Number) }},
	{colRegion, func(h *Head, _ Origin) []string {
		r, _ := authority.RegionOf(h.Province.ID)
		return named(r.ID, r.Name)
	}},
	{colFormat, func(h *Head, _ Origin) []string { return some(h.Format) }},
	{colProblem, func(h *Head, _ Origin) []string { return h.Problems }},
	{colArea, func(h *Head, _ Origin) []string {
		var list []string
		for _, a := range h.Areas {
			list = append(list, named(normalize.Fold(a), a)...)
		}
		return list
	}},
}

func some(v string) []string {
	if v == "" {
		return nil
	}
	return []string{v}
}

func named(key, name string) []string {
	if key == "" && name == "" {
		return nil
	}
	if key == "" {
		key = name
	}
	return []string{key + "\t" + name}
}

func bodies(list []Body) []string {
	var values []string
	for _, b := range list {
		values = append(values, named(b.ID, b.Name)...)
	}
	return values
}

func padded(run int64) string {
	digits := strconv.FormatInt(run, 10)
	return strings.Repeat("0", max(0, 12-len(digits))) + digits
}

// keyName takes a column's value apart.
func keyName(value string) (key, name string) {
	key, name, ok := strings.Cut(value, "\t")
	if !ok {
		name = key
	}
	return key, name
}

// values is a column of one segment: of the i-th plan, ords[from[i]:from[i+1]] count in texts.
type values struct {
	texts []string
	from  []uint32
	ords  []uint32

	once sync.Once
	same []uint32
}

// keys is, of each text, the first one with its key.
func (v *values) keys() []uint32 {
	v.once.Do(func() {
		v.same = make([]uint32, len(v.texts))
		first := make(map[string]uint32)
		for i, text := range v.texts {
			key, _ := keyName(text)
			ord, again := first[key]
			if !again {
				ord = uint32(i)
				first[key] = ord
			}
			v.same[i] = ord
		}
	})
	return v.same
}

// of is the ordinals of plan i.
func (v *values) of(i int) []uint32 { return v.ords[v.from[i]:v.from[i+1]] }

// first is the first value of plan i, and "" where it has none.
func (v *values) first(i int) string {
	if o := v.of(i); len(o) > 0 {
		return v.texts[o[0]]
	}
	return ""
}

// readValues reads a column at the heads of a segment.
func readValues(seg segment.Segment, name string, heads []uint32) (*values, error) {
	v := &values{from: make([]uint32, 1, len(heads)+1)}
	visitable, ok := seg.(segment.DocValueVisitable)
	byText := make(map[string]uint32)
	fields := []string{name}
	var state segment.DocVisitState
	for _, head := range heads {
		if ok {
			var err error
			state, err = visitable.VisitDocValues(uint64(head), fields, func(_ string, text []byte) {
				ord, known := byText[string(text)]
				if !known {
					ord = uint32(len(v.texts))
					v.texts = append(v.texts, string(text))
					byText[v.texts[ord]] = ord
				}
				v.ords = append(v.ords, ord)
			}, state)
			if err != nil {
				return nil, err
			}
		}
		v.from = append(v.from, uint32(len(v.ords)))
	}
	return v, nil
}
