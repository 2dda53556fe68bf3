package authority

import (
	_ "embed"
	"iter"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"kehoach/internal/tsv"
	"kehoach/normalize"
)

//go:embed tables/abbreviations.tsv
var abbreviationsTSV string

// abbreviations leads from the key of an abbreviation to what it stands for.
var abbreviations = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for _, r := range tsv.MustParse("abbreviations.tsv", abbreviationsTSV, "short", "long").Rows {
		key := keyOf(r[0])
		if m[key] != "" {
			panic("authority: abbreviations.tsv: twice: " + r[0])
		}
		m[key] = r[1]
	}
	return m
})

// Abbreviations gives every abbreviation of a body's name with what it stands for, in the order of the table.
func Abbreviations() iter.Seq2[string, string] {
	return func(yield func(short, long string) bool) {
		for _, r := range tsv.MustParse("abbreviations.tsv", abbreviationsTSV, "short", "long").Rows {
			if !yield(r[0], r[1]) {
				return
			}
		}
	}
}

// Expand writes the abbreviations in a body's name out. Its place stays, and so does the spelling of all that
// is no abbreviation: "UBND các huyện, TP" → "Ủy ban nhân dân các huyện, thành phố", "Sở Văn hoá và TT" →
// "Sở Văn hóa và Thể thao" (a name abbreviated in one part is written as the table has it).
func Expand(s string) string {
	if !mayAbbreviate(s) {
		return s
	}
	n := scanned(s)
	defer n.free()
	shouted := len(n.words) > 2 && n.shouted()
	var b strings.Builder
	done := 0 // bytes of n.src that are written
	for i := 0; i < len(n.words); {
		long, j := n.expansion(i)
		if long == "" || shouted && j == i+1 && normalize.Valid(n.text(i, j)) { // "TU" in capitals is tu as well
			i++
			continue
		}
		gap := n.src[done:n.words[i].start]
		if strings.TrimSpace(gap) == "&" {
			gap = " và "
		}
		b.WriteString(gap)
		b.WriteString(long)
		done = int(n.words[j-1].end)
		if done+1 < len(n.src) && n.src[done] == '.' { // "TP. Hà Nội", "TT.HĐND"
			done++
			if n.src[done] != ' ' {
				b.WriteByte(' ')
			}
		}
		i = j
	}
	if done == 0 {
		return s
	}
	b.WriteString(n.src[done:])
	return b.String()
}

// mayAbbreviate is a quick test: two capitals on end, or a capital and a mark of abbreviation.
func mayAbbreviate(s string) bool {
	capital := false
	for _, r := range s {
		up := classOf(r) == upper
		if up && capital {
			return true
		}
		capital = up
	}
	return halfShort(s)
}

// mayAbbreviate is the same test for a name that is scanned.
func (n *name) mayAbbreviate() bool {
	for i := range n.words {
		if n.words[i].upper > 1 {
			return true
		}
	}
	return halfShort(n.src)
}

// halfShort finds abbreviations with one capital.
func halfShort(s string) bool {
	return strings.Contains(s, "Cty") || strings.Contains(s, "Tp") || strings.Contains(s, "Tx") || strings.Contains(s, "Đ/c")
}

// expansion is what the longest abbreviation that begins at word i stands for, and the word after it.
func (n *name) expansion(i int) (long string, next int) {
	if n.words[i].and || n.words[i].upper == 0 {
		return "", i
	}
	var buf [16]match
	for _, m := range byKey().walk(n, i, buf[:0]) {
		if m.long != "" && n.short(i, m.end) && n.joined(i, m.end, listStops) {
			if i == 0 {
				return capitalised(m.long), m.end
			}
			return m.long, m.end
		}
	}
	return n.byPlace(i)
}

// short reports whether one of words i..j looks like an abbreviation: two capitals or more.
func (n *name) short(i, j int) bool {
	for _, w := range n.words[i:j] {
		if w.upper > 1 || w.upper == 1 && w.runes == 3 && strings.EqualFold(n.src[w.start:w.end], "cty") {
			return true
		}
	}
	return false
}

// byPlace tells TP, TT and CT apart by the words beside them.
func (n *name) byPlace(i int) (long string, next int) {
	after := n.key(i+1, i+2)
	if i+1 >= len(n.words) || !n.joined(i, i+2, listStops) {
		after = ""
	}
	switch w := n.words[i]; n.key(i, i+1) {
	case "tp":
		if w.upper > 0 {
			if i == 0 {
				return "Thành phố", i + 1
			}
			return "thành phố", i + 1
		}
	case "tt":
		switch {
		case w.upper < 2:
		case after != "" && words().standing.has(n, i+1, i+2):
			return "Thường trực", i + 1
		case after != "" && n.words[i+1].upper > 0:
			return "Trung tâm", i + 1
		}
	case "ct":
		if w.upper == 2 && (after == "ubnd" || after == "hđnd" || after == "uy3") {
			return "Chủ tịch", i + 1
		}
	}
	return "", i
}

// capitalised is s with its first letter a capital.
func capitalised(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if up := unicode.ToUpper(r); up != r {
		return string(up) + s[size:]
	}
	return s
}
