package kehoach_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"kehoach/extract"
	"kehoach/normalize"
	"kehoach/plan"
)

// disturbance changes a document as converters, portals and scanners do.
type disturbance struct {
	name  string
	noise bool // letters are changed, so that words are compared with some room
	do    func(r *rand.Rand, d *labelled, x *disturbed)
}

// disturbed is a document on its way: its lines, and the nodes whose labels are gone.
type disturbed struct {
	file  string
	lines []string
	lost  map[int]bool
}

var disturbances = []disturbance{
	{"shuffled Markdown depths", false, shuffleDepths},
	{"decomposed letters", false, func(_ *rand.Rand, _ *labelled, x *disturbed) {
		x.each(func(s string) string { return norm.NFD.String(s) })
	}},
	{"hoà and hòa swapped", false, func(r *rand.Rand, _ *labelled, x *disturbed) {
		x.each(swapTones)
	}},
	{"line breaks doubled", false, func(_ *rand.Rand, _ *labelled, x *disturbed) {
		x.lines = strings.Split(strings.Join(x.lines, "\n\n"), "\n")
	}},
	{"line breaks inside paragraphs removed", false, func(_ *rand.Rand, _ *labelled, x *disturbed) { x.join() }},
	{"lines wrapped", false, wrap},
	{"one label in twenty deleted", false, loseLabels},
	{"noise at one letter in a hundred", true, addNoise},
	{"page breaks moved", false, movePages},
}

func (x *disturbed) each(do func(string) string) {
	for i, s := range x.lines {
		x.lines[i] = do(s)
	}
}

// TestRobust disturbs the labelled documents in every way, with twenty seeds each, and asks how much of the header and of the outline
// survives: the mean may lose 0.03 and the worst seed 0.05, and the outline stays over 0.90. ROBUST=misses prints what is missed.
func TestRobust(t *testing.T) {
	docs := labelledDocuments(t)
	seeds := uint64(20)
	if testing.Short() {
		seeds = 4
	}
	read := func(file string, lines []string) (*plan.Plan, error) {
		p, err := extract.Read(context.Background(), file, []byte(strings.Join(lines, "\n")))
		return p, err
	}
	silent := func(string, ...any) {}
	var header, paths hits
	places := make([][]labelPlace, len(docs))
	for i := range docs {
		d := &docs[i]
		p, err := read(d.file, d.lines)
		if err != nil {
			t.Fatal(err)
		}
		loud := func(format string, a ...any) { t.Logf("%s: %s", d.file, fmt.Sprintf(format, a...)) }
		header.add(scoreHeader(&d.labels, p, false, loud))
		paths.add(scorePaths(&d.labels, nil, p, false, loud))
		places[i] = d.labelLine()
		for k, pl := range places[i] {
			if pl.line < 0 {
				t.Logf("%s: no line for %v %s", d.file, d.Sections[k].Path, d.Sections[k].Start)
			}
		}
		d.places = places[i]
	}
	t.Logf("%-40s header %.3f, outline path %.3f of %d documents", "as they are", header.f1(), paths.f1(), len(docs))
	for _, dist := range disturbances {
		missed := map[string]int{}
		var heads, outs []float64
		for seed := range seeds {
			var h, o hits
			for i := range docs {
				d := &docs[i]
				x := &disturbed{file: d.file, lines: slices.Clone(d.lines), lost: map[int]bool{}}
				dist.do(rand.New(rand.NewPCG(seed, uint64(i))), d, x)
				p, err := read(x.file, x.lines)
				if err != nil {
					t.Fatalf("%s, seed %d, %s: %v", dist.name, seed, d.file, err)
				}
				miss := silent
				if os.Getenv("ROBUST") != "" {
					miss = func(format string, a ...any) {
						missed[fmt.Sprintf("%s: %s", d.file, fmt.Sprintf(format, a...))]++
						if os.Getenv("ROBUST") == dist.name {
							t.Logf("seed %d, %s: %s", seed, d.file, fmt.Sprintf(format, a...))
						}
					}
				}
				h.add(scoreHeader(&d.labels, p, dist.noise, miss))
				o.add(scorePaths(&d.labels, x.lost, p, dist.noise, miss))
			}
			heads, outs = append(heads, h.f1()), append(outs, o.f1())
		}
		headMean, headWorst := meanAndWorst(heads)
		mean, worst := meanAndWorst(outs)
		t.Logf("%-40s header %.3f, worst %.3f; outline path %.3f, worst %.3f", dist.name, headMean, headWorst, mean, worst)
		printMost(t, missed)
		if headMean < header.f1()-0.03 || headWorst < header.f1()-0.05 {
			t.Errorf("%s: the header falls from %.3f to %.3f in the mean, %.3f in the worst seed", dist.name, header.f1(), headMean, headWorst)
		}
		if mean < paths.f1()-0.03 || worst < paths.f1()-0.05 || worst < 0.9 {
			t.Errorf("%s: the outline falls from %.3f to %.3f in the mean, %.3f in the worst seed", dist.name, paths.f1(), mean, worst)
		}
	}
}

