package kehoach_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"kehoach/extract"
	"kehoach/plan"
)

// labels is what people wrote down of a document by reading it: the parts of it that the tests of this room compare.
type labels struct {
	Doc                                                          string
	Number, Symbol, Type, Issuer, Province, Place, Issued, Title string
	Signer                                                       struct{ Name, Position, Authority string }
	Sections                                                     []labelledNode
}

type labelledNode struct {
	Path  []string
	Start string // the first words
}

func (n *labelledNode) label() string { return n.Path[len(n.Path)-1] }

// labelled is a document with labels: its lines, as a text file would hold them.
type labelled struct {
	labels
	file   string // names it, with the ending that says how it is read
	places []labelPlace
	lines  []string
}

// labelledDocuments are the sample documents with labels, and those of ../shared where they are there. A PDF stands as the text that
// is read from it; scans are left out, for they take minutes.
func labelledDocuments(t *testing.T) []labelled {
	t.Helper()
	var out []labelled
	for _, from := range [][2]string{{"corpus/sample/labels", "corpus/sample"}, {"../shared/gold", "../shared/data"}} {
		files, err := filepath.Glob(filepath.Join(from[0], "*.json"))
		if err != nil {
			t.Fatal(err)
		}
		if len(files) == 0 {
			t.Logf("no labelled documents in %s: left out", from[0])
		}
		for _, name := range files {
			raw, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			d := labelled{}
			if err := json.Unmarshal(raw, &d.labels); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if len(d.Sections) == 0 {
				continue
			}
			d.file = filepath.Base(d.Doc)
			data, err := os.ReadFile(filepath.Join(from[1], d.Doc))
			if err != nil {
				t.Fatal(err)
			}
			text := string(data)
			if filepath.Ext(d.file) == ".pdf" {
				p, err := extract.Read(context.Background(), d.file, data)
				if err != nil {
					t.Fatal(err)
				}
				text, d.file = p.Text, d.file+".txt"
			}
			d.lines = strings.Split(norm.NFC.String(strings.ReplaceAll(text, "\r\n", "\n")), "\n")
			out = append(out, d)
		}
	}
	return out
}

// hits counts what was found of what is asked.
type hits struct{ right, found, asked int }

func (h *hits) add(o hits) { h.right += o.right; h.found += o.found; h.asked += o.asked }

func (h hits) f1() float64 {
	if h.found+h.asked == 0 {
		return 1
	}
	return 2 * float64(h.right) / float64(h.found+h.asked)
}

// words is the form in which words are compared: lower case, quotes and end punctuation dropped, the tone's mark behind its syllable.
func words(s string) []string {
	var out []string
	for _, w := range strings.Fields(strings.ToLower(norm.NFC.String(s))) {
		var base, tones []rune
		for _, r := range norm.NFD.String(w) {
			switch r {
			case 0x300, 0x301, 0x303, 0x309, 0x323:
				tones = append(tones, r)
			case '“', '”', '"', '\'', '‘', '’':
			case '–', '—':
				base = append(base, '-')
			default:
				base = append(base, r)
			}
		}
		if word := strings.Trim(string(base), ".,;:") + string(tones); word != "" {
			out = append(out, word)
		}
	}
	return out
}

func key(s string) string { return strings.Join(words(s), " ") }

// same reports whether words are those of a label. noise allows for letters that were changed: one in eight, and one more.
func same(want, got string, noise bool) bool {
	want, got = key(want), key(got)
	if want == got || !noise {
		return want == got
	}
	w, g := []rune(want), []rune(got)
	return distance(w, g) <= 1+len(w)/8
}

// opens reports whether a node's words begin with those of a label.
func opens(node *plan.Section, start string, noise bool) bool {
	w, g := words(start), words(node.Heading+" "+node.Text)
	n := min(6, len(w))
	if len(g) >= n && strings.Join(w[:n], " ") == strings.Join(g[:n], " ") {
		return true
	}
	if !noise {
		return false
	}
	a, b := []rune(strings.Join(w[:n], "")), []rune(strings.Join(g[:min(len(g), n+4)], ""))
	return slices.Min(distances(a, b)) <= 1+len(a)/5
}

// distance is the number of letters to change, add or drop between two texts.
func distance(a, b []rune) int { return distances(a, b)[len(b)] }

// distances are those between a text and every beginning of another.
func distances(a, b []rune) []int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		last := row[0]
		row[0] = i + 1
		for j := range b {
			cost := last
			if a[i] != b[j] {
				cost++
			}
			last = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row
}

