package authority

// Prefix is the number of bytes of the longest name of a body or of a group, known to the tables, at the head of a
// text, and 0 where none stands there: in "Sở Y tế tỉnh Hà Nam báo cáo" it ends before "báo". The word
// behind the name must begin with a small letter or not follow at all, for a capital goes on with a name.
// Unlike Resolve it mends no spelling.
func Prefix(s, date, province string) int {
	n := scanned(s)
	defer n.free()
	if n.src != s { // decomposed Unicode: bytes would not fit
		return 0
	}
	for j := min(len(n.words), longestName); j > 0; j-- {
		if j < len(n.words) && n.words[j].upper > 0 || n.words[j-1].and {
			continue
		}
		if (n.spells(0, j) || n.placeEnds(j)) && n.isKnown(0, j, date, province) {
			return int(n.words[j-1].end)
		}
	}
	return 0
}

// longestName is how many words a name of the tables has at most, with its place.
const longestName = 20

// placeEnds reports whether the words behind the last "tỉnh", "huyện" … before j are a place's name: they begin
// with capitals.
func (n *name) placeEnds(j int) bool {
	for k := j - 1; k > 0; k-- {
		if _, end := n.tier(k, j); end > k {
			for _, w := range n.words[end:j] {
				if w.upper == 0 {
					return false
				}
			}
			return true
		}
	}
	return true
}

// isKnown reports whether words i..j are a body or a group of the tables.
func (n *name) isKnown(i, j int, date, province string) bool {
	if ambiguous()[n.key(i, j)] != "" {
		return false
	}
	if g := n.groupAt(i, j); g != nil && g.words > 1 && !n.spells(i, j) {
		return true
	}
	if _, ok := n.body(i, j, date, province); ok {
		return true
	}
	var g Body
	ok := false
	if g, ok = n.listedGroup(i, j); !ok {
		if k := n.quantifier(i, j); k > i {
			g, ok = n.members(k, j, date, province)
		}
	}
	if !ok {
		return false
	}
	_, ok = BodyByID(g.ID)
	return ok
}
