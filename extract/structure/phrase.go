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

// openers are the places in a list of folded phrases by their first word, in order, so that those which begin at a place are found
// at once. Each begins with a letter or a digit.
type openers map[string][]int

func newOpeners[T any](list []T, phrase func(T) string) openers {
	o := openers{}
	for i, v := range list {
		w := phrase(v)
		first := w[:runOfLetters(w, 0)]
		o[first] = append(o[first], i)
	}
	return o
}

// each calls do with every place in the list whose first word stands in a folded text from a byte on, and with that word's byte, until
// do says that it is enough. Words are told apart as hasWord does.
func (o openers) each(fold string, from int, do func(i, at int) bool) {
	for at := from; at < len(fold); at++ {
		end := runOfLetters(fold, at)
		if end == at {
			continue
		}
		for _, i := range o[fold[at:end]] {
			if !do(i, at) {
				return
			}
		}
		at = end
	}
}

// runOfLetters is the end of the letters and digits that begin at a byte.
func runOfLetters(fold string, at int) int {
	for at < len(fold) && (isLetter(fold[at]) || isDigit(fold[at])) {
		at++
	}
	return at
}

// wordStart is where the letters and digits that end before a byte begin; it looks at forty bytes.
func wordStart(fold string, end int) int {
	i := end
	for i > 0 && end-i < 40 && (isLetter(fold[i-1]) || isDigit(fold[i-1])) {
		i--
	}
	return i
}
