package structure

import (
	"sort"
	"strings"
)

// oldSymbols stand behind the dash of numbers before 1997, "27-CP", "327-CT": of the Government, the Council of
// Ministers and its chairman, the Prime Minister. Folded.
var oldSymbols = []string{"-cp", "-ttg", "-hdbt", "-ct", "-hdnn"}

// hasOldNumber is a quick test for such a number.
func hasOldNumber(fold string) bool {
	for _, w := range oldSymbols {
		for i := 0; ; {
			j := strings.Index(fold[i:], w)
			if j < 0 {
				break
			}
			i += j + len(w)
			if at := i - len(w); at > 0 && isDigit(fold[at-1]) && (i == len(fold) || !isLetter(fold[i]) && !isDigit(fold[i]) && fold[i] != '/') {
				return true
			}
		}
	}
	return false
}

// oldNumbers adds the mentions by numbers without a slash: they count behind a type and "số" alone.
func (r *ruler) oldNumbers(hits []hit) []hit {
	fold := r.line.fold
	n := len(hits)
	for _, w := range oldSymbols {
		for i := 0; ; {
			j := strings.Index(fold[i:], w)
			if j < 0 {
				break
			}
			at := i + j
			i = at + len(w)
			from := digitsFrom(fold, at, 0)
			if from == at || at-from > 5 || i < len(fold) && (isLetter(fold[i]) || isDigit(fold[i]) || fold[i] == '/') || !freeBefore(fold, from) {
				continue
			}
			start, code, so := r.typeBefore(from, 0)
			if !so || code == "" || !capital(r.quote(at+1, i)) {
				continue
			}
			h := hit{from: start, code: code, number: strings.ToUpper(r.quote(from, i)), tail: r.readTail(i)}
			if w == "-ttg" {
				h.number = r.quote(from, i)
			}
			h.to = trimRight(fold, start, h.tail.end)
			hits = append(hits, h)
		}
	}
	if len(hits) > n {
		sort.SliceStable(hits, func(a, b int) bool { return hits[a].from < hits[b].from })
		kept := hits[:1]
		for _, h := range hits[1:] {
			if h.from >= kept[len(kept)-1].to {
				kept = append(kept, h)
			}
		}
		hits = kept
	}
	return hits
}
