package synth

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"kehoach/plan"
)

// Damages names what may be wrong with a made document, as it is with real ones.
var Damages = []string{
	"page_break",      // a paragraph cut in two inside a sentence, sometimes with the page's number between
	"repeated_label",  // two siblings with one label
	"label_jump",      // a label left out
	"glued_label",     // "3.3.Thời gian"
	"horn",            // ƣ for ư, from a PDF
	"lost_dash",       // bullets without their dash
	"stars",           // stray ** of a converter in plain text
	"markdown_levels", // siblings with different numbers of #
	"nfd",             // decomposed letters
	"tones",           // hoà beside hòa
	"blank_number",
	"blank_day",
	"malformed_date", // "ngày 12/42012" in a citation
	"furniture",      // a page's menu above and footer below
	"truncated",      // "[...]" and the portal's footer
	"stamp",          // the lines of a digital signature above the letterhead
	"spaces",         // lines set in with spaces, words set apart with two
	"nbsp",           // U+00A0 for some spaces
	"crlf",           // Windows' ends of lines after a byte order mark
}

// damage is what happens to one document.
type damage struct {
	chosen                                       []string
	blankNumber, blankDay, badDate, repeat, jump bool
	pageBreak, horn, lostDash, stars, levels     bool
	nfd, tones, furniture, truncated             bool
	stamp, spaces, nbsp, crlf                    bool
	glue                                         int
}

// chooseDamage damages every third document or so, in one way or two that its layout allows.
func chooseDamage(d *dice, l *layout, i int) damage {
	x := damage{}
	if (i%len(layouts)+i/len(layouts))%3 != 0 {
		return x
	}
	text, deep := l.format == "text", len(l.labels) > 1
	allowed := map[string]bool{
		"page_break": !l.extras["wrap"], "repeated_label": deep && l.org != "dash" && l.org != "star", "label_jump": deep,
		"glued_label": deep && strings.Trim(l.labels[1], "1I.") == "" && strings.HasSuffix(l.labels[1], "."), "horn": true,
		"lost_dash": l.bullet != "none" && l.format != "html" && l.org != "star" && l.format != "portal",
		"stars":     text, "markdown_levels": l.format == "markdown", "nfd": true, "tones": true, "blank_number": l.head != "none" && l.head != "meta" && l.format != "portal",
		"blank_day": l.head != "none" && l.head != "meta" && l.format != "portal", "malformed_date": l.extras["grounds"], "furniture": text, "stamp": text && l.head != "meta", "spaces": text, "nbsp": true, "crlf": true,
		"truncated": l.head != "decision" && l.format != "portal" && l.format != "html" && !l.extras["missing"] && !l.extras["annex"],
	}
	for k := d.span(1, 2); k > 0; {
		name := pick(d, Damages)
		if l.format == "markdown" && d.chance(25) {
			name = "markdown_levels"
		}
		if allowed[name] {
			x.chosen = append(x.chosen, name)
			allowed[name] = false
			k--
		}
	}
	for _, name := range x.chosen {
		switch name {
		case "page_break":
			x.pageBreak = true
		case "repeated_label":
			x.repeat = true
		case "label_jump":
			x.jump = true
		case "glued_label":
			x.glue = 3
		case "horn":
			x.horn = true
		case "lost_dash":
			x.lostDash = true
		case "stars":
			x.stars = true
		case "markdown_levels":
			x.levels = true
		case "nfd":
			x.nfd = true
		case "tones":
			x.tones = true
		case "blank_number":
			x.blankNumber = true
		case "blank_day":
			x.blankDay = true
		case "malformed_date":
			x.badDate = true
		case "furniture":
			x.furniture = true
		case "truncated":
			x.truncated = true
		case "stamp":
			x.stamp = true
		case "spaces":
			x.spaces = true
		case "nbsp":
			x.nbsp = true
		case "crlf":
			x.crlf = true
		}
	}
	return x
}

// names are the damages that came about: a label can only be repeated where there are two.
func (x *damage) names() []string {
	var out []string
	for _, n := range x.chosen {
		if n == "repeated_label" && x.repeat || n == "label_jump" && x.jump || n == "malformed_date" && x.badDate || n == "glued_label" && x.glue == 3 {
			continue
		}
		out = append(out, n)
	}
	return out
}

