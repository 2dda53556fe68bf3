package authority

import (
	"strings"

	"kehoach/plan"
)

// FindProvince finds the first province that a text names ("… trên địa bàn tỉnh Lạng Sơn"), and where: at
// covers its "tỉnh" or "thành phố" as well. A bare name counts only where each of its words has a capital, and
// none where a smaller place bears it ("phường Bắc Giang", "đường Điện Biên Phủ").
func FindProvince(text, date string) (p plan.Province, at plan.Span, ok bool) {
	for base := 0; base < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[base:], '\n'); i >= 0 {
			end = base + i + 1
		}
		for base < end {
			line := text[base:end]
			if len(line) > 1000 {
				cut := strings.LastIndexByte(line[:1000], ' ')
				if cut < 800 {
					cut = 1000
				}
				line = line[:cut]
			}
			if forms, span := findProvince(line); forms != nil {
				return formOn(forms, date), plan.Span{Start: base + span.Start, End: base + span.End}, true
			}
			base += len(line)
		}
	}
	return plan.Province{}, plan.Span{}, false
}

// findProvince looks in one line. Spans count the bytes of line.
func findProvince(line string) (forms []int, at plan.Span) {
	var n name
	n.scan(line)
	if n.src != line { // decomposed Unicode: spans would not fit
		return nil, plan.Span{}
	}
	for i := range n.words {
		if n.words[i].upper == 0 && n.words[i].runes > 0 && !n.plain() {
			continue
		}
		if !provinceHeads[string(n.fold(i, i+1))] {
			continue
		}
		for j := min(i+5, len(n.words)); j > i; j-- {
			f := provinceKeys[string(n.key(i, j))]
			if f == nil && n.plain() {
				f = provinceFolds[string(n.fold(i, j))]
			}
			if f == nil || !apart(line, &n, i, j) {
				continue
			}
			start := i
			for start > 0 && start > i-2 && provincePrefix(&n, start-1) == i {
				start--
			}
			if i >= 2 && provincePrefix(&n, i-2) == i {
				start = i - 2
			}
			if start == i && (smaller(&n, i) || !capital(&n, i, j)) {
				continue
			}
			return f, plan.Span{Start: int(n.words[start].start), End: int(n.words[j-1].end)}
		}
	}
	return nil, plan.Span{}
}

// apart reports whether words i..j stand together: no full stop, comma or colon between them.
func apart(line string, n *name, i, j int) bool {
	for k := i; k+1 < j; k++ {
		if strings.ContainsAny(line[n.words[k].end:n.words[k+1].start], ",;:()/") {
			return false
		}
	}
	return true
}

func capital(n *name, i, j int) bool {
	for _, w := range n.words[i:j] {
		if w.upper == 0 {
			return false
		}
	}
	return true
}

// smaller reports whether the word before i says that the name is that of something smaller, or of a street.
func smaller(n *name, i int) bool {
	if i == 0 {
		return false
	}
	switch string(n.fold(i-1, i)) {
	case "xa", "phuong", "huyen", "quan", "duong", "pho", "song", "thon", "ban", "khu", "dao", "tran":
		return true
	}
	return false
}
