package structure

import "sort"

// phrases are folded phrases by their last word, so that the one which ends before a place is found at once.
type phrases map[string][]string

// newPhrases sorts a list so that the longest phrase is found first.
func newPhrases(list []string) phrases {
	p := phrases{}
	for _, w := range list {
		last := w[wordStart(w, len(w)):]
		p[last] = append(p[last], w)
	}
	for _, list := range p {
		sort.SliceStable(list, func(i, j int) bool { return len(list[i]) > len(list[j]) })
	}
	return p
}

// before finds the longest phrase that ends right before a byte of a folded line, blanks aside, and begins at
// floor or behind it.
func (p phrases) before(fold string, floor, at int) (start int, phrase string, ok bool) {
	end := trimRight(fold, floor, at)
	for _, w := range p[fold[wordStart(fold, end):end]] {
		if start, ok := before(fold, end, w); ok && start >= floor {
			return start, w, true
		}
	}
	return 0, "", false
}

// wordStart is where the letters and digits that end before a byte begin; it looks at forty bytes.
func wordStart(fold string, end int) int {
	i := end
	for i > 0 && end-i < 40 && (isLetter(fold[i-1]) || isDigit(fold[i-1])) {
		i--
	}
	return i
}
