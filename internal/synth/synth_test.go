package synth

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kehoach/plan"
)

func TestSameSeedSameBytes(t *testing.T) {
	for i := range 2 * len(layouts) {
		a, b := New(7).Plan(i), New(7).Plan(i)
		if !bytes.Equal(a.Bytes, b.Bytes) || a.Truth.Text != b.Truth.Text {
			t.Fatalf("document %d differs between two makers of one seed", i)
		}
		if c := New(8).Plan(i); bytes.Equal(a.Bytes, c.Bytes) {
			t.Fatalf("document %d is the same for two seeds", i)
		}
	}
}

// TestBytes pins the bytes of a round of layouts. The sum changes with templates and code, and with nothing else.
func TestBytes(t *testing.T) {
	h := sha256.New()
	for i := range len(layouts) {
		h.Write(New(1).Plan(i).Bytes)
	}
	if got := fmt.Sprintf("%x", h.Sum(nil)[:8]); got != bytesOfSeedOne {
		t.Errorf("the bytes of seed 1 are %s, want %s", got, bytesOfSeedOne)
	}
}

const bytesOfSeedOne = "7de806cf74f46458"

// TestDice pins the generator itself, so that seeds stay good under every version of Go.
func TestDice(t *testing.T) {
	d := &dice{state: 42}
	var got []int
	for range 8 {
		got = append(got, d.n(1000))
	}
	if want := []int{741, 159, 278, 344, 38, 868, 218, 800}; !slices.Equal(got, want) {
		t.Errorf("dice of 42: %v, want %v", got, want)
	}
}

func TestEveryLayoutIsUsed(t *testing.T) {
	if len(layouts) < 40 {
		t.Errorf("%d layouts, want at least 40", len(layouts))
	}
	seen := map[string]bool{}
	for i := range len(layouts) {
		d := New(1).Plan(i)
		seen[d.Layout] = true
		if len(d.Truth.Sections) < 3 || len(d.Bytes) < 1500 {
			t.Errorf("%s: %d sections in %d bytes", d.Layout, len(d.Truth.Sections), len(d.Bytes))
		}
	}
	for _, name := range Layouts() {
		if !seen[name] {
			t.Errorf("layout %s is not used", name)
		}
	}
}

func TestVocabulary(t *testing.T) {
	types := map[string]int{}
	words := 0
	for i := range 600 {
		for _, w := range syllables(New(3).Plan(i).Truth.Text) {
			types[w]++
			words++
		}
	}
	if len(types) < 2500 {
		t.Errorf("%d syllable types in 600 documents, want at least 2500", len(types))
	}
	var counts []int
	for _, n := range types {
		counts = append(counts, n)
	}
	slices.Sort(counts)
	slices.Reverse(counts)
	share := 0
	for _, n := range counts[:100] {
		share += n
	}
	// In the five real plans the hundred commonest syllables are about half of all.
	if part := float64(share) / float64(words); part < 0.35 || part > 0.65 {
		t.Errorf("the hundred commonest syllables are %.2f of the text", part)
	}
	t.Logf("%d syllable types in %d syllables; the commonest hundred are %.2f of them", len(types), words, float64(share)/float64(words))
}

func TestCompounds(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range vocabulary {
		for _, w := range r.words {
			if strings.Contains(w, " ") {
				seen[w] = true
			}
		}
	}
	if len(seen) < 3000 {
		t.Errorf("%d compound words, want at least 3000", len(seen))
	}
}

func TestThirdIsDamaged(t *testing.T) {
	const n = 900
	damaged := 0
	seen := map[string]int{}
	for i := range n {
		d := New(5).Plan(i)
		if len(d.Damage) > 0 {
			damaged++
		}
		for _, name := range d.Damage {
			seen[name]++
		}
	}
	if part := float64(damaged) / n; part < 0.28 || part > 0.38 {
		t.Errorf("%.2f of the documents are damaged, want about a third", part)
	}
	for _, name := range Damages {
		if seen[name] < 3 {
			t.Errorf("damage %s came about %d times in %d documents", name, seen[name], n)
		}
	}
}

