package word

import (
	"strings"

	"kehoach/normalize"
)

// decoder decodes the parts of a document that are in old encodings, each with the others as its context.
type decoder struct {
	units []unit
	old   bool // a part is in a legacy font, or is mixed
}

// unit is one part: a fragment of a line whose runs are mixed, or a whole line.
type unit struct {
	raw    string
	kind   string // as script.kind
	font   string
	text   string // decoded
	forced bool   // it reads as it stands, but its font makes other letters of it
}

// add gathers the parts of a block: of a line that is mixed each in its script, else the line as one.
func (d *decoder) add(leaves []leaf, mixed bool) {
	for _, l := range leaves {
		for i, line := range l {
			if len(line) > 1 && !mixed {
				whole := fragment{text: textOf(line), font: fontOfLine(line)}
				whole.script.kind = legacy(whole.font)
				line = []fragment{whole}
				l[i] = line
			}
			for k := range line {
				f := &line[k]
				if strings.Trim(f.text, " \t") == "" || f.script == (script{}) && (ascii(f.text) || beyondLatin(f.text)) {
					continue
				}
				d.units = append(d.units, unit{raw: f.text, kind: f.script.kind, font: f.font})
				f.unit = len(d.units)
				d.old = d.old || mixed || f.script.kind != ""
			}
		}
	}
}

// decode decodes all parts. A document whose .VnTime is TCVN3 has no other .VnTime: what normalize left because it
// reads as it stands ("Sè 12/Q§") is decoded as well.
func (d *decoder) decode() {
	if !d.old {
		return
	}
	paras := make([]normalize.Para, len(d.units))
	for i, u := range d.units {
		paras[i] = normalize.Para{Text: u.raw, Font: u.font}
	}
	paras, _ = normalize.Paragraphs(paras)
	sizes := map[string]int{} // of what was decoded, less what was not
	samples := map[string]string{}
	left := func(u *unit) bool {
		return u.kind != "" && !ascii(u.raw) && !beyondLatin(u.raw) && !beyondLatin(u.text)
	}
	for i := range d.units {
		u := &d.units[i]
		u.text = paras[i].Text
		if u.kind == "" || ascii(u.raw) {
			continue
		}
		kind := strings.TrimSuffix(u.kind, "H")
		if left(u) {
			sizes[kind] -= len(u.raw)
			continue
		}
		if !beyondLatin(u.raw) {
			sizes[kind] += len(u.raw)
			if len(u.raw) > len(samples[kind]) && len(samples[kind]) < sampleBytes {
				samples[kind] = u.raw
			}
		}
	}
	var again []normalize.Para
	var which []*unit
	for i := range d.units {
		u := &d.units[i]
		kind := strings.TrimSuffix(u.kind, "H")
		if !left(u) || sizes[kind] <= 0 || len(samples[kind]) < sampleBytes/4 {
			continue
		}
		again = append(again, normalize.Para{Text: sample(samples[kind]) + sampleEnd + u.raw, Font: u.font})
		which = append(which, u)
	}
	again, _ = normalize.Paragraphs(again)
	for i, u := range which {
		if _, text, ok := strings.Cut(again[i].Text, sampleEnd); ok && text != u.text {
			u.text, u.forced = text, true
		}
	}
}

// A part that tells nothing by itself is decoded behind a sample of the document.
const (
	sampleBytes = 160
	sampleEnd   = " ||| "
)

// sample is the head of a text, in whole words.
func sample(s string) string {
	s = strings.ReplaceAll(s, "|", " ")
	if len(s) > sampleBytes {
		if i := strings.LastIndexByte(s[:sampleBytes], ' '); i > 0 {
			s = s[:i]
		}
	}
	return s
}

// forced reports whether a block holds a part that only the rest of its document could decode.
func (d *decoder) forced(leaves []leaf) bool {
	for _, l := range leaves {
		for _, line := range l {
			for k := range line {
				if n := line[k].unit; n > 0 && d.units[n-1].forced {
					return true
				}
			}
		}
	}
	return false
}

// text is the words of a line, its parts decoded.
func (d *decoder) text(line []fragment) string {
	var b strings.Builder
	for _, f := range line {
		if f.unit > 0 {
			body := strings.Trim(f.text, " \t")
			at := len(f.text) - len(strings.TrimLeft(f.text, " \t"))
			text := d.units[f.unit-1].text
			if f.script.caps {
				text = strings.ToUpper(text)
			}
			f.text = f.text[:at] + text + f.text[at+len(body):]
		}
		b.WriteString(f.text)
	}
	return b.String()
}