func meanAndWorst(list []float64) (mean, worst float64) {
	worst = slices.Min(list)
	for _, v := range list {
		mean += v / float64(len(list))
	}
	return mean, worst
}

// printMost prints what was missed most often.
func printMost(t *testing.T, missed map[string]int) {
	var list []string
	for m := range missed {
		list = append(list, m)
	}
	slices.SortFunc(list, func(a, b string) int { return missed[b]*1000 - missed[a]*1000 + strings.Compare(a, b) })
	for _, m := range list[:min(len(list), 14)] {
		t.Logf("  %3d %s", missed[m], m)
	}
}

// shuffleDepths gives every heading of a Markdown file another depth, and makes headings of the labelled lines of a text.
func shuffleDepths(r *rand.Rand, d *labelled, x *disturbed) {
	some := false
	for i, s := range x.lines {
		if rest := strings.TrimLeft(s, "#"); rest != s {
			x.lines[i] = strings.Repeat("#", 1+r.IntN(6)) + rest
			some = true
		}
	}
	if some || strings.HasSuffix(d.file, ".html") {
		return
	}
	for _, p := range d.places {
		if p.line >= 0 && len(x.lines[p.line]) < 120 {
			x.lines[p.line] = strings.Repeat("#", 1+r.IntN(6)) + " " + strings.TrimLeft(x.lines[p.line], " ")
		}
	}
}

// swapTones writes the tones of open syllables in the other way than they stand.
func swapTones(s string) string {
	fields := strings.SplitAfter(s, " ")
	for i, w := range fields {
		if other := normalize.Place(w, normalize.New); other != w {
			fields[i] = other
		} else {
			fields[i] = normalize.Place(w, normalize.Old)
		}
	}
	return strings.Join(fields, "")
}

// goesOn reports whether a line goes on with the sentence of another.
func goesOn(line, next string) bool {
	line, next = strings.TrimSpace(line), strings.TrimSpace(next)
	if line == "" || next == "" || strings.ContainsAny(line[len(line)-1:], ".;:!?>*|") || strings.HasPrefix(line, "#") {
		return false
	}
	r, _ := utf8.DecodeRuneInString(next)
	second, _ := utf8.DecodeRuneInString(next[utf8.RuneLen(r):])
	return unicode.IsLower(r) && (unicode.IsLetter(second) || second == ' ')
}

// join undoes the breaks of lines inside sentences, also those with a blank line between.
func (x *disturbed) join() {
	var out []string
	last := -1 // the last line that is not blank
	for _, s := range x.lines {
		if last >= 0 && goesOn(out[last], s) {
			out[last] = strings.TrimRight(out[last], " ") + " " + strings.TrimSpace(s)
			out = out[:last+1]
			continue
		}
		out = append(out, s)
		if strings.TrimSpace(s) != "" {
			last = len(out) - 1
		}
	}
	x.lines = out
}

// wrap breaks long lines at words, as a text of fixed width does; a blank line parts the paragraphs.
func wrap(r *rand.Rand, d *labelled, x *disturbed) {
	if strings.HasSuffix(x.file, ".html") || strings.HasSuffix(x.file, ".md") {
		return
	}
	width := 70 + r.IntN(40)
	var out []string
	for _, s := range x.lines {
		if strings.Contains(s, "|") {
			out = append(out, s)
			continue
		}
		line := ""
		n := 0
		for _, w := range strings.Fields(s) {
			if n > 0 && n+1+utf8.RuneCountInString(w) > width {
				out = append(out, line)
				line, n = "", 0
			}
			if n > 0 {
				line += " "
				n++
			}
			line += w
			n += utf8.RuneCountInString(w)
		}
		out = append(out, line, "")
	}
	x.lines = out
}