// TestDamageShows looks for the damage in the bytes.
func TestDamageShows(t *testing.T) {
	signs := map[string]*regexp.Regexp{
		"horn":            regexp.MustCompile(`ƣ`),
		"nfd":             regexp.MustCompile(`\x{0302}`),
		"truncated":       regexp.MustCompile(`\[\.\.\.\]`),
		"furniture":       regexp.MustCompile(`Chủ quản`),
		"stars":           regexp.MustCompile(`\*\*`),
		"blank_number":    regexp.MustCompile(`Số:\s+/|Số: ……/`),
		"blank_day":       regexp.MustCompile(`ngày (\s+|\.\.\.) ?tháng`),
		"malformed_date":  regexp.MustCompile(`/\d{5,6}\b`),
		"glued_label":     regexp.MustCompile(`(?m)^[#*<pb> ]*((\d+\.)+|[IVX]+\.)\p{Lu}`),
		"markdown_levels": regexp.MustCompile(`(?m)^##+ .*\d`),
	}
	for i := range 600 {
		d := New(9).Plan(i)
		text := string(d.Bytes)
		if slices.Contains(d.Damage, "nfd") { // its signs are composed
			continue
		}
		for _, name := range d.Damage {
			if re := signs[name]; re != nil && !re.MatchString(strings.ReplaceAll(text, "ƣ", "ƣ")) && !slices.Contains(d.Damage, "horn") {
				t.Errorf("%s: no sign of %s", d.Name, name)
			}
		}
	}
}

func TestTruthStandsInTheText(t *testing.T) {
	for i := range 5 * len(layouts) {
		d := New(11).Plan(i)
		p := d.Truth
		quote := func(what string, at plan.Span, want string) {
			if got := p.Quote(at); got != want || want == "" {
				t.Errorf("%s: %s: span reads %q, want %q", d.Name, what, got, want)
			}
		}
		for _, c := range p.Citations {
			quote("citation", c.Span, c.Text)
		}
		for _, x := range p.Deadlines {
			quote("deadline", x.Span, x.Text)
		}
		for _, x := range p.Targets {
			quote("target", x.Span, x.Text)
		}
		for _, x := range p.Funding.Amounts {
			quote("amount", x.Span, x.Text)
		}
		for _, x := range p.Footnotes {
			quote("footnote", x.Span, x.Text)
		}
		for _, a := range p.Assignments {
			quote("assignment of "+a.Agency, a.Span, a.Task)
		}
		for _, n := range p.Sections {
			q := p.Quote(n.Span)
			if !strings.HasPrefix(q, n.Label) && !strings.HasPrefix(strings.TrimPrefix(q, "("), n.Label) || !strings.Contains(q, n.Heading) {
				t.Errorf("%s: section %v: span reads %.60q", d.Name, n.Path, q)
			}
			if n.Text != strings.TrimSpace(p.Quote(n.Body)) {
				t.Errorf("%s: section %v: text is not its body", d.Name, n.Path)
			}
		}
		for _, r := range p.Recipients {
			if !strings.Contains(p.Text, r) {
				t.Errorf("%s: recipient %q is not in the text", d.Name, r)
			}
		}
		if !strings.Contains(strings.ReplaceAll(p.Text, "\n", " "), p.Title) {
			t.Errorf("%s: title %q is not in the text", d.Name, p.Title)
		}
	}
}

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	if err := New(1).Write(dir, 120); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*", "*"))
	if err != nil || len(files) != 120 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	data, err := os.ReadFile(files[101])
	if err != nil || !bytes.Equal(data, New(1).Plan(101).Bytes) {
		t.Errorf("file 101 is not document 101")
	}
}

func TestLong(t *testing.T) {
	for _, size := range []int{10_000, 100_000, 1_000_000} {
		n := len(New(1).Long(size).Bytes)
		if n < size/2 || n > size*16/10 {
			t.Errorf("a document of about %d bytes has %d", size, n)
		}
	}
}

// syllables are the words of a text in lower case that are made of letters.
func syllables(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !isLetter(r) })
}

func TestBroad(t *testing.T) {
	for i := range 200 {
		all, some := New(3).Plan(i).Truth, New(3).Broad(i, 9).Truth
		if all.Text != some.Text {
			t.Fatalf("document %d: another text", i)
		}
		top := 0
		for _, s := range all.Sections {
			if s.Level == 1 {
				top++
			}
		}
		if want := min(len(all.Sections), max(top, 9)); len(some.Sections) != want {
			t.Errorf("document %d: %d nodes of %d, %d of them at the top; want %d", i, len(some.Sections), len(all.Sections), top, want)
		}
	}
}
