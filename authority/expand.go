package authority

import (
	_ "embed"
	"strings"

	"kehoach/internal/tsv"
)

//go:embed tables/abbreviations.tsv
var abbreviationsTSV string

var abbreviations = func() map[string]string {
	m := map[string]string{}
	for _, r := range tsv.MustParse("abbreviations.tsv", abbreviationsTSV, "short", "long").Rows {
		key := keyOf(r[0])
		if m[key] != "" {
			panic("authority: abbreviations.tsv: twice: " + r[0])
		}
		m[key] = r[1]
	}
	return m
}()

// Expand writes the abbreviations in a body's name out. Its place stays, and so does the spelling of all that
// is no abbreviation: "UBND các huyện, TP" → "Ủy ban nhân dân các huyện, thành phố",
// "Sở Văn hoá và TT" keeps its "hoá" only where the part stands written out.
func Expand(s string) string {
	var n name
	n.scan(s)
	capital := false
	for _, w := range n.words {
		if w.upper > 1 || w.runes == 3 && w.upper > 0 { // "Cty"
			capital = true
			break
		}
	}
	if !capital {
		return s
	}
	var b strings.Builder
	done := 0 // bytes of n.src that are written
	for i := 0; i < len(n.words); {
		long, j := n.expansion(i)
		if long == "" {
			i++
			continue
		}
		b.WriteString(n.src[done:n.words[i].start])
		b.WriteString(long)
		done = int(n.words[j-1].end)
		if done < len(n.src) && n.src[done] == '.' && done+1 < len(n.src) {
			done++ // "TP. Hà Nội", "TT.HĐND"
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

// expansion is what the longest abbreviation that begins at word i stands for, and the word after it.
func (n *name) expansion(i int) (string, int) {
	for j := min(i+9, len(n.words)); j > i; j-- {
		if n.words[j-1].and || !n.shorted(i, j) || !n.joined(i, j) {
			continue
		}
		key := n.key(i, j)
		if long := shortened[string(key)]; long != "" {
			return long, j
		}
		if long := abbreviations[string(key)]; long != "" {
			return n.fit(long, i), j
		}
	}
	return n.manyMeanings(i)
}

// shorted reports whether one of words i..j looks like an abbreviation: two capitals or more.
func (n *name) shorted(i, j int) bool {
	for _, w := range n.words[i:j] {
		if w.upper > 1 || w.upper > 0 && w.runes == 3 && w.end-w.start == 3 {
			return true
		}
	}
	return false
}

// joined reports whether words i..j stand in one name: nothing but blanks and joiners between them.
func (n *name) joined(i, j int) bool {
	for k := i; k+1 < j; k++ {
		if strings.ContainsAny(n.src[n.words[k].end:n.words[k+1].start], ";:()/") {
			return false
		}
	}
	return true
}

// fit writes the first letter of an expansion as its place asks: a capital at the head of the name.
func (n *name) fit(long string, i int) string {
	if i == 0 {
		return capitalised(long)
	}
	return long
}

// manyMeanings tells TT, TP and CT apart by what follows them.
func (n *name) manyMeanings(i int) (string, int) {
	next := ""
	if i+1 < len(n.words) {
		next = string(n.key(i+1, i+2))
	}
	if n.words[i].upper < 2 && string(n.key(i, i+1)) != "tp" {
		return "", i
	}
	switch string(n.key(i, i+1)) {
	case "tp":
		if n.words[i].upper > 0 {
			return n.fit("thành phố", i), i + 1
		}
	case "tt":
		switch {
		case next == "hđnd" || next == "hôi5" || next == "tu" || next == "tinh3" || next == "thanh2" || next == "huyên5" || next == "ubnd" || next == "đang3" || next == "quân5":
			return "Thường trực", i + 1
		case next != "" && n.words[i+1].upper > 0:
			return "Trung tâm", i + 1
		}
	case "ct":
		if next == "ubnd" || next == "uy3" || next == "hđnd" {
			return "Chủ tịch", i + 1
		}
	}
	return "", i
}