// loseLabels drops one label in twenty with its punctuation.
func loseLabels(r *rand.Rand, d *labelled, x *disturbed) {
	for k, p := range d.places {
		if p.line >= 0 && r.IntN(20) == 0 {
			s := x.lines[p.line]
			x.lines[p.line] = s[:p.from] + s[p.to:]
			x.lost[k] = true
		}
	}
}

// alike are letters and signs that a recogniser takes for each other.
var alike = func() map[rune][]rune {
	m := map[rune][]rune{}
	for _, set := range []string{"1lI", "0Oo", "5S", "8B", "2Z", "ceo", "hb", "nu", "uư", "oôơ", "aâă", "eê", "dđ", "DĐ", "AÂĂ", "EÊ", "OÔƠ", "UƯ", "áàảãạ", "ấầẩẫậ", "ắằẳẵặ", "éèẻẽẹ", "ếềểễệ", "íìỉĩị", "óòỏõọ",
		"ốồổỗộ", "ớờởỡợ", "úùủũụ", "ứừửữự", "ÁÀẢÃẠ", "ẤẦẨẪẬ", "ẾỀỂỄỆ", "ỐỒỔỖỘ", "ỨỪỬỮỰ", "i1", "gq", "vy", ".,", ":;", "-–", "CG", "MN", "tf", "rn"} {
		list := []rune(set)
		for _, a := range list {
			for _, b := range list {
				if a != b {
					m[a] = append(m[a], b)
				}
			}
		}
	}
	return m
}()

// addNoise changes one letter or sign in a hundred, as a recogniser does: seven times in ten into one that looks like it, else it is lost,
// doubled, or becomes another letter. Labels that cannot be told any more count as lost.
func addNoise(r *rand.Rand, d *labelled, x *disturbed) {
	at := map[int]int{}
	for k, p := range d.places {
		if p.line >= 0 {
			at[p.line] = k + 1
		}
	}
	for i, s := range x.lines {
		var b strings.Builder
		k := at[i] - 1
		tag := false
		for pos, c := range s {
			tag = tag && c != '>' || c == '<' // markup is not printed
			if tag || c == '>' || c == '#' || c == '*' || c == '|' || c == ' ' || r.IntN(100) > 0 {
				b.WriteRune(c)
				continue
			}
			other := alike[c]
			inLabel := k >= 0 && pos >= d.places[k].from && pos < d.places[k].from+len(d.Sections[k].label())
			switch n := r.IntN(20); {
			case n < 14 && len(other) > 0:
				b.WriteRune(other[r.IntN(len(other))])
			case n < 16:
				if inLabel {
					x.lost[k] = true
				}
			case n < 18:
				b.WriteRune(c)
				b.WriteRune(c)
				if inLabel {
					x.lost[k] = true
				}
			default:
				b.WriteRune(rune('a' + r.IntN(26)))
				if inLabel {
					x.lost[k] = true
				}
			}
		}
		x.lines[i] = b.String()
	}
}

// movePages takes the breaks of pages out of sentences and puts others in, some with the page's number between.
func movePages(r *rand.Rand, d *labelled, x *disturbed) {
	if strings.HasSuffix(x.file, ".html") {
		return
	}
	x.join()
	var out []string
	room := 1200 + r.IntN(1600)
	page := 1
	for _, s := range x.lines {
		at := -1
		if n := utf8.RuneCountInString(s); n > room && !strings.Contains(s, "|") && !strings.HasPrefix(s, "#") {
			runes := []rune(s)
			for at = max(room, 30); at < len(runes) && runes[at] != ' '; at++ {
			}
			if at < len(runes)-2 && unicode.IsLower(runes[at+1]) {
				at = len(string(runes[:at]))
			} else {
				at = -1
			}
			room = n
		}
		room -= utf8.RuneCountInString(s)
		if room > 0 {
			out = append(out, s)
			continue
		}
		room = 2200 + r.IntN(600)
		page++
		if at < 0 {
			out = append(out, s)
			continue
		}
		out = append(out, s[:at], "")
		if r.IntN(2) == 0 {
			out = append(out, fmt.Sprint(page), "")
		}
		out = append(out, strings.TrimLeft(s[at:], " "))
	}
	x.lines = out
}