// scoreHeader compares the fields of a header with its labels.
func scoreHeader(want *labels, p *plan.Plan, noise bool, miss func(format string, a ...any)) hits {
	h := hits{}
	field := func(name, want, got string, exact bool) {
		h.asked++
		h.found++
		if same(want, got, noise && !exact) {
			h.right++
		} else {
			miss("%s: want %q, got %q", name, want, got)
		}
	}
	field("number", want.Number, p.Number, false)
	field("symbol", want.Symbol, p.Symbol, false)
	field("type", want.Type, p.Type.Code, true)
	field("issuer", agencyWords(want.Issuer), agencyWords(p.Issuer.Name), false)
	field("province", want.Province, p.Province.Name, true)
	field("place", want.Place, p.Place, false)
	field("issued", want.Issued, p.Issued, true)
	field("title", want.Title, p.Title, false)
	field("signer", want.Signer.Name, p.Signer.Name, false)
	if want.Signer.Position != "" {
		field("position", want.Signer.Position, p.Signer.Position, false)
	}
	if want.Signer.Authority != "" {
		field("authority", want.Signer.Authority, p.Signer.Authority, false)
	}
	return h
}

var writtenOut = strings.NewReplacer("UBND", "Ủy ban nhân dân", "UBMTTQ", "Ủy ban Mặt trận Tổ quốc", "&", "và", ",", "")

func agencyWords(s string) string { return writtenOut.Replace(s) }

// scorePaths compares the outline with its labels: nodes found with the right path. Nodes whose label is lost are neither asked for
// nor held against the outline.
func scorePaths(want *labels, lost map[int]bool, p *plan.Plan, noise bool, miss func(format string, a ...any)) hits {
	h := hits{found: len(p.Sections)}
	used := make([]bool, len(p.Sections))
	next := 0
	find := func(n *labelledNode) int {
		label := key(n.label())
		for _, r := range [][2]int{{next, len(used)}, {0, next}} { // in order first, then anywhere
			for i := r[0]; i < r[1]; i++ {
				if !used[i] && key(p.Sections[i].Label) == label && opens(&p.Sections[i], n.Start, noise) {
					return i
				}
			}
		}
		return -1
	}
	for i := range want.Sections {
		n := &want.Sections[i]
		at := find(n)
		if at >= 0 {
			used[at] = true
			next = max(next, at+1)
		}
		switch {
		case lost[i] && at >= 0:
			h.found--
		case lost[i]:
		case at < 0:
			h.asked++
			miss("no node %s %s", strings.Join(n.Path, "/"), n.Start)
		default:
			h.asked++
			if key(strings.Join(p.Sections[at].Path, " / ")) == key(strings.Join(n.Path, " / ")) {
				h.right++
			} else {
				miss("want %v, got %v: %s", n.Path, p.Sections[at].Path, n.Start)
			}
		}
	}
	for i, u := range used {
		if !u {
			miss("extra node %s %.40s", strings.Join(p.Sections[i].Path, "/"), p.Sections[i].Heading+p.Sections[i].Text)
		}
	}
	return h
}

// labelLine finds the lines that open with the labels of the nodes, in order: for each node its line and the bytes of the line that
// the label and its punctuation take, or line -1.
func (d *labelled) labelLine() []labelPlace {
	out := make([]labelPlace, len(d.Sections))
	at := 0
	for k := range d.Sections {
		n := &d.Sections[k]
		out[k].line = -1
		for i := at; i < len(d.lines); i++ {
			from, to, ok := labelIn(d.lines[i], n.label())
			if !ok {
				continue
			}
			rest := d.lines[i][to:]
			if strings.Trim(rest, " *#") == "" && i+1 < len(d.lines) {
				rest += " " + strings.Join(d.lines[i+1:min(len(d.lines), i+3)], " ")
			}
			w, g := words(n.Start), words(strings.Trim(strings.NewReplacer("*", "", "<", " <").Replace(rest), " "))
			m := min(4, len(w))
			if len(g) >= m && strings.Join(w[:m], " ") == strings.Join(g[:m], " ") {
				out[k] = labelPlace{i, from, to}
				at = i + 1
				break
			}
		}
	}
	return out
}

type labelPlace struct{ line, from, to int }

// labelIn finds a label at the start of a line, behind its markup.
func labelIn(line, label string) (from, to int, ok bool) {
	from = len(line) - len(strings.TrimLeft(line, " \t#*>"))
	for from < len(line) && line[from] == '<' { // tags of HTML
		end := strings.IndexByte(line[from:], '>')
		if end < 0 {
			return 0, 0, false
		}
		from += end + 1
	}
	rest := line[from:]
	if strings.HasPrefix(rest, "(") && !strings.HasPrefix(label, "(") {
		rest = rest[1:]
	}
	if len(rest) < len(label) || !strings.EqualFold(rest[:len(label)], label) {
		return 0, 0, false
	}
	to = len(line) - len(rest) + len(label)
	if to < len(line) && (unicode.IsDigit(rune(line[to])) || line[to] == '.' && to+1 < len(line) && unicode.IsDigit(rune(line[to+1]))) {
		return 0, 0, false
	}
	for to < len(line) && strings.ContainsRune(".):/ \u00a0", rune(line[to])) {
		to++
	}
	return from, to, true
}
