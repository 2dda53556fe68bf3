package authority

import "strings"

// Bare is a body's name without its place and without "Đề nghị", "Giao" or "Mời" before it, its first letter a
// capital: "Sở Công Thương tỉnh Lạng Sơn" → "Sở Công Thương". Of other bodies the bare tier stays: "Công an tỉnh
// Lạng Sơn" → "Công an tỉnh". The title of a body's head goes too, for what its
// head is asked the body is. The place stays where it is part of a proper name (a newspaper, a station, a
// museum, a school, a company), and so does a bare "tỉnh" or "Thành phố", or the name of a district or commune.
func Bare(s string) string {
	n := scanned(s)
	defer n.free()
	return n.bareText(n.bare())
}

// bare finds the words of a name that Bare keeps.
func (n *name) bare() (i, end int) {
	i, end = n.verb(0), n.note(len(n.words))
	if k := n.title(i, end); k > i && n.words[k].upper > 0 {
		if _, ok := n.body(k, end, "", ""); ok {
			i = k
		}
	}
	if n.skip(proper, i, end) == i || n.skip(loose, i, end) > i {
		end = n.unplaced(i, end)
	}
	return i, end
}

// bareText is words i..end as Bare gives them, with what stands after the last word where none was dropped.
func (n *name) bareText(i, end int) string {
	if i >= end {
		return strings.TrimSpace(n.src)
	}
	to := len(n.src)
	if end < len(n.words) {
		to = int(n.words[end-1].end)
	}
	return capitalised(strings.TrimRight(strings.TrimSpace(n.src[n.words[i].start:to]), " ,;:.-–"))
}

// Agency is a body's name as a plan's assignments hold it: written out, and without its place.
func Agency(s string) string { return Bare(Expand(s)) }

// unplaced is the end of words i..j without the place.
func (n *name) unplaced(i, j int) int {
	isLoose := n.skip(loose, i, j) > i
	for k := i + 1; k < j; k++ {
		if at := int(n.words[k].key); at == len(n.keys) || n.keys[at] != 't' {
			continue // none of the words below
		}
		area := k+2 < j && n.says(k, k+3, "trênđia5ban2", "trendiaban")
		switch {
		case isLoose && (area || n.key(k, k+1) == "thuôc5"):
			if n.key(k-1, k) == "trưc5" && k-1 > i { // trực thuộc
				k--
			}
			return k
		case area && n.province(k+3, j) != nil && (n.provincePrefix(k+3, j) > k+3 || n.words[k+3].upper > 0):
			return k
		}
		if at := n.provincePrefix(k, j); at > k && at < j && k >= j-7 {
			if f := n.province(k, j); f != nil && (n.says(k, k+1, "tinh3", "tinh") || isCity(f, "")) {
				if n.says(i, i+1, "sơ3", "so") || strings.Contains(n.src[n.words[k-1].end:n.words[k].start], ",") {
					return k // a department is always the province's; "huyện Cao Lộc, tỉnh Lạng Sơn" has its own place
				}
				if k-1 > i && words().linking.has(n, k-1, k) {
					return k - 1
				}
				return at // "Công an thành phố", "Ủy ban nhân dân tỉnh": the tier stays
			}
		}
	}
	if !isLoose {
		return j
	}
	for k := max(i+1, j-5); k < j; k++ { // a province's bare name after the whole name of a kind
		if n.words[k].upper > 0 && n.province(k, j) != nil && n.spells(i, k) {
			return k
		}
	}
	return j
}

// spells reports whether words i..j are the whole name of a kind of body.
func (n *name) spells(i, j int) bool {
	for _, m := range n.matches(i) {
		if m.forms != nil && m.end == j {
			return true
		}
	}
	return false
}
