package authority

import (
	"strings"

	"kehoach/plan"
)

// FindProvince finds the first province that a text names ("… trên địa bàn tỉnh Lạng Sơn"), and where: at
// covers its "tỉnh" or "thành phố" as well. A bare name counts only where each of its words has a capital, and
// none counts where a smaller place or a street bears it ("phường Bắc Giang", "đường Điện Biên Phủ"). The text
// must be NFC.
func FindProvince(text, date string) (p plan.Province, at plan.Span, ok bool) {
	n := scanned("")
	defer n.free()
	for base, line := range pieces(text) {
		if n.scan(line); n.src != line {
			continue // decomposed: spans would not fit
		}
		for i := range n.words {
			if forms, span := n.provinceAt(i); forms != nil {
				return formOn(forms, date), plan.Span{Start: base + span.Start, End: base + span.End}, true
			}
		}
	}
	return plan.Province{}, plan.Span{}, false
}

// pieces yields the lines of a text with their offsets, long ones in parts that end at a blank.
func pieces(text string) func(yield func(int, string) bool) {
	const most = 1000 // bytes: well under maxWords words
	return func(yield func(int, string) bool) {
		for base := 0; base < len(text); {
			end := len(text)
			if i := strings.IndexByte(text[base:], '\n'); i >= 0 {
				end = base + i + 1
			}
			if end-base > most {
				end = base + most
				if cut := strings.LastIndexByte(text[base:end], ' '); cut > most/2 {
					end = base + cut + 1
				}
			}
			if !yield(base, text[base:end]) {
				return
			}
			base = end
		}
	}
}

// provinceAt looks for a province whose name begins at word i, or at the "tỉnh" before it.
func (n *name) provinceAt(i int) (forms []int, at plan.Span) {
	w := n.words[i]
	if w.upper == 0 && n.marks {
		return nil, at
	}
	longest := provinceIndex().heads[n.key(i, i+1)]
	for j := min(i+longest, len(n.words)); j > i; j-- {
		f := provinceIndex().named(n, i, j)
		if f == nil || !n.joined(i, j, nameStops) {
			continue
		}
		start := i
		for _, before := range []int{1, 2} {
			if i >= before && n.provincePrefix(i-before, i) == i && n.joined(i-before, i+1, nameStops) {
				start = i - before
			}
		}
		if start == i && (i > 0 && words().smaller.has(n, i-1, i) && n.joined(i-1, i+1, nameStops) || !n.capitals(i, j)) {
			continue
		}
		return f, plan.Span{Start: int(n.words[start].start), End: int(n.words[j-1].end)}
	}
	return nil, at
}

func (n *name) capitals(i, j int) bool {
	for _, w := range n.words[i:j] {
		if w.upper == 0 {
			return false
		}
	}
	return true
}