// count numbers the next unit of a level, now and then wrongly.
func (x *damage) count(w *writer, level int) {
	i := level - 1
	step := 1
	switch {
	case level < 2 || w.counts[i] == 0:
	case x.repeat && w.dice.chance(35):
		step, x.repeat = 0, false
		w.fault = plan.RepeatedLabel
	case x.jump && w.dice.chance(35):
		step, x.jump = 2, false
		w.fault = plan.LabelJump
	}
	w.counts[i] += step
}

// draft does the damage that changes lines before they are settled.
func (x *damage) draft(w *writer) {
	if x.lostDash {
		for _, l := range w.lines {
			if l.lead > 0 && !l.whole && !l.sub && w.dice.chance(70) {
				l.text = l.text[l.lead:]
				for i := range l.marks {
					l.marks[i].from -= l.lead
					l.marks[i].to -= l.lead
				}
				l.cut, l.lead = l.lead, 0
			}
		}
	}
	if x.truncated {
		x.truncate(w)
	}
}

// truncate cuts the document in its second half.
func (x *damage) truncate(w *writer) {
	first, last := -1, 0
	for i, l := range w.lines {
		if l.zone == body {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	at := first + (last-first)*w.dice.span(50, 85)/100
	for u := w.lines[at].unit; u != nil && u.Heading != "" || w.lines[at].style != plain; u = w.lines[at].unit {
		at--
	}
	w.lines = w.lines[:at+1]
	t := w.truth
	var kept []plan.Problem
	for _, p := range t.Problems {
		if p.Code != plan.MissingSignature {
			kept = append(kept, p)
		}
	}
	t.Problems = append(kept, plan.Problem{Code: plan.TruncatedSource})
	t.Signer = plan.Signer{Name: t.Signer.Name}
	if w.layout.head == "meta" {
		t.Inferred = append(t.Inferred, "signer")
	} else {
		t.Signer.Name = ""
	}
}

// breakAt is a byte of a sentence at which a page may end: a space between two words in lower case, or -1.
func breakAt(d *dice, s string) int {
	if utf8.RuneCountInString(s) < 60 {
		return -1
	}
	at := len(s)/3 + d.n(len(s)/3)
	for i := at; i < len(s)-12; i++ {
		if s[i] != ' ' {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		after, _ := utf8.DecodeRuneInString(s[i+1:])
		if unicode.IsLower(before) && unicode.IsLower(after) {
			return i
		}
	}
	return -1
}

// bind puts U+00A0 for some spaces, and setIn sets some lines in and some words apart.
func bind(d *dice, s string) string {
	return sprinkle(s, ' ', func() string { return pick2(d.chance(4), "\u00a0", " ") })
}

func setIn(d *dice, s string) string {
	s = sprinkle(s, ' ', func() string { return pick2(d.chance(2), "  ", " ") })
	return sprinkle(s, '\n', func() string { return pick2(d.chance(30), "\n     ", "\n") })
}

func sprinkle(s string, sep byte, with func() string) string {
	var b strings.Builder
	for i := range len(s) {
		if s[i] == sep {
			b.WriteString(with())
		} else {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

var hornless = strings.NewReplacer("ư", "ƣ", "Ư", "Ƣ")

// newTones are the open syllables whose mark has two places (the old one first).
var newTones = func() [][2]string {
	var out [][2]string
	for _, row := range []string{"òa óa ỏa õa ọa oà oá oả oã oạ", "òe óe ỏe õe ọe oè oé oẻ oẽ oẹ", "ùy úy ủy ũy ụy uỳ uý uỷ uỹ uỵ"} {
		f := strings.Fields(row)
		for i := range 5 {
			out = append(out, [2]string{f[i], f[i+5]}, [2]string{strings.ToUpper(f[i]), strings.ToUpper(f[i+5])}, [2]string{upperFirst(f[i]), upperFirst(f[i+5])})
		}
	}
	return out
}()

// mixTones moves the mark of some open syllables to the place of the new style.
func mixTones(d *dice, s string) string {
	for _, pair := range newTones {
		var b strings.Builder
		rest := s
		for {
			before, after, found := strings.Cut(rest, pair[0])
			b.WriteString(before)
			if !found {
				break
			}
			next, _ := utf8.DecodeRuneInString(after)
			if !unicode.IsLetter(next) && d.chance(60) {
				b.WriteString(pair[1])
			} else {
				b.WriteString(pair[0])
			}
			rest = after
		}
		s = b.String()
	}
	return s
}
