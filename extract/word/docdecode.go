package word

import (
	"strings"

	"kehoach/normalize"
)

// decoder decodes the runs of blocks that are mixed. The lines of the others are their context.
type decoder struct {
	paras []normalize.Para
	mixed bool
}

// add gathers the parts of a block: of one that is mixed each in its script, else each line as one.
func (d *decoder) add(leaves []leaf, mixed bool) {
	for _, l := range leaves {
		for _, line := range l {
			if !mixed {
				if text := textOf(line); !ascii(text) {
					d.paras = append(d.paras, normalize.Para{Text: text, Font: fontOfLine(line)})
				}
				continue
			}
			for k := range line {
				f := &line[k]
				if strings.Trim(f.text, " \t") == "" || f.script == (script{}) && (ascii(f.text) || beyondLatin(f.text)) {
					continue
				}
				d.paras = append(d.paras, normalize.Para{Text: f.text, Font: f.font})
				f.unit = len(d.paras)
				d.mixed = true
			}
		}
	}
}

// decode decodes what was gathered, where any of it is mixed.
func (d *decoder) decode() {
	if d.mixed {
		d.paras, _ = normalize.Paragraphs(d.paras)
	}
}

// text is the words of a line, its parts decoded.
func (d *decoder) text(line []fragment) string {
	if len(line) == 1 && line[0].unit == 0 {
		return line[0].text
	}
	var b strings.Builder
	for _, f := range line {
		if f.unit > 0 {
			body := strings.Trim(f.text, " \t")
			at := len(f.text) - len(strings.TrimLeft(f.text, " \t"))
			text := d.paras[f.unit-1].Text
			if f.script.caps {
				text = strings.ToUpper(text)
			}
			f.text = f.text[:at] + text + f.text[at+len(body):]
		}
		b.WriteString(f.text)
	}
	return b.String()
}
